"""Visiting: a time that a request was sent with is a visit. The customer is reminded of it, says that they come, proposes
another time or takes it back; the team hears each of these at once.

A reminder is a row of the outbox whose key holds the time it is about: a visit that was moved has other reminders, and the
old ones find out when they are due that they are about nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import opening_hours, values
from crm.form_types import Answer
from crm.permissions import Right
from crm.playbook import Form
from crm.purposes import Purpose
from locales import words_in
from services import alerting, following, permitting, showing
from services.refusals import Refused
from services.speaking import Composed
from services.workplace import Place
from storage import contacts, events, outbox, requests, visits
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.outbox import Claimed
from storage.requests import Request
from storage.staff import Member
from storage.visits import Visit
from views import answered, visit_screens
from views.messages import Say, Screen

FLOW: Final = "visit"
PREFIX: Final = "visit:"
SOON: Final = timedelta(hours=6)
"""A reminder nearer than that says "today", and needs no word of the day before."""
NOT_AT_ONCE: Final = timedelta(minutes=30)
"""Who booked a moment ago is not reminded of it."""
LAST_USE: Final = timedelta(minutes=15)
"""So long before the visit a reminder is of no use any more."""
PATIENCE: Final = timedelta(minutes=30)
"""How long the next message is taken for the new time."""
NEWS_KEEP: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReadTime:
    """A time as it was read; or still a question: its `choices`, what is `half` said, or why it was not taken
    (`problem`)."""

    at: datetime | None = None
    choices: tuple[datetime, ...] = ()
    half: values.Half | None = None
    problem: values.Refused | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A new time as it was read: said to the team (`heard`), or still a question."""

    visit: Visit
    read: ReadTime
    heard: tuple[Say, ...] = ()


# ------------------------------------------------------------------------------------------------------------- booking


async def book(
    tx: Tx,
    place: Place,
    form: Form,
    request: Request,
    contact: Contact,
    answers: Mapping[str, Answer],
    *,
    now: datetime,
) -> None:
    """Notes the visit that a form was filled for, where it has one, and plans its reminders."""
    step = next((one for one in form.steps if one.visit and one.field in answers), None)
    if step is None:
        return
    at = datetime.fromisoformat(str(answers[step.field].value))
    await visits.book(tx, request.id, contact.id, at, step.field, now=now)
    plan_reminders(tx, place, request.id, contact, at, now=now)


def plan_reminders(tx: Tx, place: Place, request_id: int, contact: Contact, at: datetime, *, now: datetime) -> None:
    """Plans what reminds of a visit at this time, as far as it is not too late for it."""
    if contact.telegram_id is None:
        return
    for before in place.playbooks.current.reminders.visit:
        due = at - before
        if due <= now + NOT_AT_ONCE:
            continue
        of_use = LAST_USE if before <= SOON else before / 4
        outbox.plan(
            tx,
            outbox.row(
                key=_key(request_id, at, before),
                chat_id=contact.telegram_id,
                contact_id=contact.id,
                payload={},
                recipe={"request": request_id, "at": at.isoformat(), "soon": before <= SOON},
                purpose=Purpose.SERVICE.value,
                priority=Purpose.SERVICE.priority,
                due_at=due,
                valid_until=at - of_use,
                now=now,
            ),
        )


