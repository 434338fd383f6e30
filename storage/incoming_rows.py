"""Rows of an import written in bulk: many people a transaction, each looked up, joined and journalled.

Values are written raw, as they lie in the file, so that nothing is computed row by row on the event loop. Every row of
one import carries the same instant, its stamp: what bears another was added by somebody else since, which is how undoing
knows whom to leave alone.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, delete, func, insert, literal, select, text, update

from crm import folding
from crm.entries import Entry, Known, Outcome, join, made
from storage import consents as consents_of
from storage import contact_values, journal, new_cards, search
from storage import purchases as purchases_of
from storage.engine import Reads, Tx
from storage.new_cards import ADDED, Parts, Plan, Word, moment, tag_key, to_json
from storage.tables import (
    change_rows,
    consents,
    contact_points,
    contact_tags,
    contacts,
    events,
    files,
    notes,
    point_moves,
    purchases,
    relatives,
    requests,
    segment_members,
    survey_answers,
    tags,
    tasks,
)
from storage.wishes import STANDING

_WITH_KEY = text(
    "SELECT wanted.value AS known_by, contact_id FROM json_each(:keys) AS wanted"
    " CROSS JOIN contact_points ON contact_points.key = wanted.value"
    " ORDER BY verified_at IS NULL, contact_id"
)
_WITH_TELEGRAM = text(
    "SELECT '#' || telegram_id AS known_by, contacts.id AS contact_id FROM json_each(:keys) AS wanted"
    " CROSS JOIN contacts ON telegram_id = wanted.value"
)
_WITH_USERNAME = text(
    "SELECT wanted.value AS known_by, contacts.id AS contact_id FROM json_each(:keys) AS wanted"
    " CROSS JOIN search_index ON search_index MATCH '\"' || wanted.value || '\"'"
    " JOIN contacts ON contacts.id = search_index.rowid AND lower('@' || contacts.username) = wanted.value"
    " ORDER BY contacts.id"
)
_CARDS = text(
    "SELECT contacts.id, name, name_key, username, telegram_id, language, source_first, source_last, owner_id, fields, created_at,"
    " updated_at, consent_version, consent_refused, consent_processing, consent_marketing, version FROM json_each(:ids) AS wanted"
    " JOIN contacts ON contacts.id = wanted.value"
)
_POINTS = text(
    "SELECT contact_id, contact_points.key AS value FROM json_each(:ids) AS wanted JOIN contact_points ON contact_id = wanted.value"
)
_TAGS = text(
    "SELECT contact_id, tags.key AS value FROM json_each(:ids) AS wanted JOIN contact_tags ON contact_id = wanted.value"
    " JOIN tags ON tags.id = tag_id"
)
# The last words that are a yes and that an import brought: it leaves its stamp on them and on the timeline.
_GRANTED_BY_FILES = text(
    "SELECT consents.contact_id, purpose FROM json_each(:ids) AS wanted CROSS JOIN consents ON consents.id IN ("
    "SELECT max(id) FROM consents WHERE contact_id = wanted.value AND purpose IN ('marketing', 'processing') GROUP BY purpose)"
    " WHERE granted AND EXISTS (SELECT 1 FROM events WHERE events.contact_id = consents.contact_id"
    " AND events.at = consents.at AND events.kind = 'imported')"
)
_NOTES = text("SELECT contact_id, text AS value FROM json_each(:ids) AS wanted JOIN notes ON contact_id = wanted.value")
_SALES = text(
    "SELECT external_id AS value FROM json_each(:numbers) AS wanted JOIN purchases ON external_id = wanted.value"
)
_SALES_OF = text(
    "SELECT contact_id, at, amount, currency, what FROM json_each(:ids) AS wanted"
    " CROSS JOIN purchases ON contact_id = wanted.value WHERE external_id IS NULL"
)


__all__ = ["Joined", "Plan", "Word", "forget_tags", "look", "moment", "sales_again", "take_away", "write"]


@dataclass(slots=True)
class Joined:
    """Entries joined to cards, not yet written."""

    cards: list[Known] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(
        default_factory=Counter
    )  # of people: who comes again in the file is counted once
    raw: dict[int, Any] = field(default_factory=dict)
    sales: int = 0


async def look(db: Reads, entries: Sequence[Entry], plan: Plan) -> Joined:
    """Joins entries to the cards they belong to, as they are now; nothing is written."""
    known_by = [entry.keys for entry in entries]
    found = await _find(db, {key for keys in known_by for key in keys})
    ids = sorted(set(found.values()))
    rows = {row.id: row for row in await db.all(_CARDS, {"ids": json.dumps(ids)})} if ids else {}
    cards = {number: _known(row) for number, row in rows.items()}
    if cards:
        await _fill(db, cards, plan, entries)
    sold = await known_sales(db, entries)
    if again := await sales_again(db, entries, plan):
        entries = [entry._replace(sale=None) if entry.row in again else entry for entry in entries]
    by_key = {key: cards[number] for key, number in found.items() if number in cards}
    # In a thread: joining so many people would hold up everybody's answers.
    return await asyncio.to_thread(_joined, list(zip(entries, known_by, strict=True)), by_key, sold, rows, plan)


async def known_sales(db: Reads, entries: Sequence[Entry]) -> set[str]:
    """The numbers of these entries' purchases that are in the base already."""
    numbers = [entry.sale.number for entry in entries if entry.sale is not None and entry.sale.number]
    return {row.value for row in await db.all(_SALES, {"numbers": json.dumps(numbers)})} if numbers else set()


