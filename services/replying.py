"""Replying: a word of the team's to a customer, whether or not there is a request, and its failure told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Final

from crm.permissions import Right
from crm.purposes import Purpose
from services import alerting, permitting, preferring, showing, speaking
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, events, outbox, requests, staff
from storage.contacts import Contact
from storage.engine import Tx
from storage.staff import Member
from views import staff_writing
from views.messages import Copy, Say, Screen

FLOW: Final = "write"
CONVERSATION: Final = timedelta(hours=12)
"""How long after a person wrote a reply is part of the conversation, which quiet hours do not interrupt."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What one of the team sends. `text` is sent as it is; None copies the message, `caption` being its words."""

    chat_id: int
    message_id: int
    text: str | None
    caption: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: `said` are rows to write; `waits_until` is the end of the quiet hours that keep it."""

    contact: Contact
    said: list[Say]
    waits_until: datetime | None


async def may_write(tx: Tx, member: Member | None, contact_id: int) -> Contact:
    """The contact, who can be written to by this member. Raises Refused, saying why not."""
    permitting.require(member, Right.WRITE)
    contact = await permitting.contact(tx, contact_id)
    if contact.spam_at is not None:
        raise Refused("refused-write-spam")
    if contact.telegram_id is None:
        raise Refused("refused-write-telegram")
    if not contact.reachable:
        raise Refused("refused-write-blocked")
    return contact


async def reply(
    tx: Tx, place: Place, member: Member | None, contact_id: int, letter: Letter, *, key: str, now: datetime
) -> Sent:
    """Sends a letter to a customer. Raises Refused when they cannot be written to.

    Who wrote lately is answered at once. To anybody else it is a service message: quiet hours keep it till morning.
    """
    contact = await may_write(tx, member, contact_id)
    member = permitting.require(member, Right.WRITE)
    assert contact.telegram_id is not None
    talking = contact.last_in_at is not None and now - contact.last_in_at < CONVERSATION
    until = None if talking else await preferring.held_until(tx, place, contact, now)
    screen = (
        Screen(copy=Copy(letter.chat_id, letter.message_id))
        if letter.text is None
        else Screen(escape(letter.text, quote=False))
    )
    letter_row = Say(
        screen,
        chat_id=contact.telegram_id,
        key=key,
        purpose=Purpose.ANSWER if talking else Purpose.SERVICE,
        contact_id=contact.id,
        memo={"reply_of": member.id, "told": letter.chat_id},
    )
    words = letter.text or letter.caption
    events.add(tx, contact.id, "reply", staff_id=member.id, text=words, data={"kind": letter.kind}, now=now)
    await requests.note_first_reply(tx, contact.id, now=now)
    answered = await alerting.words_answered(tx, place, contact.id, member, now=now)
    return Sent(contact, [letter_row, *answered], until)


async def note_undelivered(tx: Tx, place: Place, key: str, *, now: datetime) -> None:
    """Telegram refused for good to bring the row with this key: if one of the team wrote it, they hear so."""
    row = await outbox.by_key(tx, key)
    memo = (row.memo or {}) if row is not None else {}
    if row is None or "reply_of" not in memo or row.contact_id is None:
        return
    contact = await contacts.get(tx, row.contact_id)
    member = await staff.get(tx, memo["reply_of"])
    if contact is None or member is None:
        return
    reader = alerting.listener(place, member, now=now).reader
    screen = staff_writing.undelivered(reader.words, await showing.who(tx, contact))
    told = Say(
        screen, chat_id=memo["told"], key=f"undelivered:{row.id}", purpose=Purpose.STAFF, memo={"contact": contact.id}
    )
    speaking.say(tx, told, now=now)
