"""The main job, told once from end to end: a request left, taken, found, tagged, reminded of, closed and rated.

What a newcomer does at the demo's page, by the control API: every step waits for what its person would see.
"""

from __future__ import annotations

from datetime import timedelta

from simulator.client import Person
from storage import contacts, requests, tags
from tests.end_to_end.conftest import World, Worlds


async def leave_a_request(olga: Person) -> None:
    """The salon's booking, with a voice message thrown in, a step back, and a pause in the middle."""
    await olga.starts("ads_spring")
    await olga.presses("Записатися", on=await olga.sees("Вітаємо"))
    await olga.presses("Фарбування", on=await olga.sees("1 з 6", "Що робитимемо?"))
    await olga.sees("2 з 7", "довжина волосся")
    await olga.sends("voice")
    again = await olga.sees("Голосове тут нікому послухати", "довжина волосся")
    await olga.presses("‹ Назад", on=again)
    await olga.presses("✅ Фарбування", on=await olga.sees("Зараз обрано: Фарбування"))
    await olga.sees("довжина волосся")
    await olga.says("/cancel")
    await olga.sees("Відповіді зберегли")
    await olga.starts()
    await olga.presses("Продовжити", on=await olga.sees("Ви не закінчили", "2 з 7"))
    await olga.presses("Довге", on=await olga.sees("2 з 7", "довжина волосся"))
    await olga.presses("Марта", on=await olga.sees("3 з 7", "До якого майстра?"))
    await olga.sees("4 з 7", "Коли вам зручно?")
    await olga.says("у п'ятницю о пів на шосту")
    await olga.presses("Погоджуюся, продовжити", on=await olga.sees("Коли: пт", "17:30", "потрібні ім’я та телефон"))
    await olga.presses("Так, усе правильно", on=await olga.sees("Записуємо: Olga"))
    await olga.sees("Ваш телефон?")
    await olga.shares_contact()
    await olga.presses("Пропустити ›", on=await olga.sees("7 з 7", "Що ще нам врахувати?"))
    await olga.presses("✅ Надіслати", on=await olga.sees("Ім’я: Olga", "Марта", "+380 50 111 2233"))
    await olga.sees("Дякуємо", "№ 1")


async def take_find_and_tag(world: World) -> int:
    """In the team's group Bob is the one who takes it; alone with the bot he finds her by the end of her phone."""
    assert world.team is not None
    card = await world.team.sees("Olga", "Марта", "✋ Взяти")
    assert card.protected
    assert await world.bob_in_team.toast("✋ Взяти", on=card) == "It is yours"
    taken = await world.team.sees("У роботі: Bob")
    assert taken.id == card.id
    assert "✋ Взяти" not in taken.buttons
    await world.olga.sees("у роботі")
    await world.bob.says("22 33")
    found = await world.bob.sees("👤 Olga", "#visit")
    await world.bob.presses("🏷 Tags", on=found)
    await world.bob.presses("➕ Another tag", on=await world.bob.sees("✅ visit"))
    await world.bob.sees("Write tags")
    await world.bob.says("vip")
    await world.bob.sees("#vip")
    return found.id


async def remind(world: World, card: int) -> None:
    """Tomorrow at three, shown by the customer's clock before it is planned; it comes then, and not before."""
    await world.bob.says("/card", reply_to=card)
    await world.bob.presses("🔔 Remind", on=await world.bob.sees("👤 Olga", "#vip"))
    await world.bob.sees("When shall Olga be reminded?")
    await world.bob.says("tomorrow at 15")
    await world.bob.sees("15:00", "What shall I write to Olga?")
    await world.bob.says("Чекаємо на вас у п'ятницю!")
    plan = await world.bob.sees("Чекаємо на вас у п'ятницю!", "15:00", "(Kyiv)")
    await world.bob.presses("✅ Send then", on=plan)
    await world.bob.sees("Olga will be reminded")
    await world.olga.sees_nothing("🔔", within=0.2)
    world.clock.move(timedelta(days=1, hours=6))
    await world.olga.sees("🔔 Чекаємо на вас у п'ятницю!")


async def close_and_rate(world: World) -> None:
    """Done; two hours later, by daylight, she is asked, gives one star and says why; Bob hears of both and answers."""
    assert world.team is not None
    await world.bob_in_team.presses("✅ Готово")
    await world.olga.sees("виконано")
    world.clock.move(timedelta(hours=18))
    await world.olga.presses("1 ⭐", on=await world.olga.sees("Як пройшов візит?", "5 ⭐"))
    rated = await world.olga.sees("★☆☆☆☆ 1 з 5", "Що нам виправити?")
    assert "Чекаємо на вас знову" not in rated.text
    alert = await world.bob.sees("A low rating", "★☆☆☆☆ 1 out of 5", "Olga")
    assert alert.protected
    await world.olga.says("Довго чекала")
    await world.olga.sees("Дякуємо, передали!")
    await world.bob.says("Пробачте! Наступний візит — за наш рахунок.", reply_to=alert.id)
    await world.olga.sees("Пробачте! Наступний візит — за наш рахунок.")


async def test_a_request_is_left_taken_found_tagged_reminded_of_closed_and_rated(worlds: Worlds) -> None:
    """The whole main job through the real bot; at its end the base holds what was done, and nothing twice."""
    async with worlds(group=True) as world:
        for one in (world.alice, world.bob):
            await one.starts()
            await one.sees()
        await leave_a_request(world.olga)
        await remind(world, await take_find_and_tag(world))
        await close_and_rate(world)
        async with world.bot.database.read() as db:
            contact = await contacts.by_telegram_id(db, world.olga.id)
            assert contact is not None
            (request,) = await requests.of_contact(db, contact.id)
            assert {tag.name for tag in await tags.of_contact(db, contact.id)} == {"visit", "vip"}
        assert (contact.name, contact.source_first, contact.open_requests) == ("Olga", "ads_spring", 0)
        assert request.stage == "done"
        said = [one.text for one in await world.olga.messages() if one.out]
        assert len([text for text in said if text.startswith("🔔")]) == 1
