"""What begins scenarios is found by an index, however many cards there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, insert, text

from crm.scenario_triggers import Trigger
from storage import tables, trigger_events
from storage.engine import Database, Tx
from storage.trigger_events import Look
from tests.storage.makers import NOW, make_contact, make_purchase

DAY = timedelta(days=1)
LOOK = Look("silence", Trigger.parse("silence 90d"), NOW - 91 * DAY, NOW - 90 * DAY, {})


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database meanwhile."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    engine = database._read_engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def found(database: Database) -> list[int]:
    async with database.read() as db:
        begun = await trigger_events.page(db, LOOK, [], after=0, now=NOW, zone=UTC)
    return [one.contact_id for one in begun]


async def test_silence_is_counted_from_the_latest_sign_of_a_person(database: Database) -> None:
    then, lately, long_ago = NOW - 90.5 * DAY, NOW - 10 * DAY, NOW - 300 * DAY
    wrote = await make_contact(database, last_in_at=then)
    bought = await make_contact(database, last_purchase_at=then, last_in_at=long_ago)
    asked = await make_contact(database, last_request_at=then, last_purchase_at=long_ago, last_in_at=long_ago)
    await make_contact(database, last_purchase_at=then, last_in_at=lately)
    await make_contact(database, last_in_at=long_ago)
    await make_contact(database)
    assert await found(database) == [wrote, bought, asked]


async def test_silence_reads_only_the_cards_whose_silence_is_over_now(database: Database) -> None:
    """Whether or not the planner knows how many cards there are."""

    async def seed(tx: Tx) -> None:
        rows = [
            {"language": "uk", "telegram_id": number, "created_at": NOW, "updated_at": NOW, "last_in_at": _seen(number)}
            for number in range(1, 3_000)
        ]
        await tx.run(insert(tables.contacts), rows)

    await database.write(seed)
    for analysed in (False, True):
        if analysed:
            await database.write(lambda tx: tx.run(text("ANALYZE")))
        with statements(database) as asked:
            assert len(await found(database)) == 19
        (statement, parameters) = asked[-1]
        async with database.read() as db:
            connection = await db.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps: list[Any] = list(connection.all())
        plan = [step[3] for step in steps]
        assert any("ix_contacts_last_in_at" in step for step in plan), plan
        assert any("ix_contacts_last_request_at" in step for step in plan), plan
        assert not [step for step in plan if step.startswith("SCAN contacts")], plan


def _seen(number: int) -> datetime:
    """Nineteen of them in the day that is looked at."""
    return NOW - 90.5 * DAY if number % 150 == 0 else NOW - number % 80 * DAY


async def test_asked_about_one_contact_it_reads_nothing_of_the_others(database: Database) -> None:
    """/why asks so of every scenario: a purchase, a request, a silence, a moment of the calendar."""
    one, other = await make_contact(database, last_in_at=NOW), await make_contact(database, last_in_at=NOW)
    for contact in (one, other):
        await make_purchase(database, contact)
    for asked in ("purchase", "first_purchase", "silence 90d", "request_created", "0 10 1 * *"):
        trigger = Trigger.parse(asked)
        look = Look("some", trigger, NOW - DAY, NOW + DAY, {}, (NOW,))
        async with database.read() as db:
            with statements(database) as said:
                begun = await trigger_events.page(db, look, [], after=0, now=NOW, zone=UTC, only=other)
            (statement, parameters) = said[-1]
            connection = await db.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps: list[Any] = list(connection.all())
        assert [found.contact_id for found in begun] == ([] if asked == "request_created" else [other]), asked
        plan = [step[3] for step in steps]
        assert not [step for step in plan if step.startswith("SCAN") and "begun" not in step], (asked, plan)
        assert all("contact_id=?" in step for step in plan if step.startswith("SEARCH purchases")), (asked, plan)
