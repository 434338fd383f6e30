"""Presses of buttons under campaigns, scenarios and surveys: the first of each button of each message."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import campaign_people, journeys, presses


async def add(
    tx: Tx,
    key: str,
    button: str,
    contact_id: int,
    *,
    campaign_id: int | None = None,
    journey_id: int | None = None,
    now: datetime,
) -> bool:
    """Keeps a press of a button under the message with this key; whether it is the first."""
    values = {"key": key, "button": button, "contact_id": contact_id, "at": now}
    statement = upsert(presses).values(**values, campaign_id=campaign_id, journey_id=journey_id)
    result = await tx.run(statement.on_conflict_do_nothing(index_elements=["key", "button"]))
    return bool(result.rowcount)


async def mark_campaign(tx: Tx, campaign_id: int, contact_id: int, *, now: datetime) -> None:
    """The person has pressed something of this campaign."""
    theirs = _of_campaign(campaign_id, contact_id)
    await tx.run(update(campaign_people).where(theirs, campaign_people.c.pressed_at.is_(None)).values(pressed_at=now))


async def mark_unsubscribed(tx: Tx, campaign_id: int, contact_id: int, *, now: datetime) -> None:
    """The person wants no more of these, and it was this campaign that made them say so."""
    theirs = _of_campaign(campaign_id, contact_id)
    unsaid = campaign_people.c.unsubscribed_at.is_(None)
    await tx.run(update(campaign_people).where(theirs, unsaid).values(unsubscribed_at=now))


async def mark_journey(tx: Tx, journey_id: int, contact_id: int, *, now: datetime) -> None:
    """The person has pressed something on this way through a scenario. The latest press counts: a later step asks for
    one of its own."""
    theirs = and_(journeys.c.id == journey_id, journeys.c.contact_id == contact_id)
    await tx.run(update(journeys).where(theirs).values(pressed_at=now))


async def mark_replied(tx: Tx, contact_id: int, *, within: timedelta, now: datetime) -> None:
    """The person wrote: an answer to the campaign that reached them last, if that was not longer ago than `within`."""
    reached = (
        select(campaign_people.c.campaign_id, campaign_people.c.replied_at)
        .where(campaign_people.c.contact_id == contact_id, campaign_people.c.sent_at > now - within)
        .order_by(campaign_people.c.sent_at.desc())
        .limit(1)
    )
    last = await tx.first(reached)
    if last is not None and last.replied_at is None:
        theirs = _of_campaign(last.campaign_id, contact_id)
        await tx.run(update(campaign_people).where(theirs).values(replied_at=now))


async def by_button(db: Reads, campaign_id: int) -> dict[str, int]:
    """How many people pressed each button of a campaign."""
    statement = (
        select(presses.c.button, func.count(func.distinct(presses.c.contact_id)))
        .where(presses.c.campaign_id == campaign_id)
        .group_by(presses.c.button)
    )
    return {row[0]: row[1] for row in await db.all(statement)}


def _of_campaign(campaign_id: int, contact_id: int) -> ColumnElement[bool]:
    return and_(campaign_people.c.campaign_id == campaign_id, campaign_people.c.contact_id == contact_id)
