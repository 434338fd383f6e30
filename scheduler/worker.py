"""Long work: takes rows of the work table one after another and does them outside transactions."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import structlog

from scheduler.background import UNAVAILABLE_SECONDS, Background
from scheduler.office import Office
from storage import work
from storage.engine import Tx, Unavailable
from storage.work import Job

log = structlog.get_logger()

MAX_ATTEMPTS = 5
BACKOFF_SECONDS = (5, 30, 120, 600)
Do = Callable[[Office, dict[str, Any]], Awaitable[None]]


class Kind(NamedTuple):
    """A kind of work that somebody waits for: how a piece is done, and what is to be done, and said, when it has failed
    for the last time."""

    do: Do
    lost: Do


class GiveUpError(Exception):
    """This work can never be done; its text says why, without anything a person said."""


class Worker(Background):
    """Does the work of each kind with the function given for it. A kind does its own writing, in short transactions."""

    def __init__(self, office: Office, kinds: Mapping[str, Do | Kind]) -> None:
        super().__init__("long work")
        self._office = office
        self._kinds = kinds
        self._me = secrets.token_hex(8)

    async def take_back(self) -> None:
        """At the start: what a dead process was doing is due again."""
        await self._office.database.write(lambda tx: work.take_back(tx, me=self._me))

    async def _once(self) -> float | None:
        return 0.0 if await self.do_one() else None

    async def do_one(self) -> bool:
        """Does the next piece that is due; whether there was one."""
        database, now = self._office.database, self._office.now
        job = await database.write(lambda tx: work.claim(tx, by=self._me, now=now()))
        if job is None:
            return False
        try:
            kind = self._kinds[job.kind]
            await (kind.do if isinstance(kind, Kind) else kind)(self._office, job.payload)
        except Exception as error:
            await self._failed(job, error)
        else:
            await self._written(lambda tx: work.finish(tx, job.id, "done", now=now()))
        return True

    async def _failed(self, job: Job, error: Exception) -> None:
        reason = str(error) if isinstance(error, GiveUpError) else type(error).__name__
        now = self._office.now()
        log.warning("long work failed", kind=job.kind, attempt=job.attempts, reason=reason)
        if isinstance(error, GiveUpError | KeyError) or job.attempts >= MAX_ATTEMPTS:
            await self._lose(job)
            await self._written(lambda tx: work.finish(tx, job.id, "failed", now=now, error=reason))
        else:
            at = now + timedelta(seconds=BACKOFF_SECONDS[min(job.attempts, len(BACKOFF_SECONDS)) - 1])
            await self._written(lambda tx: work.retry(tx, job.id, at=at, error=reason))

    async def _lose(self, job: Job) -> None:
        """Tells whoever waits for the piece. A mistake in telling must not keep it from being over."""
        kind = self._kinds.get(job.kind)
        if not isinstance(kind, Kind):
            return
        try:
            await kind.lost(self._office, job.payload)
        except Exception:
            log.exception("lost work was not told of", kind=job.kind)

    async def _written(self, outcome: Callable[[Tx], Awaitable[None]]) -> None:
        """Records what became of a piece, however long the database is away: else it would be nobody's until the next
        start."""
        while True:
            try:
                await self._office.database.write(outcome)
            except Unavailable:
                await asyncio.sleep(UNAVAILABLE_SECONDS)
            else:
                return
