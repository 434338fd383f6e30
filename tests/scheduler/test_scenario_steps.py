"""Scenarios of several steps: waits, branches on what the person did, goals, surveys on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from services import pressing
from storage import contacts, journeys, tables
from storage.engine import Database, Tx
from tests.clocks import NOON
from tests.scheduler.living import DAY, HOUR, Living
from tests.scheduler.test_scenario_round import person
from tests.storage.makers import make_purchase

WAY = """
[[scenario]]
id = "way"
trigger = "tag:new"
purpose = "service"
goal = "purchase within 30d"

  [[scenario.step]]
  text = { ru = "1", uk = "Перше", en = "1" }
  button = [{ call = true }]
  next = "pressed within 3d ? thanks : remind"

  [[scenario.step]]
  id = "thanks"
  text = { ru = "2", uk = "Дякуємо", en = "2" }
  next = "end"

  [[scenario.step]]
  id = "remind"
  wait = "1d"
  hour = "15:00"
  text = { ru = "3", uk = "Нагадуємо", en = "3" }
"""


async def begun(database: Database, written: str = WAY, **columns: Any) -> tuple[Living, int]:
    """Oksana has just begun, and has the first message."""
    living = Living(database, written)
    await living.tick()
    oksana = await person(database, **columns)
    living.clock.move(timedelta(minutes=5))
    now = living.clock.now()

    async def unit(tx: Tx) -> None:
        await tx.run(insert(tables.tags).values(id=1, name="new", key="new"))
        await tx.run(insert(tables.contact_tags).values(contact_id=oksana, tag_id=1, at=now - timedelta(minutes=1)))

    await database.write(unit)
    await living.live(12 * timedelta(minutes=1), step=timedelta(minutes=6))
    return living, oksana


async def press(living: Living, oksana: int) -> None:
    (way,) = await living.rows("journeys")
    now = living.clock.now()

    async def unit(tx: Tx) -> None:
        await pressing.note(tx, key=journeys.key(way.id, 0), button="call", contact_id=oksana, now=now)
        journeys.wake(tx, way.id, now=now)

    await living.database.write(unit)


def said(living: Living) -> list[str]:
    return [one.text for one in living.arrived]


async def way_of(living: Living) -> Any:
    (way,) = await living.rows("journeys")
    return way


async def test_who_presses_is_thanked_at_once_and_not_reminded(database: Database) -> None:
    living, oksana = await begun(database)
    assert said(living) == ["Перше"]
    living.clock.move(DAY)
    await press(living, oksana)
    await living.tick()
    assert said(living) == ["Перше", "Дякуємо"]
    await living.live(8 * DAY, step=DAY)
    assert said(living) == ["Перше", "Дякуємо"]
    assert ((await way_of(living)).state, (await way_of(living)).sent) == ("done", 2)


async def test_who_does_not_is_reminded_after_the_wait_at_the_hour(database: Database) -> None:
    living, _ = await begun(database)
    assert await living.live(3 * DAY, step=DAY) == []
    (reminder,) = await living.live(3 * DAY, step=3 * HOUR)
    assert reminder.text == "Нагадуємо"
    # Three days to press, one to wait, then three in the afternoon in Kyiv.
    assert NOON + 4 * DAY + 3 * HOUR <= reminder.at <= NOON + 4 * DAY + 6 * HOUR + 12 * timedelta(minutes=1)


async def test_a_press_after_the_time_for_it_leads_nowhere_else(database: Database) -> None:
    living, oksana = await begun(database)
    await living.live(4 * DAY, step=DAY)
    await press(living, oksana)
    await living.live(3 * DAY, step=6 * HOUR)
    assert said(living) == ["Перше", "Нагадуємо"]


async def test_who_reaches_the_goal_hears_no_more(database: Database) -> None:
    living, oksana = await begun(database)
    await make_purchase(database, oksana, at=living.clock.now() + HOUR)
    await living.live(6 * DAY, step=12 * HOUR)
    assert said(living) == ["Перше"]
    assert ((await way_of(living)).state, (await way_of(living)).reason) == ("goal", "purchase")


async def test_steps_that_are_rewritten_are_those_that_follow(database: Database) -> None:
    living, _ = await begun(database)
    living.change(WAY.replace("within 3d ?", "within 1d ?").replace("Нагадуємо", "По-новому"))
    await living.live(3 * DAY, step=6 * HOUR)
    assert said(living) == ["Перше", "По-новому"]


async def test_who_can_no_longer_be_reached_is_let_go(database: Database) -> None:
    living, oksana = await begun(database)
    await database.write(lambda tx: contacts.change(tx, oksana, reachable=False, now=NOON))
    await living.live(6 * DAY, step=DAY)
    assert ((await way_of(living)).state, (await way_of(living)).reason) == ("spared", "unreachable")


ASKED = """
[[scenario]]
id = "way"
trigger = "tag:new"
purpose = "service"

  [[scenario.step]]
  survey = "nps"
  next = "answered within 2d ? offer : sorry"

  [[scenario.step]]
  id = "offer"
  text = { ru = "1", uk = "Пропозиція", en = "1" }
  next = "end"

  [[scenario.step]]
  id = "sorry"
  text = { ru = "2", uk = "Не турбуємо", en = "2" }
"""


async def test_a_survey_is_a_step_and_its_answer_leads_on(database: Database) -> None:
    living, oksana = await begun(database, ASKED, requests=1)
    (asked,) = [row for row in await living.rows("outbox") if row.key.startswith("survey:nps:s")]
    assert asked.state == "sent"
    now = living.clock.now() + HOUR
    await database.write(
        lambda tx: tx.run(
            insert(tables.survey_answers).values(
                key=asked.key, survey_id="nps", kind="nps", contact_id=oksana, score=9, asked_at=now, scored_at=now
            )
        )
    )
    living.clock.move(2 * HOUR)
    await living.live(HOUR, step=HOUR / 2)
    assert said(living)[-1] == "Пропозиція"


async def test_who_may_not_be_surveyed_now_goes_on_as_without_an_answer(database: Database) -> None:
    living, _ = await begun(database, ASKED)  # the salon surveys those who left a request, and Oksana did not
    await living.live(HOUR, step=HOUR / 2)
    assert said(living) == ["Не турбуємо"]
