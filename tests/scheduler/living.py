"""A business that lives on by a fake clock: the real rounds, policy and outbox over a real database, and nobody but the
network missing. What reached whom is remembered."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from crm.playbook import Playbook
from scheduler import scenario_round
from services import delivering
from storage import tables
from storage.engine import Database, Tx
from storage.outbox import Claimed
from tests.clocks import NOON, FakeClock
from tests.places import make_office, make_place, make_playbook, read_playbook, text_without_scenarios

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Arrived(NamedTuple):
    """A message as it reached somebody."""

    contact_id: int | None
    at: datetime
    key: str
    purpose: str
    text: str
    buttons: list[dict[str, Any]]


class Living:
    """`written` is TOML that is added to an example playbook."""

    def __init__(self, database: Database, written: str = "", *, name: str = "salon", at: datetime = NOON) -> None:
        self.database = database
        self.clock = FakeClock(at)
        self.arrived: list[Arrived] = []
        self.place = make_place(self.read(written, name))
        self.office = make_office(database, place=self.place, clock=self.clock)
        self.rounds: list[Callable[[Any], Awaitable[None]]] = [scenario_round.go_round]
        self._ids = itertools.count(1)

    @staticmethod
    def read(written: str, name: str = "salon") -> Playbook:
        """The example with no scenarios of its own but these."""
        return read_playbook(text_without_scenarios(name) + written) if written else make_playbook(name)

    def change(self, written: str, name: str = "salon") -> None:
        """Another version of the playbook is in force."""
        self.place.playbooks.current = self.read(written, name)

    async def tick(self) -> None:
        for one in self.rounds:
            await one(self.office)
        await self.deliver()

    async def deliver(self) -> None:
        """Everything that is due and that the policy lets go arrives."""
        while True:
            claim = await self.database.write(self._claim, brief=True)
            for row in claim.rows:
                await self._arrives(row)
            if not claim.rows and not claim.more:
                return

    async def _claim(self, tx: Tx) -> delivering.Claim:
        return await delivering.claim(tx, by="me", now=self.clock.now(), limit=50, busy=(), place=self.place)

    async def _arrives(self, row: Claimed) -> None:
        now = self.clock.now()
        text, buttons = row.payload.get("text", ""), [one for line in row.payload.get("buttons", []) for one in line]
        self.arrived.append(Arrived(row.contact_id, now, row.key, row.purpose, text, buttons))
        await self.database.write(lambda tx: delivering.record_sent(tx, row, next(self._ids), now=now), brief=True)

    async def live(self, by: timedelta, step: timedelta = HOUR) -> list[Arrived]:
        """Lets so much time pass; what arrived in it."""
        before, until = len(self.arrived), self.clock.now() + by
        await self.tick()
        while self.clock.now() < until:
            self.clock.move(min(step, until - self.clock.now()))
            await self.tick()
        return self.arrived[before:]

    async def down(self, by: timedelta) -> None:
        """So much time passes in which nothing runs."""
        self.clock.move(by)

    async def rows(self, table: str) -> list[Any]:
        chosen = tables.metadata.tables[table]
        async with self.database.read() as reads:
            return list(await reads.all(select(chosen)))
