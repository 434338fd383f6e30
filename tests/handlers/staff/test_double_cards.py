"""Going through pairs of cards that may be one person's: side by side, merged field by field, taken apart again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from storage import contacts, pairs, search, tables
from storage.engine import Database, Tx
from tests.handlers.staff.rooms import BOB, Room, buttons
from tests.storage import makers
from tests.storage.makers import NOW


async def make_double(database: Database, room: Room, *, score: float = 0.97, **columns: Any) -> int:
    """Another card of Olga's, paired with hers."""
    columns = {"name": "Ольга Коваль", "emails": ["olga@example.com"], "fields": {"city": "Львів"}} | columns
    double = await makers.make_contact(database, **columns)

    async def unit(tx: Tx) -> None:
        await search.index(tx, double)
        pair = {"low_id": room.olga, "high_id": double, "score": score, "reasons": {}, "found_at": NOW}
        await tx.run(insert(tables.duplicate_pairs).values(**pair))

    await database.write(unit)
    return double


def labelled(screen: dict[str, Any]) -> dict[str, str]:
    """What each button sends, and what stands on it."""
    return {button["data"]: button["text"] for row in screen["buttons"] for button in row}


async def shown(room: Room, said: list[dict[str, Any]]) -> int:
    """The message is on the screen; its id, for the buttons under it."""
    assert said
    return int((await room.latest(BOB)).message_id)


async def test_the_queue_shows_both_cards_side_by_side_the_likeliest_first(room: Room, database: Database) -> None:
    await make_double(database, room, score=0.6, name="Інша")
    double = await make_double(database, room, phones=["+380501234567"])
    (screen,) = await room.bob.says("/duplicates")
    assert screen["protect"]
    assert "97 %" in screen["text"]
    assert "1 of 2" in screen["text"]
    text = screen["text"]
    assert "Olga Koval" in text
    assert "Ольга Коваль" in text
    assert text.index("<b>The same</b>") < text.index("+380 50 123 4567") < text.index("<b>Different</b>")
    assert f"<b>Only on no. {double}</b>" in text
    assert f"dup:join:{room.olga}:{double}:0" in buttons(screen)
    assert "dup:queue:1" in buttons(screen)


async def test_an_empty_queue_says_so(room: Room) -> None:
    (screen,) = await room.bob.says("/duplicates")
    assert "no pairs" in screen["text"]


async def test_they_are_merged_as_chosen_and_undone(room: Room, database: Database) -> None:
    """Bob looks at the pair, takes the other name, merges; the old number opens the one card; then he undoes it."""
    double = await make_double(database, room)
    before = await room.snapshot()
    message = await shown(room, await room.bob.says("/duplicates"))
    (screen,) = await room.bob.presses(f"dup:join:{room.olga}:{double}:0", message)
    assert "<b>Olga Koval</b> <s>Ольга Коваль</s>" in screen["text"]
    (screen,) = await room.bob.presses("dup:pick:0", message)
    assert "<b>Ольга Коваль</b> <s>Olga Koval</s>" in screen["text"]
    (screen,) = await room.bob.presses("dup:do", message)
    card = await room.row("contacts")
    assert (card.id, card.name) == (room.olga, "Ольга Коваль")
    (opened,) = await room.bob.says(f"/card {double}")
    assert f"№ {room.olga}" in opened["text"]
    (undo,) = [data for data in buttons(screen) if data.startswith("dup:undo:")]
    (screen,) = await room.bob.presses(undo, message)
    assert f"card:{double}" in buttons(screen)
    assert await room.snapshot() == before


async def test_two_birthdays_are_shown_and_chosen_between(room: Room, database: Database) -> None:
    """Like every field that cards have without the owner writing it: nothing of the card that goes is dropped unseen."""
    profile = {"birthday": "1971-04-11", "call_time": "зранку", "organisation": "Ромашка"}
    double = await make_double(database, room, name="Olga Koval", fields=profile)
    fields = {"birthday": "1990-03-08", "call_time": "ввечері", "sex": "female"}
    await database.write(lambda tx: contacts.change(tx, room.olga, fields=fields, now=NOW))
    message = await shown(room, await room.bob.says("/duplicates"))
    text = (await room.latest(BOB)).payload["text"]
    different, olgas, doubles = text.partition("Different")[2].split("Only on")
    assert "Birthday: 8 Mar 1990 ↔ 11 Apr 1971" in different
    assert "Best time to call: ввечері ↔ зранку" in different
    assert "Sex: Female" in olgas
    assert "Organisation: Ромашка" in doubles
    (screen,) = await room.bob.presses(f"dup:join:{room.olga}:{double}:0", message)
    assert "<b>8 Mar 1990</b> <s>11 Apr 1971</s>" in screen["text"]
    (pick,) = [data for data, label in labelled(screen).items() if "11 Apr" in label]
    (screen,) = await room.bob.presses(pick, message)
    assert "<b>11 Apr 1971</b> <s>8 Mar 1990</s>" in screen["text"]
    await room.bob.presses("dup:do", message)
    assert (await room.row("contacts")).fields == {**profile, "call_time": "ввечері", "sex": "female"}


async def test_the_other_card_may_stay(room: Room, database: Database) -> None:
    double = await make_double(database, room)
    message = await shown(room, await room.bob.says("/duplicates"))
    await room.bob.presses(f"dup:join:{room.olga}:{double}:0", message)
    await room.bob.presses("dup:swap", message)
    await room.bob.presses("dup:do", message)
    assert (await room.row("contacts")).id == double


