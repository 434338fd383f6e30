"""Long work: one piece after another, tried again when it fails, never lost and never twice at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler import worker
from scheduler.office import Office
from scheduler.worker import GiveUpError, Worker
from storage import tables, work
from storage.engine import Database, Tx, Unavailable
from tests.clocks import FakeClock
from tests.patience import PATIENCE_SECONDS
from tests.places import make_office


class Bench:
    """A worker of one kind of work, which fails as often as it is told to."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FakeClock()
        self.done: list[int] = []
        self.failures: list[Exception] = []
        self.worker = Worker(make_office(database, clock=self.clock), {"file": self._do})

    async def _do(self, office: Office, payload: dict[str, Any]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.done.append(payload["file"])

    async def order(self, *files: int, kind: str = "file") -> None:
        async def unit(tx: Tx) -> None:
            for file in files:
                work.add(tx, kind, f"{kind}:{file}", {"file": file}, now=self.clock.now())

        await self.database.write(unit)

    async def row(self) -> Any:
        async with self.database.read() as reads:
            return await reads.first(select(tables.work))


@pytest.fixture
async def bench(database: Database) -> Bench:
    return Bench(database)


async def test_each_piece_is_done_once_in_its_order(bench: Bench) -> None:
    await bench.order(1, 2)
    await bench.order(1)
    while await bench.worker.do_one():
        pass
    assert bench.done == [1, 2]


async def test_a_piece_that_fails_is_tried_again_later(bench: Bench) -> None:
    bench.failures = [OSError("disk full")]
    await bench.order(1)
    assert await bench.worker.do_one()
    assert not await bench.worker.do_one()
    bench.clock.move(timedelta(seconds=6))
    assert await bench.worker.do_one()
    assert bench.done == [1]


async def test_after_five_attempts_it_is_given_up(bench: Bench) -> None:
    bench.failures = [OSError("disk full") for _ in range(9)]
    await bench.order(1)
    for _ in range(9):
        await bench.worker.do_one()
        bench.clock.move(timedelta(hours=1))
    row = await bench.row()
    assert (row.state, row.attempts, row.error) == ("failed", 5, "OSError")


async def test_what_can_never_be_done_is_not_tried_again_and_says_why(bench: Bench) -> None:
    bench.failures = [GiveUpError("larger than Telegram allows")]
    await bench.order(1)
    await bench.worker.do_one()
    row = await bench.row()
    assert (row.state, row.error) == ("failed", "larger than Telegram allows")


async def test_a_kind_nobody_knows_fails_alone(bench: Bench) -> None:
    await bench.order(1, kind="magic")
    await bench.order(2)
    while await bench.worker.do_one():
        pass
    assert bench.done == [2]


async def test_what_a_dead_process_was_doing_is_done_again(bench: Bench) -> None:
    await bench.order(1)
    await bench.database.write(lambda tx: work.claim(tx, by="the dead", now=bench.clock.now()))
    assert not await bench.worker.do_one()
    await bench.worker.take_back()
    assert await bench.worker.do_one()
    assert bench.done == [1]


async def test_what_became_of_a_piece_is_written_when_the_database_is_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "UNAVAILABLE_SECONDS", 0.01)
    await bench.order(1)
    write, away = bench.database.write, [1, 1]

    async def sometimes(unit: Any) -> Any:
        if bench.done and away:
            away.pop()
            raise Unavailable("database is locked")
        return await write(unit)

    monkeypatch.setattr(bench.database, "write", sometimes)
    await bench.worker.do_one()
    assert bench.done == [1]
    assert (await bench.row()).state == "done"


async def test_one_mistake_does_not_end_all_long_work(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    do_one, broken, reached = bench.worker.do_one, [1], asyncio.Event()

    async def sometimes() -> bool:
        if broken:
            broken.pop()
            bench.worker.wake()
            raise RuntimeError("a mistake of ours")
        reached.set()
        return await do_one()

    monkeypatch.setattr(bench.worker, "do_one", sometimes)
    bench.worker.start()
    await asyncio.wait_for(reached.wait(), PATIENCE_SECONDS)
    await bench.worker.stop(within=1)
