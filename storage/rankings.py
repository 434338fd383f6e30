"""RFM and ABC in SQL: over the roll-ups of the cards, or over the purchases of any period.

One query scores every buyer and returns at most 125 cells; what the grid shows, what the groups hold and where the
scores begin all follow from them. The rules are those of crm/rfm.py and crm/revenue_classes.py.
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

BELOW_ALL = ("", -1)
"""A day and a number that come before every other."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The buyers with these scores. `money` in minor units of the business's currency; the rest are the largest values
    among them."""

    scores: Scores
    contacts: int
    money: int
    last_day: str
    most_purchases: int
    most_money: int


@dataclass(frozen=True, slots=True)
class Class:
    """One class of ABC."""

    name: str
    contacts: int
    money: int


async def cells(db: Reads, *, since: datetime | None = None, until: datetime | None = None) -> list[Cell]:
    """Every buyer's scores, counted: of all time, or by the purchases from `since` to before `until`."""
    scored = _scored(_buyers(since, until), "scored")
    score = (scored.c.r, scored.c.f, scored.c.m)
    statement = select(
        *score,
        func.count(),
        func.sum(scored.c.money),
        func.max(scored.c.day),
        func.max(scored.c.frequency),
        func.max(scored.c.money),
    ).group_by(*score)
    return [Cell(Scores(*row[:3]), *row[3:]) for row in await db.all(statement)]


def cuts(found: list[Cell]) -> Cuts:
    """Where the scores begin, from the cells."""

    def upto(step: int) -> tuple[str, int, int]:
        return (
            max((cell.last_day for cell in found if cell.scores.recency <= step), default=BELOW_ALL[0]),
            max((cell.most_purchases for cell in found if cell.scores.frequency <= step), default=BELOW_ALL[1]),
            max((cell.most_money for cell in found if cell.scores.money <= step), default=BELOW_ALL[1]),
        )

    steps = [upto(step) for step in range(1, QUINTILES)]
    recency, frequency, money = zip(*steps, strict=True)
    return Cuts(recency, frequency, money)


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


def _buyers(since: datetime | None, until: datetime | None) -> Select[tuple[int, str, int, int]]:
    """Who bought, when last, how often and for how much: by the roll-ups where no period is asked for."""
    if since is None and until is None:
        return select(
            contacts.c.id.label("contact_id"),
            _day(contacts.c.last_purchase_at).label("day"),
            contacts.c.purchases.label("frequency"),
            contacts.c.spent.label("money"),
        ).where(contacts.c.purchases > 0, contacts.c.spam_at.is_(None))
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
        select(contacts.c.spent, func.count().label("contacts"))
        .where(contacts.c.purchases > 0, contacts.c.spam_at.is_(None))
        .group_by(contacts.c.spent)
        .cte("sums")
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


def _group_sql(new: Cuts) -> ColumnElement[str]:
    def score(column: ColumnElement[Any], limits: tuple[Any, ...]) -> ColumnElement[int]:
        return literal(1) + sum((case((column > limit, 1), else_=0) for limit in limits), literal(0))

    recency = score(_day(contacts.c.last_purchase_at), new.recency)
    fm = (score(contacts.c.purchases, new.frequency) + score(contacts.c.spent, new.money) + 1) // 2
    cell = recency * 10 + fm
    known = {r * 10 + f: rfm.group_of(r, f) for r in range(1, QUINTILES + 1) for f in range(1, QUINTILES + 1)}
    return case(known, value=cell)


def _class_sql(least: Floors) -> ColumnElement[str]:
    classes = [
        (contacts.c.spent >= floor, name) for floor, name in ((least.a, "A"), (least.b, "B")) if floor is not None
    ]
    return case(*classes, else_="C") if classes else literal("C")
