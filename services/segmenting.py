"""Segmenting: questions over the base, asked, kept under a name and seen growing; lists of people put together by hand.

An `Aim` is what a screen is about and remembers under its message: what was looked for, or which segment. `meant` makes
a set of people of it, the same for counting, showing and acting, so that what is counted is what is changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from crm import folding, segments
from crm.permissions import Right
from crm.segment_kinds import FieldTable
from crm.segment_tree import AnyOf, Query, SegmentError
from services import permitting, planning
from services.refusals import Refused
from services.workplace import Place
from storage import saved_segments, segment_sets
from storage.engine import Reads, Tx
from storage.saved_segments import Saved
from storage.segment_sets import FACETS, Facet, Meant
from storage.staff import Member

_FIELDS: dict[tuple[str, str], FieldTable] = {}

FLOW: Final = "segment"
SAMPLE: Final = 5
GROWTH: Final = timedelta(days=30)
QUERY_LENGTH: Final = 300
"""As long as a line that is typed, and short enough to be shown again."""
MOST_SAVED: Final = 200

# A word with a sign of comparison after it: somebody meant a condition, so a mistake in it is worth telling.
_LIKE_A_CONDITION: Final = re.compile(r"[^\W\d]\w*\s*(?:[:<>=]|>=|<=)\s*\S")
_SIMPLE: Final = re.compile(r"[a-z0-9а-яёіїєґ_]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a screen is about: those whom `find` finds, or the members of a saved segment."""

    find: str = ""
    segment: int | None = None

    @classmethod
    def of_memo(cls, memo: dict[str, Any] | None) -> Aim:
        """What a message remembers. Raises Refused for one that is about nobody (any more)."""
        memo = memo or {}
        if isinstance(memo.get("segment"), int):
            return cls(segment=memo["segment"])
        if isinstance(memo.get("find"), str):
            return cls(find=memo["find"])
        raise Refused("refused-stale")

    @property
    def memo(self) -> dict[str, Any]:
        """What a message is to remember."""
        return {"find": self.find} if self.segment is None else {"segment": self.segment}


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two segments lie over each other."""

    one: Saved
    other: Saved
    in_one: int
    in_other: int
    in_both: int


# ------------------------------------------------------------------------------------------------------------- reading


async def read(db: Reads, place: Place, text: str, *, role: str = "owner") -> Query:
    """A question in the segment language, with this business's fields and its saved segments. Fields of the card that
    this `role` may not see are not there for it. Raises SegmentError with the place, the reason and a suggestion."""
    return segments.parse(text, fields(place, role), saved=await _book(db, text))


async def read_kindly(db: Reads, place: Place, text: str, *, role: str = "owner") -> Query:
    """The same for a line in which somebody is looked for: what is no condition is words."""
    return segments.parse(text, fields(place, role), lenient=True, saved=await _book(db, text))


def fields(place: Place, role: str) -> FieldTable:
    """What this role can ask about in this business. Made once for a playbook: there are a hundred of them."""
    playbook = place.playbooks.current
    if (table := _FIELDS.get((playbook.hash, role))) is None:
        for old in [one for one in _FIELDS if one[0] != playbook.hash]:
            del _FIELDS[old]
        table = _FIELDS[playbook.hash, role] = segments.contact_fields(playbook, role=role)
    return table


async def _book(db: Reads, text: str) -> dict[str, Saved]:
    """The saved segments that a line may name; a line without a condition names none."""
    return await saved_segments.book(db) if ":" in text or "=" in text else {}


def doubtful(query: Query) -> SegmentError | None:
    """The mistake in a line, where what was taken for words was likely meant as a condition."""
    return query.mistake if query.mistake is not None and _LIKE_A_CONDITION.search(query.text) else None


async def meant(db: Reads, place: Place, aim: Aim, *, role: str = "owner", now: datetime) -> Meant:
    """The people an aim is about. Raises Refused for a segment that is gone or can no longer be read, and for a line
    that was not understood: nothing is counted of it, and nothing done to whom it happens to find."""
    zone = planning.zone_of_business(place)
    if aim.segment is not None:
        return await meant_by(db, place, await saved(db, aim.segment), now=now)
    query = await read_kindly(db, place, aim.find, role=role)
    if doubtful(query) is not None:
        raise Refused("refused-query-doubtful", alert=True)
    return await segment_sets.of_search(db, query, now=now, zone=zone)


async def meant_by(db: Reads, place: Place, one: Saved, *, now: datetime) -> Meant:
    """The members of a segment now. Raises Refused for a question that can no longer be read."""
    if one.query is None:
        return segment_sets.of_list(one)
    try:
        query = await read(db, place, one.query)
    except SegmentError as error:
        raise Refused("refused-segment-broken", alert=True, name=one.name) from error
    return segment_sets.of_query(query, now=now, zone=planning.zone_of_business(place))


async def saved(db: Reads, segment_id: int) -> Saved:
    """Raises Refused for a segment there is not (any more)."""
    found = await saved_segments.get(db, segment_id)
    if found is None:
        raise Refused("refused-segment-gone")
    return found


async def named(db: Reads, name: str) -> Saved:
    """The segment of this name. Raises Refused where there is none."""
    found = await saved_segments.named(db, unquoted(name))
    if found is None:
        raise Refused("refused-segment-unknown", name=unquoted(name)[:64])
    return found


async def named_first(db: Reads, text: str) -> tuple[Saved, str]:
    """The segment whose name the text begins with, the longest such name, and the rest of it. Raises Refused where there
    is none, or no rest."""
    known = {saved_segments.key(one.name): one for one in await saved_segments.everything(db)}
    words = text.split()
    for place in range(len(words) - 1, 0, -1):
        found = known.get(saved_segments.key(unquoted(" ".join(words[:place]))))
        if found is not None:
            return found, unquoted(" ".join(words[place:]))
    raise Refused("refused-segment-unknown", name=unquoted(text)[:64])


async def two_named(db: Reads, text: str) -> tuple[Saved, Saved]:
    """Two segments named one after the other, each in quotes or as it is. Raises Refused when no two can be made out."""
    known = {saved_segments.key(one.name): one for one in await saved_segments.everything(db)}
    words = text.split()
    for place in range(1, len(words)):
        halves = (unquoted(" ".join(words[:place])), unquoted(" ".join(words[place:])))
        one, other = (known.get(saved_segments.key(half)) for half in halves)
        if one is not None and other is not None:
            return one, other
    raise Refused("refused-segment-two")


async def overlap(db: Reads, place: Place, one: Saved, other: Saved, *, now: datetime) -> Overlap:
    """How many are in each and in both."""
    first, second = await meant_by(db, place, one, now=now), await meant_by(db, place, other, now=now)
    return Overlap(
        one,
        other,
        await segment_sets.count(db, first),
        await segment_sets.count(db, second),
        await segment_sets.count_both(db, first, second),
    )


async def grown(db: Reads, place: Place, segment_id: int, *, now: datetime, count: int) -> list[int]:
    """The figures of the last thirty days, the oldest first, the last of them as it is now."""
    since = day(place, now - GROWTH)
    noted = (await saved_segments.growth(db, [segment_id], since=since)).get(segment_id, [])
    return [*noted, count]


def day(place: Place, at: datetime) -> str:
    """The day of the business's calendar, as YYYY-MM-DD."""
    return at.astimezone(planning.zone_of_business(place)).date().isoformat()