async def sales_again(db: Reads, entries: Sequence[Entry], plan: Plan) -> set[int]:
    """The rows whose purchase has no number and came with the row already, before the rest of it was corrected: the same
    goods for the same sum at the same time. In any other file that is another purchase."""
    numberless = (
        [entry for entry in entries if entry.sale is not None and not entry.sale.number] if plan.corrects else []
    )
    if not numberless:
        return set()
    found = await _find(db, {key for entry in numberless for key in entry.keys})
    rows = await db.all(_SALES_OF, {"ids": json.dumps(sorted(set(found.values())))})
    there = {(row.contact_id, row.at, row.amount, row.currency, row.what) for row in rows}
    again = set()
    for entry in numberless:
        whose, sale = next((found[key] for key in entry.keys if key in found), None), entry.sale
        assert sale is not None
        at = moment(datetime.fromisoformat(sale.at))
        if (whose, at, sale.amount, sale.currency, sale.what) in there:
            again.add(entry.row)
    return again


def _joined(
    entries: Sequence[tuple[Entry, list[str]]],
    by_key: dict[str, Known],
    sold: set[str],
    rows: dict[int, Any],
    plan: Plan,
) -> Joined:
    joined = Joined(raw=rows)
    standing = list({id(card): card for card in by_key.values()}.values())
    agrees = plan.word.granted if plan.word else None
    outcome: Outcome
    for entry, keys in entries:
        card = next((by_key[key] for key in keys if key in by_key), None)
        if card is None:
            card, outcome, sales = made(entry, tags=plan.tags, agrees=agrees), "new", 0
            joined.cards.append(card)
        else:
            sales = len(card.sales)
            outcome = join(card, entry, plan.mode, tags=plan.tags, agrees=agrees)
        if len(card.sales) > sales:
            outcome = _sell(joined, card, sold, outcome)
        if not entry.twin:
            joined.outcomes[outcome] += 1
        for key in keys:
            by_key.setdefault(key, card)
    joined.cards += [card for card in standing if _is_touched(card)]
    return joined


async def write(tx: Tx, joined: Joined, plan: Plan) -> list[int]:
    """Writes what was joined in this very transaction, journals it, and brings the search, the asked fields and the
    roll-ups of purchases and consents in step. The ids of the tags that were made."""
    assert plan.change_id is not None
    new = [card for card in joined.cards if card.id is None]
    old = [card for card in joined.cards if card.id is not None]
    known_tags, tag_ids = await _tag_ids(tx, {name for card in joined.cards for name in card.new_tags})
    await _write_old(tx, old, joined.raw, plan, tag_ids)
    await new_cards.write(tx, new, plan, tag_ids)
    if bought := [card.id for card in joined.cards if card.sales and card.id is not None]:
        await purchases_of.recompute(tx, bought)
    return sorted(set(tag_ids.values()) - known_tags)


