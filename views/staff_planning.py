"""Questions of a task or a reminder in the making, and what was planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from locales import Words
from views import answered
from views.messages import Button, Screen
from views.staff_names import Reader, Who, called, escaped

Row = tuple[Button, ...]
CLOCKS: Final = ("09:00", "10:00", "12:00", "15:00", "18:00", "20:00")
"""Times offered for a day that was said without one."""


def ask_time(
    reader: Reader,
    who: Who | None,
    *,
    zone: ZoneInfo,
    half: tuple[str, str, str | None] | None,
    problem: str | None,
    params: dict[str, Any],
    reminder: bool,
) -> Screen:
    """When? What is known of it already is said, and why the last answer could not be taken."""
    words = reader.words
    # A form's own words for why a date is asked again: keys reask-date-unknown and its like, in forms.ftl.
    lines = [words(f"reask-{problem}", **params)] if problem else []
    rows: list[Row] = []
    if half is not None and half[0] == "time":
        day = words.day(date.fromisoformat(half[1]), today=reader.now.astimezone(zone).date())
        lines.append(words("plan-ask-clock", day=day))
        rows = [tuple(Button(clock, f"pclock:{clock}") for clock in CLOCKS[at : at + 3]) for at in (0, 3)]
    elif half is not None:
        lines.append(words("plan-ask-day", clock=half[1]))
    elif reminder and who is not None:
        lines.append(words("remind-ask-time", name=called(words, who)))
    else:
        lines.append(words("task-ask-time"))
    return Screen("\n\n".join(lines), (*rows, _drop(words)), protect=True)


def ask_choice(reader: Reader, choices: Sequence[str], *, zone: ZoneInfo) -> Screen:
    """Which of these was meant?"""
    words = reader.words
    rows = tuple(
        (Button(answered.moment(words, choice, zone=zone, now=reader.now), f"pwhich:{place}"),)
        for place, choice in enumerate(choices[:6])
    )
    return Screen(words("plan-ask-which"), (*rows, _drop(words)), protect=True)


def ask_text(reader: Reader, who: Who | None, at: datetime, *, zone: ZoneInfo, reminder: bool) -> Screen:
    """What about?"""
    words = reader.words
    when = words.moment(at, zone, now=reader.now)
    if reminder and who is not None:
        return Screen(words("remind-ask-text", when=when, name=called(words, who)), (_drop(words),), protect=True)
    return Screen(words("task-ask-text", when=when), (_drop(words),), protect=True)


def confirm(
    reader: Reader, who: Who, *, at: datetime, text: str, zone: ZoneInfo, held_until: datetime | None
) -> Screen:
    """What will be sent, and when, on the customer's clock and on one's own."""
    words = reader.words
    lines = [
        words("remind-confirm", name=called(words, who)),
        f"<blockquote>🔔 {escaped(text)}</blockquote>",
        words("remind-when", when=words.moment(at, zone, now=reader.now), zone=zone.key),
    ]
    if at.astimezone(zone).utcoffset() != at.astimezone(reader.zone).utcoffset():
        lines.append(words("remind-yours", when=words.moment(at, reader.zone, now=reader.now)))
    if held_until is not None:
        lines.append(words("remind-held", when=words.moment(held_until, zone, now=reader.now)))
    buttons = (
        (Button(words.plain("remind-send"), "rsend"),),
        (Button(words.plain("remind-change"), "rchange"), Button(words.plain("button-cancel"), "drop")),
    )
    return Screen("\n".join(lines), buttons, protect=True)


def planned(reader: Reader, who: Who, *, at: datetime, zone: ZoneInfo) -> Screen:
    """The reminder will leave."""
    words = reader.words
    text = words("remind-planned", name=called(words, who), when=words.moment(at, zone, now=reader.now), zone=zone.key)
    buttons = (
        (
            Button(words.plain("button-reminders", count=1), f"rems:{who.id}"),
            Button(words.plain("button-card"), f"card:{who.id}"),
        ),
    )
    return Screen(text, buttons, protect=True)


def task_kept(reader: Reader, who: Who | None, *, task_id: int, at: datetime, text: str) -> Screen:
    """The task is kept, and when it will ring."""
    words = reader.words
    when = words.moment(at, reader.zone, now=reader.now)
    return Screen(
        f"{words('task-kept', when=when)}\n{_about(words, who, text)}", _jobs(words, task_id, who), protect=True
    )


def task_rings(reader: Reader, who: Who | None, *, task_id: int, text: str) -> Screen:
    """It is due now."""
    return Screen(
        f"⏰ <b>{reader.words('task-due')}</b>\n{_about(reader.words, who, text)}",
        _jobs(reader.words, task_id, who, later=True),
        protect=True,
    )


def task_done(reader: Reader, text: str) -> Screen:
    """The message of a task that is done."""
    return Screen(f"✅ <s>{escaped(answered.cut(text, 500))}</s>\n{reader.words('task-done')}", protect=True)


def _about(words: Words, who: Who | None, text: str) -> str:
    shown = escaped(answered.cut(text, 1000))
    return f"{shown}\n👤 {escaped(called(words, who))}" if who is not None else shown


def _jobs(words: Words, task_id: int, who: Who | None, *, later: bool = False) -> tuple[Row, ...]:
    rows: list[Row] = [(Button(words.plain("task-finish"), f"tdone:{task_id}"),)]
    if later:
        rows.append(
            (
                Button(words.plain("task-hour"), f"tlater:{task_id}:hour"),
                Button(words.plain("task-tomorrow"), f"tlater:{task_id}:day"),
            )
        )
    if who is not None:
        rows.append((Button(words.plain("button-card"), f"card:{who.id}"),))
    return tuple(rows)


def _drop(words: Words) -> Row:
    return (Button(words.plain("button-cancel"), "drop"),)
