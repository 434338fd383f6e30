"""RFM and ABC in SQL: over the roll-ups of the cards, or over the purchases of any period.

Where the scores begin is found first; then one pass counts every buyer's scores into at most 125 cells, which is what
the grid and the groups show. The rules are those of crm/rfm.py and crm/revenue_classes.py.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    update,
)

from crm import rfm
from crm.revenue_classes import Floors, Limits
from crm.rfm import QUINTILES, Cuts, Scores
from storage.engine import Reads, Tx
from storage.tables import contacts, purchases


@dataclass(frozen=True, slots=True)
class Cell:
    """The buyers with these scores. `money` in minor units of the business's currency."""

    scores: Scores
    contacts: int
    money: int


@dataclass(frozen=True, slots=True)
class Class:
    """One class of ABC."""

    name: str
    contacts: int
    money: int


async def cuts(db: Reads) -> Cuts:
    """Where the scores of all time begin. Numbers are counted, each value once, and put in order, which costs less than
    ranking every row; the days are in order already, in an index, and are stepped along."""
    frequency, money = [
        [(row[0], row[1]) for row in await db.all(select(value, func.count()).where(*_BUYER).group_by(value))]
        for value in (contacts.c.purchases, contacts.c.spent)
    ]
    bought = contacts.c.last_purchase_at
    day = select(_day(bought)).where(bought.is_not(None), *_BUYER).order_by(bought).limit(1)
    buyers = sum(number for _, number in frequency)
    recency = [await db.scalar(day.offset(place)) for place in rfm.places_of_cuts(buyers)]
    return Cuts(tuple(recency), rfm.cuts_of(frequency), rfm.cuts_of(money))


async def cells(db: Reads, *, since: datetime | None = None, until: datetime | None = None) -> list[Cell]:
    """Every buyer's scores, counted: of all time, or by the purchases from `since` to before `until`."""
    if since is None and until is None:
        r, f, m = _scores_sql(await cuts(db))
        scored = (
            select((r * 100 + f * 10 + m).label("scores"), contacts.c.spent.label("money")).where(*_BUYER).subquery()
        )
    else:
        of = _scored(_buyers(since, until), "scored")
        scored = select((of.c.r * 100 + of.c.f * 10 + of.c.m).label("scores"), of.c.money).subquery()
    # The three as one number: SQLite puts the rows in order to group them, and compares one column for three.
    statement = select(scored.c.scores, func.count(), func.sum(scored.c.money)).group_by(scored.c.scores)
    return [Cell(Scores(*map(int, str(row[0]))), row[1], row[2]) for row in await db.all(statement)]


async def floors(db: Reads, limits: Limits) -> Floors:
    """What the least of class A and of class B have spent."""
    classed = _classed(limits)
    rows = await db.all(select(classed.c.name, func.min(classed.c.spent)).group_by(classed.c.name))
    least = {row[0]: row[1] for row in rows}
    return Floors(least.get("A"), least.get("B"))


async def classes(db: Reads, limits: Limits) -> list[Class]:
    """The classes with their contacts and their revenue."""
    classed = _classed(limits)
    statement = (
        select(classed.c.name, func.sum(classed.c.contacts), func.sum(classed.c.spent * classed.c.contacts))
        .group_by(classed.c.name)
        .order_by(classed.c.name)
    )
    return [Class(*row) for row in await db.all(statement)]


async def moves(db: Reads, *, before: datetime, after: datetime) -> Counter[tuple[str | None, str | None]]:
    """From which group to which contacts went between two moments; None is "had not bought yet"."""
    was = _scored(_buyers(None, before), "was")
    is_now = _scored(_buyers(None, after), "is_now")
    score = (was.c.r, was.c.f, was.c.m, is_now.c.r, is_now.c.f, is_now.c.m)
    # Who had bought before has bought after: nobody is in `was` alone.
    statement = (
        select(*score, func.count())
        .select_from(is_now.outerjoin(was, was.c.contact_id == is_now.c.contact_id))
        .group_by(*score)
    )
    found: Counter[tuple[str | None, str | None]] = Counter()
    for row in await db.all(statement):
        old = None if row[0] is None else Scores(*row[:3]).group
        found[old, Scores(*row[3:6]).group] += row[6]
    return found


async def bought(db: Reads, contact_id: int) -> list[tuple[datetime, int]]:
    """When a contact bought and for how much, less refunds, the oldest first."""
    left = purchases.c.value - purchases.c.refunded
    statement = select(purchases.c.at, left).where(purchases.c.contact_id == contact_id, left > 0)
    return [(row[0], row[1]) for row in await db.all(statement.order_by(purchases.c.at))]


