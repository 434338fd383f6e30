"""The desk: questions and their answers, letters, edits, reminders, newcomers; what is typed goes where it is meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from storage import contacts, search
from storage.contacts import Contact
from storage.engine import Tx
from storage.tables import outbox
from tests.clocks import NOON
from tests.handlers.staff.rooms import BOB, Room, buttons
from tests.storage.makers import make_contact, make_tag


async def _olga(room: Room) -> Contact:
    async with room.database.read() as db:
        found = await contacts.get(db, room.olga)
    assert found is not None
    return found


async def _change(room: Room, **values: Any) -> None:
    async def unit(tx: Tx) -> None:
        await contacts.change(tx, room.olga, now=room.office.clock.now(), **values)

    await room.database.write(unit)


async def _letters(room: Room) -> list[Any]:
    return [row for row in await room.rows("outbox") if row.key.startswith("reply:")]


async def test_a_command_closes_the_question_that_was_open(room: Room) -> None:
    """After “Write” and then /tasks or /note, a name that is typed is looked for, not sent to the customer."""
    await room.bob.presses(f"write:{room.olga}")
    await room.bob.says(f"/note {room.olga} likes mornings")
    assert "Olga Koval" in (await room.bob.says("Koval"))[0]["text"]
    assert await _letters(room) == []


async def test_a_command_that_only_looks_says_that_the_question_is_open(room: Room) -> None:
    """It is said where the next message goes, with a way out."""
    await room.bob.presses(f"write:{room.olga}")
    *_, warning = await room.bob.says("/queue")
    assert "still open" in warning["text"]
    assert buttons(warning) == ["drop"]
    await room.bob.presses("drop")
    await room.bob.says("Koval")
    assert await _letters(room) == []


async def test_a_cancel_closes_its_own_question_and_no_other(room: Room) -> None:
    """The one under a note that was written leaves alone the note about somebody else that is being asked for."""
    taras = await make_contact(room.database, name="Taras")
    await room.bob.presses(f"note:{room.olga}")
    asked = max(row.id for row in await room.rows("outbox"))

    async def sent(tx: Tx) -> None:
        await tx.run(update(outbox).where(outbox.c.id == asked).values(message_id=501, chat_id=room.bob.chat["id"]))

    await room.database.write(sent)
    await room.bob.says("likes mornings")
    await room.bob.presses(f"note:{taras}")
    (late,) = await room.bob.presses("drop:asked", 501)
    assert "closed already" in late["text"]
    await room.bob.says("likes evenings")
    notes = {row.contact_id: row.text for row in await room.rows("notes")}
    assert notes == {room.olga: "likes mornings", taras: "likes evenings"}


async def test_a_question_does_not_wait_till_the_next_morning(room: Room) -> None:
    """What is typed an hour later is sent to nobody."""
    await room.bob.presses(f"write:{room.olga}")
    room.office.clock.move(timedelta(hours=1))
    (said,) = await room.bob.says("Taras")
    assert "waited too long" in said["text"]
    assert await _letters(room) == []


async def test_a_letter_leaves_at_once_while_they_talk_and_in_the_morning_otherwise(room: Room) -> None:
    """Quiet hours do not interrupt a conversation; a word out of the blue waits, and the manager is told so."""
    room.office.clock.move_to(datetime(2026, 11, 24, 21, 0, tzinfo=UTC))
    await _change(room, last_in_at=room.office.clock.now() - timedelta(hours=1))
    await room.bob.presses(f"write:{room.olga}")
    await room.bob.says("Yes!")
    await _change(room, last_in_at=NOON - timedelta(days=9))
    await room.bob.presses(f"write:{room.olga}")
    said = await room.bob.says("Shall we meet?")
    assert [row.purpose for row in await _letters(room)] == ["answer", "service"]
    assert any("09:00" in payload.get("text", "") for payload in said)


async def test_a_photo_is_copied_and_an_album_goes_whole(room: Room) -> None:
    """Three photos of one album are three copies; what comes after is no part of it."""
    file = {"file_id": "f", "file_unique_id": "u", "file_size": 10, "width": 1, "height": 1}
    await room.bob.presses(f"write:{room.olga}")
    for _ in range(3):
        await room.bob.sends(photo=[file], media_group_id="77")
    await room.bob.says("Taras")
    assert [list(row.payload) for row in await _letters(room)] == [["copy"]] * 3


async def test_a_reply_to_a_card_goes_to_its_contact_and_is_noted(room: Room) -> None:
    """Telegram's own reply to any message about somebody; the request has its first reply."""
    await room.bob.says(f"/card {room.olga}")
    card = await room.latest(BOB)
    await room.bob.sends(text="Hello <Olga>", reply_to_message=_replied(room, card.message_id))
    (letter,) = await _letters(room)
    assert letter.payload["text"] == "Hello &lt;Olga&gt;"
    assert letter.chat_id == (await _olga(room)).telegram_id
    assert (await room.row("events", kind="reply")).text == "Hello <Olga>"
    assert (await room.row("requests", id=room.request)).first_reply_at is not None


