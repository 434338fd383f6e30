"""Ranking: what the base is worth by RFM and ABC, as an owner or a manager asks for it, and as it is kept on the cards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from crm import rfm
from crm.rfm import Habit, Scores
from storage import rankings
from storage.contacts import Contact
from storage.engine import Reads
from storage.rankings import Cell

PERIODS: Final = {"all": None, "year": timedelta(days=365), "quarter": timedelta(days=90)}
"""What one may ask for, with its length until now."""


@dataclass(frozen=True, slots=True)
class Group:
    """The contacts of one group and what they brought, in minor units."""

    name: str
    contacts: int
    money: int


@dataclass(frozen=True, slots=True)
class Month:
    """How contacts moved between the beginning of a month and its end. `moved` from one group to another; `new` bought
    for the first time, by the group they came into."""

    first: date
    stayed: int
    moved: Counter[tuple[str, str]]
    new: Counter[str]


@dataclass(frozen=True, slots=True)
class Person:
    """One buyer's scores and habit."""

    scores: Scores
    habit: Habit


async def cells(db: Reads, period: str, *, now: datetime) -> list[Cell]:
    """The grid of a period of `PERIODS`."""
    length = PERIODS[period]
    return await rankings.cells(db, since=None if length is None else now - length)


def groups(cells: list[Cell]) -> list[Group]:
    """The groups that have anybody in them, the best first."""
    contacts: Counter[str] = Counter()
    money: Counter[str] = Counter()
    for cell in cells:
        contacts[cell.scores.group] += cell.contacts
        money[cell.scores.group] += cell.money
    return [Group(name, contacts[name], money[name]) for name in rfm.GROUPS if contacts[name]]


async def month(db: Reads, back: int, *, zone: ZoneInfo, now: datetime) -> Month:
    """The month so many back, 0 being the present one, by the business's calendar."""
    today = now.astimezone(zone).date()
    months = today.year * 12 + today.month - 1 - back
    first = date(months // 12, months % 12 + 1, 1)
    end = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    found = await rankings.moves(db, before=_midnight(first, zone), after=min(now, _midnight(end, zone)))
    moved = Counter({(was, now_in): n for (was, now_in), n in found.items() if was and now_in and was != now_in})
    return Month(
        first=first,
        stayed=sum(n for (was, now_in), n in found.items() if was == now_in),
        moved=moved,
        new=Counter({now_in: n for (was, now_in), n in found.items() if was is None and now_in}),
    )


async def person(db: Reads, contact: Contact, *, zone: ZoneInfo, now: datetime) -> Person | None:
    """One contact's place among all buyers; None for who has bought nothing."""
    if not contact.purchases or contact.last_purchase_at is None:
        return None
    cuts = await rankings.cuts(db)
    bought = [(at.astimezone(zone).date(), float(value)) for at, value in await rankings.bought(db, contact.id)]
    habit = rfm.habit(bought, now.astimezone(zone).date())
    if habit is None:
        return None
    day = contact.last_purchase_at.date().isoformat()
    return Person(rfm.scores(day, contact.purchases, contact.spent, cuts), habit)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
