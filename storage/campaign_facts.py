"""What a campaign came to: what the people it reached did after it, beside those of the control group."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import func, literal, select
from sqlalchemy.sql import Select

from storage.engine import Reads
from storage.tables import campaign_people, campaigns, contacts, purchases
from storage.types import Moment

WINDOW: Final = timedelta(days=14)
"""How long after a message a purchase is taken for its doing, and after the start for the control group's."""

people = campaign_people


class Reached(NamedTuple):
    """What those whom a variant reached did: how many were sent it, pressed, answered, bought, want no more."""

    sent: int
    presses: int
    answers: int
    purchases: int
    unsubscribed: int


class Bought(NamedTuple):
    """Who bought within the window: how many of how many, and for how much (minor units of the business's currency)."""

    people: int
    buyers: int
    revenue: int


class Line(NamedTuple):
    """One person in the report."""

    contact_id: int
    name: str | None
    username: str | None
    variant: str
    state: str
    reason: str | None
    sent_at: datetime | None
    pressed_at: datetime | None
    replied_at: datetime | None
    unsubscribed_at: datetime | None
    recalled_at: datetime | None
    revenue: int


async def by_variant(db: Reads, campaign_id: int) -> dict[str, Reached]:
    """What came of each variant so far, of those it has reached."""
    bought = _bought(people.c.sent_at).exists()
    statement = (
        select(
            people.c.variant,
            func.count(),
            func.count(people.c.pressed_at),
            func.count(people.c.replied_at),
            func.sum(func.iif(bought, 1, 0)),
            func.count(people.c.unsubscribed_at),
        )
        .where(people.c.campaign_id == campaign_id, people.c.state == "sent")
        .group_by(people.c.variant)
    )
    return {row[0]: Reached(*row[1:]) for row in await db.all(statement)}


async def bought(db: Reads, campaign_id: int, *, control: bool) -> Bought:
    """Who of those it was sent to bought, counted from when each got it; of the control group from its start."""
    if control:
        since: Any = select(campaigns.c.started_at).where(campaigns.c.id == campaign_id).scalar_subquery()
        state = "control"
    else:
        since, state = people.c.sent_at, "sent"
    spent = func.coalesce(_revenue(since).scalar_subquery(), 0).label("spent")
    rows = (
        select(spent, func.iif(_bought(since).exists(), 1, 0).label("buyer"))
        .where(people.c.campaign_id == campaign_id, people.c.state == state)
        .subquery()
    )
    statement = select(func.count(), func.coalesce(func.sum(rows.c.buyer), 0), func.coalesce(func.sum(rows.c.spent), 0))
    row = await db.first(statement.select_from(rows))
    return Bought(*row)


async def lines(db: Reads, campaign_id: int, *, limit: int, after: int = 0) -> list[Line]:
    """The people of a campaign with what became of it for each, in the order of their cards."""
    statement = (
        select(
            people.c.contact_id,
            contacts.c.name,
            contacts.c.username,
            people.c.variant,
            people.c.state,
            people.c.reason,
            people.c.sent_at,
            people.c.pressed_at,
            people.c.replied_at,
            people.c.unsubscribed_at,
            people.c.recalled_at,
            func.coalesce(_revenue(people.c.sent_at).scalar_subquery(), 0),
        )
        .join(contacts, contacts.c.id == people.c.contact_id)
        .where(people.c.campaign_id == campaign_id, people.c.contact_id > after)
        .order_by(people.c.contact_id)
        .limit(limit)
    )
    return [Line(*row) for row in await db.all(statement)]


def _within(what: Any, since: Any) -> Select[Any]:
    """Purchases of the person within the window after `since`, which may be empty: then there are none."""
    until = func.strftime("%Y-%m-%d %H:%M:%f000", since, literal(f"+{WINDOW.days} days"), type_=Moment)
    return select(what).where(
        purchases.c.contact_id == people.c.contact_id, purchases.c.at >= since, purchases.c.at < until
    )


def _bought(since: Any) -> Select[Any]:
    return _within(purchases.c.id, since).where(purchases.c.value > purchases.c.refunded)


def _revenue(since: Any) -> Select[Any]:
    return _within(func.sum(purchases.c.value - purchases.c.refunded), since)
