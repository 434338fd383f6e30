"""A copy of the database that can be trusted, and the way back from it.

A copy is made through SQLite's backup API, so it may be made beside a running bot; it is checked and synced under a
temporary name and only then takes its own. A restored database is held (storage/holding.py): what was due when the
copy was made has perhaps been sent since.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tarfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage import holding, schema
from storage.troubles import Exists, Missing, Trouble, Unwritable


def name_for(now: datetime) -> str:
    """The name of a backup made now (UTC), which sorts by time."""
    return f"kartoteka-{now:%Y%m%d-%H%M%S}.db"


def make(database: Path, to: Path) -> None:
    """Copies the database into a new file of its own.

    Raises Exists rather than overwrite, Damaged when the copy is not whole, and what `schema.version` raises.
    """
    _refuse_existing(to)
    schema.version(database)
    making = _beside(to, "making")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _copy(database, making)
        schema.check(making, thorough=True)
        _take_place(making, to)
    except OSError as error:
        raise Unwritable(f"{to} cannot be written: {error.strerror}. No backup was made.") from error
    except sqlite3.Error as error:
        raise Trouble(f"No backup was made of {database}: {error}.") from error
    finally:
        _tidy(making)


def make_of_files(folder: Path, to: Path) -> None:
    """Packs people's files beside the database's backup. Raises Exists, Missing or Unwritable."""
    _refuse_existing(to)
    if not folder.is_dir():
        raise Missing(f"There is no folder {folder}: no file was kept yet.")
    making = _beside(to, "making")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with open(making, "xb", opener=_private) as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
            archive.add(folder, arcname=folder.name)
        _take_place(making, to)
    except OSError as error:
        raise Unwritable(f"{to} cannot be written: {error.strerror}. The files were not packed.") from error
    finally:
        _tidy(making)


def restore(copy: Path, database: Path, now: datetime) -> Path | None:
    """Puts a backup in the database's place, held, and returns where the replaced one is kept (None: there was none).

    The caller holds the lock. Raises Missing, Damaged, Newer or Foreign about the copy; nothing is changed then.
    """
    schema.check(copy, thorough=True)
    if database.exists() and database.samefile(copy):
        raise Trouble(f"{copy} is the database itself. Name a backup.")
    making = _beside(database, "restoring")
    try:
        _copy(copy, making)
        holding.hold(making, since=now, source=copy.name)
        schema.check(making)
        kept = _put_aside(database, database.with_name(f"{database.name}.before-restore-{now:%Y%m%d-%H%M%S}"))
        _take_place(making, database)
    except OSError as error:
        raise Unwritable(f"{database} cannot be replaced: {error.strerror}. Nothing was restored.") from error
    except sqlite3.Error as error:
        raise Trouble(f"{copy} could not be restored: {error}.") from error
    finally:
        _tidy(making)
    return kept


def _copy(source: Path, to: Path) -> None:
    """One whole copy in one file: no journal is left beside it."""
    to.unlink(missing_ok=True)
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with schema.reading(source) as reading, closing(sqlite3.connect(to)) as writing:
        # All pages in one step: in pieces, a busy bot would make it begin again and again.
        reading.backup(writing, pages=-1)
        writing.execute("PRAGMA journal_mode = DELETE")


def _put_aside(database: Path, kept: Path) -> Path | None:
    """Keeps the database under another name too, so that at no instant there is none in its place."""
    if not database.exists():
        return None
    _refuse_existing(kept)
    # A damaged database is put aside as it is: opening it for writing could throw its journal away.
    with contextlib.suppress(Trouble, sqlite3.Error):
        schema.check(database)
        # The last connection to close writes the journal into the file and removes it.
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode = DELETE")
    for journal in ("-wal", "-shm", "-journal"):
        beside = database.with_name(database.name + journal)
        if beside.exists():
            # A journal left in place would be played into the restored database.
            beside.rename(kept.with_name(kept.name + journal))
    os.link(database, kept)
    return kept


def _take_place(made: Path, to: Path) -> None:
    with open(made, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(made, to)
    schema.sync_folder(to.parent)


def _tidy(made: Path) -> None:
    with contextlib.suppress(OSError):
        made.unlink(missing_ok=True)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise Exists(f"{path} exists already. Name a file that does not.")


def _beside(path: Path, verb: str) -> Path:
    return path.with_name(f".{path.name}.{verb}")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
