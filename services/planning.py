"""Planning: tasks to oneself and reminders to customers. Each is a row that leaves when it is due.

What is said at once («завтра в 15 позвонить Анне») is read at once; what is missing or doubtful is asked. A `Draft` is
how far that came: it lives in the conversation, or under the message that asks for confirmation.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from typing import Any, Final, Literal, cast
from zoneinfo import ZoneInfo

from crm import dates, folding, putting_off, repeat_grammar, seasons, values, zones
from crm.permissions import Right
from crm.purposes import Purpose
from crm.repeats import Repeat
from services import permitting, replying
from services.refusals import Refused
from services.workplace import Place
from storage import events, outbox, tasks, timeline
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.staff import Member
from storage.tasks import Task
from views.messages import Say, Screen

FLOW: Final = "plan"
WHOM_FLOW: Final = "task-whom"
TEXT_LENGTH: Final = 1000
OF_USE: Final = timedelta(days=1)
"""A reminder that could not leave for a day is of no use any more."""
FURTHEST: Final = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Draft:
    """A task or a reminder in the making. Times are ISO in UTC; `choices` are the meanings of a doubtful date, times or
    bare days; `half` is a day that lacks its time, or a time its day; `problem` is why the last words were not taken.
    `repeat` is how a task comes back, its time of the day still to be settled; `task` is the one that is put off."""

    kind: Literal["task", "remind"]
    contact: int | None
    text: str = ""
    at: str | None = None
    choices: tuple[str, ...] = ()
    half: tuple[str, str, str | None] | None = None
    repeat: str | None = None
    task: int | None = None
    problem: str | None = None
    params: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "contact": self.contact,
            "text": self.text,
            "at": self.at,
            "choices": list(self.choices),
            "half": list(self.half) if self.half else None,
            "repeat": self.repeat,
            "task": self.task,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Draft:
        half = kept.get("half")
        return cls(
            kind=kept["kind"],
            contact=kept.get("contact"),
            text=kept.get("text", ""),
            at=kept.get("at"),
            choices=tuple(kept.get("choices", ())),
            half=(half[0], half[1], half[2]) if half else None,
            repeat=kept.get("repeat"),
            task=kept.get("task"),
        )

    @property
    def moment(self) -> datetime | None:
        return datetime.fromisoformat(self.at) if self.at is not None else None

    @property
    def is_whole(self) -> bool:
        return self.at is not None and bool(self.text)


def begin(place: Place, draft: Draft, said: str, *, now: datetime, zone: ZoneInfo, language: str) -> Draft:
    """What the words after a command say: how often, the time they begin with, and the rest as the text."""
    said = _clean(said)
    if not said:
        return draft
    draft, rest = _repeating(draft, said, language)
    hours = place.playbooks.current.business.hours.hours
    found, after = dates.read_leading(rest, now=now, zone=zone, hours=hours, language=language)
    if not isinstance(found, dates.Unread):
        draft, after = _repeating(draft, after, language)  # «в 10 каждый понедельник»
    today = now.astimezone(zone).date()
    draft = replace(draft, text=after.strip()[:TEXT_LENGTH])
    match found:
        case dates.Reading(at=at) if at is not None:
            return _timed(draft, _first(draft, at, zone), now=now)
        case dates.Doubt(choices=choices):
            meant = [_first_of(draft, _iso(one), zone) for one in choices if _iso(one)]
            if draft.kind == "task" and draft.repeat is None and repeat_grammar.says_every_other_day(rest):
                meant.append(f"{putting_off.EVERY}2d|{meant[0]}")
            return replace(draft, choices=tuple(dict.fromkeys(meant)))
        case dates.Incomplete(missing="time", date=day, part=part) if day is not None:
            return replace(draft, half=("time", _first_day(draft, day, zone), part))
        case dates.Incomplete(missing="date", time=clock) if clock is not None:
            return replace(draft, half=("date", f"{clock:%H:%M}", None))
        case dates.Unread(reason=reason) if reason not in ("unknown", "empty"):
            return replace(draft, problem=f"date-{reason}")
    if draft.repeat is not None:
        return replace(draft, text=rest[:TEXT_LENGTH], half=("time", _first_day(draft, today, zone), None))
    season, after = seasons.read_leading(rest, today=today)
    if season is not None:
        return replace(draft, text=after[:TEXT_LENGTH], half=("time", season.isoformat(), None))
    return replace(draft, text=said[:TEXT_LENGTH])


def add_time(place: Place, draft: Draft, said: str, *, now: datetime, zone: ZoneInfo, language: str) -> Draft:
    """The time, asked for and now said. `problem` tells why it could not be taken."""
    if repeat_grammar.read_leading(said, language=language)[0] is not None and _may_repeat(draft):
        again = begin(place, replace(draft, half=None), said, now=now, zone=zone, language=language)
        return replace(again, text=draft.text or again.text)
    half = values.Half(cast(Any, draft.half[0]), draft.half[1], draft.half[2]) if draft.half else None
    hours = place.playbooks.current.business.hours.hours
    found = values.moment(said[:200], "datetime", now=now, zone=zone, hours=hours, language=language, half=half)
    match found:
        case values.Accepted(value=value):
            return _timed(draft, _first(draft, datetime.fromisoformat(value), zone), now=now)
        case values.Unsure(choices=choices):
            meant = dict.fromkeys(_first_of(draft, one, zone) for one in choices)
            return replace(draft, choices=tuple(meant), half=None, problem=None)
        case values.Half(missing=missing, value=value, part=part):
            return replace(draft, half=(missing, value, part), choices=(), problem=None)
        case values.Refused(reason=reason, params=params):
            return replace(draft, problem=reason, params=dict(params))


def choose(draft: Draft, place_in_choices: int, *, now: datetime) -> Draft:
    """One of the doubtful meanings. Raises Refused for one there is not."""
    if not 0 <= place_in_choices < len(draft.choices):
        raise Refused("refused-plan-gone")
    chosen = draft.choices[place_in_choices]
    if (rule := putting_off.rule_of(chosen)) is not None:
        draft, chosen = replace(draft, repeat=rule[0]), rule[1]
    if "T" not in chosen:
        return replace(draft, half=("time", chosen, None), choices=())
    return _timed(draft, datetime.fromisoformat(chosen), now=now)


def choose_clock(draft: Draft, clock: str, *, now: datetime, zone: ZoneInfo) -> Draft:
    """A time for a day that was said without one, by a button such as "10:00". Raises Refused where there is no day."""
    if draft.half is None or draft.half[0] != "time" or not _is_clock(clock):
        raise Refused("refused-plan-gone")
    local = datetime.fromisoformat(f"{draft.half[1]}T{clock}")
    at = zones.to_utc(local, zone)
    if draft.repeat is not None and at <= now:
        at += timedelta(days=1)  # of what comes back, a time that has passed today is the next one's
    return _timed(draft, _first(draft, at, zone), now=now)


def add_text(draft: Draft, said: str) -> Draft:
    """What to remind of, asked for and now said."""
    return replace(draft, text=_clean(said)[:TEXT_LENGTH])


async def keep_task(tx: Tx, member: Member | None, draft: Draft, *, now: datetime, zone: ZoneInfo) -> Task:
    """Keeps the task; what rings when it is due is `ringing`. `zone` is the clock it comes back by. Raises Refused when
    it is not whole."""
    member = permitting.require(member, Right.PLAN)
    at = draft.moment
    if at is None or not draft.text:
        raise Refused("refused-plan-gone")
    # The card may have been merged while the question was open.
    about = None if draft.contact is None else (await permitting.contact(tx, draft.contact)).id
    repeat = None if draft.repeat is None else Repeat.from_text(draft.repeat).begun(at, zone)[0].to_text()
    task = await tasks.add(tx, member.id, draft.text, contact_id=about, due_at=at, repeat=repeat, now=now)
    if about is not None:
        events.add(tx, about, "task", staff_id=member.id, text=draft.text, data={"at": at.isoformat()}, now=now)
    return task


def ringing(member: Member, task: Task, screen: Screen) -> Say:
    """The row that reminds of the task when it is due; one a due time."""
    return Say(
        screen,
        chat_id=member.telegram_id,
        key=_task_key(task.id, task.due_at),
        purpose=Purpose.STAFF,
        due_at=task.due_at,
        memo={"task": task.id, "contact": task.contact_id},
    )


async def own_task(db: Reads, member: Member | None, task_id: int) -> Task:
    """One's own task. Raises Refused for another's, and for one that is gone."""
    member = permitting.require(member, Right.PLAN)
    task = await tasks.get(db, task_id)
    if task is None or task.staff_id != member.id:
        raise Refused("refused-task")
    return task


async def finish_task(
    tx: Tx, member: Member | None, task_id: int, *, now: datetime, zone: ZoneInfo
) -> tuple[Task, Task | None]:
    """It is done: it rings no more; one that repeats is followed by its next, counted from its rule and not from today.
    Raises Refused for another's, and for one done before."""
    task = await own_task(tx, member, task_id)
    if not await tasks.finish(tx, task.id, now=now):
        raise Refused("refused-task-done")
    await outbox.cancel(tx, [_task_key(task.id, task.due_at)], reason="done")
    if task.contact_id is not None:
        events.add(tx, task.contact_id, "task", staff_id=task.staff_id, text=task.text, data={"done": True}, now=now)
    following = None
    if task.repeat is not None:
        at = Repeat.from_text(task.repeat).next_after(max(now, task.due_at), zone)
        following = await tasks.add(
            tx,
            task.staff_id,
            task.text,
            contact_id=task.contact_id,
            due_at=at,
            repeat=task.repeat,
            created_by=task.created_by,
            now=now,
        )
    return replace(task, done_at=now), following


