"""How updates reach the bot: offsets, long polls, kinds, webhooks."""

import asyncio
from collections import defaultdict

from aiohttp import web

from simulator.client import Desk, Person
from simulator.server import Simulator
from simulator.updates import LIFE
from tests.patience import PATIENCE_SECONDS, eventually
from tests.simulator.conftest import Bot, Json


async def polling(bot: Bot) -> None:
    """Returns once a getUpdates waits."""

    async def waits() -> bool:
        return bot.simulator.world.updates.polling

    await eventually(waits, "a getUpdates waits")


async def test_an_update_stays_until_a_higher_offset_confirms_it(bot: Bot, olga: Person) -> None:
    first = (await olga.says("one"))["update_id"]
    await olga.says("two")
    assert [u["message"]["text"] for u in await bot.updates()] == ["one", "two"]
    assert [u["message"]["text"] for u in await bot.updates()] == ["one", "two"]
    assert [u["message"]["text"] for u in await bot.updates(offset=first + 1)] == ["two"]
    assert [u["message"]["text"] for u in await bot.updates()] == ["two"]


async def test_a_negative_offset_forgets_all_but_the_last_ones(bot: Bot, olga: Person) -> None:
    for word in ("one", "two", "three"):
        await olga.says(word)
    assert [u["message"]["text"] for u in await bot.updates(offset=-2)] == ["two", "three"]
    assert len(await bot.updates()) == 2


async def test_limit_is_kept_between_1_and_100(bot: Bot, olga: Person) -> None:
    for number in range(105):
        await olga.says(f"{number}")
    assert len(await bot.updates(limit=2)) == 2
    assert len(await bot.updates(limit=1000)) == 100
    assert len(await bot.updates(limit=0)) == 1


async def test_a_long_poll_returns_as_soon_as_something_comes(bot: Bot, olga: Person) -> None:
    poll = asyncio.create_task(bot.updates(timeout=30))
    await polling(bot)
    assert not poll.done()
    await olga.says("hello")
    assert [u["message"]["text"] for u in await asyncio.wait_for(poll, PATIENCE_SECONDS)] == ["hello"]


async def test_a_second_poller_ends_the_first_with_409(bot: Bot, olga: Person) -> None:
    first = asyncio.create_task(bot.call("getUpdates", timeout=30))
    await polling(bot)
    second = asyncio.create_task(bot.call("getUpdates", timeout=30))
    answer = await asyncio.wait_for(first, PATIENCE_SECONDS)
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await olga.says("hello")
    assert (await asyncio.wait_for(second, PATIENCE_SECONDS))["ok"]


async def test_updates_not_fetched_within_a_day_are_lost(bot: Bot, desk: Desk, olga: Person) -> None:
    await olga.says("yesterday")
    await desk.advance(LIFE + 1)
    await olga.says("today")
    assert [u["message"]["text"] for u in await bot.updates()] == ["today"]


