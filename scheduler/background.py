"""A task of its own beside the rest, that looks for something to do until it is stopped."""

from __future__ import annotations

import abc
import asyncio
import contextlib
from typing import Final

import structlog

from storage.engine import Unavailable

log = structlog.get_logger()

UNAVAILABLE_SECONDS: Final = 1.0


class Background(abc.ABC):
    """Looks, rests until it is woken or as long as its look said, and looks again. `apart`: seconds it waits after it was
    woken, so that one look answers for all that happens meanwhile."""

    def __init__(self, name: str, *, apart: float = 0.0) -> None:
        self._name = name
        self._apart = apart
        self._awake = asyncio.Event()
        self._stopped = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @abc.abstractmethod
    async def _once(self) -> float | None:
        """Does what is due; in how many seconds something is due next, None when nothing is planned."""

    @property
    def stopping(self) -> bool:
        """Whether a long look is to end at the next place where it can."""
        return self._stopped.is_set()

    def wake(self) -> None:
        """There may be something to do."""
        self._awake.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=self._name)

    async def stop(self, *, within: float) -> None:
        """Lets the piece in hand finish, or leaves it to the next start."""
        self._stopped.set()
        self._awake.set()
        if self._task is not None:
            _, late = await asyncio.wait([self._task], timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self) -> None:
        while not self.stopping:
            self._awake.clear()
            try:
                wait = await self._once()
            except Unavailable:
                await _passed(self._stopped, UNAVAILABLE_SECONDS)
                continue
            except Exception:
                # One mistake must not end it; the tick of every minute wakes it.
                log.exception("background work stumbled", task=self._name)
                wait = None
            if wait is None or wait > 0:
                await _passed(self._awake, wait)
                await _passed(self._stopped, self._apart)


async def _passed(event: asyncio.Event, seconds: float | None) -> None:
    """Waits for the event, or until it has waited long enough."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
