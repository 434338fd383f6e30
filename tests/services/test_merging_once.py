"""Two cards become one in the middle of a campaign, a scenario, a survey: the person is told once, and undoing puts every
row back."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from crm.campaign_letters import Choice
from services import campaigning_answers, merging
from storage import journeys, outbox, outcomes, survey_people, tables
from storage.engine import Database, Tx
from tests.services.campaign_post import Post, make_readers
from tests.storage.makers import NOW, make_contact, make_outbox_row, make_staff


@pytest.fixture
async def post(database: Database) -> Post:
    return await Post(database).open()


async def join(post: Post, winner: int, loser: int) -> int:
    place = post.office.place
    change: int = await post.write(
        lambda tx: merging.merge(tx, place, winner, loser, {}, staff_id=post.owner.id, now=post.clock.now())
    )
    return change


async def part(post: Post, change: int) -> None:
    await post.write(lambda tx: merging.undo(tx, post.office.place, post.owner, change, now=post.clock.now()))


async def queue(post: Post) -> None:
    """It is planned, and then fed into the outbox."""
    await post.look()
    await post.look()


async def all_rows(database: Database) -> dict[str, list[Any]]:
    async with database.read() as db:
        return {
            table.name: [tuple(row) for row in await db.all(select(table).order_by(*table.primary_key.columns))]
            for table in (tables.outbox, tables.campaign_people, tables.journeys)
        }


async def row_of(database: Database, key: str) -> Any:
    async with database.read() as db:
        return await outbox.by_key(db, key)


async def state_of(database: Database, key: str) -> tuple[str, str | None]:
    row = await row_of(database, key)
    return row.state, row.error


async def give_back(tx: Tx, row_id: int, now: datetime) -> None:
    """What the sender does with a claimed row that it doubts."""
    outcomes.record_retry(tx, row_id, now, "to be judged again", counts=False)


# ------------------------------------------------------------------------------------------------------------ campaigns


async def test_two_planned_cards_that_become_one_get_it_once(post: Post, database: Database) -> None:
    anna, anya, _ = await make_readers(database, 3)
    number = await post.campaign()
    await post.look()
    await join(post, anna, anya)
    await post.run()
    assert len(post.arrived) == 2
    assert await post.states(number) == {"sent": 2}


async def test_two_that_wait_in_the_queue_get_it_once_and_why_says_so(post: Post, database: Database) -> None:
    anna, anya = await make_readers(database, 2)
    number = await post.campaign()
    await queue(post)
    await join(post, anna, anya)
    await post.run()
    assert [row.contact_id for row in post.arrived] == [anna]
    assert await state_of(database, f"campaign:{number}:{anya}") == ("cancelled", "merged")
    assert await post.states(number) == {"sent": 1}


@pytest.mark.parametrize("said", ["sent", "unknown", "lost"])
@pytest.mark.parametrize("first", ["winner", "loser"])
async def test_where_one_card_has_it_the_other_never_gets_it(
    post: Post, database: Database, first: str, said: str
) -> None:
    """Sent, in doubt, or on its way at that moment; to the card that stays or to the one that goes."""
    anna, anya = await make_readers(database, 2)
    winner, loser = (anna, anya) if first == "winner" else (anya, anna)
    number = await post.campaign()
    await queue(post)
    await post.send(lambda row: said, limit=1)
    assert [row.contact_id for row in post.arrived] == [anna]
    await join(post, winner, loser)
    if said == "lost":
        await post.die()
    await post.run()
    assert [row.contact_id for row in post.arrived] == [anna]
    assert await post.states(number) == {"sent" if said == "sent" else "unknown": 1}
    assert (await post.row(number)).state == "done"


async def test_what_was_claimed_but_not_begun_is_spared_when_it_is_asked_about_again(
    post: Post, database: Database
) -> None:
    anna, anya = await make_readers(database, 2)
    number = await post.campaign()
    await queue(post)
    await post.send(lambda row: "lost")
    post.arrived.clear()
    await join(post, anna, anya)
    # The sender heard of both, and gives them back before their requests begin.
    for contact in (anna, anya):
        row = await row_of(database, f"campaign:{number}:{contact}")
        await post.write(functools.partial(give_back, row_id=row.id, now=post.clock.now()))
    await post.run()
    assert [row.key for row in post.arrived] == [f"campaign:{number}:{anna}"]
    assert await state_of(database, f"campaign:{number}:{anya}") == ("cancelled", "merged")
    assert await post.states(number) == {"sent": 1}


async def test_the_message_of_the_card_that_went_is_pressed_and_taken_back(post: Post, database: Database) -> None:
    """It keeps its key, by which its buttons, corrections and recalls find it."""
    anna, anya = await make_readers(database, 2)
    number = await post.campaign(choices=(Choice("url", "Open", "https://example.com"),))
    await queue(post)
    await post.send(limit=1)
    await join(post, anya, anna)
    async with database.read() as db:
        kept = await db.first(select(tables.contacts).where(tables.contacts.c.id == anya))
    pressed = await post.write(
        lambda tx: campaigning_answers.press(tx, post.office.place, kept, number, 0, now=post.clock.now())
    )
    assert pressed.said is not None
    assert [row.pressed_at for row in await post.people(number)] == [post.clock.now()]


async def test_a_control_group_of_one_card_holds_for_both(post: Post, database: Database) -> None:
    anna, anya = await make_readers(database, 2)
    number = await post.campaign()
    await post.look()
    people = tables.campaign_people
    control = update(people).where(people.c.contact_id == anya).values(state="control")
    await post.write(lambda tx: tx.run(control))
    await join(post, anna, anya)
    await post.run()
    assert post.arrived == []
    assert await post.states(number) == {"control": 1}


async def test_undone_before_it_left_each_is_where_it_was_and_each_gets_it(post: Post, database: Database) -> None:
    anna, anya = await make_readers(database, 2)
    number = await post.campaign()
    await queue(post)
    before = await all_rows(database)
    await part(post, await join(post, anya, anna))
    assert await all_rows(database) == before
    await post.run()
    assert sorted(row.contact_id or 0 for row in post.arrived) == [anna, anya]
    assert await post.states(number) == {"sent": 2}


# ------------------------------------------------------------------------------------------------------------- scenarios


async def way(database: Database, contact: int, *, state: str = "active", sent: int = 0) -> int:
    values = {
        "scenario_id": "birthday",
        "contact_id": contact,
        "occurrence": "2026-11-22",
        "state": state,
        "sent": sent,
    }
    moments = {"moment": NOW, "entered_at": NOW, "next_at": NOW if state == "active" else None, "playbook_hash": "h"}

    async def unit(tx: Tx) -> int:
        added = insert(tables.journeys).values(**values, **moments).returning(tables.journeys.c.id)
        return int((await tx.run(added)).scalar_one())

    return await database.write(unit)


async def ways(database: Database) -> list[int]:
    async with database.read() as db:
        return [row.id for row in await db.all(select(tables.journeys.c.id).order_by(tables.journeys.c.id))]


@pytest.mark.parametrize(
    ("winners", "losers", "stays"),
    [
        ({}, {}, "winner's"),
        ({"sent": 1}, {}, "winner's"),
        ({}, {"sent": 1}, "loser's"),
        ({}, {"state": "done", "sent": 2}, "loser's"),
        ({"state": "spared"}, {}, "loser's"),
        ({}, {"state": "holdout"}, "loser's"),
        ({"state": "holdout"}, {"sent": 1}, "loser's"),
        ({}, {"state": "goal"}, "loser's"),
    ],
)
async def test_of_two_ways_of_one_occurrence_the_further_one_is_gone(
    post: Post, database: Database, winners: dict[str, Any], losers: dict[str, Any], stays: str
) -> None:
    anna, anya = await make_contact(database), await make_contact(database)
    mine, theirs = await way(database, anna, **winners), await way(database, anya, **losers)
    keys = {one: journeys.key(one, 0) for one in (mine, theirs)}
    for one, contact in ((mine, anna), (theirs, anya)):
        await make_outbox_row(database, contact_id=contact, key=keys[one])
        await make_outbox_row(database, contact_id=contact, key=f"survey:nps:s{one}.1")
    before = await all_rows(database)
    change = await join(post, anna, anya)
    kept, gone = (mine, theirs) if stays == "winner's" else (theirs, mine)
    assert await ways(database) == [kept]
    for number, state in ((kept, "pending"), (gone, "cancelled")):
        assert (await state_of(database, keys[number]))[0] == state
        assert (await state_of(database, f"survey:nps:s{number}.1"))[0] == state
    await part(post, change)
    assert await all_rows(database) == before


# --------------------------------------------------------------------------------------------------------------- surveys


@pytest.mark.parametrize(
    ("winners", "losers", "stay"),
    [
        ("pending", "pending", ("pending", "cancelled")),
        ("pending", "sent", ("cancelled", "sent")),
        ("sent", "pending", ("sent", "cancelled")),
        ("pending", "sending", ("cancelled", "sending")),
        ("sending", "sending", ("sending", "cancelled")),
        ("pending", "unknown", ("cancelled", "unknown")),
        ("cancelled", "pending", ("cancelled", "pending")),
    ],
)
async def test_one_survey_is_put_to_a_person_once(
    post: Post, database: Database, winners: str, losers: str, stay: tuple[str, str]
) -> None:
    anna, anya = await make_contact(database), await make_contact(database)
    keys = {anna: f"survey:nps:{anna}:202611", anya: f"survey:nps:{anya}:202611"}
    for contact, state in ((anna, winners), (anya, losers)):
        sent = {"sent_revision": 1} if state == "sent" else {}
        await make_outbox_row(database, contact_id=contact, key=keys[contact], state=state, **sent)
    await join(post, anna, anya)
    assert ((await state_of(database, keys[anna]))[0], (await state_of(database, keys[anya]))[0]) == stay


async def test_two_surveys_about_two_requests_are_two(post: Post, database: Database) -> None:
    """The last part of such a key is a request, whatever contact has the same number."""
    anna, anya = await make_contact(database), await make_contact(database)
    for number in (anna, anya):
        await make_outbox_row(database, contact_id=number, key=f"survey:nps:{number}")
        await make_outbox_row(database, contact_id=number, key=f"visit:{number}:202612010900:120")
    await join(post, anna, anya)
    for number in (anna, anya):
        assert (await state_of(database, f"survey:nps:{number}"))[0] == "pending"
        assert (await state_of(database, f"visit:{number}:202612010900:120"))[0] == "pending"


# ------------------------------------------------------------------------------------------------------------- referrals


async def test_friends_who_came_by_either_cards_link_are_the_one_cards(post: Post, database: Database) -> None:
    await make_staff(database)
    anna, anya = await make_contact(database), await make_contact(database)
    for source in (f"ref_{anna}", f"ref_{anya}", f"ref_{anya}"):
        await make_contact(database, source_first=source)
    await join(post, anna, anya)
    async with database.read() as db:
        assert await survey_people.referred(db, anna) == 3


async def test_a_card_that_came_by_the_link_of_its_own_other_card_is_no_friend(post: Post, database: Database) -> None:
    anya = await make_contact(database)
    anna = await make_contact(database, source_first=f"ref_{anya}")
    await join(post, anna, anya)
    async with database.read() as db:
        assert await survey_people.referred(db, anna) == 0
