"""Two more storms, without deaths: Telegram takes messages and its answers are lost; and it refuses three calls of ten.

The bot runs here, over HTTP against the simulator, with its own sender, policy and database. What a lost answer means is the
message's own word: a reminder is said again, an advertisement is not (docs/decisions/0006-what-doubt-means.md). After a 429
nothing may be begun until its seconds are over: counted where the bot begins a request and reads its answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import create_engine, func, insert, select

from benchmarks.storm import PLAYBOOK
from bot import app
from bot.settings import Settings
from crm.purposes import Purpose
from scheduler.limiter import Limiter
from simulator.client import Desk, sitting_at
from simulator.server import Simulator, running
from storage import consents, outbox, search_schema, tables
from storage.engine import Tx

FIRST_PERSON = 600_000
PATIENCE_SECONDS = 300.0
REFUSED_SHARE = 0.3


@dataclass(frozen=True)
class Lost:
    """What became of messages whose first answers were lost. `copies` are said beyond the first."""

    number: int
    service_missing: int
    service_copies: int
    marketing_copies: int
    marketing_unknown: int

    @property
    def held(self) -> bool:
        service = self.service_missing == 0 and self.service_copies <= self.number
        return service and self.marketing_copies == 0 and self.marketing_unknown == self.number

    def __str__(self) -> str:
        return (
            f"{self.number} answers lost after acceptance: reminders {self.service_missing} missing,"
            f" {self.service_copies} said again; advertisements {self.marketing_copies} said again,"
            f" {self.marketing_unknown} marked unknown"
        )


@dataclass
class Penalties:
    """When requests were begun and when a 429 was read, by the bot's monotonic clock."""

    begun: list[float] = field(default_factory=list)
    read: list[tuple[float, float]] = field(default_factory=list)

    def watch(self, limiter: Limiter) -> None:
        """Notes what the limiter is told from now on."""
        begin, silence = limiter.begin, limiter.silence
        now = asyncio.get_running_loop().time

        def begun(chat_id: int, size: int = 1) -> None:
            self.begun.append(now())
            begin(chat_id, size)

        def silenced(chat_id: int, seconds: float, *, bulk: bool = False) -> None:
            self.read.append((now(), seconds))
            silence(chat_id, seconds, bulk=bulk)

        vars(limiter).update(begin=begun, silence=silenced)

    @property
    def broken(self) -> int:
        """Requests that were begun inside a penalty."""
        return sum(any(at < moment < at + seconds for at, seconds in self.read) for moment in self.begun)


@dataclass(frozen=True)
class Refused:
    """What became of advertisements of which three calls in ten were refused for a second."""

    number: int
    refusals: int
    missing: int
    copies: int
    inside_a_penalty: int

    @property
    def held(self) -> bool:
        return self.refusals > 0 and self.missing == self.copies == self.inside_a_penalty == 0

    def __str__(self) -> str:
        return (
            f"{self.number} advertisements, {self.refusals} calls refused with 429: {self.missing} missing,"
            f" {self.copies} said twice, {self.inside_a_penalty} requests begun inside a penalty"
        )


async def lost_answers(folder: Path, *, number: int) -> Lost:
    """As many reminders as there are lost answers, then as many advertisements."""
    async with _world(folder, number) as (bot, desk):
        said: dict[Purpose, Counter[int]] = {}
        for purpose in (Purpose.SERVICE, Purpose.MARKETING):
            await desk.fault("lost", "sendMessage", times=number)
            await _say_to_everyone(bot, purpose)
            await _until_nothing_waits(bot)
            await desk.heal()
            said[purpose] = await _taken(desk, purpose)
        unknown = await _count(bot, tables.outbox.c.purpose == "marketing", tables.outbox.c.state == "unknown")
    service, marketing = said[Purpose.SERVICE], said[Purpose.MARKETING]
    return Lost(
        number,
        service_missing=number - len(service),
        service_copies=service.total() - len(service),
        marketing_copies=marketing.total() - len(marketing),
        marketing_unknown=unknown,
    )


async def random_refusals(folder: Path, *, number: int, seed: int = 1) -> Refused:
    """An advertisement to each of so many people, while three calls in ten are refused for a second."""
    async with _world(folder, number) as (bot, desk):
        penalties = Penalties()
        penalties.watch(bot.gate.limiter)
        await desk.fault("flood", "sendMessage", probability=REFUSED_SHARE, retry_after=1, seed=seed)
        await _say_to_everyone(bot, Purpose.MARKETING)
        await _until_nothing_waits(bot)
        taken = await _taken(desk, Purpose.MARKETING)
    return Refused(
        number,
        refusals=len(penalties.read),
        missing=number - len(taken),
        copies=taken.total() - len(taken),
        inside_a_penalty=penalties.broken,
    )


