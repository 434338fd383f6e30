"""The contact policy hears what a person wishes, keeps days off, counts everything unasked together, and lets the most
valuable of several go first."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm import policy
from crm.playbook import Cap, Policy
from crm.playbook_types import Span
from crm.policy import Decision, Due, Limit, Person, Told
from crm.purposes import Purpose

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday
SATURDAY = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
UNASKED = (Purpose.SURVEY, Purpose.MARKETING)


def person(**wishes: Any) -> Person:
    agreed = {"marketing": True, "survey": True}
    given: dict[str, Any] = {"zone": ZoneInfo("UTC"), "reachable": True, "spam": False, "consents": agreed}
    return Person(**{**given, **wishes})


def rules(hours: str | None = None, **said: Any) -> Policy:
    """A policy with no caps and no days off but those that are said."""
    nothing: dict[str, Any] = {"all": (), "service": (), "survey": (), "marketing": ()}
    return Policy.model_validate({**nothing, **said, "quiet_hours": Span.parse(hours) if hours else None})


def cap(most: int, days: float, gap: float = 0) -> dict[str, Any]:
    return {"max": most, "per": timedelta(days=days), "gap": timedelta(days=gap)}


def decided(purpose: Purpose, who: Person, says: Policy, now: datetime = NOON, **more: Any) -> tuple[str, str, Any]:
    found = policy.decide(purpose, who, says, now=now, **more)
    return found.verdict, found.reason, found.until


# ------------------------------------------------------------------------------------------------- what a person wishes


def test_a_pause_holds_what_nobody_asked_for_and_nothing_else() -> None:
    away = person(paused_until=NOON + 30 * DAY)
    for purpose in UNASKED:
        assert decided(purpose, away, rules()) == ("wait", "paused", NOON + 30 * DAY)
    assert decided(Purpose.SERVICE, away, rules())[0] == "send"
    assert decided(Purpose.MARKETING, away, rules(), NOON + 30 * DAY)[0] == "send"


def test_what_a_pause_holds_past_its_use_is_skipped_for_it() -> None:
    away = person(paused_until=NOON + 30 * DAY)
    assert decided(Purpose.MARKETING, away, rules(), valid_until=NOON + 7 * DAY) == ("skip", "paused", None)


def test_a_topic_that_is_refused_never_comes_unless_it_was_asked_for() -> None:
    picky = person(topics_off=frozenset({"sales"}))
    for purpose in UNASKED:
        assert decided(purpose, picky, rules(), topic="sales") == ("skip", "topic-off", None)
        assert decided(purpose, picky, rules(), topic="news")[0] == "send"
        assert decided(purpose, picky, rules())[0] == "send"
    assert decided(Purpose.SERVICE, picky, rules(), topic="sales")[0] == "send"


def test_quiet_hours_of_ones_own_hold_in_place_of_the_businesss() -> None:
    own = person(quiet=Span(time(11), time(13)))
    held = ("wait", "quiet-hours", NOON.replace(hour=13))
    assert decided(Purpose.MARKETING, own, rules("21:00-09:00")) == held
    assert decided(Purpose.SERVICE, own, rules("21:00-09:00")) == held
    assert decided(Purpose.MARKETING, own, rules("21:00-09:00"), NOON.replace(hour=23))[0] == "send"


def test_who_wants_no_quiet_hours_has_none() -> None:
    awake = person(quiet=Span(time(), time()))
    assert decided(Purpose.MARKETING, awake, rules("21:00-09:00"), NOON.replace(hour=3))[0] == "send"


@pytest.mark.parametrize(
    ("fewer", "most", "days"), [(0, 8, 30), (1, 4, 30), (2, 2, 30), (3, 1, 30), (4, 1, 60), (9, 1, 60)]
)
def test_fewer_halves_the_measure_each_time_and_then_doubles_the_time(fewer: int, most: int, days: int) -> None:
    (eased,) = policy.eased((Cap(max=8, per=30 * DAY),), fewer)
    assert (eased.max, eased.per.days) == (most, days)


def test_fewer_holds_what_nobody_asked_for_and_no_reminder() -> None:
    says = rules(all=[cap(2, 7)], service=[cap(2, 7)])
    eased = person(fewer=1)
    for purpose, verdict in ((Purpose.MARKETING, "wait"), (Purpose.SURVEY, "wait"), (Purpose.SERVICE, "send")):
        sent = [Told(purpose.value, NOON - DAY)]
        assert decided(purpose, eased, says, sent=sent)[0] == verdict
        assert decided(purpose, person(), says, sent=sent)[0] == "send"


# ------------------------------------------------------------------------------------------------ days off and together


@pytest.mark.parametrize("off", [{"working_days": "mon-fri"}, {"closed": ["2026-11-28", "11-29"]}])
def test_what_nobody_asked_for_waits_for_the_next_working_day(off: dict[str, Any]) -> None:
    says = rules("21:00-09:00", **off)
    for purpose in UNASKED:
        monday = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
        assert decided(purpose, person(), says, SATURDAY) == ("wait", "day-off", monday)
    assert decided(Purpose.SERVICE, person(), says, SATURDAY)[0] == "send"


def test_the_day_is_the_persons_own() -> None:
    """Friday evening in Kyiv is Saturday morning in Vladivostok."""
    friday = datetime(2026, 11, 27, 18, 0, tzinfo=UTC)
    far = person(zone=ZoneInfo("Asia/Vladivostok"))
    assert decided(Purpose.MARKETING, person(), rules(working_days="mon-fri"), friday)[0] == "send"
    verdict, reason, until = decided(Purpose.MARKETING, far, rules(working_days="mon-fri"), friday)
    assert (verdict, reason, until.astimezone(far.zone).strftime("%a %H:%M")) == ("wait", "day-off", "Mon 00:00")


def test_what_a_day_off_holds_past_its_use_is_skipped_for_it() -> None:
    off = rules(working_days="mon-fri")
    assert decided(Purpose.MARKETING, person(), off, SATURDAY, valid_until=SATURDAY + DAY) == ("skip", "day-off", None)


def test_a_business_that_never_opens_sends_nothing_unasked() -> None:
    shut = rules(closed=[(NOON + number * DAY).date().isoformat() for number in range(500)])
    assert decided(Purpose.MARKETING, person(), shut) == ("skip", "day-off", None)
    assert decided(Purpose.SERVICE, person(), shut)[0] == "send"


def test_a_cap_that_ends_at_night_waits_for_the_morning() -> None:
    says = rules("21:00-09:00", marketing=[cap(1, 1)])
    sent = [Told("marketing", NOON.replace(hour=22) - DAY, 5)]
    held = policy.decide(Purpose.MARKETING, person(), says, now=NOON, sent=sent)
    morning = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    assert (held.verdict, held.until, held.by) == ("wait", morning, None if held.reason == "quiet-hours" else 5)


def test_everything_unasked_is_counted_together() -> None:
    says = rules(all=[cap(1, 1), cap(3, 7)])
    survey = [Told("survey", NOON - DAY / 2, 8), Told("service", NOON)]
    held = policy.decide(Purpose.MARKETING, person(), says, now=NOON, sent=survey)
    assert held == Decision("wait", "cap", NOON + DAY / 2, Limit("all", 1, 86400), by=8)
    week = [Told("survey", NOON - number * DAY, number) for number in (2, 4, 6)]
    held = policy.decide(Purpose.SURVEY, person(), says, now=NOON, sent=week)
    assert (held.until, held.limit) == (NOON + DAY, Limit("all", 3, 7 * 86400))
    assert decided(Purpose.SERVICE, person(), says, sent=survey)[0] == "send"


def test_of_several_caps_the_one_that_holds_longest_decides() -> None:
    says = rules(marketing=[cap(1, 1), cap(2, 30)])
    sent = [Told("marketing", NOON - 10 * DAY), Told("marketing", NOON - DAY / 2)]
    assert decided(Purpose.MARKETING, person(), says, sent=sent) == ("wait", "cap", NOON + 20 * DAY)


def test_how_far_back_is_looked_is_as_far_as_any_cap_reaches() -> None:
    says = rules(all=[cap(1, 7)], marketing=[cap(1, 1, gap=20)], service=[cap(1, 2)])
    assert policy.horizon(says, Purpose.MARKETING, 0) == 20 * DAY
    assert policy.horizon(says, Purpose.SURVEY, 0) == 7 * DAY
    assert policy.horizon(says, Purpose.SURVEY, 2) == 28 * DAY
    assert policy.horizon(says, Purpose.SERVICE, 2) == 2 * DAY
    assert policy.horizon(rules(), Purpose.MARKETING, 0) == timedelta(0)


# ------------------------------------------------------------------------------------------------- who has the last place


def among(mine: Due, *others: Due, who: Person | None = None, says: Policy | None = None) -> Decision:
    return policy.decide_among(mine, others, who or person(), says or rules(all=[cap(1, 1)]), now=NOON)


def test_the_more_valuable_takes_the_last_place_and_the_other_looks_again() -> None:
    advert = Due(Purpose.MARKETING, value=1, due_at=NOON, id=1)
    survey = Due(Purpose.SURVEY, value=5, due_at=NOON, id=2)
    assert among(survey, advert).verdict == "send"
    held = among(advert, survey)
    assert held == Decision("wait", "outdone", NOON + policy.LOOK_AGAIN, Limit("all", 1, 86400), by=2)


def test_what_would_be_of_no_use_when_it_looks_again_lapses_and_names_who_took_its_place() -> None:
    advert = Due(Purpose.MARKETING, valid_until=NOON + timedelta(minutes=5), due_at=NOON, id=1)
    held = among(advert, Due(Purpose.SURVEY, value=5, due_at=NOON, id=2))
    assert (held.verdict, held.reason, held.by) == ("skip", "cap", 2)


def test_of_equal_value_the_earlier_goes_and_then_the_elder() -> None:
    early = Due(Purpose.MARKETING, due_at=NOON - DAY, id=9)
    late = Due(Purpose.MARKETING, due_at=NOON, id=1)
    assert (among(early, late).verdict, among(late, early).verdict) == ("send", "wait")
    elder = Due(Purpose.MARKETING, due_at=NOON, id=0)
    assert (among(elder, late).verdict, among(late, elder).verdict) == ("send", "wait")


def test_where_there_is_room_for_both_nobody_waits() -> None:
    advert = Due(Purpose.MARKETING, due_at=NOON, id=1)
    survey = Due(Purpose.SURVEY, value=5, due_at=NOON, id=2)
    assert among(advert, survey, says=rules(all=[cap(2, 1)])).verdict == "send"


def test_nobody_waits_for_what_cannot_leave_itself() -> None:
    """A topic that was refused, or a cap of its own, takes no place from others."""
    advert = Due(Purpose.MARKETING, due_at=NOON, id=1)
    refused = Due(Purpose.SURVEY, topic="sales", value=9, due_at=NOON, id=2)
    picky = person(topics_off=frozenset({"sales"}))
    assert among(advert, refused, who=picky).verdict == "send"
    none = rules(all=[cap(1, 1)], survey=[cap(0, 1)])
    assert among(advert, Due(Purpose.SURVEY, value=9, due_at=NOON, id=2), says=none).verdict == "send"


def test_answers_compete_with_nobody() -> None:
    assert among(Due(Purpose.ANSWER), Due(Purpose.SURVEY, value=9, due_at=NOON, id=2)).verdict == "send"


def test_what_was_sent_is_named_in_what_is_stored() -> None:
    held = Decision("wait", "cap", NOON, Limit("all", 1, 86400), by=4)
    assert held.to_json() == {
        "verdict": "wait",
        "reason": "cap",
        "until": NOON.isoformat(),
        "limit": ["all", 1, 86400],
        "by": 4,
    }
