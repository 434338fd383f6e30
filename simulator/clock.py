"""The simulator's own time: real time and an offset that can only grow."""

import asyncio
import time


class Clock:
    """Unix time plus `offset` seconds. Whoever composes a demo can wait for the offset to change."""

    def __init__(self) -> None:
        self.offset = 0.0
        self._moved = asyncio.Event()

    def now(self) -> float:
        return time.time() + self.offset

    def date(self) -> int:
        """The date of a message sent now, in whole seconds as Telegram has them."""
        return int(time.time() + self.offset)

    def move_to(self, offset: float) -> None:
        """Set the offset. Raises ValueError when that would turn time back."""
        if offset < self.offset:
            raise ValueError("The clock only moves forward.")
        self.offset = offset
        self._moved.set()
        self._moved = asyncio.Event()

    async def changed(self, known: float, wait: float) -> None:
        """Return when the offset is another than `known`, or after `wait` seconds."""
        if self.offset != known:
            return
        try:
            await asyncio.wait_for(self._moved.wait(), wait)
        except TimeoutError:
            return
