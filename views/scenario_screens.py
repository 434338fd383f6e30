"""Scenarios as the team reads them: the list, one with what it brought, and who gets what in the next days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from crm.playbook_sales import Percent
from crm.playbook_scenarios import Goal, Scenario
from crm.scenario_effects import Effect, Group
from crm.scenario_triggers import Trigger
from locales import Words
from views import answered
from views.messages import Button, Screen
from views.money import money
from views.staff_names import Reader, escaped

DAYS_SHOWN: Final = 14
_REASONS: Final = frozenset(
    {
        *("catch-up", "too-late", "unreachable", "no-consent", "cap", "gap", "segment", "exit", "undone", "dropped"),
        *("quiet-hours", "paused", "topic", "not-wanted", "day-off", "spam", "surveyed"),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """A scenario in the list."""

    scenario: Scenario
    is_paused: bool
    entered: int
    sent: int


@dataclass(frozen=True, slots=True)
class First:
    """One of those who come first: when, what, and who."""

    due: datetime
    title: str
    name: str


def title(words: Words, scenario: Scenario) -> str:
    """What a scenario is called: the owner's title, or its id. Plain."""
    return scenario.title.say(words.language) if scenario.title is not None else scenario.id


def listed(reader: Reader, lines: Sequence[Line]) -> Screen:
    words = reader.words
    if not lines:
        return Screen(words("scenario-none"))
    text = [words("scenario-list")]
    for one in lines:
        mark = "⏸" if one.is_paused else "▶️"
        text.append(
            words(
                "scenario-line",
                mark=mark,
                title=title(words, one.scenario),
                trigger=begun_by(words, one.scenario.trigger),
                entered=one.entered,
                sent=one.sent,
            )
        )
    rows = [(Button(answered.cut(title(words, one.scenario), 40), f"scen:{one.scenario.id}"),) for one in lines]
    rows.append((Button(words.plain("scenario-coming"), "scensoon"),))
    return Screen("\n\n".join(text), tuple(rows))


def page(
    reader: Reader,
    scenario: Scenario,
    effect: Effect,
    goal: Goal,
    *,
    paused_at: datetime | None,
    currency: str,
    may_pause: bool,
) -> Screen:
    words = reader.words
    lines = [
        f"<b>{escaped(title(words, scenario))}</b>",
        words("scenario-begins", trigger=begun_by(words, scenario.trigger)),
    ]
    if scenario.segment:
        lines.append(words("scenario-for", segment=scenario.segment))
    if paused_at is not None:
        lines.append(words("scenario-paused", at=words.moment(paused_at, reader.zone, now=reader.now)))
    counts = [words("scenario-counts", entered=effect.treated.entered, sent=effect.treated.sent, active=effect.active)]
    counts += [words("scenario-spared", count=sum(effect.spared.values()))] if effect.spared else []
    counts += [_reason(words, reason, number) for reason, number in _most(effect.spared)]
    counts += [words("scenario-left", count=sum(effect.left.values()))] if effect.left else []
    counts += [_reason(words, reason, number) for reason, number in _most(effect.left)]
    parts = ["\n".join(lines), "\n".join(counts), "\n".join(_result(words, effect, goal, scenario.holdout, currency))]
    rows: list[tuple[Button, ...]] = []
    if may_pause:
        rows.append(
            (Button(words.plain("scenario-resume" if paused_at else "scenario-pause"), f"scenrest:{scenario.id}"),)
        )
    rows.append((Button("‹ " + words.plain("scenario-back"), "scens"),))
    return Screen("\n\n".join(parts), tuple(rows))


