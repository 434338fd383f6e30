"""The journal of changes that can be undone: bulk actions, imports, merging.

Whoever is about to change many rows names the sets of rows it may touch; the journal reads them before and after and
keeps what differs, raw, so that undoing puts back every byte. A row that somebody changed in between keeps their
columns: only what still stands as the change left it goes back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    Column,
    ColumnElement,
    Float,
    Integer,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy.sql import Executable

from storage import raw_rows
from storage.engine import Reads, Tx
from storage.raw_rows import Key, Row
from storage.tables import change_rows, changes, contacts, metadata

Kind = Literal["bulk", "import", "merge"]
Watched: TypeAlias = tuple[Table, ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class _Unique:
    """A value that one row only may have, to be given back to the row with this key."""

    table: Table
    key: Key
    column: str
    value: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One change as it is listed: what, by whom, whether it still stands."""

    id: int
    kind: str
    title: str
    staff_id: int | None
    state: str
    counts: dict[str, Any] | None
    created_at: datetime


@dataclass(slots=True)
class Undone:
    """What undoing did: rows put back as they were, rows that keep what was changed since, whose cards to index anew."""

    restored: int = 0
    kept: int = 0
    contacts: set[int] = field(default_factory=set)


_CHANGE = (
    changes.c.id,
    changes.c.kind,
    changes.c.title,
    changes.c.staff_id,
    changes.c.state,
    changes.c.counts,
    changes.c.created_at,
)


async def begin(tx: Tx, *, kind: Kind, title: str, staff_id: int | None, now: datetime) -> int:
    """A new change; its number undoes it."""
    values = {"kind": kind, "title": title, "staff_id": staff_id, "state": "running", "created_at": now}
    return int((await tx.run(insert(changes).values(**values).returning(changes.c.id))).scalar_one())


async def finish(tx: Tx, change_id: int, counts: Mapping[str, Any] | None = None) -> None:
    """The change is whole."""
    await tx.run(update(changes).where(changes.c.id == change_id).values(state="done", counts=counts))


async def get(db: Reads, change_id: int) -> Change | None:
    row = await db.first(select(*_CHANGE).where(changes.c.id == change_id))
    return None if row is None else Change(*row)


async def after(db: Reads, change_id: int, table_name: str, key: Key) -> Row | None:
    """A row as the change left it, raw; None where the change did not touch it, or took it away."""
    statement = select(change_rows.c.after).where(
        change_rows.c.change_id == change_id,
        change_rows.c.table_name == table_name,
        change_rows.c.row_key == json.dumps(key),
    )
    row: Row | None = await db.scalar(statement)
    return row


async def latest(db: Reads, *, kind: Kind, limit: int) -> list[Change]:
    """The newest changes of a kind."""
    statement = select(*_CHANGE).where(changes.c.kind == kind).order_by(changes.c.id.desc()).limit(limit)
    return [Change(*row) for row in await db.all(statement)]


@asynccontextmanager
async def watching(tx: Tx, change_id: int, sets: Sequence[Watched]) -> AsyncIterator[None]:
    """Keeps what the block changes in these sets of rows. A set is a condition that describes its rows both before
    and after, or at least before; what enters the set by the block was added by it."""
    before = [await raw_rows.read(tx, table, condition) for table, condition in sets]
    yield
    kept: list[Row] = []
    for (table, condition), old in zip(sets, before, strict=True):
        new = await raw_rows.read(tx, table, condition)
        new |= await raw_rows.by_keys(tx, table, [key for key in old if key not in new])
        for key in old.keys() | new.keys():
            was, is_now = old.get(key), new.get(key)
            if was != is_now:
                kept.append(_kept(change_id, table, key, was, is_now))
    if kept:
        await tx.run(insert(change_rows), kept)


async def keep(tx: Tx, change_id: int, table: Table, rows: Iterable[tuple[Key, Row | None, Row | None]]) -> None:
    """Keeps what a change did to rows whose bytes it knows by itself: (key, before, after) of each. Of an altered row
    only the altered columns are needed, the same ones before and after, and what tells whose row it is."""
    kept = [_kept(change_id, table, key, before, after) for key, before, after in rows]
    if kept:
        await tx.run(insert(change_rows), kept)


async def added(tx: Tx, change_id: int, table: Table, *, above: int) -> None:
    """Keeps the rows with higher ids than this one, which the change has just added in this unit of work: by one
    statement, however many they are. For tables that number their rows and hold no fractions, of which SQLite's JSON
    would lose digits."""
    await tx.run(_keep_added(table), {"change": change_id, "above": above})


