"""A campaign as its owner runs it and customers get it: over HTTP, with the bot's own clock and sender."""

from __future__ import annotations

from sqlalchemy import select

from simulator.client import Person
from storage import consents, contacts, tables
from storage.engine import Tx
from tests.end_to_end.conftest import World, Worlds
from tests.patience import eventually


async def readers(world: World, *people: Person) -> None:
    """People who know the bot and agreed to advertising."""
    for person in people:
        await person.starts()
        await person.until(lambda shown: shown.out, "is greeted")
    now = world.clock.now()

    async def agree(tx: Tx) -> None:
        for person in people:
            card = await contacts.by_telegram_id(tx, person.id)
            assert card is not None
            await consents.add(tx, card.id, "marketing", granted=True, version="1", text="", message_id=None, now=now)

    await world.bot.database.write(agree)


async def write_one(alice: Person, words: str = "Spring, {name|friend}!") -> None:
    """Campaign 1, to everybody."""
    await alice.starts()
    await alice.says("/broadcast *")
    await alice.sees("Send the message")
    await alice.says(words)
    await alice.sees("draft")


async def state_of(world: World) -> str:
    async with world.bot.database.read() as db:
        return str(await db.scalar(select(tables.campaigns.c.state)))


async def until(world: World, state: str) -> None:
    async def comes() -> bool:
        return await state_of(world) == state

    await eventually(comes, f"the campaign is {state}")


async def test_written_counted_started_pressed_and_taken_back(worlds: Worlds) -> None:
    async with worlds(default_language="en") as world:
        await readers(world, world.olga, world.taras)
        await write_one(world.alice)
        await world.alice.presses("🔘 Buttons")
        await world.alice.sees("Which button")
        await world.alice.presses("🔗 Counted link")
        await world.alice.sees("Send a title")
        await world.alice.says("Look | https://example.com")
        await world.alice.sees("a link, presses are counted")
        await world.alice.presses("🔢 Count and start")
        await world.alice.sees("Will get it", "2 people")
        await world.alice.presses("🚀 Start: 2")
        for person in (world.olga, world.taras):
            letter = await person.sees("Spring,")
            assert "Look" in letter.buttons[0]
        await until(world, "done")
        await world.olga.presses("Look")
        shown = await world.olga.until(lambda shown: any("↗" in one for one in shown.buttons), "may open it")
        assert "Spring," in shown.text
        async with world.bot.database.read() as db:
            pressed = await db.all(select(tables.presses.c.button))
        assert [row.button for row in pressed] == ["link"]
        done = await world.alice.sees("finished", "Sent: 2")
        await world.alice.presses("↩️ Take back", on=done)
        await world.alice.sees("Delete the message")
        await world.alice.presses("↩️ Yes, delete")
        await until(world, "recalled")
        for person in (world.olga, world.taras):
            assert not [one for one in await person.messages() if "Spring," in one.text]
        await world.alice.sees("Deleted from chats: 2")


async def test_an_album_arrives_with_its_words_under_it_and_is_taken_back_whole(worlds: Worlds) -> None:
    async with worlds(default_language="en") as world:
        await readers(world, world.olga, world.taras)
        await world.alice.starts()
        await world.alice.says("/broadcast *")
        await world.alice.sees("or an album if you like")
        photos = [{"kind": "photo"}, {"kind": "photo", "caption": "Spring, {name|friend}!"}, {"kind": "video"}]
        await world.alice.sends("album", items=photos)
        await world.alice.sees("3 files", "Spring,", "The album comes first")
        await world.alice.presses("🔘 Buttons")
        await world.alice.sees("Which button")
        await world.alice.presses("📞 Call me")
        await world.alice.sees("asks to be called")
        await world.alice.presses("🔢 Count and start")
        await world.alice.sees("Will get it", "2 people")
        await world.alice.presses("🚀 Start: 2")
        for person in (world.olga, world.taras):
            words = await person.sees("Spring,")
            *files, last = (await person.messages())[-4:]
            assert [one.kind for one in files] == ["photo", "photo", "video"]
            assert (len({one.view["media_group_id"] for one in files}), [one.text for one in files]) == (1, [""] * 3)
            assert last.id == words.id
        await until(world, "done")
        await world.olga.presses("📞 Зателефонуйте мені")
        done = await world.alice.sees("finished", "Sent: 2")
        await world.alice.presses("↩️ Take back", on=done)
        await world.alice.sees("Delete the message")
        await world.alice.presses("↩️ Yes, delete")
        await until(world, "recalled")
        for person in (world.olga, world.taras):
            assert not [one for one in await person.messages() if "media_group_id" in one.view or "Spring," in one.text]
        await world.alice.sees("Deleted from chats: 2")


