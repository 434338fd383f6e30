"""Who must hear of a change: long polls of the control API and the page's sockets."""

import asyncio
from collections.abc import Callable

from simulator.refusals import Json

Listener = Callable[[Json], None]


class Changes:
    """One counter for everything a person could see, and those who wait for it to grow."""

    def __init__(self) -> None:
        self.seq = 0
        self.listeners: list[Listener] = []
        self._waiting: dict[int, list[asyncio.Future[None]]] = {}

    def next(self, chat_id: int | None = None) -> int:
        """Count a change; wake those who look at this chat."""
        self.seq += 1
        if chat_id is not None and self._waiting:
            for future in self._waiting.pop(chat_id, ()):
                if not future.done():
                    future.set_result(None)
        return self.seq

    def tell(self, event: str, fields: Callable[[], Json]) -> None:
        """Send an event to the page; its fields are computed only when a page is open."""
        if self.listeners:
            body = {"event": event, "seq": self.seq, **fields()}
            for listener in list(self.listeners):
                listener(body)

    async def wait(self, chat_id: int, seconds: float) -> None:
        """Return when something changes in the chat, or after `seconds`."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(chat_id, []).append(future)
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            waiting = self._waiting.get(chat_id, [])
            if future in waiting:
                waiting.remove(future)
