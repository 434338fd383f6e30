"""Updates delivered to the bot: in order within a chat, again and again until it says 2xx."""

import asyncio
import time

from aiohttp import ClientError, ClientSession, ClientTimeout

from simulator.refusals import Json
from simulator.updates import Entry, Updates

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
PATIENCE = 30.0


class Webhook:
    """Takes entries from the queue while an address is set; `run` is a task of the server."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._secret = ""
        self._connections = 40
        self._changed = asyncio.Event()
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._error: tuple[int, str] | None = None

    def set(self, url: str, secret: str, connections: int) -> None:
        """Change the address; empty means getUpdates again."""
        self._updates.webhook_url = url
        self._secret, self._connections, self._error = secret, connections, None
        self._changed.set()
        if url:
            self._updates.end_poll()

    def info(self) -> Json:
        """The answer of getWebhookInfo."""
        self._updates.expire()
        info: Json = {
            "url": self._updates.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.queue),
            "allowed_updates": sorted(self._updates.allowed),
        }
        if self._updates.webhook_url:
            info["max_connections"] = self._connections
        if self._error is not None:
            info["last_error_date"], info["last_error_message"] = self._error
        return info

    async def run(self) -> None:
        """Deliver for ever."""
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session:
            try:
                while True:
                    pause = self._start_some(session)
                    await self._wait(pause)
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _wait(self, pause: float | None) -> None:
        self._changed.clear()
        self._updates.arrived.clear()
        signals = [asyncio.ensure_future(event.wait()) for event in (self._changed, self._updates.arrived)]
        try:
            await asyncio.wait(signals, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for signal in signals:
                signal.cancel()

    def _start_some(self, session: ClientSession) -> float | None:
        """Begin what may begin now; how long until a retry is due, None when nothing waits for time."""
        if not self._updates.webhook_url:
            return None
        self._updates.expire()
        now = time.monotonic()
        soonest: float | None = None
        held = set(self._busy)
        for entry in self._updates.queue:
            if len(self._busy) >= self._connections:
                break
            if entry.chat_id in held:
                continue
            held.add(entry.chat_id)
            if entry.next_try > now:
                soonest = min(soonest or entry.next_try, entry.next_try)
                continue
            self._busy.add(entry.chat_id)
            task = asyncio.ensure_future(self._deliver(session, entry))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return None if soonest is None else max(soonest - now, 0.01)

    async def _deliver(self, session: ClientSession, entry: Entry) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            async with session.post(self._updates.webhook_url, json=entry.update, headers=headers) as response:
                failure = (
                    None if 200 <= response.status < 300 else f"Wrong response from the webhook: {response.status}"
                )
        except (ClientError, TimeoutError, OSError) as error:
            failure = f"Connection failed: {type(error).__name__}"
        if failure is None:
            if entry in self._updates.queue:
                self._updates.queue.remove(entry)
            self._updates.confirmed = max(self._updates.confirmed, entry.id + 1)
        else:
            self._error = (self._updates.clock.date(), failure)
            entry.next_try = time.monotonic() + min(FIRST_PAUSE * 2**entry.tries, LONGEST_PAUSE)
            entry.tries += 1
        self._busy.discard(entry.chat_id)
        self._changed.set()
