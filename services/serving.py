"""Serving: a request on its way through the stages, moved by the team. Of two who press at once one wins.

Every move keeps the timeline and the card's roll-ups, changes the request's card wherever the team has it, and tells
the customer where a person would want to hear it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from crm.permissions import Right
from crm.purposes import Purpose
from locales import words_in
from services import alerting, permitting, surveying
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, events, outbox, requests, staff
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.requests import Request
from storage.staff import Member
from views import request_cards as views
from views.messages import Say, Screen

LOST_FLOW: Final = "lost"
REASON_LENGTH: Final = 160
NEWS_KEEPS: Final = timedelta(hours=1)
"""News of a request are of use for an hour: they are not kept from a waiting person until the morning."""


async def take(tx: Tx, place: Place, request_id: int, member: Member | None, *, now: datetime) -> list[Say]:
    """The request is this member's from now on, and its contact too if nobody had them. Raises Refused, who has it
    being said, when another was first."""
    member = permitting.require(member, Right.SERVE)
    moved = await requests.move(tx, request_id, from_stages=("new",), to="taken", owner_id=member.id, taken_at=now)
    if moved is None:
        raise await _why_not(tx, request_id, member)
    contact = await permitting.contact(tx, moved.contact_id)
    if contact.owner_id is None:
        await contacts.change(tx, contact.id, owner_id=member.id, now=now)
    _note(tx, moved, member, now=now)
    told = _news(contact, moved, views.taken_told(words_in(contact.language), moved.id), "taken", now=now)
    return [*await alerting.request_changed(tx, place, request_id, now=now), *told]


async def finish(tx: Tx, place: Place, request_id: int, member: Member | None, *, now: datetime) -> list[Say]:
    """What was asked for is done: thanks to the customer, and the survey that follows it. Raises Refused for a closed
    one."""
    member = permitting.require(member, Right.SERVE)
    moved, contact = await _close(tx, request_id, member, to="done", now=now)
    await surveying.after_event(
        tx,
        place,
        event="request_done",
        contact_id=contact.id,
        request_id=moved.id,
        staff_id=moved.owner_id or member.id,
        now=now,
    )
    told = _news(contact, moved, views.done_told(words_in(contact.language), moved.id), "done", now=now)
    return [*await alerting.request_changed(tx, place, request_id, now=now), *told]


async def lose(
    tx: Tx, place: Place, request_id: int, member: Member | None, reason: str, *, now: datetime
) -> list[Say]:
    """It came to nothing, and why: an owner's reason or one's own words. Raises Refused for a closed one."""
    member = permitting.require(member, Right.SERVE)
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise Refused("refused-reason")
    moved, contact = await _close(tx, request_id, member, to="lost", now=now, lost_reason=reason)
    await surveying.after_event(
        tx,
        place,
        event="request_lost",
        contact_id=contact.id,
        request_id=moved.id,
        staff_id=moved.owner_id or member.id,
        now=now,
    )
    return await alerting.request_changed(tx, place, request_id, now=now)


async def reopen(tx: Tx, place: Place, request_id: int, member: Member | None, *, now: datetime) -> list[Say]:
    """A closed request is in work again; a survey that was to follow its end is taken back. Raises Refused for an open
    one."""
    member = permitting.require(member, Right.SERVE)
    before = await _request(tx, request_id)
    moved = await requests.move(
        tx,
        request_id,
        from_stages=requests.CLOSED,
        to="taken",
        owner_id=before.owner_id or member.id,
        taken_at=before.taken_at or now,
        closed_at=None,
        lost_reason=None,
    )
    if moved is None:
        raise Refused("refused-open")
    await contacts.count_request(tx, moved.contact_id, opened=1, now=now)
    _note(tx, moved, member, now=now)
    follow = [f"survey:{survey.id}:{request_id}" for survey in place.playbooks.current.surveys]
    await outbox.cancel(tx, follow, reason="reopened")
    return await alerting.request_changed(tx, place, request_id, now=now)


async def mark_spam(tx: Tx, place: Place, contact_id: int, member: Member | None, *, now: datetime) -> list[Say]:
    """Hides the contact and silences them until undone: their open requests leave the queue, nothing of theirs alerts.
    Raises Refused when they are hidden already."""
    member = permitting.require(member, Right.SERVE)
    contact = await permitting.contact(tx, contact_id)
    if contact.spam_at is not None:
        raise Refused("refused-spam-already")
    await contacts.change(tx, contact.id, spam_at=now, now=now)
    events.add(tx, contact.id, "spam", staff_id=member.id, data={"spam": True}, now=now)
    said: list[Say] = []
    for one in await requests.of_contact(tx, contact.id, stages=requests.OPEN, limit=1000):
        await _move_for_spam(tx, one.id, requests.OPEN, "spam", opened=-1, now=now)
    for one in await requests.of_contact(tx, contact.id):
        said += await alerting.request_changed(tx, place, one.id, now=now)
    return said


async def unmark_spam(tx: Tx, place: Place, contact_id: int, member: Member | None, *, now: datetime) -> list[Say]:
    """It was no spam: everything is where it was before. Raises Refused when it is not marked."""
    member = permitting.require(member, Right.SERVE)
    contact = await permitting.contact(tx, contact_id)
    if contact.spam_at is None:
        raise Refused("refused-spam-not")
    await contacts.change(tx, contact.id, spam_at=None, now=now)
    events.add(tx, contact.id, "spam", staff_id=member.id, data={"spam": False}, now=now)
    said: list[Say] = []
    for one in await requests.of_contact(tx, contact.id, stages=("spam",), limit=1000):
        await _move_for_spam(tx, one.id, ("spam",), one.stage_before or "new", opened=1, now=now)
    for one in await requests.of_contact(tx, contact.id):
        said += await alerting.request_changed(tx, place, one.id, now=now)
    return said


async def _close(
    tx: Tx, request_id: int, member: Member, *, to: str, now: datetime, **values: Any
) -> tuple[Request, Contact]:
    before = await _request(tx, request_id)
    owner_id = before.owner_id or member.id
    moved = await requests.move(
        tx, request_id, from_stages=requests.OPEN, to=to, owner_id=owner_id, closed_at=now, **values
    )
    if moved is None:
        raise await _why_not(tx, request_id, member)
    await contacts.count_request(tx, moved.contact_id, opened=-1, now=now)
    _note(tx, moved, member, now=now)
    return moved, await permitting.contact(tx, moved.contact_id)


async def _move_for_spam(
    tx: Tx, request_id: int, from_stages: Collection[str], to: str, *, opened: int, now: datetime
) -> None:
    moved = await requests.move(tx, request_id, from_stages=from_stages, to=to)
    if moved is not None:
        await contacts.count_request(tx, moved.contact_id, opened=opened, now=now)


async def _request(db: Reads, request_id: int) -> Request:
    request = await requests.get(db, request_id)
    if request is None:
        raise Refused("refused-request-unknown", number=str(request_id))
    return request


async def _why_not(db: Reads, request_id: int, member: Member) -> Refused:
    """Why a request would not move: somebody was first, or it is closed."""
    request = await _request(db, request_id)
    if request.stage == "taken":
        if request.owner_id == member.id:
            return Refused("refused-taken-yours")
        names = await staff.names(db)
        return Refused("refused-taken", name=names.get(request.owner_id or 0) or "—", alert=True)
    return Refused("refused-stage", stage=request.stage)


def _note(tx: Tx, moved: Request, member: Member, *, now: datetime) -> None:
    data = {"from": moved.stage_before, "to": moved.stage}
    events.add(
        tx,
        moved.contact_id,
        "stage",
        staff_id=member.id,
        request_id=moved.id,
        text=moved.lost_reason,
        data=data,
        now=now,
    )


def _news(contact: Contact, moved: Request, screen: Screen, what: str, *, now: datetime) -> list[Say]:
    """One line to the customer; nothing to who cannot be written to."""
    if contact.telegram_id is None or not contact.reachable or contact.spam_at is not None:
        return []
    return [
        Say(
            screen,
            chat_id=contact.telegram_id,
            key=f"news:{moved.id}:{what}:{moved.version}",
            purpose=Purpose.SERVICE,
            valid_until=now + NEWS_KEEPS,
            contact_id=contact.id,
        )
    ]
