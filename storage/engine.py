"""The database as one process uses it: one writer whose transactions are shared, and readers beside it.

SQLite allows one writer at a time, so there is one write connection, and units of work queue for it. Units that are
waiting together share a transaction and so a commit (group commit): each but the first runs in a SAVEPOINT of its own,
so a unit that fails takes nothing of its neighbours with it. Nobody's unit is reported done before the COMMIT returned.

What follows from a unit may share its transaction as well: a follower of a topic runs once, last, in each transaction
that announced the topic. The sender claims what was just said so, without a transaction of its own.

Two facts of the driver decide the settings (both measured): it does not BEGIN before a SELECT, which silently loses
updates, so a transaction is opened by us, with BEGIN IMMEDIATE; and a read transaction that turns into a write fails
at once whatever busy_timeout says, which BEGIN IMMEDIATE avoids too.
"""

from __future__ import annotations

import asyncio
import functools
import sqlite3
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, TypeVar

import structlog
from sqlalchemy import event
from sqlalchemy.engine import CursorResult
from sqlalchemy.engine.url import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql import Executable

from storage import driver

log = structlog.get_logger()

Params = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None

MAX_UNITS_A_COMMIT = 128
BUSY_TIMEOUT_SECONDS = 5.0
READERS = 4
THREAD_SWITCH_SECONDS = 0.0005
"""A trip to a connection's thread waits for the interpreter twice, up to this long each time. Python's 5 ms are more than
a whole message takes."""

_Later = defaultdict[Executable, list[Mapping[str, Any]]]


class Unavailable(Exception):
    """The database cannot take a write now (locked by another program, disk full, read-only). Nothing was written;
    the same unit may be tried again."""


class _FollowerFailed(Exception):
    """What follows a topic failed: its neighbours are done again without it."""


class Reads:
    """Queries on one connection. Rows are fetched before the call returns; their columns are attributes."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def all(self, statement: Executable, params: Params = None) -> Sequence[Any]:
        return (await self.connection.execute(statement, params)).all()

    async def first(self, statement: Executable, params: Params = None) -> Any:
        return (await self.connection.execute(statement, params)).first()

    async def scalar(self, statement: Executable, params: Params = None) -> Any:
        return (await self.connection.execute(statement, params)).scalar()


class Tx(Reads):
    """One unit of work inside the shared write transaction.

    `run` writes now. `later` writes at the end of the shared transaction, together with the same statement of the
    other units in it: for rows that nothing in this transaction reads again.
    """

    def __init__(
        self,
        connection: AsyncConnection,
        *,
        alone: bool = False,
        hearers: Mapping[str, Callable[[Any], None]] | None = None,
    ) -> None:
        super().__init__(connection)
        self.wrote = False
        self._hearers = hearers or {}
        self._alone = alone  # the first of its transaction, which can be undone as a whole: it needs no savepoint
        self._savepoint = False
        self._later: list[tuple[Executable, Mapping[str, Any]]] = []
        self._after_commit: list[Callable[[], None]] = []
        self._announced: set[str] = set()

    def postponed(self) -> _Later:
        """What was to be written at the end, the same statements together."""
        rows: _Later = defaultdict(list)
        for statement, params in self._later:
            rows[statement].append(params)
        return rows

    async def run(self, statement: Executable, params: Params = None) -> CursorResult[*tuple[Any, ...]]:
        await self._open()
        return await self.connection.execute(statement, params)

    async def run_raw(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """One statement for many rows of raw values, as they are to lie in the file: no type is applied, and nothing is
        computed on the event loop. For writing in bulk."""
        if rows:
            await self._open()
            await self.connection.exec_driver_sql(statement, list(rows))

    async def _open(self) -> None:
        """A savepoint by the first write, so that a unit which only reads and writes `later` pays nothing for it."""
        if not (self._alone or self._savepoint):
            await self.connection.exec_driver_sql("SAVEPOINT unit")
            self._savepoint = True
        self.wrote = True

    def later(self, statement: Executable, params: Mapping[str, Any]) -> None:
        self._later.append((statement, params))

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call this once the shared transaction is committed; never if it is not."""
        self._after_commit.append(call)

    def tell(self, topic: str, what: Any) -> None:
        """Once this is committed, whoever hears the topic is called with this: `Database.hear`."""
        hearer = self._hearers.get(topic)
        if hearer is not None:
            self.after_commit(functools.partial(hearer, what))

    def announce(self, topic: str) -> None:
        """Once this is committed, whoever listens to the topic is called: `Database.listen`."""
        self._announced.add(topic)

    async def undo(self) -> None:
        """Takes back what the unit wrote, and nothing of its neighbours'."""
        if self._savepoint:
            await self.connection.exec_driver_sql("ROLLBACK TO unit")
            await self.keep()

    async def keep(self) -> None:
        """The unit is through."""
        if self._savepoint:
            await self.connection.exec_driver_sql("RELEASE unit")


