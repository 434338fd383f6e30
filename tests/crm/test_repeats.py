"""Repeats: what is said is understood, and comes back on the right days whatever the calendar and the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import repeat_grammar
from crm.repeats import MOST, Repeat

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("said", "rule", "rest"),
    [
        ("каждый понедельник в 10 планёрка", "1w:0", "в 10 планёрка"),
        ("каждый понедельник и четверг отчёт", "1w:0,3", "отчёт"),
        ("по понедельникам и средам в 9:30 зал", "1w:0,2", "в 9:30 зал"),
        ("по будням в 9 касса", "1w:0,1,2,3,4", "в 9 касса"),
        ("раз в две недели по пятницам отчёт", "2w:4", "отчёт"),
        ("каждый второй вторник бухгалтер", "2w:1", "бухгалтер"),
        ("каждые 3 дня полить цветы", "3d", "полить цветы"),
        ("ежедневно в 18 касса", "1d", "в 18 касса"),
        ("каждое утро почта", "1d", "утро почта"),
        ("раз в квартал сверка", "3m", "сверка"),
        ("каждый месяц 1-го и 15-го аванс", "1m:1,15", "аванс"),
        ("5 числа каждого месяца счёт", "1m:5", "счёт"),
        ("в последний день каждого месяца склад", "1m:32", "склад"),
        ("каждое 8 марта цветы", "1y:308", "цветы"),
        ("щомісяця 5-го звіт", "1m:5", "звіт"),
        ("щобудня о 9 каса", "1w:0,1,2,3,4", "о 9 каса"),
        ("щопонеділка та щосереди о 10 нарада", "1w:0,2", "о 10 нарада"),
        ("раз на тиждень у п'ятницю звіт", "1w:4", "звіт"),
        ("щороку 29 лютого привітати", "1y:229", "привітати"),
        ("every 2 weeks call", "2w", "call"),
        ("every other day call", "2d", "call"),
        ("every monday and friday at 10 sync", "1w:0,4", "at 10 sync"),
        ("weekdays at 9 stand-up", "1w:0,1,2,3,4", "at 9 stand-up"),
        ("on the 5th of every month invoice", "1m:5", "invoice"),
        ("every year on March 8 flowers", "1y:308", "flowers"),
    ],
)
def test_how_often_is_read_and_the_rest_is_left(said: str, rule: str, rest: str) -> None:
    """Three languages; the time of the day is left to the grammar of dates."""
    found, left = repeat_grammar.read_leading(said)
    assert found is not None
    assert (found.to_text(), left) == (rule, rest)


@pytest.mark.parametrize(
    "said",
    [
        "завтра в 10 позвонить",
        "каждый клиент важен",
        "раз уж зашла речь",
        "on monday call",
        "в выходные позвонить",
        "через день позвонить",
        "every 15 minutes call",
        "every 500 days call",
        "каждые 0 дней",
        "",
    ],
)
def test_what_repeats_nothing_is_left_whole(said: str) -> None:
    """A word of the message is never taken for a rule."""
    assert repeat_grammar.read_leading(said) == (None, said)


def occurrences(rule: str, first: datetime, zone: ZoneInfo, number: int) -> list[datetime]:
    settled, at = Repeat.from_text(rule).begun(first, zone)
    found = [at]
    while len(found) < number:
        found.append(settled.next_after(found[-1], zone))
    return [one.astimezone(zone) for one in found]


def days(rule: str, first: datetime, number: int) -> list[date]:
    return [one.date() for one in occurrences(rule, first, KYIV, number)]


def test_the_31st_is_the_last_day_of_shorter_months_and_the_31st_again_after_them() -> None:
    """It does not slip to the 28th for ever."""
    first = datetime(2027, 1, 10, 8, tzinfo=UTC)
    assert [day.isoformat() for day in days("1m:31", first, 5)] == [
        "2027-01-31",
        "2027-02-28",
        "2027-03-31",
        "2027-04-30",
        "2027-05-31",
    ]
    assert days("1m:32", first, 3) == days("1m:31", first, 3)


def test_29_february_comes_every_year() -> None:
    """On the 28th where there is no 29th."""
    found = days("1y:229", datetime(2027, 1, 1, 8, tzinfo=UTC), 3)
    assert [day.isoformat() for day in found] == ["2027-02-28", "2028-02-29", "2029-02-28"]


def test_every_other_week_counts_from_the_first_one_even_when_one_was_missed() -> None:
    """Friday the 27th, then the 11th: late by ten days, it is the 25th and not the 18th that is next."""
    rule, first = Repeat.from_text("2w:4").begun(datetime(2026, 11, 24, 10, tzinfo=UTC), KYIV)
    assert first.astimezone(KYIV).date() == date(2026, 11, 27)
    assert rule.next_after(first, KYIV).astimezone(KYIV).date() == date(2026, 12, 11)
    assert rule.next_after(first + timedelta(days=24), KYIV).astimezone(KYIV).date() == date(2026, 12, 25)


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Almaty"])
@pytest.mark.parametrize("clock", [(0, 0), (2, 30), (9, 0), (23, 59)])
def test_a_daily_task_comes_once_a_day_for_a_year(zone: str, clock: tuple[int, int]) -> None:
    """At its time on the wall; on the night whose clocks skip it, after the gap."""
    where = ZoneInfo(zone)
    start = datetime(2026, 1, 1, 12, tzinfo=where).replace(hour=clock[0], minute=clock[1]).astimezone(UTC)
    found = occurrences("1d", start, where, 366)
    assert [one.date() for one in found] == [date(2026, 1, 1) + timedelta(days=n) for n in range(366)]
    odd = [one for one in found if (one.hour, one.minute) != clock]
    assert len(odd) <= 1
    assert all(one.time() > time(*clock) for one in odd)


def test_the_time_of_the_day_stays_when_the_clocks_change() -> None:
    """Nine in the morning is nine in the morning, in summer too."""
    found = occurrences("1w", datetime(2026, 3, 20, 7, tzinfo=UTC), KYIV, 3)
    assert [one.hour for one in found] == [9, 9, 9]
    assert [one.astimezone(UTC).hour for one in found] == [7, 7, 6]


rules = st.one_of(
    st.builds(Repeat, st.integers(1, MOST["d"]), st.just("d")),
    st.builds(Repeat, st.integers(1, MOST["w"]), st.just("w"), st.sets(st.integers(0, 6)).map(sorted).map(tuple)),
    st.builds(
        Repeat, st.integers(1, MOST["m"]), st.just("m"), st.sets(st.integers(1, 32), max_size=4).map(sorted).map(tuple)
    ),
    st.builds(Repeat, st.integers(1, MOST["y"]), st.just("y"), st.sampled_from([(), (229,), (1231,), (101,)])),
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds of hypothesis are naive


@given(rules, moments, st.sampled_from([KYIV, ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")]))
def test_every_rule_goes_on_and_is_kept_as_it_was(rule: Repeat, start: datetime, zone: ZoneInfo) -> None:
    """Each occurrence is later than the one before and no further away than the rule says; forty characters keep it."""
    settled, first = rule.begun(start, zone)
    assert first >= start
    assert Repeat.from_text(settled.to_text()) == settled
    assert len(settled.to_text()) <= 40
    found = [first]
    for _ in range(4):
        found.append(settled.next_after(found[-1], zone))
    longest = {"d": 1, "w": 7, "m": 31, "y": 366}[rule.unit] * (rule.every + 1) + 1
    assert all(timedelta(0) < after - before <= timedelta(days=longest) for before, after in pairwise(found))


@pytest.mark.parametrize("text", ["", "1x", "0d", "900d", "1w:a", "1d@25:00", "1m:5 DROP", "1d/2026-13-01"])
def test_a_rule_that_was_altered_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Repeat.from_text(text)
