"""What the base brings: groups for the team, money for the owner, people behind each button."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from storage.engine import Tx
from storage.tables import contacts, purchases
from tests.clocks import NOON
from tests.handlers.staff.rooms import Room, buttons
from tests.storage.makers import make_contact


async def sold(room: Room, contact_id: int, *values: tuple[int, int], **card: Any) -> None:
    """Purchases (days ago, minor units), with the roll-ups of the card."""

    async def unit(tx: Tx) -> None:
        for days, value in values:
            at = NOON - timedelta(days=days)
            await tx.run(
                insert(purchases).values(
                    contact_id=contact_id, amount=value, currency="UAH", value=value, at=at, created_at=at
                )
            )
        last = NOON - timedelta(days=min(days for days, _ in values))
        rollups = {"purchases": len(values), "spent": sum(value for _, value in values), "last_purchase_at": last}
        await tx.run(update(contacts).where(contacts.c.id == contact_id).values(**rollups, **card))

    await room.database.write(unit)


async def shop(room: Room) -> int:
    """Olga buys often and for much; Ivan bought once, long ago. Returns Ivan's number."""
    ivan = await make_contact(room.database, name="Ivan <b>", consent_version="2026-11")
    await sold(room, room.olga, (60, 100_000), (30, 100_000), (1, 100_000), rfm="champions", abc="A")
    await sold(room, ivan, (300, 5_000), rfm="lost", abc="C")
    return ivan


async def test_the_groups_are_counted_and_their_money_is_the_owners_to_see(room: Room) -> None:
    await shop(room)
    (seen_by_owner,) = await room.alice.says("/rfm")
    assert "2 buyers · 3,050" in seen_by_owner["text"]
    (seen_by_manager,) = await room.bob.says("/rfm")
    assert "2 buyers" in seen_by_manager["text"]
    assert "3,050" not in seen_by_manager["text"]
    assert seen_by_manager["protect"]


async def test_a_period_has_its_own_groups_without_buttons_of_people(room: Room) -> None:
    await shop(room)
    (page,) = await room.alice.presses("rfmp:quarter")
    assert "1 buyer " in page["text"]
    assert not [data for data in buttons(page) if data.startswith("rfmg:")]


async def test_an_empty_base_says_how_to_begin(room: Room) -> None:
    for command in ("/rfm", "/abc"):
        (page,) = await room.alice.says(command)
        assert "/sale" in page["text"]


async def test_classes_of_revenue_by_the_owners_limits(room: Room) -> None:
    await shop(room)
    (page,) = await room.alice.says("/abc")
    assert "<b>A</b>: 1 (50 %) · 3,000" in page["text"]
    assert "<b>C</b>: 1 (50 %) · 50" in page["text"]
    assert buttons(page) == ["abcc:A", "abcc:C"]


async def test_one_person_is_told_in_words(room: Room) -> None:
    ivan = await shop(room)
    (page,) = await room.alice.says(f"/rfm {room.olga}")
    assert "every 30 days" in page["text"]
    (page,) = await room.alice.says(f"/rfm {ivan}")
    assert "Ivan &lt;b&gt;" in page["text"]
    assert "Recency 1 of 5" in page["text"]
    stranger = await make_contact(room.database, name="Nobody")
    (page,) = await room.alice.says(f"/rfm {stranger}")
    assert "No purchases yet" in page["text"]


async def test_a_months_moves_can_be_leafed_through(room: Room) -> None:
    await shop(room)
    (page,) = await room.alice.presses("rfmm:0")
    assert "Stayed in their group" in page["text"]
    assert buttons(page) == ["rfmm:1", "rfmp:all"]
    (page,) = await room.alice.presses("rfmm:1")
    assert "rfmm:0" in buttons(page)


async def test_the_picture_is_ordered_once_a_press(room: Room) -> None:
    await shop(room)
    await room.bob.presses("rfmpic:all")
    (job,) = await room.rows("work", kind="draw")
    assert (job.payload["money"], job.payload["period"]) == (False, "all")
    await room.bob.presses("rfmpic:for ever")
    assert len(await room.rows("work", kind="draw")) == 1


async def test_customers_see_nothing_of_it(room: Room) -> None:
    await shop(room)
    for command in ("/rfm", "/abc", f"/rfm {room.olga}"):
        for said in await room.charlie.says(command):
            assert "buyers" not in said["text"]
            assert "Olga" not in said["text"]
