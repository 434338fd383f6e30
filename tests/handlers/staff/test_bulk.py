"""Changing many people by buttons: counted first, confirmed, done to whom was counted, undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from crm import id_sets
from scheduler import bulk_work
from services import bulk_changing
from storage import bulk_changes, saved_segments, search, work
from storage.engine import Tx
from tests.handlers.desk import Talker
from tests.handlers.staff.rooms import ALICE, BOB, Room, buttons
from tests.places import make_office
from tests.storage.makers import make_contact


async def people(room: Room, count: int) -> list[int]:
    """So many Ivans, found by their name and by their tag."""
    made = [await make_contact(room.database, name=f"Ivan {place}", tags=["new"]) for place in range(count)]

    async def unit(tx: Tx) -> None:
        await search.index_many(tx, made)

    await room.database.write(unit)
    return made


class Hand:
    """One of the team with a message in front of them, pressing what stands below it."""

    def __init__(self, room: Room, who: Talker, chat: int) -> None:
        self.room, self.who, self.chat = room, who, chat
        self.message = 0
        self.shown: dict[str, Any] = {}

    async def says(self, text: str) -> dict[str, Any]:
        said = await self.who.says(text)
        return await self._seen(said)

    async def presses(self, data: str) -> dict[str, Any]:
        """A button that is there."""
        assert data in buttons(self.shown), (data, buttons(self.shown))
        return await self._seen(await self.who.presses(data, self.message))

    async def _seen(self, said: list[dict[str, Any]]) -> dict[str, Any]:
        self.shown = said[0]
        await self.room.delivered()
        rows = [row for row in await self.room.rows("outbox", chat_id=self.chat) if row.payload == self.shown]
        self.message = rows[-1].message_id
        return self.shown


async def tagged(room: Room, name: str) -> set[int]:
    (tag,) = await room.rows("tags", key=name)
    return {row.contact_id for row in await room.rows("contact_tags", tag_id=tag.id)}


@pytest.fixture
async def bob(room: Room) -> Hand:
    return Hand(room, room.bob, BOB)


async def test_all_who_were_found_get_a_tag_and_lose_it_by_undo(room: Room, bob: Hand) -> None:
    ivans = await people(room, 3)
    await bob.says("ivan")
    assert "All 3" in str(bob.shown["buttons"])
    await bob.presses("bulk")
    assert "3 people" in bob.shown["text"]
    await bob.presses("bulk:tag")
    await bob.presses("bulkask:tag")
    await bob.says("#VIP guests")
    asked = await bob.presses("bulkto:said")
    assert "VIP guests" in asked["text"]
    assert "3 people" in asked["text"]
    done = await bob.presses("bulkgo")
    assert "3 cards changed" in done["text"]
    assert await tagged(room, "vip guests") == set(ivans)
    (change,) = await room.rows("changes")
    undone = await bob.presses(f"bulkundo:{change.id}")
    assert "Undone" in undone["text"]
    assert await tagged(room, "vip guests") == set()


async def test_who_comes_after_the_count_is_not_changed(room: Room, bob: Hand) -> None:
    """The set is fixed when the question is put: what was counted is what is changed."""
    ivans = await people(room, 2)
    await bob.says("tag:new")
    await bob.presses("bulk")
    await bob.presses("bulk:status")
    await bob.presses("bulkto:status:vip")
    late = await people(room, 1)
    await bob.presses("bulkgo")
    statuses = {row.id: row.status for row in await room.rows("contacts")}
    assert {statuses[one] for one in ivans} == {"vip"}
    assert {statuses[one] for one in late} == {"potential"}


async def test_a_second_press_changes_nothing_more(room: Room, bob: Hand) -> None:
    await people(room, 2)
    await bob.says("tag:new")
    await bob.presses("bulk")
    await bob.presses("bulk:owner")
    await bob.presses(f"bulkto:owner:{room.bob_id}")
    await bob.presses("bulkgo")
    assert await bob.who.presses("bulkgo", bob.message) == []
    assert len(await room.rows("changes")) == 1


async def test_what_was_cancelled_is_not_done_by_an_old_button(room: Room, bob: Hand) -> None:
    await people(room, 2)
    await bob.says("tag:new")
    await bob.presses("bulk")
    await bob.presses("bulk:status")
    await bob.presses("bulkto:status:vip")
    await bob.presses("bulk:cancel")
    assert await bob.who.presses("bulkgo", bob.message) == []
    assert await room.rows("changes") == []


async def test_a_field_with_options_is_set_by_buttons(room: Room, bob: Hand) -> None:
    ivans = await people(room, 2)
    await bob.says("tag:new")
    await bob.presses("bulk")
    await bob.presses("bulk:field")
    await bob.presses("bulk:field:master")
    await bob.presses("bulkto:field:master:1")
    await bob.presses("bulkgo")
    cards = {row.id: row.fields for row in await room.rows("contacts")}
    assert [cards[one] for one in ivans] == [{"master": "olena"}] * 2


async def test_a_search_becomes_a_list(room: Room, bob: Hand) -> None:
    ivans = await people(room, 2)
    await bob.says("ivan")
    await bob.presses("bulk:list")
    await bob.presses("bulkask:list")
    await bob.says("Party")
    await bob.presses("bulkto:said")
    await bob.presses("bulkgo")
    assert {row.contact_id for row in await room.rows("segment_members")} == set(ivans)


async def test_deleting_is_the_owners_in_two_steps_with_the_count(room: Room, bob: Hand) -> None:
    ivans = await people(room, 2)
    await bob.says("tag:new")
    await bob.presses("bulk")
    assert "bulkto:delete" not in buttons(bob.shown)
    assert await bob.who.presses("bulkto:delete", bob.message) == []
    alice = Hand(room, room.alice, ALICE)
    await alice.says("tag:new")
    await alice.presses("bulk")
    await alice.presses("bulkto:delete")
    await alice.presses("bulkgo:ask")
    assert len(await room.rows("contacts")) == 3
    await alice.presses("bulkgo:2")
    assert [row.id for row in await room.rows("contacts")] == [room.olga]
    await alice.says("/undo")
    (change,) = await room.rows("changes")
    await alice.presses(f"bulkundo:{change.id}")
    assert {row.id for row in await room.rows("contacts")} == {room.olga, *ivans}
    assert "Ivan" in str(await alice.says("ivan"))


async def test_a_line_that_was_not_understood_is_not_acted_on(room: Room, bob: Hand) -> None:
    await people(room, 2)
    await bob.says("ivan requests>=many")
    assert not [one for one in buttons(bob.shown) if one.startswith("bulk")]


async def test_many_are_changed_by_long_work_and_the_message_shows_it(
    room: Room, bob: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_changes, "CHUNK", 2)
    ivans = await people(room, 5)
    await bob.says("tag:new")
    await bob.presses("bulk")
    await bob.presses("bulk:status")
    await bob.presses("bulkto:status:vip")
    going = await bob.presses("bulkgo")
    assert "0 of 5" in going["text"]
    office = make_office(room.database, place=room.office.place, clock=room.office.clock)
    job = await room.database.write(lambda tx: work.claim(tx, by="me", now=room.office.clock.now()))
    assert job is not None
    await bulk_work.carry_on(office, job.payload)
    assert "5 cards changed" in (await room.row("outbox", message_id=bob.message)).payload["text"]
    statuses = {row.id: row.status for row in await room.rows("contacts")}
    assert {statuses[one] for one in ivans} == {"vip"}


async def test_what_needs_a_list_that_is_gone_is_undone_whole(
    room: Room, bob: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_changes, "CHUNK", 2)
    await people(room, 5)
    await bob.says("ivan")
    await bob.presses("bulk:list")
    await bob.presses("bulkask:list")
    await bob.says("Party")
    await bob.presses("bulkto:said")
    await bob.presses("bulkgo")
    (job,) = await room.rows("work")
    office = make_office(room.database, place=room.office.place, clock=room.office.clock)
    ids = id_sets.unpacked(job.payload["people"])
    number = job.payload["change"]
    await room.database.write(
        lambda tx: bulk_changing.step(tx, room.office.place, number, ids, now=room.office.clock.now())
    )
    assert len(await room.rows("segment_members")) == 2
    await room.database.write(lambda tx: saved_segments.remove(tx, 1))
    await bulk_work.carry_on(office, job.payload)
    assert (await room.row("changes")).state == "undone"
    assert "Undone" in (await room.row("outbox", message_id=bob.message)).payload["text"]


async def test_deleted_cards_are_gone_for_good_after_a_month(room: Room) -> None:
    await people(room, 2)
    alice = Hand(room, room.alice, ALICE)
    await alice.says("tag:new")
    await alice.presses("bulk")
    await alice.presses("bulkto:delete")
    await alice.presses("bulkgo:ask")
    await alice.presses("bulkgo:2")
    office = make_office(room.database, place=room.office.place, clock=room.office.clock)
    await bulk_work.forget_deleted(office)
    assert await room.rows("change_rows")
    room.office.clock.move(bulk_changing.DELETED_KEPT + timedelta(minutes=1))
    await bulk_work.forget_deleted(office)
    assert await room.rows("change_rows") == []
    assert buttons(await alice.says("/undo")) == []


async def test_a_question_with_buttons_says_how_it_is_answered(room: Room, bob: Hand) -> None:
    """What is typed beside them is looked for, as any word is."""
    await people(room, 2)
    await bob.says("/find tag:new")
    await bob.presses("bulk")
    assert "to type one of your own, press “✏️ Another tag” first" in (await bob.presses("bulk:tag"))["text"]
    await bob.presses("bulk:menu")
    assert (await bob.presses("bulk:untag"))["text"].endswith("Press a button.")
