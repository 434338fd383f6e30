"""One process owns the database: a lock that death releases, whatever dies how."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.troubles import Busy, Unwritable


def path_of(database: Path) -> Path:
    """The lock's file. It stays when the lock is released: a file that is removed can be locked twice."""
    return database.with_name(database.name + ".lock")


@contextmanager
def hold(database: Path) -> Iterator[None]:
    """Keeps every other process from running, migrating or restoring this database; makes its folder if need be.

    Raises Busy when another process has it, Unwritable when the folder cannot be written.
    """
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path_of(database), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unwritable(
            f"{database.parent} cannot be written: {error.strerror}. "
            "Give this user the right to write there, or set DATABASE_URL to another place."
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(descriptor, 32).decode("ascii", "replace").strip()
            process = f" (process {owner})" if owner.isdigit() else ""
            raise Busy(f"Another Kartoteka{process} is using {database}. Stop it first, then repeat.") from None
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
