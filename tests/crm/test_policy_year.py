"""A year of any policy, person and messages: whatever is wished, nothing leaves that should not, the more valuable goes
first, and everything is sent or has a reason."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm import policy
from crm.playbook import Policy
from crm.playbook_types import Span
from crm.policy import Due, Person, Told
from crm.purposes import Purpose

START = datetime(2027, 7, 1, tzinfo=UTC)  # so that the 29th of February is in the year
DAY = timedelta(days=1)
ZONES = (
    *("UTC", "Europe/Berlin", "Europe/Kyiv", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Almaty", "Asia/Kathmandu"),
    *("America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago"),
)
PURPOSES = (Purpose.SERVICE, Purpose.SURVEY, Purpose.MARKETING, Purpose.MARKETING)
TOPICS = (None, "news", "sales")
REASONS = {
    *("too-late", "no-consent", "topic-off", "paused", "quiet-hours", "day-off", "cap", "gap", "unreachable", "spam"),
}


@dataclass
class Year:
    """One person under one policy, and what becomes of the messages to them."""

    person: Person
    rules: Policy
    waiting: list[Due]
    sent: list[tuple[datetime, Due, str]] = field(default_factory=list)
    spared: list[tuple[Due, str]] = field(default_factory=list)


def hours(chance: random.Random) -> Span:
    """Quiet hours that leave some of the day."""
    start = chance.randrange(24)
    return Span(time(start, chance.choice((0, 30))), time((start + chance.randrange(1, 20)) % 24, 15))


def caps(chance: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "max": chance.randrange(1, 5),
            "per": chance.choice((1, 3, 7, 30)) * DAY,
            "gap": chance.choice((0, 0, 1)) * DAY,
        }
        for _ in range(chance.randrange(3))
    ]


def any_policy(chance: random.Random) -> Policy:
    return Policy.model_validate(
        {
            "quiet_hours": hours(chance) if chance.random() < 0.8 else None,
            "all": caps(chance),
            "service": caps(chance) if chance.random() < 0.2 else (),
            "survey": caps(chance),
            "marketing": caps(chance),
            "working_days": chance.choice(("mon-sun", "mon-fri", "mon-sat", "tue,thu")),
            "closed": chance.sample(["01-01", "02-29", "2027-12-31", "07-15", "2027-08-24"], chance.randrange(4)),
        }
    )


def anybody(chance: random.Random) -> Person:
    return Person(
        zone=ZoneInfo(chance.choice(ZONES)),
        reachable=True,
        spam=False,
        consents={"marketing": chance.random() < 0.9, "survey": chance.random() < 0.9},
        quiet=hours(chance) if chance.random() < 0.3 else None,
        topics_off=frozenset({"sales"} if chance.random() < 0.3 else ()),
        fewer=chance.choice((0, 0, 0, 1, 2)),
        paused_until=START + chance.randrange(300) * DAY if chance.random() < 0.2 else None,
    )


def wishes(chance: random.Random) -> list[Due]:
    """Messages of all kinds; many are due at once, as campaigns and mornings make them."""
    made = []
    for number in range(chance.randrange(20, 120)):
        due = START + chance.randrange(366) * DAY + chance.choice((9, 9, 12, 22)) * timedelta(hours=1)
        valid = due + chance.choice((3, 12, 48, 24 * 14)) * timedelta(hours=1) if chance.random() < 0.5 else None
        purpose, topic = chance.choice(PURPOSES), chance.choice(TOPICS)
        made.append(Due(purpose, topic, valid, chance.randrange(4), due, number + 1))
    return made


def live(year: Year) -> None:
    """As delivery does: what is due is judged, the most urgent first, and comes back when it was told to."""
    looks = 0
    while year.waiting:
        looks += 1
        assert looks < 20_000, "the messages hand each other on for ever"
        now = min(one.due_at or START for one in year.waiting)
        due = [one for one in year.waiting if one.due_at is not None and one.due_at <= now]
        mine = min(due, key=lambda one: (one.purpose.priority, one.id))
        year.waiting.remove(mine)
        told = [Told(one.purpose.value, at, one.id) for at, one, _ in year.sent]
        others = [one for one in due if one is not mine]
        decision = policy.decide_among(mine, others, year.person, year.rules, now=now, sent=told)
        if decision.verdict == "send":
            check_place(year, mine, others, told, now)
            year.sent.append((now, mine, decision.reason))
        elif decision.verdict == "skip":
            year.spared.append((mine, decision.reason))
        else:
            assert decision.until is not None
            assert decision.until > now
            assert mine.valid_until is None or decision.until < mine.valid_until
            year.waiting.append(mine._replace(due_at=decision.until))


def check_place(year: Year, mine: Due, others: list[Due], told: list[Told], now: datetime) -> None:
    """Whatever is worth more, and could leave now, can still leave after this one."""

    def alone(one: Due, sent: list[Told]) -> str:
        valid = {"valid_until": one.valid_until, "topic": one.topic}
        return policy.decide(one.purpose, year.person, year.rules, now=now, sent=sent, **valid).verdict  # type: ignore[arg-type]

    after = [*told, Told(mine.purpose.value, now, mine.id)]
    for other in others:
        if other.value > mine.value and alone(other, told) == "send":
            assert alone(other, after) == "send", f"{mine} took the place of {other}"


def check(year: Year) -> None:
    """What was sent, told over again without the policy's own arithmetic."""
    person, rules = year.person, year.rules
    quiet = person.quiet or rules.quiet_hours
    for at, one, reason in year.sent:
        local = at.astimezone(person.zone)
        clock = local.time().replace(tzinfo=None)
        unasked = one.purpose is not Purpose.SERVICE
        if quiet is not None and reason != "no-use-later":
            inside = quiet.start <= clock < quiet.end
            over_midnight = quiet.start > quiet.end and (clock >= quiet.start or clock < quiet.end)
            assert not inside
            assert not over_midnight
        assert one.valid_until is None or at < one.valid_until
        if not unasked:
            continue
        assert reason == "ok"
        assert local.weekday() in rules.working_days.days
        assert f"{local:%m-%d}" not in rules.closed
        assert f"{local:%Y-%m-%d}" not in rules.closed
        assert person.consents[one.purpose.value] or (one.purpose is Purpose.SURVEY and person.consents["survey"])
        assert one.topic not in person.topics_off
        assert person.paused_until is None or at >= person.paused_until
    for purpose in (Purpose.SERVICE, Purpose.SURVEY, Purpose.MARKETING):
        fewer = person.fewer if purpose is not Purpose.SERVICE else 0
        count([at for at, one, _ in year.sent if one.purpose is purpose], policy.eased(rules.caps(purpose), fewer))
    count(
        [at for at, one, _ in year.sent if one.purpose is not Purpose.SERVICE],
        policy.eased(rules.overall, person.fewer),
    )
    assert {reason for _, reason in year.spared} <= REASONS


def count(times: list[datetime], limits: Any) -> None:
    for limit in limits:
        for place, at in enumerate(times):
            assert sum(at - limit.per < other <= at for other in times) <= limit.max
            assert not place or at - times[place - 1] >= limit.gap


@pytest.mark.parametrize("seed", range(6))
def test_a_year_of_anything_keeps_every_rule(seed: int) -> None:
    chance = random.Random(20270701 + seed)
    for _ in range(12):
        year = Year(anybody(chance), any_policy(chance), wishes(chance))
        number = len(year.waiting)
        live(year)
        assert len(year.sent) + len(year.spared) == number
        check(year)
