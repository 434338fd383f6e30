"""Segments at size: how many are in it, and the first page, beside the same question as SQL by hand and as plain Python.

The question goes the way of the product: the reading connection, storage.conditions, storage.search. By hand is the
narrowest statement for the same count through plain sqlite3. Naive Python reads the contacts, and the rows of other
tables that the question needs, and looks at each. All three must count the same.

    python -m benchmarks.segments [FOLDER] [contacts …]
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, select

from benchmarks import base
from crm import segments
from storage import conditions, search
from storage.engine import Database
from storage.tables import contacts

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 5
PAGE = 10

Row = sqlite3.Row
T = TypeVar("T")
Naive = Callable[[sqlite3.Connection], int]


def _naive(*sets: str) -> Callable[[Callable[..., bool]], Naive]:
    """A count by looking at every contact; `sets` are queries of contacts' ids, given to it as sets."""

    def made(fits: Callable[..., bool]) -> Naive:
        def count(connection: sqlite3.Connection) -> int:
            owners = [{row[0] for row in connection.execute(sql)} for sql in sets]
            rows = connection.execute("SELECT * FROM contacts")
            return sum(row["spam_at"] is None and fits(row, *owners) for row in rows)

        return count

    return made


def _tagged(tag: str) -> str:
    return f"SELECT contact_id FROM contact_tags JOIN tags ON tags.id = tag_id WHERE key = '{tag}'"


# By the proof: the card's own word, which the other two ask, must say the same.
_AGREED = """SELECT contact_id FROM consents AS said WHERE purpose = 'marketing' AND granted AND NOT EXISTS (
    SELECT 1 FROM consents AS later WHERE later.contact_id = said.contact_id AND later.purpose = said.purpose
    AND later.id > said.id)"""
_LOST = "SELECT contact_id FROM requests WHERE stage = 'lost'"
_KYIV = "SELECT contact_id FROM contact_values WHERE field = 'city' AND key = 'киив'"
_BORN = "SELECT contact_id FROM contact_values WHERE field = 'birthday' AND number BETWEEN 1116 AND 1122"


@dataclass(frozen=True, slots=True)
class Question:
    """A segment, the narrowest SQL for its count, and the same in plain Python. `base.NOW` is the 16th of November."""

    text: str
    by_hand: str
    naive: Naive


QUESTIONS = (
    Question(
        "purchases>=2 last_purchase>90d",
        "purchases >= 2 AND last_purchase_at < '2026-08-18 09:00:00.000000'",
        _naive()(lambda row: row["purchases"] >= 2 and row["last_purchase_at"] < "2026-08-18 09:00:00.000000"),
    ),
    Question(
        "tag:vip -tag:cold",
        f"id IN ({_tagged('vip')}) AND id NOT IN ({_tagged('cold')})",
        _naive(_tagged("vip"), _tagged("cold"))(lambda row, vip, cold: row["id"] in vip and row["id"] not in cold),
    ),
    Question(
        "city=київ spent>=5000",
        f"id IN ({_KYIV}) AND spent >= 500000",
        _naive(_KYIV)(lambda row, kyiv: row["id"] in kyiv and row["spent"] >= 500_000),
    ),
    Question(
        "born:next-7d reachable:yes",
        f"id IN ({_BORN}) AND telegram_id IS NOT NULL AND reachable",
        _naive(_BORN)(lambda row, born: row["id"] in born and row["telegram_id"] is not None and row["reachable"]),
    ),
    Question(
        "status:potential language:uk created<30d",
        "status = 'potential' AND language = 'uk' AND created_at > '2026-10-17 09:00:00.000000'",
        _naive()(
            lambda row: (
                row["status"] == "potential"
                and row["language"] == "uk"
                and row["created_at"] > "2026-10-17 09:00:00.000000"
            )
        ),
    ),
    Question(
        "consent:marketing last_purchase:60d..1y",
        "last_purchase_at BETWEEN '2025-11-16 09:00:00.000000' AND '2026-09-17 09:00:00.000000' AND consent_marketing",
        _naive(_AGREED)(
            lambda row, agreed: (
                row["id"] in agreed
                and row["last_purchase_at"] is not None
                and "2025-11-16 09:00:00.000000" <= row["last_purchase_at"] <= "2026-09-17 09:00:00.000000"
            )
        ),
    ),
    Question(
        "nps<=6 last_in<90d",
        "nps <= 6 AND last_in_at > '2026-08-18 09:00:00.000000'",
        _naive()(
            lambda row: (
                row["nps"] is not None
                and row["nps"] <= 6
                and row["last_in_at"] is not None
                and row["last_in_at"] > "2026-08-18 09:00:00.000000"
            )
        ),
    ),
    Question(
        "stage:lost purchases:0 -source:ads_*",
        f"id IN ({_LOST}) AND purchases = 0 AND (source_first IS NULL OR source_first NOT LIKE 'ads\\_%' ESCAPE '\\')",
        _naive(_LOST)(
            lambda row, lost: (
                row["id"] in lost and row["purchases"] == 0 and not (row["source_first"] or "").startswith("ads_")
            )
        ),
    ),
)


