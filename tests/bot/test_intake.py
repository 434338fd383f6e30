"""Updates are stored before they are acknowledged, by polling and by webhook."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import intake
from bot.intake import SECRET_HEADER, AnotherCopyError, Intake, TokenRefusedError, lane_of
from bot.lanes import Lanes
from simulator.client import Desk, sitting_at
from simulator.server import Simulator, running
from storage import inbox
from storage.engine import Database, Unavailable
from storage.inbox import Stored
from tests.clocks import FakeClock
from tests.patience import PATIENCE_SECONDS

BOT = 42


class Hands:
    """Takes what the intake hands over, in place of the edge."""

    def __init__(self) -> None:
        self.taken: list[Stored] = []
        self.some = asyncio.Event()

    async def handle(self, stored: Stored) -> None:
        self.taken.append(stored)
        self.some.set()


def make(database: Database) -> tuple[Intake, Hands, Lanes]:
    hands = Hands()
    lanes = Lanes(hands.handle, workers=2)
    lanes.start()
    return Intake(database, lanes, FakeClock(), BOT), hands, lanes


@pytest.fixture
async def desk() -> AsyncIterator[tuple[Simulator, Desk]]:
    async with running(Simulator()) as simulator, sitting_at(simulator.url) as at:
        yield simulator, at


async def polled(taker: Intake, simulator: Simulator, until: asyncio.Event) -> None:
    """Polls until the event, then stops."""
    async with aiohttp.ClientSession() as session:
        url = f"{simulator.url}/bot{simulator.token}/getUpdates"
        polling = asyncio.create_task(taker.poll(session, url, stopping=lambda: False))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.wait({polling, asyncio.create_task(until.wait())}, return_when=asyncio.FIRST_COMPLETED)
        polling.cancel()
        [result] = await asyncio.gather(polling, return_exceptions=True)
        if isinstance(result, Exception):
            raise result


async def test_what_was_fetched_is_in_the_base_before_it_is_confirmed(
    database: Database, desk: tuple[Simulator, Desk]
) -> None:
    simulator, at = desk
    olga = await at.person("Olga")
    taker, hands, lanes = make(database)
    await olga.says("hello")
    await polled(taker, simulator, hands.some)
    assert len(hands.taken) == 1
    async with database.read() as reads:
        assert [one.lane for one in await inbox.waiting(reads, after=0, limit=10)] == [olga.id]
    await lanes.stop(within=1)


async def test_while_the_base_is_out_of_reach_nothing_is_acknowledged_and_then_all_is_caught_up(
    database: Database, desk: tuple[Simulator, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator, at = desk
    olga = await at.person("Olga")
    taker, hands, lanes = make(database)
    monkeypatch.setattr(intake, "RETRY_SECONDS", 0.01)
    real, failures = database.write, 0

    async def locked(unit: Any, **how: Any) -> Any:
        nonlocal failures
        if failures < 3:
            failures += 1
            assert (await at.stats())["pending"] == 1
            raise Unavailable("database is locked")
        return await real(unit, **how)

    monkeypatch.setattr(database, "write", locked)
    await olga.says("hello")
    await polled(taker, simulator, hands.some)
    assert (failures, len(hands.taken)) == (3, 1)
    await lanes.stop(within=1)


async def test_what_an_earlier_run_left_is_handed_over_in_order(database: Database) -> None:
    taker, hands, lanes = make(database)
    rows = [(number, 1, "{}") for number in range(1, 30)]
    await database.write(lambda tx: inbox.store(tx, BOT, rows, now=FakeClock().now()))
    assert await taker.take_up() == 29
    await lanes.calm()
    assert [one.update_id for one in hands.taken] == list(range(1, 30))
    await lanes.stop(within=1)


async def test_a_second_copy_with_the_same_token_gives_up(
    database: Database, desk: tuple[Simulator, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator, at = desk
    taker, _, lanes = make(database)
    monkeypatch.setattr(intake, "RETRY_SECONDS", 0.0)
    await at.fault("error", "getUpdates", code=409, description="Conflict: terminated by other getUpdates request")
    with pytest.raises(AnotherCopyError):
        await polled(taker, simulator, asyncio.Event())
    await lanes.stop(within=1)


async def test_two_copies_that_end_each_others_polls_are_told_though_each_fetches_something(
    database: Database, desk: tuple[Simulator, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A success between two conflicts does not mean that the other copy is gone."""
    simulator, at = desk
    taker, hands, lanes = make(database)
    monkeypatch.setattr(intake, "RETRY_SECONDS", 0.0)
    olga = await at.person("Olga")
    real, asked = taker._ask, 0

    async def in_turn(*call: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked % 2:
            raise AnotherCopyError
        await olga.says(f"word {asked}")
        return await real(*call)

    monkeypatch.setattr(taker, "_ask", in_turn)
    with pytest.raises(AnotherCopyError):
        await polled(taker, simulator, asyncio.Event())
    await lanes.calm()
    assert len(hands.taken) == 4
    await lanes.stop(within=1)


async def test_a_second_poller_is_met_and_ends_the_polling(
    database: Database, desk: tuple[Simulator, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real thing: another program's getUpdates ends ours with 409, again and again."""
    simulator, _ = desk
    taker, _, lanes = make(database)
    monkeypatch.setattr(intake, "RETRY_SECONDS", 0.0)

    async def another_copy() -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                url = f"{simulator.url}/bot{simulator.token}/getUpdates?timeout=30"
                async with session.get(url) as response:
                    await response.read()
                await asyncio.sleep(0.01)

    other = asyncio.create_task(another_copy())
    with pytest.raises(AnotherCopyError):
        await polled(taker, simulator, asyncio.Event())
    other.cancel()
    await lanes.stop(within=1)


async def test_an_update_that_is_no_text_does_not_keep_the_others_coming_for_ever(database: Database) -> None:
    """Half a surrogate pair cannot be stored as text: the update is kept escaped, and the batch with it."""
    taker, hands, lanes = make(database)
    broken = {"update_id": 1, "message": {"chat": {"id": 5}, "text": "\ud83d"}}
    await taker.store([broken, {"update_id": 2, "message": {"chat": {"id": 6}, "text": "hello"}}])
    await lanes.calm()
    assert [one.update_id for one in hands.taken] == [1, 2]
    assert json.loads(hands.taken[0].payload) == broken
    await lanes.stop(within=1)


async def test_an_update_under_a_lower_id_after_a_quiet_week_is_taken(
    database: Database, desk: tuple[Simulator, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The offset is forgotten once an empty answer has confirmed it: the next id may be any."""
    simulator, at = desk
    olga = await at.person("Olga")
    taker, _, lanes = make(database)
    monkeypatch.setattr(intake, "POLL_SECONDS", 0)
    offsets: list[int | None] = []
    third = asyncio.Event()
    real = taker._ask

    async def listened(session: Any, url: str, offset: int | None) -> list[dict[str, Any]]:
        offsets.append(offset)
        if len(offsets) == 3:
            third.set()
        return await real(session, url, offset)

    monkeypatch.setattr(taker, "_ask", listened)
    said = await olga.says("before")
    await polled(taker, simulator, third)
    assert offsets[:3] == [None, said["update_id"] + 1, None]
    await lanes.stop(within=1)


class KilledError(Exception):
    """The process's death, at an instant of the test's choice."""


async def test_a_batch_that_comes_again_after_a_death_before_its_acknowledgement_is_known(
    database: Database, desk: tuple[Simulator, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stored, not acknowledged: the next life is given the same updates and hands over only what is new."""
    simulator, at = desk
    olga = await at.person("Olga")
    first, hands, lanes = make(database)
    for word in ("one", "two"):
        await olga.says(word)
    store = first.store

    async def dies(updates: list[dict[str, Any]]) -> None:
        await store(updates)
        raise KilledError

    monkeypatch.setattr(first, "store", dies)
    with pytest.raises(KilledError):
        await polled(first, simulator, asyncio.Event())
    await lanes.calm()
    assert len(hands.taken) == 2
    assert (await at.stats())["pending"] == 2
    await lanes.stop(within=1)
    second, again, lanes = make(database)
    await olga.says("three")
    await polled(second, simulator, again.some)
    await lanes.calm()
    assert [json.loads(one.payload)["message"]["text"] for one in again.taken] == ["three"]
    await lanes.stop(within=1)


async def test_a_token_that_is_no_longer_good_ends_the_polling(
    database: Database, desk: tuple[Simulator, Desk]
) -> None:
    simulator, _ = desk
    taker, _, lanes = make(database)
    simulator.token = "1:wrong"
    with pytest.raises(TokenRefusedError):
        await polled(taker, simulator, asyncio.Event())
    await lanes.stop(within=1)


class Hook:
    """Calls the webhook as Telegram, or somebody else, would."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def calls(self, body: Any, secret: str | None = "s3cret") -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        kind = {"json": body} if isinstance(body, dict | list) else {"data": body}
        async with self._client.post("/hook", headers=headers, **kind) as response:
            return int(response.status)


async def test_the_webhook_stores_first_and_refuses_strangers(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker, hands, lanes = make(database)
    async with TestClient(TestServer(taker.webhook("/hook", "s3cret"))) as client:
        hook = Hook(client)
        update = {"update_id": 1, "message": {"chat": {"id": 5}}}
        assert await hook.calls(update, secret=None) == 401
        assert await hook.calls(update, secret="wrong") == 401
        assert await hook.calls(b"not json") == 400
        assert await hook.calls({"no": "id"}) == 400
        assert hands.taken == []
        assert await hook.calls(update) == 200
        assert await hook.calls(update) == 200  # Telegram repeats what it is not sure of
        await lanes.calm()
        assert [one.lane for one in hands.taken] == [5]

        async def locked(unit: Any, **how: Any) -> Any:
            raise Unavailable("database is locked")

        monkeypatch.setattr(database, "write", locked)
        assert await hook.calls({"update_id": 2}) == 503
    await lanes.stop(within=1)


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -5}}}}, -5),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}}}, 7),
        ({"update_id": 1, "inline_query": {"from": {"id": 7}}}, 7),
        ({"update_id": 1, "message_reaction": {"chat": {"id": 9}, "user": {"id": 7}}}, 9),
        ({"update_id": 1, "something_new": 5}, 0),
    ],
)
def test_an_update_keeps_the_order_of_its_chat_or_its_person(update: dict[str, Any], lane: int) -> None:
    assert lane_of(update) == lane


def test_the_shipped_allowed_updates_name_what_is_not_sent_by_default() -> None:
    assert {"my_chat_member", "message_reaction"} <= set(intake.ALLOWED_UPDATES)
