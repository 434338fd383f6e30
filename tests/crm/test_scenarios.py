"""Scenarios as they are written, and the rules of their ways: triggers, days, branches, lots."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic_core import PydanticCustomError

from crm import playbook_reading, scenario_triggers, scenario_ways
from crm.playbook import Playbook
from crm.playbook_reading import PlaybookErrors
from crm.playbook_scenarios import Goal, Next, Repeat, Scenario
from crm.scenario_triggers import Trigger
from tests.places import text_without_scenarios

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
KYIV, KIRITIMATI = ZoneInfo("Europe/Kyiv"), ZoneInfo("Pacific/Kiritimati")

# As design.md of the project had it, word for word.
FIRST = """
[[scenario]]
id = "thanks"
trigger = "first_purchase + 7d"
segment = "-tag:wholesale"
purpose = "marketing"
variant = ["thanks-warm", "thanks-offer"]  # texts, split at random
holdout = "10%"
goal = "purchase within 14d"
"""
WORDS = """
[[message]]
id = "thanks-warm"
text = { ru = "а", uk = "б", en = "c" }

[[message]]
id = "thanks-offer"
text = { ru = "а", uk = "б", en = "c" }
"""


def read(written: str) -> Playbook:
    return playbook_reading.read(text_without_scenarios() + written)


def problems(written: str) -> list[str]:
    with pytest.raises(PlaybookErrors) as raised:
        read(written)
    return [str(one) for one in raised.value.problems]


def scenario(written: str) -> Scenario:
    return read(written).scenarios[0]


def test_the_example_of_the_design_is_right_as_it_is_written() -> None:
    found = scenario(WORDS + FIRST)
    assert found.trigger.kind == "first_purchase"
    assert found.trigger.offset == 7 * DAY
    assert found.goal == Goal("purchase", 14 * DAY)
    assert len(found.plan) == 1


@pytest.mark.parametrize(
    ("text", "kind", "what", "delay"),
    [
        ("first_purchase", "first_purchase", "", timedelta(0)),
        ("last_purchase+30d", "last_purchase", "", 30 * DAY),
        ("purchase + 1d 12h", "purchase", "", 36 * HOUR),
        ("request_done:booking + 2h", "request_done", "booking", 2 * HOUR),
        ("form_abandoned + 2h", "form_abandoned", "", 2 * HOUR),
        ("tag:vip-gold + 1h", "tag", "vip-gold", HOUR),
        ("status:sleeping", "status", "sleeping", timedelta(0)),
        ("birthday - 3d", "birthday", "", -3 * DAY),
        ("anniversary:since", "anniversary", "since", timedelta(0)),
        ("date:expires - 14d", "date", "expires", -14 * DAY),
        ("visit - 24h", "visit", "", -24 * HOUR),
        ("visit + 3h", "visit", "", 3 * HOUR),
        ("silence 90d", "silence", "", 90 * DAY),
        ("03-08 - 3d", "holiday", "", -3 * DAY),
        ("womens-day", "holiday", "", timedelta(0)),
        ("quarterly", "calendar", "", timedelta(0)),
        ("0 12 1 * *", "calendar", "", timedelta(0)),
        ("quarterly + 2d", "calendar", "", 2 * DAY),
        ("0 9-18 1-7 * 1-5 - 3d", "calendar", "", -3 * DAY),
    ],
)
def test_a_trigger_says_what_begins_and_how_long_after(text: str, kind: str, what: str, delay: timedelta) -> None:
    read = Trigger.parse(text)
    assert (read.kind, read.what, read.delay) == (kind, what, delay)


@pytest.mark.parametrize(
    "text",
    [
        *("", "nonsense", "first_purchase + soon", "first_purchase - 1d", "birthday + 3h", "tag:", "tag", "02-30"),
        *("quarterly + soon", "0 25 * * * + 2d"),
        *("silence", "silence 3h", "form_abandoned", "form_abandoned + 5m", "birthday:mother", "0 25 * * *"),
    ],
)
def test_a_trigger_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        Trigger.parse(text)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('trigger = "birthdy"\ntext = { ru = "1", uk = "1", en = "1" }', "names nothing that can begin a scenario"),
        ('trigger = "birthday"', "it says nothing"),
        ('trigger = "birthday"\nmessage = "x"\nsurvey = "nps"', "only one is possible"),
        ('trigger = "birthday"\nsurvey = "nsp"', "did you mean 'nps'"),
        ('trigger = "birthday"\nvariant = ["thanks-warn"]', "no message is called 'thanks-warn'"),
        ('trigger = "status:sleepy"\nsurvey = "nps"', "did you mean 'sleeping'"),
        ('trigger = "anniversary:allergy"\nsurvey = "nps"', "no field of the card with a date"),
        ('trigger = "request_done:bookin"\nsurvey = "nps"', "did you mean 'booking'"),
        ('trigger = "birthday"\nsurvey = "nps"\nsegment = "tog:vip"', "no such field"),
        ('trigger = "birthday"\nsurvey = "nps"\nexit = "purchases>many"', "a number is expected"),
        ('trigger = "birthday"\nsurvey = "nps"\ngoal = "purchase in 3d"', "is not a goal"),
        ('trigger = "birthday"\nsurvey = "nps"\nhour = "25:00"', "is not a time of day"),
        ('trigger = "birthday"\nsurvey = "nps"\nrepeat = "often"', "does not say how often"),
        ('trigger = "birthday"\nsurvey = "nps"\nholdout = "110%"', "is no part of a whole"),
        ('trigger = "birthday"\nsurvey = "nps"\ntopic = "nothing"', "no topic is called"),
        ('trigger = "birthday"\ntext = { ru = "{nam}", uk = "1", en = "1" }', "{nam} means nothing here"),
        ('trigger = "birthday"\nmessage = "thanks-warm"\nbutton = [{ form = "x" }]', "no form is called 'x'"),
        ('trigger = "birthday"\nmessage = "thanks-warm"\nbutton = [{ promo = "X" }]', "no promo code is called"),
        ('trigger = "birthday"\nmessage = "thanks-warm"\nbutton = [{ link = "https://a.example" }]', "needs a title"),
        ('trigger = "birthday"\nmessage = "thanks-warm"\nbutton = [{}]', "a button does one thing"),
        ('trigger = "birthday"\n[[scenario.step]]\nid = "a"\nsurvey = "nps"\nnext = "a"', "is no later step"),
        ('trigger = "birthday"\n[[scenario.step]]\nsurvey = "nps"\nnext = "b"', "no step is called 'b'"),
        (
            'trigger = "birthday"\n[[scenario.step]]\nsurvey = "nps"\nnext = "slept within 1d ? end : end"',
            "leads nowhere",
        ),
        (
            'trigger = "birthday"\nsurvey = "nps"\n[[scenario.step]]\nsurvey = "nps"',
            "either in the scenario or in its steps",
        ),
    ],
)
def test_each_mistake_is_told_with_its_line_and_what_to_do(written: str, said: str) -> None:
    told = problems(WORDS + '[[scenario]]\nid = "x"\n' + written)
    assert any(said in one for one in told), told
    assert all(one.split(":")[1].isdigit() for one in told)


def test_two_scenarios_have_two_ids_and_a_form_books_one_visit() -> None:
    told = problems(WORDS + FIRST + FIRST)
    assert any("'thanks' is already taken" in one for one in told)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("thanks", Next("thanks")),
        ("end", Next("end")),
        ("pressed within 3d ? thanks : remind", Next("remind", "pressed", 3 * DAY, "thanks")),
        ("bought within 1d 12h?a:end", Next("end", "bought", 36 * HOUR, "a")),
    ],
)
def test_where_a_way_goes_on_is_one_line(text: str, meant: Next) -> None:
    assert Next.parse(text) == meant


def test_how_often_somebody_may_enter() -> None:
    assert Repeat.parse("once") == Repeat(once=True)
    assert Repeat.parse("each  time") == Repeat()
    assert Repeat.parse("every 90d") == Repeat(gap=90 * DAY)


# ---------------------------------------------------------------------------------------------------------------- dues


def test_days_are_counted_by_the_wall_clock_across_the_change_of_time() -> None:
    """In Kyiv the clocks go forward on 28 March 2027: a week later at the same hour is an hour less."""
    bought = datetime(2027, 3, 25, 10, tzinfo=UTC)  # noon
    due = scenario_triggers.due_after(Trigger.parse("first_purchase + 7d"), bought, None, KYIV)
    assert due == datetime(2027, 4, 1, 9, tzinfo=UTC)


def test_an_hour_of_the_day_is_that_of_the_person() -> None:
    bought = datetime(2026, 11, 24, 10, tzinfo=UTC)
    trigger = Trigger.parse("last_purchase + 30d")
    assert scenario_triggers.due_after(trigger, bought, time(11), KYIV) == datetime(2026, 12, 24, 9, tzinfo=UTC)
    # On Kiritimati it was midnight, and so the next day already.
    assert scenario_triggers.due_after(trigger, bought, time(11), KIRITIMATI) == datetime(2026, 12, 24, 21, tzinfo=UTC)


def test_an_hour_that_is_over_today_is_tomorrows() -> None:
    done = datetime(2026, 11, 24, 15, tzinfo=UTC)
    due = scenario_triggers.due_after(Trigger.parse("request_done"), done, time(11), KYIV)
    assert due == datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize("year", range(2024, 2033))
def test_29_february_is_celebrated_every_year_once(year: int) -> None:
    days = list(scenario_triggers.days_between(Trigger.parse("birthday"), at(year, 2, 20), at(year, 3, 10)))
    found = scenario_triggers.month_days(iter(days))
    leap = year % 4 == 0
    assert found[229] == date(year, 2, 29 if leap else 28)
    assert scenario_triggers.celebrated(2, 29, year) == found[229]


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def test_three_days_before_a_day_is_looked_for_three_days_ahead() -> None:
    trigger = Trigger.parse("womens-day - 3d")
    days = scenario_triggers.month_days(scenario_triggers.days_between(trigger, at(2027, 3, 5), at(2027, 3, 6)))
    assert days[308] == date(2027, 3, 8)
    assert scenario_triggers.due_on(trigger, date(2027, 3, 8), time(12), KYIV) == datetime(2027, 3, 5, 10, tzinfo=UTC)


# ---------------------------------------------------------------------------------------------------------------- ways

WAY = """
[[scenario]]
id = "way"
trigger = "birthday"
  [[scenario.step]]
  message = "thanks-warm"
  next = "pressed within 3d ? yes : no"
  [[scenario.step]]
  id = "yes"
  message = "thanks-warm"
  next = "end"
  [[scenario.step]]
  id = "no"
  wait = "2d"
  hour = "11:00"
  message = "thanks-warm"
