"""Consents: each word given or taken back, with the text as it was shown, its version, the time and the message.

The rows are the proof, and what sending asks. The last word on each purpose is kept on the card too, for whoever asks it of
many: whoever writes words keeps both in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, bindparam, insert, select, update

from crm.segment_fields import PURPOSES
from storage.engine import Reads, Tx
from storage.tables import consents, contacts
from storage.wishes import STANDING

LAST_WORDS: Final[Mapping[str, Column[Any]]] = {one.id: contacts.c[f"consent_{one.id}"] for one in PURPOSES}
"""The card's own column with the last word on each purpose: yes, no, or empty where nothing was said."""
MANY: Final = 500
"""So many cards are recomputed at once."""


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
    last_word = {LAST_WORDS[purpose].name: granted}
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
    await tx.run(update(contacts).where(contacts.c.id == contact_id).values(last_word))


async def recompute(tx: Tx, contact_ids: Iterable[int]) -> None:
    """Makes the last words on these cards what their consents say: for whoever writes consents in bulk, or takes some
    away."""
    touched = sorted(set(contact_ids))
    for start in range(0, len(touched), MANY):
        among = contacts.c.id.in_(touched[start : start + MANY])
        await tx.run(update(contacts).where(among).values(_AS_SAID))


_AS_SAID = {
    column.name: select(consents.c.granted)
    .where(consents.c.contact_id == contacts.c.id, consents.c.purpose == purpose)
    .order_by(consents.c.id.desc())
    .limit(1)
    .scalar_subquery()
    for purpose, column in LAST_WORDS.items()
}
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
