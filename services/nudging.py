"""Nudging: who left a form half-way is reminded of it once, kindly, if the owner wants that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from crm.playbook import Form, Playbook
from crm.purposes import Purpose
from locales import words_in
from services import capturing
from services.workplace import Place
from storage import contacts, conversations, outbox
from storage.conversations import Conversation
from storage.engine import Tx
from storage.outbox import Claimed
from views import form_screens

PREFIX: Final = "nudge:"
OF_USE: Final = timedelta(days=2)
"""Who left longer ago than that past the owner's time has forgotten the form: a reminder would be a riddle."""


def wanted_forms(playbook: Playbook) -> Iterator[tuple[Form, timedelta]]:
    """The forms whose owner wants a reminder, each with how long after the last answer."""
    for form in playbook.forms:
        if form.nudge_after is not None:
            yield form, form.nudge_after


async def nudge(tx: Tx, place: Place, form: Form, left: Conversation, *, now: datetime) -> None:
    """Plans the reminder of this form, once for one filling of it: going on and leaving again is no reason for a
    second."""
    await conversations.mark_nudged(tx, left.chat_id, left.user_id, now=now)
    contact = await contacts.by_telegram_id(tx, left.user_id)
    run = (left.state or {}).get("run")
    if contact is None or run is None or left.chat_id != left.user_id:
        return
    name = place.playbooks.current.business.name
    screen = form_screens.nudge(words_in(contact.language), form, name=contact.name or "", business=name)
    outbox.add(
        tx,
        outbox.row(
            key=f"{PREFIX}{run}",
            chat_id=left.chat_id,
            contact_id=contact.id,
            payload=screen.to_json(),
            purpose=Purpose.SERVICE.value,
            priority=Purpose.SERVICE.priority,
            due_at=now,
            valid_until=now + OF_USE,
            on_doubt="skip",
            now=now,
        ),
    )


async def still_wanted(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> bool:
    """Whether the form is still where it was left: the night may have kept the reminder until it was finished."""
    left = await conversations.nudged(tx, row.chat_id, row.chat_id)
    return left is not None and left.flow == capturing.FLOW and f"{PREFIX}{(left.state or {}).get('run')}" == row.key
