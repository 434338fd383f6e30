"""Importing at size: a CSV with a fifth of its people named twice, phase by phase, beside the raw limit.

The raw limit writes the very rows that the import leaves (cards, phones and e-mails, consents, events, asked fields)
with plain sqlite3 into a database of its own: ready-made tuples, as many a commit as the import's, synchronous = FULL,
nothing read, looked up, journalled or checked, not even references. What people are found by is a phase of its own, with
its own raw limit: the same index rows, as ready-made JSON, a statement a commit.

Exits with 1 when reading, preparing and writing come to less than 0.4 of the raw limit by CPU, or 400 MB are passed; by
CPU, because machines are shared.

    python -m benchmarks.importing [rows …]
"""

from __future__ import annotations

import asyncio
import csv
import json
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import playbooks
from services import import_pieces, importing, preparing_entries
from services.import_pieces import Bench
from services.versioning import Playbooks
from services.workplace import Place
from storage import imports, schema, search
from storage.engine import Database, Tx

ROWS_OF_FILE = (100_000,)
TWICE = 0.2
AT_ONCE = preparing_entries.AT_ONCE
BAR, MEMORY = 0.4, 400
"""The least share of the raw limit, and the most megabytes: issue 3."""
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PLAYBOOK = Path(__file__).resolve().parent.parent / "playbooks" / "shop.toml"
_COLUMNS = "json_extract(value, '$[0]'), json_extract(value, '$[1]')"
RAW_INDEX = {
    "search_docs": f"INSERT INTO search_docs SELECT {_COLUMNS} FROM json_each(?)",
    "search_words": f"INSERT INTO search_words SELECT {_COLUMNS}, json_extract(value, '$[2]') FROM json_each(?)",
    "search_typos": f"INSERT INTO search_typos SELECT {_COLUMNS} FROM json_each(?)",
}
"""What people are found by, many of them a statement: a full-text table is ten times slower row by row."""
NAMES = [
    "Олександр",
    "Наталія",
    "Олена",
    "Сергій",
    "Тетяна",
    "Ірина",
    "Андрій",
    "Ольга",
    "Володимир",
    "Світлана",
    "Микола",
    "Оксана",
    "Юлія",
    "Василь",
]
STEMS = [
    "Мель",
    "Шевч",
    "Ковал",
    "Бонд",
    "Ткач",
    "Кравч",
    "Олій",
    "Поліщ",
    "Савч",
    "Марч",
    "Руд",
    "Мороз",
    "Лис",
    "Петр",
    "Клим",
    "Павл",
    "Сид",
    "Карп",
    "Гаврил",
    "Рома",
]
ENDINGS = ["енко", "чук", "ук", "юк", "ський", "ська", "ов", "ова", "ишин", "ець"]


