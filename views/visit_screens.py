"""A booked visit on the screen: the reminder with its three answers, another time, and what the team hears."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm.values import Half, Refused
from locales import Words
from views import answered, form_screens
from views.messages import Button, Screen
from views.staff_names import Reader, Who, heading

_TITLE: Final = 80


def reminder(
    words: Words,
    *,
    request_id: int,
    what: str,
    at: datetime,
    zone: ZoneInfo,
    now: datetime,
    is_soon: bool,
    is_confirmed: bool,
) -> Screen:
    """A day before, and shortly before. `what` it was booked for, plain, where that is known: a form's title is the word
    on its button, and no name for a visit. Who said that they come is not asked again."""
    when = words.clock(at.astimezone(zone).time()) if is_soon else words.moment(at, zone, now=now)
    said = words("visit-soon" if is_soon else "visit-reminder", at=when)
    if what:
        said = words("visit-soon-what" if is_soon else "visit-reminder-what", at=when, what=answered.cut(what, _TITLE))
    yes = Button(words.plain("visit-yes"), f"vis:ok:{request_id}")
    others = (
        Button(words.plain("visit-move"), f"vis:move:{request_id}"),
        Button(words.plain("visit-off"), f"vis:off:{request_id}"),
    )
    return Screen(said, (others,) if is_confirmed else ((yes,), others))


def confirmed(words: Words, request_id: int, at: datetime, *, zone: ZoneInfo, now: datetime) -> Screen:
    others = (
        Button(words.plain("visit-move"), f"vis:move:{request_id}"),
        Button(words.plain("visit-off"), f"vis:off:{request_id}"),
    )
    return Screen(words("visit-confirmed", at=words.moment(at, zone, now=now)), (others,))


def when(words: Words, request_id: int, *, half: Half | None = None, problem: Refused | None = None) -> Screen:
    """Which other time? Or the rest of one that was half said, or why one was not taken."""
    lead = form_screens.why(words, problem) + "\n\n" if problem is not None else ""
    key = "visit-when" if half is None else "visit-when-time" if half.missing == "time" else "visit-when-date"
    return Screen(lead + words(key), (_stays(words, request_id),))


def which(words: Words, request_id: int, choices: Sequence[datetime], *, zone: ZoneInfo, now: datetime) -> Screen:
    """A time that can be read in more ways than one."""
    rows = [
        (Button(words.moment(at, zone, now=now), f"vis:at:{request_id}:{int(at.timestamp())}"),) for at in choices[:6]
    ]
    return Screen(words("reask-date-doubt"), (*rows, _stays(words, request_id)))


def proposed(words: Words, at: datetime, *, zone: ZoneInfo, now: datetime) -> Screen:
    return Screen(words("visit-proposed", at=words.moment(at, zone, now=now)))


def waits(
    words: Words, request_id: int, at: datetime, agreed: datetime | None, *, zone: ZoneInfo, now: datetime
) -> Screen:
    """The proposed time is nobody's word yet. `agreed`: when they are expected otherwise, and may still come."""
    said = words("visit-waits", at=words.moment(at, zone, now=now))
    rows: list[tuple[Button, ...]] = []
    if agreed is not None:
        old = words.plain("visit-back", at=words.moment(agreed, zone, now=now))
        rows.append((Button(old, f"vis:back:{request_id}"),))
    rows.append(
        (
            Button(words.plain("visit-move"), f"vis:move:{request_id}"),
            Button(words.plain("visit-off"), f"vis:off:{request_id}"),
        )
    )
    return Screen(said, tuple(rows))


def agreed(words: Words, at: datetime, *, zone: ZoneInfo, now: datetime) -> Screen:
    return Screen(words("visit-agreed", at=words.moment(at, zone, now=now)))


def stays(words: Words, at: datetime, *, zone: ZoneInfo, now: datetime) -> Screen:
    return Screen(words("visit-stays", at=words.moment(at, zone, now=now)))


def surely(words: Words, request_id: int) -> Screen:
    """The second thought."""
    yes = Button(words.plain("visit-off-yes"), f"vis:off2:{request_id}")
    return Screen(
        words("visit-off-sure"),
        ((yes,), (Button(words.plain("visit-move"), f"vis:move:{request_id}"),), _stays(words, request_id)),
    )


def called_off(words: Words) -> Screen:
    return Screen(words("visit-called-off"), ((Button(words.plain("visit-again"), "new"),),))


