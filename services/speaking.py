"""Saying something: a `Say` becomes a row of the outbox, in the transaction that decided on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from storage import outbox
from storage.engine import Tx
from views.messages import Say


class Composed(NamedTuple):
    """What a recipe came to: a message as it is sent, and what its buttons need to remember."""

    payload: dict[str, Any]
    memo: dict[str, Any] | None = None


def say(
    tx: Tx,
    what: Say,
    *,
    now: datetime,
    key: str | None = None,
    chat_id: int | None = None,
    thread_id: int | None = None,
    contact_id: int | None = None,
) -> None:
    """Writes the row. The arguments stand in for what the `Say` itself leaves open; it needs a key and a chat from one
    of the two. Raises ValueError without them."""
    key = what.key or key
    chat_id = what.chat_id if what.chat_id is not None else chat_id
    if key is None or chat_id is None:
        raise ValueError("a message needs a key and a chat")
    values = outbox.row(
        key=key,
        chat_id=chat_id,
        thread_id=what.thread_id if what.thread_id is not None else thread_id,
        contact_id=what.contact_id if what.contact_id is not None else contact_id,
        payload=what.screen.to_json(),
        memo=what.memo,
        purpose=what.purpose.value,
        priority=what.purpose.priority,
        due_at=what.due_at or now,
        valid_until=what.valid_until,
        on_doubt=what.on_doubt,
        now=now,
    )
    (outbox.revise if what.revise else outbox.add)(tx, values)
