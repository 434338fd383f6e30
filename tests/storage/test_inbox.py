"""Updates are kept once, handed over in their order of arrival, and forgotten when handled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from storage import inbox
from storage.engine import Database
from storage.tables import inbox as table
from tests.storage.makers import NOW

BOT = 42


async def store(database: Database, *updates: tuple[int, int, str]) -> list[inbox.Stored]:
    return await database.write(lambda tx: inbox.store(tx, BOT, updates, now=NOW))


async def rows(database: Database) -> list[Any]:
    async with database.read() as reads:
        return list(await reads.all(select(table).order_by(table.c.id)))


async def test_an_update_that_comes_three_times_is_kept_once(database: Database) -> None:
    assert len(await store(database, (7, 1, "{}"))) == 1
    assert await store(database, (7, 1, "{}"), (7, 1, "{}")) == []
    assert len(await rows(database)) == 1


async def test_the_same_update_twice_in_one_batch_is_handed_over_once(database: Database) -> None:
    assert [one.update_id for one in await store(database, (7, 1, "a"), (7, 1, "a"), (8, 1, "b"))] == [7, 8]


async def test_order_is_the_order_of_arrival_not_of_update_ids(database: Database) -> None:
    await store(database, (900, 1, "first"))
    await store(database, (5, 1, "second"))  # after a quiet week Telegram picks the next id at random
    async with database.read() as reads:
        assert [one.payload for one in await inbox.waiting(reads, after=0, limit=10)] == ["first", "second"]


async def test_what_a_person_said_is_gone_once_it_is_handled(database: Database) -> None:
    [one] = await store(database, (1, 1, '{"text": "my secret"}'))

    async def done(tx: Any) -> None:
        inbox.mark_done(tx, one.id, now=NOW)

    await database.write(done)
    [row] = await rows(database)
    assert (row.state, row.payload) == ("done", None)


async def test_handled_updates_are_pruned_after_their_time_and_waiting_ones_never(database: Database) -> None:
    old, _waiting = await store(database, (1, 1, "{}"), (2, 1, "{}"))

    async def done(tx: Any) -> None:
        inbox.mark_done(tx, old.id, now=NOW)

    await database.write(done)
    later = NOW + timedelta(days=3)
    assert await database.write(lambda tx: inbox.prune(tx, handled_before=later)) == 1
    assert [row.update_id for row in await rows(database)] == [2]


async def test_an_id_is_never_given_twice_even_after_pruning(database: Database) -> None:
    """Keys of answers are made of it: a repeated id would silence an answer."""
    [first] = await store(database, (1, 1, "{}"))

    async def done(tx: Any) -> None:
        inbox.mark_done(tx, first.id, now=NOW)

    await database.write(done)
    await database.write(lambda tx: inbox.prune(tx, handled_before=NOW + timedelta(days=3)))
    [second] = await store(database, (2, 1, "{}"))
    assert second.id > first.id
