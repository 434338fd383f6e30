"""The business's calendar, and what is wrong with one that is written wrongly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm import playbook_reading, working_days
from crm.playbook import Policy
from crm.playbook_reading import PlaybookErrors


def policy(**said: Any) -> Policy:
    return Policy.model_validate(said)


def test_every_day_is_a_working_day_until_something_else_is_said() -> None:
    assert working_days.rests(policy()) is None
    assert working_days.day_off(policy(), date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("written", "days"),
    [("mon-fri", {0, 1, 2, 3, 4}), ("sat-mon", {5, 6, 0}), ("tue", {1}), ("Mon, wed - fri", {0, 2, 3, 4})],
)
def test_days_of_the_week_are_written_as_people_do(written: str, days: set[int]) -> None:
    assert policy(working_days=written).working_days.days == days


def test_days_of_ones_own_are_of_one_year_or_of_every_year() -> None:
    closed = policy(closed=["12-31", "2026-05-02"])
    off = (date(2026, 12, 31), date(2027, 12, 31), date(2026, 5, 2), date(2027, 5, 2))
    assert [working_days.day_off(closed, day) for day in off] == ["closed", "closed", "closed", None]


def test_public_holidays_are_the_countrys() -> None:
    """Poland rests on the 3rd of May; a part of a country may rest when the whole does not."""
    poland = policy(country="PL", holidays_off=True)
    assert working_days.day_off(poland, date(2026, 5, 3)) == "holiday"
    assert working_days.day_off(policy(country="PL"), date(2026, 5, 3)) is None
    day = date(2026, 1, 6)
    assert working_days.day_off(policy(country="DE-BY", holidays_off=True), day) == "holiday"
    assert working_days.day_off(policy(country="DE", holidays_off=True), day) is None


def test_the_next_working_day_skips_all_that_is_off() -> None:
    rest = policy(working_days="mon-fri", closed=["2026-11-30"])
    assert working_days.next_working_day(rest, date(2026, 11, 27)) == date(2026, 12, 1)


def test_who_never_works_has_no_next_working_day() -> None:
    never = policy(
        working_days="mon", closed=[f"{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    )
    assert working_days.next_working_day(never, date(2026, 11, 27)) == date(2026, 11, 30)
    always = policy(closed=[date.fromordinal(one).isoformat() for one in range(739_900, 740_400)])
    assert working_days.next_working_day(always, date(2026, 11, 27)) is None


PLAYBOOK = """
[business]
name = "Студія"
languages = ["uk"]
[[form]]
id = "a"
title = "Форма"
step = [{ field = "phone", type = "phone" }]
"""


@pytest.mark.parametrize(
    ("added", "where", "said"),
    [
        ("[policy]\nholidays_off = true", "policy.holidays_off", "the country is missing"),
        ('[policy]\nholidays_off = true\ncountry = "QQ"', "policy.country", "no holidays are known"),
        ('[policy]\nworking_days = "monday"', "policy.working_days", "no days of the week"),
        ('[policy]\nclosed = ["02-30"]', "policy.closed", "is no day"),
        ("[policy]\nall = [{ max = 1 }]", "policy.all", "missing"),
        ('[[topic]]\nid = "a"\ntitle = "А"\n[[topic]]\nid = "a"\ntitle = "Б"', "topic", "already taken"),
        ('[[topic]]\nid = "a"\ntitle = "{name}"', "topic", "means nothing here"),
    ],
)
def test_a_mistake_is_told_with_its_place(added: str, where: str, said: str) -> None:
    with pytest.raises(PlaybookErrors) as caught:
        playbook_reading.read(PLAYBOOK + added)
    (problem,) = caught.value.problems
    assert problem.where.startswith(where)
    assert said in problem.message.lower() or said in problem.message
    assert problem.line > 0
