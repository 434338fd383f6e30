"""Departures: what is claimed waits here for the limiter, and the most urgent leaves first, whenever it was claimed.

A few rows are claimed before there is a slot for them: a slot that came free would else stand idle for as long as a
transaction takes, and who waits for an answer would wait for that too.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
from collections.abc import Callable

from crm.purposes import Purpose
from scheduler import methods
from scheduler.limiter import Limiter
from storage.outbox import Claimed

AHEAD_SECONDS = 0.05
"""For how long what waits here lasts: longer than a claim takes. After a death it is in doubt, so there is no more of it."""
LEAST_AHEAD = 2


def size(row: Claimed) -> int:
    """For how many messages the limits count it."""
    return methods.size(row.payload, message_id=row.message_id)


def is_bulk(row: Claimed) -> bool:
    """Whether nobody waits for it. An answer may be an edit of an advertisement: its priority says so, not its purpose."""
    return row.priority > Purpose.SERVICE.priority


class Departures:
    """The claimed rows that have not begun.

    `leave` begins one: it is called when the limiter has a slot and `hands` are free, which is how many more may be on
    their way. `give_up` is called with what may not leave for so many seconds, because Telegram asked for silence.
    """

    def __init__(
        self,
        limiter: Limiter,
        *,
        leave: Callable[[Claimed], None],
        give_up: Callable[[Claimed, float], None],
        hands: Callable[[], int],
    ) -> None:
        self._limiter = limiter
        self._leave = leave
        self._give_up = give_up
        self._hands = hands
        self._ahead = max(LEAST_AHEAD, math.ceil(limiter.rate * AHEAD_SECONDS))
        self._waiting: list[tuple[int, int, Claimed]] = []  # a heap: (priority, order, row)
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def room(self) -> dict[int, int]:
        """How many may be claimed now, by priority: of it and of the more urgent ones together. Whom the bot answers waits
        for nobody here; what else is due is claimed as it can leave, and of bulk only a few ahead."""
        in_all = max(0, self._hands() - len(self._waiting))
        urgent = sum(priority <= Purpose.SERVICE.priority for priority, _, _ in self._waiting)
        service = max(0, min(in_all, self._limiter.free() + self._ahead - urgent))
        bulk = min(in_all, self.room_for_bulk())
        return {
            Purpose.ANSWER.priority: in_all,
            Purpose.STAFF.priority: in_all,
            Purpose.SERVICE.priority: service,
            Purpose.SURVEY.priority: bulk,
            Purpose.MARKETING.priority: bulk,
        }

    def room_for_bulk(self) -> int:
        """None until half of what was ahead has left: one claim for several."""
        waiting = len(self._waiting)
        return 0 if waiting > self._ahead // 2 else self._ahead - waiting

    def add(self, row: Claimed) -> None:
        """It leaves when its turn has come: see `go`."""
        self._limiter.hold(row.chat_id)
        heapq.heappush(self._waiting, (row.priority, next(self._order), row))

    def go(self) -> None:
        """Begins what may begin now, and looks again by itself when the next may. Only a reply can change that before: who
        hears one calls this. Nothing is begun inside the penalty of a 429."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if (silent := self._limiter.silent_for) > 0:
            for row in self.take_back():
                self._give_up(row, silent)
        while self._waiting and self._hands() > 0:
            row = self._waiting[0][-1]
            wait = self._limiter.wait(size(row), bulk=is_bulk(row))
            if wait > 0:
                if wait < math.inf:
                    self._timer = asyncio.get_running_loop().call_later(wait, self.go)
                return
            heapq.heappop(self._waiting)
            self._leave(row)

    def take_back(self, *, bulk_only: bool = False) -> list[Claimed]:
        """Takes away what has not begun; the caller records why. Their chats are free."""
        taken = [row for _, _, row in self._waiting if is_bulk(row) or not bulk_only]
        self._waiting = [one for one in self._waiting if not is_bulk(one[-1]) and bulk_only]
        heapq.heapify(self._waiting)
        for row in taken:
            self._limiter.give_back(row.chat_id)
        return taken
