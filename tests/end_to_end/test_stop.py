"""One tap, end to end: "stop" under an advertisement while fifty more are queued, and /why that says so."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from crm.purposes import Purpose
from locales import words_in
from storage import consents, contacts, outbox, tables
from storage.engine import Tx
from tests.end_to_end.conftest import World
from views import preferences
from views.messages import Screen

WORDS = words_in("uk")


async def advertise(world: World, number: int, *, after: timedelta) -> None:
    """An advertisement to Olga, as a campaign puts it into the outbox."""
    now = world.clock.now()

    async def unit(tx: Tx) -> None:
        olga = await contacts.by_telegram_id(tx, world.olga.id)
        assert olga is not None
        key = f"campaign:{number}:{olga.id}"
        screen = Screen(f"Знижка {number}", buttons=preferences.under_advertisement(WORDS, key))
        row = outbox.row(
            key=key,
            chat_id=world.olga.id,
            contact_id=olga.id,
            payload=screen.to_json(),
            purpose=Purpose.MARKETING.value,
            priority=Purpose.MARKETING.priority,
            on_doubt="skip",
            due_at=now + after,
            now=now,
        )
        outbox.add(tx, row)

    await world.bot.database.write(unit)
    world.bot.delivery.wake()


async def agree(world: World) -> None:
    """Olga agreed to hear of offers."""
    await world.olga.says("/start")
    await world.olga.sees()

    async def unit(tx: Tx) -> None:
        olga = await contacts.by_telegram_id(tx, world.olga.id)
        assert olga is not None
        said = {"version": "1", "text": "…", "message_id": None, "now": world.clock.now()}
        await consents.add(tx, olga.id, "marketing", granted=True, **said)  # type: ignore[arg-type]

    await world.bot.database.write(unit)


async def states(world: World) -> set[str]:
    """What has become of the advertisements but the first."""
    async with world.bot.database.read() as db:
        adverts = tables.outbox.c.key.like("campaign:%")
        rows = await db.all(select(tables.outbox.c.state).where(adverts, tables.outbox.c.key.not_like("campaign:0:%")))
    return {row.state for row in rows}


async def test_stop_in_one_tap_ends_fifty_that_are_queued_and_can_be_taken_back(world: World) -> None:
    """Some of them are due this very second; none leaves until she changes her mind."""
    await agree(world)
    await advertise(world, 0, after=timedelta(0))
    await world.olga.sees("Знижка 0")
    for number in range(1, 51):
        await advertise(world, number, after=timedelta(hours=number % 3))
    await world.olga.presses("Не надсилати")
    await world.olga.sees("новин і пропозицій більше не буде")
    assert await states(world) == {"cancelled"}
    world.clock.move(timedelta(days=4))
    await world.olga.sees_nothing("Знижка", within=0.5)
    await world.bob.says("/start")
    await world.bob.sees()
    await world.bob.says("/why 1")
    await world.bob.sees("Advertising: refused")
    await world.olga.presses("↩ Повернути")
    await world.olga.sees("усе як було")
    await world.olga.sees("Знижка")
    assert "pending" in await states(world), "the cap of three a month holds the rest"
