"""A campaign from its start to its end: everybody once, whatever dies, and the sums right."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from crm.campaign_letters import Options
from services import campaigning, campaigning_plan
from services.refusals import Refused
from storage import outbox, outcomes, tables
from storage.engine import Database, Tx
from storage.outbox import Claimed
from tests.services.campaign_post import Post, make_readers
from tests.storage.makers import make_consent, make_contact, make_staff


@pytest.fixture
async def post(database: Database) -> Post:
    return await Post(database).open()


async def test_everybody_who_agreed_gets_it_once_with_their_name(post: Post, database: Database) -> None:
    await make_readers(database, 5)
    await make_contact(database, name="No consent")
    number = await post.campaign()
    await post.run()
    assert sorted(row.payload["text"] for row in post.arrived) == [f"Hello, Reader {n}!" for n in range(5)]
    assert await post.states(number) == {"sent": 5, "skipped": 1}
    assert (await post.row(number)).state == "done"
    assert "Sent: 5" in await post.progress(number)


async def test_progress_is_of_those_who_are_to_be_written_to(database: Database) -> None:
    post = await Post(database, in_queue=2).open()
    await make_readers(database, 4)
    for _ in range(6):
        await make_contact(database, name="No consent")
    number = await post.campaign()
    await post.look()
    await post.look()
    assert " 0 %" in await post.progress(number)
    await post.send()
    post.clock.move(timedelta(seconds=5))
    await post.look()
    assert " 50 %" in await post.progress(number)
    assert "Not sent: 6" in await post.progress(number)


async def test_what_the_night_holds_back_is_said(post: Post, database: Database) -> None:
    """Nothing leaves and the bar stands still: the reason is in the message, and no guess at the time left."""
    await make_readers(database, 2, timezone="Europe/Kyiv")
    await make_readers(database, 3, timezone="Asia/Tokyo")
    post.clock.move(timedelta(hours=3))  # three in the afternoon in Kyiv, ten in the evening in Tokyo
    number = await post.campaign()
    await post.look()
    await post.look()
    await post.send()
    post.clock.move(timedelta(seconds=30))
    await post.look()
    told = await post.progress(number)
    assert "Left: 3" in told
    assert "🌙 3 of them wait for a better time" in told
    assert "until Wed, 25 Nov, 02:00" in told, "when it is nine in Tokyo"
    assert "a second" not in told


async def test_whom_the_night_holds_back_are_told_apart_after_a_pause_too(database: Database) -> None:
    """They are planned again, for the morning: they still wait for a better time, and no time left is told of them."""
    post = await Post(database, in_queue=4).open()
    await make_readers(database, 3, timezone="Asia/Tokyo")
    await make_readers(database, 6, timezone="Europe/Kyiv")
    post.clock.move(timedelta(hours=3))  # three in the afternoon in Kyiv, ten in the evening in Tokyo
    number = await post.campaign(options=Options(useful=72))
    await post.look()
    await post.look()
    await post.send(limit=3)
    await post.look()
    await post.send(limit=1)
    assert await post.states(number) == {"queued": 6, "planned": 2, "sent": 1}
    await post.write(lambda tx: campaigning.pause(tx, post.owner, number, now=post.clock.now()))
    await post.look()
    assert await post.states(number) == {"planned": 8, "sent": 1}
    await post.write(lambda tx: campaigning.resume(tx, post.owner, number, now=post.clock.now()))
    await post.look()
    post.clock.move(timedelta(seconds=10))
    await post.send(limit=2)
    await post.look()
    told = await post.progress(number)
    assert "Left: 6" in told
    assert "🌙 3 of them wait for a better time" in told
    assert "until Wed, 25 Nov, 02:00" in told
    assert "0.3 a second · about 10 seconds left" in told, "of the three who can be written to"
    await post.send()
    post.clock.move(timedelta(seconds=10))
    await post.look()
    told = await post.progress(number)
    assert "Left: 3" in told
    assert "🌙 3 of them" in told
    assert "a second" not in told


async def test_who_waits_for_their_turn_was_not_put_off(post: Post, database: Database) -> None:
    """By everybody's own clock it is noon in the west ten hours later."""
    await make_readers(database, 1, timezone="Europe/Kyiv")
    await make_readers(database, 2, timezone="America/Los_Angeles")
    number = await post.campaign(options=Options(local="2026-11-24T12:00"))
    for _ in range(3):
        post.clock.move(timedelta(seconds=5))
        await post.look()
        await post.send()
    await post.look()
    told = await post.progress(number)
    assert "Left: 2" in told
    assert "🌙" not in told
    assert "a second" not in told, "nobody can be written to now"