T = TypeVar("T")
Unit = Callable[[Tx], Awaitable[Any]]


class _Queued(NamedTuple):
    unit: Unit
    brief: bool
    done: asyncio.Future[Any]


class Writer:
    """The one writer: takes units of work from a queue and commits them in groups."""

    def __init__(
        self,
        engine: AsyncEngine,
        listeners: Mapping[str, Callable[[], None]],
        followers: Mapping[str, Unit],
        hearers: Mapping[str, Callable[[Any], None]],
    ) -> None:
        self._engine = engine
        self._listeners = listeners
        self._followers = followers
        self._hearers = hearers
        self._queue: asyncio.Queue[_Queued] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._connection: AsyncConnection | None = None
        self._driver: driver.Connection | None = None
        self.commits = 0

    async def start(self) -> None:
        self._connection = await self._engine.connect()
        beneath = (await self._connection.get_raw_connection()).driver_connection
        self._driver = beneath if isinstance(beneath, driver.Connection) else None
        self._task = asyncio.create_task(self._loop(), name="database writer")

    async def stop(self) -> None:
        """Commits what is queued, then closes the write connection."""
        if self._task is not None:
            await self._queue.join()
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def run(self, unit: Callable[[Tx], Awaitable[T]], *, brief: bool = False) -> T:
        """Runs the unit in the shared transaction; returns its result after the commit. A unit may be run again when
        the transaction it was in could not be committed, so it changes nothing but rows.

        `brief`: each of its statements touches a few rows by an index, so it is executed where it stands.

        Raises what the unit raised (its writes are undone, its neighbours' are not), or Unavailable.
        """
        if self._task is None:
            raise RuntimeError("the database is not open")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Queued(unit, brief, done))
        return await done

    async def _loop(self) -> None:
        while True:
            group = [await self._queue.get()]
            try:
                await self._commit(group, shared=True)
            finally:
                for _ in group:
                    self._queue.task_done()

    async def _commit(self, group: list[_Queued], *, shared: bool) -> None:
        """Runs the group in one transaction and tells each unit's caller what became of it."""
        finished: list[tuple[asyncio.Future[Any], Any, BaseException | None]] = []
        try:
            after_commit = await self._transaction(group, finished, shared=shared)
        except Exception as error:
            failure = _classified(error)
            alone = len(group) == 1 and not isinstance(failure, _FollowerFailed)
            if shared and not alone and not isinstance(failure, Unavailable):
                # A follower failed, or what was written `later` (a row it speaks of was deleted by a neighbour, say):
                # one by one, and followed by nobody, the guilty unit fails alone.
                for queued in group:
                    await self._commit([queued], shared=False)
                return
            finished = [(one.done, None, failure) for one in group]
        else:
            for call in after_commit:
                try:
                    call()
                except Exception:
                    # It is committed, and the neighbours' callers wait to hear so.
                    log.exception("a call after a commit failed")
        for done, result, raised in finished:
            if done.done():
                continue
            if raised is None:
                done.set_result(result)
            else:
                done.set_exception(raised)

    async def _transaction(
        self,
        group: list[_Queued],
        finished: list[tuple[asyncio.Future[Any], Any, BaseException | None]],
        *,
        shared: bool,
    ) -> list[Callable[[], None]]:
        """One transaction; a `shared` one takes in what is queued while it runs, and ends with its followers."""
        assert self._connection is not None
        later: _Later = defaultdict(list)
        after_commit: list[Callable[[], None]] = []
        announced: set[str] = set()
        async with self._connection.begin():
            for unit, brief, done in group:
                tx = Tx(self._connection, alone=not finished, hearers=self._hearers)
                self._is_brief(brief)
                try:
                    result = await unit(tx)
                except Exception as error:
                    failure = _classified(error)
                    if isinstance(failure, Unavailable):
                        raise
                    if tx.wrote and not finished:
                        raise  # nobody else is in the transaction yet: it is undone as a whole
                    await tx.undo()
                    finished.append((done, None, failure))
                else:
                    await tx.keep()
                    for statement, rows in tx.postponed().items():
                        later[statement] += rows
                    after_commit += tx._after_commit
                    announced |= tx._announced
                    finished.append((done, result, None))
                if shared and len(group) < MAX_UNITS_A_COMMIT and not self._queue.empty():
                    group.append(self._queue.get_nowait())  # the loop over the group sees it
            self._is_brief(all(one.brief for one in group))
            await self._write_later(later)
            followed = announced & self._followers.keys() if shared else set()
            for topic in followed:
                tx = Tx(self._connection, alone=True, hearers=self._hearers)
                self._is_brief(True)
                try:
                    await self._followers[topic](tx)
                    await self._write_later(tx.postponed())
                except Exception as error:
                    if isinstance(_classified(error), Unavailable):
                        raise
                    log.exception("a follower failed", topic=topic)
                    raise _FollowerFailed(topic) from error
                after_commit += tx._after_commit
                announced |= tx._announced
        self.commits += 1
        heard = (announced - followed) & self._listeners.keys()
        return after_commit + [self._listeners[topic] for topic in heard]

    async def _write_later(self, later: _Later) -> None:
        assert self._connection is not None
        for statement, rows in later.items():
            await self._connection.execute(statement, rows)

    def _is_brief(self, brief: bool) -> None:
        if self._driver is not None:
            self._driver.brief = brief


