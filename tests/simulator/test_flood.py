"""Flood control on a clock of its own."""

import math

import pytest

from simulator.client import Desk, Person
from simulator.flood import Flood, FloodLimits
from simulator.refusals import RefusalError
from tests.simulator.conftest import Bot


class Ticks:
    """A monotonic clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def retry_after(flood: Flood, chat_id: int, *, group: bool = False) -> int | None:
    """What a message is refused with, or None when it is taken."""
    try:
        flood.take(chat_id, group=group)
    except RefusalError as refusal:
        told = refusal
    else:
        return None
    seconds = told.parameters["retry_after"]
    assert (told.code, told.description) == (429, f"Too Many Requests: retry after {seconds}")
    return seconds


def test_30_messages_in_any_second_and_no_more() -> None:
    ticks = Ticks()
    flood = Flood(FloodLimits(), ticks)
    assert [retry_after(flood, chat) for chat in range(30)] == [None] * 30
    assert retry_after(flood, 31) == 1
    ticks.now += 1.001
    assert retry_after(flood, 31) is None


def test_one_chat_takes_a_small_burst_then_one_a_second() -> None:
    ticks = Ticks()
    flood = Flood(FloodLimits(), ticks)
    assert [retry_after(flood, 1) for _ in range(3)] == [None] * 3
    assert retry_after(flood, 1) == 1
    assert retry_after(flood, 2) is None
    ticks.now += 1
    assert retry_after(flood, 1) is None
    assert retry_after(flood, 1) == 1


def test_a_group_takes_20_a_minute() -> None:
    ticks = Ticks()
    flood = Flood(FloodLimits(), ticks)
    for _ in range(20):
        assert retry_after(flood, -1, group=True) is None
        ticks.now += 1
    assert retry_after(flood, -1, group=True) == 40
    ticks.now += 40.1
    assert retry_after(flood, -1, group=True) is None


def test_an_album_larger_than_the_burst_can_still_be_sent_alone() -> None:
    flood = Flood(FloodLimits(), Ticks())
    flood.take(1, group=False, count=10)
    with pytest.raises(RefusalError):
        flood.take(1, group=False)


def test_a_refused_message_does_not_count() -> None:
    ticks = Ticks()
    flood = Flood(FloodLimits(burst=1), ticks)
    assert retry_after(flood, 1) is None
    assert [retry_after(flood, 1) for _ in range(5)] == [1] * 5
    ticks.now += 1
    assert retry_after(flood, 1) is None


async def test_flood_control_is_switched_on_and_off_over_http(bot: Bot, desk: Desk, olga: Person) -> None:
    for number in range(5):
        await bot.does("sendMessage", chat_id=olga.id, text=f"{number}")
    await desk.flood(enabled=True, burst=1, retry_after=37)
    await bot.does("sendMessage", chat_id=olga.id, text="one")
    answer = await bot.call("sendMessage", chat_id=olga.id, text="two")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 37})
    assert answer["description"] == "Too Many Requests: retry after 37"
    await desk.flood(enabled=False)
    await bot.does("sendMessage", chat_id=olga.id, text="three")


async def test_an_album_is_counted_whole_and_never_sent_in_part(bot: Bot, desk: Desk, olga: Person) -> None:
    media = [{"type": "photo", "media": "https://example.com/a.png"}] * 5
    await desk.flood(enabled=True)
    assert len(await bot.does("sendMediaGroup", chat_id=olga.id, media=media)) == 5
    assert (await bot.call("sendMediaGroup", chat_id=olga.id, media=media))["error_code"] == 429
    assert len(await olga.messages()) == 5


async def test_edits_and_answers_to_presses_are_not_counted(bot: Bot, desk: Desk, olga: Person) -> None:
    sent = await bot.does("sendMessage", chat_id=olga.id, text="0")
    await desk.flood(enabled=True, burst=1, overall=1)
    for number in range(1, 5):
        await bot.does("editMessageText", chat_id=olga.id, message_id=sent["message_id"], text=f"{number}")


def test_the_wait_named_is_whole_seconds_that_suffice() -> None:
    ticks = Ticks()
    flood = Flood(FloodLimits(per_chat=0.3, burst=1), ticks)
    assert retry_after(flood, 1) is None
    wait = retry_after(flood, 1)
    assert wait == math.ceil(1 / 0.3)
    ticks.now += wait
    assert retry_after(flood, 1) is None
