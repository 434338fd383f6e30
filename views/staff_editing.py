"""Changing a card by buttons: which field, its choices, the question for what is typed; tags to switch on and off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from crm.card_fields import CardField, Option
from crm.statuses import STATUSES
from locales import LANGUAGES, Words
from views import answered, cards
from views.cards import Reach, back
from views.messages import Button, Screen
from views.staff_names import Reader, Who, called, label, tagged

Row = tuple[Button, ...]
ZONES: Final = (
    "Europe/Kyiv",
    "Europe/Warsaw",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Moscow",
    "Asia/Almaty",
    "Asia/Tbilisi",
    "America/New_York",
)
BUILT_IN: Final = ("name", "phone", "email", "language", "timezone", "owner", "status", "level")
OWN_SHOWN: Final = 40
YES_NO: Final = (True, False)
"""The places of the answers to a yes-or-no."""


def fields(reader: Reader, who: Who, own: Sequence[CardField], *, agreed: bool, levels: bool = False) -> Screen:
    """What can be changed. Of who has not agreed to their data being kept, only what is not about them. `levels`: the
    business has levels of its own."""
    words = reader.words
    # keys: edit-name edit-phone edit-email edit-language edit-timezone edit-owner edit-status edit-level
    buttons = [
        Button(words.plain(f"edit-{field}"), f"ed:{who.id}:{field}")
        for field in BUILT_IN
        if (agreed or field not in ("name", "phone", "email")) and (levels or field != "level")
    ]
    buttons += [
        Button(answered.cut(field.title.say(words.language), 30), f"edf:{who.id}:{field.id}")
        for field in own[:OWN_SHOWN]
        if agreed or not field.is_personal
    ]
    rows: list[Row] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    text = words("edit-which", name=called(words, who))
    if not agreed:
        text = f"{text}\n\n{words('edit-no-consent')}"
        rows.append((Button(words.plain("edit-consent"), f"agreed:{who.id}"),))
    rows.append((Button(words.plain("dup-button"), f"dup:of:{who.id}"),))
    return Screen(text, (*rows, back(words, who.id)), protect=True)


def choose(reader: Reader, who: Who, field: str, options: Sequence[tuple[str, str]], *, typed: bool = False) -> Screen:
    """A built-in field that is chosen: (value, label) of each. `typed`: it may be typed too."""
    words = reader.words
    rows: list[Row] = [(Button(label, f"pick:{who.id}:{field}:{value}"),) for value, label in options]
    asked = words(f"edit-choose-{field}", name=called(words, who))
    # keys: edit-choose-language edit-choose-timezone edit-choose-owner edit-choose-status edit-choose-level
    return Screen(asked, (*rows, _back(words, who.id, typed=typed)), protect=True)


def options(
    reader: Reader, field: str, team: Sequence[tuple[int, str]], levels: Sequence[Option] = ()
) -> list[tuple[str, str]]:
    """The choices of a built-in field, as (value, label)."""
    words = reader.words
    match field:
        case "language":
            return [(code, cards.language(words, code)) for code in LANGUAGES]
        case "status":
            by_hand = [(status, cards.status(words, status)) for status in STATUSES]
            return [*by_hand, ("rules", words.plain("edit-status-rules"))]
        case "level":
            named = [(one.id, label(one.title.say(words.language))) for one in levels[:60]]
            return [*named, ("0", words.plain("edit-level-none"))]
        case "owner":
            named = [(str(number), label(name or words.plain("colleague"))) for number, name in team]
            return [*named, ("0", words.plain("nobody"))]
        case _:
            return [(zone, zone.partition("/")[2].replace("_", " ")) for zone in ZONES]


def choose_own(reader: Reader, who: Who, field: CardField, kept: Any = None) -> Screen:
    """A field with buttons for its values, by their place, since a button holds 64 bytes. `kept` is what it has now: it
    is ticked, and of several each is switched on and off."""
    words = reader.words
    titles: list[tuple[Any, str]]
    if field.type == "yes_no":
        titles = [(value, words.plain("answer-yes" if value else "answer-no")) for value in YES_NO]
    else:
        titles = [(option.id, option.title.say(words.language)) for option in field.options[:60]]
    on = kept if isinstance(kept, list) else [kept]
    several = field.type == "choices"
    rows: list[Row] = []
    for place, (value, title) in enumerate(titles):
        mark = "✅ " if value in on else "▫️ " if several else ""
        rows.append((Button(f"{mark}{answered.cut(title, 48)}", f"setf:{who.id}:{field.id}:{place}"),))
    rows.append((Button(words.plain("edit-empty"), f"setf:{who.id}:{field.id}:none"),))
    text = words("edit-several" if several else "edit-one", field=_title(words, field), name=called(words, who))
    # keys: edit-several edit-one
    return Screen(text, (*rows, _back(words, who.id)), protect=True)


def type_in(
    reader: Reader,
    who: Who,
    title: str,
    *,
    kept: str = "",
    reaches: Sequence[Reach] = (),
    own: str | None = None,
    problem: str | None = None,
    params: Mapping[str, Any] | None = None,
    choices: Sequence[str] = (),
) -> Screen:
    """The question that a typed value answers. `reaches` can each be taken off, or be the one to use first; `own` is a
    field to empty."""
    words = reader.words
    # A form's own words for why it is asked again: keys reask-phone-invalid and its like, in forms.ftl.
    lines = [words(f"reask-{problem}", **(params or {}))] if problem else []
    lines.append(words("edit-type", field=title, name=called(words, who)))
    if kept:
        lines.append(words("edit-now", value=answered.cut(kept, 190)))
    rows: list[Row] = [(Button(label(choice, most=56), f"edpick:{place}"),) for place, choice in enumerate(choices[:6])]
    for one in reaches[:10]:
        star = "⭐" if one.preferred else "☆"
        first = Button(f"{star} {answered.cut(one.shown, 40)}", f"prefp:{who.id}:{one.id}")
        rows.append((first, Button("✖", f"delp:{who.id}:{one.id}")))
    if len(reaches) > 1:
        lines.append(words("edit-preferred"))
    if own is not None:
        rows.append((Button(words.plain("edit-empty"), f"setf:{who.id}:{own}:none"),))
    return Screen("\n\n".join(lines), (*rows, _back(words, who.id, typed=True)), protect=True)


def _title(words: Words, field: CardField) -> str:
    return field.title.say(words.language)


def title(words: Words, field: str) -> str:
    """A built-in field by its name. Plain."""
    return words.plain(f"edit-{field}")


def tags(reader: Reader, who: Who, known: Sequence[tuple[int, str, bool]]) -> Screen:
    """Tags to switch: those of the contact first, then the commonest."""
    words = reader.words
    buttons = [
        Button(f"{'✅' if on else '▫️'} {answered.cut(name, 28)}", f"tog:{who.id}:{tag_id}")
        for tag_id, name, on in known
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    text = words("tags-of", name=called(words, who))
    return Screen(
        text, (*rows, (Button(words.plain("tags-new"), f"tagnew:{who.id}"),), back(words, who.id)), protect=True
    )


def ask_tags(words: Words, who: Who) -> Screen:
    return Screen(words("tags-type", name=called(words, who)), (_drop(words),), protect=True)


def ask_note(words: Words, who: Who) -> Screen:
    return Screen(words("note-ask", name=called(words, who)), (_drop(words),), protect=True)


def note_kept(words: Words, who: Who) -> Screen:
    return _with_card(words, who, words("note-kept", name=called(words, who)))


def tags_changed(words: Words, who: Who, *, added: Sequence[str] = (), removed: Sequence[str] = ()) -> Screen:
    """What /tag or /untag did."""
    name = called(words, who)
    if added:
        text = f"{words('tags-added', name=name)} {tagged(added)}"
    elif removed:
        text = f"{words('tags-removed', name=name)} {tagged(removed)}"
    else:
        text = words("tags-same", name=name)
    return _with_card(words, who, text)


def usage(words: Words, command: str) -> Screen:
    """How a command is written that came without what it needs."""
    # keys: usage-card usage-tag usage-untag usage-note usage-remind
    return Screen(words(f"usage-{command}"))


def _with_card(words: Words, who: Who, text: str) -> Screen:
    return Screen(text, ((Button(words.plain("button-card"), f"card:{who.id}"),),), protect=True)


def _back(words: Words, contact_id: int, *, typed: bool = False) -> Row:
    # Leaving a question ends the flow that waits for its answer.
    to = f"edit:{contact_id}:end" if typed else f"edit:{contact_id}"
    return (Button(words.plain("button-back"), to),)


def _drop(words: Words) -> Row:
    return (Button(words.plain("button-cancel"), "drop:asked"),)