async def test_one_spread_over_hours_says_when_it_ends(post: Post, database: Database) -> None:
    await make_readers(database, 20)
    number = await post.campaign(options=Options(spread=180))
    await post.look()
    for _ in range(3):
        post.clock.move(timedelta(minutes=10))
        await post.look()
        await post.send()
    told = await post.progress(number)
    began = (await post.row(number)).started_at
    assert began is not None
    ends = (began + timedelta(hours=3)).astimezone(post.office.place.timezone)
    assert f"Ends about {ends:%H:%M}" in told
    assert "a second" not in told


async def test_a_start_pressed_ten_times_by_two_starts_once(post: Post, database: Database) -> None:
    await make_readers(database, 3)
    number = await post.campaign(start=False)
    await post.start(number)
    for _ in range(9):
        with pytest.raises(Refused, match="refused-campaign-started"):
            await post.start(number)
    await post.run()
    assert len(post.arrived) == 3


async def test_the_outbox_holds_no_more_than_a_few_hundred_of_it(database: Database) -> None:
    post = await Post(database, in_queue=10).open()
    await make_readers(database, 35)
    number = await post.campaign()
    await post.look()
    await post.look()
    assert await post.states(number) == {"queued": 10, "planned": 25}
    await post.send(limit=4)
    await post.look()
    assert await post.states(number) == {"queued": 10, "planned": 21, "sent": 4}


async def test_what_the_policy_puts_off_gives_its_place_to_others(database: Database) -> None:
    """A night in one country does not stop the campaign in the others."""
    post = await Post(database, in_queue=5).open()
    asleep = await make_readers(database, 5, timezone="Pacific/Auckland")
    awake = await make_readers(database, 5, timezone="Europe/Kyiv")
    number = await post.campaign(options=Options(useful=72))
    for _ in range(6):
        await post.look()
        await post.send()
    got = {row.contact_id for row in post.arrived}
    assert got == set(awake)
    assert await post.states(number) == {"sent": 5, "queued": 5}
    post.clock.move(timedelta(hours=14))
    await post.run()
    assert {row.contact_id for row in post.arrived} == {*asleep, *awake}


async def test_a_pause_takes_back_what_waits_and_resuming_goes_on(post: Post, database: Database) -> None:
    await make_readers(database, 20)
    number = await post.campaign()
    await post.look()
    await post.look()
    await post.send(limit=5)
    await post.write(lambda tx: campaigning.pause(tx, post.owner, number, now=post.clock.now()))
    assert await post.send() == []
    assert await post.states(number) == {"planned": 15, "sent": 5}
    await post.look()
    assert await post.send() == []
    await post.write(lambda tx: campaigning.resume(tx, post.owner, number, now=post.clock.now()))
    await post.run()
    assert await post.states(number) == {"sent": 20}
    assert len({row.chat_id for row in post.arrived}) == len(post.arrived) == 20


async def test_who_was_on_the_way_back_from_a_retry_when_it_was_paused_is_not_lost(
    post: Post, database: Database
) -> None:
    await make_readers(database, 1)
    number = await post.campaign()
    await post.look()
    await post.look()
    (row,) = await post.send(lambda row: "lost")
    await post.write(lambda tx: campaigning.pause(tx, post.owner, number, now=post.clock.now()))

    async def too_many_requests(tx: Tx) -> None:
        outcomes.record_retry(tx, row.id, post.clock.now(), "Too Many Requests", counts=False)

    await post.write(too_many_requests)
    assert await post.send() == []
    assert await post.states(number) == {"planned": 1}
    await post.write(lambda tx: campaigning.resume(tx, post.owner, number, now=post.clock.now()))
    await post.run()
    assert await post.states(number) == {"sent": 1}


async def test_after_a_cancel_nobody_else_gets_it(post: Post, database: Database) -> None:
    await make_readers(database, 10)
    number = await post.campaign()
    await post.look()
    await post.look()
    await post.send(limit=4)
    await post.write(lambda tx: campaigning.cancel(tx, post.owner, number, now=post.clock.now()))
    assert await post.send() == []
    await post.run()
    assert await post.states(number) == {"sent": 4, "cancelled": 6}
    assert (await post.row(number)).state == "cancelled"


