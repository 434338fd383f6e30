"""The intake: updates are stored before they are acknowledged, by long polling or by webhook.

aiogram's own polling acknowledges a batch before it has handled it, and so loses what is in flight when it dies.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import aiohttp
import structlog
from aiohttp import web

from bot.clock import Clock
from bot.lanes import Lanes
from storage import inbox
from storage.engine import Database, Tx, Unavailable

log = structlog.get_logger()

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
    "message_reaction",
    "poll_answer",
)
POLL_SECONDS = 30
BATCH = 100
RETRY_SECONDS = 1.0
LONGEST_RETRY_SECONDS = 30.0
CONFLICTS_TO_GIVE_UP = 5
CONFLICT_FORGOTTEN_SECONDS = 120.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class AnotherCopyError(Exception):
    """Another program polls with this token: both would answer, so this one stops."""


class TokenRefusedError(Exception):
    """Telegram does not know this token."""


class Intake:
    """Stores updates and hands them to the lanes. `heard_at` is when Telegram last answered (monotonic seconds)."""

    def __init__(self, database: Database, lanes: Lanes, clock: Clock, bot_id: int) -> None:
        self._database = database
        self._lanes = lanes
        self._clock = clock
        self._bot_id = bot_id
        self.heard_at = 0.0

    async def take_up(self) -> int:
        """Hands over what an earlier run stored and did not handle. Returns how many updates that was."""
        after, total = 0, 0
        while True:
            async with self._database.read() as reads:
                rows = await inbox.waiting(reads, after=after, limit=1_000)
            if not rows:
                return total
            self._lanes.feed(rows)
            after, total = rows[-1].id, total + len(rows)
            await self._lanes.room()

    async def store(self, updates: list[dict[str, Any]]) -> None:
        """Commits the updates to the inbox. Raises Unavailable when the database cannot take them."""
        # ASCII: half a surrogate pair, which cannot be stored as text, would keep the whole batch coming for ever.
        batch = [(one["update_id"], lane_of(one), json.dumps(one)) for one in updates]

        async def unit(tx: Tx) -> list[inbox.Stored]:
            return await inbox.store(tx, self._bot_id, batch, now=self._clock.now())

        self._lanes.feed(await self._database.write(unit, brief=True))

    # ------------------------------------------------------------------------------------------------------- polling

    async def poll(self, session: aiohttp.ClientSession, url: str, *, stopping: Callable[[], bool]) -> None:
        """Long polling of `url` (getUpdates with the token in it) until `stopping`.

        Raises AnotherCopyError and TokenRefusedError; anything else that goes wrong is waited out.
        """
        offset: int | None = None
        failures = conflicts = 0
        last_conflict = 0.0
        while not stopping():
            await self._lanes.room()
            try:
                updates = await self._ask(session, url, offset)
                if updates:
                    await self.store(updates)
                # An empty answer confirms what the offset named. Kept on, it would hide an update that comes after a
                # quiet week under a lower id.
                offset = max(one["update_id"] for one in updates) + 1 if updates else None
                failures = 0
            except AnotherCopyError:
                # Two copies end each other's polls in turn, and each fetches something in between: a success does not
                # mean that the other one is gone, only a while without a conflict does.
                if time.monotonic() > last_conflict + CONFLICT_FORGOTTEN_SECONDS:
                    conflicts = 0
                last_conflict = time.monotonic()
                conflicts += 1
                if conflicts == 1:
                    log.error("another copy of the bot runs with this token")
                if conflicts >= CONFLICTS_TO_GIVE_UP:
                    raise
                await asyncio.sleep(RETRY_SECONDS * conflicts)
            except TokenRefusedError:
                raise
            except (Unavailable, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
                # Nothing was acknowledged: the same updates come again.
                failures += 1
                if failures in (1, 10, 100):
                    log.warning("updates cannot be fetched or stored", error=type(error).__name__, times=failures)
                await asyncio.sleep(min(RETRY_SECONDS * failures, LONGEST_RETRY_SECONDS))

    async def _ask(self, session: aiohttp.ClientSession, url: str, offset: int | None) -> list[dict[str, Any]]:
        asked: dict[str, Any] = {"timeout": POLL_SECONDS, "limit": BATCH, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            asked["offset"] = offset
        async with session.post(url, json=asked, timeout=aiohttp.ClientTimeout(total=POLL_SECONDS + 15)) as response:
            answer = await response.json(content_type=None)
        if not isinstance(answer, dict):
            raise ValueError("the answer is not an object")
        self.heard_at = time.monotonic()
        if answer.get("ok"):
            result: list[dict[str, Any]] = answer["result"]
            return result
        match answer.get("error_code"):
            case 409:
                raise AnotherCopyError
            case 401 | 404:
                raise TokenRefusedError
        if (after := answer.get("parameters", {}).get("retry_after")) is not None:
            await asyncio.sleep(float(after))
            return []
        raise ValueError(f"getUpdates: {answer.get('description')}")

    # ------------------------------------------------------------------------------------------------------- webhook

    def webhook(self, path: str, secret: str) -> web.Application:
        """The application that Telegram calls. 200 is said once the update is committed; without the secret, 401."""

        async def take(request: web.Request) -> web.Response:
            given = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
                return web.Response(status=401)
            try:
                update = await request.json()
                if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
                    raise ValueError
            except ValueError:
                return web.Response(status=400)
            try:
                await self.store([update])
            except Unavailable:
                return web.Response(status=503)
            self.heard_at = time.monotonic()
            return web.Response()

        app = web.Application(client_max_size=2 * 1024 * 1024)
        app.router.add_post(path, take)
        return app


def lane_of(update: dict[str, Any]) -> int:
    """Whose order an update keeps: its chat's; the person's for what has no chat."""
    for kind, body in update.items():
        if kind == "update_id" or not isinstance(body, dict):
            continue
        chat = body.get("chat") or (body.get("message") or {}).get("chat")
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return int(chat["id"])
        who = body.get("from") or body.get("user")
        if isinstance(who, dict) and isinstance(who.get("id"), int):
            return int(who["id"])
    return 0
