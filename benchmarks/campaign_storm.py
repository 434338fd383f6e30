"""The storm of a campaign: it goes out to thousands while the bot is killed again and again, at random instants.

What must hold: nobody is missing, nobody gets an advertisement twice (what was in flight at a death is marked unknown),
sent + failed + unknown + skipped + cancelled + control are the people who were planned, and what the base says was sent
is what arrived. Half of the deaths come within 450 ms of a life's beginning, wherever it is in its start or its planning.
`python -m benchmarks.campaign_storm --help`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.storm import ROOT, alive
from crm.campaign_letters import Letter, Options, Variant
from simulator.client import sitting_at
from simulator.server import Simulator, running
from storage import campaigns, schema
from storage.engine import Database, Tx

FIRST_PERSON = 700_000
WORDS = "Spring is here"
REPLY_SECONDS, REPLY_JITTER = 0.02, 0.04
PATIENCE = 120.0
PLAYBOOK = """
[business]
name = "Storm"
languages = ["en"]

[policy]
quiet_hours = "{quiet}"

[[form]]
id = "lead"
title = "Lead"
  [[form.step]]
  field = "name"
  type = "text"
  ask = "Your name?"
"""


@dataclass
class Report:
    """What the storm left behind. `in_flight` is what was being sent at the deaths; `unanswered` of the unknown are those
    whose reply was lost in life, on a machine too busy to keep a connection."""

    people: int
    kills: int
    seconds: float = 0.0
    sent: int = 0
    unknown: int = 0
    unanswered: int = 0
    others: int = 0
    missing: int = 0
    copies: int = 0
    most: int = 0
    in_flight: int = 0
    state: str = ""
    integrity: str = ""

    @property
    def held(self) -> bool:
        """Whether every promise was kept."""
        whole = self.integrity == "ok" and self.state == "done"
        died = self.unknown - self.unanswered
        sums = self.sent + self.unknown + self.others == self.people and died <= self.in_flight
        return whole and sums and self.missing == self.copies == 0 and self.most <= 2

    def __str__(self) -> str:
        return (
            f"a campaign to {self.people:,} over {self.kills} deaths in {self.seconds:.0f} s: {self.state}, "
            f"{self.sent:,} sent + {self.unknown} unknown ({self.unanswered} without a reply) + {self.others} others, {self.missing} missing, "
            f"{self.copies} copies of {self.in_flight} in flight, at most {self.most} a person, "
            f"integrity {self.integrity}"
        )


class CampaignStorm:
    """One storm."""

    def __init__(self, folder: Path, *, people: int, kills: int, seed: int, rate: int) -> None:
        self._folder = folder
        self._random = random.Random(seed)
        self._rate = rate
        self._life = 0
        self.report = Report(people, kills)

    @property
    def _database(self) -> Path:
        return self._folder / "storm.db"

    async def run(self) -> Report:
        began = time.monotonic()
        async with running(Simulator(keep_calls=0)) as simulator, sitting_at(simulator.url) as desk:
            for number in range(self.report.people):
                simulator.world.add_person({"id": FIRST_PERSON + number, "first_name": f"P{number}", "started": True})
            await desk.fault("delay", "sendMessage", seconds=REPLY_SECONDS, jitter=REPLY_JITTER, seed=1)
            await asyncio.to_thread(schema.upgrade, self._database)
            await self._furnish()
            nursery = await self._nursery(simulator)
            try:
                await self._kill(nursery, simulator)
                await self._is_done()
            finally:
                self._end()
                nursery.kill()
                await nursery.wait()
            self._count_arrivals(simulator)
        self._look_at_the_database()
        self.report.seconds = time.monotonic() - began
        return self.report

    async def _furnish(self) -> None:
        """People who have agreed, and a campaign to all of them that was just started."""
        now = datetime.now(UTC)
        raw = now.replace(tzinfo=None).strftime("%Y-%m-%d %H:%M:%S.%f")
        numbers = range(self.report.people)
        database = Database(f"sqlite+aiosqlite:///{self._database}")
        await database.open()

        async def unit(tx: Tx) -> None:
            await tx.run_raw(
                "INSERT INTO contacts (id, telegram_id, name, language, consent_marketing, created_at, updated_at)"
                " VALUES (?, ?, ?, 'en', 1, ?, ?)",
                [(n + 1, FIRST_PERSON + n, f"P{n}", raw, raw) for n in numbers],
            )
            await tx.run_raw(
                "INSERT INTO consents (contact_id, purpose, granted, version, text, at) VALUES (?, 'marketing', 1, '1', '', ?)",
                [(n + 1, raw) for n in numbers],
            )
            number = await campaigns.create(
                tx,
                name="Storm",
                content=Letter((Variant("a", {"en": WORDS}),)).to_json(),
                options=Options().to_json(),
                staff_id=None,
                chat_id=None,
                aim="",
                now=now,
            )
            await campaigns.change(tx, number, among=["draft"], now=now, state="planned")

        await database.write(unit)
        await database.close()

    # -------------------------------------------------------------------------------------------------------- deaths

    async def _nursery(self, simulator: Simulator) -> asyncio.subprocess.Process:
        playbook = self._folder / "storm.toml"
        # The storm rages by day, whatever the clock says: the night is one minute, half a day away.
        night = datetime.now(ZoneInfo("Europe/Kyiv")) + timedelta(hours=12)
        quiet = f"{night:%H:%M}-{night + timedelta(minutes=1):%H:%M}"
        playbook.write_text(PLAYBOOK.replace("{quiet}", quiet), encoding="utf-8")
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": simulator.token,
            "BOT_API_URL": simulator.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{self._database}",
            "DATA_DIR": str(self._folder),
            "PLAYBOOK": str(playbook),
            "DEFAULT_LANGUAGE": "en",
            "TIMEZONE": "Europe/Kyiv",
            "SEND_RATE": str(self._rate),
            "LOG_LEVEL": "WARNING",
        }
        nursery = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.nursery", cwd=self._folder, env=environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        await self._born(nursery)
        return nursery

    async def _born(self, nursery: asyncio.subprocess.Process) -> None:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        nursery.stdin.write(b"live\n")
        await nursery.stdin.drain()
        self._life = int(await asyncio.wait_for(nursery.stdout.readline(), 60))

    async def _kill(self, nursery: asyncio.subprocess.Process, simulator: Simulator) -> None:
        """Deaths spread over the campaign: the next comes when its share of people has been reached, plus an instant."""
        for number in range(self.report.kills):
            share = self.report.people * number // (self.report.kills + 1)
            patience = time.monotonic() + PATIENCE
            while simulator.world.messages_sent < share and time.monotonic() < patience:
                await asyncio.sleep(0.01)
            if number % 2:
                before = simulator.world.messages_sent
                while simulator.world.messages_sent == before and time.monotonic() < patience:
                    await asyncio.sleep(0.01)
            await asyncio.sleep(self._random.uniform(0.03, 0.45))
            self._end()
            while alive(self._life):
                await asyncio.sleep(0.005)
            self.report.in_flight += self._ask("SELECT count(*) FROM outbox WHERE state = 'sending'")
            await self._born(nursery)

    def _end(self) -> None:
        if alive(self._life):
            os.kill(self._life, signal.SIGKILL)

    # --------------------------------------------------------------------------------------------------------- counts

    async def _is_done(self) -> None:
        """Lets the last life end the campaign, and end by itself."""
        patience = time.monotonic() + PATIENCE
        done = "SELECT count(*) FROM campaigns WHERE state = 'done'"
        while not self._ask(done) and time.monotonic() < patience:
            await asyncio.sleep(0.2)
        os.kill(self._life, signal.SIGTERM)
        while alive(self._life) and time.monotonic() < patience:
            await asyncio.sleep(0.01)

    def _count_arrivals(self, simulator: Simulator) -> None:
        """Who got it, and how often: as Telegram's side saw it."""
        unknown = {
            row[0]
            for row in self._all(
                "SELECT c.telegram_id FROM campaign_people p JOIN contacts c ON c.id = p.contact_id WHERE p.state = 'unknown'"
            )
        }
        for number in range(self.report.people):
            chat = simulator.world.chats[FIRST_PERSON + number]
            got = sum(message.out and message.data.get("text") == WORDS for message in chat.messages.values())
            self.report.copies += max(0, got - 1)
            self.report.most = max(self.report.most, got)
            self.report.missing += got == 0 and chat.id not in unknown

    def _look_at_the_database(self) -> None:
        states = dict(self._all("SELECT state, count(*) FROM campaign_people GROUP BY state"))
        self.report.sent, self.report.unknown = states.pop("sent", 0), states.pop("unknown", 0)
        self.report.others = sum(states.values())
        self.report.unanswered = self._ask(
            "SELECT count(*) FROM outbox WHERE state = 'unknown' AND error NOT LIKE 'the process died%'"
        )
        self.report.state = str(self._all("SELECT state FROM campaigns")[0][0])
        self.report.integrity = str(self._all("PRAGMA integrity_check")[0][0])

    def _ask(self, question: str) -> int:
        return int(self._all(question)[0][0])

    def _all(self, question: str) -> list[Any]:
        with closing(sqlite3.connect(self._database, timeout=30)) as connection:
            return connection.execute(question).fetchall()


def storm(folder: Path, *, people: int, kills: int, seed: int, rate: int = 1000) -> Report:
    """Runs one storm in a folder and returns what it left."""
    return asyncio.run(CampaignStorm(folder, people=people, kills=kills, seed=seed, rate=rate).run())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rate", type=int, default=1000, help="messages a second, as paid broadcasting allows")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = storm(Path(folder), people=chosen.people, kills=chosen.kills, seed=chosen.seed, rate=chosen.rate)
    print(f"kill -9: {report}")
    return 0 if report.held else 1


if __name__ == "__main__":
    sys.exit(main())
