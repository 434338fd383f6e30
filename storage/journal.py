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
from typing import Any, Literal, TypeAlias

import sqlalchemy
from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    column,
    delete,
    insert,
    literal_column,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.sql import Executable, TableClause

from storage.engine import Reads, Tx
from storage.tables import change_rows, changes, contacts, metadata

Kind = Literal["bulk", "import", "merge"]
Row: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[Any, ...]
Watched: TypeAlias = tuple[Table, ColumnElement[bool]]

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Unique:
    """A value that one row only may have, to be given back to the row with this key."""

    table: Table
    key: Key
    column: str
    value: Any


@dataclass(frozen=True, slots=True)
class _Parents:
    """What the rows of a table refer to and can still find, by column."""

    table: Table
    found: dict[str, set[Any]]

    def fit(self, row: Row) -> Row | None:
        """The row without references to what is gone, as a deletion would have left it; None where it would have been
        deleted too."""
        fitted = dict(row)
        for name, standing in self.found.items():
            if row.get(name) is None or row[name] in standing:
                continue
            if not self.table.c[name].nullable or any(
                key.ondelete == "CASCADE" for key in self.table.c[name].foreign_keys
            ):
                return None
            fitted[name] = None
        return fitted


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
    before = [await _rows(tx, table, condition) for table, condition in sets]
    yield
    kept: list[Row] = []
    for (table, condition), old in zip(sets, before, strict=True):
        new = await _rows(tx, table, condition)
        new |= await _by_keys(tx, table, [key for key in old if key not in new])
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
    late: list[_Unique] = []
    for table in ordered:
        late += await _bring_back(tx, table, [row for row in by_table[table.name] if row.after is None], undone)
    for table in ordered:
        late += await _put_back(tx, table, [row for row in by_table[table.name] if row.before and row.after], undone)
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
    standing = await _by_keys(tx, table, [tuple(json.loads(row.row_key)) for row in rows])
    parents = await _parents(tx, table, [row.before for row in rows])
    for row in rows:
        key = tuple(json.loads(row.row_key))
        values = parents.fit(row.before)
        if key in standing or values is None or await _is_taken(tx, table, key, values):
            undone.kept += 1
            continue
        undone.kept += values != row.before
        for one in _unique_columns(table):
            if values[one.name] is not None:
                late.append(_Unique(table, key, one.name, values[one.name]))
                values = {**values, one.name: None}
        await tx.run(_raw_insert(table, values), values)
        _count(undone, table, row.before)
    return late


async def _put_back(tx: Tx, table: Table, rows: Sequence[Any], undone: Undone) -> list[_Unique]:
    """Rows the change altered: each column that still is what the change made of it."""
    if not rows:
        return []
    late: list[_Unique] = []
    standing = await _by_keys(tx, table, [tuple(json.loads(row.row_key)) for row in rows])
    parents = await _parents(tx, table, [row.before for row in rows])
    unique = {one.name for one in _unique_columns(table)}
    for row in rows:
        key = tuple(json.loads(row.row_key))
        now_is = standing.get(key)
        if now_is is None:
            undone.kept += 1  # somebody deleted it since
            continue
        changed = {name for name in row.after if row.after[name] != row.before[name]}
        back = parents.fit({name: row.before[name] for name in changed if now_is[name] == row.after[name]})
        if back is None or await _is_taken(tx, table, key, now_is | back, but_for=back):
            undone.kept += 1
            continue
        undone.kept += len(back) < len(changed)
        for name in unique & back.keys():
            if back[name] is not None:
                late.append(_Unique(table, key, name, back[name]))
                back = {**back, name: None}
        if back:
            await tx.run(_raw_update(table, back), back | _key_params(table, key))
            _count(undone, table, row.before)
            _count(undone, table, row.after, restored=0)
    return late


async def _take_away(tx: Tx, table: Table, rows: Sequence[Any], undone: Undone) -> None:
    """Rows the change added, unless they were changed since."""
    standing = await _by_keys(tx, table, [tuple(json.loads(row.row_key)) for row in rows])
    for row in rows:
        key = tuple(json.loads(row.row_key))
        if key not in standing:
            continue
        if standing[key] != row.after:
            undone.kept += 1
            continue
        await tx.run(_raw_delete(table), _key_params(table, key))
        _count(undone, table, row.after)


async def _give(tx: Tx, one: _Unique, undone: Undone) -> None:
    """What only one row may have, a Telegram account say: given back last, when whoever had it has let go of it."""
    raw = _untyped(one.table)
    if await tx.scalar(select(literal_column("1")).select_from(raw).where(raw.c[one.column] == one.value)):
        undone.kept += 1
        return
    value = {one.column: one.value}
    await tx.run(_raw_update(one.table, value), value | _key_params(one.table, one.key))


