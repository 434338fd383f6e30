"""Segments on the screen: the list of them, one with its people and its growth, two laid over each other; lists of
people as switches on a card; filters under a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from locales import Words
from views import answered, cards, lists
from views.cards import back
from views.lists import Hit
from views.messages import Button, Screen
from views.staff_names import Reader, Who, called, escaped, hashtag, label, tagged

Row = tuple[Button, ...]
BARS: Final = "▁▂▃▄▅▆▇█"
BARS_SHOWN: Final = 15


@dataclass(frozen=True, slots=True)
class Listed:
    """A segment in the list. `count` is as it was last noted; None: not yet."""

    id: int
    name: str
    is_list: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One segment. `growth` is its figures of the last thirty days, the latest being now."""

    id: int
    name: str
    query: str | None
    count: int
    growth: Sequence[int]
    sample: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class Laid:
    """Two segments over each other."""

    one: str
    other: str
    in_one: int
    in_other: int
    in_both: int


@dataclass(frozen=True, slots=True)
class Shade:
    """One value of a filter: how it is called, how many have it, whether it is on."""

    title: str
    count: int
    on: bool


def everything(reader: Reader, kept: Sequence[Listed], *, offset: int, size: int, total: int) -> Screen:
    """/segment: all of them, each a button."""
    words = reader.words
    build = Button(words.plain("segment-build"), "sb")
    if not total:
        return Screen(words("segments-none"), ((build,),), protect=True)
    rows: list[Row] = [(Button(_titled(words, one), f"seg:{one.id}"),) for one in kept]
    rows += lists.pages("segs", offset, size, offset + len(kept) < total)
    return Screen(words("segments-all", count=total), (*rows, (build,)), protect=True)


def detail(reader: Reader, seen: Detail) -> Screen:
    """How many, how it grew, who for example, and what can be done."""
    words = reader.words
    groups = [f"<b>{escaped(seen.name)}</b>"]
    if seen.query is None:
        groups.append(words("segment-is-list"))
    else:
        groups.append(f"<code>{escaped(answered.cut(seen.query, 300))}</code>")
    groups.append(f"👥 <b>{words('people-count', count=seen.count)}</b>{_growth(words, seen.growth)}")
    if seen.sample:
        groups.append("\n".join(f"{place}. {_hit(words, one)}" for place, one in enumerate(seen.sample, 1)))
    buttons = tuple(Button(str(place), f"card:{one.who.id}") for place, one in enumerate(seen.sample, 1))
    rows: list[Row] = [buttons] if buttons else []
    number = seen.id
    if seen.count:
        everyone = Button(words.plain("segment-people"), f"segpeople:{number}")
        act = (Button(words.plain("bulk-act", count=seen.count), f"bulk:seg:{number}"),) if reader.changes else ()
        rows.append((everyone, *act))
    out = (Button(words.plain("export-button"), f"export:seg:{number}"),) if reader.owns and seen.count else ()
    rows.append((Button(words.plain("segment-overlap"), f"segover:{number}"), *out))
    if reader.owns and seen.count:
        rows.append((Button(words.plain("campaign-to-these"), f"bcaim:{number}"),))
    if reader.changes:
        rows.append(
            (
                Button(words.plain("segment-rename"), f"segren:{number}"),
                Button(words.plain("segment-delete"), f"segdel:{number}"),
            )
        )
    rows.append((Button(words.plain("segment-to-all"), "segs:0"),))
    return Screen("\n\n".join(groups), tuple(rows), protect=True)


