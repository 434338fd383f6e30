"""Updates as Telegram handed them over: stored before they are acknowledged, blanked when handled.

The key is (bot, update_id); it tells a duplicate and nothing else. Order is the order of arrival, `id`: after a quiet
week Telegram picks the next update_id at random.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import inbox


class Stored(NamedTuple):
    """One update waiting to be handled. `lane` is the chat (or person) whose updates keep their order."""

    id: int
    update_id: int
    lane: int
    payload: str
    attempts: int


_STORE = upsert(inbox).on_conflict_do_nothing().returning(inbox.c.id, inbox.c.update_id)
_DONE = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(state=bindparam("to"), payload=None, handled_at=bindparam("at"))
)


async def store(tx: Tx, bot_id: int, updates: Sequence[tuple[int, int, str]], *, now: datetime) -> list[Stored]:
    """Keeps a batch of (update_id, lane, payload); returns those that are new, in their order of arrival."""
    rows = [
        {"bot_id": bot_id, "update_id": update_id, "lane": lane, "payload": payload, "received_at": now}
        for update_id, lane, payload in updates
    ]
    ids = {row.update_id: row.id for row in await tx.run(_STORE, rows)}
    new: list[Stored] = []
    for update_id, lane, payload in updates:
        if (row_id := ids.pop(update_id, None)) is not None:
            new.append(Stored(row_id, update_id, lane, payload, 0))
    return sorted(new)


def mark_done(tx: Tx, row_id: int, *, now: datetime) -> None:
    """The update has taken effect; what it said is forgotten."""
    tx.later(_DONE, {"row": row_id, "to": "done", "at": now})


def park(tx: Tx, row_id: int, *, now: datetime) -> None:
    """Given up after its last attempt. The error's type and place stay; the person's words do not."""
    tx.later(_DONE, {"row": row_id, "to": "parked", "at": now})


async def count_failure(tx: Tx, row_id: int, error: str) -> int:
    """Counts one more failed attempt; returns how many there were."""
    statement = (
        update(inbox)
        .where(inbox.c.id == row_id)
        .values(attempts=inbox.c.attempts + 1, error=error)
        .returning(inbox.c.attempts)
    )
    return int((await tx.run(statement)).scalar_one())


async def waiting(db: Reads, *, after: int, limit: int) -> list[Stored]:
    """Updates not yet handled, in their order of arrival."""
    statement = (
        select(inbox.c.id, inbox.c.update_id, inbox.c.lane, inbox.c.payload, inbox.c.attempts)
        .where(inbox.c.state == "new", inbox.c.id > after)
        .order_by(inbox.c.id)
        .limit(limit)
    )
    return [Stored(*row) for row in await db.all(statement)]


async def prune(tx: Tx, *, handled_before: datetime, limit: int = 5_000) -> int:
    """Forgets handled rows older than Telegram could still repeat. Returns how many went."""
    old = (
        select(inbox.c.id)
        .where(inbox.c.handled_at < handled_before, inbox.c.state == "done")
        .order_by(inbox.c.handled_at)
        .limit(limit)
    )
    result: Any = await tx.run(delete(inbox).where(inbox.c.id.in_(old)))
    return int(result.rowcount)
