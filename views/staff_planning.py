"""Questions of a task or a reminder in the making, and what was planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import putting_off
from locales import Words, cities
from views import answered, repeat_phrases
from views.messages import Button, Screen
from views.staff_names import Reader, Who, called, escaped, label

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
        (Button(_choice(reader, choice, zone), f"pwhich:{place}"),) for place, choice in enumerate(choices[:6])
    )
    return Screen(words("plan-ask-which"), (*rows, _drop(words)), protect=True)


def _choice(reader: Reader, choice: str, zone: ZoneInfo) -> str:
    if (rule := putting_off.rule_of(choice)) is not None:
        return repeat_phrases.phrase(reader.words, rule[0])
    return answered.moment(reader.words, choice, zone=zone, now=reader.now)


def ask_text(reader: Reader, who: Who | None, at: datetime, *, zone: ZoneInfo, reminder: bool) -> Screen:
    """What about?"""
    words = reader.words
    when = words.moment(at, zone, now=reader.now)
    if reminder and who is not None:
        return Screen(words("remind-ask-text", when=when, name=called(words, who)), (_asked(words),), protect=True)
    return Screen(words("task-ask-text", when=when), (_asked(words),), protect=True)


def confirm(
    reader: Reader, who: Who, *, at: datetime, text: str, zone: ZoneInfo, held_until: datetime | None
) -> Screen:
    """What will be sent, and when, on the customer's clock and on one's own."""
    words = reader.words
    lines = [
        words("remind-confirm", name=called(words, who)),
        f"<blockquote>🔔 {escaped(text)}</blockquote>",
        words("remind-when", when=words.moment(at, zone, now=reader.now), zone=_clocks_of(words, zone)),
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
    when = words.moment(at, zone, now=reader.now)
    text = words("remind-planned", name=called(words, who), when=when, zone=_clocks_of(words, zone))
    buttons = (
        (
            Button(words.plain("button-reminders", count=1), f"rems:{who.id}"),
            Button(words.plain("button-card"), f"card:{who.id}"),
        ),
    )
    return Screen(text, buttons, protect=True)


def _clocks_of(words: Words, zone: ZoneInfo) -> str:
    return cities.city_of(zone.key, words.language)


def task_kept(
    reader: Reader, who: Who | None, *, task_id: int, at: datetime, text: str, repeat: str | None = None
) -> Screen:
    """The task is kept, when it will ring, and how it comes back: as it was understood."""
    words = reader.words
    when = words.moment(at, reader.zone, now=reader.now)
    lines = [words("task-kept", when=when), _about(words, who, text), *_repeats(words, repeat)]
    buttons = (
        (Button(words.plain("task-finish"), f"tdone:{task_id}"), Button(words.plain("task-more"), f"tsk:{task_id}")),
        *_card(words, who),
    )
    return Screen("\n".join(lines), buttons, protect=True)


def task_rings(
    reader: Reader,
    who: Who | None,
    *,
    task_id: int,
    text: str,
    at: datetime | None = None,
    repeat: str | None = None,
    by: str | None = None,
) -> Screen:
    """It is due now. `by`: who handed it over."""
    words = reader.words
    lines = [f"⏰ <b>{words('task-due')}</b>", _about(words, who, text), *_from(words, by), *_repeats(words, repeat)]
    return Screen("\n".join(lines), _jobs(reader, task_id, who, at=at), protect=True)


def task_page(
    reader: Reader,
    who: Who | None,
    *,
    task_id: int,
    at: datetime,
    text: str,
    repeat: str | None,
    by: str | None,
) -> Screen:
    """One task with all that can be done about it."""
    words = reader.words
    late = "❗ " if at <= reader.now else "⏰ "
    lines = [
        f"{late}<b>{words.moment(at, reader.zone, now=reader.now)}</b>",
        _about(words, who, text),
        *_from(words, by),
        *_repeats(words, repeat),
    ]
    rows = list(_jobs(reader, task_id, who, at=reader.now))
    if who is None:
        rows.append((Button(words.plain("task-whom"), f"twho:{task_id}"),))
    if repeat is not None:
        rows.append((Button(words.plain("task-stop"), f"tstop:{task_id}"),))
    return Screen("\n".join(lines), (*rows, (Button(words.plain("task-all"), "tasks:0"),)), protect=True)


def task_done(reader: Reader, text: str, *, next_id: int | None = None, next_at: datetime | None = None) -> Screen:
    """The message of a task that is done; of one that repeats, when it comes back."""
    words = reader.words
    lines = [f"✅ <s>{escaped(answered.cut(text, 500))}</s>"]
    if next_id is None or next_at is None:
        return Screen("\n".join([*lines, words("task-done")]), protect=True)
    lines.append(words("task-comes-back", when=words.moment(next_at, reader.zone, now=reader.now)))
    button = Button(words.plain("task-stop"), f"tstop:{next_id}")
    return Screen("\n".join(lines), ((button,),), protect=True)


def ask_whom(reader: Reader, text: str) -> Screen:
    """Whom is the task about? Words to find them by."""
    words = reader.words
    shown = escaped(answered.cut(text, 300))
    return Screen(f"{words('task-ask-whom')}\n<blockquote>{shown}</blockquote>", (_asked(words),), protect=True)


def choose_whom(reader: Reader, found: Sequence[Who], *, task_id: int) -> Screen:
    """Those the words found."""
    words = reader.words
    if not found:
        return Screen(words("task-nobody"), (_asked(words),), protect=True)
    rows = tuple((Button(label(called(words, one)), f"twhois:{task_id}:{one.id}"),) for one in found)
    return Screen(words("task-choose-whom"), (*rows, _drop(words)), protect=True)


def give_whom(reader: Reader, text: str, colleagues: Sequence[tuple[int, str]], *, task_id: int) -> Screen:
    """To whom of the team?"""
    words = reader.words
    back = (Button(words.plain("button-back"), f"tsk:{task_id}"),)
    if not colleagues:
        return Screen(words("task-nobody-else"), (back,), protect=True)
    rows = tuple((Button(label(name), f"tgiveto:{task_id}:{number}"),) for number, name in colleagues)
    shown = escaped(answered.cut(text, 300))
    return Screen(f"{words('task-give-whom')}\n<blockquote>{shown}</blockquote>", (*rows, back), protect=True)


def gave(reader: Reader, text: str, *, to: str) -> Screen:
    """What is left of a task for who handed it over."""
    shown = escaped(answered.cut(text, 500))
    return Screen(f"{reader.words('task-gave', name=answered.cut(to, 64))}\n{shown}", protect=True)


def given(
    reader: Reader, who: Who | None, *, task_id: int, at: datetime, text: str, repeat: str | None, by: str
) -> Screen:
    """What a colleague hears of a task that is theirs now."""
    words = reader.words
    lines = [
        f"🤝 <b>{words('task-given', name=answered.cut(by, 64))}</b>",
        _about(words, who, text),
        words("task-given-due", when=words.moment(at, reader.zone, now=reader.now)),
        *_repeats(words, repeat),
    ]
    return Screen("\n".join(lines), _jobs(reader, task_id, who, at=reader.now), protect=True)


def inherited(reader: Reader, count: int, *, by: str) -> Screen:
    """To the owner: whose tasks are theirs now."""
    words = reader.words
    text = words("task-inherited", count=count, name=answered.cut(by, 64))
    return Screen(text, ((Button(words.plain("task-all"), "tasks:0"),),), protect=True)


def done_for_you(reader: Reader, text: str, *, by: str) -> Screen:
    """To who handed it over: it is done."""
    shown = escaped(answered.cut(text, 500))
    return Screen(f"✅ {reader.words('task-done-by', name=answered.cut(by, 64))}\n<s>{shown}</s>", protect=True)


def _about(words: Words, who: Who | None, text: str) -> str:
    shown = escaped(answered.cut(text, 1000))
    return f"{shown}\n👤 {escaped(called(words, who))}" if who is not None else shown


def _from(words: Words, by: str | None) -> list[str]:
    return [] if by is None else [f"🤝 {words('task-from', name=answered.cut(by, 64))}"]


def _repeats(words: Words, repeat: str | None) -> list[str]:
    return [] if repeat is None else [f"🔁 {escaped(repeat_phrases.phrase(words, repeat))}"]


def _jobs(reader: Reader, task_id: int, who: Who | None, *, at: datetime | None) -> tuple[Row, ...]:
    """What can be done about a task that is due. `at`: when the buttons are read, as far as is known."""
    words = reader.words
    soon = [Button(words.plain("task-hour"), f"tlater:{task_id}:hour")]
    if at is None or at.astimezone(reader.zone).time() < putting_off.EVENING:
        soon.append(Button(words.plain("task-evening"), f"tlater:{task_id}:eve"))
    soon.append(Button(words.plain("task-tomorrow"), f"tlater:{task_id}:day"))
    return (
        (Button(words.plain("task-finish"), f"tdone:{task_id}"),),
        tuple(soon),
        (
            Button(words.plain("task-week"), f"tlater:{task_id}:week"),
            Button(words.plain("task-own"), f"tlater:{task_id}:own"),
        ),
        (Button(words.plain("task-give"), f"tgive:{task_id}"),),
        *_card(words, who),
    )


def _card(words: Words, who: Who | None) -> tuple[Row, ...]:
    return () if who is None else ((Button(words.plain("button-card"), f"card:{who.id}"),),)


def _drop(words: Words) -> Row:
    return (Button(words.plain("button-cancel"), "drop"),)


def _asked(words: Words) -> Row:
    """Under a question that is answered in words: once it is, there is nothing to cancel."""
    return (Button(words.plain("button-cancel"), "drop:asked"),)
