"""The one writer: nothing lost, neighbours unharmed, one commit for many."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import OperationalError

from storage.engine import Database, Tx, Unavailable
from storage.tables import events, facts
from tests.patience import PATIENCE_SECONDS
from tests.storage.makers import NOW


async def put(tx: Tx, name: str, value: Any) -> None:
    await tx.run(insert(facts).values(name=name, value=value))


async def value_of(database: Database, name: str) -> Any:
    async with database.read() as reads:
        return await reads.scalar(select(facts.c.value).where(facts.c.name == name))


async def test_no_update_is_lost_when_many_read_and_write_at_once(database: Database) -> None:
    await database.write(lambda tx: put(tx, "n", 0))

    async def add_one(tx: Tx) -> None:
        n = await tx.scalar(select(facts.c.value).where(facts.c.name == "n"))
        await asyncio.sleep(0)
        await tx.run(update(facts).where(facts.c.name == "n").values(value=n + 1))

    await asyncio.gather(*(database.write(add_one) for _ in range(200)))
    assert await value_of(database, "n") == 200


async def test_units_that_wait_together_share_a_commit(database: Database) -> None:
    before = database.writer.commits
    await asyncio.gather(*(database.write(lambda tx, n=n: put(tx, f"f{n}", n)) for n in range(100)))  # type: ignore[misc]
    assert database.writer.commits - before <= 3


async def test_a_unit_that_fails_takes_nothing_of_its_neighbours_with_it(database: Database) -> None:
    async def fails(tx: Tx) -> None:
        await put(tx, "bad", 1)
        tx.later(insert(facts), {"name": "bad later", "value": 1})
        raise RuntimeError("no")

    results = await asyncio.gather(
        database.write(lambda tx: put(tx, "before", 1)),
        database.write(fails),
        database.write(lambda tx: put(tx, "after", 1)),
        return_exceptions=True,
    )
    assert isinstance(results[1], RuntimeError)
    assert [await value_of(database, name) for name in ("before", "bad", "bad later", "after")] == [1, None, None, 1]


async def test_a_write_that_fails_at_the_end_of_the_shared_transaction_fails_its_own_unit_only(
    database: Database,
) -> None:
    """As when a line of the timeline is written `later` and its contact is erased by a neighbour meanwhile."""

    async def speaks_of_nobody(tx: Tx) -> None:
        tx.later(insert(events), {"contact_id": 999, "at": NOW, "kind": "message"})

    results = await asyncio.gather(
        database.write(lambda tx: put(tx, "before", 1)),
        database.write(speaks_of_nobody),
        database.write(lambda tx: put(tx, "after", 1)),
        return_exceptions=True,
    )
    assert [type(one).__name__ for one in results] == ["NoneType", "IntegrityError", "NoneType"]
    assert [await value_of(database, name) for name in ("before", "after")] == [1, 1]


async def test_what_is_to_happen_after_the_commit_happens_only_then(database: Database) -> None:
    called: list[str] = []

    async def good(tx: Tx) -> None:
        tx.after_commit(lambda: called.append("good"))

    async def bad(tx: Tx) -> None:
        tx.after_commit(lambda: called.append("bad"))
        raise RuntimeError("no")

    await database.write(good)
    with pytest.raises(RuntimeError):
        await database.write(bad)
    assert called == ["good"]


async def test_later_writes_are_seen_by_the_next_unit(database: Database) -> None:
    async def later(tx: Tx) -> None:
        tx.later(insert(facts), {"name": "a", "value": 1})

    await database.write(later)
    assert await value_of(database, "a") == 1


async def test_a_locked_database_says_so_and_the_unit_can_be_tried_again(
    database: Database, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(database_path, isolation_level=None)) as other:
        await database.write(lambda tx: put(tx, "first", 1))  # the connection is there; now shorten its patience
        async with asyncio.timeout(PATIENCE_SECONDS):
            raw = await database.writer._connection.get_raw_connection()  # type: ignore[union-attr]
            await raw.driver_connection.execute("PRAGMA busy_timeout = 50")  # type: ignore[union-attr]
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Unavailable):
                await database.write(lambda tx: put(tx, "second", 2))
            other.execute("ROLLBACK")
            await database.write(lambda tx: put(tx, "second", 2))
    assert await value_of(database, "second") == 2


async def test_readers_see_what_is_committed_and_cannot_write(database: Database) -> None:
    await database.write(lambda tx: put(tx, "a", 1))
    async with database.read() as reads:
        assert await reads.scalar(select(facts.c.value).where(facts.c.name == "a")) == 1
        with pytest.raises(Exception, match="readonly"):
            await reads.connection.execute(insert(facts).values(name="b", value=2))


async def test_the_promises_of_sqlite_are_set(database_path: Path) -> None:
    async def pragmas(tx: Tx) -> list[Any]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [(await tx.connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in names]

    database = Database(f"sqlite+aiosqlite:///{database_path}")
    await database.open()
    try:
        full = 2
        assert await database.write(pragmas) == ["wal", full, 1]
    finally:
        await database.close()


async def test_a_call_after_a_commit_that_fails_harms_nobody(database: Database) -> None:
    """The unit is committed, its neighbours are told so, and the writer goes on."""

    async def unlucky(tx: Tx) -> str:
        await put(tx, "a", 1)
        tx.after_commit(lambda: [][0])
        return "kept"

    kept, _ = await asyncio.gather(database.write(unlucky), database.write(lambda tx: put(tx, "b", 1)))
    assert kept == "kept"
    await database.write(lambda tx: put(tx, "c", 1))
    assert [await value_of(database, name) for name in "abc"] == [1, 1, 1]


async def test_a_full_disk_says_so_undoes_the_group_and_recovers_by_itself(database: Database) -> None:
    """As the size of the file is limited, SQLite meets the end of it as it meets the end of a disk."""

    async def limit(tx: Tx, pages: int) -> int:
        return int((await tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")).scalar() or 0)

    await database.write(lambda tx: put(tx, "before", 1))
    was = await database.write(lambda tx: limit(tx, 1))  # never below what the file has
    big = "x" * 200_000
    results = await asyncio.gather(
        database.write(lambda tx: put(tx, "small", 1)),
        database.write(lambda tx: put(tx, "big", big)),
        return_exceptions=True,
    )
    assert [type(one) for one in results] == [Unavailable, Unavailable]
    assert [await value_of(database, name) for name in ("small", "big")] == [None, None]
    assert await database.write(lambda tx: limit(tx, was + 1_000)) == was + 1_000
    await asyncio.gather(database.write(lambda tx: put(tx, "small", 1)), database.write(lambda tx: put(tx, "big", big)))
    assert await value_of(database, "big") == big


async def test_a_reader_that_cannot_read_now_says_so(database: Database) -> None:
    with pytest.raises(Unavailable):
        async with database.read():
            raise OperationalError("SELECT", {}, sqlite3.OperationalError("disk I/O error"))
    with pytest.raises(OperationalError) as ours:
        async with database.read() as reads:
            await reads.scalar(text("SELECT nothing_of_this_name"))
    assert ours.value.__cause__ is not ours.value


async def test_a_closed_database_takes_no_unit_for_ever(database_path: Path) -> None:
    """A unit given after the close is refused: its caller would wait for ever."""
    database = Database(f"sqlite+aiosqlite:///{database_path}")
    await database.open()
    await database.close()
    with pytest.raises(RuntimeError, match="not open"):
        await database.write(lambda tx: put(tx, "late", 1))


async def test_what_follows_a_topic_shares_the_transaction_and_spares_the_listener(database: Database) -> None:
    heard: list[str] = []
    database.listen("outbox", lambda: heard.append("listener"))

    async def follower(tx: Tx) -> None:
        tx.later(insert(facts), {"name": "seen", "value": await tx.scalar(select(func.count()).select_from(facts))})
        tx.after_commit(lambda: heard.append("follower"))

    async def says(tx: Tx, name: str) -> None:
        tx.later(insert(facts), {"name": name, "value": 1})
        tx.announce("outbox")

    database.follow("outbox", follower)
    before = database.writer.commits
    await asyncio.gather(database.write(lambda tx: says(tx, "a")), database.write(lambda tx: says(tx, "b")))
    assert await value_of(database, "seen") == 2  # it ran once, after what both wrote
    assert database.writer.commits - before == 1
    assert heard == ["follower"]


async def test_a_follower_that_fails_takes_nothing_with_it_and_the_listener_hears(database: Database) -> None:
    heard: list[str] = []
    runs: list[str] = []
    database.listen("outbox", lambda: heard.append("listener"))

    async def follower(tx: Tx) -> None:
        await put(tx, "follower", 1)
        raise RuntimeError("no")

    async def says(tx: Tx) -> str:
        runs.append("unit")
        await put(tx, "said", 1)
        tx.announce("outbox")
        return "said"

    database.follow("outbox", follower)
    assert await database.write(says) == "said"
    assert [await value_of(database, name) for name in ("said", "follower")] == [1, None]
    assert heard == ["listener"]
    assert len(runs) == 2


async def test_a_unit_that_fails_alone_is_run_once(database: Database) -> None:
    runs: list[str] = []

    async def fails(tx: Tx) -> None:
        runs.append("unit")
        await put(tx, "bad", 1)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        await database.write(fails)
    assert len(runs) == 1
