"""Imports: each file that was brought, what its columns are taken for, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import events, import_mappings, imports


@dataclass(frozen=True, slots=True)
class Import:
    """One file. States: mapping (its columns are looked over), checking, ready (to be begun), running, done; cancelled,
    failed, undone. Its files lie in `path`, a folder below the data folder; empty once they are deleted."""

    id: int
    staff_id: int | None
    chat_id: int | None
    file_name: str
    path: str | None
    sha256: str
    kind: str
    state: str
    mapping: dict[str, Any] | None
    options: dict[str, Any] | None
    counts: dict[str, Any] | None
    done_rows: int
    report_path: str | None
    change_id: int | None
    created_at: datetime
    updated_at: datetime


COLUMNS = [imports.c[field.name] for field in fields(Import)]


async def create(tx: Tx, *, now: datetime, **values: Any) -> Import:
    statement = insert(imports).values(created_at=now, updated_at=now, **values).returning(*COLUMNS)
    return Import(*(await tx.run(statement)).one())


async def get(db: Reads, import_id: int) -> Import | None:
    row = await db.first(select(*COLUMNS).where(imports.c.id == import_id))
    return None if row is None else Import(*row)


async def of_change(db: Reads, change_id: int) -> Import | None:
    """The import that made a change of the journal."""
    row = await db.first(select(*COLUMNS).where(imports.c.change_id == change_id))
    return None if row is None else Import(*row)


async def change(tx: Tx, import_id: int, *, now: datetime, only: Sequence[str] = (), **values: Any) -> Import | None:
    """Sets columns; only while it is in one of these states, when they are named. None when it is in another."""
    which = [imports.c.id == import_id, *([imports.c.state.in_(only)] if only else [])]
    statement = update(imports).where(*which).values(**values, updated_at=now).returning(*COLUMNS)
    row = (await tx.run(statement)).first()
    return None if row is None else Import(*row)


async def latest(db: Reads, *, limit: int, states: Sequence[str] = ()) -> list[Import]:
    """The newest ones."""
    statement = select(*COLUMNS).order_by(imports.c.id.desc()).limit(limit)
    return [Import(*row) for row in await db.all(statement.where(imports.c.state.in_(states)) if states else statement)]


async def kept_since(db: Reads, before: datetime) -> list[Import]:
    """Those whose files still lie on the disk, and with which nothing has happened since."""
    statement = select(*COLUMNS).where(imports.c.path.is_not(None), imports.c.updated_at < before)
    return [Import(*row) for row in await db.all(statement)]


async def of_contacts(db: Reads, numbers: Sequence[int]) -> list[Import]:
    """Those that brought or touched one of these contacts, whose files still lie on the disk."""
    told = func.json_extract(events.c.data, "$.change")
    theirs = select(told).where(events.c.contact_id.in_(numbers), events.c.kind == "imported")
    statement = select(*COLUMNS).where(imports.c.path.is_not(None), imports.c.change_id.in_(theirs))
    return [Import(*row) for row in await db.all(statement)]


async def mapping_of(db: Reads, signature: str) -> list[dict[str, Any]] | None:
    """What the columns of such a file were taken for the last time."""
    kept = await db.scalar(select(import_mappings.c.mapping).where(import_mappings.c.signature == signature))
    return None if kept is None else list(kept["columns"])


async def remember(tx: Tx, signature: str, columns: Sequence[dict[str, Any]], *, now: datetime) -> None:
    """Files with these headings are taken so from now on."""
    statement = upsert(import_mappings).values(signature=signature, mapping={"columns": list(columns)}, updated_at=now)
    set_ = {"mapping": statement.excluded.mapping, "updated_at": now}
    await tx.run(statement.on_conflict_do_update(index_elements=["signature"], set_=set_))
