"""Contacts: one card a person. Reading, creating and changing the card's own row and its phones and e-mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from crm import folding
from storage import contact_values, search, wishes
from storage.engine import Reads, Tx
from storage.tables import contact_points, contacts, telegram_aliases


@dataclass(frozen=True, slots=True)
class Contact:
    """The card's own row. `fields` are the profile's and the owner's own, by id; `spent` is in minor units of the
    business's currency, less refunds; `points` are of loyalty; `nps` and `rating` are the latest scores given."""

    id: int
    telegram_id: int | None
    username: str | None
    name: str | None
    language: str
    language_chosen: bool
    timezone: str | None
    source_first: str | None
    source_last: str | None
    owner_id: int | None
    status: str
    fields: dict[str, Any]
    consent_version: str | None
    consent_refused: str | None
    reachable: bool
    spam_at: datetime | None
    created_at: datetime
    last_in_at: datetime | None
    requests: int
    open_requests: int
    last_request_at: datetime | None
    last_survey_at: datetime | None
    version: int
    purchases: int
    spent: int
    first_purchase_at: datetime | None
    last_purchase_at: datetime | None
    points: int
    nps: int | None
    rating: int | None
    status_pinned: bool
    status_at: datetime | None
    level: str | None
    rfm: str | None
    abc: str | None


COLUMNS = [contacts.c[field.name] for field in fields(Contact)]
OTHER_ACCOUNT = (
    select(telegram_aliases.c.contact_id)
    .where(telegram_aliases.c.telegram_id == bindparam("account", type_=BigInteger))
    .scalar_subquery()
)
"""The card that the account writes to without being its main one (storage/aliases.py)."""
# Asked for every message: building a statement of so many columns costs more than running it.
_BY_ID = select(*COLUMNS).where(contacts.c.id == bindparam("contact"))
_BY_TELEGRAM = select(*COLUMNS).where(
    or_(contacts.c.telegram_id == bindparam("account", type_=BigInteger), contacts.c.id == OTHER_ACCOUNT)
)


@dataclass(frozen=True, slots=True)
class Point:
    """A phone or an e-mail of a contact."""

    id: int
    kind: str
    value: str
    verified: bool
    preferred: bool


async def get(db: Reads, contact_id: int) -> Contact | None:
    row = await db.first(_BY_ID, {"contact": contact_id})
    return None if row is None else Contact(*row)


async def get_many(db: Reads, ids: Sequence[int]) -> list[Contact]:
    """The contacts with these ids, in this order; ids that are gone are left out."""
    rows = {row.id: Contact(*row) for row in await db.all(select(*COLUMNS).where(contacts.c.id.in_(ids)))}
    return [rows[one] for one in ids if one in rows]


async def by_telegram_id(db: Reads, telegram_id: int) -> Contact | None:
    """The card this Telegram account writes to, be it the card's main account or another of the person's."""
    row = await db.first(_BY_TELEGRAM, {"account": telegram_id})
    return None if row is None else Contact(*row)


async def create(
    tx: Tx,
    *,
    now: datetime,
    language: str,
    telegram_id: int | None = None,
    name: str | None = None,
    source: str | None = None,
    owner_id: int | None = None,
) -> Contact:
    """A new card. For somebody who only wrote to the bot it holds an id and a language: the name comes with consent.
    A telegram_id that has a card already returns that card."""
    statement = (
        upsert(contacts)
        .values(
            telegram_id=telegram_id,
            name=name,
            name_key=None if name is None else folding.fold(name),
            language=language,
            source_first=source,
            source_last=source,
            owner_id=owner_id,
            reachable=telegram_id is not None,
            fields={},
            created_at=now,
            updated_at=now,
            last_in_at=now if telegram_id is not None else None,
        )
        .on_conflict_do_update(index_elements=["telegram_id"], set_={"updated_at": now})
        .returning(*COLUMNS)
    )
    contact = Contact(*(await tx.run(statement)).one())
    await search.index(tx, contact.id)
    return contact


_SEARCHED = {"name", "username", "fields", "telegram_id"}
_STANDING = {"reachable", "spam_at", "telegram_id"}


