"""A Telegram for benchmarks: as little server as will do, in a process of its own, with people who answer at once.

It plays `people` who each send `messages` messages: the next one as soon as the bot has answered (closed loop, at most
`at_once` of them talking), or at a steady pace. It keeps when each message could be fetched and when it was answered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import deque
from typing import Any

from aiohttp import web

TOKEN = "4242424242:benchmark"
FIRST_PERSON = 100_000


class Desk:
    """The people, their queue of updates, and the log."""

    def __init__(self, people: int, messages: int, at_once: int, pace: float, opening: str) -> None:
        self.people, self.messages, self.at_once, self.pace, self.opening = people, messages, at_once, pace, opening
        self.queue: deque[dict[str, Any]] = deque()
        self.arrived = asyncio.Event()
        self.update_id = 1
        self.message_id = 1
        self.said: dict[int, int] = {}
        self.asked_at: dict[int, float] = {}
        self.latencies: list[float] = []
        self.next_person = 0
        self.finished = 0
        self.answers = 0
        self.done = asyncio.Event()

    def begin(self) -> None:
        if self.pace:
            self._pacing = asyncio.create_task(self._steadily())
            return
        for _ in range(min(self.at_once, self.people)):
            self._next_person()

    def _next_person(self) -> None:
        if self.next_person < self.people:
            person = FIRST_PERSON + self.next_person
            self.next_person += 1
            self.said[person] = 0
            self._say(person)

    async def _steadily(self) -> None:
        """Everyone says hello first; then one message each 1/pace seconds, of a person who is not being answered."""
        ready = deque(range(FIRST_PERSON, FIRST_PERSON + self.people))
        self.ready = ready
        began = time.monotonic()
        for number in range(self.people * self.messages):
            await asyncio.sleep(max(0.0, began + number / self.pace - time.monotonic()))
            if not ready:
                continue
            person = ready.popleft()
            self.said.setdefault(person, 0)
            self._say(person)
        await asyncio.sleep(1.0)
        self.done.set()

    def _say(self, person: int) -> None:
        said = self.said[person]
        self.said[person] = said + 1
        text = self.opening if said == 0 and self.opening else f"answer number {said}"
        self.message_id += 1
        message: dict[str, Any] = {
            "message_id": self.message_id,
            "date": int(time.time()),
            "chat": {"id": person, "type": "private", "first_name": "Olga"},
            "from": {"id": person, "is_bot": False, "first_name": "Olga", "language_code": "uk"},
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        self.queue.append({"update_id": self.update_id, "message": message})
        self.update_id += 1
        self.asked_at[person] = time.perf_counter()
        self.arrived.set()

    def answered(self, person: int) -> None:
        asked = self.asked_at.pop(person, None)
        if asked is None:
            return
        self.answers += 1
        if self.said[person] > 1 or not self.opening:
            self.latencies.append(time.perf_counter() - asked)
        if self.pace:
            if self.said[person] < self.messages:
                self.ready.append(person)
        elif self.said[person] < self.messages:
            self._say(person)
        else:
            self.finished += 1
            self._next_person()
            if self.finished == self.people:
                self.done.set()

    # ------------------------------------------------------------------------------------------------- the Bot API

    async def handle(self, request: web.BaseRequest) -> web.Response:
        method = request.path.rsplit("/", 1)[-1]
        if method == "getUpdates":
            return await self._get_updates(request)
        if method == "sendMessage":
            return await self._send_message(request)
        if method == "wait":
            await self.done.wait()
            return _ok({"latencies": self.latencies, "answers": self.answers})
        if method == "begin":
            self.begin()
            return _ok(True)
        if method == "progress":
            return _ok(self.answers)
        if method == "getMe":
            return _ok({"id": 4242424242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"})
        return _ok(True)

    async def _body(self, request: web.BaseRequest) -> dict[str, Any]:
        if request.content_type == "application/json":
            body: dict[str, Any] = json.loads(await request.read())
            return body
        return dict(await request.post())

    async def _get_updates(self, request: web.BaseRequest) -> web.Response:
        body = await self._body(request)
        offset = int(body.get("offset") or 0)
        while self.queue and self.queue[0]["update_id"] < offset:
            self.queue.popleft()
        if not self.queue:
            self.arrived.clear()
            try:
                await asyncio.wait_for(self.arrived.wait(), float(body.get("timeout") or 0) or 1)
            except TimeoutError:
                return _ok([])
        return _ok(list(self.queue)[:100])

    async def _send_message(self, request: web.BaseRequest) -> web.Response:
        body = await self._body(request)
        person = int(body["chat_id"])
        self.message_id += 1
        answer = _ok(
            {
                "message_id": self.message_id,
                "date": int(time.time()),
                "chat": {"id": person, "type": "private", "first_name": "Olga"},
                "from": {"id": 4242424242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"},
                "text": body["text"],
            }
        )
        self.answered(person)
        return answer


def _ok(result: Any) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json")


async def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--people", type=int, default=250)
    parser.add_argument("--messages", type=int, default=21)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--pace", type=float, default=0.0, help="messages a second; 0: as fast as they are answered")
    parser.add_argument("--opening", default="", help="what a person says first")
    chosen = parser.parse_args()
    desk = Desk(chosen.people, chosen.messages, chosen.at_once, chosen.pace, chosen.opening)
    runner = web.ServerRunner(web.Server(desk.handle, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", chosen.port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main())
