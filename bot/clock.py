"""What time it is, as an argument: the system's clock, and the simulator's, which can be moved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

LONG_POLL_SECONDS = 25.0
RETRY_SECONDS = 1.0


class Clock(Protocol):
    """The wall clock of the product. Leases and retry_after do not use it: they stay on the monotonic clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call this whenever the clock has been moved, so that who sleeps until an instant looks again. It must not
        raise."""
        ...


class SystemClock:
    """The machine's own clock. Nobody moves it in a way that could be told, so its listeners are never called."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def on_change(self, listener: Callable[[], None]) -> None:
        return None


class SimulatorClock:
    """The machine's clock plus the simulator's offset, which is followed by a long poll of GET /sim/clock.

    Use it as an async context manager: the offset is known when it opens.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/") + "/sim/clock"
        self._offset = 0.0
        self._listeners: list[Callable[[], None]] = []
        self._following: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._offset)

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    async def __aenter__(self) -> SimulatorClock:
        import aiohttp

        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=LONG_POLL_SECONDS + 10))
        try:
            self._offset = await self._ask({})
        except BaseException:
            await self._session.close()
            raise
        self._following = asyncio.create_task(self._follow(), name="simulator clock")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
        await self._session.close()

    async def _ask(self, params: dict[str, str]) -> float:
        async with self._session.get(self._url, params=params) as response:
            response.raise_for_status()
            answer: dict[str, Any] = await response.json()
        return float(answer["offset"])

    async def _follow(self) -> None:
        import aiohttp

        while True:
            try:
                offset = await self._ask({"known": repr(self._offset), "wait": repr(LONG_POLL_SECONDS)})
            except (aiohttp.ClientError, TimeoutError):
                # The simulator is away: the last known offset stands until it is back.
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if offset != self._offset:
                self._offset = offset
                for listener in self._listeners:
                    listener()
