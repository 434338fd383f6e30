"""A year of a clinic, lived by a clock that leaps: `python -m benchmarks year`.

Made-up people in six time zones with birthdays, purchases and booked visits, which end and are rated; the clinic's own
playbook, the real rounds, policy and outbox over a real database, and nobody but Telegram missing. Once the bot is off for
eight hours. What was promised is looked for in what arrived: nothing in quiet hours, no cap exceeded, every birthday once,
29 February too, every visit reminded of and its rating asked for once, nothing twice, and after the downtime one late
message a person at most.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, func, insert, select

from bot import playbooks
from crm import policy
from crm.form_types import Answer
from crm.purposes import Purpose
from crm.scenario_triggers import celebrated
from scheduler import scenario_round, survey_rounds
from scheduler.office import Office
from services import delivering, serving, speaking, visiting
from services.versioning import Playbooks
from services.workplace import Place
from storage import consents, contact_values, contacts, outbox, purchases, requests, search_schema, staff, tables
from storage.engine import Database, Tx
from storage.outbox import Claimed
from storage.tables import metadata

PLAYBOOK = Path(__file__).parent.parent / "playbooks" / "clinic.toml"
ZONES = ("Europe/Kyiv", "Europe/Lisbon", "Asia/Almaty", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe")
PEOPLE = 1_000
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DOWN = timedelta(hours=8)
LATE = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


class Arrived(NamedTuple):
    """A message as it reached somebody."""

    contact_id: int
    at: datetime
    due: datetime
    key: str
    purpose: str
    scenario: str | None


class Visit(NamedTuple):
    """A visit that was booked, and when."""

    contact_id: int
    request_id: int
    at: datetime
    booked_at: datetime


@dataclass
class Year:
    """A stretch of a business's life. `mistakes` is what should not have happened, once it was `checked`."""

    database: Database
    people: int
    start: datetime
    days: int
    step: timedelta = 4 * HOUR
    down_on: int = 20
    seed: int = 7
    arrived: list[Arrived] = field(default_factory=list)
    booked: list[Visit] = field(default_factory=list)
    ended: dict[int, datetime] = field(default_factory=dict)
    born: dict[int, tuple[int, int]] = field(default_factory=dict)
    zones: dict[int, ZoneInfo] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._now = self.start
        self._random = random.Random(self.seed)
        self._ids = itertools.count(1)
        text = PLAYBOOK.read_text(encoding="utf-8")
        versions = Playbooks(playbooks.from_text(text), playbooks.from_text)
        self.place = Place("bot", ZoneInfo("Europe/Kyiv"), "ru", None, versions)
        nobody: Any = None
        self.office = Office(database=self.database, place=self.place, bot=nobody, now=lambda: self._now)
        self.down_from = self.start + self.down_on * DAY + timedelta(hours=6)

    async def live(self) -> None:
        """Everybody is made, then the time goes by."""
        await self.database.write(self._make_people)
        life = self._life()
        await self._tick()
        end = self.start + self.days * DAY
        while self._now < end:
            self._now = await self._next(life[0][0] if life else end)
            if self.down_from < self._now < self.down_from + DOWN:
                self._now = self.down_from + DOWN
            while life and life[0][0] <= self._now:
                _, unit = life.pop(0)
                await self.database.write(unit)
            await self._tick()

    async def _next(self, happens: datetime) -> datetime:
        """When something happens or is due next, to the minute; the rounds that look for it come around at least every `step`."""
        async with self.database.read() as reads:
            waiting = await outbox.next_due(reads, now=self._now)
            way = await reads.scalar(select(func.min(tables.journeys.c.next_at)))
        times = [at for at in (waiting, way, happens) if at is not None and at > self._now]
        return max(min([*times, self._now + self.step]), self._now + _MINUTE)

    async def _make_people(self, tx: Tx) -> None:
        await tx.run(insert(tables.staff).values(id=1, telegram_id=1, name="Anna", role="manager", added_at=self.start))
        self._manager = next(one for one in await staff.active(tx) if one.id == 1)
        await contact_values.note_kinds(tx, {"birthday": "birthday"})
        for one in range(1, self.people + 1):
            zone = ZONES[one % len(ZONES)]
            month, day = self._birthday(one)
            self.zones[one], self.born[one] = ZoneInfo(zone), (month, day)
            await tx.run(
                insert(tables.contacts).values(
                    id=one,
                    telegram_id=10_000 + one,
                    name=f"Person {one}",
                    language=("ru", "uk", "en")[one % 3],
                    timezone=zone,
                    consent_version="2026-11",
                    created_at=self.start,
                    updated_at=self.start,
                )
            )
            await contacts.change(tx, one, fields={"birthday": f"--{month:02}-{day:02}"}, now=self.start)
            said: dict[str, Any] = {"version": "1", "text": "", "message_id": None, "now": self.start}
            await consents.add(tx, one, "marketing", granted=one % 5 != 0, **said)

    def _birthday(self, one: int) -> tuple[int, int]:
        if one % 20 == 0:
            return 2, 29
        born = date(2024, 1, 1) + timedelta(days=self._random.randrange(366))
        return born.month, born.day

    def _life(self) -> list[tuple[datetime, Callable[[Tx], Any]]]:
        """What happens to people: each buys and books three times a year or so."""
        events: list[tuple[datetime, Callable[[Tx], Any]]] = []
        for one in range(1, self.people + 1):
            for _ in range(self._times()):
                at = self._moment()
                events.append((at, self._buys(one, at)))
            for _ in range(self._times()):
                at = self._moment()
                when = (at + timedelta(hours=self._random.randrange(3, 10 * 24))).replace(minute=0, second=0)
                events += [(at, self._books(one, at, when)), (when + HOUR, self._ends(one, when))]
        return sorted(events, key=lambda event: event[0])

    def _times(self) -> int:
        return sum(self._random.random() < 3 * self.days / 365 / 6 for _ in range(6))

    def _moment(self) -> datetime:
        """Some time of the day in Kyiv, when the bot is not off."""
        while True:
            day = self._random.randrange(self.days)
            at = self.start + day * DAY + timedelta(minutes=self._random.randrange(8 * 60, 18 * 60))
            if not self.down_from <= at <= self.down_from + DOWN:
                return at

    def _buys(self, one: int, at: datetime) -> Callable[[Tx], Any]:
        key = f"year:{next(self._ids)}"

        async def unit(tx: Tx) -> None:
            await purchases.add(tx, one, key=key, amount=90_000, currency="UAH", value=90_000, at=at, now=at)

        return unit

    def _ends(self, one: int, when: datetime) -> Callable[[Tx], Any]:
        """The visit at that hour has been: the manager closes its request."""

        async def unit(tx: Tx) -> None:
            (visit, *_) = [each for each in self.booked if (each.contact_id, each.at) == (one, when)]
            if visit.request_id in self.ended:
                return
            for say in await serving.finish(tx, self.place, visit.request_id, self._manager, now=self._now):
                speaking.say(tx, say, now=self._now)
            self.ended[visit.request_id] = self._now

        return unit

    def _books(self, one: int, at: datetime, when: datetime) -> Callable[[Tx], Any]:
        async def unit(tx: Tx) -> None:
            form = self.place.playbooks.current.form("appointment")
            contact = await contacts.get(tx, one)
            assert form is not None
            assert contact is not None
            request = await requests.create(tx, one, title="Visit", answers=[], pipeline="visits", now=at)
            await contacts.count_request(tx, one, opened=1, total=1, now=at)
            answers = {"visit_at": Answer(when.isoformat())}
            await visiting.book(tx, self.place, form, request, contact, answers, now=at)
            self.booked.append(Visit(one, request.id, when, at))

        return unit

    async def _tick(self) -> None:
        await scenario_round.go_round(self.office)
        if self._now.hour // 4 == 2:
            await survey_rounds.ask(self.office)
        while True:
            claim = await self.database.write(self._claim, brief=True)
            for row in claim.rows:
                await self._arrives(row)
            if not claim.rows and not claim.more:
                return

    async def _claim(self, tx: Tx) -> delivering.Claim:
        return await delivering.claim(tx, by="me", now=self._now, limit=64, busy=(), place=self.place)

    async def _arrives(self, row: Claimed) -> None:
        scenario = (row.recipe or {}).get("scenario")
        self.arrived.append(Arrived(row.contact_id or 0, self._now, row.due_at, row.key, row.purpose, scenario))
        now, number = self._now, next(self._ids)
        await self.database.write(lambda tx: delivering.record_sent(tx, row, number, now=now), brief=True)

    # ------------------------------------------------------------------------------------------------------ what came

    async def checked(self) -> list[str]:
        """Everything that should not have happened."""
        self.mistakes = []
        async with self.database.read() as reads:
            ways = await reads.all(select(tables.journeys))
        self._nothing_twice(ways)
        self._no_quiet_hours()
        self._no_cap_exceeded()
        self._birthdays()
        self._visits()
        self._ratings()
        self._one_catch_up()
        return self.mistakes

    def _nothing_twice(self, ways: Any) -> None:
        keys = Counter(one.key for one in self.arrived)
        self.mistakes += [f"{key} arrived {times} times" for key, times in keys.items() if times > 1]
        entered = Counter((way.scenario_id, way.contact_id, way.occurrence) for way in ways)
        self.mistakes += [f"{way} was entered twice" for way, times in entered.items() if times > 1]

    def _no_quiet_hours(self) -> None:
        rules = self.place.playbooks.current.policy
        for one in self.arrived:
            if one.key.startswith((visiting.PREFIX, "news:")):
                continue  # neither a visit's reminder nor the word that it is over is held past its use
            if policy.quiet_until(rules.quiet_hours, self.zones[one.contact_id], one.at) is not None:
                self.mistakes.append(f"{one.key} arrived at night")

    def _no_cap_exceeded(self) -> None:
        rules = self.place.playbooks.current.policy
        told: defaultdict[int, list[Arrived]] = defaultdict(list)
        for one in self.arrived:
            told[one.contact_id].append(one)
        for contact_id, those in told.items():
            for purposes, caps in (
                (frozenset({Purpose.MARKETING.value}), rules.marketing),
                (frozenset({Purpose.SURVEY.value}), rules.survey),
                (policy.UNASKED, rules.overall),
            ):
                times = sorted(one.at for one in those if one.purpose in purposes)
                for cap in caps:
                    for first, last in zip(times, times[cap.max :], strict=False):
                        if last - first < cap.per:
                            self.mistakes.append(f"contact {contact_id} got more than {cap.max} in {cap.per}")

    def _birthdays(self) -> None:
        got: defaultdict[int, list[datetime]] = defaultdict(list)
        for one in self.arrived:
            if one.scenario == "birthday":
                got[one.contact_id].append(one.at)
        last = self.start + self.days * DAY
        for contact_id, (month, day) in self.born.items():
            zone = self.zones[contact_id]
            wanted = set()
            for year in range(self.start.year, last.year + 1):
                on = celebrated(month, day, year)
                at = datetime(on.year, on.month, on.day, 10, tzinfo=zone).astimezone(UTC)
                if self.start + HOUR < at < last - DAY:
                    wanted.add(on)
            came = [at.astimezone(zone).date() for at in got[contact_id]]
            extra = {on for on in came if on not in wanted} - {celebrated(month, day, last.year)}
            if not wanted <= set(came) or len(came) != len(set(came)) or extra:
                self.mistakes.append(f"contact {contact_id}, born {month:02}-{day:02}: greeted on {came}")

    def _visits(self) -> None:
        reminded = Counter(one.key.split(":")[1] for one in self.arrived if one.key.startswith(visiting.PREFIX))
        last = self.start + self.days * DAY
        for one in self.booked:
            ahead = one.at - one.booked_at
            wanted = sum(ahead > before + visiting.NOT_AT_ONCE for before in (DAY, 2 * HOUR))
            if one.at > last or not wanted:
                continue
            off = (self.down_from, self.down_from + DOWN + LATE)
            missed = sum(off[0] <= one.at - before <= off[1] for before in (DAY, 2 * HOUR))
            number = reminded[str(one.request_id)]
            if not wanted - missed <= number <= wanted:
                self.mistakes.append(f"visit {one.request_id}: {number} reminders of {wanted}")

    def _ratings(self) -> None:
        """Of every visit that has ended the rating is asked for, once; who was asked anything is let alone by the others."""
        gap = self.place.playbooks.current.survey_rules.gap
        rated = Counter(one.key for one in self.arrived if one.key.startswith("survey:visit:"))
        for number, at in self.ended.items():
            if at < self.start + self.days * DAY - 2 * DAY and rated[f"survey:visit:{number}"] != 1:
                self.mistakes.append(f"visit {number}: rating asked for {rated[f'survey:visit:{number}']} times")
        asked: defaultdict[int, list[datetime]] = defaultdict(list)
        for one in self.arrived:
            if one.key.startswith("survey:"):
                if one.purpose == Purpose.SURVEY.value and any(one.at - at < gap for at in asked[one.contact_id]):
                    self.mistakes.append(f"{one.key} though contact {one.contact_id} was asked lately")
                asked[one.contact_id].append(one.at)

    def _one_catch_up(self) -> None:
        back = self.down_from + DOWN
        late = Counter(
            one.contact_id
            for one in self.arrived
            if one.scenario and back <= one.at <= back + 2 * self.step and self.down_from <= one.due <= back - LATE
        )
        self.mistakes += [f"contact {who} got {times} late messages" for who, times in late.items() if times > 1]