async def test_at_telegrams_own_limits_nothing_of_an_album_is_refused(worlds: Worlds) -> None:
    """Files count as so many messages, and their words wait their turn after them."""
    async with worlds(default_language="en", send_rate=30, send_rate_per_chat=1) as world:
        crowd = [await world.desk.person(f"P{n}", id=2000 + n, started=True) for n in range(11)]
        await readers(world, *crowd)
        await world.alice.starts()
        await world.alice.says("/broadcast *")
        await world.alice.sends("album", items=[{"kind": "photo", "caption": "Spring!"}, *[{"kind": "photo"}] * 2])
        await world.alice.sees("3 files")
        await world.desk.flood(enabled=True)
        await world.alice.presses("🔢 Count and start")
        await world.alice.sees("Will get it")
        await world.alice.presses("🚀 Start: 11")
        for person in crowd:
            await person.sees("Spring!")
        sent = await world.desk.calls("sendMediaGroup")
        assert (len(sent), all(one["ok"] for one in sent)) == (11, True)
        assert [one for one in await world.desk.calls("sendMessage") if not one["ok"]] == []


async def test_paused_nothing_more_leaves_resumed_it_goes_on_cancelled_it_ends(worlds: Worlds) -> None:
    async with worlds(default_language="en", send_rate=2) as world:
        crowd = [await world.desk.person(f"P{n}", id=2000 + n, started=True) for n in range(24)]
        await readers(world, *crowd)
        await write_one(world.alice)
        await world.alice.presses("🔢 Count and start")
        await world.alice.sees("Will get it")
        await world.alice.presses("🚀 Start: 24")
        await until(world, "running")
        await world.alice.until(lambda shown: "⏸ Pause" in shown.buttons, "may pause it")
        await world.alice.presses("⏸ Pause")
        await world.alice.sees("paused")
        await until(world, "paused")
        await nothing_waits(world)
        before = await arrived(crowd)
        assert before < len(crowd)
        await world.alice.presses("▶️ Resume")
        await crowd_grows(crowd, before)
        await world.alice.until(lambda shown: "✖️ Cancel" in shown.buttons, "may cancel it")
        await world.alice.presses("✖️ Cancel")
        await world.alice.sees("Stop the campaign")
        await world.alice.presses("✖️ Yes, stop it")
        await until(world, "cancelled")
        await nothing_waits(world)
        assert await arrived(crowd) <= len(crowd)


async def nothing_waits(world: World) -> None:
    """Nothing of it is on its way, and nothing is left that could leave."""
    outbox = tables.outbox
    waiting = select(outbox.c.id).where(outbox.c.purpose == "marketing", outbox.c.state.in_(["pending", "sending"]))

    async def comes() -> bool:
        async with world.bot.database.read() as db:
            return not await db.all(waiting)

    await eventually(comes, "no advertisement waits to be sent")


async def crowd_grows(crowd: list[Person], before: int) -> None:
    async def comes() -> bool:
        return await arrived(crowd) > before

    await eventually(comes, "somebody else gets it")


async def arrived(crowd: list[Person]) -> int:
    got = 0
    for person in crowd:
        copies = sum("Spring," in one.text for one in await person.messages())
        assert copies <= 1
        got += copies
    return got
