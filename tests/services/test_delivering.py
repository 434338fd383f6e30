"""Delivering: what may leave is decided in the state of that commit, and why is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from services import delivering
from storage import tables
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
