"""How fast the bot speaks while everything happens at once, as the server saw it. `python -m benchmarks rates [--minutes N]`.

The real sender, limiter, contact policy and database, against a server that answers in 60 ms and up to 60 ms more. A bulk
queue of advertisements to people who agreed to them, reminders twice a second, and 50 people who talk: each says something
every few seconds, three of them three things at once. First a while without the bulk, then with it, in one run. Counted at
the server: the most in any second in all (30) and in one chat (1), the rate against what the replies allow, and how long
answers take. Then the limit is raised to what paid broadcasting allows, 1,000 a second, to see what else holds.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import math
import random
import sqlite3
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import structlog
from sqlalchemy import create_engine

from benchmarks import sender
from benchmarks.messages import PLAYBOOK
from crm.purposes import Purpose
from scheduler.delivery import Delivery
from storage import outbox
from storage.engine import Database, Tx
from storage.tables import metadata

PEOPLE = 50
IMPATIENT = 3
"""People who say three things at once: what one chat may hear a second is met by them. Their answers wait for each other
by Telegram's own rule, and are not among those that are timed."""
FIRST_PERSON = 900_000
PAUSE_SECONDS = (3.0, 7.0)
REMINDERS_A_SECOND = 2.0
ALONE_SHARE = 0.5
WARM_UP_SECONDS = 3.0
CEILING_ROWS = 6_000
CEILING_RATE = 1_000

MOST_A_SECOND = 30
LEAST_OF_POSSIBLE = 0.97
MOST_LONGER_SECONDS = 0.1

Arrival = tuple[int, float, float]


@dataclass
class Talk:
    """What was said to whom and when, by the machine's monotonic clock: the n-th answer to a chat is the n-th asked."""

    asked: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class Seen:
    """What the server saw. `answers` are the waits of the patient, from the commit to the arrival."""

    worst_second: int
    closest_of_a_chat: float
    rate: float
    possible: float
    alone: list[float]
    amid: list[float]

    @property
    def share(self) -> float:
        return self.rate / self.possible