async def _is_taken(tx: Reads, table: Table, key: Key, values: Row, *, but_for: Iterable[str] | None = None) -> bool:
    """Whether another row is what this one would be and only one may be: it came since. `but_for` are the columns that
    change; without it all do."""
    raw = _untyped(table)
    for names in _unique_sets(table):
        if but_for is not None and not names & set(but_for):
            continue
        if any(values.get(name) is None for name in names):
            continue
        same = and_(*(raw.c[name] == values[name] for name in sorted(names)))
        mine = and_(*(raw.c[c.name] == part for c, part in zip(table.primary_key.columns, key, strict=True)))
        if await tx.scalar(select(literal_column("1")).select_from(raw).where(same, not_(mine))):
            return True
    return False


async def _parents(tx: Reads, table: Table, rows: Sequence[Row]) -> _Parents:
    """Which of the rows that these refer to are still there."""
    found: dict[str, set[Any]] = {}
    for key in table.foreign_keys:
        name, parent = key.parent.name, key.column
        wanted = sorted({row[name] for row in rows if row.get(name) is not None})
        found[name] = set()
        for start in range(0, len(wanted), ROWS_AT_ONCE):
            some = parent.in_(wanted[start : start + ROWS_AT_ONCE])
            found[name] |= {one[0] for one in await tx.all(select(parent).where(some))}
    return _Parents(table, found)


def _unique_columns(table: Table) -> list[Column[Any]]:
    """Columns that no two rows may share but that may be empty."""
    alone = {next(iter(names)) for names in _unique_sets(table, nullable=True) if len(names) == 1}
    return [column for column in table.columns if column.name in alone]


def _unique_sets(table: Table, *, nullable: bool = False) -> list[set[str]]:
    """The sets of columns, beside the primary key, that no two rows may share."""
    sets = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    sets += [one.columns for one in table.indexes if one.unique]
    return [
        {column.name for column in columns}
        for columns in sets
        if nullable == (len(columns) == 1 and all(column.nullable for column in columns))
    ]


def _count(undone: Undone, table: Table, row: Row, *, restored: int = 1) -> None:
    undone.restored += restored
    if (contact_id := _contact_of(table, row)) is not None:
        undone.contacts.add(contact_id)


# ------------------------------------------------------------------------------------------------------------ raw rows


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


async def _rows(db: Reads, table: Table, condition: ColumnElement[bool]) -> dict[Key, Row]:
    """The rows as they lie in the file, no type applied: what goes back must be what was there."""
    raw: list[ColumnElement[Any]] = [
        literal_column(f'{table.name}."{column.name}"').label(column.name) for column in table.columns
    ]
    found = [dict(row._mapping) for row in await db.all(select(*raw).select_from(table).where(condition))]
    names = [column.name for column in table.primary_key.columns]
    return {tuple(row[name] for name in names): row for row in found}


async def _by_keys(db: Reads, table: Table, keys: Iterable[Key]) -> dict[Key, Row]:
    wanted = list(keys)
    columns = list(table.primary_key.columns)
    found: dict[Key, Row] = {}
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        some = wanted[start : start + ROWS_AT_ONCE]
        if len(columns) == 1:
            condition: ColumnElement[bool] = columns[0].in_([key[0] for key in some])
        else:
            condition = or_(*(and_(*(c == part for c, part in zip(columns, key, strict=True))) for key in some))
        found |= await _rows(db, table, condition)
    return found


def _has_key(raw: TableClause, table: Table) -> ColumnElement[bool]:
    return and_(*(raw.c[one.name] == bindparam(f"key_{one.name}") for one in table.primary_key.columns))


def _key_params(table: Table, key: Key) -> Row:
    return {f"key_{column.name}": part for column, part in zip(table.primary_key.columns, key, strict=True)}


def _untyped(table: Table) -> TableClause:
    """The table as its rows lie in the file: values go to the driver as they came from it."""
    return sqlalchemy.table(table.name, *(column(one.name) for one in table.columns))


def _raw_delete(table: Table) -> Executable:
    raw = _untyped(table)
    return delete(raw).where(_has_key(raw, table))


def _raw_insert(table: Table, row: Row) -> Executable:
    return insert(_untyped(table)).values({name: bindparam(name) for name in row})


def _raw_update(table: Table, row: Row) -> Executable:
    raw = _untyped(table)
    return update(raw).where(_has_key(raw, table)).values({name: bindparam(name) for name in row})