async def stop_repeating(tx: Tx, member: Member | None, task_id: int) -> Task:
    """It comes this once more, and not again. Raises Refused for another's."""
    task = await own_task(tx, member, task_id)
    await tasks.change(tx, task.id, repeat=None)
    await silence(tx, task)
    return replace(task, repeat=None)


async def put_off(
    tx: Tx, place: Place, member: Member | None, task_id: int, how: str, *, now: datetime, zone: ZoneInfo
) -> Task:
    """An hour from now (`hour`), this evening (`eve`), tomorrow (`day`) or on Monday of the next week (`week`), these
    two at the business's hour of reminders. Raises Refused for another's task, for one done before, and for an evening
    that has come."""
    local = now.astimezone(zone)
    clock = time.fromisoformat(place.playbooks.current.reminders.time)
    if how == "eve":
        until = zones.to_utc(datetime.combine(local.date(), putting_off.EVENING), zone)
        if until <= now:
            raise Refused("refused-task-evening")
    elif how == "week":
        monday = local.date() + timedelta(days=7 - local.weekday())
        until = zones.to_utc(datetime.combine(monday, clock), zone)
    elif how == "day":
        until = zones.to_utc(datetime.combine(local.date() + timedelta(days=1), clock), zone)
    else:
        until = now + timedelta(hours=1)
    return await move_task(tx, member, task_id, until)


