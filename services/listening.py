"""Listening: what a person says outside a form reaches the team, and, where they agreed, stays on their timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services import alerting, keeping, pressing
from services.workplace import Place
from storage import events
from storage.contacts import Contact
from storage.engine import Tx
from views.messages import Say


@dataclass(frozen=True, slots=True)
class Heard:
    """One message. `kind` is what Telegram calls its content; `file` as crm.form_types.FileSent keeps it."""

    chat_id: int
    message_id: int
    text: str | None
    caption: str | None
    kind: str
    file: Mapping[str, Any] | None


async def hear(
    tx: Tx,
    place: Place,
    contact: Contact,
    heard: Heard,
    *,
    now: datetime,
    request_id: int | None = None,
    edited: bool = False,
) -> list[Say]:
    """Keeps the message and tells the team. Without consent nothing of the words is kept: they are passed on as they
    are. Who was marked as spam is heard by nobody."""
    if not edited:
        await pressing.note_reply(tx, contact.id, now=now)
    agreed = contact.consent_version is not None
    data: dict[str, Any] = {"kind": heard.kind}
    if edited:
        data["edited"] = True
    events.add(
        tx,
        contact.id,
        "message",
        text=(heard.text or heard.caption) if agreed else None,
        data=data,
        request_id=request_id,
        now=now,
    )
    if agreed and heard.file is not None and not edited:
        await keeping.keep(tx, contact.id, [heard.file], request_id=request_id, now=now)
    # What is no plain text is copied whole, caption and all.
    return await alerting.customer_wrote(
        tx, place, contact, heard.chat_id, heard.message_id, heard.text if agreed else None, now
    )
