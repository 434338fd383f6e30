"""Work taken chat by chat: one chat's updates in their order, different chats at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

import structlog

from storage.inbox import Stored

log = structlog.get_logger()

MOST_WAITING = 2_000


class Lanes:
    """Feeds stored updates to `handle`, keeping each lane's order; lanes take turns, so a flood slows its own lane.

    Each worker takes one update of the lane that waited longest.
    """

    def __init__(self, handle: Callable[[Stored], Awaitable[None]], *, workers: int = 64) -> None:
        self._handle = handle
        self._lanes: dict[int, deque[Stored]] = {}
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._waiting = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._room = asyncio.Event()
        self._room.set()
        self._stopping = False
        self._worker_count = workers
        self._workers: list[asyncio.Task[None]] = []

    @property
    def waiting(self) -> int:
        """Updates taken in and not yet handled."""
        return self._waiting

    def start(self) -> None:
        self._workers = [asyncio.create_task(self._work(), name=f"worker {n}") for n in range(self._worker_count)]

    def feed(self, updates: Iterable[Stored]) -> None:
        for one in updates:
            self._waiting += 1
            self._calm.clear()
            if self._waiting >= MOST_WAITING:
                self._room.clear()
            lane = self._lanes.get(one.lane)
            if lane is None:
                self._lanes[one.lane] = deque([one])
                self._ready.put_nowait(one.lane)
            else:
                lane.append(one)

    async def calm(self) -> None:
        """Returns once nothing is waiting or being handled."""
        await self._calm.wait()

    async def room(self) -> None:
        """Returns once there is room for more: what is not fetched meanwhile is kept by Telegram."""
        await self._room.wait()

    async def stop(self, *, within: float) -> None:
        """Lets the updates being handled finish; those still waiting stay in the inbox for the next start."""
        self._stopping = True
        for _ in self._workers:
            self._ready.put_nowait(0)
        if self._workers:
            _, late = await asyncio.wait(self._workers, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self) -> None:
        while not self._stopping:
            lane_id = await self._ready.get()
            lane = self._lanes.get(lane_id)
            if self._stopping or lane is None:
                continue
            try:
                await self._handle(lane[0])
            except Exception:
                # The update stays in the inbox for the next start; the worker goes on with everybody else's.
                log.exception("an update was not handled", update=lane[0].update_id)
            finally:
                lane.popleft()
                self._waiting -= 1
                if lane:
                    self._ready.put_nowait(lane_id)
                else:
                    del self._lanes[lane_id]
                if self._waiting < MOST_WAITING:
                    self._room.set()
                if not self._waiting:
                    self._calm.set()
