"""The storm: people leave requests while the bot is killed again and again, at random instants.

What must hold: every lead is kept once, nobody is left in the middle of a conversation, nothing is left undone or given
up, the database is whole, and no more answers are said twice than were in flight when the bot died.

Half of the deaths come 30-450 ms after a life began, wherever it is in its start; the other half up to 450 ms after it
has begun to answer. Telegram takes its time to reply, as it does, so that deaths do meet messages in flight.
`python -m benchmarks.storm --help`.
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
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from simulator.calls import Calls
from simulator.client import Person, sitting_at
from simulator.server import Simulator, running

ROOT = Path(__file__).parent.parent
FIRST_PERSON = 500_000
MOST_AT_ONCE = 40
PATIENCE = 120.0
REPLY_SECONDS, REPLY_JITTER = 0.03, 0.06
UNDONE = """SELECT (SELECT count(*) FROM inbox WHERE state != 'done')
 + (SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'skipped', 'cancelled'))"""
QUESTIONS = ("First question?", "Second question?", "Third question?")

PLAYBOOK = """
[business]
name = "Storm"
languages = ["en"]

[[form]]
id = "lead"
title = "Lead"
  [[form.step]]
  field = "q1"
  type = "text"
  ask = "First question?"
  [[form.step]]
  field = "q2"
  type = "choice"
  ask = "Second question?"
    [[form.step.option]]
    id = "left"
    title = "Left"
    [[form.step.option]]
    id = "right"
    title = "Right"
  [[form.step]]
  field = "q3"
  type = "text"
  ask = "Third question?"
