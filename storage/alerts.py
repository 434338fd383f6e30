"""What the team was told: rows of the outbox found by what they are about, to be changed when that changes.

The keys are `request:<id>:<chat>` for a request and `wrote:<contact>:<message>:<chat>` for a customer's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.engine import Reads
from storage.tables import contacts, outbox, requests


@dataclass(frozen=True, slots=True)
class Alert:
    """One message to the team: what it says and remembers."""

    key: str
    chat_id: int
    payload: dict[str, Any]
    memo: dict[str, Any]


async def of_request(db: Reads, request_id: int) -> list[Alert]:
    """The request's card in every chat that has it."""
    return await _beginning(db, f"request:{request_id}:")


async def of_words(db: Reads, contact_id: int) -> list[Alert]:
    """What the team was told of a customer's own words, and nobody has answered yet."""
    return [one for one in await _beginning(db, f"wrote:{contact_id}:") if "answered" not in one.memo]


async def tells_of(db: Reads, contact_id: int, message_id: int) -> bool:
    """Whether the team has been told of this message of the customer's."""
    return bool(await _beginning(db, f"wrote:{contact_id}:{message_id}:"))


async def came_lately(db: Reads, *, count: int) -> list[datetime]:
    """When the newest requests came, the newest first, at most `count`."""
    statement = select(requests.c.created_at).order_by(requests.c.id.desc()).limit(count)
    return [row[0] for row in await db.all(statement)]


async def oldest_waiting(db: Reads) -> datetime | None:
    """When the request came that has waited longest for somebody to take it."""
    statement = (
        select(func.min(requests.c.created_at))
        .join(contacts, contacts.c.id == requests.c.contact_id)
        .where(requests.c.stage == "new", contacts.c.spam_at.is_(None))
    )
    return await db.scalar(statement)  # type: ignore[no-any-return]


async def _beginning(db: Reads, prefix: str) -> list[Alert]:
    # ";" is the character after ":": the keys that begin so are a range of the unique index.
    statement = (
        select(outbox.c.key, outbox.c.chat_id, outbox.c.payload, outbox.c.memo)
        .where(outbox.c.key >= prefix, outbox.c.key < prefix[:-1] + ";", outbox.c.state.not_in(["failed", "cancelled"]))
        .order_by(outbox.c.id)
    )
    return [Alert(row[0], row[1], row[2], row[3] or {}) for row in await db.all(statement)]
