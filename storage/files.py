"""Files that contacts sent: Telegram's id of each, and where its copy is once it was fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from storage.engine import Reads, Tx
from storage.tables import files


@dataclass(frozen=True, slots=True)
class File:
    """One file. `path` is of its copy, below the data folder; None until it was fetched (or for ever: too large)."""

    id: int
    contact_id: int
    request_id: int | None
    file_id: str
    unique_id: str
    kind: str
    name: str | None
    mime: str | None
    size: int | None
    path: str | None
    at: datetime


COLUMNS = [files.c[field.name] for field in fields(File)]


async def add(
    tx: Tx, contact_id: int, sent: Iterable[Mapping[str, Any]], *, request_id: int | None = None, now: datetime
) -> list[File]:
    """Keeps files as crm.form_types.FileSent describes them, in their order."""
    statement = insert(files).returning(*COLUMNS)
    kept = []
    for one in sent:
        values = {
            "file_id": one["file_id"],
            "unique_id": one["unique_id"],
            "kind": one["kind"],
            "name": (one.get("name") or "")[:255] or None,
            "mime": (one.get("mime") or "")[:127] or None,
            "size": one.get("size"),
        }
        row = (await tx.run(statement.values(contact_id=contact_id, request_id=request_id, at=now, **values))).one()
        kept.append(File(*row))
    return kept


async def get(db: Reads, file_id: int) -> File | None:
    row = await db.first(select(*COLUMNS).where(files.c.id == file_id))
    return None if row is None else File(*row)


async def of_contact(db: Reads, contact_id: int, *, request_id: int | None = None, limit: int = 100) -> list[File]:
    """A contact's files, the newest first; those of one request when it is named."""
    statement = select(*COLUMNS).where(files.c.contact_id == contact_id).order_by(files.c.id.desc()).limit(limit)
    if request_id is not None:
        statement = statement.where(files.c.request_id == request_id)
    return [File(*row) for row in await db.all(statement)]


_COUNT = select(func.count()).where(files.c.contact_id == bindparam("contact"))


async def count(db: Reads, contact_id: int) -> int:
    return int(await db.scalar(_COUNT, {"contact": contact_id}))


async def note_copy(tx: Tx, file_id: int, path: str, size: int) -> bool:
    """Where the copy is. False when the file is no longer known: its owner was erased meanwhile."""
    statement = update(files).where(files.c.id == file_id).values(path=path, size=size)
    return bool((await tx.run(statement)).rowcount)