"""


@dataclass
class Report:
    """What the storm left behind."""

    leads: int
    kills: int
    seconds: float = 0.0
    lost: int = 0
    duplicated: int = 0
    stuck: list[str] = field(default_factory=list)
    repeated: int = 0
    in_flight: int = 0
    integrity: str = ""
    undone: int = 0
    slowest_exit: float = 0.0

    @property
    def held(self) -> bool:
        """Whether every promise was kept. Undone is what the base still has to do, or has given up."""
        whole = self.integrity == "ok" and not self.stuck and not self.undone and self.slowest_exit < 10
        return whole and self.lost == self.duplicated == 0 and self.repeated <= self.in_flight

    def __str__(self) -> str:
        return (
            f"{self.leads} leads over {self.kills} deaths in {self.seconds:.0f} s: {self.lost} lost, "
            f"{self.duplicated} duplicated, {len(self.stuck)} conversations stuck, {self.undone} left undone, "
            f"integrity {self.integrity}, "
            f"{self.repeated} answers said again of {self.in_flight} that were in flight"
            + (f", the slowest exit {self.slowest_exit:.1f} s" if self.slowest_exit else "")
        )


class Storm:
    """One storm. `gentle` sends SIGTERM in place of SIGKILL and keeps how long each exit took."""

    def __init__(self, folder: Path, *, leads: int, kills: int, seed: int, gentle: bool = False) -> None:
        self._folder = folder
        self._random = random.Random(seed)
        # Fewer than come between two deaths: somebody is always still on the way.
        self._at_once = max(1, min(MOST_AT_ONCE, leads // (kills + 1)))
        self._gentle = gentle
        self._finished = 0
        self._calls: Calls
        self._life: int
        self.report = Report(leads, kills)

    @property
    def database(self) -> Path:
        return self._folder / "storm.db"

    async def run(self) -> Report:
        began = time.monotonic()
        async with running(Simulator(keep_calls=0)) as simulator, sitting_at(simulator.url) as desk:
            people = [await desk.person(f"P{n}", id=FIRST_PERSON + n, language="en") for n in range(self.report.leads)]
            await desk.fault("delay", "sendMessage", seconds=REPLY_SECONDS, jitter=REPLY_JITTER, seed=1)
            self._calls = simulator.world.calls
            nursery = await self._nursery(simulator)
            killing = asyncio.create_task(self._kill(nursery))
            try:
                await self._everyone(people)
                await killing
                await self._last_life_is_done()
            finally:
                killing.cancel()
                self._end(self._life)
                nursery.kill()
                await nursery.wait()
            await self._count_repeats(people)
        self._look_at_the_database()
        self.report.seconds = time.monotonic() - began
        return self.report

    # -------------------------------------------------------------------------------------------------------- people

    async def _everyone(self, people: list[Person]) -> None:
        places = asyncio.Semaphore(self._at_once)

        async def one(person: Person) -> None:
            async with places:
                try:
                    await self._leaves_a_request(person)
                except AssertionError as error:
                    self.report.stuck.append(str(error))
                self._finished += 1

        await asyncio.gather(*(one(person) for person in people))

    async def _leaves_a_request(self, person: Person) -> None:
        await person.starts("form_lead")
        await person.sees(QUESTIONS[0], patience=PATIENCE)
        await person.says(f"lead {person.id}")
        question = await person.sees(QUESTIONS[1], patience=PATIENCE)
        await person.presses("Right", on=question, wait=0)
        await person.sees(QUESTIONS[2], patience=PATIENCE)
        await person.says("third answer")
        summary = await person.until(
            lambda shown: any("Send" in label for label in shown.buttons), "sees the summary", patience=PATIENCE
        )
        label = next(label for label in summary.buttons if "Send" in label)
        await person.presses(label, on=summary, wait=0)
        await person.sees("We have your request", patience=PATIENCE)

    async def _count_repeats(self, people: list[Person]) -> None:
        """The same words to one person more often than the conversation has them."""
        for person in people:
            said = Counter(shown.text for shown in await person.messages() if shown.out)
            self.report.repeated += sum(times - 1 for times in said.values())

    # -------------------------------------------------------------------------------------------------------- deaths

    async def _nursery(self, simulator: Simulator) -> asyncio.subprocess.Process:
        playbook = self._folder / "storm.toml"
        playbook.write_text(PLAYBOOK, encoding="utf-8")
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": simulator.token,
            "BOT_API_URL": simulator.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "DATA_DIR": str(self._folder),
            "PLAYBOOK": str(playbook),
            "DEFAULT_LANGUAGE": "en",
            "SEND_RATE": "1000",
            "SEND_RATE_PER_CHAT": "1000",
            "LOG_LEVEL": "WARNING",
        }
        nursery = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.nursery", cwd=self._folder, env=environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._life = await self._born(nursery)
        return nursery

    async def _born(self, nursery: asyncio.subprocess.Process) -> int:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        nursery.stdin.write(b"live\n")
        await nursery.stdin.drain()
        line = await asyncio.wait_for(nursery.stdout.readline(), 60)
        return int(line)

    async def _kill(self, nursery: asyncio.subprocess.Process) -> None:
        """Deaths spread over the whole storm: the next comes when its share of people has finished, plus an instant."""
        for number in range(self.report.kills):
            share = self.report.leads * number // (self.report.kills + 1)
            while self._finished < share:
                await asyncio.sleep(0.01)
            if self._gentle or number % 2:
                await self._is_answering()
            await asyncio.sleep(self._random.uniform(0.03, 0.45))
            if self._gentle:
                await self._ask_to_leave()
            else:
                self._end(self._life)
            while alive(self._life):
                await asyncio.sleep(0.005)
            self.report.in_flight += self._sending()
            self._life = await self._born(nursery)

    async def _is_answering(self) -> None:
        """Returns once this life has sent something, or has had the time to: perhaps nobody is left to be answered."""
        before, patience = self._calls.counts["sendMessage"], time.monotonic() + 10
        while self._calls.counts["sendMessage"] == before and time.monotonic() < patience:
            await asyncio.sleep(0.01)

    async def _last_life_is_done(self) -> None:
        """Lets the last life finish what the last death left, and end by itself."""
        patience = time.monotonic() + 30
        while self._count(UNDONE) and time.monotonic() < patience:
            await asyncio.sleep(0.1)
        await self._ask_to_leave()

    async def _ask_to_leave(self) -> None:
        asked = time.monotonic()
        os.kill(self._life, signal.SIGTERM)
        while alive(self._life) and time.monotonic() < asked + 15:
            await asyncio.sleep(0.01)
        self.report.slowest_exit = max(self.report.slowest_exit, time.monotonic() - asked)
        self._end(self._life)

    @staticmethod
    def _end(life: int) -> None:
        if alive(life):
            os.kill(life, signal.SIGKILL)

    def _sending(self) -> int:
        """What the life that just ended had begun to send and not recorded."""
        return self._count("SELECT count(*) FROM outbox WHERE state = 'sending'")

    def _count(self, question: str) -> int:
        if not self.database.exists():
            return 0
        with closing(sqlite3.connect(self.database)) as connection:
            return int(connection.execute(question).fetchone()[0])

    def _look_at_the_database(self) -> None:
        with closing(sqlite3.connect(self.database)) as connection:
            self.report.integrity = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
            rows = connection.execute(
                "SELECT c.telegram_id FROM requests r JOIN contacts c ON c.id = r.contact_id"
            ).fetchall()
        kept = Counter(int(row[0]) for row in rows)
        self.report.undone = self._count(UNDONE)
        self.report.lost = sum(FIRST_PERSON + n not in kept for n in range(self.report.leads))
        self.report.duplicated = sum(times - 1 for times in kept.values())


def alive(process: int) -> bool:
    """Whether it runs; a child that its parent has not looked at yet (a zombie) does not, once its threads are gone too:
    one may be in the middle of a write when the others are dead."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return fields[0] != "Z" or int(fields[17]) > 1
    except FileNotFoundError:
        return False


def storm(folder: Path, *, leads: int, kills: int, seed: int, gentle: bool = False) -> Report:
    """Runs one storm in a folder and returns what it left."""
    return asyncio.run(Storm(folder, leads=leads, kills=kills, seed=seed, gentle=gentle).run())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--terms", type=int, default=50, help="of SIGTERM, in a second storm with half the people")
    parser.add_argument("--seed", type=int, default=1)
    from benchmarks import loss_storm  # here: it takes its playbook from this module

    chosen = parser.parse_args()
    whole = True
    for gentle, kills, leads in ((False, chosen.kills, chosen.leads), (True, chosen.terms, chosen.leads // 2)):
        with tempfile.TemporaryDirectory() as folder:
            report = storm(Path(folder), leads=leads, kills=kills, seed=chosen.seed, gentle=gentle)
        print(f"{'SIGTERM' if gentle else 'kill -9'}: {report}")
        for one in report.stuck[:3]:
            print(one)
        whole = whole and report.held
    whole = loss_storm.storms() and whole
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