async def test_consent_taken_back_holds_for_what_is_queued_already(post: Post, database: Database) -> None:
    one, other = await make_readers(database, 2)
    number = await post.campaign()
    await post.look()
    await post.look()
    await make_consent(database, one, purpose="marketing", granted=False)
    await post.run()
    assert [row.contact_id for row in post.arrived] == [other]
    people = {row.contact_id: row for row in await post.people(number)}
    assert (people[one].state, people[one].reason) == ("skipped", "no-consent")


async def test_a_refusal_is_kept_with_its_reason(post: Post, database: Database) -> None:
    await make_readers(database, 2)
    number = await post.campaign()
    await post.run(outcome=lambda row: "failed")
    assert [(row.state, row.reason) for row in await post.people(number)] == [("failed", "blocked")] * 2
    assert (await post.row(number)).state == "done"


async def test_what_was_settled_elsewhere_is_caught_up_with(post: Post, database: Database) -> None:
    """A card deleted, messages taken back, a death: nobody stays queued for ever."""
    one, _, gone = await make_readers(database, 3)
    number = await post.campaign()
    await post.look()
    await post.look()
    await post.write(lambda tx: outbox.cancel_for_contact(tx, one, reason="erased"))
    await post.write(lambda tx: tx.run(tables.contacts.delete().where(tables.contacts.c.id == gone)))
    post.clock.move(timedelta(minutes=1))
    await post.run()
    assert await post.states(number) == {"cancelled": 1, "sent": 1}
    assert (await post.row(number)).state == "done"


async def test_at_each_ones_local_time(post: Post, database: Database) -> None:
    await make_readers(database, 1, timezone="Europe/Kyiv")
    await make_readers(database, 1, timezone="Asia/Almaty")
    number = await post.campaign(options=Options(local="2026-11-25T10:00"))
    await post.look()
    due = [row.due_at.strftime("%d %H:%M") for row in await post.people(number)]
    assert due == ["25 08:00", "25 05:00"]


async def test_spread_over_hours(post: Post, database: Database) -> None:
    await make_readers(database, 40)
    number = await post.campaign(options=Options(spread=180))
    await post.look()
    due = [row.due_at - post.clock.now() for row in await post.people(number)]
    assert min(due) < timedelta(minutes=30)
    assert timedelta(minutes=150) < max(due) < timedelta(minutes=180)


async def test_it_begins_when_it_was_said_to(post: Post, database: Database) -> None:
    await make_readers(database, 1)
    number = await post.campaign(start_at=post.clock.now() + timedelta(hours=1))
    await post.run()
    assert post.arrived == []
    post.clock.move(timedelta(hours=1))
    await post.run()
    assert await post.states(number) == {"sent": 1}


async def test_planning_again_changes_nobody(post: Post, database: Database) -> None:
    """A death in mid-planning: those who were planned keep what they got."""
    await make_readers(database, 30)
    number = await post.campaign(variants=("A", "B"), options=Options(control=20))
    campaign = await post.row(number)
    async with database.read() as db:
        ids = await campaigning_plan.people(db, post.office.place, campaign, now=post.clock.now())
        piece = await campaigning_plan.piece(db, post.office.place, campaign, ids)
    zone = post.office.place.timezone
    once = campaigning_plan.planned(campaign, piece, zone=zone, now=post.clock.now())
    again = campaigning_plan.planned(campaign, piece, zone=zone, now=post.clock.now())
    assert once == again
    assert {row.state for row in once} == {"planned", "control"}
    assert {row.variant for row in once if row.state == "planned"} == {"a", "b"}


async def test_the_honest_count_says_who_falls_away_at_each_step(post: Post, database: Database) -> None:
    readers = await make_readers(database, 4)
    await make_contact(database, name="Never asked")
    (blocked,) = await make_readers(database, 1, reachable=False)
    number = await post.campaign(start=False)
    await post.campaign()
    await post.run()
    async with database.read() as db:
        draft = await campaigning.get(db, post.owner, number)
        found = await campaigning_plan.count(db, post.office.place, draft, now=post.clock.now())
    assert (found.meant, found.lost, found.gets) == (6, {"no-consent": 1, "unreachable": 1, "cap": 4}, 0)
    assert found.who["unreachable"] == [blocked]
    assert found.who["cap"] == readers


