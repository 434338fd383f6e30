"""What the team hears of a survey: a low score at once, as an alert and as somebody's task, and what was added to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from crm import zones
from crm.purposes import Purpose
from services import alerting, handing_over, planning, showing
from services.alerting import Listener
from services.surveying_asked import Asked
from services.workplace import Place
from storage import staff, survey_answers, tasks
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.staff import Member
from views import ratings, staff_planning
from views.messages import Copy, Say, Screen

TASK_HOUR: Final = 10
TASK_NOT_BEFORE: Final = timedelta(hours=2)
"""A task of the same moment as the alert would only repeat it."""


async def low_score(
    tx: Tx, place: Place, found: Asked, score: int, contact: Contact, *, known: int | None, now: datetime
) -> list[Say]:
    """A low score is heard at once, and to make it good is somebody's task; one that is changed changes both where they
    stand, and one that was raised says what it was: somebody may have called by then. `known` is the score before this
    one. Of none that was low there is nothing to say. Who was marked as spam is heard by nobody."""
    if known is not None and found.told_low is None and found.is_low(known):
        found = replace(found, told_low=known)
    is_low = found.is_low(score)
    if contact.spam_at is not None or score == known or not (is_low or found.told_low is not None):
        return []
    before = None if is_low else found.told_low
    heard = await _tell_score(tx, place, found, score, contact, before=before, now=now)
    if found.told_low is not None:
        heard += await _change_task(tx, place, found, score, before=before, now=now)
        task_id = found.task_id
    else:
        task_id, rings = await _make_task(tx, place, found, score, contact, now=now)
        heard += rings
    if is_low:
        await survey_answers.note_low(tx, found.key, score, task_id=task_id)
    return heard


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


async def _tell_score(
    tx: Tx, place: Place, found: Asked, score: int, contact: Contact, *, before: int | None, now: datetime
) -> list[Say]:
    who = await showing.who(tx, contact)
    return [
        Say(
            ratings.low(
                one.reader,
                who,
                kind=found.kind,
                score=score,
                most=found.most,
                request_id=found.request_id,
                before=before,
            ),
            chat_id=one.chat_id,
            key=f"low:{found.key}:{one.chat_id}",
            revise=True,
            purpose=Purpose.STAFF,
            memo={"contact": contact.id},
        )
        for one in await _listeners(tx, place, found, contact, now=now)
    ]


async def _make_task(
    tx: Tx, place: Place, found: Asked, score: int, contact: Contact, *, now: datetime
) -> tuple[int | None, list[Say]]:
    """To make it good is somebody's task for tomorrow morning: the manager's who knows the person, else an owner's."""
    team = await staff.active(tx, "owner", "manager")
    member = await _manager(tx, found, contact) or next(iter(sorted(team, key=lambda one: one.role != "owner")), None)
    if member is None:
        return None, []
    reader = alerting.listener(place, member, now=now).reader
    text = ratings.task(reader.words, score=score, most=found.most)
    at = zones.next_local(now + TASK_NOT_BEFORE, reader.zone, hour=TASK_HOUR)
    task = await tasks.add(tx, member.id, text, contact_id=contact.id, due_at=at, now=now)
    who = await showing.who(tx, contact)
    return task.id, [planning.ringing(member, task, staff_planning.task_rings(reader, who, task_id=task.id, text=text))]


async def _change_task(
    tx: Tx, place: Place, found: Asked, score: int, *, before: int | None, now: datetime
) -> list[Say]:
    """The task says what the score is now, wherever it has been put off to and whoever has it; one that is done stays
    as it was done."""
    task = await tasks.get(tx, found.task_id) if found.task_id is not None else None
    team = {member.id: member for member in await staff.active(tx)}
    member = team.get(task.staff_id) if task is not None else None
    if task is None or task.done_at is not None or member is None:
        return []
    reader = alerting.listener(place, member, now=now).reader
    task = replace(task, text=ratings.task(reader.words, score=score, most=found.most, before=before))
    await tasks.change(tx, task.id, text=task.text)
    return [replace(await handing_over.ringing(tx, reader, member, task), revise=True)]


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
