"""Faults to order: each kind does what it says, to whom it should, as often as it should."""

import time

import pytest
from aiohttp import ClientError

from simulator.client import Desk, Person
from tests.simulator.conftest import Bot


async def test_a_reset_happens_before_anything_is_accepted(bot: Bot, desk: Desk, olga: Person) -> None:
    await desk.fault("reset", "sendMessage", times=1)
    with pytest.raises((ClientError, OSError)):
        await bot.call("sendMessage", chat_id=olga.id, text="hi")
    assert await olga.messages() == []
    await bot.does("sendMessage", chat_id=olga.id, text="hi")


async def test_a_lost_answer_comes_after_the_message_was_taken(bot: Bot, desk: Desk, olga: Person) -> None:
    await desk.fault("lost", "sendMessage", times=1)
    with pytest.raises((ClientError, OSError)):
        await bot.call("sendMessage", chat_id=olga.id, text="hi")
    assert [message.text for message in await olga.messages()] == ["hi"]
    (call,) = await desk.calls("sendMessage")
    assert (call["ok"], call["replied"], call["fault"]) == (True, None, "lost")


async def test_refusals_can_be_ordered(bot: Bot, desk: Desk, olga: Person) -> None:
    await desk.fault("flood", times=1, retry_after=37)
    answer = await bot.call("sendMessage", chat_id=olga.id, text="hi")
    assert (answer["error_code"], answer["parameters"]["retry_after"]) == (429, 37)
    await desk.fault("blocked", times=1)
    words = await bot.refused("sendMessage", chat_id=olga.id, text="hi")
    assert words == "Forbidden: bot was blocked by the user"
    await desk.fault("error", times=1, code=400, description="Bad Request: PEER_ID_INVALID")
    assert await bot.refused("sendMessage", chat_id=olga.id, text="hi") == "Bad Request: PEER_ID_INVALID"
    await desk.fault("server", times=1)
    assert (await bot.call("sendMessage", chat_id=olga.id, text="hi"))["error_code"] == 500
    assert await olga.messages() == []


async def test_a_page_of_html_can_come_instead_of_json(bot: Bot, desk: Desk, olga: Person) -> None:
    await desk.fault("html", times=1)
    url = f"{bot.simulator.url}/bot{bot.simulator.token}/getMe"
    async with bot.session.get(url) as response:
        assert (response.status, response.content_type) == (502, "text/html")


async def test_a_delay_adds_to_the_answer_and_is_accepted_at_once(bot: Bot, desk: Desk, olga: Person) -> None:
    await desk.fault("delay", "sendMessage", seconds=0.15)
    begun = time.monotonic()
    await bot.does("sendMessage", chat_id=olga.id, text="hi")
    assert time.monotonic() - begun >= 0.15
    (call,) = await desk.calls("sendMessage")
    assert call["replied"] - call["accepted"] >= 0.15
    await desk.heal()
    await desk.fault("delay", "sendMessage", seconds=0.15, at="accept")
    begun = time.monotonic()
    await bot.does("sendMessage", chat_id=olga.id, text="late")
    assert (await desk.calls("sendMessage"))[-1]["accepted"] - begun >= 0.15


async def test_a_fault_is_for_its_method_and_chat_and_number_of_times(bot: Bot, desk: Desk, olga: Person) -> None:
    other = await desk.person("Ivan", started=True)
    await desk.fault("error", ["sendMessage"], chat=olga.id, times=2, skip=1)
    await bot.does("getMe")
    await bot.does("sendMessage", chat_id=other.id, text="x")
    outcomes = [(await bot.call("sendMessage", chat_id=olga.id, text="x"))["ok"] for _ in range(4)]
    assert outcomes == [True, False, False, True]
    faults = (await desk.ask("GET", "faults"))["faults"]
    assert faults[0]["hits"] == 2


async def test_a_probability_follows_its_seed(bot: Bot, desk: Desk, olga: Person) -> None:
    async def outcomes() -> list[bool]:
        fault = await desk.fault("server", "sendMessage", probability=0.5, seed=7)
        happened = [(await bot.call("sendMessage", chat_id=olga.id, text="x"))["ok"] for _ in range(20)]
        await desk.heal(fault)
        return happened

    first = await outcomes()
    assert first == await outcomes()
    assert 0 < sum(first) < 20