def make_database(path: Path) -> Database:
    """An empty base of today's version."""
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    with engine.begin() as connection:
        for statement in search_schema.CREATE:
            connection.exec_driver_sql(statement)
    engine.dispose()
    return Database(f"sqlite+aiosqlite:///{path}", synchronous="OFF")


async def _lived(people: int, step: timedelta) -> Year:
    with tempfile.TemporaryDirectory() as folder:
        database = make_database(Path(folder) / "year.db")
        await database.open()
        year = Year(database, people, datetime(2027, 6, 1, tzinfo=UTC), 366, step, down_on=100)
        await year.live()
        await year.checked()
        await database.close()
    return year


def main() -> int:
    """Lives the year; 1 when anything happened that was promised not to."""
    began = time.monotonic()
    year = asyncio.run(_lived(PEOPLE, HOUR))
    kinds = Counter(one.scenario or one.key.partition(":")[0] for one in year.arrived)
    print(f"{PEOPLE} people in {len(ZONES)} zones, 366 days {time.monotonic() - began:.0f} s")
    print(f"{len(year.arrived)} messages: {', '.join(f'{name} {number}' for name, number in kinds.most_common())}")
    print(
        f"{len(year.booked)} visits, {len(year.born)} birthdays, {sum(b == (2, 29) for b in year.born.values())} on 29 Feb"
    )
    print(f"against what was promised: {len(year.mistakes)}")
    for one in year.mistakes[:20]:
        print("  " + one)
    return int(bool(year.mistakes))
