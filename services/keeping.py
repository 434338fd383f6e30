"""Keeping files: what a person sent is noted at once, and fetched to the disk when there is time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from storage import files, work
from storage.engine import Tx

FETCH: Final = "fetch_file"
LARGEST: Final = 20 * 1024 * 1024
"""Telegram lets a bot download files of up to 20 MB (Bot API, getFile)."""


async def keep(
    tx: Tx, contact_id: int, sent: Iterable[Mapping[str, Any]], *, request_id: int | None = None, now: datetime
) -> None:
    """Notes files as crm.form_types.FileSent describes them, and plans a copy of each that may be downloaded."""
    for file in await files.add(tx, contact_id, sent, request_id=request_id, now=now):
        if file.size is None or file.size <= LARGEST:
            work.add(tx, FETCH, f"file:{file.id}", {"file": file.id}, now=now)