async def test_a_press_not_fetched_within_150_seconds_is_lost(bot: Bot, desk: Desk, olga: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await bot.does("sendMessage", chat_id=olga.id, text="?", reply_markup=keyboard)
    await olga.says("a word stays")
    await olga.presses("A", wait=0)
    await desk.advance(149)
    assert len(await bot.updates()) == 2
    await desk.advance(2)
    assert [u["message"]["text"] for u in await bot.updates()] == ["a word stays"]


async def test_setting_a_webhook_ends_the_poll_that_waits(bot: Bot) -> None:
    poll = asyncio.create_task(bot.call("getUpdates", timeout=30))
    await polling(bot)
    await bot.does("setWebhook", url="https://example.com/hook")
    answer = await asyncio.wait_for(poll, PATIENCE_SECONDS)
    assert answer["description"] == "Conflict: terminated by setWebhook request"
    await bot.does("deleteWebhook")


async def test_allowed_updates_are_remembered_and_reactions_must_be_asked_for(bot: Bot, olga: Person) -> None:
    message = await bot.does("sendMessage", chat_id=olga.id, text="How was it?")
    assert (await olga.reacts(message["message_id"], "👍"))["update_id"] is None
    await bot.updates(allowed_updates=["message_reaction"])
    await bot.updates()
    assert (await olga.says("words"))["update_id"] is None
    assert (await olga.reacts(message["message_id"], "🔥"))["update_id"] is not None
    change = (await bot.updates())[0]["message_reaction"]
    assert change["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert change["new_reaction"] == [{"type": "emoji", "emoji": "🔥"}]


async def test_an_update_can_be_delivered_again_under_its_old_id(bot: Bot, desk: Desk, olga: Person) -> None:
    update_id = (await olga.says("hello"))["update_id"]
    assert len(await bot.updates(offset=update_id)) == 1
    assert await bot.updates(offset=update_id + 1) == []
    await desk.inject({"repeat": update_id, "times": 2})
    assert [u["update_id"] for u in await bot.updates(offset=update_id + 1)] == [update_id, update_id]
    assert await bot.updates(offset=update_id + 1) == []


async def test_raw_updates_get_an_id_when_they_have_none(bot: Bot, desk: Desk, olga: Person) -> None:
    (update_id,) = await desk.inject({"message": {"message_id": 9, "chat": {"id": 5, "type": "private"}, "date": 1}})
    assert [u["update_id"] for u in await bot.updates()] == [update_id]


class Receiver:
    """A webhook that refuses the first `refusals` of each chat."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.failed: defaultdict[int, int] = defaultdict(int)
        self.got: list[Json] = []
        self.headers: list[str | None] = []
        self.enough = asyncio.Event()
        self.wanted = 1

    async def handle(self, request: web.BaseRequest) -> web.Response:
        update = await request.json()
        chat = update["message"]["chat"]["id"]
        self.headers.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.failed[chat] < self.refusals:
            self.failed[chat] += 1
            return web.Response(status=503)
        self.got.append(update)
        if len(self.got) >= self.wanted:
            self.enough.set()
        return web.Response()

    async def serve(self) -> tuple[web.ServerRunner, str]:
        runner = web.ServerRunner(web.Server(self.handle))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"


async def test_a_webhook_gets_updates_with_its_secret_and_getupdates_is_a_conflict(bot: Bot, olga: Person) -> None:
    receiver = Receiver()
    runner, url = await receiver.serve()
    try:
        await bot.does("setWebhook", url=url, secret_token="s3cret")
        await olga.says("hello")
        await asyncio.wait_for(receiver.enough.wait(), PATIENCE_SECONDS)
        assert receiver.headers == ["s3cret"]
        assert "webhook is active" in await bot.refused("getUpdates")
        assert (await bot.does("getWebhookInfo"))["url"] == url
        await bot.does("deleteWebhook")
        assert await bot.updates() == []
    finally:
        await runner.cleanup()


async def test_a_webhook_is_tried_again_until_2xx_and_keeps_a_chats_order(bot: Bot, desk: Desk, olga: Person) -> None:
    other = await desk.person("Ivan", started=True)
    receiver = Receiver(refusals=1)
    receiver.wanted = 6
    runner, url = await receiver.serve()
    try:
        await bot.does("setWebhook", url=url)
        for number in range(3):
            await olga.says(f"{number}")
            await other.says(f"{number}")
        await asyncio.wait_for(receiver.enough.wait(), PATIENCE_SECONDS)
        for person in (olga, other):
            mine = [u["message"]["text"] for u in receiver.got if u["message"]["chat"]["id"] == person.id]
            assert mine == ["0", "1", "2"]
    finally:
        await runner.cleanup()


async def test_a_webhook_must_be_https_unless_on_this_machine(bot: Bot) -> None:
    assert "HTTPS URL must be provided" in await bot.refused("setWebhook", url="http://example.com/hook")
    assert "unallowed characters" in await bot.refused("setWebhook", url="https://example.com", secret_token="a b")


async def test_update_ids_go_on_growing_from_run_to_run(simulator: Simulator) -> None:
    assert simulator.world.updates.next_id > 900_000_000
