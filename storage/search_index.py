"""Keeping the index of people in step with their rows: called after a contact has changed, in the same unit of work.

What the index is made of: storage/search_schema.py.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import text

from storage import search_words
from storage.engine import Tx

CONTACTS_AT_ONCE = 5000
"""How many contacts `index_many` reads and writes in one statement: the fewer times it goes through the index, the
better, but the writer does nothing else meanwhile."""
FEW = 8
"""How many contacts' words are computed on the event loop."""

_CONTACTS = text(
    "SELECT wanted.value AS id, contacts.name, contacts.username, contacts.fields, search_docs.words,"
    " (SELECT json_group_array(value) FROM contact_points"
    "  WHERE contact_id = contacts.id AND kind = 'email') AS emails"
    " FROM json_each(:ids) AS wanted LEFT JOIN contacts ON contacts.id = wanted.value"
    " LEFT JOIN search_docs ON search_docs.contact_id = wanted.value"
)
_CHANGE = text("INSERT INTO search_changes (docs, counts) VALUES (:docs, :counts)")


async def index(tx: Tx, contact_id: int) -> None:
    """Brings the index in step with one contact: to be called after its name, username, fields or points changed, and
    after it was erased or deleted. One read when nothing that is searched has changed."""
    await index_many(tx, [contact_id])


async def index_many(tx: Tx, ids: Iterable[int]) -> None:
    """The same for many contacts, for imports and seeds. The caller chooses how many make one transaction."""
    waiting = list(ids)
    for start in range(0, len(waiting), CONTACTS_AT_ONCE):
        await _index_some(tx, waiting[start : start + CONTACTS_AT_ONCE])


class Person(NamedTuple):
    """Of a contact what the index is made of."""

    id: int
    name: str | None
    username: str | None
    emails: Sequence[str]
    fields: dict[str, Any]


async def index_new(tx: Tx, people: Sequence[Person]) -> None:
    """The same for contacts that were made in this very unit of work: nothing of them is read, they are in no index yet."""
    change = await asyncio.to_thread(_change, ((one.id, [], search_words.of_contact(*one[1:])) for one in people))
    if change is not None:
        await tx.run(_CHANGE, change)


async def _index_some(tx: Tx, ids: Sequence[int]) -> None:
    rows = await tx.all(_CONTACTS, {"ids": json.dumps(sorted(set(ids)))})
    # A few rows are computed at once; many would hold up everybody's answers, so they go to a thread.
    changes = _changes(rows) if len(rows) <= FEW else await asyncio.to_thread(_changes, rows)
    if changes is not None:
        await tx.run(_CHANGE, changes)


def _changes(rows: Sequence[Any]) -> dict[str, str] | None:
    return _change((row.id, row.words.split() if row.words else [], _words(row)) for row in rows)


def _words(row: Any) -> list[str]:
    fields = json.loads(row.fields) if row.fields else {}
    return search_words.of_contact(row.name, row.username, json.loads(row.emails), fields)


def _change(contacts: Iterable[tuple[int, list[str], list[str]]]) -> dict[str, str] | None:
    """What indexing contacts comes to, as a row of `search_changes`, of the words they were found by and those they are to
    be found by; None when nothing changes."""
    docs: list[tuple[int, str | None]] = []
    counts: Counter[str] = Counter()
    for contact_id, before, after in contacts:
        if after == before:
            continue
        counts.update(after)
        if before:
            counts.subtract(before)
        docs.append((contact_id, " ".join(after) or None))
    if not docs:
        return None
    # Usernames are found whole or by their start, from the full text alone: the words of the base are not filled
    # with what only one person is called.
    counted = [
        (word, by, search_words.remainders(word)) for word, by in sorted(counts.items()) if by and word[0] != "@"
    ]
    return {"docs": json.dumps(docs, ensure_ascii=False), "counts": json.dumps(counted, ensure_ascii=False)}
