"""Tasks as the team keeps them: said back as understood, put off, handed over, and back again when they repeat.

Bob's clock is the business's, in Kyiv; it is noon of Tuesday, 24 November 2026."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services import handing_over, speaking
from storage import staff
from storage.engine import Tx
from tests.clocks import NOON
from tests.handlers.staff.rooms import ALICE, BOB, CHARLIE, Room, buttons
from tests.storage.makers import make_contact, make_staff, make_task


async def task(room: Room, **where: Any) -> Any:
    return await room.row("tasks", **where)


async def ringing(room: Room, task_id: int) -> list[Any]:
    """What waits to ring for a task, by when it is due."""
    rows = [row for row in await room.rows("outbox", state="pending") if row.key.startswith(f"task:{task_id}:")]
    return sorted(rows, key=lambda row: row.due_at)


async def test_a_repeating_task_is_said_back_as_it_was_understood(room: Room) -> None:
    """With its first day, and what becomes of the 31st."""
    said = (await room.bob.says("/task каждый месяц 31-го в 10:00 pay the rent"))[0]["text"]
    assert "Mon, 30 Nov, 10:00" in said
    assert "every month, on day 31 at 10:00 (the last day of a month that has no such day)" in said
    assert "pay the rent" in said
    kept = await task(room)
    assert kept.repeat == "1m:31@10:00/2026-11-30"
    assert [row.due_at for row in await ringing(room, kept.id)] == [datetime(2026, 11, 30, 8, tzinfo=UTC)]


async def test_a_repeating_task_that_is_done_comes_back_by_its_rule(room: Room) -> None:
    """Done once is once: the second press of the same button finishes nothing of the next."""
    await room.bob.says("/task every 2 weeks on friday at 15:00 report")
    first = await task(room)
    assert first.due_at == datetime(2026, 11, 27, 13, tzinfo=UTC)
    room.office.clock.move_to(datetime(2026, 11, 30, 9, tzinfo=UTC))
    await room.bob.presses(f"tdone:{first.id}")
    await room.bob.presses(f"tdone:{first.id}")
    following = await task(room, done_at=None)
    assert following.due_at == datetime(2026, 12, 11, 13, tzinfo=UTC)
    assert len(await room.rows("tasks")) == 2
    assert [row.due_at for row in await ringing(room, following.id)] == [following.due_at]
    await room.bob.presses(f"tstop:{following.id}")
    await room.bob.presses(f"tdone:{following.id}")
    assert not [row for row in await room.rows("tasks") if row.done_at is None]


async def test_a_rule_without_its_time_asks_for_the_time(room: Room) -> None:
    """The day it would begin on is named; the time may be pressed."""
    (asked,) = await room.bob.says("/task каждый понедельник call the supplier")
    assert "Mon, 30 Nov" in asked["text"]
    await room.bob.presses("pclock:10:00")
    kept = await task(room)
    assert (kept.repeat, kept.text) == ("1w:0@10:00/2026-11-30", "call the supplier")
    (listed,) = await room.bob.says("/tasks")
    assert "🔁 Mon, 30 Nov, 10:00" in listed["text"]
    assert f"tsk:{kept.id}" in buttons(listed)


async def test_a_time_that_has_passed_today_begins_a_daily_task_tomorrow(room: Room) -> None:
    """It is no mistake: the next one is meant."""
    await room.bob.says("/task every day check the till")
    await room.bob.presses("pclock:09:00")
    assert (await task(room)).due_at == datetime(2026, 11, 25, 7, tzinfo=UTC)


async def test_every_other_day_is_one_of_the_meanings_that_are_offered(room: Room) -> None:
    """«Через день» is tomorrow to some, the day after to others, and every other day to the rest."""
    (asked,) = await room.bob.says("/task через день в 9:00 позвонить")
    labels = [button["text"] for row in asked["buttons"] for button in row]
    assert labels[:3] == ["Wed, 25 Nov, 09:00", "Thu, 26 Nov, 09:00", "every 2 days"]
    await room.bob.presses("pwhich:2")
    assert (await task(room)).repeat == "2d@09:00/2026-11-25"


async def test_a_far_season_asks_for_its_time_and_finds_whom_it_is_about_by_words(room: Room) -> None:
    """«Весной перезвонить женщине про ипотеку»: the first of March, and the woman found by her name."""
    (asked,) = await room.bob.says("/task весной перезвонить про ипотеку")
    assert "Mon, 1 Mar" in asked["text"]
    await room.bob.presses("pclock:10:00")
    kept = await task(room)
    assert (kept.due_at, kept.contact_id) == (datetime(2027, 3, 1, 8, tzinfo=UTC), None)
    (page,) = await room.bob.presses(f"tsk:{kept.id}")
    assert f"twho:{kept.id}" in buttons(page)
    await room.bob.presses(f"twho:{kept.id}")
    (found,) = await room.bob.says("koval")
    assert f"twhois:{kept.id}:{room.olga}" in buttons(found)
    await room.bob.presses(f"twhois:{kept.id}:{room.olga}")
    assert (await task(room)).contact_id == room.olga
    (row,) = await ringing(room, kept.id)
    assert "Olga Koval" in row.payload["text"]
    assert (await room.bob.conversation()).flow is None


@pytest.mark.parametrize(
    ("how", "until"),
    [
        ("hour", NOON + timedelta(hours=1)),
        ("eve", datetime(2026, 11, 24, 16, tzinfo=UTC)),
        ("day", datetime(2026, 11, 25, 8, tzinfo=UTC)),
        ("week", datetime(2026, 11, 30, 8, tzinfo=UTC)),
    ],
)
async def test_a_task_is_put_off_and_rings_once_then(room: Room, how: str, until: datetime) -> None:
    """This evening is at six; next week is its Monday, at the hour of reminders."""
    await room.bob.says("/task завтра в 15 call")
    kept = await task(room)
    await room.bob.presses(f"tlater:{kept.id}:{how}")
    assert (await task(room)).due_at == until
    assert [row.due_at for row in await ringing(room, kept.id)] == [until]


async def test_in_the_evening_there_is_no_this_evening(room: Room) -> None:
    """It is refused with what to press instead, and offered no more."""
    await room.bob.says("/task завтра в 15 call")
    kept = await task(room)
    room.office.clock.move(timedelta(hours=7))
    await room.bob.presses(f"tlater:{kept.id}:eve")
    assert "Tomorrow" in room.office.ears.toasts[-1]
    (page,) = await room.bob.presses(f"tsk:{kept.id}")
    assert f"tlater:{kept.id}:eve" not in buttons(page)


async def test_a_task_moves_to_a_time_of_ones_own_and_back_again(room: Room) -> None:
    """The time it had before may be chosen again, and it rings then."""
    await room.bob.says("/task завтра в 15:00 call")
    kept = await task(room)
    for said, due in (("в пятницу в 11:00", (27, 9)), ("завтра в 15:00", (25, 13))):
        await room.bob.presses(f"tlater:{kept.id}:own")
        await room.bob.says(said)
        until = datetime(2026, 11, due[0], due[1], tzinfo=UTC)
        assert (await task(room)).due_at == until
        assert [row.due_at for row in await ringing(room, kept.id)] == [until]


async def test_a_task_is_handed_over_and_both_are_told(room: Room) -> None:
    """The colleague gets it at once and is reminded in time; who gave it hears when it is done."""
    await room.bob.says("/task завтра в 15:00 call <Olga>")
    kept = await task(room)
    (page,) = await room.bob.presses(f"tgive:{kept.id}")
    assert buttons(page)[:-1] == [f"tgiveto:{kept.id}:1"]  # Alice; a viewer keeps no tasks
    said = await room.bob.presses(f"tgiveto:{kept.id}:1")
    assert any("Bob hands a task over to you" in one["text"] and "&lt;Olga&gt;" in one["text"] for one in said)
    assert any("Handed over to Alice" in one["text"] for one in said)
    assert [(row.chat_id, row.due_at) for row in await ringing(room, kept.id)] == [(ALICE, kept.due_at)]
    await room.bob.presses(f"tdone:{kept.id}")
    assert (await task(room)).done_at is None, "it is not Bob's any more"
    told = await room.alice.presses(f"tdone:{kept.id}")
    assert any("Alice: done" in one["text"] for one in told)
    assert (await room.rows("outbox", chat_id=BOB))[-1].key == f"done:{kept.id}"


async def test_nobody_is_given_a_task_who_cannot_have_one(room: Room) -> None:
    """A viewer, somebody who left, a stranger, oneself, and another's task."""
    gone = await make_staff(room.database, name="Gone", removed_at=NOON)
    await room.bob.says("/task завтра в 15:00 call")
    kept = await task(room)
    for number in (3, gone, 999, room.bob_id):
        await room.bob.presses(f"tgiveto:{kept.id}:{number}")
    alices = await make_task(room.database, 1, "Alice's own")
    await room.bob.presses(f"tgiveto:{alices}:{room.bob_id}")
    for verb in ("tsk", "tstop", "twho", "tgive"):
        assert await room.bob.presses(f"{verb}:{alices}") == []
    assert (await task(room, id=kept.id)).staff_id == room.bob_id
    assert (await task(room, id=alices)).staff_id == 1


