"""Everything the base holds about one person, found by walking the schema: for "my data" and for erasing.

A table with a column marked personal belongs to a person by its contact, or by their Telegram id; one that belongs by
neither is a mistake that a test finds the day the column is added.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, and_, case, delete, func, or_, select, text, type_coerce, update

from storage import aliases, conversations, merged, search, wishes
from storage.engine import Reads, Tx
from storage.tables import change_rows, contacts, duplicate_pairs, inbox, metadata, outbox
from storage.tables import conversations as conversations_table


def tables() -> list[Table]:
    """Every table that holds something personal, in an order in which parents come first."""
    return [table for table in metadata.sorted_tables if any(column.info.get("personal") for column in table.columns)]


@dataclass(frozen=True, slots=True)
class Person:
    """One person by all they go by: the number of their card, then those of the cards merged into it; and all their
    Telegram accounts."""

    numbers: tuple[int, ...]
    accounts: tuple[int, ...]


async def person(db: Reads, contact_id: int, telegram_id: int | None) -> Person:
    """Whom the card is of."""
    others = [one.telegram_id for one in await aliases.of_contact(db, contact_id)]
    accounts = ([] if telegram_id is None else [telegram_id]) + others
    return Person(tuple(await merged.numbers(db, contact_id)), tuple(accounts))


def belongs(table: Table, who: Person) -> ColumnElement[bool]:
    """Which rows of the table are this person's. Raises LookupError for a table that knows no person."""
    if table is contacts:
        return contacts.c.id.in_(who.numbers)
    if table is inbox:
        return inbox.c.lane.in_(who.accounts)
    if table is conversations_table:
        return conversations_table.c.user_id.in_(who.accounts)
    if table is outbox:
        # What the team was told is the team's; what the person was told is theirs.
        return outbox.c.chat_id.in_(who.accounts)
    if "contact_id" in table.c:
        return table.c.contact_id.in_(who.numbers)
    raise LookupError(f"{table.name} holds personal data and names no person")


async def everything(db: Reads, contact_id: int, telegram_id: int | None) -> dict[str, list[dict[str, Any]]]:
    """All rows about the person, by table, whole: the answer to "what do you know of me?"."""
    who = await person(db, contact_id, telegram_id)
    found: dict[str, list[dict[str, Any]]] = {}
    for table in tables():
        rows = await db.all(select(table).where(belongs(table, who)))
        found[table.name] = [dict(row._mapping) for row in rows]
    return found


async def former_names(db: Reads, who: Person) -> list[str]:
    """Names and usernames that the journal remembers of the person's cards: the team may have been shown them."""
    mine = and_(change_rows.c.table_name == contacts.name, change_rows.c.contact_id.in_(who.numbers))
    rows = await db.all(select(change_rows.c.before, change_rows.c.after).where(mine))
    cards = [card for row in rows for card in row if card is not None]
    names = [card.get("name") for card in cards]
    return [one for one in (*names, *(f"@{card['username']}" for card in cards if card.get("username"))) if one]


async def request_cards(db: Reads, numbers: Sequence[int]) -> list[tuple[str, int, int]]:
    """The team's cards of the requests of these contacts: key, chat and the request's number."""
    about = func.json_extract(outbox.c.memo, "$.contact").in_(numbers)
    rows = await db.all(select(outbox.c.key, outbox.c.chat_id).where(about, outbox.c.key.like("request:%")))
    return [(row.key, row.chat_id, int(row.key.split(":")[1])) for row in rows]


async def erase(tx: Tx, who: Person, named: Iterable[str]) -> None:
    """Takes away every row about the person, and blanks what the team was shown of them: the messages that remember
    this contact, and those in which one of the words they are `named` by can be read.

    The team's cards of requests are left to be revised by the caller: a message that stands in a chat should say what
    became of it.
    """
    about = func.json_extract(outbox.c.memo, "$.contact").in_(who.numbers)
    shown = [_has(value) for value in dict.fromkeys(named) if value]
    blank: dict[str, Any] = {
        "payload": {},
        "memo": None,
        "contact_id": None,
        "decision": None,
        "state": case(
            (and_(outbox.c.state == "pending", outbox.c.key.not_like("request:%")), "cancelled"), else_=outbox.c.state
        ),
    }
    theirs = or_(outbox.c.chat_id.in_(who.accounts), outbox.c.contact_id.in_(who.numbers))
    await tx.run(update(outbox).where(or_(about, outbox.c.contact_id.in_(who.numbers), *shown)).values(**blank))
    await tx.run(delete(outbox).where(theirs))
    handled = and_(inbox.c.lane.in_(who.accounts), inbox.c.state != "new")
    await tx.run(update(inbox).where(handled).values(payload=None, lane=0))
    for account in who.accounts:
        await conversations.forget(tx, account)
    await _forget_changes(tx, who)
    # The rest goes with the card: every other table's rows are deleted with their contact.
    await tx.run(delete(contacts).where(contacts.c.id.in_(who.numbers)))
    for number in who.numbers:
        tx.tell(wishes.STANDING, number)
    await search.index_many(tx, who.numbers)


async def _forget_changes(tx: Tx, who: Person) -> None:
    """What the journal keeps of the person: a change they were part of can no longer be undone for them. A row about
    two people, a pair that looked alike, is theirs by either."""
    of_two = [
        func.json_extract(change_rows.c.row_key, f"$[{place}]").in_(who.numbers)
        for place, _ in enumerate(duplicate_pairs.primary_key.columns)
    ]
    about_two = and_(change_rows.c.table_name == duplicate_pairs.name, or_(*of_two))
    await tx.run(delete(change_rows).where(or_(change_rows.c.contact_id.in_(who.numbers), about_two)))


async def scrub(tx: Tx) -> None:
    """Takes the words of deleted rows out of the full-text index, which otherwise keeps them until it next merges."""
    await tx.run(text("INSERT INTO search_index (search_index) VALUES ('optimize')"))
    await tx.run(text("INSERT INTO search_parts (search_parts) VALUES ('optimize')"))


def empty_journal(path: str) -> None:
    """Brings the journal into the database's file and empties it: it still holds the pages as they were. Raises
    OSError when a reader holds it just now."""
    with closing(sqlite3.connect(path)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise OSError("the journal is being read")


def _has(value: str) -> ColumnElement[bool]:
    """Whether the words of a message hold this value, as JSON spells it."""
    spelt = json.dumps(value)[1:-1]
    return func.instr(type_coerce(outbox.c.payload, Text), spelt) > 0
