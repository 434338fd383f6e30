"""Pairs of cards that may be one person's, as the team goes through them; and those that were said to be two people's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import duplicate_pairs


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cards, the lower number first. `score` is from 0 to 1; `state` is open or distinct."""

    low_id: int
    high_id: int
    score: float
    state: str


_COLUMNS = (
    duplicate_pairs.c.low_id,
    duplicate_pairs.c.high_id,
    duplicate_pairs.c.score,
    duplicate_pairs.c.state,
)
_OPEN = duplicate_pairs.c.state == "open"


async def get(db: Reads, one_id: int, other_id: int) -> Pair | None:
    """What is known of these two together."""
    low, high = sorted((one_id, other_id))
    row = await db.first(select(*_COLUMNS).where(duplicate_pairs.c.low_id == low, duplicate_pairs.c.high_id == high))
    return None if row is None else Pair(*row)


async def queue(db: Reads, *, offset: int) -> Pair | None:
    """The open pair at this place of the queue, the likeliest first."""
    row = await db.first(
        select(*_COLUMNS)
        .where(_OPEN)
        .order_by(duplicate_pairs.c.score.desc(), duplicate_pairs.c.low_id, duplicate_pairs.c.high_id)
        .limit(1)
        .offset(offset)
    )
    return None if row is None else Pair(*row)


async def count(db: Reads) -> int:
    """How many pairs wait for a decision."""
    return int(await db.scalar(select(func.count()).select_from(duplicate_pairs).where(_OPEN)))


async def part(tx: Tx, one_id: int, other_id: int, *, staff_id: int | None, now: datetime) -> None:
    """These two are not the same person: remembered, whether or not they were ever taken for one."""
    low, high = sorted((one_id, other_id))
    decision: dict[str, Any] = {"state": "distinct", "staff_id": staff_id, "decided_at": now}
    statement = upsert(duplicate_pairs).values(
        low_id=low, high_id=high, score=0.0, reasons={}, found_at=now, **decision
    )
    await tx.run(statement.on_conflict_do_update(index_elements=["low_id", "high_id"], set_=decision))