async def compose(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> Composed | None:
    """A reminder in words; None for one of a visit that is not going to be, or not then."""
    recipe = row.recipe or {}
    visit = await visits.get(tx, int(recipe["request"]))
    request = await requests.get(tx, int(recipe["request"]))
    contact = await contacts.get(tx, row.contact_id or 0)
    if visit is None or request is None or contact is None or request.stage not in requests.OPEN:
        return None
    if visit.state not in ("booked", "confirmed") or visit.at != datetime.fromisoformat(recipe["at"]):
        return None
    words = words_in(contact.language)
    screen = visit_screens.reminder(
        words,
        request_id=request.id,
        what=answered.chosen(words, showing.asked(place, request), now=now),
        at=visit.at,
        zone=zone_of(place),
        now=now,
        is_soon=bool(recipe["soon"]),
        is_confirmed=visit.state == "confirmed",
    )
    return Composed(screen.to_json(), {"contact": contact.id, "request": request.id})


def zone_of(place: Place) -> ZoneInfo:
    """Visits are at the business's door."""
    return place.playbooks.current.business.zone(place.timezone.key)


# ----------------------------------------------------------------------------------------------------------- answering


async def own(db: Reads, contact: Contact | None, request_id: int, *, now: datetime) -> Visit:
    """The person's own visit that is still to come. Raises Refused for anybody else's, for one that was called off and
    for one that has been."""
    await following.own_open(db, contact, request_id)
    visit = await visits.get(db, request_id)
    if visit is None or visit.state == "cancelled":
        raise Refused("refused-request-closed")
    if visit.at <= now:
        raise Refused("refused-visit-over")
    return visit


async def confirm(tx: Tx, place: Place, contact: Contact | None, request_id: int, *, now: datetime) -> list[Say]:
    """They come: what the team is told, once. A time that they proposed themselves is nobody's word before the team
    agrees to it: that visit stays as it is."""
    visit = await own(tx, contact, request_id, now=now)
    assert contact is not None
    if visit.state != "booked" or not await visits.change(tx, visit, state="confirmed", now=now):
        return []
    events.add(tx, contact.id, "visit", request_id=request_id, data={"state": "confirmed"}, now=now)
    return await _tell(tx, place, contact, visit, "confirmed", visit.at, now=now)


async def propose(
    tx: Tx,
    place: Place,
    contact: Contact | None,
    request_id: int,
    said: str,
    *,
    half: values.Half | None = None,
    now: datetime,
) -> Proposed:
    """Another time, as the customer writes it: read, or what is still to be asked."""
    visit = await own(tx, contact, request_id, now=now)
    assert contact is not None
    read = _when_open(place, read_time(place, said, half=half, now=now, language=contact.language))
    heard = await move(tx, place, contact, request_id, read.at, now=now) if read.at is not None else []
    return Proposed(visit, read, tuple(heard))


def _when_open(place: Place, read: ReadTime) -> ReadTime:
    """A time that the customer wishes for is one when somebody is there; the team may set any."""
    hours, zone = place.playbooks.current.business.opening_hours, zone_of(place)
    if read.at is not None and (problem := opening_hours.refusal(read.at, hours, zone)) is not None:
        return ReadTime(problem=problem)
    choices = tuple(at for at in read.choices if opening_hours.refusal(at, hours, zone) is None)
    return replace(read, choices=choices) if choices else read


def read_time(place: Place, said: str, *, half: values.Half | None, now: datetime, language: str) -> ReadTime:
    """A time as people write it, on the clock at the business's door. `half` is what they had said of it before."""
    hours = place.playbooks.current.business.hours.hours
    found = values.moment(
        said[:200], "datetime", now=now, zone=zone_of(place), hours=hours, language=language, half=half
    )
    match found:
        case values.Accepted(value=value):
            return ReadTime(at=datetime.fromisoformat(str(value)))
        case values.Unsure(choices=choices):
            whole = [datetime.fromisoformat(str(one)) for one in choices if "T" in str(one)]
            return ReadTime(choices=tuple(whole)) if whole else ReadTime(half=values.Half("time", str(choices[0])))
        case values.Half():
            return ReadTime(half=found)
        case values.Refused():
            return ReadTime(problem=found)


async def move(
    tx: Tx, place: Place, contact: Contact | None, request_id: int, at: datetime, *, now: datetime
) -> list[Say]:
    """The customer would rather come then: the request shows it, and the team is asked to agree. Raises Refused for a
    time that has passed."""
    visit = await own(tx, contact, request_id, now=now)
    assert contact is not None
    if at <= now:
        raise Refused("refused-visit-over")
    if not await visits.change(tx, visit, state="moving", at=at, now=now):
        raise Refused("refused-stale")
    await show_time(tx, place, request_id, visit.field, at, now=now)
    was = await visits.agreed_time(tx, visit) if visit.state == "moving" else visit.at
    data = {"state": "moving", **({"was": was.isoformat()} if was is not None else {})}
    events.add(tx, contact.id, "visit", request_id=request_id, data=data, now=now)
    told = await _tell(tx, place, contact, visit, "moving", at, now=now)
    return [*await alerting.request_changed(tx, place, request_id, now=now), *told]


async def agreed_time(db: Reads, visit: Visit, *, now: datetime) -> datetime | None:
    """The time to which a visit can still return: what was agreed before its customer proposed another."""
    was = await visits.agreed_time(db, visit) if visit.state == "moving" else None
    return was if was is not None and was > now else None


async def move_back(tx: Tx, place: Place, contact: Contact | None, request_id: int, *, now: datetime) -> list[Say]:
    """The customer comes at the agreed time after all: what the team is told. Nothing, where the team has settled the
    time meanwhile. Raises Refused where the agreed time has passed."""
    visit = await own(tx, contact, request_id, now=now)
    assert contact is not None
    if visit.state != "moving":
        return []
    at = await agreed_time(tx, visit, now=now)
    if at is None:
        raise Refused("refused-visit-over")
    if not await visits.change(tx, visit, state="confirmed", at=at, now=now):
        raise Refused("refused-stale")
    await show_time(tx, place, request_id, visit.field, at, now=now)
    plan_reminders(tx, place, request_id, contact, at, now=now)
    events.add(tx, contact.id, "visit", request_id=request_id, data={"state": "confirmed"}, now=now)
    told = await _tell(tx, place, contact, visit, "back", at, now=now)
    return [*await alerting.request_changed(tx, place, request_id, now=now), *told]


async def agree(tx: Tx, place: Place, member: Member | None, request_id: int, *, now: datetime) -> list[Say]:
    """The team agrees to the time that the customer proposed; they hear it, and are reminded of it. Raises Refused where
    there is nothing to agree to."""
    permitting.require(member, Right.SERVE)
    visit, request = await visits.get(tx, request_id), await requests.get(tx, request_id)
    if visit is None or request is None or visit.state != "moving" or request.stage not in requests.OPEN:
        raise Refused("refused-visit-agreed")
    contact = await permitting.contact(tx, visit.contact_id)
    if not await visits.change(tx, visit, state="booked", now=now):
        raise Refused("refused-visit-agreed")
    plan_reminders(tx, place, request_id, contact, visit.at, now=now)
    if contact.telegram_id is None or not contact.reachable or contact.spam_at is not None:
        return []
    return [
        Say(
            visit_screens.agreed(words_in(contact.language), visit.at, zone=zone_of(place), now=now),
            chat_id=contact.telegram_id,
            key=f"visit-agreed:{request_id}:{visit.at:%Y%m%d%H%M}",
            purpose=Purpose.SERVICE,
            valid_until=now + NEWS_KEEP,
            contact_id=contact.id,
        )
    ]


async def call_off(tx: Tx, place: Place, contact: Contact | None, request_id: int, *, now: datetime) -> list[Say]:
    """They do not come: the request is taken back, and the team is told."""
    visit = await own(tx, contact, request_id, now=now)
    assert contact is not None
    await visits.change(tx, visit, state="cancelled", now=now)
    await forget_reminders(tx, place, visit, reason="called off")
    return await following.withdraw(tx, place, contact, request_id, now=now)


async def forget_reminders(tx: Tx, place: Place, visit: Visit, *, reason: str) -> None:
    keys = [_key(visit.request_id, visit.at, before) for before in place.playbooks.current.reminders.visit]
    await outbox.cancel(tx, keys, reason=reason)


async def show_time(tx: Tx, place: Place, request_id: int, field: str, at: datetime, *, now: datetime) -> None:
    """The request's answer is the new time."""
    request = await requests.get(tx, request_id)
    if request is None:
        return
    words = words_in(place.playbooks.current.business.language)
    shown = words.moment(at, zone_of(place), now=now)
    changed: list[dict[str, Any]] = [
        {**one, "value": at.isoformat(), "shown": shown} if one["field"] == field else one for one in request.answers
    ]
    await requests.change(tx, request_id, answers=changed)


async def _tell(
    tx: Tx, place: Place, contact: Contact, visit: Visit, what: str, at: datetime, *, now: datetime
) -> list[Say]:
    """What the team hears of a visit."""
    if contact.spam_at is not None:
        return []
    who = await showing.who(tx, contact)
    said: list[Say] = []
    for one in await alerting.team(tx, place, now=now):
        screen: Screen = visit_screens.told(
            one.reader, who, what, request_id=visit.request_id, before=visit.at, at=at, zone=zone_of(place)
        )
        said.append(
            Say(
                screen,
                chat_id=one.chat_id,
                key=f"visit-{what}:{visit.request_id}:{at:%Y%m%d%H%M}:{now:%d%H%M%S}:{one.chat_id}",
                purpose=Purpose.STAFF,
                memo={"contact": contact.id, "request": visit.request_id},
            )
        )
    return said


def _key(request_id: int, at: datetime, before: timedelta) -> str:
    return f"{PREFIX}{request_id}:{at:%Y%m%d%H%M}:{int(before.total_seconds() // 60)}"
