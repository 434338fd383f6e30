"""RFM and ABC over the roll-ups against NTILE over the purchases themselves, in one run; and writing the groups."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks import base
from crm.revenue_classes import Limits
from storage import rankings
from storage.engine import Database

SIZES = (10_000, 100_000, 1_000_000)
CARDS_AT_ONCE = 1_000
BAR = 1 / 3

NTILE = """
WITH buyers AS (
  SELECT contact_id, max(at) AS last, count(*) AS often, sum(value - refunded) AS money
  FROM purchases WHERE value > refunded GROUP BY contact_id
), scored AS (
  SELECT ntile(5) OVER (ORDER BY last) AS r, ntile(5) OVER (ORDER BY often) AS f, ntile(5) OVER (ORDER BY money) AS m
  FROM buyers
)
SELECT r, f, m, count(*) FROM scored GROUP BY r, f, m
"""


def main() -> int:
    """Prints the table; 1 when a bar is missed."""
    folder = Path(os.environ.get("BENCH_FOLDER", tempfile.gettempdir())) / "kartoteka-bench"
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [size for size in SIZES if size <= int(os.environ.get("BENCH_CONTACTS", SIZES[-1]))]
    print(
        "| contacts | NTILE over purchases, CPU s | RFM over roll-ups, CPU s | share | ABC, CPU s | first writing, s | longest transaction, ms |"
    )
    print("|---|---|---|---|---|---|---|")
    missed = 0
    for size in sizes:
        path = base.copy(folder, size, folder / "ranking.db")
        raw = _raw(path)
        scores, classes, writing, longest = asyncio.run(_ours(path))
        share = scores / raw
        missed += size == SIZES[-1] and share > BAR
        print(
            f"| {size:,} | {raw:.2f} | {scores:.2f} | {share:.2f} | {classes:.2f} | {writing:.2f} | {longest * 1e3:.0f} |"
        )
        path.unlink()
    return int(bool(missed))


def _raw(path: Path) -> float:
    with closing(sqlite3.connect(path)) as connection:
        took = []
        for _ in range(2):
            began = time.process_time()
            connection.execute(NTILE).fetchall()
            took.append(time.process_time() - began)
    return min(took)


async def _ours(path: Path) -> tuple[float, float, float, float]:
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    try:
        async with database.read() as reads:
            took = []
            for _ in range(2):
                began = time.process_time()
                await rankings.cells(reads)
                took.append(time.process_time() - began)
            cuts = await rankings.cuts(reads)
            began = time.process_time()
            floors = await rankings.floors(reads, Limits())
            classes = time.process_time() - began
            last = await rankings.last_number(reads)
        began, longest = time.perf_counter(), 0.0
        for after in range(0, last, CARDS_AT_ONCE):
            chunk = time.perf_counter()
            await database.write(
                partial(rankings.write, new=cuts, least=floors, after=after, upto=after + CARDS_AT_ONCE)
            )
            longest = max(longest, time.perf_counter() - chunk)
        return min(took), classes, time.perf_counter() - began, longest
    finally:
        await database.close()


if __name__ == "__main__":
    main()
