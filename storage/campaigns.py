"""Campaigns: one broadcast to one segment each, from the draft to the report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update

from storage.engine import Reads, Tx
from storage.tables import campaign_people, campaigns


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign's row."""

    id: int
    name: str
    state: str
    purpose: str
    topic: str | None
    value: int
    aim: str | None
    content: dict[str, Any]
    options: dict[str, Any]
    counts: dict[str, Any] | None
    start_at: datetime | None
    decide_at: datetime | None
    winner: str | None
    repeat_of: int | None
    chat_id: int | None
    staff_id: int | None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    version: int


async def create(
    tx: Tx,
    *,
    name: str,
    content: dict[str, Any],
    options: dict[str, Any],
    staff_id: int | None,
    chat_id: int | None,
    now: datetime,
    **columns: Any,
) -> int:
    """A new draft; its number."""
    values = {"name": name, "content": content, "options": options, "staff_id": staff_id, "chat_id": chat_id}
    result = await tx.run(insert(campaigns).values(**values, **columns, created_at=now, updated_at=now))
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


async def get(db: Reads, campaign_id: int) -> Campaign | None:
    row = await db.first(select(campaigns).where(campaigns.c.id == campaign_id))
    return None if row is None else Campaign(*row)


async def latest(db: Reads, *, limit: int, offset: int = 0) -> list[Campaign]:
    """The newest first."""
    statement = select(campaigns).order_by(campaigns.c.id.desc()).limit(limit).offset(offset)
    return [Campaign(*row) for row in await db.all(statement)]


async def count(db: Reads) -> int:
    return int(await db.scalar(select(func.count()).select_from(campaigns)))


CORRECTED = "corrected"
"""In the counts while a correction goes out: up to which person it has come."""
UNFINISHED = ("planned", "running", "testing", "paused", "recalling")


async def unfinished(db: Reads) -> list[Campaign]:
    """Those about which something is still to be done, the oldest first: also a cancelled one of which a message was
    just being sent."""
    on_its_way = select(campaign_people.c.contact_id).where(
        campaign_people.c.campaign_id == campaigns.c.id, campaign_people.c.state == "queued"
    )
    statement = select(campaigns).where(
        or_(
            campaigns.c.state.in_(UNFINISHED),
            and_(campaigns.c.state == "cancelled", on_its_way.exists()),
            func.json_extract(campaigns.c.counts, f"$.{CORRECTED}").is_not(None),
        )
    )
    return [Campaign(*row) for row in await db.all(statement.order_by(campaigns.c.id))]


async def change(
    tx: Tx,
    campaign_id: int,
    *,
    among: Collection[str] | None,
    now: datetime,
    version: int | None = None,
    **values: Any,
) -> bool:
    """Changes it if it is in one of these states (None: in any), and of this version where one is named; whether it was.
    So of two who press at once one does it."""
    which = [campaigns.c.id == campaign_id]
    if version is not None:
        which.append(campaigns.c.version == version)
    if among is not None:
        which.append(campaigns.c.state.in_(among))
    statement = update(campaigns).where(*which).values(**values, updated_at=now, version=campaigns.c.version + 1)
    return bool((await tx.run(statement)).rowcount)
