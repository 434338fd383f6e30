"""/scenarios: what each brings, who gets what next, a rest that only an owner gives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from scheduler import scenario_round
from storage import contact_values, contacts, tables
from storage.engine import Tx
from tests.clocks import NOON
from tests.handlers.staff.rooms import ALICE, BOB, Room, buttons
from tests.places import make_office
from tests.storage.makers import make_contact, make_purchase

DAY = timedelta(days=1)


async def tick(room: Room) -> None:
    await scenario_round.go_round(make_office(room.database, place=room.office.place, clock=room.office.clock))


async def way(room: Room, contact: int, **columns: Any) -> None:
    values = {"scenario_id": "thanks", "occurrence": "first", "state": "done", "moment": NOON, "entered_at": NOON}

    async def unit(tx: Tx) -> None:
        await tx.run(insert(tables.journeys).values(contact_id=contact, **(values | columns)))

    await room.database.write(unit)


async def pressed(room: Room, talker: Any, chat: int, data: str) -> str:
    (said,) = await talker.presses(data, (await room.latest(chat)).message_id)
    return str(said["text"])


async def test_the_list_says_what_begins_each_and_how_many_were_written_to(room: Room) -> None:
    await way(room, room.olga, sent=1)
    (said,) = await room.bob.says("/scenarios")
    assert "Thanks to new ones" in said["text"]
    assert "7 days after the first purchase" in said["text"]
    assert "1 person, written to 1" in said["text"]
    assert "scen:thanks" in buttons(said)


async def test_one_scenario_is_shown_beside_those_who_were_only_watched(room: Room) -> None:
    for number in range(40):
        contact = await make_contact(room.database)
        await way(room, contact, state="holdout" if number % 2 else "done", sent=1 - number % 2)
        if not number % 2:
            await make_purchase(room.database, contact, 10_000, at=NOON + DAY)
    await way(room, room.olga, state="spared", reason="no-consent")
    room.office.clock.move(5 * DAY)
    await room.bob.says("/scenarios")
    text = await pressed(room, room.bob, BOB, "scen:thanks")
    assert "Of those in it: 20 of 21 (95.2 %), 2,000\u00a0₴" in text
    assert "Of those only watched: 0 of 20 (0 %)" in text
    assert "it works" in text
    assert "no consent: 1" in text
    assert "about 2,000\u00a0₴" in text


async def test_a_control_group_with_nobody_in_it_yet_is_no_missing_one(room: Room) -> None:
    await way(room, room.olga, sent=1)
    await way(room, room.olga, scenario_id="month", occurrence="p1", sent=1)
    await room.bob.says("/scenarios")
    text = await pressed(room, room.bob, BOB, "scen:thanks")
    assert "Nobody has fallen into the control group (10 %) yet" in text
    assert "holdout" not in text
    assert 'holdout = "10%" in the playbook' in await pressed(room, room.bob, BOB, "scen:month")


async def test_the_next_thirty_days_are_told_without_sending(room: Room) -> None:
    await tick(room)
    contact = await make_contact(room.database, name="Iryna")

    async def unit(tx: Tx) -> None:
        await contact_values.note_kinds(tx, {"birthday": "birthday"})
        await contacts.change(tx, contact, fields={"birthday": "--11-29"}, now=NOON)

    await room.database.write(unit)
    await make_purchase(room.database, contact, at=NOON + timedelta(minutes=1))
    room.office.clock.move(timedelta(hours=1))
    await room.alice.says("/scenarios")
    text = await pressed(room, room.alice, ALICE, "scensoon")
    assert "Next 30 days:</b> 3 messages" in text
    assert "Sun, 29 Nov: Birthday 1" in text
    assert "Iryna" in text
    assert not await room.rows("journeys", contact_id=contact)


async def test_an_owner_pauses_and_lets_go_on_and_a_manager_does_not(room: Room) -> None:
    await room.alice.says("/scenarios")
    assert "Paused since" in await pressed(room, room.alice, ALICE, "scenrest:thanks")
    assert (await room.row("scenario_states", scenario_id="thanks")).paused_at is not None
    await room.bob.says("/scenarios")
    await room.bob.presses("scenrest:thanks", (await room.latest(BOB)).message_id)
    assert (await room.row("scenario_states", scenario_id="thanks")).paused_at is not None
    await room.alice.says("/scenarios")
    assert "Paused since" not in await pressed(room, room.alice, ALICE, "scenrest:thanks")


async def test_a_button_under_a_message_is_counted_and_begins_the_form(room: Room) -> None:
    charlie = await make_contact(room.database, telegram_id=904, consent_version="2026-11")
    await way(room, charlie, state="active", scenario_id="month", occurrence="p1", sent=1, sent_at=NOON)
    (journey,) = await room.rows("journeys")
    said = await room.charlie.presses(f"sc:{journey.id}:0:0")
    assert said
    assert (await room.row("presses", journey_id=journey.id)).button == "form"
    assert (await room.row("journeys", id=journey.id)).pressed_at is not None


async def test_asking_to_be_called_makes_one_request_however_often_it_is_pressed(room: Room) -> None:
    charlie = await make_contact(room.database, telegram_id=904, consent_version="2026-11")
    await way(room, charlie, state="active", scenario_id="month", occurrence="p1")
    (journey,) = await room.rows("journeys")
    for _ in range(3):
        await room.charlie.presses(f"sc:{journey.id}:0:1")
    (request,) = await room.rows("requests", contact_id=charlie)
    assert request.title == "Просит перезвонить"
    assert [row for row in await room.rows("outbox", chat_id=BOB) if "Просит" in str(row.payload)]


async def test_somebody_elses_button_and_one_that_is_not_there_do_nothing(room: Room) -> None:
    await way(room, room.olga, state="active", scenario_id="month", occurrence="p1")
    (journey,) = await room.rows("journeys")
    for data in (f"sc:{journey.id}:0:0", f"sc:{journey.id}:0:9", "sc:999:0:0", "sc:1", "sc:x:y:z", "sc:1:99:0"):
        await room.charlie.presses(data)
    assert await room.rows("presses") == []
    assert len(await room.rows("requests")) == 1


async def test_a_scenario_that_is_gone_is_said_to_be(room: Room) -> None:
    await room.alice.presses("scen:nothing")
    assert any("no longer in the playbook" in toast for toast in room.office.ears.toasts) or any(
        "no longer in the playbook" in str(row.payload) for row in await room.rows("outbox", chat_id=ALICE)
    )
