"""Contacts as they are exported: read beside the writer, a slice at a time, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from crm.export_columns import Record
from storage.engine import Reads, Tx
from storage.tables import contact_points, contact_tags, contacts, exports, staff, tags

_COLUMNS = (
    contacts.c.id,
    contacts.c.name,
    contacts.c.username,
    contacts.c.language,
    contacts.c.status,
    contacts.c.level,
    contacts.c.source_first,
    contacts.c.purchases,
    contacts.c.spent,
    contacts.c.points,
    contacts.c.first_purchase_at,
    contacts.c.last_purchase_at,
    contacts.c.rfm,
    contacts.c.abc,
    contacts.c.nps,
    contacts.c.consent_marketing,
    contacts.c.created_at,
    contacts.c.last_in_at,
    contacts.c.fields,
    staff.c.name.label("owner"),
)


async def records(db: Reads, ids: Sequence[int]) -> list[Record]:
    """These contacts, in this order; who is gone is left out. A slice of a thousand is a good size."""
    among = list(ids)
    rows = {
        row.id: row
        for row in await db.all(
            select(*_COLUMNS)
            .select_from(contacts.outerjoin(staff, staff.c.id == contacts.c.owner_id))
            .where(contacts.c.id.in_(among))
        )
    }
    phones, emails = await _points(db, among)
    tagged = await _tags(db, among)
    return [
        Record(
            id=one,
            name=row.name,
            username=row.username,
            phones=tuple(phones[one]),
            emails=tuple(emails[one]),
            tags=tuple(tagged[one]),
            language=row.language,
            status=row.status,
            level=row.level,
            source=row.source_first,
            owner=row.owner,
            purchases=row.purchases,
            spent=row.spent,
            points=row.points,
            first_purchase_at=row.first_purchase_at,
            last_purchase_at=row.last_purchase_at,
            rfm=row.rfm,
            abc=row.abc,
            nps=row.nps,
            marketing=bool(row.consent_marketing),
            created_at=row.created_at,
            last_in_at=row.last_in_at,
            fields=row.fields,
        )
        for one in among
        if (row := rows.get(one)) is not None
    ]


async def _points(db: Reads, ids: list[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    found: dict[str, dict[int, list[str]]] = {"phone": defaultdict(list), "email": defaultdict(list)}
    statement = (
        select(contact_points.c.contact_id, contact_points.c.kind, contact_points.c.value)
        .where(contact_points.c.contact_id.in_(ids))
        .order_by(contact_points.c.preferred.desc(), contact_points.c.verified_at.is_(None), contact_points.c.id)
    )
    for contact_id, kind, value in await db.all(statement):
        found[kind][contact_id].append(value)
    return found["phone"], found["email"]


async def _tags(db: Reads, ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    statement = (
        select(contact_tags.c.contact_id, tags.c.name)
        .join_from(contact_tags, tags, tags.c.id == contact_tags.c.tag_id)
        .where(contact_tags.c.contact_id.in_(ids))
        .order_by(tags.c.key)
    )
    for contact_id, name in await db.all(statement):
        found[contact_id].append(name)
    return found


# ------------------------------------------------------------------------------------------------- who took what, when


async def log(
    tx: Tx, *, staff_id: int, mark: str, segment: str, format: str, columns: Sequence[str], now: datetime
) -> int:
    """Notes that an export was asked for; returns its number."""
    values: dict[str, Any] = {
        "staff_id": staff_id,
        "mark": mark,
        "segment": segment,
        "format": format,
        "columns": list(columns),
        "created_at": now,
    }
    return int((await tx.run(insert(exports).values(**values).returning(exports.c.id))).scalar_one())


async def finish(tx: Tx, export_id: int, *, state: str, count: int, columns: Sequence[str], now: datetime) -> None:
    """sent or failed, and how many contacts and which columns it held."""
    statement = update(exports).where(exports.c.id == export_id)
    await tx.run(statement.values(state=state, contacts=count, columns=list(columns), done_at=now))


async def get(db: Reads, export_id: int) -> Any:
    return await db.first(select(exports).where(exports.c.id == export_id))


async def latest(db: Reads, *, limit: int) -> Sequence[Any]:
    """The newest exports with who took them: the log an owner reads."""
    statement = (
        select(exports, staff.c.name.label("by"))
        .select_from(exports.outerjoin(staff, staff.c.id == exports.c.staff_id))
        .order_by(exports.c.id.desc())
        .limit(limit)
    )
    return await db.all(statement)
