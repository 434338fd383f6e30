"""A clock that tests move by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday, noon in Kyiv


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = NOON) -> None:
        self._at = at
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> datetime:
        return self._at

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def move(self, by: timedelta) -> None:
        self._at += by
        for listener in self._listeners:
            listener()

    def move_to(self, at: datetime) -> None:
        self.move(at - self._at)


class RunningClock(FakeClock):
    """Starts at a known time and runs; it can be moved forward. For the whole bot, which waits for retries."""

    def __init__(self, at: datetime = NOON) -> None:
        super().__init__(at)
        self._since = time.monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._since)

    def move_to(self, at: datetime) -> None:
        self.move(at - self.now())
