"""The steps to a file, and who may take them."""

from __future__ import annotations

from typing import Any

from tests.handlers.staff.rooms import ALICE, BOB, Room, buttons
from tests.storage.makers import make_contact


async def shown(room: Room) -> dict[str, Any]:
    """What Alice's newest message says now."""
    payload: dict[str, Any] = (await room.latest(ALICE)).payload
    return payload


async def test_an_owner_says_what_for_and_in_which_form(room: Room) -> None:
    (asked,) = await room.alice.says("/export olga")
    assert "1 person" in asked["text"]
    assert buttons(asked) == ["exu:call", "exu:mail", "exu:full"]
    message = (await room.latest(ALICE)).message_id
    await room.alice.presses("exu:call", message)
    assert "exf:call:csv" in buttons(await shown(room))
    await room.alice.presses("export", message)
    assert "exu:full" in buttons(await shown(room))
    await room.alice.presses("exf:full:xlsx", message)
    log = await room.row("exports")
    assert (log.segment, log.format, log.state) == ("olga", "xlsx", "waiting")
    assert log.mark in (await shown(room))["text"]
    assert (await room.row("work", kind="extract")).payload["aim"] == {"find": "olga"}


async def test_a_list_that_was_found_can_be_taken_out(room: Room) -> None:
    await room.alice.says("/tag " + str(room.olga) + " vip")
    tag = (await room.row("tags")).id
    await room.alice.presses(f"tagged:{tag}")
    message = (await room.latest(ALICE)).message_id
    (asked,) = await room.alice.presses("export", message)
    assert "1 person" in asked["text"]
    assert len(await room.rows("outbox", chat_id=ALICE, message_id=message)) == 1


async def test_the_way_out_stands_under_what_an_owner_found_and_under_a_segment(room: Room) -> None:
    """A manager, who may not take anything out, is not shown it."""
    await make_contact(room.database, name="Taras")
    for person, chat in ((room.alice, ALICE), (room.bob, BOB)):
        found = (await person.says("/find created>=2000-01-01"))[0]
        assert ("export" in buttons(found)) == (chat == ALICE)
        menu = (await person.presses("bulk", (await room.latest(chat)).message_id))[0]
        assert ("export" in buttons(menu)) == (chat == ALICE)
    (offer,) = await room.alice.says("/segment save Everybody created>=2000-01-01")
    await room.alice.presses(buttons(offer)[0], (await room.latest(ALICE)).message_id)
    kept = (await room.row("segments")).id
    (page,) = await room.alice.says("/segment show Everybody")
    assert f"export:seg:{kept}" in buttons(page)
    (asked,) = await room.alice.presses(f"export:seg:{kept}", (await room.latest(ALICE)).message_id)
    assert "Everybody" in asked["text"]
    await room.alice.presses("exf:full:csv", (await room.latest(ALICE)).message_id)
    assert (await room.row("work", kind="extract")).payload["aim"] == {"segment": kept}


async def test_nobody_else_takes_anything_out(room: Room) -> None:
    for person in (room.bob, room.vera, room.charlie):
        for command in ("/export", "/archive", "/exports"):
            for said in await person.says(command):
                assert not buttons(said)
        for press in ("export", "exu:full", "exf:full:csv", "archive"):
            await person.presses(press)
    assert await room.rows("exports") == []
    assert await room.rows("work") == []


async def test_the_archive_is_asked_for_twice(room: Room) -> None:
    (asked,) = await room.alice.says("/archive")
    assert buttons(asked) == ["archive"]
    assert await room.rows("exports") == []
    await room.alice.presses("archive", (await room.latest(ALICE)).message_id)
    assert (await room.row("exports")).format == "archive"


async def test_the_log_tells_who_took_what(room: Room) -> None:
    (said,) = await room.alice.says("/exports")
    assert "Nothing has been exported" in said["text"]
    await room.alice.says("/export olga")
    await room.alice.presses("exf:full:csv", (await room.latest(ALICE)).message_id)
    (said,) = await room.alice.says("/exports")
    assert "Alice" in said["text"]
    assert "being made" in said["text"]


async def test_the_log_says_in_words_in_which_form(room: Room) -> None:
    await room.alice.says("/archive")
    await room.alice.presses("archive", (await room.latest(ALICE)).message_id)
    await room.alice.says("/export olga")
    await room.alice.presses("exf:full:vcard", (await room.latest(ALICE)).message_id)
    (said,) = await room.alice.says("/exports")
    assert "(the whole base), full archive, <code>" in said["text"]
    assert "(olga), Contacts (vCard), <code>" in said["text"]


async def test_words_of_buttons_that_no_button_has_do_nothing(room: Room) -> None:
    await room.alice.says("/export olga")
    message = (await room.latest(ALICE)).message_id
    for press in ("exu:everything", "exf:full:exe", "exf:", "exu:"):
        await room.alice.presses(press, message)
    assert await room.rows("exports") == []
