"""Time: what waiting costs, and how fast what is due leaves. `python -m benchmarks time`.

A look with nothing due, with 1,000, 100,000 and 1,000,000 reminders pending, taken in turns. 10,000 due at once among 100,000
pending: claimed and recorded as the sender does it, beside a loop of plain SQL that does the same to the same rows, and
beside APScheduler with a job each in a database of its own; how long the event loop stood still meanwhile. And how late
reminders arrive at the server that are due one after another, no faster than the limit allows.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import create_engine

from benchmarks import sender
from benchmarks.messages import PLAYBOOK
from bot import playbooks
from crm.purposes import Purpose
from services import delivering
from services.versioning import Playbooks
from services.workplace import Place
from storage.engine import Database, Tx
from storage.tables import metadata

PENDING = (1_000, 100_000, 1_000_000)
LOOKS = 300
DUE = 10_000
AMONG = 100_000
AT_ONCE = 64
"""Rows a claim, in both loops: what the sender has in flight at most."""
SPREAD_SECONDS = 20.0
SPREAD_RATE = 15.0

MOST_FOR_MORE = 1.25
LEAST_OF_RAW = 0.2
LEAST_OF_APSCHEDULER = 10.0
MOST_STALL_SECONDS = 0.05
MOST_LATE_SECONDS = 0.05

_COLUMNS = "key, chat_id, purpose, priority, payload, state, on_doubt, due_at, created_at"
_FILL = (
    f"INSERT INTO outbox ({_COLUMNS}) VALUES (?, ?, 'staff', {Purpose.STAFF.priority}, ?, 'pending', 'resend', ?, ?)"
)


def main() -> int:
    """Prints the figures; 0 when they are within the bars."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        within = asyncio.run(_idle(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        within &= _at_once(Path(folder))
    within &= asyncio.run(_lateness())
    print("within the bars" if within else "NOT within the bars")
    return 0 if within else 1


# ---------------------------------------------------------------------------------------------------------- nothing due


async def _idle(folder: Path) -> bool:
    """A look with nothing due, by how much is pending; the bases take turns, so that a drift of the machine meets all."""
    async with contextlib.AsyncExitStack() as stack:
        looks: dict[int, list[float]] = {}
        bases = {}
        for pending in PENDING:
            path = folder / f"{pending}.db"
            _make(path, pending=pending, due=0)
            bases[pending] = await stack.enter_async_context(_opened(path))
            looks[pending] = []
        for number in range(LOOKS + 20):
            for pending, (database, place) in bases.items():
                began = time.perf_counter()
                await _look(database, place)
                if number >= 20:
                    looks[pending].append(time.perf_counter() - began)
    medians = {pending: statistics.median(each) for pending, each in looks.items()}
    for pending, seconds in medians.items():
        print(f"a look with nothing due, {pending:,} pending: {seconds * 1e6:,.0f} µs")
    more = medians[PENDING[-1]] / medians[PENDING[0]]
    print(f"1,000,000 pending cost {more:.2f} of 1,000 (at most {MOST_FOR_MORE})")
    return more <= MOST_FOR_MORE


# ------------------------------------------------------------------------------------------------------ due all at once


def _at_once(folder: Path) -> bool:
    """10,000 due at once, in three ways."""
    rounds = []
    for number in range(3):
        _make(folder / f"raw{number}.db", pending=AMONG, due=DUE)
        raw = _raw_rate(folder / f"raw{number}.db")
        _make(folder / f"ours{number}.db", pending=AMONG, due=DUE)
        rounds.append((raw, *asyncio.run(_our_rate(folder / f"ours{number}.db"))))
    theirs, their_stall = asyncio.run(_apscheduler_rate(folder / "apscheduler.db"))
    raw, ours, stall = (statistics.median(each) for each in zip(*rounds, strict=True))
    share = statistics.median(mine / limit for limit, mine, _ in rounds)
    print(f"{DUE:,} due at once among {AMONG:,}, claimed and recorded, {AT_ONCE} a claim:")
    print(f"  plain SQL {raw:,.0f}/s; ours {ours:,.0f}/s, {share:.2f} of it (at least {LEAST_OF_RAW})")
    print(f"  APScheduler, a job each: {theirs:,.0f}/s; ours is {ours / theirs:.0f} times that (at least 10)")
    print(f"  the loop stood still for {stall * 1000:.0f} ms at most; with APScheduler {their_stall * 1000:,.0f} ms")
    return share >= LEAST_OF_RAW and ours >= LEAST_OF_APSCHEDULER * theirs and stall <= MOST_STALL_SECONDS


