"""The whole product on a desk: the simulator, and the real bot that meets it only over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.settings import Settings
from services import sweeping
from services.sweeping import Swept
from simulator.client import Desk, Group, Person, sitting_at
from simulator.server import Simulator, running
from tests.clocks import RunningClock

PLAYBOOKS = Path(__file__).parent.parent.parent / "playbooks"


@dataclass
class World:
    """A desk, the bot at work, its people and its clock. Alice owns, Bob manages, the team has a group."""

    desk: Desk
    bot: app.App
    clock: RunningClock
    olga: Person
    taras: Person
    alice: Person
    bob: Person
    team: Group | None

    @property
    def bob_in_team(self) -> Person:
        assert self.team is not None
        return self.bob.at(self.team)


Worlds = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture(autouse=True)
def quiet_nights(monkeypatch: pytest.MonkeyPatch) -> None:
    """A night that goes by looks for doubles in a process of its own, which has its own tests: here nobody is double."""

    async def nobody(path: Path) -> Swept:
        return Swept({}, 0, [], frozenset())

    monkeypatch.setattr(sweeping, "sweep", nobody)


@pytest.fixture
def worlds(database_path: Path, tmp_path: Path) -> Worlds:
    """Makes a world: `async with worlds(playbook="salon", group=True) as world`. Rates are raised; flood is off."""

    @asynccontextmanager
    async def make(playbook: str = "salon", *, group: bool = False, **settings: Any) -> AsyncIterator[World]:
        async with running(Simulator()) as simulator, sitting_at(simulator.url) as desk:
            olga = await desk.person("Olga", id=1001, language="uk", phone="+380501112233", username="olga")
            taras = await desk.person("Taras", id=1002, language="ru", phone="+380672223344")
            alice = await desk.person("Alice", id=1003, language="en")
            bob = await desk.person("Bob", id=1004, language="en", username="bob")
            team = await desk.group("Team", alice, bob) if group else None
            chosen: dict[str, Any] = {
                "bot_token": simulator.token,
                "bot_api_url": simulator.url,
                "database_url": f"sqlite+aiosqlite:///{database_path}",
                "data_dir": tmp_path / "data",
                "playbook": str(PLAYBOOKS / f"{playbook}.toml"),
                "owner_ids": (alice.id,),
                "manager_ids": (bob.id,),
                "team_chat_id": team.id if team else None,
                "default_language": "uk",
                "send_rate": 1000,
                "send_rate_per_chat": 1000,
                "send_rate_per_group": 1000,
            } | settings
            clock = RunningClock()
            async with app.built(Settings(_env_file=None, **chosen), clock=clock) as bot:  # type: ignore[call-arg]
                serving = asyncio.create_task(app.serve(bot))
                try:
                    yield World(desk, bot, clock, olga, taras, alice, bob, team)
                finally:
                    bot.stop()
                    await serving

    return make


@pytest.fixture
async def world(worlds: Worlds) -> AsyncIterator[World]:
    """A salon without a team group: alerts go to each manager."""
    async with worlds() as one:
        yield one
