"""Flood control: how many messages Telegram takes before it says 429. Counted on the monotonic clock."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from simulator.refusals import Json, too_many


@dataclass(slots=True)
class FloodLimits:
    """Limits as Telegram's FAQ names them; `burst` messages may go to one chat at once.

    `retry_after`: what a 429 says, in seconds; None computes the shortest wait that helps.
    """

    enabled: bool = True
    overall: int = 30
    per_chat: float = 1.0
    burst: int = 3
    group_per_minute: int = 20
    retry_after: int | None = None

    def view(self) -> Json:
        return {
            "enabled": self.enabled,
            "overall": self.overall,
            "per_chat": self.per_chat,
            "burst": self.burst,
            "group_per_minute": self.group_per_minute,
            "retry_after": self.retry_after,
        }


class Flood:
    """Takes a message or refuses it with 429; a refused one does not count."""

    def __init__(self, limits: FloodLimits, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._monotonic = monotonic
        self._all: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._empty_at: dict[int, float] = {}

    def take(self, chat_id: int, *, group: bool, count: int = 1) -> None:
        """Count `count` messages to a chat. Raises the refusal when any window is full."""
        limits = self.limits
        if not limits.enabled:
            return
        now = self._monotonic()
        while self._all and self._all[0] <= now - 1:
            self._all.popleft()
        if len(self._all) + count > limits.overall:
            self._refuse(1)
        # Leaky bucket: `_empty_at` is when the chat's bucket would be empty again.
        empty_at = max(self._empty_at.get(chat_id, now), now)
        after = empty_at + count / limits.per_chat
        if after - now > max(limits.burst, count) / limits.per_chat + 1e-9:
            self._refuse(after - now - limits.burst / limits.per_chat)
        sent = self._groups.setdefault(chat_id, deque()) if group else None
        if sent is not None:
            while sent and sent[0] <= now - 60:
                sent.popleft()
            if len(sent) + count > limits.group_per_minute:
                self._refuse(sent[0] + 60 - now if sent else 60)
            sent.extend([now] * count)
        self._empty_at[chat_id] = after
        self._all.extend([now] * count)

    def _refuse(self, seconds: float) -> None:
        raise too_many(self.limits.retry_after or max(1, math.ceil(seconds)))
