"""The outbox as one contact meets it: what they were sent, what is coming, what was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, func, or_, select, update

from storage.engine import Reads, Tx
from storage.tables import outbox


class Around(NamedTuple):
    """A message of a contact's that the policy looks at: it counts, or it is due as well. `decision` is told of the one
    that is being judged only."""

    id: int
    purpose: str
    counts: bool
    at: datetime
    topic: str | None
    value: int
    due_at: datetime
    valid_until: datetime | None
    decision: dict[str, Any] | None


_mine = outbox.c.id == bindparam("mine")
_counts = or_(
    outbox.c.sent_at >= bindparam("since"),
    and_(
        outbox.c.sent_at.is_(None),
        outbox.c.state.in_(["sending", "unknown"]),
        outbox.c.due_at >= bindparam("since"),
    ),
)
_is_due = and_(
    outbox.c.state == "pending",
    outbox.c.sent_revision == 0,
    outbox.c.due_at <= bindparam("now"),
    or_(outbox.c.retry_at.is_(None), outbox.c.retry_at <= bindparam("now")),
    outbox.c.after_id.is_(None),
)
_AROUND = select(
    outbox.c.id,
    outbox.c.purpose,
    _counts.label("counts"),
    func.coalesce(outbox.c.sent_at, outbox.c.due_at, type_=outbox.c.sent_at.type),
    outbox.c.topic,
    outbox.c.value,
    outbox.c.due_at,
    outbox.c.valid_until,
    case((_mine, outbox.c.decision)),
).where(
    outbox.c.contact_id == bindparam("contact"),
    outbox.c.purpose.in_(["service", "survey", "marketing"]),
    or_(_mine, _counts, _is_due),
)


async def around(db: Reads, contact_id: int, *, mine: int, since: datetime, now: datetime) -> list[Around]:
    """What a contact was sent since then, or is being sent, or may have got; what else is due to them now; and the row
    `mine` itself, which is being judged."""
    rows = await db.all(_AROUND, {"contact": contact_id, "mine": mine, "since": since, "now": now})
    return [Around(*row) for row in rows]


async def waiting(db: Reads, contact_id: int, purpose: str) -> list[int]:
    """The rows of this purpose that wait for a contact."""
    which = and_(outbox.c.contact_id == contact_id, outbox.c.purpose == purpose, outbox.c.state == "pending")
    return [row[0] for row in await db.all(select(outbox.c.id).where(which, outbox.c.sent_revision == 0))]


async def wait_again(tx: Tx, contact_id: int, rows: Sequence[int], *, reason: str) -> None:
    """What was taken back from this contact for that reason waits as it did before."""
    theirs = and_(outbox.c.id.in_(rows), outbox.c.contact_id == contact_id)
    taken_back = and_(outbox.c.state == "cancelled", outbox.c.error == reason)
    await tx.run(update(outbox).where(theirs, taken_back).values(state="pending", error=None))
    tx.announce("outbox")