class _Watch:
    """Milliseconds of the clock, and of CPU of all threads: the clock also counts what others do on a shared machine."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def __enter__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall.append((time.perf_counter() - self._began[0]) * 1000)
        self.cpu.append((time.process_time() - self._began[1]) * 1000)


def _timed(ask: Callable[[], T], rounds: int) -> tuple[T, float]:
    watch = _Watch()
    for _ in range(rounds):
        with watch:
            answer = ask()
    return answer, min(watch.cpu)


async def _product(database: Database, question: Question) -> tuple[int, _Watch, _Watch]:
    """How many; what counting took, with the reading of the text, and the first page."""
    counting, paging = _Watch(), _Watch()
    number = 0
    for _ in range(ROUNDS):
        async with database.read() as db:
            with counting:
                query = segments.parse(question.text)
                where = conditions.condition(query, now=base.NOW, zone=UTC)
                counted = select(func.count()).select_from(contacts).where(where, contacts.c.spam_at.is_(None))
                number = int(await db.scalar(counted))
            with paging:
                await search.find(db, query, limit=PAGE, now=base.NOW, zone=UTC)
    return number, counting, paging


async def _run(path: Path, size: int) -> list[dict[str, Any]]:
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    rows: list[dict[str, Any]] = []
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA temp_store = MEMORY")
        for question in QUESTIONS:
            by_hand = f"SELECT count(*) FROM contacts WHERE spam_at IS NULL AND {question.by_hand}"
            number, count, page = await _product(database, question)
            limit, raw = _timed(partial(_counted, connection, by_hand), ROUNDS)
            plain, naive = _timed(partial(question.naive, connection), 1)
            if not number == limit == plain:
                raise AssertionError(f"{question.text}: {number} by the product, {limit} by hand, {plain} in Python")
            found = {"size": size, "segment": question.text, "contacts": number, "wall": statistics.median(count.wall)}
            rows.append({**found, "count": min(count.cpu), "page": min(page.cpu), "raw": raw, "naive": naive})
    await database.close()
    return rows


def run(folder: Path, sizes: tuple[int, ...] = SIZES) -> Iterator[dict[str, Any]]:
    """Measures and prints; a row for each size and segment, times in milliseconds (all but `wall` are CPU)."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as own:
            path = base.copy(folder, size, Path(own) / "kartoteka.db")
            measured = asyncio.run(_run(path, size))
        print(f"\n{size:,} contacts; milliseconds: the clock's median, and the least CPU of {ROUNDS} rounds")
        print(f"{'':42}{'contacts':>9}{'count':>9}{'CPU':>8}{'page':>8}{'by hand':>9}{'naive':>8}{'of naive':>10}")
        for row in measured:
            print(
                f"{row['segment']:42}{row['contacts']:9}{row['wall']:9.1f}{row['count']:8.1f}{row['page']:8.1f}"
                f"{row['raw']:9.1f}{row['naive']:8.0f}{row['count'] / row['naive']:10.3f}"
            )
        yield from measured


def _counted(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def main() -> None:
    """`FOLDER` keeps the made bases between runs; without it they are made and thrown away."""
    given = sys.argv[1:] if sys.argv[0].endswith("segments.py") else []
    sizes = tuple(int(one) for one in given if one.isdecimal()) or SIZES
    folder = next((one for one in given if not one.isdecimal()), None)
    if folder is not None:
        list(run(Path(folder), sizes))
        return
    with tempfile.TemporaryDirectory() as made:
        list(run(Path(made), sizes))


if __name__ == "__main__":
    main()
