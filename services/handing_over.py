"""Handing over: a task goes to a colleague, to whom it rings from then on, and both are told. The tasks of who left the
team go to the owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from crm import permissions
from crm.permissions import Right
from crm.purposes import Purpose
from services import alerting, permitting, planning, showing
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, staff, tasks
from storage.engine import Reads, Tx
from storage.staff import Member
from storage.tasks import Task
from views import staff_planning
from views.messages import Say
from views.staff_names import Reader, Who

AT_ONCE: Final = 200
"""Tasks of the removed that are taken over in one transaction."""


async def colleagues(db: Reads, member: Member) -> list[Member]:
    """Who else could do it: those of the team who keep tasks and have opened the bot."""
    return [
        one
        for one in await staff.active(db)
        if one.id != member.id and one.started_at is not None and permissions.allows(one.role, Right.PLAN)
    ]


async def give(
    tx: Tx, place: Place, member: Member | None, task_id: int, to_id: int, *, now: datetime
) -> tuple[Task, Member, Sequence[Say]]:
    """The task is the colleague's: the task, the colleague, and what they hear now and when it is due. Raises Refused for
    another's task, for one that is done, and for who cannot have it."""
    task = await planning.own_task(tx, member, task_id)
    giver = permitting.require(member, Right.PLAN)
    if task.done_at is not None:
        raise Refused("refused-task-done")
    to = next((one for one in await colleagues(tx, giver) if one.id == to_id), None)
    if to is None:
        raise Refused("refused-task-give")
    await planning.silence(tx, task)
    await tasks.change(tx, task.id, staff_id=to.id, created_by=giver.id)
    task = replace(task, staff_id=to.id, created_by=giver.id)
    reader = alerting.listener(place, to, now=now).reader
    screen = staff_planning.given(
        reader,
        await about(tx, task.contact_id),
        task_id=task.id,
        at=task.due_at,
        text=task.text,
        repeat=task.repeat,
        by=giver.name,
    )
    said = Say(
        screen,
        chat_id=to.telegram_id,
        key=f"given:{task.id}:{to.id}:{now:%Y%m%d%H%M%S%f}",
        purpose=Purpose.STAFF,
        memo={"task": task.id, "contact": task.contact_id},
    )
    # One that is overdue has rung before: the message that hands it over is its ringing.
    return task, to, [said, await ringing(tx, reader, to, task)] if task.due_at > now else [said]


async def ringing(db: Reads, reader: Reader, member: Member, task: Task) -> Say:
    """What rings when a task is due, in the words and by the clock of whose it is."""
    screen = staff_planning.task_rings(
        reader,
        await about(db, task.contact_id),
        task_id=task.id,
        text=task.text,
        at=task.due_at,
        repeat=task.repeat,
        by=await given_by(db, task),
    )
    return planning.ringing(member, task, screen)


async def about(db: Reads, contact_id: int | None) -> Who | None:
    """Whom a task is about, if anybody."""
    contact = None if contact_id is None else await contacts.get(db, contact_id)
    return None if contact is None else await showing.who(db, contact)


async def given_by(db: Reads, task: Task) -> str | None:
    """Who handed it over, by name."""
    if task.created_by is None or task.created_by == task.staff_id:
        return None
    return (await staff.names(db)).get(task.created_by)


async def told_giver(db: Reads, place: Place, task: Task, *, now: datetime) -> Sequence[Say]:
    """Who handed the task over hears that it is done."""
    giver = None
    if task.created_by is not None and task.created_by != task.staff_id:
        giver = next((one for one in await staff.active(db) if one.id == task.created_by), None)
    if giver is None or giver.started_at is None:
        return []
    names = await staff.names(db)
    reader = alerting.listener(place, giver, now=now).reader
    screen = staff_planning.done_for_you(reader, task.text, by=names.get(task.staff_id, ""))
    return [Say(screen, chat_id=giver.telegram_id, key=f"done:{task.id}", purpose=Purpose.STAFF)]


async def name_whom(tx: Tx, member: Member | None, task_id: int, contact_id: int) -> Task:
    """The task is about this contact. Raises Refused for another's task, and for a card that is gone."""
    task = await planning.own_task(tx, member, task_id)
    contact = await permitting.contact(tx, contact_id)
    await tasks.change(tx, task.id, contact_id=contact.id)
    await planning.silence(tx, task)
    return replace(task, contact_id=contact.id)


async def take_over(tx: Tx, place: Place, *, now: datetime) -> list[Say]:
    """Open tasks of who is not of the team any more go to its first owner, who is told how many and whose."""
    left = await tasks.of_the_removed(tx, limit=AT_ONCE)
    owner = next(iter(await staff.active(tx, "owner")), None)
    if not left or owner is None:
        return []
    said: list[Say] = []
    reader = alerting.listener(place, owner, now=now).reader
    for task in left:
        await planning.silence(tx, task)
        await tasks.change(tx, task.id, staff_id=owner.id, created_by=task.staff_id)
        if task.due_at > now:
            theirs = replace(task, staff_id=owner.id, created_by=task.staff_id)
            said.append(await ringing(tx, reader, owner, theirs))
    names = await staff.names(tx)
    for staff_id in sorted({task.staff_id for task in left}):
        mine = [task for task in left if task.staff_id == staff_id]
        screen = staff_planning.inherited(reader, len(mine), by=names.get(staff_id, ""))
        key = f"inherited:{staff_id}:{mine[0].id}"
        said.append(Say(screen, chat_id=owner.telegram_id, key=key, purpose=Purpose.STAFF))
    return said
