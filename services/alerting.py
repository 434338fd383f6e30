"""Alerting: what the team hears of a customer, each in their own language, at once and never more than a group may be
told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import permissions
from crm.permissions import Right
from crm.purposes import Purpose
from locales import words_in
from services import showing
from services.workplace import Place
from storage import alerts, contacts, requests, staff
from storage.contacts import Contact
from storage.engine import Reads
from storage.staff import Member
from views import request_cards as request_views
from views import staff_writing
from views.messages import Copy, Say, Screen
from views.staff_names import Reader

ALONE: Final = 14
"""Requests a minute that are told one by one. Telegram takes 20 messages a minute in a group, and there are others."""
MINUTE: Final = timedelta(minutes=1)
_COUNTED: Final = 1000
"""How many of a minute's requests are counted for the digest: nobody reads past that."""


@dataclass(frozen=True, slots=True)
class Listener:
    """A chat of the team's, and how what is said there is read."""

    chat_id: int
    reader: Reader


async def team(db: Reads, place: Place, *, now: datetime) -> list[Listener]:
    """Who is alerted: the team's group where there is one, else each active manager and owner."""
    if place.team_chat_id is not None:
        return [Listener(place.team_chat_id, Reader(words_in(place.language), place.timezone, now))]
    return [listener(place, member, now=now) for member in await staff.active(db, "owner", "manager")]


def listener(place: Place, member: Member, *, now: datetime) -> Listener:
    """One of the team in their private chat."""
    zone = ZoneInfo(member.timezone) if member.timezone else place.timezone
    reader = Reader(
        words_in(member.language or place.language), zone, now, changes=permissions.allows(member.role, Right.SERVE)
    )
    return Listener(member.telegram_id, reader)


async def request_created(db: Reads, place: Place, request_id: int, now: datetime) -> list[Say]:
    """A new request reaches the team at once. Past `ALONE` a minute it goes into one digest, which leaves when the
    minute is over. Nothing is said of a contact that is spam."""
    request = await requests.get(db, request_id)
    contact = None if request is None else await contacts.get(db, request.contact_id)
    if request is None or contact is None or contact.spam_at is not None:
        return []
    listeners = await team(db, place, now=now)
    came = await alerts.came_lately(db, count=ALONE + 1)
    if len(came) > ALONE and came[-1] > now - MINUTE:
        return await _digest(db, listeners, now=now)
    seen = await showing.request(db, place, request, contact)
    return [
        Say(
            request_views.card(one.reader, seen),
            chat_id=one.chat_id,
            key=f"request:{request.id}:{one.chat_id}",
            purpose=Purpose.STAFF,
            memo={"contact": contact.id, "request": request.id},
        )
        for one in listeners
    ]


async def customer_wrote(
    db: Reads,
    place: Place,
    contact: Contact,
    chat_id: int,
    message_id: int,
    text: str | None,
    now: datetime,
) -> list[Say]:
    """What a customer wrote outside a form reaches the team with a reply button.

    `text` is quoted; None (no consent to keep words, or not words at all) has the message itself copied. A message that
    the team was told of before has been edited since. Nothing is said of a contact that is spam.
    """
    if contact.spam_at is not None:
        return []
    who = await showing.who(db, contact)
    open_request = await showing.open_request(db, contact.id)
    edited = await alerts.tells_of(db, contact.id, message_id)
    said: list[Say] = []
    for one in await team(db, place, now=now):
        key = f"wrote:{contact.id}:{message_id}:{one.chat_id}"
        if edited:
            key = f"{key}:{now:%Y%m%d%H%M%S%f}"
        memo: dict[str, Any] = {"contact": contact.id}
        screen = staff_writing.wrote(one.reader, who, text=text, request_id=open_request, edited=edited)
        said.append(Say(screen, chat_id=one.chat_id, key=key, purpose=Purpose.STAFF, memo=memo))
        if text is None:
            copy = Screen(copy=Copy(chat_id, message_id), protect=True)
            below = key.replace("wrote:", "copied:", 1)
            said.append(Say(copy, chat_id=one.chat_id, key=below, purpose=Purpose.STAFF, memo=memo))
    return said


async def request_withdrawn(db: Reads, place: Place, request_id: int, now: datetime) -> list[Say]:
    """The customer took a request back: its card says so everywhere, and the team hears it."""
    request = await requests.get(db, request_id)
    contact = None if request is None else await contacts.get(db, request.contact_id)
    if request is None or contact is None:
        return []
    who = await showing.who(db, contact)
    told = [
        Say(
            request_views.withdrawn(one.reader, request.id, who),
            chat_id=one.chat_id,
            key=f"withdrawn:{request.id}:{one.chat_id}",
            purpose=Purpose.STAFF,
            memo={"contact": contact.id, "request": request.id},
        )
        for one in await team(db, place, now=now)
    ]
    return [*await request_changed(db, place, request_id, now=now), *told]


async def request_changed(db: Reads, place: Place, request_id: int, *, now: datetime) -> list[Say]:
    """The request's card as it is now, in every chat of the team's that has it. Chats of those who left are let be."""
    told = await alerts.of_request(db, request_id)
    request = await requests.get(db, request_id) if told else None
    contact = None if request is None else await contacts.get(db, request.contact_id)
    if request is None or contact is None:
        return []
    listeners = await everywhere(db, place, now=now)
    seen = await showing.request(db, place, request, contact)
    return [
        Say(
            request_views.card(listeners[alert.chat_id].reader, seen),
            chat_id=alert.chat_id,
            key=alert.key,
            revise=True,
            purpose=Purpose.STAFF,
        )
        for alert in told
        if alert.chat_id in listeners
    ]


async def words_answered(db: Reads, place: Place, contact_id: int, by: Member, *, now: datetime) -> list[Say]:
    """Marks what this customer wrote, wherever the team was told of it, as answered by one of the team."""
    listeners = await everywhere(db, place, now=now)
    said: list[Say] = []
    for alert in await alerts.of_words(db, contact_id):
        if (there := listeners.get(alert.chat_id)) is None:
            continue
        reader = there.reader
        screen = Screen.from_json(alert.payload)
        line = staff_writing.answered_by(reader.words, by.name, now.astimezone(reader.zone))
        said.append(
            Say(
                replace(screen, text=screen.text + line),
                chat_id=alert.chat_id,
                key=alert.key,
                revise=True,
                purpose=Purpose.STAFF,
                memo={**alert.memo, "answered": by.id},
            )
        )
    return said


async def everywhere(db: Reads, place: Place, *, now: datetime) -> dict[int, Listener]:
    """Every chat where one of today's team may read of customers."""
    chats = {member.telegram_id: listener(place, member, now=now) for member in await staff.active(db)}
    if place.team_chat_id is not None:
        reader = Reader(words_in(place.language), place.timezone, now)
        chats[place.team_chat_id] = Listener(place.team_chat_id, reader)
    return chats


async def _digest(db: Reads, listeners: list[Listener], *, now: datetime) -> list[Say]:
    minute = now.replace(second=0, microsecond=0)
    came = sum(at >= minute for at in await alerts.came_lately(db, count=_COUNTED))
    waiting, oldest = await requests.count_open(db), await alerts.oldest_waiting(db)
    return [
        Say(
            request_views.digest(one.reader, came=came, waiting=waiting, oldest=oldest),
            chat_id=one.chat_id,
            key=f"digest:{one.chat_id}:{minute:%Y%m%d%H%M}",
            revise=True,
            purpose=Purpose.STAFF,
            due_at=minute + MINUTE,
        )
        for one in listeners
    ]
