"""Local hours and instants: a rule of every day runs once a day, whatever the clocks of its zone do."""

# ruff: noqa: DTZ001 - local times without a zone are what is tested
from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import zones

# Summer time by an hour, at midnight, by half an hour; none at all.
ZONES = ("Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Almaty", "America/Nuuk", "Europe/Kyiv")
START = datetime(2027, 12, 31, tzinfo=UTC)  # 2028 has a 29 February


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("clock", [(0, 0), (0, 30), (2, 15), (2, 30), (10, 0), (23, 30)])
def test_a_daily_rule_runs_once_on_each_day_of_a_leap_year(name: str, clock: tuple[int, int]) -> None:
    """Each day of the calendar has its run, a day whose clocks skip the hour too, and none has two."""
    zone, at = ZoneInfo(name), START
    runs: list[datetime] = []
    first = START.astimezone(zone).date() + timedelta(days=1)
    while len(runs) < 366:
        at = zones.next_local(at, zone, hour=clock[0], minute=clock[1])
        if at.astimezone(zone).date() >= first:
            runs.append(at)
    days = [first + timedelta(days=day) for day in range(366)]
    assert runs == [zones.to_utc(datetime.combine(day, time(*clock)), zone) for day in days]
    assert all(timedelta(hours=22) < later - earlier < timedelta(hours=26) for earlier, later in pairwise(runs))


@pytest.mark.parametrize("name", ZONES)
def test_a_daily_rule_keeps_to_its_hour(name: str) -> None:
    """On every day that has the hour, the clocks show it."""
    zone, at = ZoneInfo(name), START
    for _ in range(366):
        at = zones.next_local(at, zone, hour=10)
        assert (at.astimezone(zone).hour, at.astimezone(zone).minute) == (10, 0)


def test_an_hour_that_does_not_happen_is_as_far_behind_the_gap() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert zones.to_utc(datetime(2026, 3, 29, 2, 30), berlin) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_an_hour_that_happens_twice_is_its_first_and_once_that_is_over_its_second() -> None:
    berlin, local = ZoneInfo("Europe/Berlin"), datetime(2026, 10, 25, 2, 30)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert zones.to_utc(local, berlin) == first
    assert zones.next_after(first - timedelta(seconds=1), local, berlin) == first
    assert zones.next_after(first, local, berlin) == first + timedelta(hours=1)


@given(
    after=st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)),
    name=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
)
def test_the_next_time_is_later_and_within_two_days(after: datetime, name: str, hour: int, minute: int) -> None:
    at = zones.next_local(after, ZoneInfo(name), hour=hour, minute=minute)
    assert timedelta(0) < at - after <= timedelta(hours=26)
