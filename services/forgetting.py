"""Forgetting: a person asked to be erased. Their rows go in one transaction, their files right after it.

What is kept is a tombstone: the card's number, when it was erased and how many requests there were, so that figures of
the past still add up and a restored backup can be told whom to forget again. Numbers of cards are never given twice.
"""

from __future__ import annotations

import html
from datetime import datetime
from typing import Final

from crm import values
from crm.purposes import Purpose
from services import alerting
from services.workplace import Place
from storage import contacts, facts, personal, requests, work
from storage.contacts import Contact
from storage.engine import Tx
from views import my_data
from views.messages import Say

SCRUB: Final = "scrub"
"""The work that follows: files on disk, the words in the index of the search, the journal of the database."""


async def erase(tx: Tx, place: Place, contact: Contact, *, now: datetime) -> list[Say]:
    """Erases everything about a contact. Returns what the team is told: their cards of the requests say so."""
    found = await requests.of_contact(tx, contact.id, limit=1000)
    open_ones = [one.id for one in found if one.stage in requests.OPEN]
    team = await alerting.team(tx, place, now=now)
    await personal.erase(tx, contact.id, contact.telegram_id, await _names(tx, contact))
    await facts.put(tx, f"erased:{contact.id}", {"at": now.isoformat(), "requests": contact.requests})
    work.add(tx, SCRUB, f"scrub:{contact.id}", {"contact": contact.id}, now=now)
    return [
        Say(
            my_data.erased_card(one.reader.words, request_id),
            chat_id=one.chat_id,
            key=f"request:{request_id}:{one.chat_id}",
            revise=True,
            purpose=Purpose.STAFF,
            memo={},
        )
        for request_id in open_ones
        for one in team
    ]


async def _names(tx: Tx, contact: Contact) -> list[str]:
    """How the person may be named in what the team was shown, as it was shown: escaped, phones in both spellings."""
    named = [contact.name or "", f"@{contact.username}" if contact.username else ""]
    for point in await contacts.points(tx, contact.id):
        named += [point.value, values.phone_shown(point.value)] if point.kind == "phone" else [point.value]
    return [html.escape(one, quote=False) for one in named if one]