async def test_only_an_owner_sends_to_many(post: Post, database: Database) -> None:
    from storage import staff

    bob = await make_staff(database, role="manager")
    async with database.read() as db:
        manager = await staff.get(db, bob)
    with pytest.raises(Refused):
        await post.write(lambda tx: campaigning.begin(tx, manager, chat_id=1, now=post.clock.now()))


async def test_taken_back_within_48_hours_and_counted(post: Post, database: Database) -> None:
    await make_readers(database, 3)
    number = await post.campaign()
    await post.run()
    await post.write(lambda tx: campaigning.recall(tx, post.owner, number, now=post.clock.now()))
    post.arrived.clear()
    await post.run()
    assert sorted(row.payload["delete"] for row in post.arrived) == sorted(await _messages(database, number))
    assert (await post.row(number)).state == "recalled"
    assert "Deleted from chats: 3" in await post.progress(number)


async def test_what_is_older_than_48_hours_stays(post: Post, database: Database) -> None:
    await make_readers(database, 1)
    number = await post.campaign()
    await post.run()
    post.clock.move(timedelta(hours=49))
    await post.write(lambda tx: campaigning.recall(tx, post.owner, number, now=post.clock.now()))
    post.arrived.clear()
    await post.run()
    assert post.arrived == []
    assert (await post.row(number)).state == "recalled"


async def test_a_correction_edits_what_was_sent_and_nobody_gets_it_anew(post: Post, database: Database) -> None:
    await make_readers(database, 5)
    number = await post.campaign()
    await post.run(outcome=lambda row: "failed" if row.contact_id == 1 else "sent")
    fixed = "Bye, {name}!"
    now = post.clock.now()
    await post.write(
        lambda tx: campaigning.correct(tx, post.owner, number, variant="a", language="en", text=fixed, now=now)
    )
    post.arrived.clear()
    for _ in range(3):
        await post.look()
        await post.send()
        post.clock.move(timedelta(seconds=5))
    assert sorted(row.payload["text"] for row in post.arrived) == [f"Bye, Reader {n}!" for n in range(1, 5)]
    assert all(row.message_id is not None for row in post.arrived)
    assert await post.states(number) == {"sent": 4, "failed": 1}
    assert "corrected" not in ((await post.row(number)).counts or {})


async def test_repeated_to_those_who_pressed_nothing(post: Post, database: Database) -> None:
    pressed, silent = await make_readers(database, 2)
    number = await post.campaign()
    await post.run()
    people = tables.campaign_people
    await post.write(
        lambda tx: tx.run(people.update().where(people.c.contact_id == pressed).values(pressed_at=post.clock.now()))
    )
    again = await post.write(lambda tx: campaigning.repeat(tx, post.owner, number, chat_id=1, now=post.clock.now()))
    post.clock.move(timedelta(days=4))
    await post.start(again)
    post.arrived.clear()
    await post.run()
    assert [row.contact_id for row in post.arrived] == [silent]


@pytest.mark.parametrize("seed", range(2))
async def test_killed_at_random_nobody_is_missing_and_nobody_gets_it_twice(database: Database, seed: int) -> None:
    """300 people, deaths between any two transactions: each is sent, or is in doubt and was being sent at a death."""
    random_ = random.Random(seed)
    post = await Post(database, in_queue=40).open()
    await make_readers(database, 300)
    number = await post.campaign()
    lost: list[Claimed] = []
    for _ in range(400):
        match random_.randrange(4):
            case 0 | 1:
                await post.look()
            case 2:
                await post.send(limit=random_.randrange(1, 30))
            case _:
                lost += await post.send(lambda row: "lost", limit=random_.randrange(1, 4))
                await post.die()
        if (await post.row(number)).state == "done":
            break
    post.clock.move(timedelta(minutes=1))
    await post.run()
    states = await post.states(number)
    assert sum(states.values()) == 300
    assert states["unknown"] == len(lost)
    assert states["sent"] == 300 - len(lost)
    assert max(Counter(row.chat_id for row in post.arrived).values()) == 1
    assert (await post.row(number)).state == "done"


async def _messages(database: Database, number: int) -> list[int]:
    rows = tables.outbox
    async with database.read() as db:
        return [
            row[0] for row in await db.all(select(rows.c.message_id).where(rows.c.key.like(f"campaign:{number}:%")))
        ]