async def write(tx: Tx, new: Cuts, least: Floors, *, after: int, upto: int) -> int:
    """Writes the groups and classes of the cards after one number up to another. Returns how many changed."""
    buyer = contacts.c.purchases > 0
    group = case((buyer, _group_sql(new)), else_=None)
    name = case((buyer, _class_sql(least)), else_=None)
    statement = (
        update(contacts)
        .where(
            contacts.c.id > after,
            contacts.c.id <= upto,
            or_(contacts.c.rfm.is_distinct_from(group), contacts.c.abc.is_distinct_from(name)),
        )
        .values(rfm=group, abc=name)
    )
    return int((await tx.run(statement)).rowcount)


async def last_number(db: Reads) -> int:
    """The number of the newest card."""
    return int(await db.scalar(select(func.coalesce(func.max(contacts.c.id), 0))))


# ---------------------------------------------------------------------------------------------------------------- SQL


def _day(moment: ColumnElement[datetime]) -> ColumnElement[str]:
    # Moments lie in the file as text that begins with the day.
    return func.substr(moment, 1, 10)


_BUYER = (contacts.c.purchases > 0, contacts.c.spam_at.is_(None))


def _buyers(since: datetime | None, until: datetime | None) -> Select[tuple[int, str, int, int]]:
    """Who bought in a period, when last, how often and for how much."""
    within = [purchases.c.value > purchases.c.refunded]
    if since is not None:
        within.append(purchases.c.at >= since)
    if until is not None:
        within.append(purchases.c.at < until)
    return (
        select(
            purchases.c.contact_id.label("contact_id"),
            _day(func.max(purchases.c.at)).label("day"),
            func.count().label("frequency"),
            func.sum(purchases.c.value - purchases.c.refunded).label("money"),
        )
        .where(*within)
        .group_by(purchases.c.contact_id)
    )


def _scored(buyers: Select[tuple[int, str, int, int]], name: str) -> CTE:
    base = buyers.cte(f"buyers_{name}")

    def score(column: ColumnElement[Any]) -> ColumnElement[int]:
        less = func.rank().over(order_by=column) - 1
        return literal(1) + less * QUINTILES // func.count().over()

    return select(
        base.c.contact_id,
        base.c.day,
        base.c.frequency,
        base.c.money,
        score(base.c.day).label("r"),
        score(base.c.frequency).label("f"),
        score(base.c.money).label("m"),
    ).cte(name)


def _classed(limits: Limits) -> CTE:
    """Each sum that was spent, how many spent it, and their class."""
    sums = (
        select(contacts.c.spent, func.count().label("contacts")).where(*_BUYER).group_by(contacts.c.spent).cte("sums")
    )
    revenue = sums.c.spent * sums.c.contacts
    before = func.coalesce(func.sum(revenue).over(order_by=sums.c.spent.desc(), rows=(None, -1)), 0)
    placed = select(
        sums.c.spent, sums.c.contacts, before.label("before"), func.sum(revenue).over().label("revenue")
    ).cte("placed")
    share = 100.0 * placed.c.before
    name = case(
        (share < bindparam("limit_a", limits.a) * placed.c.revenue, "A"),
        (share < bindparam("limit_b", limits.b) * placed.c.revenue, "B"),
        else_="C",
    )
    return select(placed.c.spent, placed.c.contacts, name.label("name")).cte("classed")


def _scores_sql(new: Cuts) -> tuple[ColumnElement[int], ColumnElement[int], ColumnElement[int]]:
    def score(column: ColumnElement[Any], limits: tuple[Any, ...]) -> ColumnElement[int]:
        return sum((case((column > limit, 1), else_=0) for limit in limits), literal(1))

    return (
        score(_day(contacts.c.last_purchase_at), new.recency),
        score(contacts.c.purchases, new.frequency),
        score(contacts.c.spent, new.money),
    )


def _group_sql(new: Cuts) -> ColumnElement[str]:
    recency, frequency, money = _scores_sql(new)
    fm = (frequency + money + 1) // 2
    cell = recency * 10 + fm
    known = {r * 10 + f: rfm.group_of(r, f) for r in range(1, QUINTILES + 1) for f in range(1, QUINTILES + 1)}
    return case(known, value=cell)


def _class_sql(least: Floors) -> ColumnElement[str]:
    classes = [
        (contacts.c.spent >= floor, name) for floor, name in ((least.a, "A"), (least.b, "B")) if floor is not None
    ]
    return case(*classes, else_="C") if classes else literal("C")
