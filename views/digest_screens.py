"""The morning digest: what the day holds for one of the team, what slipped, and for the owner how the team did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from locales import Words
from views import answered
from views.answered import Asked
from views.lists import Job
from views.messages import Button, Screen
from views.money import money
from views.staff_names import Reader, Who, age, called, escaped, fitted, label

LONGEST: Final = 3_800
"""UTF-16 units: less than Telegram takes, so that the last line is never the one that breaks it."""
CARDS: Final = 4
"""People with a button of their own."""


@dataclass(frozen=True, slots=True)
class Booked:
    """A visit as the digest names it; `asked` is what it was booked with."""

    at: datetime
    who: Who
    asked: Asked
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Untaken:
    """A request that waits for somebody to take it."""

    number: int
    who: Who
    since: datetime


@dataclass(frozen=True, slots=True)
class Hands:
    """What one of the team has on their hands."""

    name: str
    requests: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Team:
    """Yesterday in figures, and everybody's load. `spent` in minor units."""

    created: int
    done: int
    lost: int
    purchases: int
    spent: int
    currency: str
    hands: tuple[Hands, ...]


@dataclass(frozen=True, slots=True)
class Morning:
    """Each list is the beginning of what there is; the figure beside it is how much that is."""

    day: date
    tasks: Sequence[Job]
    tasks_all: int
    slipped: Sequence[Job]
    slipped_all: int
    visits: Sequence[Booked]
    visits_all: int
    birthdays: Sequence[Who]
    birthdays_all: int
    untaken: Sequence[Untaken]
    untaken_all: int
    late_hours: int
    team: Team | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether the day holds nothing for this one. Figures of the team alone are worth a message when there are
        any."""
        team = self.team
        quiet = team is None or not (
            team.created or team.done or team.lost or team.purchases or any(one.overdue for one in team.hands)
        )
        counted = self.tasks_all + self.slipped_all + self.visits_all + self.birthdays_all + self.untaken_all
        return quiet and not counted


def screen(reader: Reader, morning: Morning, *, on: bool) -> Screen:
    """The digest. `on`: whether it comes by itself every working morning, which a button changes."""
    words = reader.words
    lines = [f"☀️ <b>{words.day(morning.day, today=reader.now.astimezone(reader.zone).date())}</b>"]
    if morning.says_nothing:
        lines.append(words("digest-nothing"))
    lines += _tasks(reader, morning)
    lines += _section(
        "📅", words("digest-visits", count=morning.visits_all), [_visit(reader, one) for one in morning.visits]
    )
    born = escaped(words.listed([called(words, one, most=40) for one in morning.birthdays]))
    more = morning.birthdays_all - len(morning.birthdays)
    lines += _section(
        "🎂", words("digest-birthdays", count=morning.birthdays_all), [f"{born} +{more}" if more else born]
    )
    heading = words("digest-untaken", count=morning.untaken_all, hours=morning.late_hours)
    lines += _section("📥", heading, [_untaken(reader, one) for one in morning.untaken])
    if morning.team is not None:
        lines += _team(words, morning.team)
    return Screen("\n".join(fitted(lines, most=LONGEST)), _buttons(words, morning, on=on), protect=True)


def switched(reader: Reader, *, on: bool, at: str) -> Screen:
    """It comes again, or comes no more."""
    words = reader.words
    if on:
        return Screen(words("digest-on-again", clock=at), ((Button(words.plain("digest-off"), "digest:off"),),))
    return Screen(words("digest-off-now"), ((Button(words.plain("digest-on"), "digest:on"),),))


def _tasks(reader: Reader, morning: Morning) -> list[str]:
    words = reader.words
    today = [f"{words.clock(job.due_at.astimezone(reader.zone).time())} {_job(words, job)}" for job in morning.tasks]
    slipped = [f"{words.moment(job.due_at, reader.zone, now=reader.now)} {_job(words, job)}" for job in morning.slipped]
    return [
        *_section("⏰", words("digest-tasks", count=morning.tasks_all), today),
        *_section("❗", words("digest-slipped", count=morning.slipped_all), slipped),
    ]


def _section(sign: str, heading: str, lines: Sequence[str]) -> list[str]:
    """A heading and its lines; nothing where there is none."""
    return ["", f"{sign} <b>{heading}</b>", *lines] if lines and any(lines) else []


def _job(words: Words, job: Job) -> str:
    about = f" · {escaped(called(words, job.who, most=40))}" if job.who is not None else ""
    return f"{escaped(answered.cut(' '.join(job.text.split()), 80))}{about}"


def _visit(reader: Reader, one: Booked) -> str:
    sign = "✅ " if one.confirmed else ""
    clock = reader.words.clock(one.at.astimezone(reader.zone).time())
    booked = answered.chosen(reader.words, one.asked, now=reader.now) or answered.title(reader.words, one.asked)
    what = escaped(answered.cut(booked, 60))
    return f"{sign}{clock} {what} · {escaped(called(reader.words, one.who, most=40))}"


def _untaken(reader: Reader, one: Untaken) -> str:
    name = escaped(called(reader.words, one.who, most=40))
    return f"№ {one.number} {name} · {age(reader.words, one.since, reader.now)}"


def _team(words: Words, team: Team) -> list[str]:
    lines = [words("digest-requests", created=team.created, done=team.done, lost=team.lost)]
    if team.purchases:
        total = money(team.spent, team.currency, words.language)
        lines.append(words("digest-purchases", count=team.purchases, total=total))
    lines += [
        words("digest-hands", name=answered.cut(one.name, 40), requests=one.requests, overdue=one.overdue)
        for one in team.hands
        if one.requests or one.overdue
    ]
    return _section("📊", words("digest-team"), lines)


def _buttons(words: Words, morning: Morning, *, on: bool) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    first: list[Button] = []
    if morning.tasks_all or morning.slipped_all:
        first.append(Button(words.plain("task-all"), "tasks:0"))
    if morning.untaken_all:
        first.append(Button(words.plain("door-open-queue"), "queue:0:new"))
    if first:
        rows.append(tuple(first))
    rows += [(Button(f"🎂 {label(called(words, one))}", f"card:{one.id}"),) for one in morning.birthdays[:CARDS]]
    rows.append(
        (Button(words.plain("digest-off"), "digest:off"),) if on else (Button(words.plain("digest-on"), "digest:on"),)
    )
    return tuple(rows)
