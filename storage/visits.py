"""Booked visits: when the customer of a request is expected, and whether they said that they come."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import events, visits


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. `field` is the step of the form that asked for the time; state: booked | confirmed | moving (the
    customer proposed `at`, and nobody has agreed yet) | cancelled."""

    request_id: int
    contact_id: int
    at: datetime
    field: str
    state: str


COLUMNS = [visits.c[field.name] for field in fields(Visit)]


async def book(tx: Tx, request_id: int, contact_id: int, at: datetime, field: str, *, now: datetime) -> None:
    """Notes the visit of a request; one that was noted already is at this time from now on."""
    values = {"request_id": request_id, "contact_id": contact_id, "at": at, "field": field, "updated_at": now}
    statement = upsert(visits).values(**values, state="booked")
    changed = {"at": at, "state": "booked", "updated_at": now}
    await tx.run(statement.on_conflict_do_update(index_elements=["request_id"], set_=changed))


async def get(db: Reads, request_id: int) -> Visit | None:
    row = await db.first(select(*COLUMNS).where(visits.c.request_id == request_id))
    return None if row is None else Visit(*row)


async def agreed_time(db: Reads, visit: Visit) -> datetime | None:
    """When a visit that its customer wants to move was to be until then."""
    told = (
        select(events.c.data)
        .where(
            events.c.contact_id == visit.contact_id, events.c.request_id == visit.request_id, events.c.kind == "visit"
        )
        .order_by(events.c.at.desc(), events.c.id.desc())
        .limit(1)
    )
    was = (await db.scalar(told) or {}).get("was")
    return None if was is None else datetime.fromisoformat(was)


async def is_booked(db: Reads, request_id: int) -> bool:
    """Whether the request has a visit that was not called off."""
    booked = select(visits.c.request_id).where(visits.c.request_id == request_id, visits.c.state != "cancelled")
    return await db.first(booked) is not None


async def change(tx: Tx, visit: Visit, *, state: str, now: datetime, at: datetime | None = None) -> bool:
    """Moves a visit that is still as it was read; False when another was first."""
    same = (visits.c.request_id == visit.request_id, visits.c.state == visit.state, visits.c.at == visit.at)
    values = {"state": state, "at": at or visit.at, "updated_at": now}
    return bool((await tx.run(update(visits).where(*same).values(**values))).rowcount)
