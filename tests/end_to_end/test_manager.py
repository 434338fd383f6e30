"""The manager's day, end to end: the real bot, met only over HTTP."""

from __future__ import annotations

from datetime import timedelta

from simulator.client import Person, Shown
from storage import contacts
from storage.engine import Tx
from tests.end_to_end.conftest import World, Worlds


async def _agreed(world: World, person: Person, **fields: object) -> int:
    """Gives the person a card with a name, as if they had agreed; returns its number."""

    async def unit(tx: Tx) -> int:
        contact = await contacts.by_telegram_id(tx, person.id)
        if contact is None:
            contact = await contacts.create(tx, telegram_id=person.id, language="uk", now=world.clock.now())
        values = {"name": person.name, "consent_version": "2026-11", **fields}
        await contacts.change(tx, contact.id, now=world.clock.now(), **values)
        return contact.id

    return await world.bot.database.write(unit)


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
    card = await world.bob.sees("Olga", f"№ {number}")
    assert card.protected
    await world.bob.says("vip опт", reply_to=card.id)
    await world.olga.sees("vip опт")
    await world.bob.says(f"/tag {number} vip опт")
    await world.bob.sees("#vip", "#опт")
    await world.bob.says(f"/remind {number} завтра о 15:00 Чекаємо на вас!")
    shown = await world.bob.sees("Чекаємо на вас!", "15:00", "(Kyiv)")
    await world.bob.presses("✅ Send then", on=shown)
    await world.bob.sees("will be reminded")
    world.clock.move(timedelta(days=1, hours=6))
    await world.olga.sees("🔔 Чекаємо на вас!")


async def test_a_blocked_customer_is_told_of_to_the_manager(world: World) -> None:
    """What could not be brought is not silently lost."""
    await world.bob.starts()
    await world.bob.sees("Bob")
    await world.olga.starts()
    await world.olga.sees()
    await _agreed(world, world.olga)
    await world.olga.says("Передзвоніть")
    alert = await world.bob.sees("Передзвоніть")
    await world.desk.ask("POST", "faults", {"kind": "blocked", "method": "sendMessage", "chat": world.olga.id})
    await world.bob.says("Так", reply_to=alert.id)
    await world.bob.sees("did not get your message")


async def test_the_team_s_group_takes_finds_and_answers(worlds: Worlds) -> None:
    """In the group: the alert, one winner, commands for the team, silence to other bots' commands and outsiders."""
    async with worlds(group=True) as world:
        assert world.team is not None
        await world.olga.starts()
        await world.olga.sees()
        number = await _agreed(world, world.olga)
        await world.olga.says("Добрий день!")
        alert = await world.team.sees("Добрий день!")
        bob, alice = world.bob_in_team, world.alice.at(world.team)
        await bob.says("Вітаю!", reply_to=alert.id)
        await world.olga.sees("Вітаю!")
        await alice.says(f"/note {number} любить ранок")
        await world.team.sees("Noted")
        await alice.says("/queue@other_bot")
        await alice.says("просто розмова")
        await world.team.sees_nothing("queue", within=0.3)


async def test_who_is_chosen_inline_leaves_only_a_link(world: World) -> None:
    """For the team alone; the link opens the card for the team and nothing for others."""
    await world.bob.starts()
    await world.bob.sees("Bob")
    await world.olga.starts()
    await world.olga.sees()
    number = await _agreed(world, world.olga)
    found = await world.bob.searches("olg")
    assert [one["title"] for one in found["results"]] == ["Olga"]
    assert "Olga" not in str(found["results"][0]["input_message_content"])
    assert (await world.taras.searches("olg"))["results"] == []
    await world.bob.starts(f"card_{number}")
    assert (await world.bob.sees("Olga", f"№ {number}")).protected
    await world.taras.starts(f"card_{number}")
    await world.taras.sees()
    assert "Olga" not in await world.taras.transcript()


async def test_a_walk_in_is_added_and_known_the_next_time(world: World) -> None:
    """/add asks what it does not know; the same phone offers the card there is."""
    await world.bob.starts()
    await world.bob.sees("Bob")
    await world.bob.says("/add Марія Гончар 050 777 11 22")
    await world.bob.presses("Skip", on=await world.bob.sees("e-mail?"))
    await world.bob.presses("Called", on=await world.bob.sees("come from"))
    await world.bob.says("Хоче у суботу")
    await world.bob.presses("✅ Yes, agreed", on=await world.bob.sees("Марія Гончар", "Did the person agree"))
    await world.bob.sees("Марія Гончар", "Not on Telegram yet", "Хоче у суботу")
    await world.bob.says("/add Марія +380507771122")
    twin = await world.bob.sees("somebody we know", "Марія Гончар")
    await world.bob.presses("It is them: open the card", on=twin)
    await world.bob.sees("Not on Telegram yet")


async def test_a_task_rings_and_is_put_off(world: World) -> None:
    """What one promised oneself comes when it is due, again an hour later, and no more once it is done."""
    await world.bob.starts()
    await world.bob.sees("Bob")
    await world.bob.says("/task завтра о 15:00 зателефонувати постачальнику")
    await world.bob.sees("I will remind you", "зателефонувати постачальнику")
    world.clock.move(timedelta(days=1, hours=4))
    rings = await world.bob.sees("Time for a task", "зателефонувати постачальнику")
    await world.bob.presses("+1 h", on=rings)
    world.clock.move(timedelta(hours=1, minutes=1))
    again = await world.bob.sees("Time for a task")
    await world.bob.presses("✅ Done", on=again)
    await world.bob.says("/tasks")
    await world.bob.sees("no tasks")
