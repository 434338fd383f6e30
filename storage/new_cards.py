"""Cards that an import makes: their rows, their values and what they are found by, many at a time.

Nobody knows of these cards before the transaction that makes them is committed. So nothing of them is read back: what is
asked of them elsewhere is computed from what they are made of, in a thread, and what is the same for all of them is
written by one statement.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import insert, text

from crm import folding
from crm.entries import Known, Mode
from storage import contact_values, search
from storage.engine import Tx
from storage.search_index import Person
from storage.tables import change_rows

FIRST: Final = "potential"
ADDED: Final = "contacts added"
"""Marks a record of the journal that stands for a range of cards: [the first, the last]."""

# Built once: json.dumps would build it for every card.
to_json: Final = json.JSONEncoder(ensure_ascii=False).encode

_LAST = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'contacts'")
_INSERT_CARD = (
    "INSERT INTO contacts (id, name, name_key, username, language, language_chosen, source_first, source_last, owner_id,"
    " status, status_pinned, fields, consent_version, consent_processing, consent_marketing, reachable, created_at, updated_at)"
    " VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)"
)
_INSERT_WORDS = (
    "INSERT INTO consents (contact_id, purpose, granted, version, text, at)"
    " SELECT id, ?, ?, ?, ?, ? FROM contacts WHERE id BETWEEN ? AND ?"
)
_INSERT_EVENTS = (
    "INSERT INTO events (contact_id, at, kind, staff_id, data)"
    " SELECT id, ?, 'imported', ?, ? FROM contacts WHERE id BETWEEN ? AND ?"
)
_INSERT_POINT = (
    "INSERT INTO contact_points (contact_id, kind, value, key, reversed, preferred, created_at)"
    " VALUES (?, ?, ?, ?, ?, 0, ?)"
)
_INSERT_TAG = "INSERT INTO contact_tags (contact_id, tag_id, staff_id, at) VALUES (?, ?, ?, ?)"
_INSERT_NOTE = "INSERT INTO notes (contact_id, staff_id, text, at) VALUES (?, ?, ?, ?)"
_INSERT_SALE = (
    "INSERT INTO purchases (contact_id, amount, currency, value, what, external_id, staff_id, at, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Word:
    """What the people of the whole import said to messages, and the proof of it."""

    granted: bool
    version: str
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds for every row of an import. `at` is its stamp; `corrects`: its rows were brought before, with something
    wrong in them."""

    change_id: int | None
    staff_id: int | None
    at: datetime
    language: str
    mode: Mode = "fill"
    tags: tuple[str, ...] = ()
    word: Word | None = None
    corrects: bool = False

    @property
    def event(self) -> str:
        """What the timeline says of a card that this import touched, as it lies in the file."""
        return to_json({"change": self.change_id})


@dataclass(slots=True)
class Parts:
    """Rows of what a card may have many of."""

    points: _Rows = field(default_factory=list)
    tags: _Rows = field(default_factory=list)
    notes: _Rows = field(default_factory=list)
    sales: _Rows = field(default_factory=list)


@dataclass(slots=True)
class _Made:
    cards: _Rows = field(default_factory=list)
    values: _Rows = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    parts: Parts = field(default_factory=Parts)


async def write(tx: Tx, cards: Sequence[Known], plan: Plan, tag_ids: Mapping[str, int]) -> None:
    """Makes these cards, numbers them, journals them as one range and brings everything that is kept of cards in step."""
    if not cards:
        return
    first = 1 + int(await tx.scalar(_LAST) or 0)
    for number, card in enumerate(cards, first):
        card.id = number
    last = first + len(cards) - 1
    record = {"change_id": plan.change_id, "table_name": ADDED, "row_key": to_json([first, last])}
    await tx.run(insert(change_rows).values(**record))
    kinds = await contact_values.kinds(tx)
    made = await asyncio.to_thread(_made, cards, plan, tag_ids, kinds)
    await tx.run_raw(_INSERT_CARD, made.cards)
    await write_parts(tx, made.parts)
    stamp = moment(plan.at)
    if (word := plan.word) is not None:
        said = (word.version, word.text, stamp, first, last)
        marketing, processing = ("marketing", word.granted, *said), ("processing", True, *said)
        await tx.run_raw(_INSERT_WORDS, [processing, marketing] if word.granted else [marketing])
    await tx.run_raw(_INSERT_EVENTS, [(stamp, plan.staff_id, plan.event, first, last)])
    await contact_values.add(tx, made.values)
    await search.index_new(tx, made.people)


async def write_parts(tx: Tx, parts: Parts) -> None:
    """Writes rows that `parts_of` has made."""
    await tx.run_raw(_INSERT_POINT, parts.points)
    await tx.run_raw(_INSERT_TAG, parts.tags)
    await tx.run_raw(_INSERT_NOTE, parts.notes)
    await tx.run_raw(_INSERT_SALE, parts.sales)


def parts_of(cards: Sequence[Known], plan: Plan, stamp: str, tag_ids: Mapping[str, int], to: Parts) -> None:
    """The rows of what cards get by an import and may have many of."""
    points, staff_id = to.points, plan.staff_id
    for card in cards:
        # Without its sign and backwards: its last digits are how it begins.
        for phone in card.phones:
            points.append((card.id, "phone", phone, phone, phone[:0:-1], stamp))
        for email in card.emails:
            points.append((card.id, "email", email, email.lower(), None, stamp))
        for name in card.new_tags:
            to.tags.append((card.id, tag_ids[tag_key(name)], staff_id, stamp))
        for note in card.new_notes:
            to.notes.append((card.id, staff_id, note, stamp))
        for one in card.sales:
            sale = (one.amount, one.currency, one.value, one.what, one.number)
            to.sales.append((card.id, *sale, staff_id, _moment(one.at), stamp))


def tag_key(name: str) -> str:
    """By which a tag is known."""
    return folding.label(name)[:64]


def moment(at: datetime) -> str:
    """An instant as it lies in the file: storage/types.py."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _moment(iso: str) -> str:
    return moment(datetime.fromisoformat(iso))


def _made(cards: Sequence[Known], plan: Plan, tag_ids: Mapping[str, int], kinds: Mapping[str, str]) -> _Made:
    made, stamp = _Made(), moment(plan.at)
    # As the words that `write` adds have it: who said no to messages said nothing of being kept.
    marketing = None if plan.word is None else plan.word.granted
    consent = plan.word.version if plan.word is not None and plan.word.granted else None
    for card in cards:
        assert card.id is not None
        name, fields, status = card.name, card.fields, card.status
        made.cards.append(
            (
                card.id,
                name,
                None if name is None else folding.fold(name),
                card.username,
                card.language or plan.language,
                card.source,
                card.source,
                card.owner_id,
                # A status of the file's is somebody's word: the rules, which know nothing of what was before, keep off it.
                status or FIRST,
                int(status not in (None, FIRST)),
                to_json(fields) if fields else "{}",
                consent,
                None if consent is None else True,
                marketing,
                stamp if card.created is None else _moment(card.created),
                stamp,
            )
        )
        if fields:
            made.values += contact_values.rows(card.id, fields, kinds)
        made.people.append(Person(card.id, name, card.username, card.emails, fields))
    parts_of(cards, plan, stamp, tag_ids, made.parts)
    return made
