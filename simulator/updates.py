"""The queue of updates: kept for a day, confirmed by offsets, given to one poller at a time."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from simulator.clock import Clock
from simulator.refusals import Json, conflict

LIFE = 24 * 3600
# How long the Bot API server keeps what is of no use later (telegram-bot-api, Client::add_update).
SHORT_LIVES = {"callback_query": 150, "inline_query": 30, "chosen_inline_result": 600}
MAX_LIMIT = 100
REMEMBERED = 20_000
MAX_TIMEOUT = 50
KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
)
# Sent only to a bot that asked for them by name (getUpdates, allowed_updates).
BY_REQUEST = ("chat_member", "message_reaction", "message_reaction_count")
DEFAULT = frozenset(kind for kind in KINDS if kind not in BY_REQUEST)
_EPOCH = 1_700_000_000


@dataclass(slots=True, eq=False)
class Entry:
    """An update in the queue. `again`: put in once more under its old id, so no offset seen before confirms it."""

    update: Json
    chat_id: int
    expires: float
    again: bool = False
    given: bool = False
    tries: int = 0
    next_try: float = 0.0

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


class Updates:
    """What waits for the bot. Ids grow from run to run, as Telegram's do."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.allowed: frozenset[str] = DEFAULT
        self.next_id = int((time.time() - _EPOCH) * 10)
        self.confirmed = self.next_id
        self.queue: deque[Entry] = deque()
        self.webhook_url = ""
        self.arrived = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None
        self._repeats = False
        self._soonest = float("inf")
        self._known: dict[int, tuple[Json, int]] = {}

    def add(self, kind: str, payload: Json, chat_id: int) -> int | None:
        """Queue an update unless the bot did not ask for its kind; its id, or None."""
        if kind not in self.allowed:
            return None
        return self.put({"update_id": self.next_id, kind: payload}, chat_id)

    def put(self, update: Json, chat_id: int) -> int:
        """Queue a whole Update object; one whose id was used before is delivered again."""
        update_id = int(update["update_id"])
        again = update_id < self.next_id
        self.next_id = max(self.next_id, update_id + 1)
        self._known[update_id] = (update, chat_id)
        self._known.pop(update_id - REMEMBERED, None)
        self._repeats = self._repeats or again
        life = next((SHORT_LIVES[kind] for kind in update if kind in SHORT_LIVES), LIFE)
        entry = Entry(update, chat_id, self.clock.now() + life, again)
        self._soonest = min(self._soonest, entry.expires)
        self.queue.append(entry)
        self.arrived.set()
        return update_id

    def repeat(self, update_id: int) -> bool:
        """Deliver a former update once more; False when it is not remembered."""
        known = self._known.get(update_id)
        if known is None:
            return False
        self.put(*known)
        return True

    def expire(self) -> None:
        """Forget what has waited too long: a day, a press of a button 150 seconds."""
        now = self.clock.now()
        if now < self._soonest:
            return
        self.queue = deque(entry for entry in self.queue if entry.expires > now)
        self._soonest = min((entry.expires for entry in self.queue), default=float("inf"))

    def drop(self) -> None:
        self.queue.clear()

    def allow(self, kinds: list[str] | None) -> None:
        """Remember `allowed_updates`; None keeps the former, an empty list is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) if kinds else DEFAULT

    @property
    def polling(self) -> bool:
        return self._poller is not None

    def end_poll(self) -> None:
        """A webhook is set: whoever polls now is told."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            keep = max(len(self.queue) + offset, 0)
            for _ in range(keep):
                self.queue.popleft()
        elif offset > 0:
            while self.queue and self.queue[0].id < offset and not self.queue[0].again:
                self.queue.popleft()
            if self._repeats:
                self.queue = deque(e for e in self.queue if e.id >= offset or (e.again and not e.given))
                self._repeats = any(e.again for e in self.queue)
            self.confirmed = max(self.confirmed, offset)

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[Json]:
        """getUpdates: confirm everything below `offset`, then wait for something to give.

        Raises 409 while a webhook is set, and in the call that was waiting when another came.
        """
        if self.webhook_url:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        limit = min(max(limit, 1), MAX_LIMIT)
        self.end_poll()
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = mine
        try:
            self._confirm(offset)
            deadline = time.monotonic() + min(max(timeout, 0), MAX_TIMEOUT)
            while True:
                self.expire()
                if self.queue:
                    given = [entry for _, entry in zip(range(limit), self.queue, strict=False)]
                    for entry in given:
                        entry.given = True
                    return [entry.update for entry in given]
                left = deadline - time.monotonic()
                if left <= 0:
                    return []
                self.arrived.clear()
                waiting = asyncio.ensure_future(self.arrived.wait())
                either: list[asyncio.Future[Any]] = [waiting, mine]
                await asyncio.wait(either, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
                if mine.done() and self.webhook_url:
                    raise conflict("terminated by setWebhook request")
                if mine.done():
                    raise conflict(
                        "terminated by other getUpdates request; make sure that only one bot instance is running"
                    )
        finally:
            if self._poller is mine:
                self._poller = None
