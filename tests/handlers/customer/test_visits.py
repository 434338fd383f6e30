"""A booked visit: two reminders, and what becomes of each answer to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from crm.form_types import Answer
from services import delivering, visiting
from storage import contacts, requests, visits
from storage.engine import Database, Tx
from tests.clocks import NOON
from tests.handlers.staff.rooms import ALICE, BOB, CHARLIE, Room, make_room
from tests.storage.makers import make_contact, make_request

AT = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)  # Friday, 15:00 in Kyiv
HOUR = timedelta(hours=1)


@pytest.fixture
async def room(database: Database) -> Room:
    """The salon's team, and Charlie who booked a visit for Friday at three."""
    room = await make_room(database)
    contact = await make_contact(
        database, telegram_id=CHARLIE, name="Charlie", language="en", consent_version="2026-11", open_requests=1
    )
    answers = [{"field": "visit_at", "label": "When", "value": AT.isoformat(), "shown": "Friday, 15:00"}]
    number = await make_request(
        database, contact, title="Book a visit", stage="taken", answers=answers, pipeline="visits"
    )

    async def unit(tx: Tx) -> None:
        request = await requests.get(tx, number)
        form = room.office.playbook.form("booking")
        assert request is not None
        assert form is not None
        person = await contacts.get(tx, contact)
        assert person is not None
        answered = {"visit_at": Answer(AT.isoformat())}
        await visiting.book(tx, room.office.place, form, request, person, answered, now=NOON)

    await database.write(unit)
    return room


async def arrives(room: Room, at: datetime) -> list[dict[str, Any]]:
    """The reminders that Charlie gets by then."""
    office = room.office
    office.clock.move_to(at)
    said: list[dict[str, Any]] = []
    while True:
        claim = await room.database.write(
            lambda tx: delivering.claim(tx, by="me", now=at, limit=20, busy=(), place=office.place)
        )
        for row in claim.rows:
            if row.key.startswith(visiting.PREFIX):
                said.append(row.payload)
            await room.database.write(partial(delivering.record_sent, row=row, message_id=row.id, now=at))
        if not claim.rows and not claim.more:
            return said


async def visit(room: Room) -> visits.Visit:
    async with room.database.read() as db:
        (row,) = await db.all(select(*visits.COLUMNS))
    return visits.Visit(*row)


def number_of(room: Room) -> int:
    return room.request + 1


async def heard(room: Room, word: str) -> list[Any]:
    return [row for row in await room.rows("outbox") if row.chat_id in (ALICE, BOB) and word in str(row.payload)]


async def test_a_reminder_comes_a_day_and_two_hours_before_and_no_other(room: Room) -> None:
    assert await arrives(room, AT - 25 * HOUR) == []
    (day,) = await arrives(room, AT - 24 * HOUR)
    assert "Fri, 27 Nov, 15:00" in day["text"]
    assert [button["text"] for row in day["buttons"] for button in row] == [
        "✅ I will come",
        "🕒 Another time",
        "✖️ I cannot come",
    ]
    assert await arrives(room, AT - 3 * HOUR) == []
    (soon,) = await arrives(room, AT - 2 * HOUR)
    assert "today at <b>15:00</b>" in soon["text"]
    assert await arrives(room, AT + 24 * HOUR) == []


async def test_a_reminder_names_what_was_booked_and_never_the_button_of_the_form(room: Room) -> None:
    (day,) = await arrives(room, AT - 24 * HOUR)
    assert day["text"].startswith("📅 We expect you on <b>")
    request = await room.row("requests", id=number_of(room))
    chosen = {"field": "service", "label": "Услуга", "value": "cut", "shown": "Стрижка"}
    await room.database.write(
        lambda tx: requests.change(tx, number_of(room), form_id="booking", answers=[chosen, *request.answers])
    )
    (soon,) = await arrives(room, AT - 2 * HOUR)
    assert soon["text"].startswith("⏰ Haircut: we expect you today at <b>15:00")