async def move_task(tx: Tx, member: Member | None, task_id: int, until: datetime) -> Task:
    """It is due at another time; its rule, where it has one, stays. Raises Refused for another's, and for one done
    before."""
    task = await own_task(tx, member, task_id)
    if not await tasks.put_off(tx, task.id, until=until):
        raise Refused("refused-task-done")
    await silence(tx, task)
    return replace(task, due_at=until)


async def silence(tx: Tx, task: Task) -> None:
    """What was to ring is forgotten, so that the same time may be chosen again."""
    await tasks.forget_ringing(tx, _task_key(task.id, task.due_at))


async def plan_reminder(
    tx: Tx, place: Place, member: Member | None, draft: Draft, *, key: str, chat_id: int, now: datetime
) -> Say:
    """The reminder's row, to be written; it is noted on the timeline. `chat_id` is where the member hears of a failure.

    Raises Refused when the customer cannot be written to, and when the time has passed since it was shown.
    """
    at = draft.moment
    if draft.contact is None or at is None or not draft.text:
        raise Refused("refused-plan-gone")
    contact = await replying.may_write(tx, member, draft.contact)
    member = permitting.require(member, Right.WRITE)
    if at <= now:
        raise Refused("refused-plan-past", alert=True)
    zone = zone_of(place, contact)
    wall = at.astimezone(zone).isoformat(timespec="minutes")
    events.add(tx, contact.id, "reminder", staff_id=member.id, text=draft.text, data={"at": at.isoformat()}, now=now)
    return Say(
        Screen(f"🔔 {escape(draft.text, quote=False)}"),
        chat_id=contact.telegram_id,
        key=f"remind:{contact.id}:{key}",
        purpose=Purpose.SERVICE,
        due_at=at,
        valid_until=at + OF_USE,
        contact_id=contact.id,
        memo={"reply_of": member.id, "told": chat_id, "text": draft.text, "wall": wall, "zone": zone.key},
    )


