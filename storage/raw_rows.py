"""Rows as they lie in the file, no type applied: read and written byte for byte, for whoever puts back what was there.

What the schema says of a row is asked of the schema: what may not be there twice, what must be there to be referred to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

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

Row: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[Any, ...]

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Parents:
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


async def read(db: Reads, table: Table, condition: ColumnElement[bool]) -> dict[Key, Row]:
    """The rows as they lie in the file, no type applied: what goes back must be what was there."""
    raw: list[ColumnElement[Any]] = [
        literal_column(f'{table.name}."{column.name}"').label(column.name) for column in table.columns
    ]
    found = [dict(row._mapping) for row in await db.all(select(*raw).select_from(table).where(condition))]
    names = [column.name for column in table.primary_key.columns]
    return {tuple(row[name] for name in names): row for row in found}


async def by_keys(db: Reads, table: Table, keys: Iterable[Key]) -> dict[Key, Row]:
    """The rows with these primary keys that are there."""
    wanted = list(keys)
    columns = list(table.primary_key.columns)
    found: dict[Key, Row] = {}
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        some = wanted[start : start + ROWS_AT_ONCE]
        if len(columns) == 1:
            condition: ColumnElement[bool] = columns[0].in_([key[0] for key in some])
        else:
            condition = or_(*(and_(*(c == part for c, part in zip(columns, key, strict=True))) for key in some))
        found |= await read(db, table, condition)
    return found


def _has_key(raw: TableClause, table: Table) -> ColumnElement[bool]:
    return and_(*(raw.c[one.name] == bindparam(f"key_{one.name}") for one in table.primary_key.columns))


def key_params(table: Table, key: Key) -> Row:
    """What `update_one` and `delete_one` find the row by."""
    return {f"key_{column.name}": part for column, part in zip(table.primary_key.columns, key, strict=True)}


@cache
def untyped(table: Table) -> TableClause:
    """The table as its rows lie in the file: values go to the driver as they came from it."""
    return sqlalchemy.table(table.name, *(column(one.name) for one in table.columns))


def delete_one(table: Table) -> Executable:
    """Takes away the row that `key_params` names."""
    raw = untyped(table)
    return delete(raw).where(_has_key(raw, table))


def insert_one(table: Table, row: Row) -> Executable:
    """Puts a row there, its bytes as they are."""
    return insert(untyped(table)).values({name: bindparam(name) for name in row})


def update_one(table: Table, row: Row) -> Executable:
    """Sets these columns of the row that `key_params` names."""
    raw = untyped(table)
    return update(raw).where(_has_key(raw, table)).values({name: bindparam(name) for name in row})


async def set_columns(tx: Tx, table: Table, values: Row, keys: Sequence[Key]) -> None:
    """Sets these columns of the rows with these primary keys."""
    if len(table.primary_key.columns) > 1:
        await tx.run(update_one(table, values), [values | key_params(table, key) for key in keys])
        return
    raw = untyped(table)
    (primary,) = table.primary_key.columns
    for start in range(0, len(keys), ROWS_AT_ONCE):
        some = raw.c[primary.name].in_([key[0] for key in keys[start : start + ROWS_AT_ONCE]])
        await tx.run(update(raw).where(some).values(values))


async def is_taken(tx: Reads, table: Table, key: Key, values: Row, *, but_for: Iterable[str] | None = None) -> bool:
    """Whether another row is what this one would be and only one may be: it came since. `but_for` are the columns that
    change; without it all do."""
    raw = untyped(table)
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


async def parents(tx: Reads, table: Table, rows: Sequence[Row]) -> Parents:
    """Which of the rows that these refer to are still there."""
    found: dict[str, set[Any]] = {}
    for key in table.foreign_keys:
        name, parent = key.parent.name, key.column
        wanted = sorted({row[name] for row in rows if row.get(name) is not None})
        found[name] = set()
        for start in range(0, len(wanted), ROWS_AT_ONCE):
            some = parent.in_(wanted[start : start + ROWS_AT_ONCE])
            found[name] |= {one[0] for one in await tx.all(select(parent).where(some))}
    return Parents(table, found)


def unique_columns(table: Table) -> list[Column[Any]]:
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