async def test_a_reply_to_the_question_answers_it_and_reaches_nobody_else(room: Room) -> None:
    """The question of an edited field stands in the card's message: a reply to it is the new value."""
    await room.bob.says(f"/card {room.olga}")
    card = await room.latest(BOB)
    await room.bob.presses(f"ed:{room.olga}:name", message_id=card.message_id)
    await room.bob.sends(text="Olha Koval", reply_to_message=_replied(room, card.message_id))
    assert (await _olga(room)).name == "Olha Koval"
    assert await _letters(room) == []


async def test_commands_need_no_number_as_a_reply(room: Room) -> None:
    """/tag, /note and /remind are about whom the replied message is about."""
    await room.bob.says(f"/card {room.olga}")
    card = await room.latest(BOB)
    for text in ("/tag vip опт", "/note любить ранок"):
        await room.bob.sends(text=text, reply_to_message=_replied(room, card.message_id))
    assert len(await room.rows("contact_tags", contact_id=room.olga)) == 2
    assert (await room.row("notes")).text == "любить ранок"
    assert await _letters(room) == []


async def test_fields_are_checked_as_a_form_checks_them(room: Room) -> None:
    """A phone that is none is asked again with why; the right one is kept in E.164."""
    await room.bob.presses(f"ed:{room.olga}:phone")
    (again,) = await room.bob.says("12345")
    assert again["text"] != ""
    assert (await room.bob.conversation()).flow == "field"
    await room.bob.says("067 123 45 67")
    assert {row.value for row in await room.rows("contact_points")} == {"+380501234567", "+380671234567"}
    await room.bob.presses(f"pick:{room.olga}:status:vip")
    await room.bob.presses(f"pick:{room.olga}:timezone:Asia/Almaty")
    await room.bob.presses(f"pick:{room.olga}:owner:{room.bob_id}")
    await room.bob.presses(f"setf:{room.olga}:master:1")
    olga = await _olga(room)
    assert (olga.status, olga.timezone, olga.owner_id, olga.fields) == (
        "vip",
        "Asia/Almaty",
        room.bob_id,
        {"master": "olena"},
    )
    for wrong in ("status:king", "timezone:Mars/Base", "owner:999", "language:xx", "spam_at:1"):
        await room.bob.presses(f"pick:{room.olga}:{wrong}")
    assert await _olga(room) == olga


async def test_nothing_personal_is_written_on_the_card_of_who_has_not_agreed(room: Room) -> None:
    """Until they agree; agreed in words, it is noted with the text and who heard it."""
    guest = await make_contact(room.database, name=None)
    await room.bob.presses(f"ed:{guest}:name")
    await room.bob.says("Petro")
    async with room.database.read() as db:
        found = await contacts.get(db, guest)
    assert found is not None
    assert found.name is None
    await room.bob.presses(f"agreed:{guest}")
    consent = await room.row("consents", contact_id=guest)
    assert consent.granted
    assert "Bob" in consent.text
    await room.bob.presses(f"ed:{guest}:name")
    await room.bob.says("Petro")
    async with room.database.read() as db:
        found = await contacts.get(db, guest)
    assert found is not None
    assert found.name == "Petro"


