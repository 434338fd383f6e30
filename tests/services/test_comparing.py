"""A card that comes in twice: joined when Telegram proved it, offered when it is likely, told once, never nagged about."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from crm import doubles
from crm.linkage import Model
from scheduler import longwork, sweeps
from scheduler.worker import Worker
from services import comparing, sweeping
from storage import merged, pairs, tables
from storage.engine import Database, Tx
from tests.clocks import FakeClock
from tests.places import make_office, make_place
from tests.storage.makers import NOW, make_contact, make_staff

PHONE = "+380671234567"


async def entry(database: Database, contact_id: int) -> tuple[int, ...]:
    place = make_place()
    return await database.write(lambda tx: comparing.on_entry(tx, place, contact_id, now=NOW))


async def rows(database: Database, table: Any) -> list[Any]:
    async with database.read() as db:
        return list(await db.all(select(table)))


async def told(database: Database) -> list[Any]:
    return [row for row in await rows(database, tables.outbox) if row.key.startswith(("double:", "merged:", "swept:"))]


async def verify(database: Database, contact_id: int) -> None:
    points = tables.contact_points
    await database.write(
        lambda tx: tx.run(update(points).where(points.c.contact_id == contact_id).values(verified_at=NOW))
    )


@pytest.fixture
async def manager(database: Database) -> int:
    return await make_staff(database)


@pytest.fixture
async def imported(database: Database) -> int:
    return await make_contact(database, name="Коваль Оксана", phones=[PHONE], telegram_id=None)


async def test_the_same_proven_phone_makes_one_card_of_two(database: Database, manager: int, imported: int) -> None:
    came = await make_contact(database, name="Оксана", phones=[PHONE])
    await verify(database, came)
    assert len(await entry(database, came)) == 1
    async with database.read() as db:
        assert await merged.leads_to(db, imported) == came
    assert [row.payload["silent"] for row in await told(database)] == [True]


async def test_who_may_be_the_same_is_offered_once_and_quietly(database: Database, manager: int, imported: int) -> None:
    came = await make_contact(database, name="Оксана", phones=[PHONE])
    assert await entry(database, came) == ()
    assert await entry(database, came) == ()
    [pair] = await rows(database, tables.duplicate_pairs)
    assert (pair.low_id, pair.high_id, pair.state) == (imported, came, "open")
    assert pair.reasons["phone"] == "same"
    [line] = await told(database)
    assert line.payload["silent"]
    assert line.payload["protect"]
    assert line.payload["buttons"][0][0]["data"] == f"dup:show:{imported}:{came}"


async def test_those_said_to_be_two_are_left_alone_even_with_a_proven_phone(
    database: Database, manager: int, imported: int
) -> None:
    came = await make_contact(database, name="Оксана", phones=[PHONE])
    await verify(database, came)
    await database.write(lambda tx: pairs.part(tx, came, imported, staff_id=manager, now=NOW))
    assert await entry(database, came) == ()
    assert await told(database) == []


async def test_a_relative_with_the_same_phone_is_no_news(database: Database, manager: int, imported: int) -> None:
    came = await make_contact(database, name="Андрій Коваль", phones=[PHONE])
    await verify(database, came)
    assert await entry(database, came) == ()
    assert await told(database) == []


async def test_two_imported_cards_of_a_proven_person_are_both_joined(
    database: Database, manager: int, imported: int
) -> None:
    again = await make_contact(database, name="Оксана Коваль", phones=[PHONE], telegram_id=None)
    came = await make_contact(database, name="Оксана", phones=[PHONE])
    await verify(database, came)
    assert len(await entry(database, came)) == 2
    async with database.read() as db:
        assert [await merged.leads_to(db, one) for one in (imported, again)] == [came, came]


async def test_a_card_that_is_gone_or_spam_is_compared_with_nobody(
    database: Database, manager: int, imported: int
) -> None:
    spam = await make_contact(database, phones=[PHONE], spam_at=NOW)
    assert await entry(database, spam) == ()
    assert await entry(database, 404) == ()
    assert await told(database) == []


async def test_a_new_phone_has_the_card_compared_as_long_work(database: Database, manager: int, imported: int) -> None:
    came = await make_contact(database, name="Оксана", phones=[PHONE])
    clock = FakeClock()

    async def unit(tx: Tx) -> None:
        comparing.soon(tx, came, now=clock.now())
        comparing.soon(tx, came, now=clock.now())

    await database.write(unit)
    worker = Worker(make_office(database, clock=clock), longwork.KINDS)
    assert [await worker.do_one(), await worker.do_one()] == [True, False]
    assert len(await rows(database, tables.duplicate_pairs)) == 1


# ------------------------------------------------------------------------------------------------------------ the night


async def test_a_night_finds_joins_and_tells_in_one_line(
    database: Database, database_path: Path, manager: int, imported: int
) -> None:
    came = await make_contact(database, name="Оксана", phones=[PHONE])
    await verify(database, came)
    one = await make_contact(database, name="Олександр Рідкісний", phones=["+380501112233"], telegram_id=None)
    two = await make_contact(database, name="Саша Рідкісний", phones=["+380501112233"], telegram_id=None)
    office = make_office(database, clock=FakeClock())
    await sweeps.sweep(office, {})
    assert {(pair.low_id, pair.high_id) for pair in await rows(database, tables.duplicate_pairs)} == {(one, two)}
    async with database.read() as db:
        assert await merged.leads_to(db, imported) == came
        learnt = await comparing.known_model(db)
    assert learnt.shares() != Model(doubles.fields()).shares()
    assert [row.key.split(":")[0] for row in await told(database)] == ["merged", "swept"]


async def test_a_second_night_says_nothing_of_what_was_corrected_and_closes_it(
    database: Database, manager: int, imported: int
) -> None:
    came = await make_contact(database, name="Оксана Коваль", phones=[PHONE], telegram_id=None)
    clock = FakeClock()
    office = make_office(database, clock=clock)
    await sweeps.sweep(office, {})
    assert len(await rows(database, tables.duplicate_pairs)) == 1
    values = {"key": "+380990000000", "value": "+380990000000", "reversed": "000000099083"}
    points, contacts = tables.contact_points, tables.contacts
    await database.write(lambda tx: tx.run(update(points).where(points.c.contact_id == came).values(**values)))
    await database.write(lambda tx: tx.run(update(contacts).where(contacts.c.id == came).values(name="Ян Інший")))
    clock.move(timedelta(days=1))
    await sweeps.sweep(office, {})
    assert await rows(database, tables.duplicate_pairs) == []
    assert len(await told(database)) == 1


async def test_a_night_is_planned_once_a_day_after_three(database: Database) -> None:
    clock = FakeClock()
    office = make_office(database, clock=clock)
    for _ in range(48):
        await sweeps.plan(office)
        clock.move(timedelta(hours=1))
    planned = [row for row in await rows(database, tables.work) if row.kind == comparing.SWEEP]
    assert [row.key for row in planned] == [f"sweep:2026-11-{day}" for day in (24, 25, 26)]
    assert all(row.due_at.astimezone(office.place.timezone).hour >= 3 for row in planned)


async def test_a_base_that_cannot_be_read_is_a_sweep_that_failed(tmp_path: Path) -> None:
    with pytest.raises(sweeping.SweepFailed):
        await sweeping.sweep(tmp_path / "none.db")