@cache
def _keep_added(table: Table) -> Executable:
    assert not any(isinstance(column.type, Float) for column in table.columns)
    raw = raw_rows.untyped(table)
    new = select(
        bindparam("change", type_=Integer),
        literal(table.name),
        func.json_array(raw.c.id),
        raw.c[_contact_column(table) or "id"],
        func.json_object(*chain.from_iterable((column.name, raw.c[column.name]) for column in table.columns)),
    ).where(raw.c.id > bindparam("above", type_=Integer))
    columns = ["change_id", "table_name", "row_key", "contact_id", "after"]
    return insert(change_rows).from_select(columns, new.order_by(raw.c.id))


async def move(tx: Tx, change_id: int, column: Column[Any], was: int, becomes: int) -> None:
    """Leads every row that refers to one row to another. That is all that changes in them, and all that is kept: by
    one statement, however many they are."""
    table = column.table
    assert isinstance(table, Table)
    led = select(
        literal(change_id),
        literal(table.name),
        func.json_array(*table.primary_key.columns),
        literal(was) if column.name == _contact_column(table) else null(),
        func.json_object(column.name, was),
        func.json_object(column.name, becomes),
    ).where(column == was)
    columns = ["change_id", "table_name", "row_key", "contact_id", "before", "after"]
    if (await tx.run(insert(change_rows).from_select(columns, led))).rowcount:
        await tx.run(update(table).where(column == was).values({column.name: becomes}))


async def undo_some(tx: Tx, change_id: int, *, limit: int) -> Undone | None:
    """Puts back the newest rows the change touched, so many of them at most, and forgets them; None when none is left.
    For changes too large for one transaction: from the newest to the oldest every step is whole by itself."""
    ours = and_(change_rows.c.change_id == change_id, change_rows.c.table_name.in_(list(metadata.tables)))
    newest = await tx.all(select(change_rows).where(ours).order_by(change_rows.c.id.desc()).limit(limit))
    rows: dict[tuple[str, str], Any] = {}
    for row in newest:
        if (row.table_name, row.row_key) in rows:
            break  # the same row, changed once more: a step of its own
        rows[row.table_name, row.row_key] = row
    if not rows:
        return None
    undone = await _undo_rows(tx, list(rows.values()))
    await tx.run(delete(change_rows).where(change_rows.c.id.in_([row.id for row in rows.values()])))
    return undone


async def mark(tx: Tx, change_id: int, state: str, *, staff_id: int | None = None, now: datetime) -> None:
    """The change is being undone, or is undone, by this one of the team."""
    await tx.run(
        update(changes).where(changes.c.id == change_id).values(state=state, undone_at=now, undone_by=staff_id)
    )


async def undo(tx: Tx, change_id: int, *, staff_id: int | None, now: datetime) -> Undone:
    """Puts back everything the change touched, and marks it undone. Rows added since by others stay."""
    rows = await tx.all(
        select(change_rows.c.table_name, change_rows.c.row_key, change_rows.c.before, change_rows.c.after)
        .where(change_rows.c.change_id == change_id)
        .order_by(change_rows.c.id.desc())
    )
    undone = await _undo_rows(tx, rows)
    await mark(tx, change_id, "undone", staff_id=staff_id, now=now)
    return undone


async def _undo_rows(tx: Tx, rows: Sequence[Any]) -> Undone:
    by_table: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_table[row.table_name].append(row)
    undone = Undone()
    ordered = [table for table in metadata.sorted_tables if table.name in by_table]
    # Parents come back before their children, and what was added goes after everything that points at it was led away.
    # In one table the altered rows go first: one of them may stand where a row that was taken away is to come back.
    late: list[_Unique] = []
    for table in ordered:
        late += await _put_back(tx, table, [row for row in by_table[table.name] if row.before and row.after], undone)
        late += await _bring_back(tx, table, [row for row in by_table[table.name] if row.after is None], undone)
    for table in reversed(ordered):
        await _take_away(tx, table, [row for row in by_table[table.name] if row.before is None], undone)
    for one in late:
        await _give(tx, one, undone)
    return undone


# ------------------------------------------------------------------------------------------------------------- undoing


