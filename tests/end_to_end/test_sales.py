"""A purchase, end to end: written down by the manager, paid partly with points, read by the customer, given back."""

from __future__ import annotations

import asyncio

from storage import contacts, purchases
from storage.engine import Tx
from tests.end_to_end.conftest import World, Worlds


async def test_a_purchase_from_the_command_to_the_refund(world: World) -> None:
    """Every press reaches the message it was pressed on; the customer's points follow."""
    await world.bob.starts()
    await world.bob.sees("Bob")
    await world.olga.starts()
    await world.olga.sees()

    async def known(tx: Tx) -> int:
        contact = await contacts.by_telegram_id(tx, world.olga.id)
        assert contact is not None
        await contacts.change(tx, contact.id, now=world.clock.now(), name="Olga", consent_version="2026-11")
        return contact.id

    number = await world.bot.database.write(known)
    await world.bob.says(f"/points {number} +100 вітаємо")
    await world.bob.sees("got 100 points")
    await world.bob.says(f"/sale {number} 1 500,50 грн стрижка")
    asked = await world.bob.sees("1,500.50\u00a0₴", "стрижка")
    assert asked.protected
    await world.bob.presses("🎁 Use 100 points", on=asked)
    shown = await world.bob.sees("To pay: 1,400.50\u00a0₴")
    await world.bob.presses("✅ Record 1,400.50\u00a0₴", on=shown)
    await world.bob.sees("is recorded", "100 points were used", "70 points earned")
    await world.olga.says("/points")
    await world.olga.sees("На рахунку 70 балів")
    await world.bob.says(f"/card {number}")
    card = await world.bob.sees("Olga", f"№ {number}")
    await world.bob.presses("🧾 Purchases", on=card)
    history = await world.bob.sees("1 purchase", "стрижка")
    await world.bob.presses("№ 1", on=history)
    bought = await world.bob.sees("Purchase no. 1", "Recorded by Bob")
    await world.bob.presses("↩️ Refund 1,400.50\u00a0₴", on=bought)
    surely = await world.bob.sees("Give back")
    await world.bob.presses("✅ Yes, give back 1,400.50\u00a0₴", on=surely)
    await world.bob.sees("went back", "30 points came back")
    await world.olga.says("/points")
    await world.olga.sees("На рахунку 100 балів", "при поверненні")


async def test_two_managers_press_at_once_in_the_team_group(worlds: Worlds) -> None:
    """One message, two fingers: one purchase, and the receipt in its place."""
    async with worlds(group=True) as world:
        assert world.team is not None

        async def known(tx: Tx) -> int:
            return (await contacts.create(tx, name="Olga", language="uk", now=world.clock.now())).id

        number = await world.bot.database.write(known)
        await world.bob_in_team.says(f"/sale {number} 500 стрижка")
        asked = await world.bob_in_team.sees("500\u00a0₴", "стрижка")
        alice = world.alice.at(world.team)
        await asyncio.gather(*(one.presses("✅ Record 500\u00a0₴", on=asked) for one in (world.bob_in_team, alice)))
        await world.bob_in_team.sees("is recorded")
        async with world.bot.database.read() as db:
            (bought,) = await purchases.of_contact(db, number, limit=5)
        assert bought.value == 50000
