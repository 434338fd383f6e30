"""The table of ticks: what it holds is what the page says, and APScheduler holds nothing else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler import ticks
from scheduler.office import Office
from scheduler.ticks import Tick, Ticks
from storage.engine import Database
from tests.clocks import FakeClock
from tests.patience import PATIENCE_SECONDS
from tests.places import make_office

PAGE = Path(__file__).parent.parent.parent / "docs" / "jobs.md"
UNITS = {"min": "minutes", "h": "hours", "s": "seconds"}


def every(text: str) -> timedelta:
    number, unit = text.split()
    return timedelta(**{UNITS[unit]: int(number)})


def test_the_page_lists_every_tick_and_no_other() -> None:
    rows = re.findall(r"^\| (\w+) \| (\d+ \w+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(name, every(often), does) for name, often, does in rows] == [
        (tick.name, tick.every, tick.purpose) for tick in ticks.TICKS
    ]


def test_a_late_tick_is_neither_dropped_nor_repeated() -> None:
    """APScheduler's own grace is one second, after which a late job is silently dropped."""
    assert ticks.JOB_DEFAULTS == {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    runs: list[int] = []

    async def run(office: Office) -> None:
        runs.append(1)

    async def breaks(office: Office) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(
        ticks, "TICKS", (Tick("bad", timedelta(hours=1), breaks, ""), Tick("good", timedelta(hours=1), run, ""))
    )
    return lambda: len(runs)


async def test_a_moved_clock_runs_every_tick_at_once_and_one_that_fails_stops_no_other(
    database: Database, counted: Callable[[], int]
) -> None:
    table = Ticks(make_office(database))
    rung: list[int] = []
    table.on_alarm = lambda: rung.append(1)
    await table.run_all()
    assert counted() == 1
    assert rung == [1]


async def test_the_alarm_rings_when_its_time_has_come_on_the_products_clock(database: Database) -> None:
    clock = FakeClock()
    table = Ticks(make_office(database, clock=clock))
    rung = asyncio.Event()
    table.on_alarm = rung.set
    table.start()
    try:
        table.alarm(clock.now() + timedelta(days=1))
        await asyncio.sleep(0.02)
        assert not rung.is_set()
        table.alarm(clock.now() + timedelta(milliseconds=30))
        await asyncio.wait_for(rung.wait(), PATIENCE_SECONDS)
    finally:
        await table.stop(within=1)


async def test_nothing_of_a_tick_goes_on_after_the_stop(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would read from a database that is being closed."""
    begun, ended = asyncio.Event(), asyncio.Event()

    async def stuck(office: Office) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)  # a connection is given back, say
            ended.set()

    monkeypatch.setattr(ticks, "TICKS", (Tick("stuck", timedelta(hours=1), stuck, ""),))
    table = Ticks(make_office(database))
    table.start()
    table.clock_moved()
    await begun.wait()
    await table.stop(within=0)
    assert ended.is_set()
    begun.clear()
    table.clock_moved()
    await asyncio.sleep(0)
    assert not begun.is_set()
