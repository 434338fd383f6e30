"""Requests: what contacts asked for, moving through the stages of a pipeline by compare-and-set."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from storage.engine import Reads, Tx
from storage.tables import contacts, requests

OPEN = ("new", "taken")
CLOSED = ("done", "lost", "withdrawn")


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `answers` is a list of {field, label, value, shown}; `version` grows with each change."""

    id: int
    contact_id: int
    form_id: str | None
    title: str
    pipeline: str | None
    playbook_hash: str | None
    stage: str
    stage_before: str | None
    owner_id: int | None
    answers: list[dict[str, Any]]
    lost_reason: str | None
    created_at: datetime
    taken_at: datetime | None
    first_reply_at: datetime | None
    closed_at: datetime | None
    version: int


COLUMNS = [requests.c[field.name] for field in fields(Request)]


async def create(
    tx: Tx,
    contact_id: int,
    *,
    title: str,
    answers: list[dict[str, Any]],
    now: datetime,
    form_id: str | None = None,
    pipeline: str | None = None,
    playbook_hash: str | None = None,
    owner_id: int | None = None,
) -> Request:
    statement = (
        insert(requests)
        .values(
            contact_id=contact_id,
            form_id=form_id,
            title=title,
            pipeline=pipeline,
            playbook_hash=playbook_hash,
            stage="new" if owner_id is None else "taken",
            owner_id=owner_id,
            answers=answers,
            created_at=now,
            taken_at=None if owner_id is None else now,
        )
        .returning(*COLUMNS)
    )
    return Request(*(await tx.run(statement)).one())


async def get(db: Reads, request_id: int) -> Request | None:
    row = await db.first(select(*COLUMNS).where(requests.c.id == request_id))
    return None if row is None else Request(*row)


# Every card asks: to build a statement of so many columns takes longer than to run it.
_OF_CONTACT = (
    select(*COLUMNS)
    .where(requests.c.contact_id == bindparam("contact"))
    .order_by(requests.c.id.desc())
    .limit(bindparam("most"))
)
_OF_CONTACT_AT = _OF_CONTACT.where(requests.c.stage.in_(bindparam("stages", expanding=True)))


async def of_contact(db: Reads, contact_id: int, *, stages: Collection[str] = (), limit: int = 50) -> list[Request]:
    """A contact's requests, the newest first."""
    params: dict[str, Any] = {"contact": contact_id, "most": limit}
    if stages:
        rows = await db.all(_OF_CONTACT_AT, {**params, "stages": list(stages)})
    else:
        rows = await db.all(_OF_CONTACT, params)
    return [Request(*row) for row in rows]


async def open_ones(db: Reads, *, limit: int, offset: int = 0) -> list[Request]:
    """The queue: open requests of people who are not spam, the oldest first."""
    statement = (
        select(*COLUMNS)
        .join(contacts, contacts.c.id == requests.c.contact_id)
        .where(requests.c.stage.in_(OPEN), contacts.c.spam_at.is_(None))
        .order_by(requests.c.created_at, requests.c.id)
        .limit(limit)
        .offset(offset)
    )
    return [Request(*row) for row in await db.all(statement)]


async def count_open(db: Reads) -> int:
    statement = (
        select(func.count())
        .select_from(requests.join(contacts, contacts.c.id == requests.c.contact_id))
        .where(requests.c.stage.in_(OPEN), contacts.c.spam_at.is_(None))
    )
    return int(await db.scalar(statement))


async def move(tx: Tx, request_id: int, *, from_stages: Collection[str], to: str, **values: Any) -> Request | None:
    """Moves a request that is in one of `from_stages`; the moved request, or None when another was first.

    One statement decides, so of two people who press at once one wins.
    """
    statement = (
        update(requests)
        .where(requests.c.id == request_id, requests.c.stage.in_(from_stages))
        .values(stage_before=requests.c.stage, stage=to, version=requests.c.version + 1, **values)
        .returning(*COLUMNS)
    )
    row = (await tx.run(statement)).first()
    return None if row is None else Request(*row)


async def change(tx: Tx, request_id: int, **values: Any) -> None:
    await tx.run(update(requests).where(requests.c.id == request_id).values(**values, version=requests.c.version + 1))


async def note_first_reply(tx: Tx, contact_id: int, *, now: datetime) -> None:
    """A manager answered: the open requests of this contact that had no reply yet have one now."""
    unanswered = (requests.c.contact_id == contact_id, requests.c.stage.in_(OPEN), requests.c.first_reply_at.is_(None))
    await tx.run(update(requests).where(*unanswered).values(first_reply_at=now))
