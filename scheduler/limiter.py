"""How fast the bot may speak: one limiter for everything it sends.

Telegram's limits: 30 messages a second in all, 1 a second to one chat, 20 a minute to one group.

A slot (one of `rate`) is free again one second after the *reply* to what it sent: so no window of a second on the server
can hold more than `rate`, whatever the jitter of the network. The steady rate is rate / (1 + mean reply time). A limiter
that looks at the times of sending alone was broken by every scheduling stall.

Sends are paced 1/rate apart besides, so that a slot is always about to come free for an answer to a person. They may run
ahead of that pace by a third of the slots that are idle: a few that are due in the same moment leave at once, and still the
last slot of a second is taken when the second is over, because each that is taken shortens the lead of the next.

What is sent in bulk leaves a fiftieth of the rate unused, and evenly: it waits for a pace of its own, that of the slots
themselves and a fiftieth slower. So there is mostly an idle slot when a person is to be answered.

An album is as many messages as it has files, in every limit. Telegram does not say how it counts them; this is the
careful reading.

All times are of the monotonic clock, in seconds.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 1.0
IDLE_SHARE = 1 / 3
LEAST_LEAD_SECONDS = 0.05
BULK_SPARES = 1 / 50
BULK_BACKLOG_SECONDS = 0.1
"""What bulk was held up by answers it makes good, but no more than this."""
USUAL_REPLY_SECONDS = 0.1
REPLY_WEIGHT = 1 / 50
STRIKES = 3
STRIKES_SECONDS = 60.0


class Limiter:
    """Says when the next message may leave, and to which chats none may leave yet.

    A chat is held from the claim of its message to the reply; the slots are taken when the message begins.
    """

    def __init__(
        self, *, rate: float = 30, per_chat: float = 1.0, per_group_minute: float = 20, monotonic: Callable[[], float]
    ) -> None:
        self._monotonic = monotonic
        self.rate = rate
        self._pace = WINDOW_SECONDS / rate
        self._slots = max(1, int(rate))
        self._in_flight = 0
        self._cooling: list[float] = []  # when each used slot is free again
        self._paced_until = 0.0  # when the next would leave if all were 1/rate apart
        self._bulk_from = 0.0
        self._begun: dict[int, float] = {}  # chat → when what it is being sent began
        self._mean_reply = USUAL_REPLY_SECONDS
        self._silent_until = 0.0
        self._chat_gap = WINDOW_SECONDS / per_chat
        self._group_cap = max(1, int(per_group_minute))
        self._group_window = 60.0 * self._group_cap / per_group_minute
        self._chats: dict[int, float] = {}  # chat → when it may be written to again
        self._groups: dict[int, deque[float]] = {}
        self._strikes: dict[int, float] = {}  # chat → when it was last refused

    def free(self) -> int:
        """How many messages may begin now."""
        now = self._monotonic()
        if now < self._silent_until:
            return 0
        idle = self._idle(now)
        ahead = max(0.0, self._paced_until - now)
        # One more moves the pace on by a step, and its slot takes a share of a step off the lead of the next.
        by_idle = (idle * IDLE_SHARE * self._pace - ahead) / (self._pace * (1 + IDLE_SHARE))
        at_least = (LEAST_LEAD_SECONDS - ahead) / self._pace
        return max(0, min(idle, math.floor(max(by_idle, at_least)) + 1))

    def wait(self, size: int = 1, *, bulk: bool = False) -> float:
        """Seconds until a message of so many files may begin, 0 for now; infinite while only replies can free its slots."""
        now = self._monotonic()
        lacking = self._slots_for(size) - self._idle(now)
        if lacking > len(self._cooling):
            return float("inf")
        earliest = max(self._silent_until, self._in_pace(now), self._bulk_from if bulk else 0.0)
        if lacking > 0:
            earliest = max(earliest, heapq.nsmallest(lacking, self._cooling)[-1])
        return max(0.0, earliest - now)

    def hold(self, chat_id: int) -> None:
        """A message to this chat is claimed: no other is until it is sent, or given back."""
        self._chats[chat_id] = float("inf")

    def begin(self, chat_id: int, size: int = 1) -> None:
        """A message to this chat begins now: each of its files takes a slot until a second after the reply."""
        now = self._monotonic()
        slots = self._slots_for(size)
        self._in_flight += slots
        self._paced_until = max(self._paced_until, now) + slots * self._pace
        slot_seconds = (WINDOW_SECONDS + self._mean_reply) / self._slots
        self._bulk_from = max(self._bulk_from, now - BULK_BACKLOG_SECONDS) + slots * slot_seconds * (1 + BULK_SPARES)
        self._begun[chat_id] = now
        self.hold(chat_id)

    def end(self, chat_id: int, size: int = 1) -> None:
        """Its reply has come, whatever it said."""
        now = self._monotonic()
        reply = now - self._begun.pop(chat_id, now)
        self._mean_reply += (reply - self._mean_reply) * REPLY_WEIGHT
        for _ in range(self._slots_for(size)):
            self._in_flight -= 1
            heapq.heappush(self._cooling, now + WINDOW_SECONDS)
        free_at = now + size * self._chat_gap
        if chat_id < 0:
            sent = self._groups.setdefault(chat_id, deque())
            sent.extend([now] * size)
            while sent and sent[0] <= now - self._group_window:
                sent.popleft()
            if len(sent) >= self._group_cap:
                free_at = max(free_at, sent[-self._group_cap] + self._group_window)
        self._chats[chat_id] = free_at

    def give_back(self, chat_id: int, size: int = 1) -> None:
        """What was claimed was not sent after all: the chat is free at once, and its slots if it had begun."""
        if self._begun.pop(chat_id, None) is not None:
            self._in_flight -= self._slots_for(size)
        self._chats.pop(chat_id, None)

    def silence(self, chat_id: int, seconds: float, *, bulk: bool = False) -> None:
        """Telegram said 429 for this chat: it is silent. One said to bulk, or to several chats within a minute, is
        about the bot as a whole, and silences everything."""
        now = self._monotonic()
        held = self._chats.get(chat_id, 0.0)
        self._chats[chat_id] = max(held if held < float("inf") else 0.0, now + seconds)
        self._strikes[chat_id] = now
        self._strikes = {chat: at for chat, at in self._strikes.items() if at > now - STRIKES_SECONDS}
        if bulk or len(self._strikes) >= STRIKES:
            self.silence_all(seconds)

    def silence_all(self, seconds: float) -> None:
        self._silent_until = max(self._silent_until, self._monotonic() + seconds)

    @property
    def silent_for(self) -> float:
        """Seconds until anything at all may be sent again."""
        return max(0.0, self._silent_until - self._monotonic())

    def busy_chats(self) -> set[int]:
        """Chats that must not be written to now; chats that may be are forgotten."""
        now = self._monotonic()
        for chat_id in [chat_id for chat_id, free_at in self._chats.items() if free_at <= now]:
            del self._chats[chat_id]
        for chat_id in [chat_id for chat_id, sent in self._groups.items() if sent[-1] <= now - self._group_window]:
            del self._groups[chat_id]
        return set(self._chats)

    def next_chat(self) -> float:
        """Seconds until a chat may be written to again, infinite when nothing but a reply can free one. 0 when one of the
        `busy_chats` has become free since they were asked for: a commit can take longer than that."""
        now = self._monotonic()
        return max(0.0, self._silent_until - now, min(self._chats.values(), default=float("inf")) - now)

    def _cool(self, now: float) -> None:
        """Forgets the slots that are free again."""
        while self._cooling and self._cooling[0] <= now:
            heapq.heappop(self._cooling)

    def _idle(self, now: float) -> int:
        """Slots that nothing has."""
        self._cool(now)
        return self._slots - self._in_flight - len(self._cooling)

    def _in_pace(self, now: float) -> float:
        """When the pace lets the next begin, with the slots that are idle now."""
        return self._paced_until - max(self._idle(now) * IDLE_SHARE * self._pace, LEAST_LEAD_SECONDS)

    def _slots_for(self, size: int) -> int:
        """An album that is larger than the rate takes all there is."""
        return min(size, self._slots)
