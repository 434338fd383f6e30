"""How a rule of repeating is said back, as it was understood: «раз в 2 недели, по пятницам в 15:00»."""

from __future__ import annotations

from crm.repeats import LAST_DAY, WEEKEND, WORKDAYS, Repeat
from locales import Words

_SHORTEST_MONTH = 28
_LEAP_DAY = 229


def phrase(words: Words, text: str) -> str:
    """The rule in words, with what becomes of days that not every month or year has. Plain."""
    rule = Repeat.from_text(text)
    said = _said(words, rule)
    if rule.clock is not None:
        said = words.plain("repeat-at", rule=said, clock=words.clock(rule.clock))
    if rule.unit == "m" and any(_SHORTEST_MONTH < day < LAST_DAY for day in rule.days):
        return f"{said} {words.plain('repeat-short-months')}"
    if rule.unit == "y" and _LEAP_DAY in rule.days:
        return f"{said} {words.plain('repeat-common-years')}"
    return said


def _said(words: Words, rule: Repeat) -> str:
    if rule.unit == "d" or not rule.days:
        key = {"d": "repeat-day", "w": "repeat-weeks", "m": "repeat-months", "y": "repeat-years"}[rule.unit]
        return words.plain(key, count=rule.every)
    if rule.unit == "w":
        return words.plain("repeat-week", count=rule.every, days=_weekdays(words, rule.days))
    if rule.unit == "m":
        days = words.listed([_day(words, day) for day in rule.days])
        return words.plain("repeat-month", count=rule.every, days=days)
    days = words.listed([words.birthday(f"--{day // 100:02}-{day % 100:02}") for day in rule.days])
    return words.plain("repeat-year", count=rule.every, days=days)


def _day(words: Words, day: int) -> str:
    return words.plain("repeat-last-day") if day == LAST_DAY else words.plain("repeat-day-of-month", day=str(day))


def _weekdays(words: Words, days: tuple[int, ...]) -> str:
    if days == WORKDAYS:
        return words.plain("repeat-workdays")
    if days == WEEKEND:
        return words.plain("repeat-weekend")
    return words.plain("repeat-on", days=words.listed([words.plain(f"repeat-weekday-{day}") for day in days]))
