"""What a base lacks is asked of the people themselves: the owner counts, presses once, and sees who has answered."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from simulator.client import Person
from storage import contacts
from storage.contacts import Contact
from storage.engine import Tx
from storage.tables import outbox
from tests.end_to_end.conftest import World


async def meet(world: World, person: Person) -> None:
    """They have written to the bot and agreed to be known; of birthdays nothing was said."""
    await person.starts()
    await person.sees()
    await world.desk.settled()

    async def unit(tx: Tx) -> None:
        contact = await contacts.by_telegram_id(tx, person.id)
        assert contact is not None
        version = world.bot.place.playbooks.current.business.consent_version
        await contacts.change(tx, contact.id, consent_version=version, name=person.name, now=world.clock.now())

    await world.bot.database.write(unit)


async def card(world: World, person: Person) -> Contact:
    async with world.bot.database.read() as db:
        found = await contacts.by_telegram_id(db, person.id)
    assert found is not None
    return found


async def test_two_are_asked_for_their_birthdays_one_answers_and_one_would_rather_not(world: World) -> None:
    """Counted, confirmed, asked once each; the card is whole, the line is shorter, and nobody is asked again."""
    for person in (world.olga, world.taras):
        await meet(world, person)
    await world.alice.starts()
    await world.alice.sees()
    await world.alice.says("/quality")
    overview = await world.alice.sees("No birthday: 2 (100 %)", "✉️ Ask them")
    await world.alice.presses(data="qask:no_birthday", on=overview)
    offer = await world.alice.sees("2 cards have it", "2 people", "wish you a happy birthday")
    assert offer.protected
    await world.olga.sees_nothing("днем народження", within=0.2)
    await world.alice.presses("Ask 2 people", on=offer)
    await world.alice.sees("How many have answered?")
    asked = await world.olga.sees("днем народження", "Відповісти", "Не зараз")
    world.clock.move(timedelta(seconds=5))
    declined = await world.taras.sees("днём рождения", "Ответить", "Не сейчас")

    await world.olga.presses("✍️ Відповісти", on=asked)
    await world.olga.sees("Коли у вас день народження?")
    await world.olga.says("8 березня 1990")
    await world.olga.sees("8 березня 1990", "Дякуємо, записали!")
    assert (await card(world, world.olga)).fields == {"birthday": "1990-03-08"}
    await world.taras.presses("Не сейчас", on=declined)
    await world.taras.sees("в другой раз")

    await world.alice.presses("🔄 How many have answered?", on=offer)
    await world.alice.sees("Sent: 2 of 2", "Answered: 1", "“Not now”: 1")
    await world.alice.says("/quality")
    overview = await world.alice.sees("No birthday: 1 (50 %)")
    await world.alice.presses(data="qask:no_birthday", on=overview)
    await world.alice.sees("There is nobody to ask now", "asked 2, answered 1, “not now” 1")
    world.clock.move(timedelta(days=45))
    await world.alice.presses(data="qask:no_birthday", on=overview)
    await world.alice.sees("There is nobody to ask now")
    async with world.bot.database.read() as db:
        keys = await db.all(select(outbox.c.key).where(outbox.c.key.like("ask:%")))
    assert len(keys) == 2
