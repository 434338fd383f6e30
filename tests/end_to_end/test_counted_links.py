"""A counted link as a customer opens it: one tap in Telegram, the page in the browser, the press in the report."""

from __future__ import annotations

import contextlib

from aiohttp import ClientResponse, ClientSession

from simulator.client import Person, Shown
from tests.end_to_end.conftest import World, Worlds
from tests.end_to_end.test_campaigns import readers, until, write_one
from tests.end_to_end.test_webhook import free_port
from tests.patience import eventually

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/121.0 Mobile Safari/537.36"}


def url(shown: Shown, label: str) -> str:
    """The address behind a button."""
    return next(str(one["url"]) for row in shown.rows for one in row if one["text"] == label)


async def opens(address: str) -> ClientResponse:
    async with ClientSession(headers=PHONE) as browser, browser.get(address, allow_redirects=False) as answer:
        await answer.read()
        return answer


async def sent_with_a_link(world: World) -> None:
    """Campaign 1 with a counted link reaches everybody."""
    await readers(world, world.olga, world.taras)
    await write_one(world.alice)
    await world.alice.presses("🔘 Buttons")
    await world.alice.sees("Which button")
    await world.alice.presses("🔗 Counted link")
    await world.alice.sees("opens at the first tap")
    await world.alice.says("Look | https://example.com/spring")
    await world.alice.sees("a link, presses are counted")
    await world.alice.presses("🔢 Count and start")
    await world.alice.sees("Will get it", "2 people")
    await world.alice.presses("🚀 Start: 2")
    await until(world, "done")


async def report(alice: Person) -> Shown:
    done = await alice.sees("finished", "Sent: 2")
    await alice.presses("📊 Report", on=done)
    return await alice.sees("Look")


async def test_one_tap_opens_the_page_and_is_one_press_in_the_report(worlds: Worlds) -> None:
    port = free_port()
    async with worlds(default_language="en", public_url=f"http://127.0.0.1:{port}/go", http_port=port) as world:
        await sent_with_a_link(world)
        letter = await world.olga.sees("Spring,")
        address = url(letter, "Look")
        assert address.startswith(f"http://127.0.0.1:{port}/go/r/")
        for _ in range(2):
            answer = await opens(address)
            assert (answer.status, answer.headers["Location"]) == (302, "https://example.com/spring")
        assert (await opens(address[:-1] + ("A" if address[-1] != "A" else "B"))).status == 404
        assert (await opens(f"http://127.0.0.1:{port}/health")).status == 404
        shown = await report(world.alice)
        assert "🔘 Look: 1" in shown.text
    # The next life knows the link of this one.
    async with worlds(default_language="en", public_url=f"http://127.0.0.1:{port}/go", http_port=port):
        answers: list[ClientResponse] = []

        async def comes() -> bool:
            with contextlib.suppress(OSError):
                answers.append(await opens(address))
            return bool(answers)

        await eventually(comes, "the server listens")
        (answer,) = answers
        assert answer.headers["Location"] == "https://example.com/spring"


async def test_beside_a_webhook_the_same_server_leads_on(worlds: Worlds) -> None:
    port = free_port()
    hook = {"webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_secret": "s3cret", "http_port": port}
    async with worlds(default_language="en", **hook) as world:
        await sent_with_a_link(world)
        letter = await world.taras.sees("Spring,")
        assert url(letter, "Look").startswith(f"http://127.0.0.1:{port}/r/")
        assert (await opens(url(letter, "Look"))).headers["Location"] == "https://example.com/spring"
        assert (await opens(f"http://127.0.0.1:{port}/hook")).status == 405