class Clocks:
    """Seconds of CPU (this process and its children) and of the wall, by phase."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {}
        self.wall: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        cpu, wall = _cpu(), time.perf_counter()
        yield
        self.cpu[name] = self.cpu.get(name, 0.0) + _cpu() - cpu
        self.wall[name] = self.wall.get(name, 0.0) + time.perf_counter() - wall


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def make_file(path: Path, rows: int) -> None:
    """Made-up people, every fifth row another word about one of those before."""
    rng = random.Random(11)
    known: list[list[str]] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Имя", "Телефон", "E-mail", "Город"))
        for number in range(rows):
            if known and rng.random() < TWICE:
                row = [*rng.choice(known)[:3], rng.choice(("Київ", "Львів", ""))]
            else:
                phone = f"0{rng.choice((50, 63, 67, 68, 95, 96))} {number // 10000 % 1000:03} {number % 10000:04}"
                name = f"{rng.choice(NAMES)} {rng.choice(STEMS)}{rng.choice(ENDINGS)}"
                row = [
                    name,
                    phone,
                    f"p{number}@ukr.net" if rng.random() < 0.4 else "",
                    rng.choice(("Київ", "Одеса", "")),
                ]
                known.append(row)
            writer.writerow(row)


async def measure(rows: int, folder: Path) -> bool:
    """One size: the file is made, imported phase by phase, and its rows are written raw. Whether a bar was missed."""
    clocks = Clocks()
    source = folder / "source.csv"
    make_file(source, rows)
    path = folder / "kartoteka.db"
    schema.upgrade(path)
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    playbook, text = playbooks.load(PLAYBOOK), PLAYBOOK.read_text("utf-8")
    place = Place(
        username="", timezone=ZoneInfo("Europe/Kyiv"), language="uk", team_chat_id=None,
        playbooks=Playbooks(playbook, playbooks.from_text), data_folder=str(folder),
    )  # fmt: skip
    bench = Bench(database, place, lambda: NOW, time.monotonic)
    # The fields of the card are the playbook's: without it in the base the city of the file would be left out.
    await database.write(lambda tx: place.playbooks.accept(tx, playbook, text, now=NOW))

    async def begin(tx: Tx) -> int:
        return (await importing.begin_by_hand(tx, "base.csv", {"agreed": False, "dry_run": True}, now=NOW)).id

    number = await database.write(begin)
    own = folder / importing.FOLDER / str(number)
    own.mkdir(parents=True)
    source.rename(own / source.name)
    with clocks.phase("read"):
        await import_pieces.advance(bench, number)
    with clocks.phase("prepare and dry run"):
        await _to_the_end(bench, number)
    with clocks.phase("prepare"):
        await preparing_entries.prepare(own, await import_pieces.job_of(bench, await _kept(bench, number)))
    index_new = search.index_new

    async def indexed(tx: Tx, people: Any) -> None:
        with clocks.phase("index"):
            await index_new(tx, people)

    search.index_new = indexed
    with clocks.phase("write and index"):
        await database.write(lambda tx: _run(tx, number))
        await _to_the_end(bench, number)
    search.index_new = index_new
    clocks.cpu["dry run"] = clocks.cpu.pop("prepare and dry run") - clocks.cpu["prepare"]
    clocks.wall["dry run"] = clocks.wall.pop("prepare and dry run") - clocks.wall["prepare"]
    clocks.cpu["write"] = clocks.cpu.pop("write and index") - clocks.cpu["index"]
    clocks.wall["write"] = clocks.wall.pop("write and index") - clocks.wall["index"]
    done = await _kept(bench, number)
    await database.close()
    memory = {who: resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)}
    _write_raw(path, folder / "raw.db", clocks)
    return _tell(rows, clocks, done, *memory.values())


async def _to_the_end(bench: Bench, number: int) -> None:
    while await import_pieces.advance(bench, number):
        pass


async def _kept(bench: Bench, number: int) -> Any:
    async with bench.database.read() as reads:
        return await imports.get(reads, number)


async def _run(tx: Tx, number: int) -> None:
    kept = await imports.get(tx, number)
    assert kept is not None
    await importing.begin_run(tx, kept, now=NOW)


def _write_raw(made: Path, path: Path, clocks: Clocks) -> None:
    """The rows the import left, written with nothing around them. Making ready is not counted."""
    schema.upgrade(path)
    tables: dict[str, tuple[str, list[Any]]] = {}
    with closing(sqlite3.connect(made)) as connection:
        for name in ("contacts", "contact_points", "consents", "events", "contact_values"):
            rows = connection.execute(f"SELECT * FROM {name}").fetchall()
            if not rows:
                continue
            marks = ", ".join("?" * len(rows[0]))
            tables[name] = (f"INSERT INTO {name} VALUES ({marks}) ON CONFLICT DO NOTHING", rows)
        index = [
            (statement, connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall())
            for name, statement in RAW_INDEX.items()
        ]
    last = len(tables["contacts"][1])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        with clocks.phase("raw"):
            for start in range(0, last, AT_ONCE):
                connection.execute("BEGIN IMMEDIATE")
                for statement, rows in tables.values():
                    connection.executemany(statement, _share(rows, start, last))
                connection.execute("COMMIT")
        tables.clear()
        ready = [
            [(statement, json.dumps(_share(rows, start, last))) for statement, rows in index]
            for start in range(0, last, AT_ONCE)
        ]
        with clocks.phase("raw index"):
            for some in ready:
                connection.execute("BEGIN IMMEDIATE")
                for statement, ready_made in some:
                    connection.execute(statement, (ready_made,))
                connection.execute("COMMIT")


def _share(rows: Sequence[Any], start: int, last: int) -> Sequence[Any]:
    """The rows that go with so many contacts from this one on."""
    return rows[len(rows) * start // last : len(rows) * min(start + AT_ONCE, last) // last]


def _tell(rows: int, clocks: Clocks, done: Any, own: float, child: float) -> bool:
    counts = done.counts or {}
    print(f"{rows:,} rows: {counts.get('new', 0):,} new, {counts.get('twins', 0):,} named before; state {done.state}\n")
    print("| phase | CPU s | wall s | rows/s of CPU |")
    print("| --- | ---: | ---: | ---: |")
    for name in ("read", "prepare", "dry run", "write", "index", "raw", "raw index"):
        print(
            f"| {name} | {clocks.cpu[name]:.2f} | {clocks.wall[name]:.2f} | {rows / max(clocks.cpu[name], 1e-9):,.0f} |"
        )
    cpu, wall = clocks.cpu, clocks.wall
    needed, lasted = (sum(one[name] for name in ("read", "prepare", "write")) for one in (cpu, wall))
    share = cpu["raw"] / needed
    print(f"\nread + prepare + write: {share:.2f} of raw by CPU (bar {BAR}), {wall['raw'] / lasted:.2f} by the wall")
    whole = needed + cpu["index"]
    with_index = (cpu["raw"] + cpu["raw index"]) / whole
    print(f"all with the index: {with_index:.2f} of raw with its index, {cpu['raw'] / whole:.2f} of raw without one")
    print(f"peak memory: {own:.0f} MB here (bar {MEMORY}), {child:.0f} MB in a process of the file's own")
    return share < BAR or own > MEMORY


def main() -> int:
    """Every size named on the command line, or the usual one. 1 when a bar was missed."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(ROWS_OF_FILE)
    missed = False
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            missed |= asyncio.run(measure(rows, Path(folder)))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