async def _bring_back(tx: Tx, table: Table, rows: Sequence[Any], undone: Undone) -> list[_Unique]:
    """Rows the change took away. What is unique to one row and still another's is returned, to be given later."""
    if not rows:
        return []
    late: list[_Unique] = []
    back: list[Row] = []
    standing = await raw_rows.by_keys(tx, table, [tuple(json.loads(row.row_key)) for row in rows])
    parents = await raw_rows.parents(tx, table, [row.before for row in rows])
    for row in rows:
        key = tuple(json.loads(row.row_key))
        values = parents.fit(row.before)
        if key in standing or values is None or await raw_rows.is_taken(tx, table, key, values):
            undone.kept += 1
            continue
        undone.kept += values != row.before
        for one in raw_rows.unique_columns(table):
            if values[one.name] is not None:
                late.append(_Unique(table, key, one.name, values[one.name]))
                values = {**values, one.name: None}
        back.append(values)
        _count(undone, table, row.before)
    if back:
        await tx.run(raw_rows.insert_one(table, back[0]), back)
    return late


async def _put_back(tx: Tx, table: Table, rows: Sequence[Any], undone: Undone) -> list[_Unique]:
    """Rows the change altered: each column that still is what the change made of it."""
    if not rows:
        return []
    late: list[_Unique] = []
    standing = await raw_rows.by_keys(tx, table, [tuple(json.loads(row.row_key)) for row in rows])
    parents = await raw_rows.parents(tx, table, [row.before for row in rows])
    unique = {one.name for one in raw_rows.unique_columns(table)}
    # Rows that one change led to another card go back together.
    alike: dict[tuple[tuple[str, Any], ...], list[Key]] = defaultdict(list)
    for row in rows:
        key = tuple(json.loads(row.row_key))
        now_is = standing.get(key)
        if now_is is None:
            undone.kept += 1  # somebody deleted it since
            continue
        changed = {name for name in row.after if row.after[name] != row.before[name]}
        back = parents.fit({name: row.before[name] for name in changed if now_is[name] == row.after[name]})
        if back is None or await raw_rows.is_taken(tx, table, key, now_is | back, but_for=back):
            undone.kept += 1
            continue
        undone.kept += len(back) < len(changed)
        for name in unique & back.keys():
            if back[name] is not None:
                late.append(_Unique(table, key, name, back[name]))
                back = {**back, name: None}
        if back:
            alike[tuple(sorted(back.items()))].append(key)
            _count(undone, table, row.before)
            _count(undone, table, row.after, restored=0)
    others: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for columns, keys in alike.items():
        if len(keys) > 1:
            await raw_rows.set_columns(tx, table, dict(columns), keys)
        else:
            others[tuple(dict(columns))].append(dict(columns) | raw_rows.key_params(table, keys[0]))
    for names, values in others.items():
        await tx.run(raw_rows.update_one(table, dict.fromkeys(names)), values)
    return late


async def _take_away(tx: Tx, table: Table, rows: Sequence[Any], undone: Undone) -> None:
    """Rows the change added, unless they were changed since."""
    standing = await raw_rows.by_keys(tx, table, [tuple(json.loads(row.row_key)) for row in rows])
    gone: list[Row] = []
    for row in rows:
        key = tuple(json.loads(row.row_key))
        if key not in standing:
            continue
        if standing[key] != row.after:
            undone.kept += 1
            continue
        gone.append(raw_rows.key_params(table, key))
        _count(undone, table, row.after)
    if gone:
        await tx.run(raw_rows.delete_one(table), gone)


async def _give(tx: Tx, one: _Unique, undone: Undone) -> None:
    """What only one row may have, a Telegram account say: given back last, when whoever had it has let go of it."""
    raw = raw_rows.untyped(one.table)
    if await tx.scalar(select(literal_column("1")).select_from(raw).where(raw.c[one.column] == one.value)):
        undone.kept += 1
        return
    value = {one.column: one.value}
    await tx.run(raw_rows.update_one(one.table, value), value | raw_rows.key_params(one.table, one.key))


def _count(undone: Undone, table: Table, row: Row, *, restored: int = 1) -> None:
    undone.restored += restored
    if (contact_id := _contact_of(table, row)) is not None:
        undone.contacts.add(contact_id)


# --------------------------------------------------------------------------------------------------------------- rows


def _kept(change_id: int, table: Table, key: Key, before: Row | None, after: Row | None) -> Row:
    return {
        "change_id": change_id,
        "table_name": table.name,
        "row_key": json.dumps(key),
        "contact_id": _contact_of(table, before or after or {}),
        "before": before,
        "after": after,
    }


def _contact_of(table: Table, row: Row) -> int | None:
    value = row.get(_contact_column(table) or "")
    return value if isinstance(value, int) else None


@cache
def _contact_column(table: Table) -> str | None:
    """The column that says whose row it is."""
    if table is contacts:
        return "id"
    named = [key.parent.name for key in table.foreign_keys if key.column is contacts.c.id]
    return "contact_id" if "contact_id" in named else min(named, default=None)
