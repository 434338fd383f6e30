"""A restored database is held: it sends nothing until the owner has seen what waits and released it.

The mark is the fact `held`; the sender asks for it, the command `release` takes it away.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import schema

HELD = "held"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages of one purpose that would leave: how many in all, how many of them are due, since when."""

    purpose: str
    rows: int
    due: int
    oldest: datetime


def hold(path: Path, *, since: datetime, source: str) -> None:
    """Marks the database as held; a mark that is there already is renewed."""
    value = json.dumps({"since": since.astimezone(UTC).isoformat(), "source": source})
    with _writing(path) as connection:
        connection.execute(
            "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (HELD, value),
        )


def since(path: Path) -> datetime | None:
    """When the database was restored; None when it is not held."""
    with schema.reading(path) as connection:
        row = connection.execute("SELECT value FROM facts WHERE name = ?", (HELD,)).fetchone()
    return datetime.fromisoformat(json.loads(row[0])["since"]) if row else None


def waiting(path: Path, now: datetime) -> list[Waiting]:
    """What would leave after a release, the most urgent purpose first."""
    with schema.reading(path) as connection:
        rows = connection.execute(
            "SELECT purpose, count(*), sum(due_at <= ?), min(due_at) FROM outbox"
            " WHERE state IN ('pending', 'sending') GROUP BY purpose ORDER BY min(priority), purpose",
            (_stored(now),),
        ).fetchall()
    return [
        Waiting(purpose, count, due, datetime.fromisoformat(oldest).replace(tzinfo=UTC))
        for purpose, count, due, oldest in rows
    ]


def release(path: Path, now: datetime, *, skip_older_than: timedelta | None = None) -> int:
    """Lets the database send again; the caller holds the lock. With `skip_older_than`, messages that were due before
    that are marked as skipped, answers excepted: a person waits for those. Returns how many were skipped."""
    with _writing(path) as connection:
        skipped = 0
        if skip_older_than is not None:
            skipped = connection.execute(
                "UPDATE outbox SET state = 'skipped', error = 'older than the release allowed'"
                " WHERE state IN ('pending', 'sending') AND purpose != 'answer' AND due_at < ?",
                (_stored(now - skip_older_than),),
            ).rowcount
        connection.execute("DELETE FROM facts WHERE name = ?", (HELD,))
        return skipped


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")


def _stored(moment: datetime) -> str:
    """As storage.types.Moment stores it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
