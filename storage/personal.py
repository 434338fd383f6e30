"""Everything the base holds about one person, found by walking the schema: for "my data" and for erasing.

A table with a column marked personal belongs to a person by its contact, or by their Telegram id; one that belongs by
neither is a mistake that a test finds the day the column is added.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, and_, case, delete, func, or_, select, text, type_coerce, update

from storage import conversations, search
from storage.engine import Reads, Tx
from storage.tables import contacts, inbox, metadata, outbox
from storage.tables import conversations as conversations_table


def tables() -> list[Table]:
    """Every table that holds something personal, in an order in which parents come first."""
    return [table for table in metadata.sorted_tables if any(column.info.get("personal") for column in table.columns)]


def belongs(table: Table, contact_id: int, telegram_id: int | None) -> ColumnElement[bool]:
    """Which rows of the table are this person's. Raises LookupError for a table that knows no person."""
    if table is contacts:
        return contacts.c.id == contact_id
    if table is inbox:
        return inbox.c.lane == telegram_id
    if table is conversations_table:
        return conversations_table.c.user_id == telegram_id
    if table is outbox:
        # What the team was told is the team's; what the person was told is theirs.
        return outbox.c.chat_id == telegram_id
    if "contact_id" in table.c:
        return table.c.contact_id == contact_id
    raise LookupError(f"{table.name} holds personal data and names no person")


async def everything(db: Reads, contact_id: int, telegram_id: int | None) -> dict[str, list[dict[str, Any]]]:
    """All rows about the person, by table, whole: the answer to "what do you know of me?"."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in tables():
        rows = await db.all(select(table).where(belongs(table, contact_id, telegram_id)))
        found[table.name] = [dict(row._mapping) for row in rows]
    return found


async def request_cards(db: Reads, contact_id: int) -> list[tuple[str, int, int]]:
    """The team's cards of the contact's requests: key, chat and the request's number."""
    about = func.json_extract(outbox.c.memo, "$.contact") == contact_id
    rows = await db.all(select(outbox.c.key, outbox.c.chat_id).where(about, outbox.c.key.like("request:%")))
    return [(row.key, row.chat_id, int(row.key.split(":")[1])) for row in rows]


async def erase(tx: Tx, contact_id: int, telegram_id: int | None, named: Iterable[str]) -> None:
    """Takes away every row about the person, and blanks what the team was shown of them: the messages that remember
    this contact, and those in which one of the words they are `named` by can be read.

    The team's cards of requests are left to be revised by the caller: a message that stands in a chat should say what
    became of it.
    """
    about = func.json_extract(outbox.c.memo, "$.contact") == contact_id
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
    theirs = or_(outbox.c.chat_id == telegram_id, outbox.c.contact_id == contact_id)
    await tx.run(update(outbox).where(or_(about, outbox.c.contact_id == contact_id, *shown)).values(**blank))
    await tx.run(delete(outbox).where(theirs))
    await tx.run(update(inbox).where(inbox.c.lane == telegram_id, inbox.c.state != "new").values(payload=None, lane=0))
    if telegram_id is not None:
        await conversations.forget(tx, telegram_id)
    # The rest goes with the card: every other table's rows are deleted with their contact.
    await tx.run(delete(contacts).where(contacts.c.id == contact_id))
    await search.index(tx, contact_id)


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