async def _write_old(
    tx: Tx, cards: Sequence[Known], raw: Mapping[int, Any], plan: Plan, tag_ids: Mapping[str, int]
) -> None:
    """What comes to cards that were there first is kept one by one."""
    ids = [card.id for card in cards if card.id is not None]
    if not ids:
        return
    assert plan.change_id is not None
    stamp, parts = moment(plan.at), Parts()
    await _alter(tx, [card for card in cards if card.changed], raw, plan, stamp)
    new_cards.parts_of(cards, plan, stamp, tag_ids, parts)
    said: list[tuple[Any, ...]] = []
    if (word := plan.word) is not None:
        tail = (word.version, word.text, stamp)
        said = [(card.id, "processing", word.granted, *tail) for card in cards if card.agreed is not None]
        said += [(card.id, "marketing", word.granted, *tail) for card in cards if card.agrees is not None]
    last = await tx.first(_LAST)
    await new_cards.write_parts(tx, parts)
    await tx.run_raw(_INSERT_WORD, said)
    await consents_of.recompute(tx, {row[0] for row in said})
    for card in cards:
        if card.agrees is False:
            tx.tell(STANDING, card.id)
    await tx.run_raw(_INSERT_EVENT, [(number, stamp, plan.staff_id, plan.event) for number in ids])
    for table, rows in (
        (contact_points, parts.points),
        (notes, parts.notes),
        (consents, said),
        (purchases, parts.sales),
        (events, ids),
    ):
        if rows:
            await journal.added(tx, plan.change_id, table, above=getattr(last, table.name))
    given = [
        ((row[0], row[1]), None, dict(zip(("contact_id", "tag_id", "staff_id", "at"), row, strict=True)))
        for row in parts.tags
    ]
    await journal.keep(tx, plan.change_id, contact_tags, given)
    await contact_values.sync(tx, [card.id for card in cards if "fields" in card.changed and card.id is not None])
    await search.index_many(tx, ids)


async def take_away(tx: Tx, change_id: int, at: datetime, *, limit: int) -> tuple[list[int], int] | None:
    """Takes away the newest cards that the import added, so many at most: the ids that went, and how many stay because
    somebody has done something with them since. None when none is left."""
    mine = and_(change_rows.c.change_id == change_id, change_rows.c.table_name == ADDED)
    newest = select(change_rows.c.id, change_rows.c.row_key).where(mine).order_by(change_rows.c.id.desc()).limit(1)
    record = await tx.first(newest)
    if record is None:
        return None
    first, last = json.loads(record.row_key)
    start = max(first, last - limit + 1)
    gone = [row.id for row in await tx.all(_left_alone(start, last, at))]
    there = int(await tx.scalar(select(func.count()).where(contacts.c.id.between(start, last))))
    await tx.run(_TAKE_AWAY, {"ids": json.dumps(gone)})
    if start > first:
        await tx.run(
            update(change_rows).where(change_rows.c.id == record.id).values(row_key=json.dumps([first, start - 1]))
        )
    else:
        await tx.run(delete(change_rows).where(change_rows.c.id == record.id))
    return gone, there - len(gone)


async def forget_tags(tx: Tx, ids: Sequence[int]) -> None:
    """Takes away the tags that an import brought, unless somebody has one of them by now."""
    used = select(literal(1)).where(contact_tags.c.tag_id == tags.c.id).exists()
    await tx.run(delete(tags).where(tags.c.id.in_(ids), ~used))


# -------------------------------------------------------------------------------------------------------------- reading


async def _find(db: Reads, keys: set[str]) -> dict[str, int]:
    """Whose card each key leads to. Of several the one who has it verified, then the oldest."""
    handles = [key for key in keys if key[0] == "@"]
    telegrams = [int(key[1:]) for key in keys if key[0] == "#"]
    found: dict[str, int] = {}
    for statement, wanted in (
        (_WITH_KEY, [key for key in keys if key[0] not in "@#"]),
        (_WITH_TELEGRAM, telegrams),
        (_WITH_USERNAME, [key for key in handles if key[1:].replace("_", "").isalnum() and key.isascii()]),
    ):
        if wanted:
            for row in await db.all(statement, {"keys": json.dumps(wanted)}):
                found.setdefault(row.known_by, row.contact_id)
    return found


def _known(row: Any) -> Known:
    return Known(
        id=row.id,
        name=row.name,
        username=row.username,
        telegram_id=row.telegram_id,
        language=row.language,
        source=row.source_first,
        owner_id=row.owner_id,
        fields=json.loads(row.fields or "{}"),
        marketing=row.consent_marketing is not None,
        processing=any((row.consent_processing is not None, row.consent_version, row.consent_refused)),
    )


async def _fill(db: Reads, cards: Mapping[int, Known], plan: Plan, entries: Sequence[Entry]) -> None:
    """What the cards have many of, as far as the entries bring any of it."""
    ids = {"ids": json.dumps(list(cards))}
    for row in await db.all(_POINTS, ids):
        cards[row.contact_id].keys.add(row.value)
    if plan.tags or any(entry.tags for entry in entries):
        for row in await db.all(_TAGS, ids):
            cards[row.contact_id].tags.add(row.value)
    if plan.word is not None and not plan.word.granted:
        for row in await db.all(_GRANTED_BY_FILES, ids):
            cards[row.contact_id].granted_by_files |= {row.purpose}
    if any(entry.note for entry in entries):
        for row in await db.all(_NOTES, ids):
            cards[row.contact_id].notes.add(row.value)