async def test_who_confirms_is_expected_the_team_hears_it_once_and_is_not_asked_again(room: Room) -> None:
    await arrives(room, AT - 24 * HOUR)
    for _ in range(2):
        await room.charlie.presses(f"vis:ok:{number_of(room)}")
    assert (await visit(room)).state == "confirmed"
    assert len(await heard(room, "they will come")) == 2  # Alice and Bob, once each
    (soon,) = await arrives(room, AT - 2 * HOUR)
    assert "✅" not in str(soon["buttons"])


async def test_another_time_is_shown_in_the_request_and_agreed_to_by_the_team(room: Room) -> None:
    await arrives(room, AT - 24 * HOUR)
    await room.charlie.presses(f"vis:move:{number_of(room)}")
    (said, *_) = await room.charlie.says("Monday at 11:30")
    assert "Mon, 30 Nov, 11:30" in said["text"]
    moved = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    assert ((await visit(room)).at, (await visit(room)).state) == (moved, "moving")
    request = await room.row("requests", id=number_of(room))
    assert "30 ноября" in request.answers[0]["shown"]
    assert await heard(room, "asks to come at another time")
    # Until somebody agrees nothing reminds of either time.
    assert await arrives(room, AT - 2 * HOUR) == []
    told = await room.bob.presses(f"visagree:{number_of(room)}")
    assert any("Agreed: we expect you on <b>Mon, 30 Nov, 11:30" in one.get("text", "") for one in told)
    assert (await visit(room)).state == "booked"
    (day,) = await arrives(room, moved - 24 * HOUR)
    assert "11:30" in day["text"]


async def test_a_time_that_nobody_agreed_to_is_not_promised_by_an_older_button(room: Room) -> None:
    await arrives(room, AT - 24 * HOUR)
    await room.charlie.presses(f"vis:move:{number_of(room)}")
    await room.charlie.says("Monday at 11:30")
    for old in ("ok", "stay"):
        (said, *_) = await room.charlie.presses(f"vis:{old}:{number_of(room)}")
        assert "Mon, 30 Nov, 11:30</b>, is not agreed yet" in said["text"]
        assert "as before: Fri, 27 Nov, 15:00" in str(said["buttons"])
    assert (await visit(room)).state == "moving"
    assert await heard(room, "they will come") == []


async def test_who_wants_another_time_may_still_come_at_the_agreed_one_and_the_team_hears_it(room: Room) -> None:
    await arrives(room, AT - 24 * HOUR)
    for wish in ("Monday at 11:30", "Tuesday at 11:30"):  # a second wish forgets the first, not what was agreed
        await room.charlie.presses(f"vis:move:{number_of(room)}")
        await room.charlie.says(wish)
    (said, *_) = await room.charlie.presses(f"vis:back:{number_of(room)}")
    assert "we expect you on <b>Fri, 27 Nov, 15:00" in said["text"]
    assert ((await visit(room)).at, (await visit(room)).state) == (AT, "confirmed")
    assert "27 ноября" in (await room.row("requests", id=number_of(room))).answers[0]["shown"]
    assert len(await heard(room, "no other time is needed, they come <b>Fri, 27 Nov, 15:00")) == 2
    await room.bob.presses(f"visagree:{number_of(room)}")
    assert (await visit(room)).at == AT
    (soon,) = await arrives(room, AT - 2 * HOUR)
    assert "today at <b>15:00</b>" in soon["text"]


async def test_an_agreed_time_that_has_passed_is_not_offered_again(room: Room) -> None:
    await room.charlie.presses(f"vis:move:{number_of(room)}")
    await room.charlie.says("Monday at 11:30")
    room.office.clock.move_to(AT + HOUR)
    (said, *_) = await room.charlie.presses(f"vis:ok:{number_of(room)}")
    assert "is not agreed yet" in said["text"]
    assert "as before" not in str(said["buttons"])
    await room.charlie.presses(f"vis:back:{number_of(room)}")
    assert (await visit(room)).state == "moving"


async def test_a_wish_that_the_team_has_agreed_to_is_not_taken_back_by_an_older_button(room: Room) -> None:
    await room.charlie.presses(f"vis:move:{number_of(room)}")
    await room.charlie.says("Monday at 11:30")
    await room.bob.presses(f"visagree:{number_of(room)}")
    (said,) = await room.charlie.presses(f"vis:back:{number_of(room)}")
    assert "we expect you on <b>Mon, 30 Nov, 11:30" in said["text"]
    assert (await visit(room)).state == "booked"