def told(
    reader: Reader, who: Who, what: str, *, request_id: int, before: datetime, at: datetime, zone: ZoneInfo
) -> Screen:
    """What the team hears: they come, or would rather come at another time."""
    words = reader.words
    said = words(
        f"visit-told-{what}",  # keys: visit-told-confirmed visit-told-moving visit-told-back
        number=str(request_id),
        before=words.moment(before, zone, now=reader.now),
        at=words.moment(at, zone, now=reader.now),
    )
    rows: list[tuple[Button, ...]] = [
        (Button(words.plain("visit-open"), f"req:{request_id}"), Button(words.plain("visit-write"), f"write:{who.id}"))
    ]
    if what == "moving":
        rows.insert(0, (Button(words.plain("visit-agree"), f"visagree:{request_id}"),))
    return Screen(f"{said}\n{heading(words, who)}", tuple(rows), protect=True)


def agreed_by_team(words: Words, request_id: int) -> Screen:
    return Screen(words("visit-agreed-told", number=str(request_id)))


# --- another time, set by the team ---


def ask_new_time(
    reader: Reader,
    request_id: int,
    before: datetime,
    *,
    zone: ZoneInfo,
    half: Half | None = None,
    problem: Refused | None = None,
) -> Screen:
    """To what time? Or the rest of one that was half said, or why one was not taken."""
    words = reader.words
    if half is not None and half.missing == "time":
        today = reader.now.astimezone(zone).date()
        said = words("plan-ask-clock", day=words.day(date.fromisoformat(half.value), today=today))
    elif half is not None:
        said = words("plan-ask-day", clock=half.value)
    else:
        said = words("visit-set-ask", number=str(request_id), before=words.moment(before, zone, now=reader.now))
    lead = form_screens.why(words, problem) + "\n\n" if problem is not None else ""
    return Screen(lead + said, ((Button(words.plain("button-cancel"), "drop:asked"),),), protect=True)


def which_time(reader: Reader, request_id: int, choices: Sequence[datetime], *, zone: ZoneInfo) -> Screen:
    """Which of these was meant?"""
    words = reader.words
    rows = [
        (Button(words.moment(at, zone, now=reader.now), f"vpick:{request_id}:{int(at.timestamp())}"),)
        for at in choices[:6]
    ]
    return Screen(words("plan-ask-which"), (*rows, _drop(words)), protect=True)


def confirm_time(reader: Reader, request_id: int, *, before: datetime, at: datetime, zone: ZoneInfo) -> Screen:
    """What was understood, before it is set."""
    words = reader.words
    said = words(
        "visit-set-confirm",
        number=str(request_id),
        before=words.moment(before, zone, now=reader.now),
        at=words.moment(at, zone, now=reader.now),
    )
    sets = f"vset:{request_id}:{int(at.timestamp())}:{int(before.timestamp())}"
    rows = (
        (Button(words.plain("visit-set-yes"), sets),),
        (Button(words.plain("visit-set-other"), f"vtime:{request_id}"), *_drop(words)),
    )
    return Screen(said, rows, protect=True)


def time_set(reader: Reader, who: Who, request_id: int, *, at: datetime, zone: ZoneInfo, told: bool) -> Screen:
    """It is set; and whether the customer hears of it here."""
    words = reader.words
    said = words("visit-set-done", number=str(request_id), at=words.moment(at, zone, now=reader.now))
    heard = words("visit-set-told" if told else "visit-set-untold")
    rows = (
        (Button(words.plain("visit-open"), f"req:{request_id}"), Button(words.plain("button-card"), f"card:{who.id}")),
    )
    return Screen(f"{said} {heard}\n{heading(words, who)}", rows, protect=True)


def moved(words: Words, request_id: int, *, before: datetime, at: datetime, zone: ZoneInfo, now: datetime) -> Screen:
    """For the customer: the team has moved their visit."""
    said = words("visit-moved", before=words.moment(before, zone, now=now), at=words.moment(at, zone, now=now))
    yes = Button(words.plain("visit-yes"), f"vis:ok:{request_id}")
    others = (
        Button(words.plain("visit-move"), f"vis:move:{request_id}"),
        Button(words.plain("visit-off"), f"vis:off:{request_id}"),
    )
    return Screen(said, ((yes,), others))


def _drop(words: Words) -> tuple[Button, ...]:
    return (Button(words.plain("button-cancel"), "drop"),)


def _stays(words: Words, request_id: int) -> tuple[Button, ...]:
    return (Button(words.plain("visit-leave"), f"vis:stay:{request_id}"),)
