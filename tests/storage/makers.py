"""Rows for tests. Each builder writes one thing, whole and believable, and returns its id; name what the test is about
and leave the rest to the builder.

    oksana = await make_contact(database, name="Оксана Коваль", phones=["+380671234567"], tags=["vip"])

The first argument is the database (a unit of work of its own) or a unit of work in progress.
"""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from crm import folding
from storage import consents, purchases, tables
from storage.engine import Database, Tx

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""The moment at which the builders' world stands still: a Monday."""

_telegram_ids = itertools.count(7_000_001)

T = TypeVar("T")


async def _write(to: Database | Tx, unit: Callable[[Tx], Awaitable[T]]) -> T:
    return await (unit(to) if isinstance(to, Tx) else to.write(unit))


async def _insert(to: Database | Tx, table: Any, **columns: Any) -> int:
    async def unit(tx: Tx) -> int:
        result = await tx.run(insert(table).values(**columns))
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    return await _write(to, unit)


async def make_staff(to: Database | Tx, *, name: str = "Богдан", role: str = "manager", **columns: Any) -> int:
    columns = {"telegram_id": next(_telegram_ids), "added_at": NOW, "started_at": NOW} | columns
    return await _insert(to, tables.staff, name=name, role=role, **columns)


async def make_contact(
    to: Database | Tx,
    *,
    name: str | None = "Оксана Коваль",
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
    tags: Iterable[str] = (),
    **columns: Any,
) -> int:
    """A contact with its phones (E.164), e-mails and tags; any other column by its name."""
    values: dict[str, Any] = {
        "telegram_id": next(_telegram_ids),
        "name": name,
        "name_key": folding.fold(name)[:160] if name else None,
        "language": "uk",
        "created_at": NOW,
        "updated_at": NOW,
    } | columns

    async def unit(tx: Tx) -> int:
        contact_id = await _insert(tx, tables.contacts, **values)
        for phone in phones:
            await make_phone(tx, contact_id, phone)
        for email in emails:
            await make_email(tx, contact_id, email)
        for tag in tags:
            await make_tag(tx, contact_id, tag)
        return contact_id

    return await _write(to, unit)


async def make_phone(to: Database | Tx, contact_id: int, phone: str, **columns: Any) -> int:
    columns = {"created_at": NOW, "reversed": folding.digits(phone)[::-1]} | columns
    return await _insert(
        to, tables.contact_points, contact_id=contact_id, kind="phone", value=phone, key=phone, **columns
    )


async def make_email(to: Database | Tx, contact_id: int, email: str, **columns: Any) -> int:
    columns = {"created_at": NOW} | columns
    return await _insert(
        to, tables.contact_points, contact_id=contact_id, kind="email", value=email, key=email.lower(), **columns
    )


async def make_tag(to: Database | Tx, contact_id: int, name: str, **columns: Any) -> int:
    """Puts the tag on the contact; returns the tag's id."""
    columns = {"at": NOW} | columns
    key = folding.label(name)

    async def unit(tx: Tx) -> int:
        await tx.run(upsert(tables.tags).values(name=name, key=key).on_conflict_do_nothing())
        tag_id = int(await tx.scalar(select(tables.tags.c.id).where(tables.tags.c.key == key)))
        await tx.run(insert(tables.contact_tags).values(contact_id=contact_id, tag_id=tag_id, **columns))
        return tag_id

    return await _write(to, unit)


async def make_request(to: Database | Tx, contact_id: int, *, title: str = "Записатися", **columns: Any) -> int:
    columns = {"form_id": "booking", "stage": "new", "answers": [], "created_at": NOW} | columns
    return await _insert(to, tables.requests, contact_id=contact_id, title=title, **columns)


async def make_purchase(to: Database | Tx, contact_id: int, value: int = 50000, **columns: Any) -> int:
    """A purchase in the business's own currency; the card's roll-ups follow."""
    columns = {"amount": value, "currency": "UAH", "value": value, "at": NOW, "created_at": NOW} | columns

    async def unit(tx: Tx) -> int:
        purchase_id = await _insert(tx, tables.purchases, contact_id=contact_id, **columns)
        await purchases.recompute(tx, [contact_id])
        return purchase_id

    return await _write(to, unit)


async def make_note(to: Database | Tx, contact_id: int, text: str = "Перетелефонувати", **columns: Any) -> int:
    columns = {"at": NOW} | columns
    return await _insert(to, tables.notes, contact_id=contact_id, text=text, **columns)


async def make_consent(to: Database | Tx, contact_id: int, *, purpose: str = "processing", **columns: Any) -> int:
    """A word on a purpose; the card's last words follow."""
    columns = {"granted": True, "version": "2026-11", "text": "Згода на обробку даних", "at": NOW} | columns

    async def unit(tx: Tx) -> int:
        consent_id = await _insert(tx, tables.consents, contact_id=contact_id, purpose=purpose, **columns)
        await consents.recompute(tx, [contact_id])
        return consent_id

    return await _write(to, unit)


async def make_event(to: Database | Tx, contact_id: int, *, kind: str = "message", **columns: Any) -> int:
    columns = {"at": NOW} | columns
    return await _insert(to, tables.events, contact_id=contact_id, kind=kind, **columns)


async def make_task(to: Database | Tx, staff_id: int, text: str = "Перетелефонувати", **columns: Any) -> int:
    columns = {"due_at": NOW, "created_at": NOW} | columns
    return await _insert(to, tables.tasks, staff_id=staff_id, text=text, **columns)


async def make_outbox_row(to: Database | Tx, *, chat_id: int = 7, **columns: Any) -> int:
    columns = {
        "key": f"test:{next(_telegram_ids)}",
        "purpose": "answer",
        "priority": 0,
        "payload": {},
        "state": "pending",
        "on_doubt": "resend",
        "due_at": NOW,
        "created_at": NOW,
    } | columns
    return await _insert(to, tables.outbox, chat_id=chat_id, **columns)
