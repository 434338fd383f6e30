"""Keeping the index of people in step with their rows: called after a contact has changed, in the same unit of work.

What the index is made of: storage/search_schema.py.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import text

from storage import search_words
from storage.engine import Tx

CONTACTS_AT_ONCE = 500
"""How many contacts `index_many` reads and writes in one statement."""
FEW = 8
"""How many rows' words are computed on the event loop."""

_CONTACTS = text(
    "SELECT wanted.value AS id, contacts.name, contacts.username, contacts.fields, search_docs.words,"
    " (SELECT json_group_array(value) FROM contact_points"
    "  WHERE contact_id = contacts.id AND kind = 'email') AS emails"
    " FROM json_each(:ids) AS wanted LEFT JOIN contacts ON contacts.id = wanted.value"
    " LEFT JOIN search_docs ON search_docs.contact_id = wanted.value"
)
_SET_DOC = text(
    "INSERT INTO search_docs (contact_id, words) VALUES (:contact_id, :words)"
    " ON CONFLICT (contact_id) DO UPDATE SET words = excluded.words"
)
_DROP_DOC = text("DELETE FROM search_docs WHERE contact_id = :contact_id")
_COUNT_WORDS = text(
    "INSERT INTO search_words (word, contacts) SELECT key, value FROM json_each(:counts) WHERE true"
    " ON CONFLICT (word) DO UPDATE SET contacts = contacts + excluded.contacts RETURNING id, word, contacts"
)
_DROP_WORDS = text("DELETE FROM search_words WHERE id IN (SELECT value FROM json_each(:ids))")
_ADD_TYPOS = text(
    "INSERT OR IGNORE INTO search_typos (remainder, word_id)"
    " SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:pairs)"
)
_DROP_TYPOS = text(
    "DELETE FROM search_typos WHERE (remainder, word_id) IN"
    " (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:pairs))"
)

T = TypeVar("T")


async def index(tx: Tx, contact_id: int) -> None:
    """Brings the index in step with one contact: to be called after its name, username, fields or points changed, and
    after it was erased or deleted. One read when nothing that is searched has changed."""
    await index_many(tx, [contact_id])


async def index_many(tx: Tx, ids: Iterable[int]) -> None:
    """The same for many contacts, for imports and seeds. The caller chooses how many make one transaction."""
    waiting = list(ids)
    for start in range(0, len(waiting), CONTACTS_AT_ONCE):
        await _index_some(tx, waiting[start : start + CONTACTS_AT_ONCE])


async def _index_some(tx: Tx, ids: Sequence[int]) -> None:
    rows = await tx.all(_CONTACTS, {"ids": json.dumps(ids)})
    changes = await _beside_the_loop(_changes, rows)
    if changes.docs:
        await tx.run(_SET_DOC, changes.docs)
    if changes.dropped:
        await tx.run(_DROP_DOC, changes.dropped)
    await _count_words(tx, changes.counts)


@dataclass(frozen=True, slots=True)
class _Changes:
    """What indexing some contacts comes to: their rows, and by how much more or fewer contacts have each word."""

    docs: list[dict[str, Any]]
    dropped: list[dict[str, Any]]
    counts: dict[str, int]


def _changes(rows: Sequence[Any]) -> _Changes:
    docs: list[dict[str, Any]] = []
    dropped: list[dict[str, Any]] = []
    counts: Counter[str] = Counter()
    for row in rows:
        before = row.words.split() if row.words else []
        fields = json.loads(row.fields) if row.fields else {}
        after = search_words.of_contact(row.name, row.username, json.loads(row.emails), fields)
        if after == before:
            continue
        counts.update(after)
        counts.subtract(before)
        if after:
            docs.append({"contact_id": row.id, "words": " ".join(after)})
        else:
            dropped.append({"contact_id": row.id})
    # Usernames are found whole or by their start, from the full text alone: the words of the base are not filled
    # with what only one person is called.
    return _Changes(docs, dropped, {word: by for word, by in sorted(counts.items()) if by and not word.startswith("@")})


async def _count_words(tx: Tx, counts: dict[str, int]) -> None:
    """Counts who has these words. A word nobody had gets its typos; one that nobody has any more is forgotten: the
    name of a person who was erased must not stay behind."""
    if not counts:
        return
    words = (await tx.run(_COUNT_WORDS, {"counts": json.dumps(counts)})).all()
    new = [word for word in words if word.contacts == counts[word.word]]
    gone = [word for word in words if word.contacts <= 0]
    if new:
        await tx.run(_ADD_TYPOS, {"pairs": await _beside_the_loop(_typos, new)})
    if gone:
        await tx.run(_DROP_WORDS, {"ids": json.dumps([word.id for word in gone])})
        await tx.run(_DROP_TYPOS, {"pairs": await _beside_the_loop(_typos, gone)})


def _typos(words: Sequence[Any]) -> str:
    """Every remainder of every word with the word's id, in the order of the table, as JSON."""
    return json.dumps(sorted((one, word.id) for word in words for one in search_words.remainders(word.word)))


async def _beside_the_loop(compute: Callable[[Sequence[Any]], T], rows: Sequence[Any]) -> T:
    """A few rows are computed at once; many would hold up everybody's answers, so they go to a thread."""
    return compute(rows) if len(rows) <= FEW else await asyncio.to_thread(compute, rows)