# -------------------------------------------------------------------------------------------------------------- keeping


async def save(tx: Tx, place: Place, member: Member | None, name: str, query: str, *, now: datetime) -> Saved:
    """Keeps a question under a name. Raises Refused for a name that is no name or is taken, and SegmentError for a
    question that cannot be read."""
    member = permitting.require(member, Right.EDIT)
    query = folding.visible(query)
    if not query or len(query) > QUERY_LENGTH:
        raise Refused("refused-segment-query")
    await read(tx, place, query, role=member.role)
    return await _create(tx, name, query, staff_id=member.id, now=now)


async def save_list(tx: Tx, member: Member | None, name: str, *, now: datetime) -> Saved:
    """A new list with nobody on it. Raises Refused for a name that is no name or is taken."""
    member = permitting.require(member, Right.EDIT)
    return await _create(tx, name, None, staff_id=member.id, now=now)


async def rename(tx: Tx, member: Member | None, segment_id: int, name: str, *, now: datetime) -> Saved:
    """Raises Refused for a name that is no name or is taken."""
    permitting.require(member, Right.EDIT)
    name = _fit(name)
    one = await saved(tx, segment_id)
    if not await saved_segments.rename(tx, one.id, name, now=now):
        raise Refused("refused-segment-taken", name=name)
    return await saved(tx, one.id)


