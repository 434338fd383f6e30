"""The night's sweep at size: a made base whose doubles are known, through the real database and the real child process.

Three figures count: how well (F1 of what is offered, precision and recall of what is certain), how long a sweep takes
from the file to open pairs, and how long the check of one new card takes. Reading the same rows with plain sqlite3 is
the limit in the same run.

    python -m benchmarks.duplicates [contacts …]
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, insert

from benchmarks import made_people
from crm import doubles, folding
from crm.doubles import Person
from crm.linkage import Model
from services import comparing, sweeping
from services.sweeping import Swept
from storage import duplicates, search_schema, tables
from storage.engine import Database, Tx

SIZES = (10_000, 100_000)
ENTRIES = 200
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def build(path: Path, people: Sequence[Person]) -> None:
    """Writes the people into a new database, without the index of the search: a sweep does not use it."""
    engine = create_engine(f"sqlite:///{path}")
    tables.metadata.create_all(engine)
    cards = [
        {
            "id": person.id,
            "username": person.username,
            "name": person.name,
            "name_key": folding.fold(person.name or ""),
            "language": "uk",
            "fields": {name: value for name, value in (("birthday", person.birthday), ("city", person.city)) if value},
            "created_at": NOW,
            "updated_at": NOW,
        }
        for person in people
    ]
    points = [
        {
            "contact_id": person.id,
            "kind": kind,
            "value": value,
            "key": value,
            "reversed": value[:0:-1] if kind == "phone" else None,
            "created_at": NOW,
        }
        for person in people
        for kind, values in (("phone", person.phones), ("email", person.emails))
        for value in values
    ]
    born = [
        {"contact_id": person.id, "field": "birthday", "key": person.birthday}
        for person in people
        if person.birthday is not None
    ]
    with engine.begin() as connection:
        connection.execute(insert(tables.contacts), cards)
        connection.execute(insert(tables.contact_points), points)
        connection.execute(insert(tables.contact_values), born)
        for statement in search_schema.CREATE:
            connection.exec_driver_sql(statement)
    engine.dispose()


def read_raw(path: Path) -> float:
    """Seconds to read the same rows with plain sqlite3."""
    began = time.perf_counter()
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT id, name, username, telegram_id, fields FROM contacts ORDER BY id").fetchall()
        connection.execute('SELECT contact_id, kind, "key" FROM contact_points ORDER BY contact_id').fetchall()
        for row in rows:
            json.loads(row[4])
    return time.perf_counter() - began


async def sweep(path: Path) -> tuple[Swept, float, float]:
    """A whole sweep: what was found, the seconds of the search, and those of writing the pairs."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    try:
        began = time.perf_counter()
        swept = await sweeping.sweep(path)
        searched = time.perf_counter() - began
        for start in range(0, len(swept.found), comparing.AT_ONCE):
            some = swept.found[start : start + comparing.AT_ONCE]

            async def unit(tx: Tx, some: list[doubles.Found] = some) -> int:
                return await comparing.take_in(tx, some, now=NOW)

            await database.write(unit)
        return swept, searched, time.perf_counter() - began - searched
    finally:
        await database.close()


async def enter(path: Path, people: Sequence[Person], swept: Swept) -> list[float]:
    """Milliseconds to compare one card with those near to it, one value a card, sorted."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    model = Model(doubles.fields())
    model.take(swept.learnt)
    took: list[float] = []
    try:
        for person in people[:ENTRIES]:
            began = time.perf_counter()
            async with database.read() as db:
                for other in await duplicates.people(db, await duplicates.near(db, person)):
                    doubles.compare(model, person, other)
            took.append((time.perf_counter() - began) * 1000)
    finally:
        await database.close()
    return sorted(took)


def main(sizes: Sequence[int] = SIZES) -> None:
    print(
        "| contacts | doubles | F1 | precision | recall | certain: precision | recall | sweep s | CPU s | write s | raw read s | entry p50 ms | p95 |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    for size in sizes:
        people, links = made_people.base(size)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "base.db"
            build(path, people)
            raw = read_raw(path)
            spent = _children()
            swept, searched, written = asyncio.run(sweep(path))
            cpu = _children() - spent
            took = asyncio.run(enter(path, people, swept))
        found = {(one.low, one.high) for one in swept.found}
        certain = {(one.low, one.high) for one in swept.found if one.taken_for == "certain"}
        right, sure = len(found & links), len(certain & links)
        cells = [
            f"{size:,}",
            f"{len(links):,}",
            f"{2 * right / (len(found) + len(links)):.4f}",
            f"{right / len(found):.4f}",
            f"{right / len(links):.4f}",
            f"{sure / len(certain):.4f}",
            f"{sure / len(links):.4f}",
            f"{searched:.1f}",
            f"{cpu:.1f}",
            f"{written:.2f}",
            f"{raw:.2f}",
            f"{took[len(took) // 2]:.1f}",
            f"{took[int(len(took) * 0.95)]:.1f}",
        ]
        print(f"| {' | '.join(cells)} |")


def _children() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
