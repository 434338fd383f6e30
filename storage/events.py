"""The timeline: everything that happened with a contact, in either direction, with who did it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from storage.engine import Tx
from storage.tables import events

_ADD = insert(events)


def add(
    tx: Tx,
    contact_id: int,
    kind: str,
    *,
    now: datetime,
    text: str | None = None,
    staff_id: int | None = None,
    request_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Adds one line to the contact's timeline."""
    tx.later(
        _ADD,
        {
            "contact_id": contact_id,
            "at": now,
            "kind": kind,
            "text": text,
            "staff_id": staff_id,
            "request_id": request_id,
            "data": data,
        },
    )