async def test_a_time_said_by_halves_is_asked_for_and_a_doubtful_one_is_offered(room: Room) -> None:
    await room.charlie.presses(f"vis:move:{number_of(room)}")
    (ask,) = await room.charlie.says("on Saturday")
    assert "what time" in ask["text"]
    (said, *_) = await room.charlie.says("12:00")
    assert "Sat, 28 Nov, 12:00" in said["text"]
    await room.charlie.presses(f"vis:move:{number_of(room)}")
    (again,) = await room.charlie.says("banana")
    assert "not clear" in again["text"]


async def test_a_time_when_nobody_is_there_is_not_passed_on_but_the_team_may_set_it(room: Room) -> None:
    await room.charlie.presses(f"vis:move:{number_of(room)}")
    (said,) = await room.charlie.says("Monday at 3 am")
    assert "from 09:00 to 21:00" in said["text"]
    assert (await visit(room)).state == "booked"
    await room.charlie.says("Monday at 11:30")
    assert (await visit(room)).at == datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    await room.bob.presses(f"vtime:{number_of(room)}")
    (confirm,) = await room.bob.says("Monday at 7 am")
    assert "Mon, 30 Nov, 07:00" in confirm["text"]


async def test_who_cannot_come_is_asked_once_more_and_the_request_is_taken_back_kindly(room: Room) -> None:
    number = number_of(room)
    await arrives(room, AT - 24 * HOUR)
    await room.charlie.presses(f"vis:off:{number}")
    assert (await visit(room)).state == "booked"
    (said, *_) = await room.charlie.presses(f"vis:off2:{number}")
    assert "cancelled" in said["text"]
    assert (await room.row("requests", id=number)).stage == "withdrawn"
    assert await heard(room, "Charlie")
    assert await arrives(room, AT - 2 * HOUR) == []


@pytest.mark.parametrize("stage", ["done", "lost", "withdrawn", "spam"])
async def test_a_request_that_is_over_reminds_of_nothing(room: Room, stage: str) -> None:
    await room.database.write(
        lambda tx: requests.move(tx, number_of(room), from_stages=("taken",), to=stage, closed_at=NOON)
    )
    assert await arrives(room, AT - HOUR) == []


async def test_somebody_elses_visit_a_past_one_and_nonsense_are_left_alone(room: Room) -> None:
    number = number_of(room)
    for data in (f"vis:ok:{room.request}", "vis:ok:999", "vis:off2:x", f"vis:at:{number}:1", "vis:nothing:1", "vis:"):
        await room.charlie.presses(data)
    assert (await visit(room)).state == "booked"
    room.office.clock.move_to(AT + HOUR)
    await room.charlie.presses(f"vis:off2:{number}")
    assert (await visit(room)).state == "booked"
    assert await room.rows("requests", stage="withdrawn") == []


async def test_who_books_for_the_next_hours_gets_only_the_reminders_that_are_still_ahead(room: Room) -> None:
    keys = [row.key for row in await room.rows("outbox") if row.key.startswith("visit:")]
    assert len(keys) == 2
    soon = NOON + 3 * HOUR

    async def unit(tx: Tx) -> None:
        person = await contacts.get(tx, (await visit(room)).contact_id)
        assert person is not None
        visiting.plan_reminders(tx, room.office.place, 77, person, soon, now=NOON)

    await room.database.write(unit)
    assert [row.due_at for row in await room.rows("outbox") if row.key.startswith("visit:77:")] == [NOON + HOUR]


# ------------------------------------------------------------------------------------------------------------- the team


def data(payload: dict[str, Any]) -> list[str]:
    return [button["data"] for row in payload["buttons"] for button in row]


async def to_charlie(room: Room) -> list[str]:
    return [row.payload["text"] for row in await room.rows("outbox") if row.key.startswith("visit-moved:")]


