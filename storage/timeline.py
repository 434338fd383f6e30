"""The timeline as it is read: what happened with a contact and what they were sent, in one order; and the reminders
that still wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from storage.engine import Reads
from storage.tables import events, outbox


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `kind` is an event's, or `sent`: then `data` says the purpose and the row's state, and
    `text` is what the message says now; of one that was edited `edited` is the key."""

    at: datetime
    kind: str
    text: str | None
    staff_id: int | None
    request_id: int | None
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder to a customer that has not left yet. `memo` says what it was planned with: text, wall time, zone."""

    id: int
    key: str
    due_at: datetime
    memo: dict[str, Any]


async def page(db: Reads, contact_id: int, *, limit: int, offset: int = 0) -> tuple[list[Line], bool]:
    """The newest first; and whether there is more."""
    wanted = offset + limit + 1
    happened = (
        select(events.c.at, events.c.kind, events.c.text, events.c.staff_id, events.c.request_id, events.c.data)
        .where(events.c.contact_id == contact_id)
        .order_by(events.c.at.desc(), events.c.id.desc())
        .limit(wanted)
    )
    lines = [Line(row[0], row[1], row[2], row[3], row[4], row[5] or {}) for row in await db.all(happened)]
    when = func.coalesce(outbox.c.sent_at, outbox.c.due_at, type_=outbox.c.sent_at.type)
    said = (
        select(
            when, outbox.c.payload, outbox.c.purpose, outbox.c.state, outbox.c.error, outbox.c.key, outbox.c.revision
        )
        .where(
            outbox.c.contact_id == contact_id,
            outbox.c.purpose.in_(["service", "survey", "marketing"]),
            outbox.c.state.in_(["sent", "failed", "skipped", "unknown"]),
            outbox.c.after_id.is_(None),  # a part of an album that is told of already
            # A reply is an event already: who wrote it is known there.
            outbox.c.key.not_like("reply:%"),
        )
        .order_by(when.desc(), outbox.c.id.desc())
        .limit(wanted)
    )
    for row in await db.all(said):
        data = {"purpose": row[2], "state": row[3], "error": row[4], "edited": row[5] if row[6] > 1 else None}
        lines.append(Line(row[0], "sent", row[1].get("text"), None, None, data))
    lines.sort(key=lambda line: line.at, reverse=True)
    return lines[offset : offset + limit], len(lines) > offset + limit


_REMINDERS = (
    select(outbox.c.id, outbox.c.key, outbox.c.due_at, outbox.c.memo)
    .where(
        outbox.c.contact_id == bindparam("contact"),
        outbox.c.state == "pending",
        outbox.c.sent_revision == 0,
        outbox.c.key.like("remind:%"),
    )
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
)


async def reminders(db: Reads, contact_id: int, *, limit: int = 20) -> list[Reminder]:
    """The contact's reminders that wait, the soonest first."""
    rows = await db.all(_REMINDERS, {"contact": contact_id, "most": limit})
    return [Reminder(row[0], row[1], row[2], row[3] or {}) for row in rows]
