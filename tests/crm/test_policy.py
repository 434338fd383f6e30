"""The contact policy: nothing in quiet hours, nothing without consent, never more than the cap; and it says why."""

# ruff: noqa: DTZ001 - local times without a zone are what is tested
from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm import policy
from crm.playbook import Cap, Policy
from crm.playbook_types import Span
from crm.policy import Decision, Limit, Person, Told
from crm.purposes import Purpose

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
# The hours and half hours of clocks, and the nights on which they change.
ZONES = (
    "UTC",
    "Europe/Berlin",
    "Europe/Kyiv",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Asia/Almaty",
    "Asia/Kathmandu",
    "America/St_Johns",
    "America/Nuuk",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)
ASKING = (Purpose.SERVICE, Purpose.SURVEY, Purpose.MARKETING)


def person(
    zone: str = "UTC", *, reachable: bool = True, spam: bool = False, consents: Mapping[str, bool] | None = None
) -> Person:
    agreed = {"marketing": True, "survey": True} if consents is None else consents
    return Person(ZoneInfo(zone), reachable, spam, agreed)


def rules(hours: str | None = "21:00-09:00", **said: Any) -> Policy:
    """A policy with no caps and no days off but those that are said."""
    nothing: dict[str, Any] = {"all": (), "service": (), "survey": (), "marketing": ()}
    return Policy.model_validate({**nothing, **said, "quiet_hours": Span.parse(hours) if hours else None})


def cap(most: int, per: timedelta, gap: timedelta = timedelta(0)) -> Cap:
    return Cap(max=most, per=per, gap=gap)


clocks = st.times().map(lambda at: at.replace(microsecond=0, tzinfo=None))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))


def test_answers_and_alerts_ask_nobody() -> None:
    nobody = person(reachable=False, spam=True, consents={"survey": False})
    for purpose in (Purpose.ANSWER, Purpose.STAFF):
        assert policy.decide(purpose, nobody, rules(), now=NIGHT).verdict == "send"


@pytest.mark.parametrize(
    ("who", "reason"), [(person(reachable=False), "unreachable"), (person(spam=True), "spam")], ids=["away", "spam"]
)
@pytest.mark.parametrize("purpose", ASKING)
def test_who_cannot_be_reached_or_is_spam_gets_nothing(purpose: Purpose, who: Person, reason: str) -> None:
    assert policy.decide(purpose, who, rules(), now=NOON) == Decision("skip", reason)


@pytest.mark.parametrize(
    ("purpose", "word", "verdict"),
    [
        (Purpose.SERVICE, None, "send"),
        (Purpose.SERVICE, False, "send"),
        (Purpose.SURVEY, None, "send"),
        (Purpose.SURVEY, True, "send"),
        (Purpose.SURVEY, False, "skip"),
        (Purpose.MARKETING, None, "skip"),
        (Purpose.MARKETING, False, "skip"),
        (Purpose.MARKETING, True, "send"),
    ],
)
def test_advertising_needs_a_yes_a_survey_no_no_and_service_neither(
    purpose: Purpose, word: bool | None, verdict: str
) -> None:
    consents = {} if word is None else {purpose.value: word}
    assert policy.decide(purpose, person(consents=consents), rules(), now=NOON).verdict == verdict


def test_quiet_hours_hold_a_message_until_they_are_over() -> None:
    held = policy.decide(Purpose.SERVICE, person(), rules(), now=NIGHT)
    assert held == Decision("wait", "quiet-hours", MORNING)
    assert policy.decide(Purpose.SERVICE, person(), rules(), now=MORNING).verdict == "send"


def test_a_visits_reminder_that_would_come_too_late_leaves_in_the_night() -> None:
    soon = MORNING - timedelta(hours=1)
    assert policy.decide(Purpose.SERVICE, person(), rules(), now=NIGHT, valid_until=soon) == Decision(
        "send", "no-use-later"
    )


