"""The bot's own address over HTTP: people are led on and counted once, programs are led on, strangers find nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot import redirect
from bot.redirect import Redirect
from crm.campaign_letters import Choice
from crm.counted_links import CountedLink, CountedLinks
from storage import presses, tables
from storage.engine import Database, Unavailable
from tests.services.campaign_post import Post, make_readers

LINKS = CountedLinks("https://go.example.com/salon", b"k" * 32)
CHOICES = (
    Choice("link", "Look", "https://example.com/spring?a=%2F&b=1#top"),
    Choice("link", "Весна", "https://приклад.укр/весна?є=1"),
)
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/121.0 Mobile Safari/537.36"}


class Visitor:
    """Opens links of a campaign that has reached one person."""

    def __init__(self, client: Any, redirect: Redirect, post: Post, campaign: int, olga: int) -> None:
        self.client, self.redirect, self.post = client, redirect, post
        self.campaign, self.olga = campaign, olga

    def path(self, place: int = 0) -> str:
        return LINKS.url(CountedLink("campaign", self.campaign, self.olga, place)).removeprefix(
            "https://go.example.com"
        )

    async def opens(self, path: str, method: str = "GET", **headers: str) -> ClientResponse:
        answer: ClientResponse = await self.client.request(method, path, headers=PHONE | headers, allow_redirects=False)
        await answer.read()
        return answer

    async def counted(self) -> dict[str, int]:
        async with self.post.database.read() as db:
            return await presses.by_button(db, self.campaign)


@pytest.fixture
async def visitor(database: Database) -> AsyncIterator[Visitor]:
    post = await Post(database).open()
    post.office.place.links = LINKS
    (olga,) = await make_readers(database, 1)
    campaign = await post.campaign(choices=CHOICES)
    await post.run()
    served = Redirect(database, post.office.place, post.clock, LINKS)
    application = web.Application()
    served.add_to(application)
    async with TestClient(TestServer(application)) as client:
        yield Visitor(client, served, post, campaign, olga)
    await served.drain(within=1)


async def test_a_person_is_led_on_and_counted_once(visitor: Visitor) -> None:
    for _ in range(3):
        answer = await visitor.opens(visitor.path())
        assert answer.status == 302
        assert answer.headers["Location"] == "https://example.com/spring?a=%2F&b=1#top"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert await visitor.counted() == {"link": 1}


async def test_an_address_in_cyrillic_is_led_to_as_browsers_write_it(visitor: Visitor) -> None:
    answer = await visitor.opens(visitor.path(1))
    assert answer.headers["Location"] == ("https://xn--80aikifvh.xn--j1amh/%D0%B2%D0%B5%D1%81%D0%BD%D0%B0?%D1%94=1")


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", {}),
        ("GET", {"User-Agent": "TelegramBot (like TwitterBot)"}),
        ("GET", {"User-Agent": "facebookexternalhit/1.1"}),
        ("GET", {"Sec-Purpose": "prefetch;prerender"}),
    ],
)
async def test_who_only_looks_where_it_leads_is_led_on_and_not_counted(
    visitor: Visitor, method: str, headers: dict[str, str]
) -> None:
    answer = await visitor.opens(visitor.path(), method, **headers)
    assert answer.status == 302
    assert answer.headers["Location"].startswith("https://example.com/spring")
    assert await visitor.counted() == {}


async def test_a_token_that_is_not_ours_is_a_page_in_the_businesss_languages_and_touches_nothing(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*given: Any, **how: Any) -> Any:
        raise AssertionError("a stranger's request reached the database")

    monkeypatch.setattr(visitor.redirect._database, "read", never)
    monkeypatch.setattr(visitor.redirect._database, "write", never)
    good = visitor.path()
    foreign = CountedLinks(LINKS.address, b"x" * 32).url(CountedLink("campaign", visitor.campaign, visitor.olga, 0))
    altered = good[:-1] + ("A" if good[-1] != "A" else "B")
    for path in (altered, foreign.removeprefix("https://go.example.com"), "/salon/r/x", "/salon/r/%00%ff"):
        answer = await visitor.opens(path)
        assert answer.status == 404, path
        assert answer.content_type == "text/html"
        page = await answer.text()
        assert "no longer good" in page
        assert "больше не действует" in page
        assert 'href="https://t.me/kartoteka_bot"' in page


@pytest.mark.parametrize(
    "path", ["{good}?to=https://evil.example", "{good}?url=https://evil.example", "{good}#https://evil.example"]
)
async def test_nothing_in_the_address_makes_it_lead_elsewhere(visitor: Visitor, path: str) -> None:
    answer = await visitor.opens(path.format(good=visitor.path()))
    assert answer.headers["Location"] == "https://example.com/spring?a=%2F&b=1#top"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/salon/"), ("GET", "/salon/r/"), ("GET", "/r/x"), ("GET", "/salon/r/https://evil.example")],
)
async def test_there_is_nothing_else_at_this_address(visitor: Visitor, method: str, path: str) -> None:
    answer = await visitor.opens(path, method)
    assert answer.status == 404
    assert "Location" not in answer.headers


async def test_nothing_is_taken_from_people(visitor: Visitor) -> None:
    answer = await visitor.opens(visitor.path(), "POST")
    assert answer.status == 405


@pytest.mark.parametrize("failure", [Unavailable("database is locked"), ValueError("a mistake of ours")])
async def test_a_database_that_cannot_be_written_loses_nobody(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    async def fails(*given: Any, **how: Any) -> Any:
        raise failure

    monkeypatch.setattr(visitor.redirect._database, "write", fails)
    assert (await visitor.opens(visitor.path())).status == 302


async def test_a_database_that_is_slow_keeps_nobody_and_the_press_is_noted_before_the_end(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Draining waits for it; and one link that is opened again and again waits once."""
    monkeypatch.setattr(redirect, "PATIENCE_SECONDS", 0.01)
    database, may_write = visitor.redirect._database, asyncio.Event()
    real, asked = database.write, 0

    async def slow(unit: Any, **how: Any) -> Any:
        nonlocal asked
        asked += 1
        await may_write.wait()
        return await real(unit, **how)

    monkeypatch.setattr(database, "write", slow)
    for _ in range(3):
        assert (await visitor.opens(visitor.path())).status == 302
    assert asked == 1
    assert await visitor.counted() == {}
    asyncio.get_running_loop().call_later(0.05, may_write.set)
    await visitor.redirect.drain(within=5)
    assert await visitor.counted() == {"link": 1}


async def test_no_more_wait_for_the_database_than_it_can_take(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redirect, "MOST_AT_ONCE", 0)
    assert (await visitor.opens(visitor.path())).status == 302
    assert await visitor.counted() == {}


async def test_when_nothing_can_be_looked_up_one_is_asked_to_come_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> Any:
        raise Unavailable("unable to open database file")

    monkeypatch.setattr(visitor.redirect._database, "read", fails)
    answer = await visitor.opens(visitor.path())
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert "try again" in await answer.text()


async def test_a_campaign_that_is_gone_is_a_link_no_longer_good(visitor: Visitor) -> None:
    await visitor.post.write(lambda tx: tx.run(tables.campaigns.delete()))
    assert (await visitor.opens(visitor.path())).status == 404
