"""Presses are counted once, for whom the message was, and do what the button says."""

from __future__ import annotations

from typing import Any

import pytest

from crm.campaign_letters import Choice
from services import campaigning_answers, delivering, pressing
from services.refusals import Refused
from storage import campaign_facts, contacts, presses, tables
from storage.contacts import Contact
from storage.engine import Database
from tests.services.campaign_post import Post, make_readers
from tests.storage.makers import make_contact

CHOICES = (
    Choice("link", "Look", "https://example.com"),
    Choice("call", "Call me"),
    Choice("link", "More", "https://example.com/more"),
    Choice("survey", "Answer", "visit"),
)


@pytest.fixture
async def post(database: Database) -> Post:
    return await Post(database).open()


async def card(database: Database, contact_id: int) -> Contact:
    async with database.read() as db:
        found = await contacts.get(db, contact_id)
    assert found is not None
    return found


async def press(post: Post, contact_id: int, number: int, place: int) -> Any:
    who = await card(post.database, contact_id)
    return await post.write(
        lambda tx: campaigning_answers.press(tx, post.office.place, who, number, place, now=post.clock.now())
    )


async def test_ten_presses_are_one_and_the_team_hears_once(post: Post, database: Database) -> None:
    (olga,) = await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    await post.run()
    heard = [await press(post, olga, number, 1) for _ in range(10)]
    assert [len(one.heard) for one in heard] == [2] + [0] * 9  # the alert and the task
    async with database.read() as db:
        assert await presses.by_button(db, number) == {"call": 1}
        assert len(await db.all(tables.tasks.select())) == 1
    (person,) = await post.people(number)
    assert person.pressed_at == post.clock.now()


async def test_of_two_buttons_of_a_kind_each_is_counted(post: Post, database: Database) -> None:
    (olga,) = await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    await post.run()
    await press(post, olga, number, 0)
    done = await press(post, olga, number, 2)
    assert done.choice.value == "https://example.com/more"
    async with database.read() as db:
        assert await presses.by_button(db, number) == {"link": 1, "link2": 1}


async def test_a_survey_that_was_pressed_for_comes_at_once_whatever_the_caps_say(
    post: Post, database: Database
) -> None:
    """The campaign has just used up what a person may be sent today."""
    (olga,) = await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    await post.run()
    for _ in range(2):
        await press(post, olga, number, 3)
    now = post.clock.now()
    claim = await post.write(
        lambda tx: delivering.claim(tx, by="me", now=now, limit=99, busy=(), place=post.office.place)
    )
    assert [row.key for row in claim.rows if row.contact_id == olga] == [f"survey:visit:c{number}-{olga}"]


async def test_a_button_of_anothers_message_does_nothing(post: Post, database: Database) -> None:
    await make_readers(database, 1)
    number = await post.campaign(choices=CHOICES)
    await post.run()
    stranger = await make_contact(database)
    for place in (0, 1, 99):
        with pytest.raises(Refused, match="refused-stale"):
            await press(post, stranger, number, place)
    async with database.read() as db:
        assert await presses.by_button(db, number) == {}


async def test_stop_is_no_press_and_is_told_as_what_the_campaign_cost(post: Post, database: Database) -> None:
    (olga,) = await make_readers(database, 1)
    number = await post.campaign()
    await post.run()
    key = f"campaign:{number}:{olga}"
    for _ in range(2):
        await post.write(lambda tx: pressing.note(tx, key=key, button="stop", contact_id=olga, now=post.clock.now()))
    async with database.read() as db:
        reached = (await campaign_facts.by_variant(db, number))["a"]
    assert (reached.sent, reached.presses, reached.unsubscribed) == (1, 0, 1)


async def test_what_a_person_writes_within_three_days_answers_the_campaign_that_reached_them_last(
    post: Post, database: Database
) -> None:
    (olga,) = await make_readers(database, 1)
    number = await post.campaign()
    await post.run()
    await post.write(lambda tx: pressing.note_reply(tx, olga, now=post.clock.now()))
    (person,) = await post.people(number)
    assert person.replied_at == post.clock.now()


@pytest.mark.parametrize("key", ["", "campaign", "campaign:1", "nonsense:1:2", "campaign:x:1", "scenario::", "x" * 200])
async def test_a_key_that_is_none_of_ours_harms_nothing(post: Post, database: Database, key: str) -> None:
    (olga,) = await make_readers(database, 1)
    await post.write(lambda tx: pressing.note(tx, key=key, button="b", contact_id=olga, now=post.clock.now()))
