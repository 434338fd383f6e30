"""Time: every job that runs without anyone writing, in one table. docs/jobs.md lists the same, and a test compares.

APScheduler holds these named ticks and no customer's data: what is due is in our own tables.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from scheduler import (
    bulk_work,
    campaign_work,
    digests,
    importing_work,
    jobs,
    nudges,
    quality_round,
    ranking_round,
    scenario_round,
    segment_growth,
    sent_files,
    survey_rounds,
    sweeps,
    upkeep,
)
from scheduler.office import Job, Office

log = structlog.get_logger()

# Set by hand: the default grace is one second, after which a late job is silently dropped.
JOB_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


@dataclass(frozen=True, slots=True)
class Tick:
    """A job that runs every `every`. `purpose` is the sentence docs/jobs.md has."""

    name: str
    every: timedelta
    run: Job
    purpose: str


TICKS = (
    Tick(
        "work", timedelta(minutes=1), jobs.look_around, "takes up what became due unnoticed: retries, a clock set anew"
    ),
    Tick(
        "campaigns", timedelta(minutes=1), campaign_work.wake, "looks after campaigns: whose time has come, who is next"
    ),
    Tick("nudges", timedelta(minutes=5), nudges.nudge, "reminds, once, of a form left half-way"),
    Tick(
        "surveys",
        timedelta(minutes=5),
        survey_rounds.ask,
        "puts the surveys of the calendar to their segments, and asks about visits that have been",
    ),
    Tick("scenarios", timedelta(minutes=1), scenario_round.go_round, "begins scenarios and takes people on in them"),
    Tick("digests", timedelta(minutes=5), digests.look, "tells each of the team in the morning what the day holds"),
    Tick("ranking", timedelta(hours=6), ranking_round.rank, "counts every card's group of RFM and class of ABC anew"),
    Tick("quality", timedelta(hours=6), quality_round.assess, "notes how good the base is today"),
    Tick("sent", timedelta(hours=1), sent_files.tidy, "removes files that were made to be sent two days ago"),
    Tick("imports", timedelta(hours=6), importing_work.clean, "deletes files that were imported more than 30 days ago"),
    Tick("values", timedelta(minutes=5), upkeep.go_over_values, "makes cards' fields fit to be asked, after an update"),
    Tick("ageing", timedelta(minutes=10), upkeep.age, "at night, moves contacts through the life cycle"),
    Tick("sweep", timedelta(hours=1), sweeps.plan, "at night, looks through the base for people who are in it twice"),
    Tick("segments", timedelta(hours=1), segment_growth.note, "once a day, counts how many are in each saved segment"),
    Tick("deleted", timedelta(hours=6), bulk_work.forget_deleted, "ends the keeping of what was deleted a month ago"),
    Tick("pruning", timedelta(hours=1), jobs.prune, "forgets handled updates older than two days"),
)
ALARM = "delivery"


class Ticks:
    """The scheduler with its table. `on_alarm` is called when the time given to `alarm` has come."""

    def __init__(self, office: Office, on_alarm: Callable[[], None] = lambda: None) -> None:
        self._office = office
        self.on_alarm = on_alarm
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=JOB_DEFAULTS)
        self._alarm_at: datetime | None = None
        self._at_work: set[asyncio.Task[None]] = set()
        self._stopping = False

    def start(self) -> None:
        for tick in TICKS:
            self._scheduler.add_job(
                self._due,
                IntervalTrigger(seconds=int(tick.every.total_seconds()), timezone=UTC),
                [tick],
                id=tick.name,
            )
        self._scheduler.start()

    async def stop(self, *, within: float) -> None:
        """Begins nothing more and lets what runs finish, or leaves it to its next run. Nothing of it goes on when this
        returns: the database may be closed."""
        self._stopping = True
        self._scheduler.pause()
        while self._at_work:
            _, late = await asyncio.wait(self._at_work, timeout=within)
            for task in late:
                task.cancel()
        self._scheduler.shutdown(wait=False)

    def alarm(self, at: datetime) -> None:
        """Delivery's next run: the next due_at. The clock may be the simulator's, the scheduler's is the machine's."""
        if self._alarm_at == at:
            return
        self._alarm_at = at
        wait = max(at - self._office.now(), timedelta(0))
        self._scheduler.add_job(
            self._ring, DateTrigger(datetime.now(UTC) + wait, timezone=UTC), id=ALARM, replace_existing=True
        )

    def clock_moved(self) -> None:
        """Every tick now: the demo's clock was moved, and tomorrow's work is to come at once."""
        if not self._stopping:
            self._begin(self.run_all())

    async def run_all(self) -> None:
        """Every tick, one after the other."""
        self._alarm_at = None
        for tick in TICKS:
            await self._run(tick)
        self.on_alarm()

    async def _due(self, tick: Tick) -> None:
        # Waited for, so that a tick is not begun again beside itself; not awaited, since APScheduler would log its end
        # by `stop` as a mistake.
        await asyncio.wait([self._begin(self._run(tick))])

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        return task

    async def _run(self, tick: Tick) -> None:
        try:
            await tick.run(self._office)
        except Exception:
            log.exception("a tick failed", tick=tick.name)

    async def _ring(self) -> None:
        self._alarm_at = None
        self.on_alarm()