async def test_a_reminder_is_shown_on_the_customer_s_clock_and_sent_once(room: Room) -> None:
    """In Almaty 15:00 is Almaty's; pressed twice it is planned once; taken back it does not leave."""
    await _change(room, timezone="Asia/Almaty")
    (shown,) = await room.bob.says(f"/remind {room.olga} tomorrow at 15:00 See you!")
    assert "15:00" in shown["text"]
    assert "by the customer's clock (Almaty)" in shown["text"]
    message = await room.latest(BOB)
    for _ in range(2):
        await room.bob.presses("rsend", message_id=message.message_id)
    (row,) = [row for row in await room.rows("outbox") if row.key.startswith("remind:")]
    assert row.due_at == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    assert (row.purpose, row.contact_id) == ("service", room.olga)
    assert row.memo["wall"] == "2026-11-25T15:00+05:00"
    assert len(await room.rows("events", kind="reminder")) == 1
    (page,) = await room.bob.presses(f"rems:{room.olga}")
    assert f"unrem:{room.olga}:{row.id}" in buttons(page)
    await room.bob.presses(f"unrem:{room.olga}:{row.id}")
    assert (await room.row("outbox", id=row.id)).state == "cancelled"


async def test_a_reminder_without_a_time_is_asked_for_it_step_by_step(room: Room) -> None:
    """The day, the hour and the words may come one after another, and the time may be changed at the end."""
    await room.bob.presses(f"remind:{room.olga}")
    await room.bob.says("on Friday")
    (asked,) = await room.bob.presses("pclock:10:00")
    assert "What shall I write" in asked["text"]
    (shown,) = await room.bob.says("See you!")
    assert "10:00" in shown["text"]
    message = await room.latest(BOB)
    await room.bob.presses("rchange", message_id=message.message_id)
    (again,) = await room.bob.says("tomorrow at 12:30")
    assert "12:30" in again["text"]
    assert "See you!" in again["text"]


async def test_found_people_are_paged_in_place(room: Room) -> None:
    """Twenty of a name: eight a page, ▶ and ◀ change the same message; a tag's button finds its people."""
    for _ in range(20):
        contact = await make_contact(room.database, name="Iryna Bondar")
        await room.database.write(lambda tx, contact=contact: search.index(tx, contact))  # type: ignore[misc]
    (page,) = await room.bob.says("bondar")
    assert "found:8" in buttons(page)
    message = await room.latest(BOB)
    (second,) = await room.bob.presses("found:8", message_id=message.message_id)
    assert {"found:0", "found:16"} <= set(buttons(second))
    assert not set(buttons(page)[:8]) & set(buttons(second)[:8])
    tag = await make_tag(room.database, room.olga, "a b, c")
    (card,) = await room.bob.presses(f"tagged:{tag}")
    assert f"card:{room.olga}" in buttons(card)


async def test_a_mistake_in_a_query_is_told_with_what_was_meant(room: Room) -> None:
    """Only where it looks like a condition: a stray bracket in a name is nobody's business."""
    (said,) = await room.bob.says("/find tga:vip")
    assert "tag:vip" in said["text"]
    (said,) = await room.bob.says("nobody (")
    assert "⚠️" not in said["text"]


async def test_a_newcomer_without_consent_leaves_nothing_personal(room: Room) -> None:
    """A numbered card with a source; neither the name nor the phone is anywhere in the base."""
    await room.bob.says("/add Марія Гончар 0507771122 maria@example.com")
    await room.bob.presses("addfrom:call")
    await room.bob.presses("addskip")
    await room.bob.presses("addend:no")
    newest = (await room.rows("contacts"))[-1]
    assert (newest.name, newest.name_key, newest.source_first) == (None, None, "call")
    assert not await room.rows("contact_points", contact_id=newest.id)
    assert (await room.bob.conversation()).flow is None
    await room.bob.presses("addend:yes")
    assert len(await room.rows("contacts")) == len({row.id for row in await room.rows("contacts")}) == newest.id


async def test_the_team_is_known_by_name_from_its_first_word(room: Room) -> None:
    """Telegram's name, and that they can be written to."""
    await room.alice.says("/start")
    alice = await room.row("staff", name="Alice")
    assert alice.started_at is not None


def _replied(room: Room, message_id: int) -> dict[str, Any]:
    """The bot's own message, as Telegram encloses it with a reply."""
    bot = {"id": 1, "is_bot": True, "first_name": "Kartoteka", "username": room.office.place.username}
    return {"message_id": message_id, "date": 1, "chat": room.bob.chat, "from": bot, "text": "…"}
