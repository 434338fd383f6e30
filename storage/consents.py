"""Consents: each word given or taken back, with the text as it was shown, its version, the time and the message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from storage.engine import Reads, Tx
from storage.tables import consents
from storage.wishes import STANDING


async def add(
    tx: Tx,
    contact_id: int,
    purpose: str,
    *,
    granted: bool,
    version: str,
    text: str,
    message_id: int | None,
    now: datetime,
) -> None:
    """Records one word. `purpose` is processing, marketing or survey."""
    tx.tell(STANDING, contact_id)
    await tx.run(
        insert(consents).values(
            contact_id=contact_id,
            purpose=purpose,
            granted=granted,
            version=version,
            text=text,
            message_id=message_id,
            at=now,
        )
    )


_WORDS = (
    select(consents.c.purpose, consents.c.granted)
    .where(consents.c.contact_id == bindparam("contact"))
    .order_by(consents.c.id)
)


async def latest(db: Reads, contact_id: int) -> dict[str, bool]:
    """The last word for each purpose; one never asked about is not in it."""
    return {row[0]: bool(row[1]) for row in await db.all(_WORDS, {"contact": contact_id})}


async def history(db: Reads, contact_id: int) -> list[dict[str, Any]]:
    """Every word, the oldest first: the proof."""
    statement = select(consents).where(consents.c.contact_id == contact_id).order_by(consents.c.id)
    return [dict(row._mapping) for row in await db.all(statement)]
