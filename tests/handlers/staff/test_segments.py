"""Saved segments and lists, by words and by buttons, and the filters under a search."""

from __future__ import annotations

import html
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from locales import words_in
from scheduler import segment_growth
from services import segmenting
from storage import search, segment_sets
from storage.engine import Tx
from tests.handlers.staff.rooms import BOB, VERA, Room, buttons
from tests.handlers.staff.test_bulk import Hand, people
from tests.places import make_office
from tests.storage.makers import make_contact, make_tag


@pytest.fixture
async def bob(room: Room) -> Hand:
    return Hand(room, room.bob, BOB)


async def saved(room: Room, bob: Hand, name: str, query: str) -> int:
    await bob.says(f"/segment save {name} {query}")
    await bob.presses("segkeep")
    return int((await room.rows("segments"))[-1].id)


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
async def test_each_line_of_the_help_is_understood(room: Room, bob: Hand, language: str) -> None:
    help_ = html.unescape(words_in(language)("segment-usage"))
    for line in help_.splitlines()[1:]:
        said = html.unescape((await bob.says(line.strip()))["text"])
        assert said.splitlines()[0] != html.unescape((await bob.says("/segment nonsense"))["text"]).splitlines()[0], (
            line
        )


async def test_a_question_is_counted_saved_shown_renamed_and_deleted(room: Room, bob: Hand) -> None:
    await people(room, 2)
    shown = await bob.says("/segment save «our new» tag:new")
    assert "2 people" in shown["text"]
    assert await room.rows("segments") == []
    await bob.presses("segkeep")
    (segment,) = await room.rows("segments")
    assert (segment.name, segment.query) == ("our new", "tag:new")
    page = await bob.says("/segment show OUR NEW")
    assert "2 people" in page["text"]
    assert "Ivan" in page["text"]
    await bob.presses(f"segren:{segment.id}")
    await bob.says("newcomers")
    assert (await room.row("segments")).name == "newcomers"
    await bob.says("/segment")
    await bob.presses(f"seg:{segment.id}")
    await bob.presses(f"segdel:{segment.id}")
    assert len(await room.rows("segments")) == 1
    await bob.presses(f"segdel:{segment.id}:yes")
    assert await room.rows("segments") == []
    assert len(await room.rows("contacts")) == 3


async def test_a_segment_is_always_live(room: Room, bob: Hand) -> None:
    await saved(room, bob, "new", "tag:new")
    assert "0 people" in (await bob.says("/segment show new"))["text"]
    await people(room, 3)
    assert "3 people" in (await bob.says("/segment new"))["text"]


async def test_a_name_is_taken_whatever_its_case(room: Room, bob: Hand) -> None:
    await saved(room, bob, "vip", "tag:vip")
    await bob.says("/segment save VIP tag:new")
    assert await bob.who.presses("segkeep", bob.message) == []
    assert "taken" in room.office.ears.toasts[-1]
    assert len(await room.rows("segments")) == 1


async def test_a_mistake_is_answered_with_its_place_and_what_to_write(room: Room, bob: Hand) -> None:
    said = await bob.says("/segment save x reqests>=2")
    assert "reqests" in said["text"]
    assert "requests" in said["text"]
    assert await room.rows("segments") == []


async def test_a_search_is_saved_by_its_button(room: Room, bob: Hand) -> None:
    await people(room, 2)
    await bob.says("tag:new")
    await bob.presses("segnew")
    taken = await bob.says("   ")
    assert "at least one letter" in taken["text"]
    await bob.says("Fresh")
    assert (await room.row("segments")).query == "tag:new"


async def test_two_segments_overlap(room: Room, bob: Hand) -> None:
    await people(room, 2)
    await make_contact(room.database, name="Both", tags=["new", "vip"])
    first = await saved(room, bob, "new", "tag:new")
    second = await saved(room, bob, '"the vip"', "tag:vip")
    said = (await bob.says("/segment overlap new the vip"))["text"]
    assert "In both: 1 person (33 % and 100 %)" in said
    await bob.says("/segment")
    await bob.presses(f"seg:{first}")
    await bob.presses(f"segover:{first}")
    assert (await bob.presses(f"segover:{first}:{second}"))["text"] == said


async def test_growth_is_noted_once_a_day_and_shown(room: Room, bob: Hand) -> None:
    await saved(room, bob, "new", "tag:new")
    office = make_office(room.database, place=room.office.place, clock=room.office.clock)
    for _ in range(3):
        await segment_growth.note(office)
        await segment_growth.note(office)
        await people(room, 2)
        room.office.clock.move(timedelta(days=1))
    assert [row.contacts for row in await room.rows("segment_counts")] == [0, 2, 4]
    assert "▁▃▅█ +6" in (await bob.says("/segment show new"))["text"]
    assert "new · 4" in str((await bob.says("/segment"))["buttons"])


