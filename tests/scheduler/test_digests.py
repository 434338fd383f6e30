"""The team's morning: each is told once what the day holds for them, and nobody is told nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from scheduler import digests
from services import digesting
from services.workplace import Place
from storage import staff, tables
from storage.engine import Database, Tx
from storage.staff import Member
from tests.clocks import FakeClock
from tests.handlers.staff.rooms import ALICE, BOB, VERA, Room, make_room
from tests.places import make_office, make_place, make_playbook
from tests.storage.makers import make_contact, make_purchase, make_request, make_task

NINE = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
"""Nine in the morning in Kyiv, a Tuesday."""


@pytest.fixture
async def room(database: Database) -> Room:
    room = await make_room(database)

    async def quiet(tx: Tx) -> None:
        # Olga's request of the room is taken: it waits for nobody.
        values = {"stage": "taken", "owner_id": room.bob_id, "created_at": NINE - timedelta(days=9)}
        await tx.run(tables.requests.update().values(**values))

    await database.write(quiet)
    return room


@pytest.fixture
def look(room: Room) -> Callable[..., Any]:
    """One round of the tick at a moment; what it wrote, by chat."""

    async def round_at(at: datetime = NINE, place: Place | None = None) -> dict[int, list[str]]:
        before = {row.id for row in await room.rows("outbox")}
        await digests.look(make_office(room.database, place=place or make_place(), clock=FakeClock(at)))
        said: dict[int, list[str]] = {}
        for row in await room.rows("outbox"):
            if row.id not in before:
                said.setdefault(row.chat_id, []).append(row.payload["text"])
        return said

    return round_at


async def member(room: Room, staff_id: int) -> Member:
    async with room.database.read() as db:
        found = await staff.get(db, staff_id)
    assert found is not None
    return found


async def make_birthday(room: Room, name: str, day: str, **columns: Any) -> int:
    contact_id = await make_contact(room.database, name=name, **columns)
    number = int(day[-5:-3]) * 100 + int(day[-2:])
    values = {"contact_id": contact_id, "field": "birthday", "key": day, "number": number}
    await room.database.write(lambda tx: tx.run(insert(tables.contact_values).values(**values)))
    return contact_id


async def make_visit(room: Room, contact_id: int, at: datetime, **columns: Any) -> int:
    owner = columns.pop("owner_id", None)
    stage, chosen = columns.pop("stage", "taken"), columns.pop("chosen", "cut")
    answers = [{"field": "service", "label": "Послуга", "value": chosen, "shown": "Стрижка"}] if chosen else []
    request = await make_request(room.database, contact_id, stage=stage, owner_id=owner, answers=answers)
    values = {"request_id": request, "contact_id": contact_id, "at": at, "field": "when", "updated_at": at} | columns
    await room.database.write(lambda tx: tx.run(insert(tables.visits).values(**values)))
    return request


async def test_the_day_in_one_message(room: Room, look: Callable[..., Any]) -> None:
    """Tasks of today and of before, visits, birthdays, requests nobody took: each with what it is about, escaped."""
    bob = room.bob_id
    await make_task(room.database, bob, "call <the bank>", contact_id=room.olga, due_at=NINE + timedelta(hours=6))
    await make_task(room.database, bob, "forgotten", due_at=NINE - timedelta(days=1))
    await make_task(room.database, bob, "tomorrow's", due_at=NINE + timedelta(days=1))
    await make_task(room.database, bob, "finished", due_at=NINE + timedelta(hours=1), done_at=NINE)
    await make_task(room.database, 1, "Alice's own", due_at=NINE + timedelta(hours=1))
    await make_visit(room, room.olga, NINE + timedelta(hours=5), state="confirmed")
    await make_visit(room, room.olga, NINE + timedelta(hours=4), state="cancelled")
    await make_visit(room, room.olga, NINE + timedelta(days=1))
    await make_birthday(room, "Ivan", "1990-11-24", owner_id=bob)
    await make_birthday(room, "Petro", "--11-25", owner_id=bob)
    await make_birthday(room, "Not Bob's", "1991-11-24", owner_id=1)
    late = await make_request(room.database, room.olga, created_at=NINE - timedelta(hours=5))
    await make_request(room.database, room.olga, created_at=NINE - timedelta(hours=3))
    (text,) = (await look())[BOB]
    assert text.splitlines() == [
        "☀️ <b>Tue, 24 Nov</b>",
        "",
        "⏰ <b>1 task for today</b>",
        "15:00 call &lt;the bank&gt; · Olga Koval",
        "",
        "❗ <b>1 task is left from days before</b>",
        "Mon, 23 Nov, 09:00 forgotten",
        "",
        "📅 <b>1 visit</b>",
        "✅ 14:00 Haircut · Olga Koval",
        "",
        "🎂 <b>A birthday</b>",
        "Ivan",
        "",
        "📥 <b>1 request has waited for more than 4 h</b>",
        f"№ {late} Olga Koval · 5 h",
    ]
    (row,) = await room.rows("outbox", chat_id=BOB)
    assert row.payload["protect"]
    assert row.valid_until == NINE + digesting.OF_USE


async def test_it_comes_once_a_day_whatever_restarts(room: Room, look: Callable[..., Any]) -> None:
    """A second round, and one that begins anew because the first one died, tell nobody twice."""
    await make_task(room.database, room.bob_id, "call", due_at=NINE + timedelta(hours=6))
    assert set(await look()) == {BOB}
    assert await look(NINE + timedelta(minutes=5)) == {}
    await room.database.write(lambda tx: tx.run(tables.facts.delete().where(tables.facts.c.name == "digest")))
    assert await look(NINE + timedelta(minutes=10)) == {}
    assert set(await look(NINE + timedelta(days=1))) == {ALICE, BOB}  # overdue by now, which an owner hears


async def test_who_has_nothing_today_is_told_nothing(room: Room, look: Callable[..., Any]) -> None:
    """Neither is a viewer, who keeps no tasks, whatever there is."""
    await make_task(room.database, 3, "Vera's", due_at=NINE)
    said = await look()
    assert BOB not in said
    assert VERA not in said


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (NINE - timedelta(minutes=1), False),
        (NINE, True),
        (NINE + timedelta(hours=2, minutes=59), True),
        (NINE + timedelta(hours=3), False),
        (NINE - timedelta(hours=9, minutes=30), False),
    ],
)
async def test_it_comes_in_the_morning_or_not_at_all(
    room: Room, look: Callable[..., Any], at: datetime, told: bool
) -> None:
    """After a downtime into the afternoon there is none that day."""
    await make_task(room.database, room.bob_id, "call", due_at=NINE - timedelta(days=1))
    assert (BOB in await look(at)) is told


async def test_on_days_off_there_is_none(room: Room, look: Callable[..., Any]) -> None:
    """The business's working days and its own closed days."""
    rules = '[digest]\nat = "10:30"\n\n[policy]\nworking_days = "mon-fri"\nclosed = ["11-24"]\n'
    place = make_place(make_playbook("salon", {"[policy]\n": rules}))
    await make_task(room.database, room.bob_id, "call", due_at=NINE - timedelta(days=1))
    half_past_ten = NINE + timedelta(hours=1, minutes=30)
    assert await look(half_past_ten, place) == {}
    assert await look(half_past_ten + timedelta(days=4), place) == {}  # a Saturday
    assert BOB in await look(half_past_ten + timedelta(days=1), place)