_BUSY = (
    "database is locked",
    "database table is locked",
    "disk is full",
    "readonly database",
    "disk i/o error",
    "unable to open",
)


def _classified(error: Exception) -> Exception:
    if isinstance(error, OperationalError | sqlite3.OperationalError):
        words = str(error).lower()
        if any(marker in words for marker in _BUSY):
            cause = error.orig if isinstance(error, DBAPIError) else error
            unavailable = Unavailable(str(cause))
            unavailable.__cause__ = error
            return unavailable
    return error


class Database:
    """The database of one process. `open()` it, use `writer` and `read()`, `close()` it."""

    def __init__(self, url: str, *, synchronous: str = "FULL") -> None:
        self.url = make_url(url)
        self._write_engine = _engine(
            self.url.render_as_string(hide_password=False), synchronous=synchronous, read_only=False
        )
        self._read_engine = _engine(
            self.url.render_as_string(hide_password=False), synchronous=synchronous, read_only=True
        )
        self._listeners: dict[str, Callable[[], None]] = {}
        self._followers: dict[str, Unit] = {}
        self._hearers: dict[str, Callable[[Any], None]] = {}
        self.writer = Writer(self._write_engine, self._listeners, self._followers, self._hearers)

    def listen(self, topic: str, call: Callable[[], None]) -> None:
        """Calls this after each commit in which a unit announced the topic: "outbox", "work"."""
        self._listeners[topic] = call

    def hear(self, topic: str, call: Callable[[Any], None]) -> None:
        """Calls this with what a unit tells of the topic, right after the commit and before anything else happens."""
        self._hearers[topic] = call

    def follow(self, topic: str, unit: Unit) -> None:
        """Runs this brief unit at the end of each shared transaction in which a unit announced the topic; who listens
        to the topic is not called then. When it fails, the transaction is done again without it, and they are."""
        self._followers[topic] = unit

    async def open(self) -> None:
        """Raises Unavailable when another program has it locked, or the disk is full."""
        sys.setswitchinterval(THREAD_SWITCH_SECONDS)
        try:
            await self.writer.start()
        except OperationalError as error:
            if (failure := _classified(error)) is error:
                raise
            raise failure from error

    async def close(self) -> None:
        await self.writer.stop()
        await self._read_engine.dispose()
        await self._write_engine.dispose()

    async def write(self, unit: Callable[[Tx], Awaitable[T]], *, brief: bool = False) -> T:
        """`Writer.run`."""
        return await self.writer.run(unit, brief=brief)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Reads]:
        """A reading connection beside the writer: it sees what was committed and delays nobody.

        Raises Unavailable when the database cannot be read now.
        """
        try:
            async with self._read_engine.connect() as connection, connection.begin():
                yield Reads(connection)
        except OperationalError as error:
            if (failure := _classified(error)) is error:
                raise
            raise failure from error


def _engine(url: str, *, synchronous: str, read_only: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=READERS if read_only else 1,
        max_overflow=0,
        connect_args={
            "timeout": BUSY_TIMEOUT_SECONDS,
            "isolation_level": None,
            "async_creator_fn": functools.partial(driver.connect, eager=not read_only),
        },
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA synchronous = {synchronous}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")
        # Who was erased must not be found in the pages that were freed.
        cursor.execute("PRAGMA secure_delete = ON")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
