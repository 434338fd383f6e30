"""Delivering: what may leave is decided in the state of that commit, and why is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services import delivering
from storage import tables, wishes
from storage.engine import Database
from tests.clocks import NOON, FakeClock
from tests.places import make_place
from tests.storage.makers import make_consent, make_contact, make_outbox_row


async def claim(database: Database, *, clock: FakeClock | None = None, limit: int = 9) -> delivering.Claim:
    now = (clock or FakeClock()).now()
    return await database.write(
        lambda tx: delivering.claim(tx, by="me", now=now, limit=limit, busy=(), place=make_place())
    )


async def row(database: Database, row_id: int) -> Any:
    async with database.read() as reads:
        return await reads.first(select(tables.outbox).where(tables.outbox.c.id == row_id))


async def test_what_is_being_sent_counts_towards_the_cap(database: Database) -> None:
    """Of two surveys that fall due together the second is not sent because the first has not arrived yet."""
    contact = await make_contact(database, telegram_id=1)
    first = await make_outbox_row(database, chat_id=1, contact_id=contact, purpose="survey", due_at=NOON)
    second = await make_outbox_row(database, chat_id=1, contact_id=contact, purpose="survey", due_at=NOON)
    assert [one.id for one in (await claim(database)).rows] == [first]
    assert (await claim(database)).rows == []
    held = await row(database, second)
    assert (held.state, held.decision["reason"]) == ("pending", "cap")
    assert held.due_at == NOON + timedelta(days=30)


async def test_what_is_of_no_use_any_more_is_skipped(database: Database) -> None:
    late = await make_outbox_row(database, valid_until=NOON, due_at=NOON - timedelta(hours=1))
    assert (await claim(database)).rows == []
    assert ((await row(database, late)).state, (await row(database, late)).error) == ("skipped", "too-late")


async def test_a_message_to_who_was_erased_is_skipped(database: Database) -> None:
    orphan = await make_outbox_row(database, purpose="marketing", contact_id=None, due_at=NOON)
    assert (await claim(database)).rows == []
    assert (await row(database, orphan)).state == "skipped"


async def test_who_agreed_to_advertising_gets_it_and_the_decision_is_kept(database: Database) -> None:
    contact = await make_contact(database, telegram_id=1)
    await make_consent(database, contact, purpose="marketing")
    advert = await make_outbox_row(database, chat_id=1, contact_id=contact, purpose="marketing", due_at=NOON)
    assert [one.id for one in (await claim(database)).rows] == [advert]
    assert (await row(database, advert)).decision == {"verdict": "send", "reason": "ok", "at": NOON.isoformat()}


async def test_who_is_unreachable_is_marked_once_on_the_timeline(database: Database) -> None:
    contact = await make_contact(database, telegram_id=1)
    for _ in range(2):
        await database.write(lambda tx: delivering.mark_unreachable(tx, 1, reason="Forbidden", now=NOON))
    async with database.read() as reads:
        kinds = [one.kind for one in await reads.all(select(tables.events))]
        assert (await reads.first(select(tables.contacts.c.reachable))).reachable is False
    assert contact
    assert kinds == ["unreachable"]


async def test_a_row_that_leaves_late_is_told_as_the_next_due(database: Database) -> None:
    await make_outbox_row(database, due_at=NOON + timedelta(hours=3))
    found = await claim(database)
    assert (found.rows, found.next_due, found.held) == ([], NOON + timedelta(hours=3), False)


async def decided(database: Database, row_id: int) -> tuple[str, str, Any]:
    """The row's state, why, and what took its place."""
    found = await row(database, row_id)
    return found.state, (found.decision or {}).get("reason", ""), (found.decision or {}).get("by")


