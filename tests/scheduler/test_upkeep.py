"""Statuses are counted anew at night as the rules in Python say, and those set by hand are left alone."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from crm.life_cycle import Facts, status_of
from scheduler import upkeep
from services import ageing
from storage import contact_values, tables
from storage.engine import Database
from tests.clocks import NOON, FakeClock
from tests.places import make_office, make_place, make_playbook
from tests.storage.makers import make_contact, make_event

RULES = {
    "vip_purchases = 10": "vip_purchases = 4\nvip_spent = 100",
    'sleeping_after = "90d"': 'sleeping_after = "30d"',
    'gone_after = "365d"': 'gone_after = "90d"',
}
BEFORE = NOON - timedelta(days=1)


def place() -> Any:
    return make_place(make_playbook("salon", RULES))


async def statuses(database: Database) -> dict[int, str]:
    async with database.read() as db:
        rows = await db.all(select(tables.contacts.c.id, tables.contacts.c.status))
    return {row.id: row.status for row in rows}


async def moves(database: Database, contact_id: int) -> list[dict[str, Any]]:
    events = tables.events
    async with database.read() as db:
        rows = await db.all(select(events.c.data).where(events.c.contact_id == contact_id, events.c.kind == "status"))
    return [row.data for row in rows]


async def had_a_round(database: Database, here: Any) -> None:
    await database.write(lambda tx: ageing.note_round(tx, here, now=BEFORE))


async def test_a_round_gives_everybody_the_status_that_the_rules_say(database: Database, monkeypatch: Any) -> None:
    """SQL and Python agree over random cards, whatever is unknown of them and wherever the pieces are cut."""
    monkeypatch.setattr(upkeep, "LOOKED_AT", 17)
    monkeypatch.setattr(upkeep, "MOVED_AT_ONCE", 5)
    chance, here = random.Random(7), place()
    expected = {}
    for _ in range(120):
        times: dict[str, Any] = {
            name: chance.choice([None, *(NOON - timedelta(days=days) for days in (0, 29, 30, 31, 89, 90, 400))])
            for name in ("last_purchase_at", "last_request_at", "last_in_at")
        }
        purchases, spent = chance.randrange(6), chance.choice([0, 9_999, 10_000, 50_000])
        status = chance.choice(["potential", "active", "vip", "sleeping", "gone"])
        pinned = chance.random() < 0.2
        one = await make_contact(
            database, purchases=purchases, spent=spent, status=status, status_pinned=pinned, status_at=BEFORE, **times
        )
        by_rules = status_of(Facts(purchases, spent, **times), ageing.rules_of(here), NOON)
        expected[one] = status if pinned else by_rules
    await had_a_round(database, here)
    await upkeep.age(make_office(database, place=here))
    assert await statuses(database) == expected


async def test_who_moves_has_it_on_the_timeline_and_who_stays_has_nothing(database: Database) -> None:
    here = place()
    bought = await make_contact(database, purchases=1, status_at=BEFORE, last_purchase_at=NOON)
    asked = await make_contact(database, last_request_at=NOON - timedelta(days=500))
    await had_a_round(database, here)
    await upkeep.age(make_office(database, place=here))
    await upkeep.age(make_office(database, place=here))
    assert await moves(database, bought) == [{"from": "potential", "to": "active"}]
    assert await moves(database, asked) == []


async def test_a_round_comes_once_a_night_and_after_new_rules(database: Database) -> None:
    """Noon is no time for it; three in the morning in Kyiv is, once; other rules are at any hour."""
    here, clock = place(), FakeClock(NOON)
    office = make_office(database, place=here, clock=clock)
    await upkeep.age(office)  # the first
    one = await make_contact(database, purchases=1, last_purchase_at=NOON, status_at=BEFORE)
    await upkeep.age(office)
    clock.move_to(NOON.replace(hour=23))  # past midnight in Kyiv
    await upkeep.age(office)
    assert await moves(database, one) == []
    clock.move(timedelta(hours=2))
    await upkeep.age(office)
    await upkeep.age(office)
    assert len(await moves(database, one)) == 1
    other = make_place(make_playbook("salon", RULES | {"repeat = 2": "repeat = 3\nactive = 2"}))
    await upkeep.age(make_office(database, place=other, clock=clock))
    assert (await statuses(database))[one] == "potential"


async def test_what_the_team_set_before_there_were_rules_stays(database: Database) -> None:
    """The first round after the update takes a status without a time for one that was set by hand."""
    old = await make_contact(database, status="vip")
    new = await make_contact(database, purchases=1, last_purchase_at=NOON)
    await upkeep.age(make_office(database, place=place()))
    assert await statuses(database) == {old: "vip", new: "active"}


async def test_a_contact_is_counted_at_once_when_something_happens(database: Database) -> None:
    here = place()
    one = await make_contact(database, purchases=2, last_purchase_at=NOON, status="gone", status_at=BEFORE)
    hand = await make_contact(database, purchases=2, last_purchase_at=NOON, status="gone", status_pinned=True)
    assert await database.write(lambda tx: ageing.refresh(tx, here, one, now=NOON)) == "repeat"
    assert await database.write(lambda tx: ageing.refresh(tx, here, one, now=NOON)) is None
    assert await database.write(lambda tx: ageing.refresh(tx, here, hand, now=NOON)) is None
    assert await moves(database, one) == [{"from": "gone", "to": "repeat"}]


async def test_cards_of_an_earlier_version_become_askable(database: Database) -> None:
    olga = await make_contact(database, fields={"city": "Львів"})
    await make_event(database, olga)
    await upkeep.go_over_values(make_office(database, place=place()))
    async with database.read() as db:
        assert await contact_values.is_done(db)
        assert await db.scalar(select(tables.contact_values.c.key)) == "лвив"
