"""RFM and ABC in SQL mean what crm/rfm.py and crm/revenue_classes.py say."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from crm import rfm
from crm.revenue_classes import Limits, class_of, floors_of
from crm.rfm import Scores
from storage import rankings
from storage.engine import Database, Tx
from storage.tables import contacts, purchases
from tests.storage.makers import NOW


def rule(value: Any, everybody: list[Any]) -> int:
    """The score as the docstring of crm/rfm.py words it."""
    return int(1 + 5 * sum(other < value for other in everybody) // len(everybody))


class Base:
    """A made base: who bought what when, with many equal values."""

    def __init__(self, seed: int, people: int) -> None:
        chance = random.Random(seed)
        self.bought: dict[int, list[tuple[datetime, int]]] = {}
        for number in range(1, people + 1):
            times = chance.choice([0, 1, 1, 1, 2, 3, 7])
            self.bought[number] = [
                (NOW - timedelta(days=chance.randrange(0, 400, 10)), chance.choice([100, 100, 500, 2_500]))
                for _ in range(times)
            ]

    async def write(self, tx: Tx) -> None:
        for number, bought in self.bought.items():
            values: dict[str, Any] = {"purchases": len(bought), "spent": sum(value for _, value in bought)}
            if bought:
                values |= {"first_purchase_at": min(bought)[0], "last_purchase_at": max(bought)[0]}
            await tx.run(insert(contacts).values(id=number, language="uk", created_at=NOW, updated_at=NOW, **values))
            for at, value in bought:
                await tx.run(
                    insert(purchases).values(
                        contact_id=number, amount=value, currency="UAH", value=value, at=at, created_at=NOW
                    )
                )

    def scores(self, until: datetime | None = None, since: datetime | None = None) -> dict[int, Scores]:
        within = {
            number: [
                (at, value) for at, value in bought if (until is None or at < until) and (since is None or at >= since)
            ]
            for number, bought in self.bought.items()
        }
        buyers = {number: bought for number, bought in within.items() if bought}
        days = {number: max(bought)[0].date().isoformat() for number, bought in buyers.items()}
        often = {number: len(bought) for number, bought in buyers.items()}
        money = {number: sum(value for _, value in bought) for number, bought in buyers.items()}
        return {
            number: Scores(
                rule(days[number], [*days.values()]),
                rule(often[number], [*often.values()]),
                rule(money[number], [*money.values()]),
            )
            for number in buyers
        }


@pytest.fixture(params=[1, 2, 3])
async def base(request: pytest.FixtureRequest, database: Database) -> Base:
    made = Base(request.param, 150)
    await database.write(made.write)
    return made


async def test_the_cells_are_those_of_the_rule(database: Database, base: Base) -> None:
    async with database.read() as reads:
        found = await rankings.cells(reads)
    assert {cell.scores: cell.contacts for cell in found} == Counter(base.scores().values())
    assert sum(cell.money for cell in found) == sum(value for bought in base.bought.values() for _, value in bought)


async def test_a_period_counts_its_own_purchases_only(database: Database, base: Base) -> None:
    since, until = NOW - timedelta(days=200), NOW - timedelta(days=50)
    async with database.read() as reads:
        found = await rankings.cells(reads, since=since, until=until)
    assert {cell.scores: cell.contacts for cell in found} == Counter(base.scores(until, since).values())


async def test_groups_and_classes_are_written_and_taken_back(database: Database, base: Base) -> None:
    await database.write(lambda tx: tx.run(contacts.update().values(rfm="lost", abc="A")))
    async with database.read() as reads:
        cuts = await rankings.cuts(reads)
        floors = await rankings.floors(reads, Limits())
        last = await rankings.last_number(reads)
    changed = await database.write(lambda tx: rankings.write(tx, cuts, floors, after=0, upto=last))
    again = await database.write(lambda tx: rankings.write(tx, cuts, floors, after=0, upto=last))
    async with database.read() as reads:
        rows = await reads.all(select(contacts.c.id, contacts.c.rfm, contacts.c.abc, contacts.c.spent))
    scores = base.scores()
    sums = [sum(value for _, value in bought) for bought in base.bought.values() if bought]
    expected = floors_of(sums, Limits())
    assert floors == expected
    for number, group, name, spent in rows:
        assert group == (scores[number].group if number in scores else None)
        assert name == (class_of(spent, expected) if number in scores else None)
    assert changed > 0
    assert again == 0


async def test_one_contacts_scores_follow_from_the_cuts(database: Database, base: Base) -> None:
    async with database.read() as reads:
        cuts = await rankings.cuts(reads)
        rows = await reads.all(
            select(contacts.c.id, contacts.c.last_purchase_at, contacts.c.purchases, contacts.c.spent).where(
                contacts.c.purchases > 0
            )
        )
    for number, at, often, money in rows:
        assert rfm.scores(at.date().isoformat(), often, money, cuts) == base.scores()[number]


async def test_the_classes_add_up(database: Database, base: Base) -> None:
    async with database.read() as reads:
        found = await rankings.classes(reads, Limits())
    buyers = [bought for bought in base.bought.values() if bought]
    assert sum(one.contacts for one in found) == len(buyers)
    assert sum(one.money for one in found) == sum(value for bought in buyers for _, value in bought)


async def test_moves_lead_from_each_group_to_the_next(database: Database, base: Base) -> None:
    before, after = NOW - timedelta(days=100), NOW - timedelta(days=10)
    async with database.read() as reads:
        found = await rankings.moves(reads, before=before, after=after)
    was, is_now = base.scores(before), base.scores(after)
    expected = Counter((was[n].group if n in was else None, scores.group) for n, scores in is_now.items())
    assert found == expected


async def test_an_empty_base_has_no_cells_and_no_classes(database: Database) -> None:
    async with database.read() as reads:
        assert await rankings.cells(reads) == []
        assert await rankings.classes(reads, Limits()) == []
        cuts = await rankings.cuts(reads)
        floors = await rankings.floors(reads, Limits())
    assert await database.write(lambda tx: rankings.write(tx, cuts, floors, after=0, upto=0)) == 0