@asynccontextmanager
async def _world(folder: Path, number: int) -> AsyncIterator[tuple[app.App, Desk]]:
    """The bot at work among so many people who have started it and agreed to advertisements."""
    _make_base(folder / "loss.db")
    async with running(Simulator()) as simulator, sitting_at(simulator.url) as desk:
        settings: dict[str, Any] = {
            "bot_token": simulator.token,
            "bot_api_url": simulator.url,
            "database_url": f"sqlite+aiosqlite:///{folder}/loss.db",
            "data_dir": folder,
            "playbook": _playbook(folder),
            "default_language": "en",
            "send_rate": 1000,
            "send_rate_per_chat": 1000,
        }
        async with app.built(Settings(_env_file=None, **settings)) as bot:  # type: ignore[call-arg]
            serving = asyncio.create_task(app.serve(bot))
            try:
                people = [await desk.person(f"P{n}", id=FIRST_PERSON + n, language="en") for n in range(number)]
                for person in people:
                    await person.starts()
                await desk.settled(patience=PATIENCE_SECONDS)
                await bot.lanes.calm()
                await _until_nothing_waits(bot)
                await bot.database.write(_agree)
                yield bot, desk
            finally:
                bot.stop()
                await serving


async def _say_to_everyone(bot: app.App, purpose: Purpose) -> None:
    async def unit(tx: Tx) -> None:
        now = datetime.now(UTC)
        for contact_id, chat_id in await tx.all(select(tables.contacts.c.id, tables.contacts.c.telegram_id)):
            values = outbox.row(
                key=f"loss:{purpose.value}:{contact_id}",
                chat_id=chat_id,
                contact_id=contact_id,
                payload={"text": f"a line of {purpose.value}"},
                purpose=purpose.value,
                priority=purpose.priority,
                due_at=now,
                now=now,
                on_doubt="skip" if purpose is Purpose.MARKETING else "resend",
            )
            outbox.add(tx, values)

    await bot.database.write(unit)


async def _agree(tx: Tx) -> None:
    ids = [row.id for row in await tx.all(select(tables.contacts.c.id))]
    yes = {"purpose": "marketing", "granted": True, "version": "1", "text": "Yes", "at": datetime.now(UTC)}
    await tx.run(insert(tables.consents), [{"contact_id": one, **yes} for one in ids])
    await consents.recompute(tx, ids)


async def _until_nothing_waits(bot: app.App) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await _count(bot, tables.outbox.c.state.in_(["pending", "sending"])):
            await asyncio.sleep(0.05)


async def _count(bot: app.App, *where: Any) -> int:
    async with bot.database.read() as reads:
        return int(await reads.scalar(select(func.count()).select_from(tables.outbox).where(*where)))


async def _taken(desk: Desk, purpose: Purpose) -> Counter[int]:
    """How often each chat was sent the line of a purpose, as Telegram saw it, whether the bot heard of it or not."""
    calls = await desk.calls("sendMessage")
    text = f"a line of {purpose.value}"
    return Counter(one["chat_id"] for one in calls if one["accepted"] is not None and one["params"]["text"] == text)


def _make_base(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    tables.metadata.create_all(engine)
    engine.dispose()
    with contextlib.closing(sqlite3.connect(path)) as base:
        for statement in search_schema.CREATE:
            base.execute(statement)
        base.commit()


def _playbook(folder: Path) -> str:
    """The storm's, with quiet hours far from now: the policy lets everything go."""
    start = datetime.now(UTC) + timedelta(hours=10)
    path = folder / "loss.toml"
    hours = f"{start:%H:%M}-{start + timedelta(hours=1):%H:%M}"
    path.write_text(f'{PLAYBOOK}\n[policy]\nquiet_hours = "{hours}"\n', encoding="utf-8")
    return str(path)


def storms(*, number: int = 100) -> bool:
    """Both, printed; whether every promise was kept."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as folder:
        lost = asyncio.run(lost_answers(Path(folder), number=number))
    print(lost)
    with tempfile.TemporaryDirectory() as folder:
        refused = asyncio.run(random_refusals(Path(folder), number=number))
    print(refused)
    return lost.held and refused.held


if __name__ == "__main__":
    raise SystemExit(0 if storms() else 1)
