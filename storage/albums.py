"""Albums in the outbox: a row for the files and, where there are buttons, one under it for the words and the buttons.

The row of the files is the message: its key, its payload with everything in it, what the contact policy judged and what
counts. The row under it is a part of it (`after_id`), and is written once Telegram has the files; so it never comes
without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.outbox import Claimed, row
from storage.tables import outbox

UNDER: Final = "under:"
_MESSAGES: Final = "album"
"""In the memo of the files' row: the ids of the album's messages."""


def under_key(key: str) -> str:
    """The key of what is under the album of this key."""
    return f"{UNDER}{key}"


async def note_messages(tx: Tx, row_id: int, message_ids: Sequence[int]) -> None:
    """Telegram has the album: as these messages."""
    kept = func.json_set(func.coalesce(outbox.c.memo, "{}"), f"$.{_MESSAGES}", func.json(str(list(message_ids))))
    await tx.run(update(outbox).where(outbox.c.id == row_id).values(memo=kept))


async def add_under(tx: Tx, album: Claimed, payload: dict[str, Any], *, now: datetime) -> None:
    """What is said under an album that Telegram has. Nothing for one whose person was erased while it was on its way."""
    columns = outbox.c.chat_id, outbox.c.contact_id, outbox.c.memo
    kept = await tx.first(select(*columns).where(outbox.c.id == album.id))
    if kept is None or (album.contact_id is not None and kept.contact_id is None):
        return
    values = row(
        key=under_key(album.key),
        chat_id=kept.chat_id,
        thread_id=album.thread_id,
        contact_id=kept.contact_id,
        payload=payload,
        memo=kept.memo,
        purpose=album.purpose,
        priority=album.priority,
        topic=album.topic,
        due_at=album.due_at,  # before whatever else of its priority waits in the queue
        valid_until=album.valid_until,
        on_doubt=album.on_doubt,
        now=now,
    )
    await tx.run(upsert(outbox).values(**values, after_id=album.id).on_conflict_do_nothing(index_elements=["key"]))
    tx.announce("outbox")


async def with_buttons(db: Reads, key: str) -> Any | None:
    """The row whose message has the buttons: what is under the album of this key, or the row of the key itself."""
    found = outbox.c.key.in_([key, under_key(key)])
    return await db.first(select(outbox).where(found).order_by(outbox.c.after_id.is_(None), outbox.c.id).limit(1))


async def messages(db: Reads, chat_id: int, message_id: int) -> list[int] | None:
    """Every message of what was sent as this one: an album's files, and what is under them. None while that is still
    being said."""
    which = and_(outbox.c.chat_id == chat_id, outbox.c.message_id == message_id)
    whole = await db.first(select(outbox.c.key, outbox.c.memo).where(which))
    if whole is None:
        return [message_id]
    columns = outbox.c.state, outbox.c.message_id
    under = await db.first(select(*columns).where(outbox.c.key == under_key(whole.key)))
    if under is not None and under.message_id is None and under.state in ("pending", "sending"):
        return None
    said = [under.message_id] if under is not None and under.message_id is not None else []
    return [*((whole.memo or {}).get(_MESSAGES) or [message_id]), *said]


async def revise(
    tx: Tx, key: str, payload: dict[str, Any], under: dict[str, Any], *, now: datetime, priority: int
) -> None:
    """Says anew what is under the album of this key: as an edit where it has been said. The files stay as they are."""
    await tx.run(update(outbox).where(outbox.c.key == key).values(payload=payload))
    alive = and_(outbox.c.key == under_key(key), outbox.c.state.in_(["pending", "sending", "sent"]))
    again = {
        "payload": under,
        "revision": outbox.c.revision + 1,
        "state": case((outbox.c.state == "sending", outbox.c.state), else_="pending"),
        "due_at": now,
        "priority": priority,
        "attempts": 0,
    }
    await tx.run(update(outbox).where(alive).values(**again))
    tx.announce("outbox")


async def edits_waiting(db: Reads, prefix: str) -> int:
    """How much of what is under albums waits to be edited, of the keys that begin so (up to a colon)."""
    waits = and_(_under(prefix), outbox.c.state.in_(["pending", "sending"]), outbox.c.sent_revision > 0)
    return int(await db.scalar(select(func.count()).select_from(outbox).where(waits)))


async def take_back(tx: Tx, prefix: str, *, reason: str) -> None:
    """What was still to be said under albums of the keys that begin so (up to a colon) is not."""
    waits = and_(_under(prefix), outbox.c.state == "pending", outbox.c.sent_revision == 0)
    await tx.run(update(outbox).where(waits).values(state="cancelled", error=reason))


def _under(prefix: str) -> ColumnElement[bool]:
    first = under_key(prefix)
    return and_(outbox.c.key >= first, outbox.c.key < first[:-1] + ";")