async def two_at_once(database: Database) -> tuple[int, int]:
    """A survey of no great value and an advertisement of more, due together, where one a day may come."""
    contact = await make_contact(database, telegram_id=1)
    await make_consent(database, contact, purpose="marketing")
    given: dict[str, Any] = {"chat_id": 1, "contact_id": contact, "due_at": NOON}
    survey = await make_outbox_row(database, **given, purpose="survey", priority=3)
    advert = await make_outbox_row(database, **given, purpose="marketing", priority=4, value=5)
    return survey, advert


async def test_the_more_valuable_takes_the_last_place_of_the_day(database: Database) -> None:
    """Whichever would be claimed first; the other waits its day, and says what took its place and what held it."""
    clock = FakeClock()
    survey, advert = await two_at_once(database)
    assert (await claim(database, clock=clock)).rows == []
    assert await decided(database, survey) == ("pending", "outdone", advert)
    assert [one.id for one in (await claim(database, clock=clock)).rows] == [advert]
    clock.move(timedelta(minutes=10))
    assert (await claim(database, clock=clock)).rows == []
    assert await decided(database, survey) == ("pending", "cap", advert)
    held = await row(database, survey)
    assert held.due_at == NOON + timedelta(days=1)
    clock.move(timedelta(days=1))
    assert [one.id for one in (await claim(database, clock=clock)).rows] == [survey]
    why = (await row(database, survey)).decision
    assert (why["reason"], why["held"]) == ("ok", {"since": NOON.isoformat(), "reasons": ["outdone", "cap"]})


async def test_the_place_of_what_comes_to_nothing_is_free_again(database: Database) -> None:
    """The more valuable was taken back meanwhile: the other leaves when it looks again."""
    clock = FakeClock()
    survey, advert = await two_at_once(database)
    await claim(database, clock=clock)
    taken_back = tables.outbox.update().where(tables.outbox.c.id == advert).values(state="cancelled")
    await database.write(lambda tx: tx.run(taken_back))
    clock.move(timedelta(minutes=10))
    assert [one.id for one in (await claim(database, clock=clock)).rows] == [survey]


@pytest.mark.parametrize(
    ("wish", "state", "reason"),
    [
        ({"paused_until": NOON + timedelta(days=3)}, "pending", "paused"),
        ({"quiet_from": 11 * 60, "quiet_until": 13 * 60}, "pending", "quiet-hours"),
        ({"topics_off": ["offers"]}, "skipped", "topic-off"),
        ({"fewer": 1}, "sending", "ok"),
    ],
)
async def test_what_a_person_wishes_is_asked_when_the_message_would_leave(
    database: Database, wish: dict[str, Any], state: str, reason: str
) -> None:
    contact = await make_contact(database, telegram_id=1)
    await make_consent(database, contact, purpose="marketing")
    await database.write(lambda tx: wishes.change(tx, contact, now=NOON, **wish))
    advert = await make_outbox_row(
        database, chat_id=1, contact_id=contact, purpose="marketing", topic="offers", due_at=NOON
    )
    await claim(database)
    assert (await decided(database, advert))[:2] == (state, reason)


@pytest.mark.parametrize(
    ("card", "waits"),
    [
        ({}, False),
        ({"fields": {"city": "Владивосток"}}, True),
        ({"phones": ["+14155550123"]}, True),
        ({"phones": ["+14155550123"], "fields": {"city": "Львів"}}, False),
        ({"timezone": "Europe/Berlin", "fields": {"city": "Владивосток"}}, False),
    ],
)
async def test_quiet_hours_are_on_the_persons_clock_given_or_guessed(
    database: Database, card: dict[str, Any], waits: bool
) -> None:
    """At two in Kyiv it is ten in the evening in Vladivostok and four in the morning in California."""
    contact = await make_contact(database, telegram_id=1, **card)
    letter = await make_outbox_row(
        database, chat_id=1, contact_id=contact, purpose="service", due_at=NOON + timedelta(hours=2)
    )
    clock = FakeClock()
    clock.move(timedelta(hours=2))
    await claim(database, clock=clock)
    assert (await decided(database, letter))[1] == ("quiet-hours" if waits else "ok")
