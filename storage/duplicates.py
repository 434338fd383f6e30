"""Looking for cards that may be one person's: the base as it is compared, whom a card is near to, the pairs found.

A sweep reads the base with plain sqlite3 from a process of its own (services/sweeping.py), a slice at a time. A pair the
team has said to be two people is never opened again: `duplicate_pairs.state` distinct.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.sqlite import insert as upsert

from crm import folding
from crm.doubles import Found, Person
from crm.likeness import SHORT_NUMBER
from crm.linkage import probability
from storage import schema
from storage.engine import Reads, Tx
from storage.tables import contact_points, contact_values, contacts, duplicate_pairs

SLICE: Final = 5_000
NEAR: Final = 40
"""So many cards share a phone, an address or a name at most: beyond that it tells nobody apart."""
_ADDRESSES: Final = ("address", "street")
"""Fields of the owner's own that hold where somebody lives."""

_CARDS: Final = """SELECT id, name, username, telegram_id, fields FROM contacts
WHERE id > ? AND spam_at IS NULL ORDER BY id LIMIT ?"""
_POINTS: Final = """SELECT contact_id, kind, "key", verified_at IS NOT NULL FROM contact_points
WHERE contact_id BETWEEN ? AND ? ORDER BY contact_id, id"""


def everybody(path: Path) -> Iterator[Person]:
    """Every card but those of spam, in the order of their ids; without a transaction that outlasts a slice.

    Raises a Trouble for a file that is not a whole database.
    """
    after = 0
    with schema.reading(path) as connection:
        while True:
            with closing(connection.execute(_CARDS, (after, SLICE))) as cursor:
                rows = cursor.fetchall()
            if not rows:
                return
            with closing(connection.execute(_POINTS, (rows[0][0], rows[-1][0]))) as cursor:
                points = _by_contact(cursor)
            for number, name, username, telegram_id, fields in rows:
                yield _person(number, name, username, telegram_id, json.loads(fields), points[number])
            after = rows[-1][0]


async def people(db: Reads, ids: Sequence[int]) -> list[Person]:
    """These cards, but those that are gone or spam, in the order of their ids."""
    rows = await db.all(
        select(contacts.c.id, contacts.c.name, contacts.c.username, contacts.c.telegram_id, contacts.c.fields)
        .where(contacts.c.id.in_(ids), contacts.c.spam_at.is_(None))
        .order_by(contacts.c.id)
    )
    points = _by_contact(
        await db.all(
            select(
                contact_points.c.contact_id,
                contact_points.c.kind,
                contact_points.c.key,
                contact_points.c.verified_at.is_not(None),
            )
            .where(contact_points.c.contact_id.in_(ids))
            .order_by(contact_points.c.contact_id, contact_points.c.id)
        )
    )
    return [
        _person(number, name, username, telegram_id, fields, points[number])
        for number, name, username, telegram_id, fields in rows
    ]


def _by_contact(rows: Iterable[Sequence[Any]]) -> dict[int, list[tuple[str, str, bool]]]:
    points: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    for number, kind, key, verified in rows:
        points[number].append((kind, key, bool(verified)))
    return points


def _person(
    number: int,
    name: str | None,
    username: str | None,
    telegram_id: int | None,
    fields: Mapping[str, Any],
    points: Sequence[tuple[str, str, bool]],
) -> Person:
    def said(*names: str) -> str | None:
        return next((value for one in names if isinstance(value := fields.get(one), str) and value), None)

    return Person(
        id=number,
        name=name,
        username=username,
        phones=tuple(key for kind, key, _ in points if kind == "phone"),
        emails=tuple(key for kind, key, _ in points if kind == "email"),
        verified=tuple(key for kind, key, verified in points if kind == "phone" and verified),
        birthday=said("birthday"),
        city=said("city"),
        address=said(*_ADDRESSES),
        telegram_id=telegram_id,
    )


async def near(db: Reads, person: Person) -> list[int]:
    """Ids of the cards worth comparing with this one: those that share a phone (by its last seven digits), an e-mail, a
    username, the whole name in either order, or the birthday. Each is one look-up in an index."""
    found: dict[int, None] = {}
    for phone in person.phones:
        backwards = folding.digits(phone)[::-1][:SHORT_NUMBER]
        column = contact_points.c.reversed
        if len(backwards) == SHORT_NUMBER:
            within = column.between(backwards, backwards + ":")  # what comes after the digits
            await _note(db, found, select(contact_points.c.contact_id).where(within))
    if person.emails:
        await _note(db, found, select(contact_points.c.contact_id).where(contact_points.c.key.in_(person.emails)))
    if person.username:
        await _note(db, found, select(contacts.c.id).where(contacts.c.username == person.username))
    if person.name:
        words = folding.fold(person.name).split()
        keys = {" ".join(words), " ".join(reversed(words))} if len(words) > 1 else set()
        if keys:
            await _note(db, found, select(contacts.c.id).where(contacts.c.name_key.in_(keys)))
    if person.birthday:
        born = (contact_values.c.field == "birthday") & (contact_values.c.key == person.birthday)
        await _note(db, found, select(contact_values.c.contact_id).where(born))
    found.pop(person.id, None)
    return list(found)


async def _note(db: Reads, found: dict[int, None], statement: Any) -> None:
    ids = [row[0] for row in await db.all(statement.limit(NEAR + 1))]
    if len(ids) <= NEAR:
        found.update(dict.fromkeys(ids))


async def note(tx: Tx, found: Sequence[Found], *, now: datetime) -> list[tuple[int, int]]:
    """Opens these pairs, or brings the open ones up to date; those said to be two people stay so. Pairs with a card that
    is gone are passed over. Returns the pairs that are new, the likeliest first."""
    ids = {number for one in found for number in (one.low, one.high)}
    here = {row[0] for row in await tx.all(select(contacts.c.id).where(contacts.c.id.in_(ids)))}
    pairs = {(one.low, one.high): one for one in found if one.low in here and one.high in here}
    if not pairs:
        return []
    table = duplicate_pairs
    known = {
        (row.low_id, row.high_id)
        for row in await tx.all(
            select(table.c.low_id, table.c.high_id).where(table.c.low_id.in_({low for low, _ in pairs}))
        )
    }
    statement = upsert(table)
    await tx.run(
        statement.on_conflict_do_update(
            index_elements=["low_id", "high_id"],
            set_={name: statement.excluded[name] for name in ("score", "reasons", "found_at")},
            where=table.c.state == "open",
        ),
        [
            {
                "low_id": low,
                "high_id": high,
                "score": round(probability(one.score), 9),
                "reasons": {**one.reasons, "class": one.taken_for},
                "found_at": now,
            }
            for (low, high), one in pairs.items()
        ],
    )
    return sorted(pairs.keys() - known, key=lambda pair: -pairs[pair].score)


async def unfound(db: Reads, *, before: datetime) -> list[tuple[int, int]]:
    """Open pairs that were last found before this time: a card was corrected and they are alike no more. What somebody
    else has proposed (it has no class) is not among them."""
    table = duplicate_pairs
    old = await db.all(
        select(table.c.low_id, table.c.high_id, table.c.reasons).where(
            table.c.state == "open", table.c.found_at < before
        )
    )
    return [(low, high) for low, high, reasons in old if "class" in reasons]


async def close(tx: Tx, pairs: Sequence[tuple[int, int]], *, before: datetime) -> None:
    """Closes these pairs, unless they have been found again since."""
    table = duplicate_pairs
    await tx.run(
        delete(table).where(
            tuple_(table.c.low_id, table.c.high_id).in_(pairs), table.c.state == "open", table.c.found_at < before
        )
    )