def main(arguments: Sequence[str] = ()) -> int:
    """Prints the figures; 0 when they are within the bars."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rates", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0, help="with the bulk; ten for the record")
    chosen = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    seen = asyncio.run(measure(chosen.minutes * 60))
    longer = _p99(seen.amid) - _p99(seen.alone)
    print(
        f"{chosen.minutes:g} min: at most {seen.worst_second} in any second ({MOST_A_SECOND}),"
        f" {seen.closest_of_a_chat:.3f} s between two of a chat at least (1.000);"
        f" {seen.rate:.2f}/s of {seen.possible:.2f} possible: {seen.share:.3f} (at least {LEAST_OF_POSSIBLE})"
    )
    print(
        f"answers, p50 and p99: {_p50(seen.alone):.0f} and {_p99(seen.alone) * 1000:.0f} ms without the bulk"
        f" ({len(seen.alone)}), {_p50(seen.amid):.0f} and {_p99(seen.amid) * 1000:.0f} ms with it ({len(seen.amid)}):"
        f" p99 {longer * 1000:+.0f} ms (at most {MOST_LONGER_SECONDS * 1000:.0f})"
    )
    print(f"with the limit raised to {CEILING_RATE:,} a second: {asyncio.run(ceiling()):,.0f}/s")
    within = (
        seen.worst_second <= MOST_A_SECOND
        and seen.closest_of_a_chat >= 1.0
        and seen.share >= LEAST_OF_POSSIBLE
        and longer <= MOST_LONGER_SECONDS
    )
    print("within the bars" if within else "NOT within the bars")
    return 0 if within else 1


async def measure(seconds: float) -> Seen:
    """One run: without the bulk for half as long, then with more of it than can leave."""
    with tempfile.TemporaryDirectory() as folder:
        bulk = int(seconds * 30) + 300
        path = Path(folder) / "rates.db"
        _make(path, people=bulk)
        async with (
            sender.telegram() as (address, log),
            sender.running(f"sqlite+aiosqlite:///{path}", address, Path(folder), playbook_text=_playbook()) as bot,
        ):
            talk = Talk()
            talking = asyncio.create_task(_everyone(*bot, talk))
            await asyncio.sleep(WARM_UP_SECONDS + seconds * ALONE_SHARE)
            begun = time.monotonic()
            await bot[0].write(lambda tx: _queue(tx, bulk))
            bot[1].wake()
            await asyncio.sleep(WARM_UP_SECONDS + seconds)
            ended = time.monotonic()
            talking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await talking
            await asyncio.sleep(1)
            arrivals: list[Arrival] = await log()
    return _seen(arrivals, talk, begun + WARM_UP_SECONDS, begun, ended)


def _seen(arrivals: list[Arrival], talk: Talk, steady_from: float, begun: float, ended: float) -> Seen:
    times = sorted(at for _, at, _ in arrivals)
    steady = [at for at in times if steady_from <= at <= ended]
    replies = [reply for _, at, reply in arrivals if steady_from <= at <= ended]
    of_chat: dict[int, list[float]] = defaultdict(list)
    for chat, at, _ in sorted(arrivals, key=lambda one: one[1]):
        of_chat[chat].append(at)
    gaps = (after - before for each in of_chat.values() for before, after in pairwise(each))
    closest = min(gaps, default=math.inf)
    waits = [
        (asked, at - asked)
        for chat, moments in talk.asked.items()
        if chat >= FIRST_PERSON + IMPATIENT
        for asked, at in zip(moments, of_chat[chat], strict=False)
    ]
    return Seen(
        worst_second=sender.worst_second(times),
        closest_of_a_chat=closest,
        rate=(len(steady) - 1) / (steady[-1] - steady[0]),
        possible=30 / (1 + statistics.fmean(replies)),
        alone=[wait for asked, wait in waits if asked < begun - 1],
        amid=[wait for asked, wait in waits if steady_from <= asked <= ended - 1],
    )


async def ceiling() -> float:
    """Messages a second when neither Telegram nor the policy limits them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ceiling.db"
        _make(path, people=0)
        url = f"sqlite+aiosqlite:///{path}"
        async with (
            sender.telegram() as (address, log),
            sender.running(url, address, Path(folder), rate=CEILING_RATE) as (database, delivery),
        ):
            rows = [sender.row(f"bulk:{chat}", chat, Purpose.MARKETING) for chat in range(1, CEILING_ROWS + 1)]
            await sender.write(database, delivery, rows)
            while await _count_pending(database):
                await asyncio.sleep(0.2)
            times = sorted(at for _, at, _ in await log())
    middle = times[len(times) // 10 : len(times) * 9 // 10]
    return float((len(middle) - 1) / (middle[-1] - middle[0]))


async def _everyone(database: Database, delivery: Delivery, talk: Talk) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(PEOPLE):
            group.create_task(_talks(database, delivery, talk, FIRST_PERSON + number, 3 if number < IMPATIENT else 1))
        group.create_task(_reminders(database, delivery))


async def _talks(database: Database, delivery: Delivery, talk: Talk, chat: int, at_once: int) -> None:
    """Says something now and then; each is answered by a row of the highest priority."""
    number = 0
    while True:
        await asyncio.sleep(random.uniform(*PAUSE_SECONDS))
        rows = [sender.row(f"answer:{chat}:{number + one}", chat, Purpose.ANSWER) for one in range(at_once)]
        number += at_once
        talk.asked[chat] += [time.monotonic()] * at_once
        await sender.write(database, delivery, rows)


async def _reminders(database: Database, delivery: Delivery) -> None:
    """Tasks that ring, each due at a moment of its own."""
    number = 0
    while True:
        due = datetime.now(UTC) + timedelta(seconds=1.5)
        await sender.write(
            database, delivery, [sender.row(f"task:{number}", 800_000 + number, Purpose.STAFF, due_at=due)]
        )
        number += 1
        await asyncio.sleep(random.expovariate(REMINDERS_A_SECOND))


async def _queue(tx: Tx, bulk: int) -> None:
    """Advertisements, each of which asks the policy when it is claimed."""
    now = datetime.now(UTC)
    for number in range(1, bulk + 1):
        outbox.add(
            tx,
            outbox.row(
                key=f"bulk:{number}",
                chat_id=number,
                contact_id=number,
                payload={"text": "an offer"},
                purpose=Purpose.MARKETING.value,
                priority=Purpose.MARKETING.priority,
                due_at=now,
                now=now,
                on_doubt="skip",
            ),
        )


async def _count_pending(database: Database) -> bool:
    async with database.read() as reads:
        return await outbox.next_due(reads, now=datetime.now(UTC)) is not None


def _make(path: Path, *, people: int) -> None:
    """A base of people who agreed to advertisements."""
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.executemany(
            "INSERT INTO contacts (id, telegram_id, name, language, consent_version, consent_marketing, created_at, updated_at)"
            " VALUES (?, ?, 'Somebody', 'uk', '1', 1, ?, ?)",
            ((number, number, now, now) for number in range(1, people + 1)),
        )
        base.executemany(
            "INSERT INTO consents (contact_id, purpose, granted, version, text, at) VALUES (?, 'marketing', 1, '1', 'Yes', ?)",
            ((number, now) for number in range(1, people + 1)),
        )
        base.commit()


def _playbook() -> str:
    """The bench's, with quiet hours far from now, so that the policy lets everything go."""
    start = datetime.now(UTC) + timedelta(hours=10)
    hours = f"{start:%H:%M}-{start + timedelta(hours=1):%H:%M}"
    return f'{PLAYBOOK}\n[policy]\nquiet_hours = "{hours}"\n'


def _p50(waits: Sequence[float]) -> float:
    """In milliseconds."""
    return statistics.median(waits) * 1000


def _p99(waits: Sequence[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.99)]


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
