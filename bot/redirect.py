"""The bot's own address under counted links: it notes who pressed and leads on to the page.

A person is led on whatever becomes of the counting. A token that was not made here costs one HMAC: nothing is read for
it, and nothing written.
"""

from __future__ import annotations

import asyncio
from typing import Final
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from yarl import URL

from bot.clock import Clock
from crm import counted_links
from crm.counted_links import CountedLink, CountedLinks
from services import redirecting
from services.workplace import Place
from storage.engine import Database, Tx, Unavailable
from views import link_pages

log = structlog.get_logger()

PATIENCE_SECONDS: Final = 0.5
"""How long a person is kept for their press to be noted; it is noted all the same later on."""
MOST_AT_ONCE: Final = 500
"""Presses that wait for the database. Of more, nothing is noted."""
RETRY_SECONDS: Final = 30
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_PAGE_HEADERS: Final = _HEADERS | {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}


class Redirect:
    """Answers `GET {the public address's path}/r/{token}`."""

    def __init__(self, database: Database, place: Place, clock: Clock, links: CountedLinks) -> None:
        self._database = database
        self._place = place
        self._clock = clock
        self._links = links
        self._counting: dict[str, asyncio.Task[None]] = {}

    def add_to(self, application: web.Application) -> None:
        """Serves the links in this application."""
        application.router.add_get(f"{urlsplit(self._links.address).path}{counted_links.PATH}{{token}}", self._opened)

    async def drain(self, *, within: float) -> None:
        """Waits up to `within` seconds for the presses that are being noted."""
        if self._counting:
            await asyncio.wait(list(self._counting.values()), timeout=within)

    async def _opened(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        link = self._links.read(token)
        if link is None:
            return self._page("gone", 404)
        try:
            async with self._database.read() as db:
                target = await redirecting.target(db, link)
        except Unavailable as error:
            log.warning("a counted link could not be looked up", error=str(error))
            return self._page("later", 503)
        if target is None:
            return self._page("gone", 404)
        if _is_pressed(request):
            await self._count(token, link)
        return web.Response(status=302, headers=_HEADERS | {"Location": _in_ascii(target)})

    async def _count(self, token: str, link: CountedLink) -> None:
        """Notes the press, or begins to. One that is opened again and again is noted once at a time."""
        counting = self._counting.get(token)
        if counting is None:
            if len(self._counting) >= MOST_AT_ONCE:
                log.warning("a press of a counted link was not noted", error="too many wait for the database")
                return
            counting = asyncio.create_task(self._write(link), name="press of a link")
            self._counting[token] = counting
            counting.add_done_callback(lambda _: self._counting.pop(token, None))
        await asyncio.wait((counting,), timeout=PATIENCE_SECONDS)

    async def _write(self, link: CountedLink) -> None:
        now = self._clock.now()

        async def unit(tx: Tx) -> bool:
            return await redirecting.count(tx, link, now=now)

        try:
            await self._database.write(unit, brief=True)
        except Unavailable as error:
            log.warning("a press of a counted link was not noted", error=str(error))
        except Exception:
            log.exception("a press of a counted link was not noted")

    def _page(self, why: link_pages.Why, status: int) -> web.Response:
        text = link_pages.page(why, self._place.playbooks.current.business, username=self._place.username)
        headers = _PAGE_HEADERS | ({"Retry-After": str(RETRY_SECONDS)} if status == 503 else {})
        return web.Response(status=status, text=text, content_type="text/html", headers=headers)


def _is_pressed(request: web.Request) -> bool:
    """Whether somebody opened the link: not a program that looks where it leads, nor a browser that fetches ahead."""
    ahead = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    robot = counted_links.is_robot(request.headers.get("User-Agent", ""))
    return request.method == "GET" and not robot and "prefetch" not in ahead


def _in_ascii(target: str) -> str:
    """The address as a header can hold it; one that is ASCII is left letter for letter."""
    return target if target.isascii() else str(URL(target))