async def test_the_owner_hears_how_the_team_did(room: Room, look: Callable[..., Any]) -> None:
    """Yesterday by the business's calendar, and everybody's load."""
    yesterday = NINE - timedelta(hours=12)
    await make_purchase(room.database, room.olga, 150_050, at=yesterday)
    await make_purchase(room.database, room.olga, 99_900, at=NINE - timedelta(hours=36))
    await make_request(room.database, room.olga, stage="done", created_at=yesterday, closed_at=yesterday)
    await make_request(room.database, room.olga, stage="spam", created_at=yesterday, closed_at=yesterday)
    await make_task(room.database, room.bob_id, "late", due_at=yesterday)
    (text,) = (await look())[ALICE]
    assert text.splitlines()[2:] == [
        "📊 <b>The team yesterday</b>",
        "Requests: 1 new, 1 done, 0 lost",
        "1 purchase, 1,500.50\u00a0₴",
        "Bob: open requests 1, overdue tasks 1",
    ]


async def test_a_manager_sees_visits_of_their_own_and_nobodys(room: Room, look: Callable[..., Any]) -> None:
    """Whose a visit is, its request says, else the card; the owner sees all."""
    theirs = await make_contact(room.database, name="Alices", owner_id=1)
    await make_visit(room, theirs, NINE + timedelta(hours=1))
    await make_visit(room, theirs, NINE + timedelta(hours=2), owner_id=room.bob_id)
    await make_visit(room, room.olga, NINE + timedelta(hours=3))
    said = await look()
    assert "3 visits" in said[ALICE][0]
    assert "2 visits" in said[BOB][0]


