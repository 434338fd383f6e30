"""What the team hears of a survey: a low score at once, as an alert and as somebody's task, and what was added to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from crm import zones
from crm.purposes import Purpose
from services import alerting, planning, showing
from services.alerting import Listener
from services.surveying_asked import Asked
from services.workplace import Place
from storage import staff, tasks
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.staff import Member
from views import ratings, staff_planning
from views.messages import Copy, Say, Screen

TASK_HOUR: Final = 10
TASK_NOT_BEFORE: Final = timedelta(hours=2)
"""A task of the same moment as the alert would only repeat it."""


async def low_score(
    tx: Tx, place: Place, found: Asked, score: int, contact: Contact, *, again: bool, now: datetime
) -> list[Say]:
    """A low score is heard at once, and to make it good is somebody's task; a changed one (`again`) only changes where
    it was told. Who was marked as spam is heard by nobody."""
    if contact.spam_at is not None:
        return []
    heard = await _tell_score(tx, place, found, score, contact, now=now)
    return heard if again else heard + await _make_task(tx, place, found, score, contact, now=now)


async def comment(
    tx: Tx,
    place: Place,
    found: Asked,
    score: int | None,
    contact: Contact,
    text: str | None,
    *,
    message_id: int,
    now: datetime,
) -> list[Say]:
    """What a person added. `text` is None where the message itself is copied, since its words may not be kept."""
    if contact.spam_at is not None or contact.telegram_id is None:
        return []
    who = await showing.who(tx, contact)
    memo = {"contact": contact.id}
    said: list[Say] = []
    for one in await _listeners(tx, place, found, contact, now=now):
        key = f"why:{found.key}:{message_id}:{one.chat_id}"
        screen = ratings.explained(one.reader, who, kind=found.kind, score=score, most=found.most, text=text)
        said.append(Say(screen, chat_id=one.chat_id, key=key, purpose=Purpose.STAFF, memo=memo))
        if text is None:
            copy = Screen(copy=Copy(contact.telegram_id, message_id), protect=True)
            said.append(Say(copy, chat_id=one.chat_id, key=f"{key}:copy", purpose=Purpose.STAFF, memo=memo))
    return said


async def _tell_score(tx: Tx, place: Place, found: Asked, score: int, contact: Contact, *, now: datetime) -> list[Say]:
    who = await showing.who(tx, contact)
    return [
        Say(
            ratings.low(one.reader, who, kind=found.kind, score=score, most=found.most, request_id=found.request_id),
            chat_id=one.chat_id,
            key=f"low:{found.key}:{one.chat_id}",
            revise=True,
            purpose=Purpose.STAFF,
            memo={"contact": contact.id},
        )
        for one in await _listeners(tx, place, found, contact, now=now)
    ]


async def _make_task(tx: Tx, place: Place, found: Asked, score: int, contact: Contact, *, now: datetime) -> list[Say]:
    """To make it good is somebody's task for tomorrow morning: the manager's who knows the person, else an owner's."""
    team = await staff.active(tx, "owner", "manager")
    member = await _manager(tx, found, contact) or next(iter(sorted(team, key=lambda one: one.role != "owner")), None)
    if member is None:
        return []
    reader = alerting.listener(place, member, now=now).reader
    text = ratings.task(reader.words, score=score, most=found.most)
    at = zones.next_local(now + TASK_NOT_BEFORE, reader.zone, hour=TASK_HOUR)
    task = await tasks.add(tx, member.id, text, contact_id=contact.id, due_at=at, now=now)
    who = await showing.who(tx, contact)
    return [planning.ringing(member, task, staff_planning.task_rings(reader, who, task_id=task.id, text=text))]


async def _listeners(db: Reads, place: Place, found: Asked, contact: Contact, *, now: datetime) -> list[Listener]:
    """Who hears of a rating: the manager who knows the person, else the team."""
    member = await _manager(db, found, contact)
    if member is not None and member.started_at is not None:
        return [alerting.listener(place, member, now=now)]
    return await alerting.team(db, place, now=now)


async def _manager(db: Reads, found: Asked, contact: Contact) -> Member | None:
    """The contact's own manager, or who served them, if they are still of the team."""
    team = {member.id: member for member in await staff.active(db, "owner", "manager")}
    return team.get(contact.owner_id or 0) or team.get(found.staff_id or 0)
