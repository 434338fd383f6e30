"""Everything the bot says: one row a message, unique by its key, from the decision to the outcome.

States: pending → sending → sent | failed | unknown | skipped | cancelled. What is `sending` under another process's
name is exactly what is in doubt after a death. An edit is a new revision of its message's row: the row goes back to
pending, and only the newest revision is sent. What became of it: `outcomes`.

Order within a chat is (priority, due_at, id); a row that waits for a retry holds those behind it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, case, func, literal_column, null, or_, select, union_all, update
from sqlalchemy.dialects.sqlite import insert as upsert

from crm.purposes import Purpose
from storage.engine import Reads, Tx
from storage.tables import outbox


class Claimed(NamedTuple):
    """A row this process is about to send."""

    id: int
    key: str
    chat_id: int
    thread_id: int | None
    contact_id: int | None
    purpose: str
    priority: int
    payload: dict[str, Any]
    recipe: dict[str, Any] | None
    topic: str | None
    value: int
    revision: int
    sent_revision: int
    on_doubt: str
    due_at: datetime
    valid_until: datetime | None
    attempts: int
    message_id: int | None


_INSERT = upsert(outbox)
_ADD = _INSERT.on_conflict_do_nothing(index_elements=["key"])
# A revision of a row that is on its way stays with its sender, who sees the newer revision when the outcome is recorded.
_REVISE = _INSERT.on_conflict_do_update(
    index_elements=["key"],
    set_={
        "payload": _INSERT.excluded.payload,
        "memo": func.coalesce(_INSERT.excluded.memo, outbox.c.memo),
        "revision": outbox.c.revision + 1,
        "state": case((outbox.c.state == "sending", outbox.c.state), else_="pending"),
        "due_at": _INSERT.excluded.due_at,
        "attempts": 0,
    },
    # Compared one by one: a list expands when it is run, which many rows at once cannot.
    where=and_(outbox.c.state != "cancelled", outbox.c.state != "failed"),
)

# What has not left yet moves to its new time; what was taken back or skipped is planned again.
_PLAN = _INSERT.on_conflict_do_update(
    index_elements=["key"],
    set_={
        "payload": _INSERT.excluded.payload,
        "memo": _INSERT.excluded.memo,
        "recipe": _INSERT.excluded.recipe,
        "state": "pending",
        "due_at": _INSERT.excluded.due_at,
        "valid_until": _INSERT.excluded.valid_until,
        "decision": null(),
        "error": None,
    },
    where=and_(
        outbox.c.sent_revision == 0, or_(*(outbox.c.state == one for one in ("pending", "skipped", "cancelled")))
    ),
)


def row(
    *,
    key: str,
    chat_id: int,
    payload: dict[str, Any],
    purpose: str,
    priority: int,
    due_at: datetime,
    now: datetime,
    thread_id: int | None = None,
    contact_id: int | None = None,
    memo: dict[str, Any] | None = None,
    valid_until: datetime | None = None,
    on_doubt: str = "resend",
    message_id: int | None = None,
    recipe: dict[str, Any] | None = None,
    topic: str | None = None,
    value: int = 0,
) -> dict[str, Any]:
    """The values of a new row. With `message_id` it is an edit of a message whose own row is gone; with a `recipe` its
    payload is made when it is claimed (`delivering.COMPOSERS`)."""
    return {
        "key": key,
        "chat_id": chat_id,
        "thread_id": thread_id,
        "contact_id": contact_id,
        "purpose": purpose,
        "priority": priority,
        "payload": payload,
        "memo": memo,
        "recipe": recipe,
        "topic": topic,
        "value": value,
        "state": "pending",
        "on_doubt": on_doubt,
        "due_at": due_at,
        "valid_until": valid_until,
        "message_id": message_id,
        "created_at": now,
    }


def add(tx: Tx, values: dict[str, Any]) -> None:
    """Writes the row with the transaction; one with the same key that exists already is left alone."""
    tx.later(_ADD, values)
    tx.announce("outbox")


def revise(tx: Tx, values: dict[str, Any]) -> None:
    """Writes the row, or a new revision of the one with its key."""
    tx.later(_REVISE, values)
    tx.announce("outbox")


def plan(tx: Tx, values: dict[str, Any]) -> None:
    """Writes the row, or moves the one with its key to this time unless it has left: for what is said once, whenever
    that turns out to be."""
    tx.later(_PLAN, values)


async def revise_message(
    tx: Tx,
    chat_id: int,
    message_id: int,
    payload: dict[str, Any],
    memo: dict[str, Any] | None,
    *,
    now: datetime,
    priority: int,
) -> bool:
    """A new revision of a message that was sent. False where the base does not know the message."""
    values: dict[str, Any] = {
        "payload": payload,
        "revision": outbox.c.revision + 1,
        "state": case((outbox.c.state == "sending", outbox.c.state), else_="pending"),
        "due_at": now,
        "priority": priority,
        "attempts": 0,
    }
    if memo is not None:
        values["memo"] = memo
    statement = update(outbox).where(outbox.c.chat_id == chat_id, outbox.c.message_id == message_id).values(**values)
    tx.announce("outbox")
    return bool((await tx.run(statement)).rowcount)


_CLAIM_COLUMNS = [
    outbox.c.id,
    outbox.c.key,
    outbox.c.chat_id,
    outbox.c.thread_id,
    outbox.c.contact_id,
    outbox.c.purpose,
    outbox.c.priority,
    outbox.c.payload,
    outbox.c.recipe,
    outbox.c.topic,
    outbox.c.value,
    outbox.c.revision,
    outbox.c.sent_revision,
    outbox.c.on_doubt,
    outbox.c.due_at,
    outbox.c.valid_until,
    outbox.c.attempts,
    outbox.c.message_id,
]
# Written out, not bound: SQLite takes a partial index for a value it reads, and plans anew at every bound one.
_pending = outbox.c.state == literal_column("'pending'")


def _due_of(priority: int) -> Select[Any]:
    """The first due of one priority: a range of the index, however many wait for later."""
    window = (
        select(*_CLAIM_COLUMNS, outbox.c.retry_at, outbox.c.after_id)
        .where(
            _pending,
            outbox.c.priority == literal_column(str(priority)),
            outbox.c.due_at <= bindparam("now"),
            outbox.c.chat_id.not_in(select(func.json_each(bindparam("busy")).table_valued("value").c.value)),
        )
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(bindparam("limit"))
    )
    return select(window.subquery())


_all_due = union_all(*(_due_of(priority) for priority in sorted({purpose.priority for purpose in Purpose}))).subquery()
_DUE = select(_all_due).order_by(_all_due.c.priority, _all_due.c.due_at, _all_due.c.id).limit(bindparam("limit"))
_TAKE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == "pending")
    .values(state="sending", claimed_by=bindparam("by"), attempts=outbox.c.attempts + 1, retry_at=None)
)


SPARE_ROWS = 16
"""So many rows more are read than are to be taken, for those that wait for another of their chat."""


async def claim(
    tx: Tx, *, by: str, now: datetime, limit: int, busy: Collection[int], limits: Mapping[int, int] | None = None
) -> list[Claimed]:
    """Takes up to `limit` rows that are due, at most one of a chat, none of the busy chats, the most urgent first; one of a
    priority that has a lower limit of its own only while fewer than that are taken.

    The attempt is counted before the call: `settle_doubt` knows a row that kills the process by it.
    """
    taken: list[Claimed] = []
    passed = set(busy)
    limits = limits or {}
    room = True
    while room and len(taken) < limit:
        window = limit + SPARE_ROWS
        rows = await tx.all(_DUE, {"now": now, "busy": json.dumps(sorted(passed)), "limit": window})
        for candidate in rows:
            if candidate.chat_id in passed:
                continue
            passed.add(candidate.chat_id)
            if candidate.retry_at is not None and candidate.retry_at > now:
                continue
            if candidate.after_id is not None and not await _settled(tx, candidate.after_id):
                continue
            if len(taken) >= limits.get(candidate.priority, limit):
                room = False  # nor for those that follow: they are less urgent
                break
            taken.append(Claimed(*candidate[: len(_CLAIM_COLUMNS)])._replace(attempts=candidate.attempts + 1))
            if len(taken) == limit:
                break
        if len(rows) < window:
            break
    if taken:
        await tx.run(_TAKE, [{"row": one.id, "by": by} for one in taken])
    return taken


async def _settled(tx: Tx, row_id: int) -> bool:
    state = await tx.scalar(select(outbox.c.state).where(outbox.c.id == row_id))
    return state not in ("pending", "sending")


async def next_due(db: Reads, *, now: datetime, busy: Collection[int] = ()) -> datetime | None:
    """When something can be claimed next, leaving out the busy chats; None when nothing is pending.

    A chat that waits for a retry is due when the retry is, whatever else waits in it.
    """
    waits = _pending, outbox.c.retry_at > now
    held = select(outbox.c.chat_id).where(*waits)
    # In the order of their indexes, and no further than the first: however many are pending.
    due = select(outbox.c.due_at).where(_pending, outbox.c.chat_id.not_in(held)).order_by(outbox.c.due_at).limit(1)
    retry = select(outbox.c.retry_at).where(*waits).order_by(outbox.c.retry_at).limit(1)
    if busy:
        engaged = select(func.json_each(json.dumps(sorted(busy))).table_valued("value").c.value)
        due = due.where(outbox.c.chat_id.not_in(engaged))
        retry = retry.where(outbox.c.chat_id.not_in(engaged))
    moments = [moment for moment in (await db.scalar(due), await db.scalar(retry)) if moment is not None]
    return min(moments, default=None)


async def follow_migration(tx: Tx, old_chat: int, new_chat: int) -> None:
    """The group became a supergroup: what waits for it goes to its new id."""
    waiting = and_(outbox.c.chat_id == old_chat, outbox.c.state.in_(["pending", "sending"]))
    await tx.run(update(outbox).where(waiting).values(chat_id=new_chat))


async def leave_topic(tx: Tx, row_id: int) -> None:
    """The topic it was meant for is gone: it goes to the chat itself."""
    await tx.run(update(outbox).where(outbox.c.id == row_id).values(thread_id=None))


async def cancel(tx: Tx, keys: Sequence[str], *, reason: str) -> int:
    """Takes back what is not yet on its way. Returns how many rows that was."""
    pending = and_(outbox.c.key.in_(keys), outbox.c.state == "pending", outbox.c.sent_revision == 0)
    return int((await tx.run(update(outbox).where(pending).values(state="cancelled", error=reason))).rowcount)


async def cancel_for_contact(tx: Tx, contact_id: int, *, reason: str, purposes: Collection[str] = ()) -> int:
    """Takes back everything that waits for a contact (of these purposes; all of them when none is named)."""
    which = [outbox.c.contact_id == contact_id, outbox.c.state == "pending", outbox.c.sent_revision == 0]
    if purposes:
        which.append(outbox.c.purpose.in_(purposes))
    return int((await tx.run(update(outbox).where(*which).values(state="cancelled", error=reason))).rowcount)


async def by_key(db: Reads, key: str) -> Any | None:
    """The row of one decision."""
    return await db.first(select(outbox).where(outbox.c.key == key))


async def memo_of_message(db: Reads, chat_id: int, message_id: int) -> dict[str, Any] | None:
    """What was to be remembered under a message."""
    statement = select(outbox.c.memo).where(outbox.c.chat_id == chat_id, outbox.c.message_id == message_id)
    return await db.scalar(statement)  # type: ignore[no-any-return]


async def waiting_by_purpose(db: Reads) -> dict[str, int]:
    """How many rows wait, by purpose: what `release` would let go."""
    statement = select(outbox.c.purpose, func.count()).where(outbox.c.state == "pending").group_by(outbox.c.purpose)
    return {row[0]: row[1] for row in await db.all(statement)}


async def sent_to_contact(
    db: Reads, contact_id: int, *, since: datetime, but: int | None = None
) -> list[tuple[str, datetime]]:
    """(purpose, time) of what was sent, or is on its way, or may have arrived, to a contact (`but` one row): what the
    policy's caps count. A message counts when it first left, whatever edits followed."""
    perhaps = and_(outbox.c.state.in_(["sending", "unknown"]), outbox.c.due_at >= since)
    statement = select(outbox.c.purpose, func.coalesce(outbox.c.sent_at, outbox.c.due_at)).where(
        outbox.c.contact_id == contact_id,
        outbox.c.id != (but or 0),
        or_(outbox.c.sent_at >= since, and_(outbox.c.sent_at.is_(None), perhaps)),
        outbox.c.purpose.in_(["service", "survey", "marketing"]),
    )
    return [(row[0], row[1]) for row in await db.all(statement)]
