"""The demo's clock is the simulator's: who moves it there moves it in the bot."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.clock import SimulatorClock, SystemClock
from simulator.server import Simulator, running
from tests.patience import PATIENCE_SECONDS


def test_the_system_clock_is_aware_and_in_utc() -> None:
    """A naive time would be somebody's local one."""
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


async def advance(url: str, seconds: float) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/sim/clock", json={"advance": seconds}) as response,
    ):
        assert response.status == 200


async def test_the_clock_follows_the_simulator_and_tells_who_waits() -> None:
    """A day forward there is a day forward here, at once, and every listener hears of it once a move."""
    async with running(Simulator()) as simulator, SimulatorClock(simulator.url) as clock:
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
        moved = asyncio.Event()
        heard: list[timedelta] = []

        def listener() -> None:
            heard.append(clock.now() - datetime.now(UTC))
            moved.set()

        clock.on_change(listener)
        for days in (1, 8):
            moved.clear()
            await advance(simulator.url, 86_400 if days == 1 else 7 * 86_400)
            await asyncio.wait_for(moved.wait(), PATIENCE_SECONDS)
            assert abs(heard[-1] - timedelta(days=days)) < timedelta(seconds=5)
        assert len(heard) == 2


async def test_a_clock_opened_late_knows_what_was_moved_before() -> None:
    """A bot that is started again in a moved demo is not back in the past."""
    async with running(Simulator()) as simulator:
        await advance(simulator.url, 3600)
        async with SimulatorClock(simulator.url) as clock:
            assert abs(clock.now() - datetime.now(UTC) - timedelta(hours=1)) < timedelta(seconds=5)


async def test_without_a_simulator_the_clock_does_not_open() -> None:
    """And leaves no connection behind."""
    with pytest.raises(aiohttp.ClientError):
        async with SimulatorClock("http://127.0.0.1:9"):
            pass