def sparkline(numbers: Sequence[int]) -> str:
    """The figures as a row of bars, at most `BARS_SHOWN`, evenly chosen, the first and the last among them."""
    if len(numbers) > BARS_SHOWN:
        step = (len(numbers) - 1) / (BARS_SHOWN - 1)
        numbers = [numbers[round(place * step)] for place in range(BARS_SHOWN)]
    low, high = min(numbers, default=0), max(numbers, default=0)
    if low == high:
        return BARS[3] * len(numbers)
    return "".join(BARS[(number - low) * (len(BARS) - 1) // (high - low)] for number in numbers)


def choose_other(reader: Reader, one: str, segment_id: int, others: Sequence[Listed]) -> Screen:
    """With which other segment to compare."""
    words = reader.words
    if not others:
        return Screen(words("segment-alone"), ((Button(words.plain("segment-back"), f"seg:{segment_id}"),),))
    rows: list[Row] = [(Button(_titled(words, other), f"segover:{segment_id}:{other.id}"),) for other in others[:40]]
    rows.append((Button(words.plain("segment-back"), f"seg:{segment_id}"),))
    return Screen(words("segment-overlap-with", name=one), tuple(rows), protect=True)


def overlap(reader: Reader, laid: Laid, *, back_to: int) -> Screen:
    """How many are in one, in the other, in both."""
    words = reader.words
    lines = [
        f"<b>{escaped(laid.one)}</b>: {words('people-count', count=laid.in_one)}",
        f"<b>{escaped(laid.other)}</b>: {words('people-count', count=laid.in_other)}",
        words(
            "overlap-both",
            count=laid.in_both,
            one=_share(laid.in_both, laid.in_one),
            other=_share(laid.in_both, laid.in_other),
        ),
        words("overlap-only", name=laid.one, count=laid.in_one - laid.in_both),
        words("overlap-only", name=laid.other, count=laid.in_other - laid.in_both),
    ]
    return Screen("\n".join(lines), ((Button(words.plain("segment-back"), f"seg:{back_to}"),),), protect=True)


def ask_name(words: Words, query: str) -> Screen:
    """What to call the question that is kept."""
    return Screen(words("segment-ask-name", query=answered.cut(query, 200)), (_asked(words),))


def ask_new_name(words: Words, name: str) -> Screen:
    """What to call a segment from now on."""
    return Screen(words("segment-ask-new-name", name=name), (_asked(words),))


def ask_list_name(words: Words) -> Screen:
    """What to call a new list."""
    return Screen(words("list-ask-name"), (_asked(words),))


def offer_save(reader: Reader, name: str, query: str, count: int) -> Screen:
    """Typed in one line: what it means now, before it is kept."""
    words = reader.words
    text = f"<b>{escaped(name)}</b>\n<code>{escaped(query)}</code>\n\n👥 {words('people-count', count=count)}"
    return Screen(text, ((Button(words.plain("segment-keep"), "segkeep"),), _cancel(words)), protect=True)


def offer_rename(reader: Reader, old: str, new: str) -> Screen:
    """Typed in one line: asked before it is done."""
    words = reader.words
    keep = Button(words.plain("segment-rename-yes"), "segkeep")
    return Screen(words("segment-rename-to", old=old, new=new), ((keep,), _cancel(words)))


def kept(words: Words, name: str, segment_id: int) -> Screen:
    """It is kept under this name."""
    return Screen(words("segment-kept", name=name), ((Button(words.plain("segment-open"), f"seg:{segment_id}"),),))


def ask_delete(words: Words, name: str, segment_id: int) -> Screen:
    """Before a segment is forgotten."""
    yes = Button(words.plain("segment-delete-yes"), f"segdel:{segment_id}:yes")
    return Screen(
        words("segment-delete-sure", name=name), ((yes,), (Button(words.plain("segment-back"), f"seg:{segment_id}"),))
    )


def deleted(words: Words, name: str) -> Screen:
    """It is gone; the people are not."""
    return Screen(words("segment-deleted", name=name), ((Button(words.plain("segment-to-all"), "segs:0"),),))


def switches(reader: Reader, who: Who, kept: Sequence[tuple[int, str, bool]]) -> Screen:
    """The lists a person is or could be on."""
    words = reader.words
    rows: list[Row] = [
        (Button(f"{'✓ ' if on else ''}{label(name)}", f"inlist:{who.id}:{number}"),) for number, name, on in kept[:60]
    ]
    rows.append((Button(words.plain("list-new"), f"listnew:{who.id}"),))
    text = words("lists-of" if kept else "lists-none", name=called(words, who))  # keys: lists-of lists-none
    return Screen(text, (*rows, back(words, who.id)), protect=True)


# ------------------------------------------------------------------------------------------------ filters under a search


def under_search(reader: Reader, *, count: int, more: bool) -> tuple[Row, ...]:
    """What can be done with everybody a search has found, below its list. Of more than anybody reads nothing is done."""
    words = reader.words
    first: Row = (Button(words.plain("filters"), "filt"),)
    if not reader.changes:
        return (first,)
    keep = (Button(words.plain("segment-save"), "segnew"), Button(words.plain("filters-to-list"), "bulk:list"))
    if not more and count:
        first = (*first, Button(words.plain("bulk-act", count=count), "bulk"))
        if reader.owns:
            return (first, keep, (Button(words.plain("export-button"), "export"),))
    return (first, keep)


def filters(reader: Reader, query: str, active: Sequence[str]) -> Screen:
    """By what to filter; filters that stand in the query can be taken out."""
    words = reader.words
    # keys: filter-tag filter-status filter-language filter-source
    kinds = [Button(words.plain(f"filter-{one}"), f"filt:f:{one}") for one in ("tag", "status", "language", "source")]
    rows: list[Row] = [tuple(kinds[:2]), tuple(kinds[2:])]
    rows += [(Button(f"✕ {answered.cut(one, 40)}", f"filt:x:{place}"),) for place, one in enumerate(active[:10])]
    rows.append((Button(words.plain("filters-show"), "filt:back"),))
    return Screen(_query(words, query), tuple(rows), protect=True)


def shades(reader: Reader, query: str, facet: str, values: Sequence[Shade], count: int) -> Screen:
    """The commonest values of one filter as switches."""
    words = reader.words
    rows: list[Row] = [
        (Button(answered.cut(f"{'✓ ' if one.on else ''}{one.title} · {one.count}", 48), f"filt:t:{place}"),)
        for place, one in enumerate(values)
    ]
    if not values:
        rows.append((Button(words.plain("filter-nothing"), "filt"),))
    rows.append((Button(words.plain("filters-other"), "filt"), Button(words.plain("filters-show"), "filt:back")))
    text = f"{_query(words, query)}\n\n👥 {words('people-count', count=count)}"
    return Screen(text, tuple(rows), protect=True)


def shade_title(words: Words, facet: str, value: str) -> str:
    """A value of a filter as a person reads it. Plain."""
    match facet:
        case "status":
            return cards.status(words, value)
        case "language":
            return cards.language(words, value)
        case "tag":
            return hashtag(value)
        case _:
            return value


def _query(words: Words, query: str) -> str:
    return f"🔎 <code>{escaped(answered.cut(query, 300))}</code>" if query else words("filters-everybody")


def _titled(words: Words, one: Listed) -> str:
    mark = "📋 " if one.is_list else ""
    count = f" · {words.number(one.count)}" if one.count is not None else ""
    return f"{mark}{label(one.name, most=40)}{count}"


def _growth(words: Words, numbers: Sequence[int]) -> str:
    if len(numbers) < 2:
        return ""
    difference = numbers[-1] - numbers[0]
    signed = f"+{difference}" if difference > 0 else str(difference).replace("-", "−")
    return f"\n{sparkline(numbers)} {words('segment-growth', change=signed, days=str(len(numbers) - 1))}"


def _hit(words: Words, one: Hit) -> str:
    parts = [escaped(called(words, one.who, most=48))]
    if one.digits:
        parts.append(f"…{escaped(one.digits)}")
    if one.who.tags:
        parts.append(tagged(one.who.tags, most=3))
    return " · ".join(parts)


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "0 %"


def _asked(words: Words) -> Row:
    """Under a question that is answered in words."""
    return (Button(words.plain("button-cancel"), "drop:asked"),)


def _cancel(words: Words) -> Row:
    return (Button(words.plain("button-cancel"), "drop"),)