async def test_the_team_moves_a_visit_and_the_customer_hears_it_and_is_reminded_of_the_new_time(room: Room) -> None:
    number, moved = number_of(room), datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    (card,) = await room.bob.presses(f"open:{number}")
    assert f"vtime:{number}" in data(card)
    (ask,) = await room.bob.presses(f"vtime:{number}")
    assert "Fri, 27 Nov, 15:00" in ask["text"]
    (confirm,) = await room.bob.says("Monday at 11:30")
    assert "Mon, 30 Nov, 11:30" in confirm["text"]
    assert (await visit(room)).at == AT  # nothing is set before it was looked at
    said = await room.bob.presses(data(confirm)[0])
    assert any("being told" in one.get("text", "") for one in said)
    assert ((await visit(room)).at, (await visit(room)).state) == (moved, "booked")
    (told,) = await to_charlie(room)
    assert "it was Fri, 27 Nov, 15:00" in told
    assert "<b>Mon, 30 Nov, 11:30</b>" in told
    assert "30 ноября" in (await room.row("requests", id=number)).answers[0]["shown"]
    assert await arrives(room, AT - 2 * HOUR) == []
    (day,) = await arrives(room, moved - 24 * HOUR)
    assert "11:30" in day["text"]
    await room.charlie.presses(f"vis:ok:{number}")
    assert (await visit(room)).state == "confirmed"


async def test_a_confirmation_that_is_pressed_again_or_comes_too_late_moves_nothing_more(room: Room) -> None:
    number = number_of(room)
    await room.bob.presses(f"vtime:{number}")
    (first,) = await room.bob.says("Monday at 11:30")
    await room.bob.presses(f"vtime:{number}")
    (second,) = await room.bob.says("Tuesday at 9:00")
    await room.bob.presses(data(first)[0])
    for late in (first, second):
        assert await room.bob.presses(data(late)[0]) == []
        assert "changed meanwhile" in room.office.ears.toasts[-1]
    assert (await visit(room)).at == datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    assert len(await to_charlie(room)) == 1


async def test_a_time_that_is_half_said_doubtful_or_past_is_asked_for_again_in_the_same_words(room: Room) -> None:
    number = number_of(room)
    await room.bob.presses(f"vtime:{number}")
    (again,) = await room.bob.says("banana")
    assert "not clear" in again["text"]
    (half,) = await room.bob.says("on Saturday")
    assert "At what time" in half["text"]
    (confirm,) = await room.bob.says("12:00")
    assert "Sat, 28 Nov, 12:00" in confirm["text"]
    past, was = int((NOON - HOUR).timestamp()), int(AT.timestamp())
    await room.bob.presses(f"vset:{number}:{past}:{was}")
    for nonsense in (f"vset:{number}:1", "vset:x:1:2", f"vset:{number}:{2**52}:{was}", f"vpick:{number}:{2**52}"):
        await room.bob.presses(nonsense)
    assert (await visit(room)).at == AT


async def test_who_cannot_be_written_to_is_to_be_called(room: Room) -> None:
    number = number_of(room)
    contact = (await visit(room)).contact_id
    await room.database.write(lambda tx: contacts.change(tx, contact, reachable=False, now=NOON))
    await room.bob.presses(f"vtime:{number}")
    (confirm,) = await room.bob.says("Monday at 11:30")
    said = await room.bob.presses(data(confirm)[0])
    assert any("please call them" in one.get("text", "") for one in said)
    assert await to_charlie(room) == []


async def test_only_who_serves_moves_visits_and_only_of_open_requests(room: Room) -> None:
    number, was = number_of(room), int(AT.timestamp())
    sets = f"vset:{number}:{was + 86400}:{was}"
    for nobody in (room.vera, room.charlie):
        for pressed in (f"vtime:{number}", sets):
            await nobody.presses(pressed)
    assert (await visit(room)).at == AT
    assert await room.bob.presses(f"vtime:{room.request}") == []
    assert "no visit" in room.office.ears.toasts[-1]
    await room.database.write(lambda tx: requests.move(tx, number, from_stages=("taken",), to="done", closed_at=NOON))
    await room.bob.presses(sets)
    assert (await visit(room)).at == AT
