"""Segments that were saved: queries that are always live, static lists with their members, and how each has grown.

A name is one whatever its case, spaces or ё/е (crm.folding.label), and is shown as it was first written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from crm import folding
from storage.engine import Reads, Tx
from storage.tables import contacts, segment_counts, segment_members, segments
from storage.types import Moment

NAME_LENGTH = 48
"""As many letters as a button shows; the key, which folding may lengthen, has 64."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One segment. `query` is in the segment language; None: a static list."""

    id: int
    name: str
    query: str | None
    staff_id: int | None
    created_at: datetime
    updated_at: datetime

    @property
    def is_list(self) -> bool:
        """Whether its members were put there by hand."""
        return self.query is None


_COLUMNS = (
    segments.c.id,
    segments.c.name,
    segments.c.query,
    segments.c.staff_id,
    segments.c.created_at,
    segments.c.updated_at,
)


def key(name: str) -> str:
    """What names are compared by; empty when nothing of the name can be seen."""
    return folding.label(name)[:64]


async def create(tx: Tx, name: str, query: str | None, *, staff_id: int | None, now: datetime) -> int | None:
    """A new segment; `query` None makes a list without members. None when the name is taken."""
    statement = (
        upsert(segments)
        .values(name=name, key=key(name), query=query, staff_id=staff_id, created_at=now, updated_at=now)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(segments.c.id)
    )
    return (await tx.run(statement)).scalar()


async def get(db: Reads, segment_id: int) -> Saved | None:
    row = await db.first(select(*_COLUMNS).where(segments.c.id == segment_id))
    return None if row is None else Saved(*row)


async def named(db: Reads, name: str) -> Saved | None:
    """The segment of this name."""
    row = await db.first(select(*_COLUMNS).where(segments.c.key == key(name)))
    return None if row is None else Saved(*row)


async def everything(db: Reads) -> list[Saved]:
    """All of them, in alphabetical order."""
    return [Saved(*row) for row in await db.all(select(*_COLUMNS).order_by(segments.c.key))]


async def book(db: Reads) -> dict[str, Saved]:
    """All of them by the key of the name: what `segment:NAME` may name."""
    return {key(one.name): one for one in await everything(db)}


async def rename(tx: Tx, segment_id: int, name: str, *, now: datetime) -> bool:
    """Whether the name was free."""
    taken = select(segments.c.id).where(segments.c.key == key(name), segments.c.id != segment_id)
    if await tx.scalar(taken) is not None:
        return False
    await tx.run(update(segments).where(segments.c.id == segment_id).values(name=name, key=key(name), updated_at=now))
    return True


async def remove(tx: Tx, segment_id: int) -> None:
    """The segment with its members and figures; the people stay."""
    await tx.run(delete(segments).where(segments.c.id == segment_id))


# ------------------------------------------------------------------------------------------------------------- members


async def add_members(tx: Tx, segment_id: int, ids: Iterable[int], *, staff_id: int | None, now: datetime) -> list[int]:
    """Puts these contacts on a list; returns those who were not on it. Ids that are gone are passed over."""
    wanted = select(
        literal(segment_id), contacts.c.id, literal(staff_id, segment_members.c.staff_id.type), literal(now, Moment)
    ).where(contacts.c.id.in_(list(ids)))
    statement = (
        upsert(segment_members)
        .from_select(["segment_id", "contact_id", "staff_id", "at"], wanted)
        .on_conflict_do_nothing()
        .returning(segment_members.c.contact_id)
    )
    return list((await tx.run(statement)).scalars())


async def remove_members(tx: Tx, segment_id: int, ids: Iterable[int]) -> list[int]:
    """Takes these contacts off a list; returns those who were on it."""
    statement = (
        delete(segment_members)
        .where(segment_members.c.segment_id == segment_id, segment_members.c.contact_id.in_(list(ids)))
        .returning(segment_members.c.contact_id)
    )
    return list((await tx.run(statement)).scalars())


async def empty(tx: Tx, segment_id: int) -> None:
    """Takes everybody off a list."""
    await tx.run(delete(segment_members).where(segment_members.c.segment_id == segment_id))


async def lists_of(db: Reads, contact_id: int) -> set[int]:
    """Ids of the lists this contact is on."""
    statement = select(segment_members.c.segment_id).where(segment_members.c.contact_id == contact_id)
    return {row.segment_id for row in await db.all(statement)}


# -------------------------------------------------------------------------------------------------------------- growth


async def note_count(tx: Tx, segment_id: int, day: str, number: int) -> None:
    """How many were in the segment on this day (YYYY-MM-DD); the first count of a day stands. A segment that was
    deleted meanwhile has no figures."""
    there = select(segments.c.id, literal(day), literal(number)).where(segments.c.id == segment_id)
    statement = upsert(segment_counts).from_select(["segment_id", "day", "contacts"], there)
    await tx.run(statement.on_conflict_do_nothing())


async def not_counted(db: Reads, day: str) -> list[Saved]:
    """The segments that have no figure for this day yet."""
    counted = select(segment_counts.c.segment_id).where(segment_counts.c.day == day)
    statement = select(*_COLUMNS).where(segments.c.id.not_in(counted)).order_by(segments.c.id)
    return [Saved(*row) for row in await db.all(statement)]


async def growth(db: Reads, ids: Sequence[int], *, since: str) -> dict[int, list[int]]:
    """The figures of these segments from this day on (YYYY-MM-DD), the oldest first."""
    statement = (
        select(segment_counts.c.segment_id, segment_counts.c.contacts)
        .where(segment_counts.c.segment_id.in_(list(ids)), segment_counts.c.day >= since)
        .order_by(segment_counts.c.day)
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for row in await db.all(statement):
        found[row.segment_id].append(row.contacts)
    return dict(found)


async def forget_growth(tx: Tx, *, before: str) -> None:
    """Figures older than this day (YYYY-MM-DD)."""
    await tx.run(delete(segment_counts).where(segment_counts.c.day < before))
