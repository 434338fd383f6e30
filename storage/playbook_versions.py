"""Accepted versions of the owner's file, by the hash of their text: a form goes on with the version it began with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import playbooks


async def keep(tx: Tx, digest: str, text: str, *, now: datetime) -> None:
    """Keeps an accepted version; one that is there already is left alone."""
    await tx.run(upsert(playbooks).values(hash=digest, text=text, accepted_at=now).on_conflict_do_nothing())


async def text_of(db: Reads, digest: str) -> str | None:
    """The text of an accepted version."""
    return await db.scalar(select(playbooks.c.text).where(playbooks.c.hash == digest))  # type: ignore[no-any-return]
