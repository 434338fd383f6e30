"""Alembic's entry: one transaction over all steps, on the connection that storage/migrations/running.py gives."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, DefaultClause, FetchedValue

from storage.migrations import running
from storage.tables import metadata

# SQLite's answer has them, and brackets around what is empty.
_QUOTES = "()'\""


def ours(item: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """Whether the comparison with storage/tables/ looks at it. The search index makes its own tables (and FTS5 makes
    more for each): storage/search_schema.py declares them, so they are no difference."""
    if kind != "table" or not reflected:
        return True
    return name in metadata.tables


def rendered(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """A migration is frozen history: it imports nothing of today's code, so our column type is written as its plain one."""
    if kind == "type" and type(item).__name__ == "Moment":
        return "sa.DateTime()"
    return False


def default_differs(
    _: MigrationContext,
    __: Column[Any],
    column: Column[Any],
    inspected: str | None,
    ___: FetchedValue | None,
    ____: str | None,
) -> bool:
    """Whether a column's default in the database is another one; alembic's own comparison stumbles over ''."""
    declared = column.server_default
    if not isinstance(declared, DefaultClause):
        return inspected is not None
    return inspected is None or inspected.strip(_QUOTES) != str(declared.arg).strip(_QUOTES)


def migrate() -> None:
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=False,
        compare_server_default=default_differs,
        include_object=ours,
        render_item=rendered,
    )
    with context.begin_transaction():
        context.run_migrations()
        running.check_references(connection)


migrate()