def _raw_rate(path: Path) -> float:
    """The same by hand: select what is due, mark it, commit; mark it sent, commit."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = FULL")
        now = _moment(datetime.now(UTC))
        done, began = 0, time.perf_counter()
        while True:
            base.execute("BEGIN IMMEDIATE")
            rows = base.execute(
                "SELECT id, chat_id, payload FROM outbox WHERE state = 'pending' AND priority = 1 AND due_at <= ?"
                " ORDER BY due_at, id LIMIT ?",
                (now, AT_ONCE),
            ).fetchall()
            base.executemany(
                "UPDATE outbox SET state = 'sending', claimed_by = 'me', attempts = attempts + 1 WHERE id = ?",
                [(row[0],) for row in rows],
            )
            base.execute("COMMIT")
            if not rows:
                break
            base.execute("BEGIN IMMEDIATE")
            base.executemany(
                "UPDATE outbox SET state = 'sent', message_id = 1, sent_at = ?, claimed_by = NULL WHERE id = ?",
                [(now, row[0]) for row in rows],
            )
            base.execute("COMMIT")
            done += len(rows)
        assert done == DUE
        return done / (time.perf_counter() - began)


async def _our_rate(path: Path) -> tuple[float, float]:
    """Rows a second through the services the sender uses, and the longest stall of the loop."""
    async with _opened(path) as (database, place), _stalls() as stalls:
        done, began = 0, time.perf_counter()
        while True:
            claim = await _look(database, place)
            if not claim.rows:
                break

            async def record(tx: Tx, rows: list[Any] = claim.rows) -> None:
                for row in rows:
                    await delivering.record_sent(tx, row, 1, now=datetime.now(UTC))

            await database.write(record, brief=True)
            done += len(claim.rows)
        took = time.perf_counter() - began
    assert done == DUE
    return done / took, max(stalls)


_fired = 0


async def _fire() -> None:
    global _fired
    _fired += 1


async def _apscheduler_rate(path: Path) -> tuple[float, float]:
    """The same number of jobs that do nothing, each with a date of its own, in APScheduler's store."""
    scheduler = AsyncIOScheduler(
        jobstores={"default": SQLAlchemyJobStore(f"sqlite:///{path}")},
        job_defaults={"misfire_grace_time": None, "max_instances": 1},
        timezone=UTC,
    )
    scheduler.start(paused=True)
    due = datetime.now(UTC) + timedelta(milliseconds=1)
    # One transaction: how fast its store takes jobs in is not what is asked.
    store = scheduler._jobstores["default"]
    with store.engine.begin() as connection:
        add = [_job_row(store, scheduler, number, due) for number in range(DUE)]
        connection.execute(store.jobs_t.insert(), add)
    async with _stalls() as stalls:
        began = time.perf_counter()
        scheduler.resume()
        while _fired < DUE:
            await asyncio.sleep(0.01)
        took = time.perf_counter() - began
    scheduler.shutdown(wait=False)
    return DUE / took, max(stalls)


