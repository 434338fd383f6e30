"""A process that dies anywhere in a round: nobody is forgotten, nobody hears anything twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any, cast

import pytest

from storage.engine import Database, Reads, Tx
from tests.clocks import NOON
from tests.scheduler.living import DAY, HOUR, Living
from tests.scheduler.test_scenario_round import HELD, person
from tests.storage.makers import make_purchase


class _Died(Exception):
    pass


class Mortal:
    """The database of a process that dies now and then, just before a commit or just after it."""

    def __init__(self, database: Database, seed: int) -> None:
        self._database = database
        self._random = random.Random(seed)
        self.deaths = 0

    def read(self) -> AbstractAsyncContextManager[Reads]:
        return self._database.read()

    async def write(self, unit: Callable[[Tx], Awaitable[Any]], *, brief: bool = False) -> Any:
        fate = self._random.random()
        if fate < 0.2:
            self.deaths += 1
            raise _Died
        result = await self._database.write(unit, brief=brief)
        if fate < 0.4:
            self.deaths += 1
            raise _Died
        return result


@pytest.mark.parametrize("seed", [1, 2])
async def test_deaths_at_any_commit_lose_nobody_and_repeat_nothing(database: Database, seed: int) -> None:
    living = Living(database, HELD)
    await living.tick()
    people = [await person(database) for _ in range(30)]
    for one in people:
        await make_purchase(database, one, at=NOON + HOUR)
    mortal = Mortal(database, seed)
    living.clock.move(7 * DAY)
    living.office.database = cast(Any, mortal)
    rounds = 0
    while living.clock.now() < NOON + 7 * DAY + 6 * HOUR:
        rounds += 1
        try:
            await living.tick()
        except _Died:
            living.clock.move(timedelta(minutes=1))
        else:
            living.clock.move(timedelta(minutes=40))
    assert mortal.deaths >= 5
    ways = await living.rows("journeys")
    assert sorted(way.contact_id for way in ways) == people
    arrived = Counter(one.contact_id for one in living.arrived)
    assert set(arrived.values()) == {1}
    assert set(arrived) == {way.contact_id for way in ways if way.state != "holdout"}
    assert {way.state for way in ways} == {"done", "holdout"}