def _sell(joined: Joined, card: Known, sold: set[str], outcome: Outcome) -> Outcome:
    """The purchase joined last: once, whatever the number of times it is brought."""
    sale = card.sales[-1]
    if sale.number is not None and sale.number in sold:
        card.sales.pop()
        return outcome
    if sale.number is not None:
        sold.add(sale.number)
    joined.sales += 1
    return "changed" if outcome == "unchanged" else outcome


def _is_touched(card: Known) -> bool:
    parts = (card.changed, card.phones, card.emails, card.new_tags, card.new_notes, card.sales)
    return any(parts) or card.agrees is not None or card.agreed is not None


# -------------------------------------------------------------------------------------------------------------- writing

_UPDATE_CARD = (
    "UPDATE contacts SET name = ?, name_key = ?, username = ?, source_first = ?, owner_id = ?, fields = ?,"
    " consent_version = ?, updated_at = ?, version = version + 1 WHERE id = ?"
)
_INSERT_WORD = "INSERT INTO consents (contact_id, purpose, granted, version, text, at) VALUES (?, ?, ?, ?, ?, ?)"
_INSERT_EVENT = "INSERT INTO events (contact_id, at, kind, staff_id, data) VALUES (?, ?, 'imported', ?, ?)"
# The highest numbers of what a card may have many of: what has a higher one afterwards is new.
_LAST = select(
    *(
        select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery().label(table.name)
        for table in (contact_points, notes, consents, purchases, events)
    )
)
_TAKE_AWAY = text("DELETE FROM contacts WHERE id IN (SELECT value FROM json_each(:ids))")
_BEARS_A_TIME: Final = (
    *(contact_points.c.created_at, contact_tags.c.at, notes.c.at, consents.c.at, purchases.c.created_at),
    *(requests.c.created_at, tasks.c.created_at, files.c.at, survey_answers.c.asked_at, relatives.c.at),
    *(point_moves.c.at, segment_members.c.at),
)


def _left_alone(first: int, last: int, at: datetime) -> Select[tuple[int]]:
    """Cards of this range with which nobody has done anything since this instant."""
    theirs = and_(events.c.contact_id == contacts.c.id, events.c.staff_id.is_not(None), events.c.at != at)
    since = [
        select(literal(1)).where(column.table.c.contact_id == contacts.c.id, column != at).exists()
        for column in _BEARS_A_TIME
    ]
    return select(contacts.c.id).where(
        contacts.c.id.between(first, last),
        contacts.c.telegram_id.is_(None),
        contacts.c.last_in_at.is_(None),
        ~select(literal(1)).where(theirs).exists(),
        *(~one for one in since),
    )


async def _alter(tx: Tx, cards: Sequence[Known], raw: Mapping[int, Any], plan: Plan, stamp: str) -> None:
    """Writes the altered columns of cards that were there, and keeps how they were."""
    assert plan.change_id is not None
    version = plan.word.version if plan.word is not None else None
    kept, values = [], []
    for card in cards:
        was = raw[card.id or 0]._mapping
        now_is = {
            "name": card.name,
            "name_key": None if card.name is None else folding.fold(card.name),
            "username": card.username,
            "source_first": card.source,
            "owner_id": card.owner_id,
            "fields": to_json(card.fields) if "fields" in card.changed else was["fields"],
            "consent_version": was["consent_version"] if card.agreed is None else version if card.agreed else None,
        }
        values.append((*now_is.values(), stamp, card.id))
        after = {**now_is, "updated_at": stamp, "version": was["version"] + 1}
        altered = [name for name, value in after.items() if value != was[name]]
        before_row = {"id": card.id, **{name: was[name] for name in altered}}
        kept.append(((card.id,), before_row, {"id": card.id, **{name: after[name] for name in altered}}))
    await journal.keep(tx, plan.change_id, contacts, kept)
    await tx.run_raw(_UPDATE_CARD, values)


async def _tag_ids(tx: Tx, names: Iterable[str]) -> tuple[set[int], dict[str, int]]:
    """The ids of these tags by their keys, those that were there among them; the others are made."""
    named: dict[str, str] = {}
    for name in names:
        named.setdefault(tag_key(name), name)
    if not named:
        return set(), {}
    known = {row.key: row.id for row in await tx.all(select(tags.c.key, tags.c.id).where(tags.c.key.in_(list(named))))}
    there = set(known.values())
    for key, name in named.items():
        if key not in known:
            made = await tx.run(insert(tags).values(key=key, name=name).returning(tags.c.id))
            known[key] = int(made.scalar_one())
    return there, known
