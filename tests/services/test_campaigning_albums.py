"""An album as a campaign's message: its files, and under them its words with the buttons; one message in every count."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crm.campaign_letters import Choice, Media
from services import campaigning, campaigning_answers, explaining
from storage import contacts, outbox, tables, timeline
from storage.engine import Database
from storage.outbox import Claimed
from tests.services.campaign_post import Post, make_readers
from tests.storage.makers import make_consent

PHOTOS = tuple(Media("photo", f"file-{number}") for number in range(3))
LOOK = Choice("link", "Look", "https://example.com")


@pytest.fixture
async def post(database: Database) -> Post:
    return await Post(database).open()


def is_album(row: Claimed) -> bool:
    return row.key.startswith("campaign:")


async def outbox_row(database: Database, key: str) -> Any:
    async with database.read() as db:
        return await outbox.by_key(db, key)


async def test_the_words_with_the_buttons_follow_the_files(post: Post, database: Database) -> None:
    (reader,) = await make_readers(database, 1)
    number = await post.campaign(media=PHOTOS, choices=(LOOK,))
    await post.run()
    files, words = post.arrived
    assert [one[1] for one in files.payload["album"]] == ["file-0", "file-1", "file-2"]
    assert (words.key, words.payload["text"]) == (f"under:campaign:{number}:{reader}", "Hello, Reader 0!")
    data = [button.get("data") for row in words.payload["buttons"] for button in row]
    assert data == [f"camp:{number}:0", f"fewer:campaign:{number}:{reader}", f"stop:campaign:{number}:{reader}"]
    assert "album" not in words.payload
    assert await post.states(number) == {"sent": 1}
    assert "Sent: 1" in await post.progress(number)


async def test_without_buttons_the_words_stay_with_the_files(post: Post, database: Database) -> None:
    """What people asked for has no "stop" under it."""
    await make_readers(database, 1)
    number = await post.campaign(media=PHOTOS, purpose="service")
    await post.run()
    (files,) = post.arrived
    assert files.payload["text"] == "Hello, Reader 0!"
    assert "buttons" not in files.payload
    assert await post.states(number) == {"sent": 1}


async def test_where_nothing_was_written_the_buttons_are_under_the_name_of_the_business(
    post: Post, database: Database
) -> None:
    await make_readers(database, 1)
    await post.campaign("", media=PHOTOS)
    await post.run()
    _, words = post.arrived
    assert words.payload["text"] == post.office.place.playbooks.current.business.name.say("en")


async def test_a_cap_of_one_a_day_and_the_night_let_the_words_follow(post: Post, database: Database) -> None:
    """The policy is asked for the whole: night falls, and the cap is reached, between the files and the words."""
    await make_readers(database, 1)
    post.clock.move(timedelta(hours=8, minutes=59, seconds=58))
    number = await post.campaign(media=PHOTOS)
    await post.look()
    await post.look()
    assert [is_album(row) for row in await post.send()] == [True]
    post.clock.move(timedelta(seconds=5))
    assert [is_album(row) for row in await post.send()] == [False]
    assert await post.states(number) == {"sent": 1}


async def test_the_pair_counts_as_one_message(post: Post, database: Database) -> None:
    """Three in 30 days, three days apart: the third album still comes, the fourth does not."""
    await make_readers(database, 1)
    states = []
    for _ in range(4):
        number = await post.campaign(media=PHOTOS)
        await post.run()
        states.append(await post.states(number))
        post.clock.move(timedelta(days=4))
    assert states == [{"sent": 1}] * 3 + [{"skipped": 1}]


async def test_why_and_the_timeline_tell_of_one_message(post: Post, database: Database) -> None:
    (reader,) = await make_readers(database, 1)
    await post.campaign(media=PHOTOS)
    await post.run()
    async with database.read() as db:
        lines, _ = await timeline.page(db, reader, limit=10)
        contact = await contacts.get(db, reader)
        assert contact is not None
        told = await explaining.why(db, post.office.place, post.owner, contact, now=post.clock.now())
    assert [line.text for line in lines if line.kind == "sent"] == ["Hello, Reader 0!"]
    assert len(told.got) == 1


async def test_whose_consent_ends_between_the_files_and_the_words_gets_no_more(post: Post, database: Database) -> None:
    (reader,) = await make_readers(database, 1)
    number = await post.campaign(media=PHOTOS)
    await post.look()
    await post.look()
    await post.send()
    await make_consent(database, reader, purpose="marketing", granted=False)
    assert await post.send() == []
    left = await outbox_row(database, f"under:campaign:{number}:{reader}")
    assert (left.state, left.decision["reason"]) == ("skipped", "no-consent")
    assert await post.states(number) == {"sent": 1}


async def test_who_is_erased_while_the_files_are_on_their_way_hears_no_more(post: Post, database: Database) -> None:
    (reader,) = await make_readers(database, 1)
    await post.campaign(media=PHOTOS)
    await post.look()
    await post.look()
    (files,) = await post.send(lambda row: "lost")
    await post.write(lambda tx: tx.run(tables.contacts.delete().where(tables.contacts.c.id == reader)))
    await post.write(lambda tx: post.record(tx, files, "sent"))
    assert await post.send() == []


async def test_a_refused_album_is_followed_by_nothing(post: Post, database: Database) -> None:
    await make_readers(database, 2)
    number = await post.campaign(media=PHOTOS)
    await post.run(outcome=lambda row: "failed")
    assert all(is_album(row) for row in post.arrived)
    assert await post.states(number) == {"failed": 2}


async def test_a_pause_between_them_takes_nothing_back_and_repeats_nothing(post: Post, database: Database) -> None:
    """Who has the files gets the words with "stop", whatever becomes of the campaign."""
    await make_readers(database, 1)
    number = await post.campaign(media=PHOTOS)
    await post.look()
    await post.look()
    await post.send()
    await post.write(lambda tx: campaigning.pause(tx, post.owner, number, now=post.clock.now()))
    assert [is_album(row) for row in await post.send()] == [False]
    await post.write(lambda tx: campaigning.resume(tx, post.owner, number, now=post.clock.now()))
    await post.run()
    assert len(post.arrived) == 2
    assert await post.states(number) == {"sent": 1}


async def test_pressed_under_the_words_the_link_opens_there(post: Post, database: Database) -> None:
    (reader,) = await make_readers(database, 1)
    number = await post.campaign(media=PHOTOS, choices=(LOOK,))
    await post.run()

    async def unit(tx: Any) -> Any:
        contact = await contacts.get(tx, reader)
        return await campaigning_answers.press(tx, post.office.place, contact, number, 0, now=post.clock.now())

    pressed = await post.write(unit)
    assert pressed.is_first
    assert (pressed.said.text, pressed.said.album) == ("Hello, Reader 0!", ())
    (person,) = await post.people(number)
    assert person.pressed_at is not None


async def test_taken_back_every_message_of_it_goes(post: Post, database: Database) -> None:
    await make_readers(database, 2)
    number = await post.campaign(media=PHOTOS)
    await post.run()
    said = {row.chat_id: [50_000 + 100 * row.id + place for place in range(3)] for row in post.arrived if is_album(row)}
    for row in post.arrived:
        if not is_album(row):
            said[row.chat_id].append(50_000 + 100 * row.id)
    await post.write(lambda tx: campaigning.recall(tx, post.owner, number, now=post.clock.now()))
    post.arrived.clear()
    await post.run()
    assert {row.chat_id: row.payload["delete"] for row in post.arrived} == said
    assert (await post.row(number)).state == "recalled"
    assert "Deleted from chats: 2" in await post.progress(number)


async def test_taken_back_before_the_words_were_said_they_are_not(post: Post, database: Database) -> None:
    await make_readers(database, 1)
    number = await post.campaign(media=PHOTOS)
    await post.look()
    await post.look()
    await post.send()
    await post.write(lambda tx: campaigning.recall(tx, post.owner, number, now=post.clock.now()))
    await post.look()
    (gone,) = await post.send()
    assert len(gone.payload["delete"]) == 3
    await post.look()
    assert (await post.row(number)).state == "recalled"


async def test_words_that_are_being_said_while_it_is_taken_back_go_too(post: Post, database: Database) -> None:
    await make_readers(database, 1)
    number = await post.campaign(media=PHOTOS)
    await post.look()
    await post.look()
    await post.send()
    (words,) = await post.send(lambda row: "lost")
    await post.write(lambda tx: campaigning.recall(tx, post.owner, number, now=post.clock.now()))
    await post.look()
    assert await post.send() == []
    assert (await post.row(number)).state == "recalling"
    await post.write(lambda tx: post.record(tx, words, "sent"))
    await post.look()
    (gone,) = await post.send()
    assert gone.payload["delete"][-1] == 50_000 + 100 * words.id


async def test_a_correction_edits_the_words_and_leaves_the_files(post: Post, database: Database) -> None:
    (one, _) = await make_readers(database, 2)
    number = await post.campaign(media=PHOTOS)
    await post.look()
    await post.look()
    await post.send()
    await post.send(lambda row: "sent" if row.contact_id == one else "failed", limit=1)
    post.arrived.clear()
    await _correct(post, number, "Bye, {name}!")
    corrected = {row.contact_id: (row.payload["text"], row.message_id is None) for row in post.arrived}
    assert not any(is_album(row) for row in post.arrived)
    assert set(corrected.values()) == {("Bye, Reader 0!", False), ("Bye, Reader 1!", True)}
    assert (await outbox_row(database, f"campaign:{number}:{one}")).payload["text"] == "Bye, Reader 0!"


async def test_a_correction_without_buttons_edits_the_caption(post: Post, database: Database) -> None:
    await make_readers(database, 1)
    number = await post.campaign(media=PHOTOS, purpose="service")
    await post.run()
    post.arrived.clear()
    await _correct(post, number, "Bye, {name}!")
    (edit,) = post.arrived
    assert (edit.payload["text"], edit.message_id) == ("Bye, Reader 0!", 50_000 + 100 * edit.id)


@pytest.mark.parametrize("seed", range(2))
async def test_killed_between_the_files_and_the_words_nobody_gets_anything_twice(database: Database, seed: int) -> None:
    """100 people, deaths between any two transactions: files at most once, words at most once and never without the
    files; where neither was in flight at a death, both."""
    random_ = random.Random(seed)
    post = await Post(database, in_queue=30).open()
    await make_readers(database, 100)
    number = await post.campaign(media=PHOTOS)
    lost: list[Claimed] = []
    for _ in range(300):
        match random_.randrange(4):
            case 0 | 1:
                await post.look()
            case 2:
                await post.send(limit=random_.randrange(1, 20))
            case _:
                lost += await post.send(lambda row: "lost", limit=random_.randrange(1, 4))
                await post.die()
        if (await post.row(number)).state == "done":
            break
    post.clock.move(timedelta(minutes=1))
    await post.run()
    files = Counter(row.chat_id for row in post.arrived if is_album(row))
    words = Counter(row.chat_id for row in post.arrived if not is_album(row))
    in_doubt = {row.chat_id for row in lost if is_album(row)}
    assert (len(files), max(files.values()), max(words.values())) == (100, 1, 1)
    assert set(words) == set(files) - in_doubt
    states = await post.states(number)
    assert states == {"sent": 100 - len(in_doubt), "unknown": len(in_doubt)}
    assert in_doubt
    assert any(not is_album(row) for row in lost), "a death came between the files and the words"
    assert await _waiting(database) == []


async def _correct(post: Post, number: int, text: str) -> None:
    now = post.clock.now()
    await post.write(
        lambda tx: campaigning.correct(tx, post.owner, number, variant="a", language="en", text=text, now=now)
    )
    for _ in range(3):
        await post.look()
        await post.send()
        post.clock.move(timedelta(seconds=5))


async def _waiting(database: Database) -> list[Any]:
    rows = tables.outbox
    async with database.read() as db:
        waits = rows.c.state.in_(["pending", "sending"]) & (rows.c.purpose == "marketing")
        return list(await db.all(select(rows.c.key).where(waits)))