async def change(tx: Tx, contact_id: int, *, now: datetime, **values: Any) -> None:
    """Sets columns of the card and keeps the search keys, and what segments ask of its fields, in step."""
    if "name" in values:
        values["name_key"] = None if values["name"] is None else folding.fold(values["name"])
    await tx.run(
        update(contacts)
        .where(contacts.c.id == contact_id)
        .values(**values, updated_at=now, version=contacts.c.version + 1)
    )
    if _STANDING & values.keys():
        tx.tell(wishes.STANDING, contact_id)
    if "fields" in values:
        await contact_values.sync(tx, [contact_id])
    if _SEARCHED & values.keys():
        await search.index(tx, contact_id)


_TOUCH = update(contacts).where(contacts.c.id == bindparam("contact")).values(last_in_at=bindparam("at"))


def touch(tx: Tx, contact_id: int, *, now: datetime) -> None:
    """The person wrote or pressed something now."""
    tx.later(_TOUCH, {"contact": contact_id, "at": now})


async def count_request(tx: Tx, contact_id: int, *, opened: int, total: int = 0, now: datetime) -> None:
    """Keeps the roll-ups of requests: `opened` is +1, 0 or -1; `total` is 1 for a new request."""
    values: dict[str, Any] = {
        "requests": contacts.c.requests + total,
        "open_requests": func.max(contacts.c.open_requests + opened, 0),
        "updated_at": now,
    }
    if total:
        values["last_request_at"] = now
    await tx.run(update(contacts).where(contacts.c.id == contact_id).values(**values))


_POINTS = (
    select(
        contact_points.c.contact_id,
        contact_points.c.id,
        contact_points.c.kind,
        contact_points.c.value,
        contact_points.c.verified_at.is_not(None),
        contact_points.c.preferred,
    )
    .where(contact_points.c.contact_id.in_(bindparam("contacts", expanding=True)))
    .order_by(contact_points.c.preferred.desc(), contact_points.c.verified_at.is_(None), contact_points.c.id)
)


async def points(db: Reads, contact_id: int) -> list[Point]:
    """The contact's phones and e-mails, the preferred first, then the verified, then the oldest."""
    return (await points_of(db, [contact_id]))[contact_id]


async def points_of(db: Reads, ids: Sequence[int]) -> dict[int, list[Point]]:
    """The same of each of these contacts."""
    points: dict[int, list[Point]] = {one: [] for one in ids}
    for row in await db.all(_POINTS, {"contacts": list(ids)}):
        points[row[0]].append(Point(row[1], row[2], row[3], bool(row[4]), bool(row[5])))
    return points


async def add_point(tx: Tx, contact_id: int, kind: str, value: str, *, verified: bool, now: datetime) -> None:
    """Adds a phone (E.164) or an e-mail; one that is there already is kept, and becomes verified if it now is."""
    key = value if kind == "phone" else value.lower()
    statement = upsert(contact_points).values(
        contact_id=contact_id,
        kind=kind,
        value=value,
        key=key,
        reversed=folding.digits(value)[::-1] if kind == "phone" else None,
        verified_at=now if verified else None,
        created_at=now,
    )
    keep = {"verified_at": func.coalesce(contact_points.c.verified_at, statement.excluded.verified_at)}
    await tx.run(statement.on_conflict_do_update(index_elements=["contact_id", "kind", "key"], set_=keep))
    await search.index(tx, contact_id)


async def remove_point(tx: Tx, contact_id: int, point_id: int) -> bool:
    statement = contact_points.delete().where(
        contact_points.c.id == point_id, contact_points.c.contact_id == contact_id
    )
    removed = bool((await tx.run(statement)).rowcount)
    await search.index(tx, contact_id)
    return removed


async def prefer_point(tx: Tx, contact_id: int, point_id: int) -> str | None:
    """Makes one phone (or e-mail) of the contact the one to use first; its kind, or None where it is not theirs."""
    mine = (contact_points.c.id == point_id, contact_points.c.contact_id == contact_id)
    kind: str | None = await tx.scalar(select(contact_points.c.kind).where(*mine))
    if kind is not None:
        alike = (contact_points.c.contact_id == contact_id, contact_points.c.kind == kind)
        await tx.run(update(contact_points).where(*alike).values(preferred=contact_points.c.id == point_id))
    return kind


async def with_point(db: Reads, kind: str, key: str) -> list[int]:
    """Ids of the contacts that have this phone or e-mail."""
    statement = select(contact_points.c.contact_id).where(contact_points.c.kind == kind, contact_points.c.key == key)
    return [row[0] for row in await db.all(statement)]
