"""What scenarios bring: who entered, got something, was spared, did what it is for, and what they paid, beside those who
were only watched."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, cast, func, or_, select

from crm.scenario_effects import Effect, Group
from storage.engine import Reads
from storage.journeys import STAGES
from storage.tables import journeys, purchases, requests


async def overview(db: Reads, *, now: datetime) -> dict[str, tuple[int, int]]:
    """Of each scenario, how many entered and how many got something."""
    statement = (
        select(journeys.c.scenario_id, func.count(), _how_many(journeys.c.sent > 0))
        .where(journeys.c.entered_at <= now, journeys.c.state != "holdout")
        .group_by(journeys.c.scenario_id)
    )
    return {row[0]: (row[1], row[2]) for row in await db.all(statement)}


async def effect(db: Reads, scenario_id: str, deed: str, within: timedelta, *, now: datetime) -> Effect:
    """What one scenario brought: for a reading connection. The holdout is counted from when it would have been written
    to, as the others are."""
    ours = and_(journeys.c.scenario_id == scenario_id, journeys.c.entered_at <= now)
    held = (journeys.c.state == "holdout").label("held")
    statement = (
        select(
            held,
            func.count(),
            _how_many(journeys.c.sent > 0),
            _how_many(_reached(deed, within)),
            func.coalesce(func.sum(_paid(within)), 0),
        )
        .where(ours)
        .group_by(held)
    )
    groups = {bool(row[0]): Group(*row[1:]) for row in await db.all(statement)}
    rest = (
        select(journeys.c.state, func.coalesce(journeys.c.reason, ""), func.count())
        .where(ours, or_(*(journeys.c.state == one for one in ("active", "spared", "left"))))
        .group_by(journeys.c.state, journeys.c.reason)
    )
    spared: dict[str, int] = {}
    left: dict[str, int] = {}
    active = 0
    for state, reason, number in await db.all(rest):
        if state == "active":
            active += number
        else:
            (spared if state == "spared" else left)[reason] = number
    return Effect(groups.get(False, Group()), groups.get(True, Group()), active, spared, left)


def _how_many(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(cast(holds, Integer)), 0)


def _until(within: timedelta) -> ColumnElement[Any]:
    return func.strftime("%Y-%m-%d %H:%M:%f", journeys.c.entered_at, f"+{int(within.total_seconds())} seconds")


def _inside(column: ColumnElement[Any], within: timedelta) -> ColumnElement[bool]:
    return and_(column > journeys.c.entered_at, func.substr(column, 1, 23) <= _until(within))


def _reached(deed: str, within: timedelta) -> ColumnElement[bool]:
    """Whether the person of a way did it in time."""
    match deed:
        case "request":
            theirs = and_(requests.c.contact_id == journeys.c.contact_id, requests.c.stage.in_(STAGES))
            return select(requests.c.id).where(theirs, _inside(requests.c.created_at, within)).exists()
        case "press":
            return and_(journeys.c.pressed_at.is_not(None), _inside(journeys.c.pressed_at, within))
    theirs = and_(purchases.c.contact_id == journeys.c.contact_id, purchases.c.value > purchases.c.refunded)
    return select(purchases.c.id).where(theirs, _inside(purchases.c.at, within)).exists()


def _paid(within: timedelta) -> ColumnElement[Any]:
    theirs = purchases.c.contact_id == journeys.c.contact_id
    paid = func.sum(purchases.c.value - purchases.c.refunded)
    return select(func.coalesce(paid, 0)).where(theirs, _inside(purchases.c.at, within)).scalar_subquery()
