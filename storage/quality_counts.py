"""The quality of the base, noted day by day: how many cards had each fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import contacts, duplicate_pairs, quality_counts


async def cards(db: Reads) -> int:
    """How many cards there are, without spam."""
    return int(await db.scalar(select(func.count()).select_from(contacts).where(contacts.c.spam_at.is_(None))))


async def in_pairs(db: Reads) -> int:
    """How many cards may be another's double."""
    open_ones = duplicate_pairs.c.state == "open"
    both = select(duplicate_pairs.c.low_id.label("id")).where(open_ones)
    both_sides = both.union(select(duplicate_pairs.c.high_id).where(open_ones)).subquery()
    return int(await db.scalar(select(func.count()).select_from(both_sides)))


async def note(tx: Tx, day: str, faults: Mapping[str, int], *, cards: int) -> None:
    """Notes the state of a day (YYYY-MM-DD in the business's zone); the latest of a day is kept."""
    statement = upsert(quality_counts)
    statement = statement.on_conflict_do_update(
        index_elements=["day", "line"],
        set_={"contacts": statement.excluded.contacts, "of": statement.excluded.of},
    )
    await tx.run(statement, [{"day": day, "line": line, "contacts": n, "of": cards} for line, n in faults.items()])


async def days(db: Reads, *, since: str) -> dict[str, tuple[int, dict[str, int]]]:
    """By day, the oldest first: how many cards there were, and how many had each fault."""
    found: dict[str, tuple[int, dict[str, int]]] = defaultdict(lambda: (0, {}))
    statement = select(quality_counts).where(quality_counts.c.day >= since).order_by(quality_counts.c.day)
    for row in await db.all(statement):
        found[row.day][1][row.line] = row.contacts
        found[row.day] = (row.of, found[row.day][1])
    return dict(found)
