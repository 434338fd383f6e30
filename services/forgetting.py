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
from locales import words_in
from services import alerting, importing
from services.workplace import Place
from storage import contacts, facts, imports, personal, work
from storage.contacts import Contact
from storage.engine import Tx
from views import my_data
from views.messages import Say

SCRUB: Final = "scrub"
"""The work that follows: files on disk, the words in the index of the search, the journal of the database."""


async def erase(tx: Tx, place: Place, contact: Contact, *, now: datetime) -> list[Say]:
    """Erases everything about a contact. Returns what the team is told: their cards of the requests say so."""
    who = await personal.person(tx, contact.id, contact.telegram_id)
    cards = await personal.request_cards(tx, who.numbers)
    listeners = await alerting.everywhere(tx, place, now=now)
    # The files they came from: one that is still being worked on stays until its time is over.
    brought = [one.id for one in await imports.of_contacts(tx, who.numbers) if one.state not in importing.WORKING]
    await personal.erase(tx, who, [*await _names(tx, contact), *map(_shown, await personal.former_names(tx, who))])
    # The cards merged into this one are of the same person: in a backup of before they still stand by themselves.
    for number in who.numbers:
        requests = contact.requests if number == contact.id else 0
        await facts.put(tx, f"erased:{number}", {"at": now.isoformat(), "requests": requests})
        work.add(tx, SCRUB, f"scrub:{number}", {"contact": number, "imports": brought}, now=now)
    default = words_in(place.language)
    return [
        Say(
            my_data.erased_card(listeners[chat_id].reader.words if chat_id in listeners else default, number),
            chat_id=chat_id,
            key=key,
            revise=True,
            purpose=Purpose.STAFF,
            memo={},
        )
        for key, chat_id, number in cards
    ]


async def _names(tx: Tx, contact: Contact) -> list[str]:
    """How the person may be named in what the team was shown, as it was shown: escaped, phones in both spellings."""
    named = [contact.name or "", f"@{contact.username}" if contact.username else ""]
    for point in await contacts.points(tx, contact.id):
        named += [point.value, values.phone_shown(point.value)] if point.kind == "phone" else [point.value]
    return [_shown(one) for one in named if one]


def _shown(name: str) -> str:
    return html.escape(name, quote=False)