def coming(
    reader: Reader,
    counts: Mapping[tuple[date, str], int],
    titles: Mapping[str, str],
    first: Sequence[First],
    *,
    days: int,
    more: bool,
) -> Screen:
    """Who gets what in the next days."""
    words, today = reader.words, reader.now.astimezone(reader.zone).date()
    back = ((Button("‹ " + words.plain("scenario-back"), "scens"),),)
    if not counts:
        return Screen(words("scenario-coming-none", days=days), back)
    lines = [words("scenario-coming-title", days=days, count=sum(counts.values()))]
    dates = sorted({day for day, _ in counts})
    told = []
    for day in dates[:DAYS_SHOWN]:
        those = sorted((titles[name], number) for (on, name), number in counts.items() if on == day and name in titles)
        what = ", ".join(f"{escaped(name)} {number}" for name, number in those)
        told.append(f"{escaped(words.day(day, today=today))}: {what}")
    if len(dates) > DAYS_SHOWN:
        told.append(words("scenario-coming-days", count=len(dates) - DAYS_SHOWN))
    lines.append("\n".join(told))
    lines.append(
        "\n".join(
            [words("scenario-coming-first")]
            + [
                words(
                    "scenario-coming-one",
                    at=words.moment(one.due, reader.zone, now=reader.now),
                    title=one.title,
                    name=answered.cut(one.name, 40),
                )
                for one in first
            ]
        )
    )
    lines.append(words("scenario-coming-more") if more else words("scenario-coming-note"))
    return Screen("\n\n".join(lines), back, protect=True)


def begun_by(words: Words, trigger: Trigger) -> str:
    """What begins a scenario, in words. Plain."""
    if trigger.kind == "silence":
        return words.plain("scenario-on-silence", long=length(words, trigger.length))
    if trigger.calendar is not None:
        what = words.plain("scenario-on-calendar", text=trigger.calendar.text)
    elif trigger.kind == "holiday":
        assert trigger.month_day is not None
        month, day = trigger.month_day
        what = words.birthday(f"--{month:02}-{day:02}")
    else:
        what = words.plain(f"scenario-on-{trigger.kind}", what=trigger.what or "no")
    # keys: scenario-on-first_purchase scenario-on-last_purchase scenario-on-purchase scenario-on-request_created
    # keys: scenario-on-request_done scenario-on-request_lost scenario-on-form_abandoned scenario-on-tag
    # keys: scenario-on-status scenario-on-birthday scenario-on-child_birthday scenario-on-anniversary scenario-on-date
    # keys: scenario-on-visit
    if not trigger.offset:
        return what
    key = "scenario-after" if trigger.offset > timedelta(0) else "scenario-before"
    return words.plain(key, long=length(words, abs(trigger.offset)), what=what)


def length(words: Words, long: timedelta) -> str:
    """«10 дней», «2 часа», «30 минут»: in the largest unit that says it to the end. Plain."""
    minutes = int(long.total_seconds() // 60)
    for unit, size in (("days", 1440), ("hours", 60), ("minutes", 1)):
        if minutes % size == 0:
            return words.plain("scenario-length", unit=unit, count=minutes // size)
    raise AssertionError("a minute divides every length")


def _result(words: Words, effect: Effect, goal: Goal, holdout: Percent | None, currency: str) -> list[str]:
    lines = [words("scenario-goal", goal=goal.deed, within=length(words, goal.within))]
    lines.append(words("scenario-treated", **_group(words, effect.treated, currency)))
    if not effect.watched.entered:
        if holdout is None:
            return [*lines, words("scenario-no-holdout")]
        return [*lines, words("scenario-nobody-watched", share=words.number(float(100 * holdout.share)))]
    lines.append(words("scenario-watched", **_group(words, effect.watched, currency)))
    better = {True: "more", False: "less", None: "chance"}[effect.better]
    lines.append(words(f"scenario-{better}"))  # keys: scenario-more scenario-less scenario-chance
    if effect.gained is not None and effect.better:
        lines.append(words("scenario-gained", sum=money(round(effect.gained), currency, words.language)))
    return lines


def _group(words: Words, group: Group, currency: str) -> dict[str, object]:
    return {
        "count": group.entered,
        "reached": group.reached,
        "share": words.number(round(100 * group.share.rate, 1)),
        "revenue": money(group.revenue, currency, words.language),
    }


def _most(reasons: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(reasons.items(), key=lambda one: (-one[1], one[0]))[:5]


def _reason(words: Words, reason: str, number: int) -> str:
    known = reason if reason in _REASONS else "other"
    return words("scenario-reason", why=words.plain(f"scenario-why-{known}"), count=number)
    # keys: scenario-why-catch-up scenario-why-too-late scenario-why-unreachable scenario-why-no-consent scenario-why-cap
    # keys: scenario-why-gap scenario-why-segment scenario-why-exit scenario-why-undone scenario-why-dropped
    # keys: scenario-why-quiet-hours scenario-why-paused scenario-why-topic scenario-why-not-wanted scenario-why-day-off
    # keys: scenario-why-spam scenario-why-surveyed scenario-why-other