async def test_a_person_is_put_on_a_list_and_taken_off_by_switches(room: Room, bob: Hand) -> None:
    await bob.who.presses(f"listnew:{room.olga}")
    await bob.says("Party")
    (party,) = await room.rows("segments")
    assert [row.contact_id for row in await room.rows("segment_members")] == [room.olga]
    assert "✓ Party" in str((await bob.who.presses(f"lists:{room.olga}"))[0]["buttons"])
    await bob.who.presses(f"inlist:{room.olga}:{party.id}")
    assert await room.rows("segment_members") == []
    page = await bob.says("/segment show party")
    assert "0 people" in page["text"]


async def test_nobody_is_put_on_a_question_by_hand(room: Room, bob: Hand) -> None:
    live = await saved(room, bob, "new", "tag:new")
    await bob.who.presses(f"inlist:{room.olga}:{live}")
    assert await room.rows("segment_members") == []


async def test_filters_refine_the_search_by_presses(room: Room, bob: Hand) -> None:
    await people(room, 3)

    async def unit(tx: Tx) -> None:
        english = await make_contact(tx, name="Ivan English", language="en", tags=["vip"])
        await search.index_many(tx, [english])

    await room.database.write(unit)
    await bob.says("ivan")
    await bob.presses("filt")
    await bob.presses("filt:f:language")
    assert "українська · 3" in str(bob.shown["buttons"]).lower()
    english = next(one for row in bob.shown["buttons"] for one in row if "· 1" in one["text"])
    await bob.presses(english["data"])
    assert "1 person" in bob.shown["text"]
    assert "ivan language:en" in bob.shown["text"]
    found = await bob.presses("filt:back")
    assert "Ivan English" in found["text"]
    assert "Ivan 0" not in found["text"]
    await bob.presses("filt")
    await bob.presses("filt:x:0")
    assert "language" not in bob.shown["text"]


async def test_a_viewer_looks_at_segments_and_changes_none(room: Room, bob: Hand) -> None:
    await people(room, 2)
    number = await saved(room, bob, "new", "tag:new")
    vera = Hand(room, room.vera, VERA)
    await vera.says("/segment show new")
    assert "2 people" in vera.shown["text"]
    assert not {one.partition(":")[0] for one in buttons(vera.shown)} & {"segren", "segdel", "bulk"}
    before: list[Any] = await room.rows("segments")
    await vera.who.presses(f"segdel:{number}:yes")
    await vera.says("/segment delete new")
    assert await room.rows("segments") == before


async def test_a_search_by_how_a_username_begins_counts_and_means_whom_it_shows(room: Room, bob: Hand) -> None:
    for name in ("kate_a", "kate_b"):
        one = await make_contact(room.database, name=name.title(), username=name)
        await room.database.write(partial(search.index, contact_id=one))
    shown = await bob.says("/find @kate")
    assert "“@kate”: 2 people" in shown["text"]
    assert "1. " in shown["text"]
    assert "2. " in shown["text"]
    async with room.database.read() as db:
        aim = segmenting.Aim(find="@kate")
        meant = await segmenting.meant(db, room.office.place, aim, now=room.office.clock.now())
        assert await segment_sets.count(db, meant) == 2


@pytest.mark.parametrize("query", ["*", "%"])
async def test_everybody_who_was_counted_is_not_said_to_be_more(room: Room, bob: Hand, query: str) -> None:
    await people(room, 20)
    shown = await bob.says(f"/find {query}")
    assert f"“{query}”: 21 people\n" in shown["text"]


@pytest.mark.parametrize("tag", ["зима 2027", "test tag <b>", "vip-2027", "зима"])
async def test_a_tag_finds_its_people_as_it_is_shown(room: Room, bob: Hand, tag: str) -> None:
    """Telegram would make a link of the first word alone."""
    await make_tag(room.database, room.olga, tag)
    card = await bob.says("/find 4567")
    shown = html.unescape(next(word for word in card["text"].splitlines() if "#" in word))
    as_shown = shown[shown.index("#") :].split(" · ")[0]
    assert as_shown == (f"#{tag}" if tag == "зима" else f'#"{tag}"')
    assert "Olga Koval" in (await bob.says(f"/find {as_shown}"))["text"]