async def remove(tx: Tx, member: Member | None, segment_id: int) -> Saved:
    """Forgets a segment; the people stay as they are."""
    permitting.require(member, Right.EDIT)
    one = await saved(tx, segment_id)
    await saved_segments.remove(tx, one.id)
    return one


async def switch(tx: Tx, member: Member | None, contact_id: int, segment_id: int, *, now: datetime) -> bool:
    """Puts a person on a list, or takes them off it; whether they are on it then. Raises Refused for what is no list."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    one = await saved(tx, segment_id)
    if not one.is_list:
        raise Refused("refused-segment-live", name=one.name)
    if one.id in await saved_segments.lists_of(tx, contact.id):
        await saved_segments.remove_members(tx, one.id, [contact.id])
        return False
    await saved_segments.add_members(tx, one.id, [contact.id], staff_id=member.id, now=now)
    return True


def query_for(one: Saved) -> str:
    """A line that finds the members of a segment."""
    return f"segment:{segments.quote(one.name)}"


def name_and_query(text: str) -> tuple[str, str]:
    """«vip tag:vip spent>=5000»: the name is the first word, or what stands in quotes; the rest is the question."""
    quoted = re.match(r"\s*(?:\"([^\"]+)\"|«([^»]+)»|“([^”]+)”)\s*", text)
    if quoted is not None:
        return next(filter(None, quoted.groups())), text[quoted.end() :].strip()
    name, _, query = text.strip().partition(" ")
    return name, query.strip()


def unquoted(name: str) -> str:
    """A name as it was meant, in whatever quotes it was typed."""
    return folding.visible(name).strip('"«»“”„').strip()


async def _create(tx: Tx, name: str, query: str | None, *, staff_id: int, now: datetime) -> Saved:
    name = _fit(name)
    if len(await saved_segments.everything(tx)) >= MOST_SAVED:
        raise Refused("refused-segment-many", most=MOST_SAVED)
    number = await saved_segments.create(tx, name, query, staff_id=staff_id, now=now)
    if number is None:
        raise Refused("refused-segment-taken", name=name)
    return await saved(tx, number)


def _fit(name: str) -> str:
    name = unquoted(name)
    if not saved_segments.key(name) or len(name) > saved_segments.NAME_LENGTH or name.startswith("/"):
        raise Refused("refused-segment-name", most=saved_segments.NAME_LENGTH)
    return name


# -------------------------------------------------------------------------------------------------- filters as buttons


def condition(facet: Facet, value: str) -> str:
    """One filter as the language writes it."""
    return f"{facet}:{value if _SIMPLE.fullmatch(value) else segments.quote(value)}"


def toggled(text: str, piece: str) -> str:
    """The line with this filter, or without it where it is there already. Raises Refused when it grows too long."""
    if is_on(text, piece):
        return " ".join(f" {text} ".replace(f" {piece} ", " ", 1).split())
    if isinstance(segments.parse(text, lenient=True).node, AnyOf):
        text = f"({text})"
    changed = f"{text} {piece}".strip()
    if len(changed) > QUERY_LENGTH:
        raise Refused("refused-query-long")
    return changed


def is_on(text: str, piece: str) -> bool:
    """Whether the line has this filter, as a part of its own."""
    return f" {piece} " in f" {text} "


def active(text: str) -> list[str]:
    """The filters that stand in the line, as they are written there."""
    return [
        piece
        for piece in re.findall(r"(?:^|\s)(-?\w+:(?:\"(?:[^\"]|\"\")*\"|[^\s\"()]+))(?=\s|$)", text)
        if piece.partition(":")[0] in FACETS
    ]
