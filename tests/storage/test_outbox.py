"""One decision, one row; a chat's rows leave in order; an edit is a new revision of its row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from storage import outbox, outcomes
from storage.engine import Database, Tx
from tests.storage.makers import NOW, make_contact

ME = "me"


async def add(
    database: Database, key: str, *, chat: int = 1, priority: int = 0, due: datetime = NOW, **more: Any
) -> None:
    values = outbox.row(
        key=key, chat_id=chat, payload={"text": key}, purpose="answer", priority=priority, due_at=due, now=NOW, **more
    )

    async def unit(tx: Tx) -> None:
        outbox.add(tx, values)

    await database.write(unit)


async def revise(database: Database, key: str, text: str, *, chat: int = 1) -> None:
    values = outbox.row(
        key=key, chat_id=chat, payload={"text": text}, purpose="answer", priority=0, due_at=NOW, now=NOW
    )

    async def unit(tx: Tx) -> None:
        outbox.revise(tx, values)

    await database.write(unit)


async def claim(
    database: Database, *, limit: int = 10, now: datetime = NOW, busy: tuple[int, ...] = ()
) -> list[outbox.Claimed]:
    return await database.write(lambda tx: outbox.claim(tx, by=ME, now=now, limit=limit, busy=busy))


async def sent(database: Database, row: outbox.Claimed, message_id: int = 500) -> None:
    async def unit(tx: Tx) -> None:
        outcomes.record_sent(tx, row.id, row.revision, message_id, now=NOW)

    await database.write(unit)


async def state(database: Database, key: str) -> str:
    async with database.read() as reads:
        row = await outbox.by_key(reads, key)
    assert row is not None
    return str(row.state)


async def test_one_decision_is_one_row_however_often_it_is_written(database: Database) -> None:
    await add(database, "a")
    await add(database, "a")
    assert [row.key for row in await claim(database)] == ["a"]
    assert await claim(database) == []


async def test_at_most_one_row_of_a_chat_is_on_its_way_and_they_leave_in_order(database: Database) -> None:
    for key in ("a", "b", "c"):
        await add(database, key)
    for expected in ("a", "b", "c"):
        [row] = await claim(database)
        assert row.key == expected
        assert await claim(database, busy=(1,)) == []
        await sent(database, row)


async def test_answers_leave_before_what_nobody_waits_for(database: Database) -> None:
    await add(database, "advert", chat=1, priority=4)
    await add(database, "answer", chat=2, priority=0)
    assert [row.key for row in await claim(database, limit=1)] == ["answer"]


async def test_a_chat_with_a_thousand_rows_does_not_hide_another(database: Database) -> None:
    for number in range(200):
        await add(database, f"flood{number}", chat=1)
    await add(database, "quiet", chat=2)
    assert {row.key for row in await claim(database, limit=5)} == {"flood0", "quiet"}


async def test_a_row_that_waits_for_a_retry_holds_those_behind_it(database: Database) -> None:
    await add(database, "a")
    await add(database, "b")
    [row] = await claim(database)

    async def again(tx: Tx) -> None:
        outcomes.record_retry(tx, row.id, NOW + timedelta(seconds=37), "flood", counts=False)

    await database.write(again)
    assert await claim(database) == []
    async with database.read() as reads:
        assert await outbox.next_due(reads, now=NOW) == NOW + timedelta(seconds=37)
    assert [one.key for one in await claim(database, now=NOW + timedelta(seconds=38))] == ["a"]


async def test_nothing_leaves_before_it_is_due(database: Database) -> None:
    await add(database, "tomorrow", due=NOW + timedelta(days=1))
    assert await claim(database) == []
    async with database.read() as reads:
        assert await outbox.next_due(reads, now=NOW) == NOW + timedelta(days=1)


async def test_revising_what_was_sent_sends_an_edit_of_the_same_message(database: Database) -> None:
    await revise(database, "card", "new")
    [row] = await claim(database)
    assert row.message_id is None
    await sent(database, row, message_id=77)
    await revise(database, "card", "taken by Bob")
    [edit] = await claim(database)
    assert (edit.message_id, edit.payload) == (77, {"text": "taken by Bob"})


async def test_only_the_newest_revision_is_sent(database: Database) -> None:
    for text in ("one", "two", "three"):
        await revise(database, "card", text)
    [row] = await claim(database)
    assert row.payload == {"text": "three"}
    await sent(database, row)
    assert await state(database, "card") == "sent"


async def test_a_revision_written_while_the_message_is_on_its_way_follows_as_an_edit(database: Database) -> None:
    await revise(database, "card", "one")
    [row] = await claim(database)
    await revise(database, "card", "two")
    assert await claim(database) == []
    await sent(database, row, message_id=9)
    [edit] = await claim(database)
    assert (edit.message_id, edit.payload) == (9, {"text": "two"})


async def test_after_a_death_answers_go_again_and_adverts_become_unknown(database: Database) -> None:
    await add(database, "answer", chat=1)
    await add(database, "advert", chat=2, on_doubt="skip")
    await claim(database)
    back, unknown = await database.write(lambda tx: outcomes.settle_doubt(tx, me="the next life"))
    assert (back, unknown) == (1, 1)
    assert await state(database, "advert") == "unknown"
    assert [row.key for row in await claim(database)] == ["answer"]


async def test_what_this_process_is_sending_is_not_in_doubt(database: Database) -> None:
    await add(database, "answer")
    await claim(database)
    assert await database.write(lambda tx: outcomes.settle_doubt(tx, me=ME)) == (0, 0)


async def test_what_waits_for_a_group_follows_it_to_its_new_id(database: Database) -> None:
    await add(database, "alert", chat=-1)
    await database.write(lambda tx: outbox.follow_migration(tx, -1, -100))
    assert [row.chat_id for row in await claim(database)] == [-100]


async def test_a_row_waits_for_the_outcome_of_another(database: Database) -> None:
    await add(database, "topic", chat=1)
    async with database.read() as reads:
        first = await outbox.by_key(reads, "topic")
    assert first is not None
    values = outbox.row(key="in it", chat_id=2, payload={}, purpose="answer", priority=0, due_at=NOW, now=NOW)

    async def unit(tx: Tx) -> None:
        outbox.add(tx, values | {"after_id": first.id})

    await database.write(unit)
    [row] = await claim(database)
    assert row.key == "topic"
    await sent(database, row)
    assert [one.key for one in await claim(database)] == ["in it"]


async def test_what_is_taken_back_is_not_sent(database: Database) -> None:
    await add(database, "reminder")
    assert await database.write(lambda tx: outbox.cancel(tx, ["reminder"], reason="erased")) == 1
    assert await claim(database) == []


async def test_a_revision_that_says_no_memo_keeps_the_one_there_is(database: Database) -> None:
    await add(database, "card", memo={"contact": 5})
    await revise(database, "card", "taken by Bob")
    async with database.read() as reads:
        row = await outbox.by_key(reads, "card")
    assert row is not None
    assert row.memo == {"contact": 5}


async def test_an_edit_in_doubt_is_made_again_even_of_an_advert(database: Database) -> None:
    """A second edit changes nothing, so there is no doubt to be careful about."""
    await add(database, "advert", on_doubt="skip")
    [row] = await claim(database)
    await sent(database, row, message_id=9)
    await revise(database, "advert", "bought")
    await claim(database)
    assert await database.write(lambda tx: outcomes.settle_doubt(tx, me="the next life")) == (1, 0)


async def plan(database: Database, key: str, due: datetime) -> None:
    values = outbox.row(key=key, chat_id=1, payload={"text": key}, purpose="service", priority=2, due_at=due, now=NOW)

    async def unit(tx: Tx) -> None:
        outbox.plan(tx, values)

    await database.write(unit)


async def test_what_is_planned_again_moves_and_what_was_taken_back_is_planned_anew(database: Database) -> None:
    later = NOW + timedelta(hours=2)
    await plan(database, "survey", NOW)
    await plan(database, "survey", later)
    assert await claim(database) == []
    await database.write(lambda tx: outbox.cancel(tx, ["survey"], reason="reopened"))
    await plan(database, "survey", later)
    assert [row.key for row in await claim(database, now=later)] == ["survey"]


async def test_what_has_left_is_not_planned_a_second_time(database: Database) -> None:
    await plan(database, "survey", NOW)
    [row] = await claim(database)
    await plan(database, "survey", NOW)
    await sent(database, row)
    await plan(database, "survey", NOW)
    assert await state(database, "survey") == "sent"
    assert await claim(database) == []


async def test_a_message_counts_from_when_it_first_left_whatever_edits_followed(database: Database) -> None:
    contact = await make_contact(database)
    values = outbox.row(
        key="ad", chat_id=1, payload={}, purpose="marketing", priority=4, due_at=NOW, now=NOW, contact_id=contact
    )

    async def unit(tx: Tx) -> None:
        outbox.add(tx, values)

    await database.write(unit)
    [row] = await claim(database)
    await sent(database, row)
    tomorrow = NOW + timedelta(days=1)

    async def edit(tx: Tx) -> None:
        await outbox.revise_message(tx, 1, 500, {"text": "bought"}, None, now=tomorrow, priority=0)

    await database.write(edit)
    async with database.read() as reads:
        waiting = await outbox.sent_to_contact(reads, contact, since=NOW - timedelta(days=1))
    [row] = await claim(database, now=tomorrow)

    async def edited(tx: Tx) -> None:
        outcomes.record_sent(tx, row.id, row.revision, None, now=tomorrow)

    await database.write(edited)
    async with database.read() as reads:
        after = await outbox.sent_to_contact(reads, contact, since=NOW - timedelta(days=1))
    assert waiting == after == [("marketing", NOW)]
