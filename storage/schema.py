"""The version of the database: what it is, what this Kartoteka needs, and the way from one to the other.

Read with plain sqlite3, so that a start on a database of the right version costs no import of alembic. A migration is
one transaction over all its steps: a death in the middle leaves the old version. A new database is made beside its
place and renamed into it, so an empty file in that place is never ours: it is what is left of a damaged one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage.troubles import Damaged, Foreign, Missing, Newer, Unwritable

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def versions() -> list[str]:
    """Every version this Kartoteka knows, the oldest first: the numbers its migrations' files begin with."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def head() -> str:
    """The version this Kartoteka works with."""
    return versions()[-1]


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads; it may be opened beside a running bot.

    Raises Missing, or Damaged for what is not a whole database.
    """
    if not path.exists():
        raise Missing(f"There is no file {path}.")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise _classified(error, path) from error


def version(path: Path) -> str:
    """The version of the database in this file.

    Raises Missing, Damaged, Newer (a version this Kartoteka does not know) or Foreign (not Kartoteka's database).
    """
    if path.exists() and path.stat().st_size == 0:
        raise Damaged(f"{path} is empty: it is not a database any more. {_WHAT_TO_DO}")
    with reading(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall() if _VERSION in tables else []
    if len(rows) != 1 or "contacts" not in tables:
        raise Foreign(f"{path} is not Kartoteka's database. Set DATABASE_URL to another file.")
    found = str(rows[0][0])
    if found not in versions():
        raise Newer(
            f"{path} is of version {found}; this Kartoteka knows versions up to {head()}. "
            "Start the newer Kartoteka that made it, or restore an older backup."
        )
    return found


def check(path: Path, *, thorough: bool = False) -> str:
    """Looks at every page of the file; thorough: compares indexes with tables too. Returns the version.

    Raises what `version` raises, and Damaged for pages that are not whole.
    """
    found = version(path)
    with reading(path) as connection:
        answers = [
            str(row[0]) for row in connection.execute(f"PRAGMA {'integrity_check' if thorough else 'quick_check'}(5)")
        ]
    if answers != ["ok"]:
        raise Damaged(f"{path} is damaged ({answers[0].splitlines()[0]}). {_WHAT_TO_DO}")
    return found


def is_new(path: Path) -> bool:
    """Whether there is no database yet. Raises Damaged when the file is gone but its journal is still there."""
    if path.exists():
        return False
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and journal.stat().st_size:
        raise Damaged(f"{path} is gone, but its journal {journal.name} is there. {_WHAT_TO_DO}")
    return True


def upgrade(path: Path, to: str = "head") -> None:
    """Brings the database to a version, making it when there is none. The caller holds the lock (storage/locks.py).

    Raises a Trouble and leaves the file as it was.
    """
    new = is_new(path)
    if not new and version(path) == (head() if to == "head" else to):
        return
    # Imported here: half a second that a database of the right version does not pay.
    from storage.migrations import running

    if not new:
        with _troubles(path):
            running.upgrade(path, to)
        return
    making = path.with_name(path.name + ".new")
    with _troubles(path):
        for leftover in (making, making.with_name(making.name + "-journal")):
            leftover.unlink(missing_ok=True)
        os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        running.upgrade(making, to)
        os.replace(making, path)
        sync_folder(path.parent)


def downgrade(path: Path, to: str) -> None:
    """Takes the database back to an older version; `base` takes every table away. For developers and tests."""
    from storage.migrations import running

    with _troubles(path):
        running.downgrade(path, to)


def sync_folder(folder: Path) -> None:
    """A renamed file survives a power cut only once its folder is on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_VERSION = "alembic_version"
_WHAT_TO_DO = "Nothing was changed. Restore the newest backup: python -m bot restore FILE (see docs/operations.md)."


@contextmanager
def _troubles(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unwritable(f"{path} cannot be written: {error.strerror}. Nothing was changed.") from error
    except Exception as error:
        # SQLAlchemy wraps the driver's error and keeps it in `orig`.
        cause = getattr(error, "orig", None) or error
        if isinstance(cause, sqlite3.DatabaseError):
            raise _classified(cause, path) from error
        raise


def _classified(error: sqlite3.DatabaseError, path: Path) -> Exception:
    words = str(error).lower()
    if "malformed" in words or "not a database" in words or "corrupt" in words:
        return Damaged(f"{path} is damaged ({error}). {_WHAT_TO_DO}")
    if "locked" in words:
        return Unwritable(f"{path} is held by another program ({error}). Close that program, then repeat.")
    if isinstance(error, sqlite3.OperationalError) and ("unable to open" in words or "readonly" in words):
        return Unwritable(f"{path} cannot be opened ({error}). Give this user the right to read and write it.")
    if "full" in words or "i/o" in words:
        return Unwritable(f"{path} cannot be written ({error}). Free some space on the disk, then repeat.")
    return error
