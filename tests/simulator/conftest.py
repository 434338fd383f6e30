"""A running simulator, a bot that is only HTTP calls, and a few people."""

import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from simulator.client import Desk, Group, Person, sitting_at
from simulator.server import Simulator, running

Json = dict[str, Any]


class Bot:
    """Raw calls of the Bot API, encoded as bots encode them."""

    def __init__(self, simulator: Simulator, session: ClientSession) -> None:
        self.simulator = simulator
        self.session = session

    async def call(self, method: str, **parameters: Any) -> Json:
        """The whole answer; `ok` or not."""
        form = FormData()
        for name, value in parameters.items():
            if isinstance(value, bytes):
                form.add_field(name, BytesIO(value), filename=f"{name}.bin")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self.session.post(f"{self.simulator.url}/bot{self.simulator.token}/{method}", data=form) as response:
            answer: Json = await response.json()
            if not answer["ok"]:
                assert answer["error_code"] == response.status
            return answer

    async def does(self, method: str, **parameters: Any) -> Any:
        """The result of a call that must succeed."""
        answer = await self.call(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **parameters: Any) -> str:
        """The description of a call that must be refused."""
        answer = await self.call(method, **parameters)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def updates(self, **parameters: Any) -> list[Json]:
        result: list[Json] = await self.does("getUpdates", **parameters)
        return result


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with running(Simulator()) as simulator:
        yield simulator


@pytest.fixture
async def bot(simulator: Simulator) -> AsyncIterator[Bot]:
    async with ClientSession() as session:
        yield Bot(simulator, session)


@pytest.fixture
async def desk(simulator: Simulator) -> AsyncIterator[Desk]:
    async with sitting_at(simulator.url) as desk:
        yield desk


@pytest.fixture
async def olga(desk: Desk) -> Person:
    """A customer who has pressed Start."""
    return await desk.person("Olga", id=1001, language="uk", phone="+380501112233", started=True)


@pytest.fixture
async def ivan(desk: Desk) -> Person:
    """A customer who has never met the bot."""
    return await desk.person("Ivan", id=1002, language="ru", username="ivan")


@pytest.fixture
async def team(desk: Desk, olga: Person) -> Group:
    """A forum where Olga is a member and the bot an administrator."""
    return await desk.group("Team", olga, is_forum=True)