async def test_the_tasks_of_who_left_go_to_the_owner(room: Room) -> None:
    """Once, with one message that says whose they were; what is due rings there."""
    for words in ("call one", "call two"):
        await room.bob.says(f"/task завтра в 15:00 {words}")
    await room.bob.says("/task завтра в 16:00 done before")
    done = (await room.rows("tasks"))[-1]
    await room.bob.presses(f"tdone:{done.id}")
    await room.database.write(lambda tx: staff.change(tx, room.bob_id, removed_at=NOON))

    async def take_over(tx: Tx) -> int:
        said = await handing_over.take_over(tx, room.office.place, now=NOON)
        for one in said:
            speaking.say(tx, one, now=NOON)
        return len(said)

    assert await room.database.write(take_over) == 3
    assert await room.database.write(take_over) == 0
    assert {row.staff_id for row in await room.rows("tasks") if row.done_at is None} == {1}
    heard = await room.rows("outbox", chat_id=ALICE)
    assert [row.payload["text"] for row in heard if "yours now" in row.payload["text"]] == [
        "2 tasks of Bob are yours now: they are no longer in the team. You can hand them over."
    ]
    assert sum(row.key.startswith("task:") for row in heard) == 2


async def test_a_customer_hears_nothing_of_tasks(room: Room) -> None:
    """No row of any of this goes to somebody outside the team."""
    other = await make_contact(room.database, name="Taras", telegram_id=CHARLIE)
    await room.bob.says(f"/task {other} завтра в 15:00 call")
    kept = await task(room)
    await room.bob.presses(f"tlater:{kept.id}:week")
    assert not await room.rows("outbox", chat_id=CHARLIE)