@pytest.mark.parametrize("stage", ["done", "lost", "spam", "withdrawn"])
async def test_a_visit_whose_request_is_over_is_not_to_come(room: Room, look: Callable[..., Any], stage: str) -> None:
    await make_visit(room, room.olga, NINE + timedelta(hours=1), stage=stage)
    assert BOB not in await look()


@pytest.mark.parametrize(("chosen", "said"), [("cut", "Haircut"), ("mohawk", "Стрижка"), (None, "Book a visit")])
async def test_a_visit_is_called_by_what_was_chosen_else_by_its_form_in_the_readers_language(
    room: Room, look: Callable[..., Any], chosen: str | None, said: str
) -> None:
    """What the form offers no more is called as it was."""
    await make_visit(room, room.olga, NINE + timedelta(hours=1), chosen=chosen)
    assert f"10:00 {said} · Olga Koval" in (await look())[BOB][0]


async def test_29_february_is_celebrated_every_year(room: Room) -> None:
    """On the 28th of a common year."""
    await make_birthday(room, "Leap", "2000-02-29", owner_id=room.bob_id)
    bob = await member(room, room.bob_id)
    found = []
    for year, day in ((2027, 28), (2028, 28), (2028, 29), (2027, 27)):
        now = datetime(year, 2, day, 8, tzinfo=UTC)
        async with room.database.read() as db:
            found.append((await digesting.gather(db, make_place(), bob, now=now)).birthdays_all)
    assert found == [1, 0, 1, 0]


async def test_it_is_turned_off_by_a_button_and_on_again(room: Room, look: Callable[..., Any]) -> None:
    """Off is off for oneself only; /digest shows it all the same."""
    await make_task(room.database, room.bob_id, "call", due_at=NINE - timedelta(days=1))
    await room.bob.presses("digest:off")
    assert set(await look()) == {ALICE}
    (shown,) = await room.bob.says("/digest")
    assert "call" in shown["text"]
    assert shown["buttons"][-1][-1]["data"] == "digest:on"
    await room.bob.presses("digest:on")
    assert BOB in await look(NINE + timedelta(days=1))


async def test_a_day_with_nothing_in_it_is_said_when_asked(room: Room) -> None:
    (shown,) = await room.bob.says("/digest")
    assert "Nothing is planned" in shown["text"]


async def test_a_crowded_day_is_one_message_that_telegram_takes(room: Room, look: Callable[..., Any]) -> None:
    """However much there is, the figures are whole and the lists begin."""
    for number in range(40):
        contact = await make_birthday(room, f"{number} " + "я" * 120, "1990-11-24", owner_id=room.bob_id)
        await make_task(room.database, room.bob_id, "ж" * 900, contact_id=contact, due_at=NINE + timedelta(hours=1))
        await make_request(room.database, contact, created_at=NINE - timedelta(days=2))
    (text,) = (await look())[BOB]
    assert len(text.encode("utf-16-le")) // 2 <= 4096
    assert "40 tasks for today" in text
    assert "40 birthdays" in text
    assert "40 requests have waited" in text


async def test_the_tick_hands_on_the_tasks_of_who_left(room: Room, look: Callable[..., Any]) -> None:
    """At any hour: nobody waits for a morning to learn whose they are."""
    await make_task(room.database, room.bob_id, "call", due_at=NINE + timedelta(days=3))
    await room.database.write(lambda tx: staff.change(tx, room.bob_id, removed_at=NINE))
    said = await look(NINE + timedelta(hours=8))
    assert any("1 task of Bob is yours now" in one for one in said[ALICE])
    assert (await room.row("tasks")).staff_id == 1
