"""What became of the requests, written down: outcomes that come together are written together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from storage.engine import Database, Tx, Unavailable

log = structlog.get_logger()

UNAVAILABLE_SECONDS = 1.0

Outcome = Callable[[Tx], Awaitable[None]]


class Recorder:
    """Writes outcomes down until they are written. `recorded` is called whenever all there were are."""

    def __init__(self, database: Database, *, recorded: Callable[[], None]) -> None:
        self._database = database
        self._recorded = recorded
        self._outcomes: list[Outcome] = []
        self._task: asyncio.Task[None] | None = None

    @property
    def at_work(self) -> list[asyncio.Task[None]]:
        """The task that is writing, if there is one."""
        return [self._task] if self._task is not None else []

    def record(self, outcome: Outcome) -> None:
        """It is written with what else is waiting, in the next transaction."""
        self._outcomes.append(outcome)
        if self._task is None:
            self._task = asyncio.create_task(self._write(), name="record outcomes")

    async def _write(self) -> None:
        try:
            while self._outcomes:
                batch: list[Outcome] = []

                async def unit(tx: Tx, batch: list[Outcome] = batch) -> None:
                    # Taken when the unit runs: what came back while it waited for its turn goes with it.
                    batch += self._outcomes
                    self._outcomes.clear()
                    for outcome in batch:
                        await outcome(tx)

                try:
                    await self._database.write(unit, brief=True)
                except Unavailable:
                    self._outcomes = batch + self._outcomes
                    await asyncio.sleep(UNAVAILABLE_SECONDS)
                except Exception:
                    await self._write_one_by_one(batch)
        finally:
            self._task = None
            self._recorded()

    async def _write_one_by_one(self, batch: list[Outcome]) -> None:
        """After an outcome that cannot be written: it is left to the next start, which finds the row in doubt; the
        others are not lost with it."""
        for outcome in batch:
            while True:
                try:
                    await self._database.write(outcome)
                except Unavailable:
                    await asyncio.sleep(UNAVAILABLE_SECONDS)
                    continue
                except Exception:
                    log.exception("an outcome that cannot be recorded")
                break
