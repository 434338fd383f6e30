"""Fewer trips to aiosqlite's thread, and the same answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage import driver
from storage.engine import Database, Tx


@pytest.mark.parametrize("eager", [True, False])
async def test_it_answers_as_aiosqlite_does(tmp_path: Path, eager: bool) -> None:
    async with driver.connect(str(tmp_path / "a.db"), eager=eager, isolation_level=None) as connection:
        await connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)")
        await connection.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(1_000)])
        async with connection.execute("SELECT n FROM t ORDER BY n") as cursor:
            assert [row[0] for row in await cursor.fetchall()] == list(range(1_000))
        with pytest.raises(aiosqlite.IntegrityError):
            await connection.execute("INSERT INTO t VALUES (1)")


async def test_only_what_may_wait_for_the_disk_goes_to_the_thread(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit with one query and one write: begin, query, write, commit."""
    trips: list[str] = []
    real = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, fn: Any, *args: Any, **kwargs: Any) -> Any:
        trips.append(getattr(fn, "__name__", "?"))
        return await real(self, fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)

    async def unit(tx: Tx) -> None:
        assert await tx.scalar(text("SELECT count(*) FROM tags")) == 0
        await tx.run(text("INSERT INTO tags (name, key) VALUES ('vip', 'vip')"))

    await database.write(unit)
    assert trips == ["execute", "execute", "execute", "commit"]
    trips.clear()
    await database.write(lambda tx: tx.scalar(text("SELECT count(*) FROM tags")), brief=True)
    assert trips == ["execute", "commit"]  # beginning waits for a lock, committing for the disk
    with pytest.raises(IntegrityError):
        await database.write(unit_that_repeats)


async def unit_that_repeats(tx: Tx) -> None:
    await tx.run(text("INSERT INTO tags (name, key) VALUES ('vip', 'vip')"))
