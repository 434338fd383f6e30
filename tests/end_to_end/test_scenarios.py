"""Scenarios and visits, end to end: over the simulator, by its clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from crm.form_types import Answer
from services import visiting
from storage import consents, purchases, requests, tables
from storage.engine import Tx
from tests.end_to_end.conftest import World
from tests.end_to_end.test_time import meet_olga

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


async def one(world: World, table: Any) -> Any:
    async with world.bot.database.read() as reads:
        (row,) = await reads.all(select(table))
    return row


async def test_a_week_after_the_first_purchase_thanks_arrive(world: World) -> None:
    olga = await meet_olga(world)
    await world.bot.ticks.run_all()  # from here on scenarios count
    world.clock.move(HOUR)

    async def buys(tx: Tx) -> None:
        now = world.clock.now()
        await consents.add(tx, olga.id, "marketing", granted=True, version="1", text="Так", message_id=None, now=now)
        await purchases.add(tx, olga.id, key="test:1", amount=50_000, currency="UAH", value=50_000, at=now, now=now)

    await world.bot.database.write(buys)
    for _ in range(7):
        world.clock.move(DAY)
        await world.bot.ticks.run_all()
    # Which of the two texts is drawn by lot, and the lot of the first card is always this one.
    await world.olga.sees("Ольга, дякуємо, що обрали нас!")
    await world.desk.settled()
    way = await one(world, tables.journeys)
    assert (way.scenario_id, way.contact_id, way.variant, way.sent) == ("thanks", olga.id, "thanks-offer", 1)


async def test_a_visit_is_reminded_of_and_confirmed_and_the_team_hears_it(world: World) -> None:
    olga = await meet_olga(world)

    async def books(tx: Tx) -> int:
        now = world.clock.now()
        request = await requests.create(tx, olga.id, title="Записатися", answers=[], pipeline="visits", now=now)
        form = world.bot.place.playbooks.current.form("booking")
        assert form is not None
        at = Answer((now + 2 * DAY).isoformat())
        await visiting.book(tx, world.bot.place, form, request, olga, {"visit_at": at}, now=now)
        return request.id

    number = await world.bot.database.write(books)
    world.clock.move(DAY + timedelta(minutes=1))
    await world.olga.sees("📅 Чекаємо на вас")
    await world.olga.presses("✅ Прийду")
    await world.olga.sees("До зустрічі")
    await world.bob.sees(f"Request {number}", "they will come")
    assert (await one(world, tables.visits)).state == "confirmed"
    world.clock.move(DAY - 2 * HOUR)
    await world.olga.sees("сьогодні о")
    await world.olga.presses("✖️ Не зможу прийти")
    await world.olga.sees("Скасувати візит?")
    await world.olga.presses("Так, скасувати")
    await world.olga.sees("Візит скасовано")
    await world.bob.sees("Ольга")
    assert (await one(world, tables.requests)).stage == "withdrawn"