@pytest.mark.parametrize("purpose", [Purpose.SURVEY, Purpose.MARKETING])
def test_what_nobody_asked_for_is_skipped_rather_than_sent_at_night(purpose: Purpose) -> None:
    soon = MORNING - timedelta(hours=1)
    assert policy.decide(purpose, person(), rules(), now=NIGHT, valid_until=soon) == Decision("skip", "quiet-hours")


def test_a_message_of_no_use_any_more_is_skipped() -> None:
    assert policy.decide(Purpose.SERVICE, person(), rules(), now=NOON, valid_until=NOON) == Decision("skip", "too-late")


def test_a_cap_of_none_at_all_skips_instead_of_waiting() -> None:
    none = rules(None, marketing=cap(0, timedelta(days=1)))
    held = policy.decide(Purpose.MARKETING, person(), none, now=NOON)
    assert held == Decision("skip", "cap", limit=Limit("marketing", 0, 86400))


def test_the_cap_holds_even_for_what_quiet_hours_may_not_hold() -> None:
    """One service message an hour: the second is not sent because the night would make it useless."""
    strict = rules(service=cap(1, timedelta(hours=1)))
    sent = [Told("service", NIGHT - timedelta(minutes=10), 7)]
    soon = NIGHT + timedelta(minutes=90)
    held = policy.decide(Purpose.SERVICE, person(), strict, now=NIGHT, valid_until=soon, sent=sent)
    assert held == Decision("wait", "cap", NIGHT + timedelta(minutes=50), Limit("service", 1, 3600), by=7)


def test_what_the_cap_holds_past_its_use_is_skipped_for_that_reason() -> None:
    strict = rules(None, survey=cap(1, timedelta(days=30)))
    sent = [Told("survey", NOON - timedelta(days=1))]
    later = NOON + timedelta(days=7)
    held = policy.decide(Purpose.SURVEY, person(), strict, now=NOON, valid_until=later, sent=sent)
    assert (held.verdict, held.reason, held.until) == ("skip", "cap", None)


def test_the_gap_between_two_messages_is_kept() -> None:
    spaced = rules(None, marketing=cap(3, timedelta(days=30), timedelta(days=3)))
    sent = [Told("marketing", NOON - timedelta(days=1))]
    held = policy.decide(Purpose.MARKETING, person(), spaced, now=NOON, sent=sent)
    assert held == Decision("wait", "gap", NOON + timedelta(days=2), Limit("marketing", 1, 3 * 86400))


def test_each_purpose_is_counted_by_itself() -> None:
    strict = rules(None, marketing=cap(1, timedelta(days=30)))
    sent = [Told("service", NOON), Told("survey", NOON)]
    assert policy.decide(Purpose.MARKETING, person(), strict, now=NOON, sent=sent).verdict == "send"


def test_equal_ends_are_no_quiet_hours() -> None:
    for hour in range(24):
        assert policy.quiet_until(Span(time(9), time(9)), ZoneInfo("UTC"), NOON + timedelta(hours=hour)) is None


