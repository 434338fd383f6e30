"""Planning: what a command says is read, what it lacks is asked, and nothing leaves at a time nobody meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services import planning, speaking
from services.planning import Draft
from services.refusals import Refused
from storage import outbox, staff, tasks
from storage.engine import Database, Tx
from storage.staff import Member
from storage.tasks import Task
from tests.clocks import NOON
from tests.places import make_place
from tests.storage.makers import make_contact, make_staff
from views.messages import Screen

KYIV = ZoneInfo("Europe/Kyiv")
PLACE = make_place()


def begun(said: str, *, zone: ZoneInfo = KYIV) -> Draft:
    return planning.begin(PLACE, Draft("task", None), said, now=NOON, zone=zone, language="ru")


def test_time_and_text_in_one_line_are_a_whole_draft() -> None:
    """«завтра в 15 позвонить Анне» is 15:00 of tomorrow on the clock it was said by, and the rest."""
    draft = begun("завтра в 15 позвонить Анне")
    assert draft.is_whole
    assert draft.moment == datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
    assert draft.text == "позвонить Анне"
    assert begun("завтра в 15 позвонить Анне", zone=ZoneInfo("Asia/Almaty")).moment == datetime(
        2026, 11, 25, 10, 0, tzinfo=UTC
    )


def test_a_day_without_a_time_asks_for_the_time() -> None:
    """The day and the words are kept; a button or words complete them."""
    draft = begun("в пятницу позвонить Анне")
    assert draft.half == ("time", "2026-11-27", None)
    pressed = planning.choose_clock(draft, "10:00", now=NOON, zone=KYIV)
    typed = planning.add_time(PLACE, draft, "в 10:00", now=NOON, zone=KYIV, language="ru")
    assert pressed.moment == typed.moment == datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    assert pressed.text == "позвонить Анне"


def test_a_text_without_a_time_asks_for_the_time() -> None:
    """Words are never taken for a time they do not say."""
    draft = begun("позвонить Анне")
    assert (draft.at, draft.half, draft.choices, draft.text) == (None, None, (), "позвонить Анне")


def test_a_doubtful_time_is_asked_about_not_guessed() -> None:
    """«завтра в 8» is the morning or the evening."""
    draft = begun("завтра в 8 позвонить")
    assert len(draft.choices) == 2
    assert {planning.choose(draft, place, now=NOON).moment for place in (0, 1)} == {
        datetime(2026, 11, 25, 6, 0, tzinfo=UTC),
        datetime(2026, 11, 25, 18, 0, tzinfo=UTC),
    }
    with pytest.raises(Refused):
        planning.choose(draft, 2, now=NOON)


def test_what_has_passed_is_said_to_have_passed() -> None:
    """No task is due before it was made."""
    assert begun("вчера в 15 позвонить").at is None
    asked = planning.add_time(PLACE, Draft("task", None, text="x"), "вчера в 15:00", now=NOON, zone=KYIV, language="ru")
    assert asked.problem == "date-past"


def test_a_draft_survives_the_conversation_s_row() -> None:
    """JSON and back, whatever is known of it."""
    for said in ("завтра в 15 позвонить", "в пятницу", "завтра в 8 кофе", "позвонить"):
        draft = begun(said)
        assert Draft.from_json(draft.to_json()) == draft


async def _bob(database: Database) -> Member:
    number = await make_staff(database, name="Bob")
    async with database.read() as db:
        found = await staff.get(db, number)
    assert found is not None
    return found


async def _task(database: Database, bob: Member) -> Task:
    draft = Draft("task", None, text="call", at=(NOON + timedelta(hours=2)).isoformat())

    async def unit(tx: Tx) -> Task:
        task = await planning.keep_task(tx, bob, draft, now=NOON, zone=KYIV)
        speaking.say(tx, planning.ringing(bob, task, Screen("call")), now=NOON)
        return task

    return await database.write(unit)


async def _states(database: Database, task: Task) -> str | None:
    async with database.read() as db:
        row = await outbox.by_key(db, f"task:{task.id}:{task.due_at:%Y%m%d%H%M%S}")
    return None if row is None else str(row.state)


async def test_a_task_that_is_done_rings_no_more(database: Database) -> None:
    """The row that was to remind of it is taken back; done twice is refused."""
    bob = await _bob(database)
    task = await _task(database, bob)
    assert await _states(database, task) == "pending"
    await database.write(lambda tx: planning.finish_task(tx, bob, task.id, now=NOON, zone=KYIV))
    assert await _states(database, task) == "cancelled"
    with pytest.raises(Refused) as refusal:
        await database.write(lambda tx: planning.finish_task(tx, bob, task.id, now=NOON, zone=KYIV))
    assert refusal.value.key == "refused-task-done"


async def test_tomorrow_is_tomorrow_s_hour_of_reminders_where_one_is(database: Database) -> None:
    """Not in twenty-four hours: at ten in the morning on one's own clock."""
    bob = await _bob(database)
    task = await _task(database, bob)
    evening = NOON + timedelta(hours=10)
    moved = await database.write(
        lambda tx: planning.put_off(tx, PLACE, bob, task.id, "day", now=evening, zone=ZoneInfo("Asia/Almaty"))
    )
    assert moved.due_at == datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
    assert await _states(database, task) is None
    async with database.read() as db:
        kept = await tasks.get(db, task.id)
    assert kept is not None
    assert kept.due_at == moved.due_at


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ({"telegram_id": None}, "refused-write-telegram"),
        ({"reachable": False}, "refused-write-blocked"),
        ({"spam_at": NOON}, "refused-write-spam"),
    ],
)
async def test_nobody_is_reminded_who_cannot_be_written_to(
    database: Database, columns: dict[str, Any], key: str
) -> None:
    """The manager hears why at once, not when the day has come."""
    bob = await _bob(database)
    olga = await make_contact(database, **columns)
    draft = Draft("remind", olga, text="visit", at=(NOON + timedelta(hours=2)).isoformat())
    with pytest.raises(Refused) as refusal:
        await database.write(lambda tx: planning.plan_reminder(tx, PLACE, bob, draft, key="k", chat_id=1, now=NOON))
    assert refusal.value.key == key
