"""A link joins a person to the card that was made of them: once, for a while, and nothing is lost by it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine import Database
from tests.handlers.staff.rooms import Room, buttons, make_room
from tests.storage.makers import make_contact


@pytest.fixture
async def room(database: Database, tmp_path: Path) -> Room:
    room = await make_room(database)
    room.office.place.data_folder = str(tmp_path)
    return room


async def imported(room: Room) -> int:
    return await make_contact(
        room.database, name="Тарас <i>Бульба</i>", telegram_id=None, reachable=False, phones=["+380671234567"]
    )


async def link(room: Room, card: int) -> str:
    """The payload of a link that Bob made on the card."""
    (said,) = await room.bob.presses(f"claim:{card}")
    picture = Path(room.office.place.data_folder) / said["attachment"]["path"]
    assert picture.read_bytes().startswith(b"\x89PNG")
    found = re.search(r"\?start=(c_[\w-]{20,62})", said["text"])
    assert found is not None
    return found[1]


async def test_who_presses_the_link_is_joined_to_the_card(room: Room) -> None:
    """A stranger becomes the person of the card, is reachable, and the team hears of it."""
    card = await imported(room)
    (shown,) = await room.bob.says(f"/card {card}")
    assert f"claim:{card}" in buttons(shown)
    payload = await link(room, card)
    taras = room.office.person(777, "Taras")
    said = await taras.says(f"/start {payload}")
    assert any("Тарас &lt;i&gt;Бульба&lt;/i&gt;" in one.get("text", "") for one in said)
    row = await room.row("contacts", id=card)
    assert (row.telegram_id, row.reachable) == (777, True)
    assert row.source_first is None
    told = [row for row in await room.rows("outbox") if row.key.startswith("claimed:")]
    assert len(told) == 2
    assert all(one.payload["protect"] for one in told)
    again = await taras.says(f"/start {payload}")
    assert len(await room.rows("contacts", telegram_id=777)) == 1
    assert "Здравствуйте, Тарас!" in str(again), "it is the card that is greeted"


async def test_somebody_who_has_just_come_leaves_their_empty_card(room: Room) -> None:
    card = await imported(room)
    taras = room.office.person(777, "Taras")
    await taras.says("/start")
    await taras.says(f"/start {await link(room, card)}")
    assert [row.id for row in await room.rows("contacts", telegram_id=777)] == [card]


async def test_a_card_with_something_on_it_is_put_before_the_team(room: Room) -> None:
    """Nothing is merged behind anybody's back."""
    card = await imported(room)
    olga = room.office.person((await room.row("contacts", id=room.olga)).telegram_id, "Olga")
    said = await olga.says(f"/start {await link(room, card)}")
    assert any("менеджер" in one["text"] for one in said)
    assert (await room.row("contacts", id=card)).telegram_id is None
    assert (await room.row("contacts", id=room.olga)).name == "Olga Koval"
    (pair,) = await room.rows("duplicate_pairs")
    assert {pair.low_id, pair.high_id} == {card, room.olga}


async def test_used_expired_replaced_and_made_up_links_join_nobody(room: Room) -> None:
    """Each is answered kindly, and the person is welcome all the same."""
    card, other = await imported(room), await imported(room)
    replaced, used = await link(room, card), await link(room, card)
    await room.office.person(777, "Taras").says(f"/start {used}")
    expired = await link(room, other)
    room.office.clock.move(timedelta(days=91))
    eve = room.office.person(778, "Eve")
    for payload in (used, replaced, expired, "c_made-up", "c_"):
        said = await eve.says(f"/start {payload}")
        assert len(said) == 2
        assert "Бульба" not in str(said)
    (row,) = await room.rows("contacts", telegram_id=778)
    assert row.id not in (card, other)
    assert row.source_first is None


async def test_no_link_is_made_for_who_is_on_telegram_or_by_who_only_looks(room: Room) -> None:
    await room.bob.presses(f"claim:{room.olga}")
    await room.vera.presses(f"claim:{await imported(room)}")
    assert await room.rows("claims") == []
