"""The manager's day, end to end: the real bot, met only over HTTP."""

from __future__ import annotations

from datetime import timedelta

from simulator.client import Person, Shown
from tests.end_to_end.conftest import World, Worlds


async def _asks(person: Person, *, words: str = "Можна на завтра?") -> None:
    """Writes to the bot outside any form."""
    await person.starts()
    await person.sees()
    await person.says(words)


async def _agreed(world: World, person: Person, **fields: object) -> int:
    """Gives the person a card with a name, as if they had agreed; returns its number."""
    from storage import contacts

    async def unit(tx):  # type: ignore[no-untyped-def]
        contact = await contacts.by_telegram_id(tx, person.id)
        if contact is None:
            contact = await contacts.create(tx, telegram_id=person.id, language="uk", now=world.clock.now())
        values = {"name": person.name, "consent_version": "2026-11", **fields}
        await contacts.change(tx, contact.id, now=world.clock.now(), **values)
        return contact.id

    return int(await world.bot.database.write(unit))


async def test_a_customers_words_and_the_answer_go_both_ways(world: World) -> None:
    """Without any request: the words reach the manager with a reply button; the answer comes back; it is marked."""
    await world.bob.starts()
    await world.bob.sees("Bob")
    await world.olga.starts()
    await world.olga.sees()
    await _agreed(world, world.olga)
    await world.olga.says("Чи є місце на завтра?")
    alert: Shown = await world.bob.sees("Olga", "Чи є місце на завтра?")
    assert alert.protected
    await world.bob.presses("✉️ Reply", on=alert)
    await world.bob.sees("What shall I send")
    await world.bob.says("Так, о 15:00 <чекаємо>")
    await world.olga.sees("Так, о 15:00 <чекаємо>")
    await world.bob.sees("Sent to")
    await world.bob.sees("Чи є місце на завтра?", "Bob answered")
    # Telegram's own reply works as well, without any button.
    await world.olga.says("Дякую!")
    again = await world.bob.sees("Дякую!")
    await world.bob.says("До зустрічі", reply_to=again.id)
    await world.olga.sees("До зустрічі")


async def test_find_card_tag_remind_done(world: World) -> None:
    """The story of the issue: found, tagged, reminded tomorrow, closed; the customer hears each."""
    await world.bob.starts()
    await world.bob.sees("Bob")
    await world.olga.starts()
    await world.olga.sees()
    number = await _agreed(world, world.olga)
    await world.bob.says("olga")
    card = await world.bob.sees("Olga", f"№{number}")
    assert card.protected
    await world.bob.says("vip опт", reply_to=card.id)
    await world.olga.sees("vip опт")
    await world.bob.says(f"/tag {number} vip опт")
    await world.bob.sees("#vip", "#опт")
    await world.bob.says(f"/remind {number} завтра о 15:00 Чекаємо на вас!")
    shown = await world.bob.sees("Чекаємо на вас!", "15:00", "Europe/Kyiv")
    await world.bob.presses("✅ Send then", on=shown)
    await world.bob.sees("will be reminded")
    world.clock.move(timedelta(days=1, hours=6))
    await world.olga.sees("🔔 Чекаємо на вас!")