"""
SENT = datetime(2026, 11, 24, 10, tzinfo=UTC)


def after(pressed: datetime | None, now: datetime, index: int = 0) -> scenario_ways.Way:
    return scenario_ways.after(scenario(WORDS + WAY), index, sent_at=SENT, deeds={"pressed": pressed}, now=now)


def test_a_branch_is_taken_as_soon_as_the_deed_is_done_or_its_time_is_over() -> None:
    assert after(None, SENT + DAY).ask_again == SENT + 3 * DAY
    assert after(SENT + HOUR, SENT + DAY) == scenario_ways.Way(1, SENT + HOUR)
    assert after(None, SENT + 3 * DAY) == scenario_ways.Way(2, SENT + 3 * DAY)
    # Looked at late, after a downtime, by who pressed in time and by who pressed too late.
    assert after(SENT + DAY, SENT + 9 * DAY).step == 1
    assert after(SENT + 4 * DAY, SENT + 9 * DAY).step == 2
    # A press before the message was that of another one.
    assert after(SENT - HOUR, SENT + 3 * DAY).step == 2


def test_a_way_ends_where_it_says_and_after_its_last_step() -> None:
    assert after(None, SENT, index=1) == scenario_ways.Way()
    assert after(None, SENT, index=2) == scenario_ways.Way()
    assert after(None, SENT, index=7) == scenario_ways.Way()


def test_a_wait_at_an_hour_ends_at_that_hour() -> None:
    step = scenario(WORDS + WAY).plan[2]
    assert scenario_ways.due(step, SENT, KYIV) == datetime(2026, 11, 27, 9, tzinfo=UTC)
    exactly = datetime(2026, 11, 24, 9, tzinfo=UTC)  # eleven in Kyiv: two days later at eleven, not three
    assert scenario_ways.due(step, exactly, KYIV) == datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_lots_are_the_same_for_a_person_and_fair_over_many() -> None:
    found = scenario(WORDS + FIRST)
    people = range(1, 20_001)
    held = sum(scenario_ways.is_held_out(found, one) for one in people)
    assert 0.09 < held / 20_000 < 0.11
    split = Counter(scenario_ways.variant(found, found, one) for one in people)
    assert 0.48 < split["thanks-warm"] / 20_000 < 0.52
    assert [scenario_ways.variant(found, found, 7) for _ in range(3)] == [scenario_ways.variant(found, found, 7)] * 3
    # Who is held out in one scenario is not so in another by that.
    other = found.model_copy(update={"id": "other"})
    both = sum(scenario_ways.is_held_out(found, one) and scenario_ways.is_held_out(other, one) for one in people)
    assert both / 20_000 < 0.02
