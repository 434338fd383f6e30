"""RFM and ABC on the CDNOW purchases that lifetimes ships: every customer's frequency, recency, age and mean money beside
that library's own (`make bench-peers` runs it; PEERS_PYTHON is a Python that has lifetimes)."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from crm import rfm
from crm.revenue_classes import Limits, class_of, floors_of
from storage import rankings, schema
from storage.engine import Database, Tx
from storage.tables import contacts, purchases

END = date(1998, 6, 30)
"""The last day of the data."""
NOW = datetime(1998, 7, 1, tzinfo=UTC)
SUMMARY = Path(__file__).parent / "peers" / "cdnow_summary.py"


def main() -> int:
    """Prints what agrees; 1 when anything does not."""
    python = os.environ.get("PEERS_PYTHON", sys.executable)
    peer = json.loads(subprocess.run([python, str(SUMMARY)], check=True, capture_output=True).stdout)
    bought: dict[int, list[tuple[date, float]]] = defaultdict(list)
    for customer, at, money in peer["bought"]:
        bought[int(customer)].append((date.fromisoformat(at), money))
    differing = [number for number, days in bought.items() if _differs(days, peer["summary"][str(number)])]
    print(
        f"habit (frequency, recency, T, monetary value): {len(bought) - len(differing)} of {len(bought)} customers equal"
    )
    wrong = asyncio.run(_in_sql(bought))
    print(f"RFM scores and ABC classes in SQL against the rule: {wrong} of {len(bought)} customers differ")
    return int(bool(differing or wrong))


def _differs(days: list[tuple[date, float]], peer: list[float]) -> bool:
    mine = rfm.habit(days, END)
    assert mine is not None
    ours = (mine.repeats, mine.span_days, mine.age_days, mine.mean_money)
    return any(abs(one - other) > 1e-9 * max(1.0, abs(other)) for one, other in zip(ours, peer, strict=True))


async def _in_sql(bought: dict[int, list[tuple[date, float]]]) -> int:
    """Writes the base, has it ranked, and compares every card with the rule as crm/rfm.py words it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cdnow.db"
        schema.upgrade(path)
        database = Database(f"sqlite+aiosqlite:///{path}")
        await database.open()
        try:
            await database.write(lambda tx: _write(tx, bought))
            async with database.read() as reads:
                cuts = await rankings.cuts(reads)
                floors = await rankings.floors(reads, Limits())
                last = await rankings.last_number(reads)
            await database.write(lambda tx: rankings.write(tx, cuts, floors, after=0, upto=last))
            async with database.read() as reads:
                rows = await reads.all(contacts.select())
        finally:
            await database.close()
    return _wrong(rows)


async def _write(tx: Tx, bought: dict[int, list[tuple[date, float]]]) -> None:
    people, sold = [], []
    for number, days in bought.items():
        paid = [
            (datetime(day.year, day.month, day.day, tzinfo=UTC), round(money * 100)) for day, money in days if money
        ]
        people.append(
            {
                "id": number,
                "language": "en",
                "purchases": len(paid),
                "spent": sum(value for _, value in paid),
                "last_purchase_at": max((at for at, _ in paid), default=None),
                "created_at": NOW,
                "updated_at": NOW,
            }
        )
        sold += [
            {"contact_id": number, "amount": value, "currency": "USD", "value": value, "at": at, "created_at": NOW}
            for at, value in paid
        ]
    await tx.run(insert(contacts), people)
    await tx.run(insert(purchases), sold)


def _wrong(rows: Any) -> int:
    buyers = [row for row in rows if row.purchases]
    values = [
        [row.last_purchase_at.date().isoformat() for row in buyers],
        [row.purchases for row in buyers],
        [row.spent for row in buyers],
    ]
    less: list[dict[Any, int]] = []
    for column in values:
        ordered = sorted(column)
        less.append({value: place for place, value in reversed(list(enumerate(ordered)))})
    floors = floors_of(values[2], Limits())
    wrong = 0
    for row, *mine in zip(buyers, *values, strict=True):
        scores = rfm.Scores(*(1 + 5 * known[value] // len(buyers) for known, value in zip(less, mine, strict=True)))
        wrong += (row.rfm, row.abc) != (scores.group, class_of(row.spent, floors))
    return wrong + sum(row.rfm is not None for row in rows if not row.purchases)


if __name__ == "__main__":
    sys.exit(main())
