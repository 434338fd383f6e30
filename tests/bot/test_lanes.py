"""One chat's updates in their order; different chats at once; a flood slows its own lane."""

from __future__ import annotations

import asyncio

from bot.lanes import MOST_WAITING, Lanes
from storage.inbox import Stored
from tests.patience import PATIENCE_SECONDS


def stored(number: int, lane: int) -> Stored:
    return Stored(number, number, lane, "{}", 0)


async def test_one_lane_keeps_its_order_and_never_runs_twice_at_once() -> None:
    seen: dict[int, list[int]] = {}
    running: set[int] = set()

    async def handle(one: Stored) -> None:
        assert one.lane not in running
        running.add(one.lane)
        await asyncio.sleep(0)
        seen.setdefault(one.lane, []).append(one.id)
        running.discard(one.lane)

    lanes = Lanes(handle, workers=8)
    lanes.start()
    lanes.feed(stored(number, number % 5 + 1) for number in range(100))
    await lanes.calm()
    await lanes.stop(within=1)
    assert all(order == sorted(order) for order in seen.values())
    assert sum(map(len, seen.values())) == 100


async def test_another_lane_does_not_wait_for_a_slow_one() -> None:
    gate, quick = asyncio.Event(), asyncio.Event()

    async def handle(one: Stored) -> None:
        if one.lane == 1:
            await gate.wait()
        else:
            quick.set()

    lanes = Lanes(handle, workers=2)
    lanes.start()
    lanes.feed([stored(1, 1), stored(2, 1), stored(3, 2)])
    async with asyncio.timeout(PATIENCE_SECONDS):
        await quick.wait()
        gate.set()
        await lanes.calm()
    await lanes.stop(within=1)


async def test_a_flood_of_one_person_lets_others_through() -> None:
    order: list[int] = []

    async def handle(one: Stored) -> None:
        order.append(one.lane)

    lanes = Lanes(handle, workers=1)
    lanes.feed(stored(number, 1) for number in range(1_000))
    lanes.feed([stored(2_000, 2)])
    lanes.start()
    await lanes.calm()
    await lanes.stop(within=1)
    assert order.index(2) <= 2


async def test_intake_is_held_while_too_much_waits() -> None:
    gate = asyncio.Event()

    async def handle(one: Stored) -> None:
        await gate.wait()

    lanes = Lanes(handle, workers=4)
    lanes.start()
    lanes.feed(stored(number, number) for number in range(1, MOST_WAITING + 1))
    room = asyncio.create_task(lanes.room())
    await asyncio.sleep(0)
    assert not room.done()
    gate.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await room
        await lanes.calm()
    await lanes.stop(within=1)


async def test_stopping_leaves_what_waits_to_the_next_start() -> None:
    gate = asyncio.Event()
    handled: list[int] = []

    async def handle(one: Stored) -> None:
        await gate.wait()
        handled.append(one.id)

    lanes = Lanes(handle, workers=1)
    lanes.start()
    lanes.feed([stored(1, 1), stored(2, 1)])
    await asyncio.sleep(0)
    stopping = asyncio.create_task(lanes.stop(within=5))
    await asyncio.sleep(0)
    gate.set()
    await stopping
    assert handled == [1]


async def test_a_mistake_while_handling_ends_no_worker() -> None:
    """Workers that died one by one would leave the bot taking updates in and answering none."""
    handled: list[int] = []

    async def handle(one: Stored) -> None:
        if one.id <= 5:
            raise RuntimeError("a mistake")
        handled.append(one.id)

    lanes = Lanes(handle, workers=2)
    lanes.start()
    lanes.feed(stored(number, number) for number in range(1, 8))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await lanes.calm()
    await lanes.stop(within=1)
    assert handled == [6, 7]