async def cancel_reminder(tx: Tx, member: Member | None, contact_id: int, row_id: int, *, now: datetime) -> None:
    """Takes back a reminder that has not left. Raises Refused for one that has, or is another contact's."""
    member = permitting.require(member, Right.WRITE)
    contact = await permitting.contact(tx, contact_id)
    waiting = {one.id: one for one in await timeline.reminders(tx, contact.id, limit=1000)}
    if row_id not in waiting or not await outbox.cancel(tx, [waiting[row_id].key], reason="taken back"):
        raise Refused("refused-reminder-gone")
    text = waiting[row_id].memo.get("text")
    events.add(tx, contact.id, "reminder", staff_id=member.id, text=text, data={"cancelled": True}, now=now)


def zone_of(place: Place, contact: Contact) -> ZoneInfo:
    """The time zone a contact lives in: their own, or the business's."""
    return ZoneInfo(contact.timezone) if contact.timezone else place.timezone


def zone_of_business(place: Place) -> ZoneInfo:
    """Where days begin and end for the whole team: at the business's door."""
    return place.playbooks.current.business.zone(place.timezone.key)


def _may_repeat(draft: Draft) -> bool:
    """A reminder to a customer comes once, and putting off changes no rule."""
    return draft.kind == "task" and draft.task is None and draft.repeat is None


def _repeating(draft: Draft, said: str, language: str) -> tuple[Draft, str]:
    """The draft with the rule that the words begin with, and the rest of them."""
    if not _may_repeat(draft):
        return draft, said
    rule, rest = repeat_grammar.read_leading(said, language=language)
    return (draft, said) if rule is None else (replace(draft, repeat=rule.to_text()), rest)


def _first(draft: Draft, at: datetime, zone: ZoneInfo) -> datetime:
    """The first occurrence from there on; of what does not repeat, the time itself."""
    return at if draft.repeat is None else Repeat.from_text(draft.repeat).begun(at, zone)[1]


def _first_of(draft: Draft, iso: str, zone: ZoneInfo) -> str:
    """The same of a time or a bare day as they are kept."""
    if "T" not in iso:
        return _first_day(draft, date.fromisoformat(iso), zone)
    return _first(draft, datetime.fromisoformat(iso), zone).astimezone(UTC).isoformat(timespec="minutes")


def _first_day(draft: Draft, day: date, zone: ZoneInfo) -> str:
    noon = zones.to_utc(datetime.combine(day, time(12)), zone)
    return _first(draft, noon, zone).astimezone(zone).date().isoformat()


def _timed(draft: Draft, at: datetime, *, now: datetime) -> Draft:
    if at <= now:
        return replace(draft, at=None, choices=(), half=None, problem="date-past")
    if at - now > FURTHEST:
        return replace(draft, at=None, choices=(), half=None, problem="date-unknown")
    return replace(draft, at=at.astimezone(UTC).isoformat(), choices=(), half=None, problem=None)


def _iso(read: dates.Reading) -> str:
    if read.at is not None:
        return read.at.astimezone(UTC).isoformat(timespec="minutes")
    return read.date.isoformat() if read.date is not None else ""


def _clean(said: str) -> str:
    lines = (folding.visible(line) for line in said.splitlines())
    return "\n".join(lines).strip()


def _is_clock(text: str) -> bool:
    return len(text) == 5 and text[2] == ":" and text[:2].isdecimal() and text[3:].isdecimal() and text < "24:00"


def _task_key(task_id: int, due_at: datetime) -> str:
    return f"task:{task_id}:{due_at:%Y%m%d%H%M%S}"
