"""A question is put together without typing a word, counted as it grows, saved and acted on."""

from __future__ import annotations

import pytest

from tests.handlers.staff.rooms import BOB, VERA, Room, buttons
from tests.handlers.staff.test_bulk import Hand, people, tagged
from tests.storage.makers import make_contact


@pytest.fixture
async def bob(room: Room) -> Hand:
    return Hand(room, room.bob, BOB)


async def pick(hand: Hand, field: str) -> None:
    """A field, wherever it is among the pages."""
    while f"sb:f:{field}" not in buttons(hand.shown):
        await hand.presses([one for one in buttons(hand.shown) if one.startswith("sb:fields:")][-1])
    await hand.presses(f"sb:f:{field}")


def value(hand: Hand, text: str) -> str:
    return next(str(one["data"]) for row in hand.shown["buttons"] for one in row if text in one["text"])


async def test_a_question_grows_by_presses_is_counted_saved_and_acted_on(room: Room, bob: Hand) -> None:
    await people(room, 3)
    await make_contact(room.database, name="Vera", status="vip")
    await bob.says("/segment")
    await bob.presses("sb")
    await pick(bob, "tag")
    await bob.presses("sb:a:is")
    await bob.presses(value(bob, "#new"))
    assert "3 people" in bob.shown["text"]
    assert "Tag: #new" in bob.shown["text"]
    await bob.presses("sb:or")
    await pick(bob, "status")
    await bob.presses("sb:a:is")
    await bob.presses(value(bob, "VIP"))
    assert "4 people" in bob.shown["text"]
    before = bob.message
    await bob.presses("segnew")
    await bob.says("Ours")
    assert (await room.row("segments")).query == 'tag:"new" or status:"vip"'
    bob.message = before
    await bob._seen(await bob.who.presses("bulk", before))
    await bob.presses("bulk:tag")
    await bob.presses("bulkask:tag")
    await bob.says("both")
    await bob.presses("bulkto:said")
    await bob.presses("bulkgo")
    assert len(await tagged(room, "both")) == 4


async def test_a_typed_value_is_read_and_a_wrong_one_is_asked_again(room: Room, bob: Hand) -> None:
    await make_contact(room.database, name="Rich", purchases=7)
    await bob.says("/segment")
    await bob.presses("sb")
    await pick(bob, "purchases")
    await bob.presses("sb:a:least")
    await bob.presses("sbask")
    assert "number is expected" in (await bob.says("many"))["text"]
    await bob.says("6")
    assert "Purchases: at least 6" in bob.shown["text"]
    await bob.presses("sb:count")
    assert "1 person" in bob.shown["text"]
    await bob.presses("sb:pop")
    assert "sb:f:name" in buttons(bob.shown) or "sb:fields:18" in buttons(bob.shown)


async def test_a_list_is_asked_by_its_name_and_shown_page_by_page(room: Room, bob: Hand) -> None:
    await bob.who.presses(f"listnew:{room.olga}")
    await bob.says('The "party"')
    (party,) = await room.rows("segments")
    await bob.presses(f"seg:{party.id}")
    assert "Olga" in str(await room.bob.presses(f"segpeople:{party.id}"))
    await bob.says("/segment")
    await bob.presses("sb")
    await pick(bob, "segment")
    await bob.presses("sb:a:out")
    await bob.presses("sb:v:0")
    assert "0 people" in bob.shown["text"]


async def test_a_viewer_asks_and_saves_nothing(room: Room) -> None:
    await people(room, 1)
    vera = Hand(room, room.vera, VERA)
    await vera.says("/segment")
    await vera.presses("sb")
    await pick(vera, "reachable")
    await vera.presses("sb:a:yes")
    assert "2 people" in vera.shown["text"]
    assert not {"segnew", "bulk"} & set(buttons(vera.shown))
    assert "Olga" in str(await vera.presses("sb:show"))