def _job_row(store: Any, scheduler: AsyncIOScheduler, number: int, due: datetime) -> dict[str, Any]:
    import pickle

    from apscheduler.job import Job
    from apscheduler.triggers.date import DateTrigger
    from apscheduler.util import datetime_to_utc_timestamp

    job = Job(
        scheduler,
        id=str(number),
        trigger=DateTrigger(due),
        func=_fire,
        args=(),
        kwargs={},
        executor="default",
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
        next_run_time=due,
    )
    state = pickle.dumps(job.__getstate__(), store.pickle_protocol)
    return {"id": job.id, "next_run_time": datetime_to_utc_timestamp(due), "job_state": state}


# ------------------------------------------------------------------------------------------------------------- lateness


async def _lateness() -> bool:
    """How long after its due time each of a spread of reminders reaches the server, beside 100,000 that wait."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sender.db"
        _make(path, pending=AMONG, due=0)
        async with (
            sender.telegram() as (address, log),
            sender.running(f"sqlite+aiosqlite:///{path}", address, Path(folder)) as (database, delivery),
        ):
            begin = datetime.now(UTC) + timedelta(seconds=2)
            count = int(SPREAD_SECONDS * SPREAD_RATE)
            due = {
                5_000_000 + number: begin + timedelta(seconds=number / SPREAD_RATE + random.random() / SPREAD_RATE)
                for number in range(count)
            }
            rows = [sender.row(f"due:{chat}", chat, Purpose.STAFF, due_at=at) for chat, at in due.items()]
            await sender.write(database, delivery, rows)
            # The server's clock is the machine's monotonic one.
            apart = time.time() - time.monotonic()
            await asyncio.sleep(2 + SPREAD_SECONDS + 2)
            arrivals = await log()
    late = sorted(at + apart - due[chat].timestamp() for chat, at, _ in arrivals if chat in due)
    assert len(late) == count
    p99 = late[int(len(late) * 0.99)]
    print(
        f"{count} reminders due at {SPREAD_RATE:.0f} a second arrive {late[len(late) // 2] * 1000:.0f} ms late (median),"
        f" p99 {p99 * 1000:.0f} ms (at most {MOST_LATE_SECONDS * 1000:.0f})"
    )
    return bool(p99 <= MOST_LATE_SECONDS)


# ---------------------------------------------------------------------------------------------------------------- parts


def _make(path: Path, *, pending: int, due: int) -> None:
    """A base with so many reminders for later, and so many for now, each in a chat of its own."""
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    now = datetime.now(UTC)
    rng = random.Random(1)

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(pending + due):
            later = timedelta(minutes=10) + timedelta(seconds=rng.random() * 30_000_000)
            at = now - timedelta(seconds=1) if number < due else now + later
            yield f"task:{number}", 1_000 + number, '{"text": "a line of text"}', _moment(at), _moment(now)

    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.executemany(_FILL, rows())
        base.commit()


@contextlib.asynccontextmanager
async def _opened(path: Path) -> AsyncIterator[tuple[Database, Place]]:
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    playbook = playbooks.from_text(PLAYBOOK)
    try:
        yield (
            database,
            Place("bench_bot", ZoneInfo("UTC"), "uk", None, Playbooks(playbook, playbooks.from_text), str(path.parent)),
        )
    finally:
        await database.close()


async def _look(database: Database, place: Place) -> delivering.Claim:
    """What the sender does when it wakes: claims what is due, or learns when to look again."""

    async def claim(tx: Tx) -> delivering.Claim:
        return await delivering.claim(tx, by="bench", now=datetime.now(UTC), limit=AT_ONCE, busy=(), place=place)

    return await database.write(claim, brief=True)


@contextlib.asynccontextmanager
async def _stalls() -> AsyncIterator[list[float]]:
    """How much longer than asked each short sleep took while the block ran."""
    found: list[float] = [0.0]

    async def beat() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.002)
            found.append(time.perf_counter() - began - 0.002)

    beating = asyncio.create_task(beat())
    try:
        yield found
    finally:
        beating.cancel()


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


if __name__ == "__main__":
    raise SystemExit(main())
