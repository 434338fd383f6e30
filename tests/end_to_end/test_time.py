"""Time, end to end: what was planned comes when the clock says so, to the right people, and not at night."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from crm.purposes import Purpose
from services import speaking, surveying
from storage import contacts, requests, tables, tasks
from storage.contacts import Contact
from storage.engine import Tx
from tests.end_to_end.conftest import World, Worlds
from views.messages import Say, Screen


async def meet_olga(world: World) -> Contact:
    """Olga has written to the bot and agreed to be known; Bob and Alice have started it."""
    await world.olga.says("/start")
    await world.olga.sees()
    for one in (world.alice, world.bob):
        await one.says("/start")
        await one.sees()
    await world.desk.settled()

    async def unit(tx: Tx) -> Contact:
        contact = await contacts.by_telegram_id(tx, world.olga.id)
        assert contact is not None
        version = world.bot.place.playbooks.current.business.consent_version
        await contacts.change(tx, contact.id, consent_version=version, name="Ольга", requests=1, now=world.clock.now())
        found = await contacts.get(tx, contact.id)
        assert found is not None
        return found

    return await world.bot.database.write(unit)


async def finish_request(world: World, contact: Contact) -> int:
    """A request of Olga's that Bob has just done."""

    async def unit(tx: Tx) -> int:
        now = world.clock.now()
        request = await requests.create(tx, contact.id, title="Записатися", answers=[], now=now)
        await requests.move(tx, request.id, from_stages=("new",), to="done", closed_at=now)
        await surveying.after_event(
            tx,
            world.bot.place,
            event="request_done",
            contact_id=contact.id,
            request_id=request.id,
            staff_id=None,
            now=now,
        )
        return request.id

    return await world.bot.database.write(unit)


async def say(world: World, contact: Contact, text: str, *, after: timedelta, of_use: timedelta | None = None) -> None:
    """A reminder to Olga."""
    due = world.clock.now() + after
    reminder = Say(
        Screen(text),
        chat_id=world.olga.id,
        key=f"reminder:{text}",
        purpose=Purpose.SERVICE,
        due_at=due,
        valid_until=due + of_use if of_use else None,
        contact_id=contact.id,
    )

    async def unit(tx: Tx) -> None:
        speaking.say(tx, reminder, now=world.clock.now())

    await world.bot.database.write(unit)
    world.bot.delivery.wake()


async def rows(world: World, table: Any) -> list[Any]:
    async with world.bot.database.read() as reads:
        return list(await reads.all(select(table)))


async def test_a_reminder_of_tomorrow_comes_tomorrow(world: World) -> None:
    olga = await meet_olga(world)
    await say(world, olga, "Завтра о 12:00", after=timedelta(days=1))
    await world.olga.sees_nothing("Завтра о 12:00", within=0.3)
    world.clock.move(timedelta(days=1))
    await world.olga.sees("Завтра о 12:00")


async def test_what_is_due_at_night_waits_for_the_morning_unless_it_is_of_no_use_then(world: World) -> None:
    olga = await meet_olga(world)
    night = timedelta(hours=11)  # eleven in the evening in Kyiv
    await say(world, olga, "Візит за тиждень", after=night)
    await say(world, olga, "Візит о 7:00", after=night, of_use=timedelta(hours=8))
    world.clock.move(night + timedelta(seconds=1))
    await world.olga.sees("Візит о 7:00")
    await world.olga.sees_nothing("Візит за тиждень", within=0.3)
    world.clock.move(timedelta(hours=10))
    await world.olga.sees("Візит за тиждень")


async def test_a_visit_is_rated_and_a_low_rating_is_heard_at_once(world: World) -> None:
    olga = await meet_olga(world)
    await finish_request(world, olga)
    world.clock.move(timedelta(hours=2, seconds=1))
    asked = await world.olga.sees("5 ⭐")
    await world.olga.presses("2 ⭐")
    rated = await world.olga.sees("★★☆☆☆", "Шкода")
    assert rated.id == asked.id
    alert = await world.bob.sees("Ольга", "2")
    assert alert.protected
    await world.olga.says("Довго чекала")
    await world.bob.sees("Довго чекала")
    await world.olga.sees("Дякуємо")
    [answer] = await rows(world, tables.survey_answers)
    assert (answer.score, answer.comment, answer.kind) == (2, "Довго чекала", "csat")
    [task] = await rows(world, tables.tasks)
    assert task.contact_id == olga.id
    assert [row.last_survey_at is not None for row in await rows(world, tables.contacts) if row.id == olga.id] == [True]


async def test_a_change_of_mind_keeps_the_last_score_and_tells_where_it_was_told(world: World) -> None:
    olga = await meet_olga(world)
    await finish_request(world, olga)
    world.clock.move(timedelta(hours=2, seconds=1))
    await world.olga.sees("5 ⭐")
    await world.olga.presses("1 ⭐")
    await world.olga.sees("★☆☆☆☆")
    told = await world.bob.sees("Ольга", "★☆☆☆☆")
    await world.olga.presses("Змінити оцінку")
    await world.olga.sees("4 ⭐")
    await world.olga.presses("4 ⭐")
    await world.olga.sees("★★★★☆")
    changed = await world.bob.sees("★★★★☆")
    assert changed.id == told.id
    assert [answer.score for answer in await rows(world, tables.survey_answers)] == [4]


