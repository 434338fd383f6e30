"""Composing a question by buttons: the question so far in words, the fields, what can be asked of one, the values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm.segment_kinds import Field, Kind
from locales import Words
from views import answered, cards, lists, request_cards
from views.messages import Button, Screen
from views.staff_names import Reader, escaped, hashtag, label

Row = tuple[Button, ...]
FIELDS_SHOWN: Final = 18


def so_far(
    reader: Reader, parts: Sequence[tuple[str, str]], query: str, *, count: int | None, wrote: bool = False
) -> Screen:
    """The question so far: (how it follows, in words) of each condition; how many it finds, None where that is asked by a
    button. `wrote`: it may be saved and acted on by this reader."""
    words = reader.words
    lines = [f"<b>{words('builder-title')}</b>"]
    for place, (join, said) in enumerate(parts):
        # keys: builder-and builder-or
        joint = f"<i>{words(f'builder-{join}')}</i> " if place else ""
        lines.append(f"{joint}{escaped(answered.cut(said, 160))}")
    text = "\n".join(lines)
    text = f"{text}\n\n<code>{escaped(answered.cut(query, 300))}</code>"
    if count is not None:
        text = f"{text}\n\n👥 <b>{words('people-count', count=count)}</b>"
    rows: list[Row] = [] if count is not None else [(Button(words.plain("builder-count"), "sb:count"),)]
    rows.append((Button(words.plain("builder-more-and"), "sb:and"), Button(words.plain("builder-more-or"), "sb:or")))
    rows.append((Button(words.plain("builder-pop"), "sb:pop"), Button(words.plain("filters-show"), "sb:show")))
    if wrote and count:
        rows.append(
            (
                Button(words.plain("segment-save"), "segnew"),
                Button(words.plain("bulk-act", count=count), "bulk"),
            )
        )
    return Screen(text, tuple(rows), protect=True)


def fields(reader: Reader, known: Sequence[Field], *, offset: int, about: str = "") -> Screen:
    """What to ask about."""
    words = reader.words
    shown = known[offset : offset + FIELDS_SHOWN]
    buttons = [Button(answered.cut(title(words, one), 30), f"sb:f:{one.name}") for one in shown]
    rows: list[Row] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    rows += lists.pages("sb:fields", offset, FIELDS_SHOWN, offset + FIELDS_SHOWN < len(known))
    rows.append((_cancel(words),))
    asked = words("builder-which-field")
    return Screen(f"<code>{escaped(about)}</code>\n\n{asked}" if about else asked, tuple(rows), protect=True)


def asks(reader: Reader, of: Field, known: Sequence[str]) -> Screen:
    """What to ask of the field."""
    words = reader.words
    # keys: builder-ask-has builder-ask-is builder-ask-not builder-ask-any builder-ask-none builder-ask-ends
    # keys: builder-ask-least builder-ask-most builder-ask-within builder-ask-before builder-ask-on builder-ask-yes
    # keys: builder-ask-no builder-ask-in builder-ask-out
    rows: list[Row] = [(Button(words.plain(f"builder-ask-{one}"), f"sb:a:{one}"),) for one in known]
    rows.append((Button(words.plain("bulk-back"), "sb:fields:0"),))
    return Screen(f"<b>{escaped(title(words, of))}</b>", tuple(rows), protect=True)


def values(reader: Reader, of: Field, ask: str, known: Sequence[str]) -> Screen:
    """Which value: those on the buttons, or typed."""
    words = reader.words
    buttons = [Button(label(value(words, of, one), most=30), f"sb:v:{place}") for place, one in enumerate(known)]
    rows: list[Row] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if of.kind is not Kind.SEGMENT:
        rows.append((Button(words.plain("bulk-type-field"), "sbask"),))
    rows.append((Button(words.plain("bulk-back"), f"sb:f:{of.name}"),))
    return Screen(escaped(said(words, of, ask, "…")), tuple(rows), protect=True)


def type_in(words: Words, of: Field, ask: str, *, problem: str = "") -> Screen:
    """The question for a value that is typed. `problem` (HTML) is why the last one was not taken."""
    key = "date" if of.kind in (Kind.TIME, Kind.DATE) else "birthday" if of.kind is Kind.BIRTHDAY else "value"
    # keys: builder-type-date builder-type-birthday builder-type-value
    asked = f"{escaped(said(words, of, ask, '…'))}\n{words(f'builder-type-{key}')}"
    drop = Button(words.plain("button-cancel"), "drop:asked")
    return Screen(f"{problem}\n\n{asked}" if problem else asked, ((drop,),))


def title(words: Words, of: Field) -> str:
    """How a field is called. Plain."""
    own = of.titles.get(words.language) or next(iter(of.titles.values()), "")
    root, dot, rest = of.name.partition(".")
    if dot:
        # Requests by form and stage: the field's own title names the form.
        return f"{_ours(words, root)}: {own or rest}"
    return own or _ours(words, of.name)


def value(words: Words, of: Field, one: str) -> str:
    """How a value is called. Plain."""
    option = next((known for known in of.options if known.id == one), None)
    if option is not None and option.titles:
        return option.titles.get(words.language) or next(iter(option.titles.values()))
    match of.name:
        case "status":
            return cards.status(words, one)
        case "language":
            return cards.language(words, one)
        case "tag":
            return hashtag(one)
        case "stage":
            return request_cards.stage(words, one)
        case "rfm" if words.has(f"rfm-group-{one}"):
            return words.plain(f"rfm-group-{one}")
    if of.kind in (Kind.TIME, Kind.DATE) and one.endswith("d") and one[:-1].isdecimal():
        return words.plain("builder-days", count=int(one[:-1]))
    if of.kind is Kind.BIRTHDAY and words.has(f"builder-day-{one}"):
        # keys: builder-day-today builder-day-tomorrow builder-day-this-week builder-day-next-7d builder-day-this-month
        # keys: builder-day-next-30d
        return words.plain(f"builder-day-{one}")
    if of.kind is Kind.MONEY and one.isdecimal():
        return words.number(int(one))
    return one


def said(words: Words, of: Field, ask: str, shown: str) -> str:
    """One condition in words. Plain."""
    # keys: builder-said-has builder-said-is builder-said-not builder-said-any builder-said-none builder-said-ends
    # keys: builder-said-least builder-said-most builder-said-within builder-said-before builder-said-on
    # keys: builder-said-yes builder-said-no builder-said-in builder-said-out
    return words.plain(f"builder-said-{ask}", field=title(words, of), value=shown)


def _ours(words: Words, name: str) -> str:
    return words.plain(f"builder-field-{name}") if words.has(f"builder-field-{name}") else name.replace("_", " ")


def _cancel(words: Words) -> Button:
    return Button(words.plain("button-cancel"), "bulk:cancel")
