"""aiosqlite with fewer trips to its thread.

aiosqlite sends every call to a thread of its own, and SQLAlchemy makes four calls a statement: open a cursor, execute,
fetch, close the cursor. A trip costs more CPU than a short statement does (measured: half of a message's). So what does
not wait is done at once, in the caller: the connection is used by one task at a time, and its thread is idle then.

Beginning (which waits for a lock) and committing (which waits for the disk) always take the trip.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

_EXECUTING = frozenset({"execute", "executemany"})


class Connection(aiosqlite.Connection):
    """Opens and closes cursors at once. With `eager` it fetches at once too: for a connection whose queries return
    little, such as the writer's; a reader may have to step through much.

    While `brief` is true statements are executed at once as well: whoever sets it knows that they are short."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], *, eager: bool) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._at_once = frozenset({"close", "fetchall", "fetchone"} if eager else {"close"})
        self.brief = False

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        owner, name = getattr(fn, "__self__", None), getattr(fn, "__name__", "")
        if isinstance(owner, sqlite3.Cursor):
            if name in self._at_once or (self.brief and name in _EXECUTING and not args[0].startswith("BEGIN")):
                return fn(*args, **kwargs)
        elif isinstance(owner, sqlite3.Connection) and name == "cursor":
            return fn()
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]  # aiosqlite leaves it so


def connect(path: str, *, eager: bool, **options: Any) -> Connection:
    """A connection for SQLAlchemy's `async_creator_fn`. Its thread does not keep the process alive."""
    # Cursors are made in the caller's thread and used in the connection's own, one after the other.
    options["check_same_thread"] = False
    connection = Connection(functools.partial(sqlite3.connect, path, **options), eager=eager)
    connection._thread.daemon = True
    return connection
