"""What a morning digest is made of: what is due, booked, celebrated and left waiting, and how the team did yesterday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from storage.engine import Reads
from storage.requests import COLUMNS, OPEN, Request
from storage.tables import contact_values, contacts, purchases, requests, staff, tasks, visits


class Visit(NamedTuple):
    """One booked visit, with the request that booked it."""

    request: Request
    contact_id: int
    at: datetime
    state: str


class Waiting(NamedTuple):
    """One request that nobody has taken."""

    request_id: int
    contact_id: int
    created_at: datetime


class Yesterday(NamedTuple):
    """What the business did between two moments; `spent` in minor units of its own currency, refunds taken off."""

    created: int
    done: int
    lost: int
    purchases: int
    spent: int


class Load(NamedTuple):
    """What is on one of the team's hands."""

    staff_id: int
    name: str
    open_requests: int
    overdue_tasks: int


async def visits_between(
    db: Reads, low: datetime, high: datetime, *, staff_id: int | None, limit: int
) -> tuple[list[Visit], int]:
    """Visits of open requests that are not called off, the earliest first, and how many there are in all. With
    `staff_id` only those that are this member's (by the request, else by the card) or nobody's."""
    theirs: list[ColumnElement[bool]] = []
    if staff_id is not None:
        owner = func.coalesce(requests.c.owner_id, contacts.c.owner_id)
        theirs.append(or_(owner.is_(None), owner == staff_id))
    to_come = visits.c.state != "cancelled", requests.c.stage.in_(OPEN)
    booked = and_(visits.c.at >= low, visits.c.at < high, *to_come, *theirs)
    joined = visits.join(requests, requests.c.id == visits.c.request_id).join(
        contacts, contacts.c.id == visits.c.contact_id
    )
    rows = await db.all(
        select(*COLUMNS, visits.c.contact_id, visits.c.at, visits.c.state, func.count().over())
        .select_from(joined)
        .where(booked)
        .order_by(visits.c.at, visits.c.request_id)
        .limit(limit)
    )
    own = len(COLUMNS)
    return [Visit(Request(*row[:own]), *row[own:-1]) for row in rows], rows[0][-1] if rows else 0


async def born_on(db: Reads, days: Sequence[int], *, staff_id: int, unowned: bool, limit: int) -> tuple[list[int], int]:
    """Ids of this member's contacts whose birthday is on one of the days (MMDD), and how many there are in all. With
    `unowned` those that are nobody's too."""
    mine: ColumnElement[bool] = contacts.c.owner_id == staff_id
    if unowned:
        mine = or_(mine, contacts.c.owner_id.is_(None))
    rows = await db.all(
        select(contacts.c.id, func.count().over())
        .join(contact_values, contact_values.c.contact_id == contacts.c.id)
        .where(contact_values.c.field == "birthday", contact_values.c.number.in_(days))
        .where(mine, contacts.c.spam_at.is_(None))
        .order_by(contacts.c.last_in_at.desc(), contacts.c.id)
        .limit(limit)
    )
    return [row[0] for row in rows], rows[0][1] if rows else 0


async def untaken(db: Reads, *, before: datetime, limit: int) -> tuple[list[Waiting], int]:
    """Requests made before then that nobody has taken, the oldest first, and how many there are in all."""
    rows = await db.all(
        select(requests.c.id, requests.c.contact_id, requests.c.created_at, func.count().over())
        .join(contacts, contacts.c.id == requests.c.contact_id)
        .where(requests.c.stage == "new", requests.c.created_at < before, contacts.c.spam_at.is_(None))
        .order_by(requests.c.created_at, requests.c.id)
        .limit(limit)
    )
    return [Waiting(*row[:3]) for row in rows], rows[0][3] if rows else 0


async def yesterday(db: Reads, low: datetime, high: datetime) -> Yesterday:
    """The figures of one day. A request that became spam is none."""
    made = requests.c.created_at >= low, requests.c.created_at < high, requests.c.stage != "spam"
    closed = requests.c.closed_at >= low, requests.c.closed_at < high
    bought = purchases.c.at >= low, purchases.c.at < high, purchases.c.refunded < purchases.c.value
    paid = func.coalesce(func.sum(purchases.c.value - purchases.c.refunded), 0)
    row = (await db.all(select(func.count(), paid).where(*bought)))[0]
    return Yesterday(
        created=await _count(db, *made),
        done=await _count(db, requests.c.stage == "done", *closed),
        lost=await _count(db, requests.c.stage == "lost", *closed),
        purchases=int(row[0]),
        spent=int(row[1]),
    )


async def loads(db: Reads, *, overdue_before: datetime) -> list[Load]:
    """Open requests and overdue tasks of each owner and manager."""
    taken = (
        select(func.count())
        .where(requests.c.owner_id == staff.c.id, requests.c.stage.in_(["new", "taken"]))
        .scalar_subquery()
    )
    overdue = (
        select(func.count())
        .where(tasks.c.staff_id == staff.c.id, tasks.c.done_at.is_(None), tasks.c.due_at < overdue_before)
        .scalar_subquery()
    )
    rows = await db.all(
        select(staff.c.id, staff.c.name, taken, overdue)
        .where(staff.c.removed_at.is_(None), staff.c.role.in_(["owner", "manager"]))
        .order_by(staff.c.id)
    )
    return [Load(*row) for row in rows]


async def _count(db: Reads, *where: ColumnElement[bool]) -> int:
    return int(await db.scalar(select(func.count()).select_from(requests).where(*where)))
