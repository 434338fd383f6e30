"""Exporting: everything known of one person, for that person: a file for a program and one to be read."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crm.playbook import Playbook
from locales import Words
from storage import personal
from storage.contacts import Contact
from storage.engine import Reads
from views import my_data
from views.messages import Attachment


async def of_person(
    db: Reads, playbook: Playbook, contact: Contact, words: Words, *, zone: ZoneInfo, now: datetime
) -> tuple[Attachment, Attachment]:
    """The same data twice: as JSON, with every row and column, and as a text in the playbook's words."""
    found = await personal.everything(db, contact.id, contact.telegram_id)
    for row in found["outbox"]:
        row["payload"] = _without_files(row["payload"])
    data = {"made_at": now.isoformat(), **found}
    exact = json.dumps(data, ensure_ascii=False, indent=2, default=_plain)
    name = words.plain("my-data-file")
    readable = my_data.readable(words, playbook, found, zone=zone, now=now)
    return (
        Attachment("document", text=readable, name=f"{name}.txt"),
        Attachment("document", text=exact, name="my-data.json"),
    )


def _without_files(payload: dict[str, Any]) -> dict[str, Any]:
    """A message without the text of the file it carried: an export must not hold the exports before it."""
    attachment = payload.get("attachment")
    return payload if attachment is None else {**payload, "attachment": {**attachment, "text": None}}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
