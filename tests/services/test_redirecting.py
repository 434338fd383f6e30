"""Counted links lead to what the message said, and are pressed for whom it was sent to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from crm.campaign_letters import Choice
from crm.counted_links import CountedLink, CountedLinks
from services import campaigning, redirecting, segmenting
from services.segmenting import Aim
from storage import campaign_facts, facts, journeys, presses, segment_sets, tables
from storage.engine import Database, Tx
from tests.scheduler.living import DAY, Living
from tests.scheduler.test_scenario_round import person
from tests.services.campaign_post import Post, make_readers
from tests.storage.makers import make_contact

LINKS = CountedLinks("https://go.example.com", b"k" * 32)
CHOICES = (
    Choice("call", "Call me"),
    Choice("link", "Look", "https://example.com/spring"),
    Choice("url", "Plain", "https://example.com/plain"),
    Choice("link", "Chat", "https://t.me/salon"),
)


@pytest.fixture
async def post(database: Database) -> Post:
    post = await Post(database).open()
    post.office.place.links = LINKS
    return post


def link_of(url: str) -> CountedLink:
    link = LINKS.read(url.rpartition("/")[2])
    assert link is not None
    return link


def buttons_of(payload: dict[str, Any]) -> list[dict[str, str]]:
    return [one for row in payload["buttons"] for one in row]


async def target(database: Database, link: CountedLink) -> str | None:
    async with database.read() as db:
        return await redirecting.target(db, link)


async def count(post: Post, link: CountedLink) -> bool:
    done: bool = await post.write(lambda tx: redirecting.count(tx, link, now=post.clock.now()))
    return done


async def test_a_counted_link_opens_at_the_first_tap_and_others_stay_as_they_were(
    post: Post, database: Database
) -> None:
    (olga,) = await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    await post.run()
    call, look, plain, chat = buttons_of(post.arrived[0].payload)[:4]
    assert link_of(look["url"]) == CountedLink("campaign", number, olga, 1)
    assert await target(database, link_of(look["url"])) == "https://example.com/spring"
    assert plain["url"] == "https://example.com/plain"
    # What Telegram opens by itself takes two taps as before.
    assert (call["data"], chat["data"]) == (f"camp:{number}:0", f"camp:{number}:3")


async def test_without_a_public_address_it_takes_two_taps(database: Database) -> None:
    post = await Post(database).open()
    await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    await post.run()
    assert buttons_of(post.arrived[0].payload)[1]["data"] == f"camp:{number}:1"


async def test_ten_presses_are_one_in_the_report_and_in_segments(post: Post, database: Database) -> None:
    olga, _ = await make_readers(database, 2)
    number = await post.campaign(choices=CHOICES)
    await post.run()
    link = CountedLink("campaign", number, olga, 1)
    assert [await count(post, link) for _ in range(10)] == [True] + [False] * 9
    async with database.read() as db:
        assert await presses.by_button(db, number) == {"link": 1}
        assert (await campaign_facts.by_variant(db, number))["a"].presses == 1
        for asked in (f"pressed:{number}", f"pressed:{number}.link"):
            meant = await segmenting.meant(db, post.office.place, Aim(find=asked), now=post.clock.now())
            assert await segment_sets.count(db, meant) == 1, asked
    assert [one.pressed_at for one in await post.people(number) if one.contact_id == olga] == [post.clock.now()]


async def test_buttons_that_are_no_counted_links_lead_nowhere(post: Post, database: Database) -> None:
    """A token of ours says whose button it is, and only a counted link of that message is followed."""
    (olga,) = await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    for place in (0, 2, 3, 4):
        assert await target(database, CountedLink("campaign", number, olga, place)) is None
    assert await target(database, CountedLink("campaign", number + 1, olga, 1)) is None
    assert await target(database, CountedLink("scenario", number, 0, 1)) is None


async def test_whom_it_was_not_sent_to_has_pressed_nothing(post: Post, database: Database) -> None:
    await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    await post.run()
    stranger = await make_contact(database)
    assert not await count(post, CountedLink("campaign", number, stranger, 1))
    assert not await count(post, CountedLink("scenario", 1, 0, 1))
    async with database.read() as db:
        assert await db.all(tables.presses.select()) == []


async def test_of_merged_cards_it_is_a_press_of_the_one_that_stayed(post: Post, database: Database) -> None:
    (olga,) = await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    await post.run()
    stays = await make_contact(database, name="Olga")

    async def merge(tx: Tx) -> None:
        for table in (tables.campaign_people, tables.outbox):
            await tx.run(update(table).where(table.c.contact_id == olga).values(contact_id=stays))
        await tx.run(delete(tables.contacts).where(tables.contacts.c.id == olga))

    await post.write(merge)
    assert await count(post, CountedLink("campaign", number, olga, 1))
    async with database.read() as db:
        (pressed,) = await db.all(tables.presses.select())
    assert pressed.contact_id == stays


async def test_who_was_erased_is_led_on_and_not_counted(post: Post, database: Database) -> None:
    (olga,) = await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    await post.run()

    async def erase(tx: Tx) -> None:
        await tx.run(delete(tables.outbox).where(tables.outbox.c.contact_id == olga))
        await tx.run(delete(tables.contacts).where(tables.contacts.c.id == olga))

    await post.write(erase)
    link = CountedLink("campaign", number, olga, 1)
    assert await target(database, link) == "https://example.com/spring"
    assert not await count(post, link)


async def test_a_correction_keeps_the_link(post: Post, database: Database) -> None:
    await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    await post.run()
    before = buttons_of(post.arrived[-1].payload)[1]["url"]
    now = post.clock.now()
    await post.write(
        lambda tx: campaigning.correct(tx, post.owner, number, variant="a", language="en", text="Better", now=now)
    )
    await post.run()
    assert post.arrived[-1].payload["text"] == "Better"
    assert buttons_of(post.arrived[-1].payload)[1]["url"] == before


async def test_the_secret_is_made_once(database: Database) -> None:
    """Links that people have keep leading on after a restart."""
    first = await database.write(redirecting.secret)
    assert len(first) == 32
    assert await database.write(redirecting.secret) == first
    async with database.read() as db:
        assert await facts.get(db, facts.LINK_SECRET) == first.hex()


WAY = """
[[scenario]]
id = "way"
trigger = "tag:new"
purpose = "service"

  [[scenario.step]]
  text = { ru = "1", uk = "Перше", en = "1" }
  button = [{ call = true }, { title = { ru = "Уход", uk = "Догляд", en = "Care" }, link = "https://example.com/care" }]
  next = "pressed within 3d ? thanks : end"

  [[scenario.step]]
  id = "thanks"
  text = { ru = "2", uk = "Дякуємо", en = "2" }
