"""Buttons and questions that still name a card which has been merged since: they go on with the one it went into."""

from __future__ import annotations

from services import merging
from storage.engine import Database
from tests.handlers.staff.rooms import Room
from tests.storage import makers
from tests.storage.makers import NOW


async def merged(room: Room, database: Database) -> int:
    """The number of a card that went into Olga's, with a tag the base knows."""
    old = await makers.make_contact(database, name="Оля", tags=["vip"])
    await database.write(lambda tx: merging.merge(tx, room.office.place, room.olga, old, {}, staff_id=None, now=NOW))
    return old


async def test_whatever_is_said_of_an_old_number_is_said_of_the_one_card(room: Room, database: Database) -> None:
    old = await merged(room, database)
    tag = (await room.row("tags")).id
    await room.bob.says(f"/note {old} любить чай")
    await room.bob.says(f"/tag {old} чай")
    await room.bob.presses(f"tag:{old}:{tag}")
    await room.bob.presses(f"line:{old}:0")
    assert (await room.row("notes")).contact_id == room.olga
    assert {row.contact_id for row in await room.rows("contact_tags")} == {room.olga}
    assert [row.contact_id for row in await room.rows("events", kind="note")] == [room.olga]


async def test_a_question_that_was_open_when_its_card_was_merged_is_answered(room: Room, database: Database) -> None:
    """The task asked for on the old card is kept on the one it went into."""
    old = await makers.make_contact(database, name="Оля")
    await room.bob.presses(f"task:{old}")
    await database.write(lambda tx: merging.merge(tx, room.office.place, room.olga, old, {}, staff_id=None, now=NOW))
    await room.bob.says("tomorrow at 15:00 call back")
    assert (await room.row("tasks")).contact_id == room.olga
