"""Merge, then undo: every row of every table is byte for byte what it was, whatever the two cards' history."""

from __future__ import annotations

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Float, Table, insert, text

from crm.segment_fields import PURPOSES
from services import merging
from storage import consents, merged, search, staff, tables
from storage.engine import Database, Tx
from storage.tables import metadata
from storage.types import Moment
from tests import last_words
from tests.places import make_place
from tests.storage import makers
from tests.storage.makers import NOW

PEOPLE = (1, 2, 3)
"""Two who are merged, and somebody they may be paired with."""
MACHINE = {"changes", "change_rows", "sqlite_sequence"}
"""What remembers that it happened."""

LETTERS = "абв ґїx'\"\\n{}%_\u0301😀"
CHOSEN = ("name", "telegram", "status", "owner", "phone", "email", "f:city", "f:size")


def word(chance: Random) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randint(0, 12)))


def of_people() -> list[Table]:
    """Every table that says something of a contact, the cards first."""
    refers = [t for t in metadata.sorted_tables if any(k.column is tables.contacts.c.id for k in t.foreign_keys)]
    return [tables.contacts, *(table for table in refers if table is not tables.merged_contacts)]


def value(chance: Random, column: Column[Any]) -> Any:
    """Anything the column may hold."""
    kind = column.type
    if column.nullable and chance.random() < 0.3:
        return None
    if isinstance(kind, Boolean):
        return chance.random() < 0.5
    if isinstance(kind, Moment):
        return NOW - timedelta(days=chance.randint(0, 900), microseconds=chance.randint(0, 999_999))
    if column.name in ("fields", "memo"):
        return {
            key: chance.choice([word(chance), 1, 2]) for key in ("city", "size", "contact") if chance.random() < 0.6
        }
    if isinstance(kind, JSON):
        return [word(chance) for _ in range(chance.randint(0, 2))]
    if isinstance(kind, Float):
        return chance.random()
    if column is tables.consents.c.purpose:
        return chance.choice([one.id for one in PURPOSES])
    if kind.python_type is str:
        return word(chance)
    return chance.randint(0, 3)


def history(chance: Random) -> list[tuple[Table, dict[str, Any]]]:
    """Rows of all tables about the three, with references that are there."""
    made: list[tuple[Table, dict[str, Any]]] = []
    known: dict[str, list[int]] = {"contacts": list(PEOPLE), "staff": [1]}
    known |= {"tags": [1, 2], "segments": [1, 2], "campaigns": [1, 2]}
    for table in of_people():
        taken: set[tuple[Any, ...]] = set()
        for place in range(3 if table is tables.contacts else chance.randint(0, 4)):
            row = {column.name: _cell(chance, column, known, len(made)) for column in table.columns}
            if table is tables.contacts:
                row["id"] = PEOPLE[place]
                row["telegram_id"] = chance.choice([None, 100 + place])
            if table is tables.duplicate_pairs:
                row["low_id"], row["high_id"] = chance.choice([(1, 2), (1, 3), (2, 3)])
            keys = {
                tuple(row[name] for name in sorted(names))
                for names in merged._uniques(table)
                if len(names) > 1 or any(table.c[name].foreign_keys for name in names)
            }
            legal = all(row[column.name] is not None for column in table.columns if not column.nullable)
            if keys & taken or not legal:
                continue
            taken |= keys
            if "id" in row and table is not tables.contacts:
                known.setdefault(table.name, []).append(row["id"])
            made.append((table, row))
    return made


def _cell(chance: Random, column: Column[Any], known: dict[str, list[int]], number: int) -> Any:
    key = next(iter(column.foreign_keys), None)
    if key is not None:
        ids = known.get(key.column.table.name)
        return chance.choice([*ids, *([None] if column.nullable else [])]) if ids else None
    if column.unique or (column.primary_key and len(column.table.primary_key.columns) == 1):
        # Some keys tell whose they are: `survey:nps:2:…` and `survey:nps:1:…` are one question to one person.
        return f"k:{chance.randint(1, 3)}:{number}" if column.type.python_type is str else 1000 + number
    return value(chance, column)


async def dump(database: Database) -> dict[str, list[Any]]:
    """Every row of every table, as it lies in the file; of the search's index, which is made again, what it holds."""
    held = {name: "*" for name in metadata.tables if name not in MACHINE}
    held |= {"search_docs": "*", "search_words": "word, contacts"}
    async with database.read() as db:
        return {
            name: sorted((tuple(row) for row in await db.all(text(f"SELECT {what} FROM {name}"))), key=repr)
            for name, what in held.items()
        }


async def walk(path: Path, rows: list[tuple[Table, dict[str, Any]]], choices: dict[str, int]) -> None:
    database = Database(f"sqlite+aiosqlite:///{path}", synchronous="OFF")
    await database.open()
    try:

        async def seed(tx: Tx) -> None:
            await makers.make_staff(tx, id=1, role="owner")
            for number in (1, 2):
                await tx.run(insert(tables.tags).values(id=number, name=f"t{number}", key=f"t{number}"))
                values = {"id": number, "name": "s", "key": f"s{number}", "created_at": NOW, "updated_at": NOW}
                await tx.run(insert(tables.segments).values(**values))
                values = {"id": number, "name": "c", "created_at": NOW, "updated_at": NOW}
                await tx.run(insert(tables.campaigns).values(**values, content={}, options={}))
            for table, row in rows:
                await tx.run(insert(table).values(**row))
            await consents.recompute(tx, PEOPLE)
            await search.index_many(tx, PEOPLE)

        await database.write(seed)
        before = await dump(database)
        async with database.read() as db:
            alice = await staff.get(db, 1)
        place = make_place()
        change = await database.write(lambda tx: merging.merge(tx, place, 1, 2, choices, staff_id=1, now=NOW))
        between = await dump(database)
        assert between["contacts"] != before["contacts"]
        assert last_words.mistaken(path) == []
        for table in of_people():
            for column in table.columns:
                if any(key.column is tables.contacts.c.id for key in column.foreign_keys):
                    at = list(table.columns).index(column)
                    assert 2 not in [row[at] for row in between[table.name]], table.name
        undone = await database.write(lambda tx: merging.undo(tx, place, alice, change, now=NOW))
        after = await dump(database)
        for name, held in before.items():
            assert after[name] == held, name
        assert undone.kept == 0
    finally:
        await database.close()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_merge_then_undo_restores_every_byte(database_template: Path, tmp_path: Path, seed: int) -> None:
    for leftover in tmp_path.glob("history.db*"):
        leftover.unlink()
    chance = Random(seed)
    choices = {key: chance.choice([1, 2]) for key in CHOSEN if chance.random() < 0.5}
    path = Path(shutil.copy(database_template, tmp_path / "history.db"))
    asyncio.run(walk(path, history(chance), choices))