"""


async def begun(database: Database, links: CountedLinks | None = LINKS) -> Living:
    """Oksana has the first message."""
    living = Living(database, WAY)
    living.place.links = links
    await living.tick()
    oksana = await person(database)
    living.clock.move(timedelta(minutes=5))
    at = living.clock.now() - timedelta(minutes=1)

    async def unit(tx: Tx) -> None:
        await tx.run(insert(tables.tags).values(id=1, name="new", key="new"))
        await tx.run(insert(tables.contact_tags).values(contact_id=oksana, tag_id=1, at=at))

    await database.write(unit)
    await living.live(12 * timedelta(minutes=1), step=timedelta(minutes=6))
    return living


async def test_a_scenarios_link_is_counted_and_its_branch_is_taken(database: Database) -> None:
    living = await begun(database)
    (first,) = living.arrived
    link = link_of(first.buttons[1]["url"])
    assert await target(database, link) == "https://example.com/care"
    living.clock.move(DAY)
    assert await database.write(lambda tx: redirecting.count(tx, link, now=living.clock.now()))
    await living.tick()
    assert [one.text for one in living.arrived] == ["Перше", "Дякуємо"]
    (pressed,) = await living.rows("presses")
    (way,) = await living.rows("journeys")
    assert (pressed.key, pressed.button, pressed.journey_id) == (journeys.key(way.id, 0), "link2", way.id)


async def test_a_scenario_that_was_rewritten_leads_where_the_message_said(database: Database) -> None:
    living = await begun(database)
    link = link_of(living.arrived[0].buttons[1]["url"])
    living.change(WAY.replace("example.com/care", "example.com/other"))
    assert await target(database, link) == "https://example.com/care"


async def test_without_a_public_address_a_scenarios_link_is_the_page_itself(database: Database) -> None:
    living = await begun(database, links=None)
    assert living.arrived[0].buttons[1]["url"] == "https://example.com/care"