async def test_pressed_twice_it_is_done_once(room: Room, database: Database) -> None:
    double = await make_double(database, room)
    message = await shown(room, await room.bob.says("/duplicates"))
    await room.bob.presses(f"dup:join:{room.olga}:{double}:0", message)
    await room.bob.presses("dup:do", message)
    await room.bob.presses("dup:do", message)
    assert len(await room.rows("changes")) == 1


async def test_a_card_changed_meanwhile_is_compared_anew(room: Room, database: Database) -> None:
    double = await make_double(database, room)
    message = await shown(room, await room.bob.says("/duplicates"))
    await room.bob.presses(f"dup:join:{room.olga}:{double}:0", message)
    await room.alice.presses(f"pick:{room.olga}:language:uk")
    await room.bob.presses("dup:do", message)
    assert "has changed" in room.office.ears.toasts[-1]
    assert len(await room.rows("contacts")) == 2


async def test_two_different_people_are_not_offered_again(room: Room, database: Database) -> None:
    double = await make_double(database, room)
    message = await shown(room, await room.bob.says("/duplicates"))
    (screen,) = await room.bob.presses(f"dup:apart:{room.olga}:{double}:0", message)
    assert "no pairs" in screen["text"]
    async with database.read() as db:
        pair = await pairs.get(db, room.olga, double)
    assert pair is not None
    assert pair.state == "distinct"
    (screen,) = await room.bob.says(f"/duplicates {room.olga} {double}")
    assert "two people" in screen["text"]


async def test_later_shows_the_next_pair_and_comes_round(room: Room, database: Database) -> None:
    await make_double(database, room, score=0.9, name="Перша")
    await make_double(database, room, score=0.8, name="Друга")
    message = await shown(room, await room.bob.says("/duplicates"))
    (screen,) = await room.bob.presses("dup:queue:1", message)
    assert "Друга" in screen["text"]
    assert "dup:queue:0" in buttons(screen)


async def test_a_duplicate_is_named_by_number_or_by_searching(room: Room, database: Database) -> None:
    double = await make_double(database, room)
    for said in (f"№ {double}", "olga@example.com"):
        await room.bob.presses(f"dup:of:{room.olga}")
        (screen,) = await room.bob.says(said)
        assert f"dup:join:{room.olga}:{double}" in buttons(screen), said
    await room.bob.presses(f"dup:of:{room.olga}")
    (screen,) = await room.bob.says("нікого такого")
    assert "Nobody else" in screen["text"]


async def test_one_card_is_no_pair_and_nonsense_is_answered(room: Room) -> None:
    (screen,) = await room.bob.says(f"/duplicates {room.olga} {room.olga}")
    assert "one and the same card" in screen["text"]
    (screen,) = await room.bob.says("/duplicates 1 2 3")
    assert "/duplicates 12 40" in screen["text"]
    for data in ("dup:do", "dup:pick:0", "dup:nonsense", "dup:undo:999"):
        assert await room.bob.presses(data) == []


async def test_hostile_names_are_shown_as_they_are(room: Room, database: Database) -> None:
    double = await make_double(database, room, name="<b>&{$x}")
    (screen,) = await room.bob.says("/duplicates")
    assert "&lt;b&gt;&amp;{$x}" in screen["text"]
    message = await shown(room, [screen])
    (screen,) = await room.bob.presses(f"dup:join:{room.olga}:{double}:0", message)
    assert "&lt;b&gt;&amp;{$x}" in screen["text"]


async def test_a_viewer_may_look_and_not_touch(room: Room, database: Database) -> None:
    double = await make_double(database, room)
    before = await room.snapshot()
    (screen,) = await room.vera.says("/duplicates")
    assert all(data.startswith("card:") for data in buttons(screen))
    for data in (f"dup:join:{room.olga}:{double}", f"dup:apart:{room.olga}:{double}", f"dup:of:{room.olga}"):
        assert await room.vera.presses(data) == []
        assert "may look" in room.office.ears.toasts[-1]
    assert await room.snapshot() == before


async def test_a_customer_hears_nothing_of_it(room: Room, database: Database) -> None:
    double = await make_double(database, room)
    for data in (f"dup:show:{room.olga}:{double}", "dup:queue:0", f"dup:apart:{room.olga}:{double}"):
        assert await room.charlie.presses(data) == []
    assert await room.rows("duplicate_pairs", state="distinct") == []


async def test_what_a_second_account_writes_reaches_the_card_and_is_answered_there(
    room: Room, database: Database
) -> None:
    """Olga's two accounts are one card; she writes from the second, and the team's answer goes to the second."""
    olga = (await room.row("contacts", id=room.olga)).telegram_id
    double = await make_double(database, room, telegram_id=777)
    message = await shown(room, await room.bob.says("/duplicates"))
    await room.bob.presses(f"dup:join:{room.olga}:{double}:0", message)
    await room.bob.presses("dup:do", message)
    said = await room.office.person(777, "Olga").says("Це я з другого телефону")
    assert any(f"card:{room.olga}" in str(one) or "Olga Koval" in str(one) for one in said)
    card = await room.row("contacts")
    assert (card.id, card.telegram_id) == (room.olga, 777)
    assert [row.telegram_id for row in await room.rows("telegram_aliases")] == [olga]