@settings(max_examples=1000)
@given(now=moments, zone=st.sampled_from(ZONES), start=clocks, end=clocks)
@example(datetime(2026, 10, 25, 0, 10, tzinfo=UTC), "Europe/Berlin", time(2, 0), time(2, 30))
@example(datetime(2026, 10, 25, 1, 10, tzinfo=UTC), "Europe/Berlin", time(2, 0), time(2, 30))
@example(datetime(2026, 3, 29, 0, 45, tzinfo=UTC), "Europe/Berlin", time(21, 0), time(2, 30))
@example(datetime(2026, 4, 4, 15, 15, tzinfo=UTC), "Australia/Lord_Howe", time(1, 30), time(1, 45))
@example(datetime(2028, 3, 25, 1, 0, 1, tzinfo=UTC), "Europe/Berlin", time(2, 0, 1), time(2, 0))
def test_nothing_is_sent_in_quiet_hours_of_anybodys_zone(now: datetime, zone: str, start: time, end: time) -> None:
    """Whatever the hours and the zone: what is sent is outside, what waits is let go later and outside."""
    quiet = rules(None).model_copy(update={"quiet_hours": Span(start, end)})
    decision = policy.decide(Purpose.MARKETING, person(zone), quiet, now=now)
    at = now if decision.until is None else decision.until
    assert at == now or at > now
    # The next day at the latest, and an hour or two for a clock set forward or back; a day more where all that is open lies
    # in the hour that is skipped.
    open_for = (datetime.combine(NOON, start) - datetime.combine(NOON, end)) % timedelta(days=1)
    assert at - now <= timedelta(hours=26) + (timedelta(days=1) if open_for <= timedelta(hours=1) else timedelta(0))
    local = at.astimezone(ZoneInfo(zone)).time()
    inside = start != end and (start <= local < end if start < end else local >= start or local < end)
    assert not inside
    assert (decision.verdict == "send") == (at == now)


def test_a_hundred_thousand_instants_of_all_zones_have_none_inside_the_night() -> None:
    chance = random.Random(20261124)
    night = rules("21:00-09:00")
    people = [person(zone) for zone in ZONES]
    inside = 0
    for _ in range(100_000):
        one = chance.choice(people)
        now = NOON + timedelta(minutes=chance.randrange(3 * 366 * 24 * 60))
        decision = policy.decide(Purpose.SERVICE, one, night, now=now)
        local = (decision.until or now).astimezone(one.zone).time()
        inside += not time(9) <= local < time(21)
    assert inside == 0


@settings(max_examples=40)
@given(
    most=st.integers(1, 4),
    per=st.integers(1, 240),
    gap=st.integers(0, 72),
    wishes=st.lists(st.integers(0, 30 * 24 * 60), min_size=1, max_size=60),
    zone=st.sampled_from(ZONES),
)
def test_the_cap_is_never_passed_in_a_month_whatever_is_wished(
    most: int, per: int, gap: int, wishes: list[int], zone: str
) -> None:
    """Each wish is tried when it is due and again whenever it was told to wait: as delivery does."""
    limit = cap(most, timedelta(hours=per), timedelta(hours=gap))
    strict = rules("22:00-07:30", marketing=limit)
    waiting = sorted(NOON + timedelta(minutes=minute) for minute in wishes)
    sent: list[datetime] = []
    while waiting:
        now = waiting.pop(0)
        past = [Told("marketing", at) for at in sent]
        decision = policy.decide(Purpose.MARKETING, person(zone), strict, now=now, sent=past)
        assert decision.verdict != "skip"
        if decision.verdict == "send":
            sent.append(now)
            continue
        assert decision.until is not None
        assert decision.until > now
        waiting = sorted([*waiting, decision.until])
    assert len(sent) == len(wishes)
    for place, at in enumerate(sent):
        assert sum(at - limit.per < other <= at for other in sent) <= most
        if place:
            assert at - sent[place - 1] >= limit.gap


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400), timedelta(hours=-3)])
def test_a_clock_that_jumps_neither_breaks_a_decision_nor_passes_the_cap(jump: timedelta) -> None:
    """After a jump back what was sent lies in the future: it still counts."""
    strict = rules(None, marketing=cap(1, timedelta(days=30)))
    decision = policy.decide(Purpose.MARKETING, person(), strict, now=NOON + jump, sent=[Told("marketing", NOON)])
    assert decision.verdict == ("send" if jump > timedelta(days=30) else "wait")


def test_a_decision_says_why_as_it_is_stored() -> None:
    held = policy.decide(Purpose.SERVICE, person(), rules(), now=NIGHT)
    assert held.to_json() == {"verdict": "wait", "reason": "quiet-hours", "until": MORNING.isoformat()}
    assert Decision("send").to_json() == {"verdict": "send", "reason": "ok"}