async def test_words_long_after_a_score_are_words_to_the_team(world: World) -> None:
    olga = await meet_olga(world)
    await finish_request(world, olga)
    world.clock.move(timedelta(hours=2, seconds=1))
    await world.olga.sees("5 ⭐")
    await world.olga.presses("5 ⭐")
    await world.olga.sees("★★★★★")
    world.clock.move(timedelta(hours=1))
    await world.olga.says("Хочу ще раз у п'ятницю")
    await world.bob.sees("Хочу ще раз у п'ятницю")
    assert [answer.comment for answer in await rows(world, tables.survey_answers)] == [None]


async def test_a_survey_is_not_put_about_what_was_reopened(world: World) -> None:
    olga = await meet_olga(world)
    request_id = await finish_request(world, olga)

    async def reopen(tx: Tx) -> None:
        await requests.move(tx, request_id, from_stages=("done",), to="taken")

    await world.bot.database.write(reopen)
    world.clock.move(timedelta(hours=2, seconds=1))
    await world.olga.sees_nothing("5 ⭐", within=0.5)


async def test_a_foreign_or_forged_survey_button_changes_nothing(world: World) -> None:
    olga = await meet_olga(world)
    await finish_request(world, olga)
    world.clock.move(timedelta(hours=2, seconds=1))
    asked = await world.olga.sees("5 ⭐")
    data = asked.data("5 ⭐")
    await world.taras.says("/start")
    await world.taras.sees()
    for forged in (data, data[:-1] + "9", "rate:visit:999:5", "rate::5", "rate:", "rerate:x", "inwords:", "nowords:1"):
        await world.desk.inject(
            {
                "callback_query": {
                    "id": forged[:20],
                    "from": {"id": world.taras.id, "is_bot": False, "first_name": "Taras"},
                    "chat_instance": "1",
                    "data": forged,
                }
            }
        )
    await world.desk.settled()
    assert await rows(world, tables.survey_answers) == []


async def test_the_calendar_asks_how_likely_one_is_to_recommend(worlds: Worlds) -> None:
    async with worlds() as world:
        await meet_olga(world)
        await world.bot.ticks.run_all()
        world.clock.move(timedelta(days=38, seconds=5))  # noon of the first of January in Kyiv
        asked = await world.olga.sees("10")
        assert [len(row) for row in asked.rows] == [6, 5]
        await world.olga.presses("3")
        await world.olga.sees("3 з 10", "Що нам варто змінити?")
        await world.bob.sees("Ольга", "3")


async def test_a_low_rating_is_somebodys_task_that_rings_in_the_morning(world: World) -> None:
    olga = await meet_olga(world)
    await finish_request(world, olga)
    world.clock.move(timedelta(hours=2, seconds=1))
    await world.olga.sees("5 ⭐")
    await world.olga.presses("1 ⭐")
    await world.olga.sees("★☆☆☆☆")
    [owner] = [row for row in await rows(world, tables.staff) if row.role == "owner"]
    async with world.bot.database.read() as reads:
        [task] = await tasks.open_ones(reads, owner.id, limit=5)
    assert task.due_at.astimezone(world.bot.place.timezone).hour == 10
    world.clock.move_to(task.due_at + timedelta(seconds=1))
    await world.alice.sees("⏰", "Ольга", "1 out of 5")


async def test_a_rating_in_mid_form_keeps_the_question_and_offers_to_add_words(world: World) -> None:
    olga = await meet_olga(world)
    await finish_request(world, olga)
    world.clock.move(timedelta(hours=2, seconds=1))
    await world.olga.sees("5 ⭐")
    await world.olga.says("/start form_gift")
    await world.olga.sees()
    await world.desk.settled()
    async with world.bot.database.read() as reads:
        before = await reads.first(select(tables.conversations).where(tables.conversations.c.user_id == world.olga.id))
    await world.olga.presses("5 ⭐")
    await world.olga.sees("★★★★★", "Додати кілька слів")
    async with world.bot.database.read() as reads:
        after = await reads.first(select(tables.conversations).where(tables.conversations.c.user_id == world.olga.id))
    assert (after.flow, after.state) == (before.flow, before.state)
    assert before.flow == "form"


async def test_who_has_nothing_to_add_says_so_and_what_is_no_words_still_arrives(world: World) -> None:
    olga = await meet_olga(world)
    await finish_request(world, olga)
    world.clock.move(timedelta(hours=2, seconds=1))
    await world.olga.sees("5 ⭐")
    await world.olga.presses("4 ⭐")
    await world.olga.sees("Без коментаря")
    await world.olga.sends("sticker")
    await world.bob.sees("Ольга")
    await world.olga.presses("Без коментаря")
    shown = await world.olga.sees("★★★★☆")
    assert "Без коментаря" not in shown.buttons
    await world.olga.says("Ще питання")
    await world.bob.sees("Ще питання")
    assert [answer.comment for answer in await rows(world, tables.survey_answers)] == [None]
