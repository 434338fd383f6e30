"""Occurrences of a calendar: one catch-up after any downtime, in the business's zone, on 29 February too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm import occurrences
from crm.playbook_types import Cron

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def latest(text: str, *, after: datetime, until: datetime, zone: ZoneInfo = KYIV) -> datetime | None:
    return occurrences.latest(Cron.parse(text), after=after, until=until, zone=zone)


def test_nothing_is_due_before_its_time() -> None:
    assert latest("quarterly", after=NOW, until=NOW + timedelta(days=30)) is None


def test_the_hour_is_that_of_the_business() -> None:
    """Noon in Kyiv is ten by UTC in winter and nine in summer."""
    assert latest("quarterly", after=NOW, until=datetime(2027, 1, 1, 10, 0, tzinfo=UTC)) == datetime(
        2027, 1, 1, 10, 0, tzinfo=UTC
    )
    assert latest("quarterly", after=NOW, until=datetime(2027, 4, 2, tzinfo=UTC)) == datetime(
        2027, 4, 1, 9, 0, tzinfo=UTC
    )


def test_of_all_that_was_missed_only_the_latest_is_made_up_for() -> None:
    assert latest("weekly", after=NOW - timedelta(days=365), until=NOW) == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_what_was_dealt_with_is_not_due_again() -> None:
    done = latest("weekly", after=NOW - timedelta(days=30), until=NOW)
    assert done is not None
    assert latest("weekly", after=done, until=NOW) is None


def test_the_29th_of_february_waits_for_its_year() -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    assert latest("0 12 29 2 *", after=start, until=datetime(2027, 12, 31, tzinfo=UTC)) is None
    assert latest("0 12 29 2 *", after=start, until=datetime(2028, 3, 1, tzinfo=UTC)) == datetime(
        2028, 2, 29, 10, 0, tzinfo=UTC
    )


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Almaty"])
@pytest.mark.parametrize("text", ["0 10 * * *", "30 2 * * *", "15 0 * * *"])
def test_a_year_of_ticks_sees_a_daily_rule_once_a_day(zone: str, text: str) -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    now = since
    seen: list[date] = []
    while now < datetime(2027, 1, 1, tzinfo=UTC):
        now += timedelta(minutes=97)
        due = latest(text, after=since, until=now, zone=ZoneInfo(zone))
        if due is not None:
            seen.append(due.astimezone(ZoneInfo(zone)).date())
            since = due
    assert len(seen) == len(set(seen))
    assert 364 <= len(seen) <= 366


@settings(max_examples=100)
@given(
    minutes=st.integers(0, 400 * 24 * 60),
    text=st.sampled_from(["weekly", "monthly", "quarterly", "0 12 * * *", "*/15 * * * *", "0 0 29 2 *"]),
)
def test_it_is_the_last_one_there_is(minutes: int, text: str) -> None:
    until = NOW + timedelta(minutes=minutes)
    due = latest(text, after=NOW, until=until)
    following = Cron.parse(text).next_after(NOW if due is None else due, KYIV)
    assert due is None or NOW < due <= until
    assert following > until
