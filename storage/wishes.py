"""What people prefer about the messages nobody asked for: hours of their own, topics refused, fewer, a pause. One row a
contact, from the first wish on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import campaign_people, contact_points, contacts, preferences


@dataclass(frozen=True, slots=True)
class Wishes:
    """`quiet_from` and `quiet_until` are minutes of the local day (both or neither; equal: no quiet hours at all);
    `fewer` is how often fewer messages were asked for."""

    quiet_from: int | None = None
    quiet_until: int | None = None
    topics_off: tuple[str, ...] = ()
    fewer: int = 0
    paused_until: datetime | None = None


NONE: Final = Wishes()
STANDING: Final = "standing"
"""What a transaction tells of (`Tx.tell`) that changes what a contact may be sent: who is about to send them something asks
again."""
_COLUMNS = [
    preferences.c.quiet_from,
    preferences.c.quiet_until,
    preferences.c.topics_off,
    preferences.c.fewer,
    preferences.c.paused_until,
]
_BEST_PHONE = (
    select(contact_points.c.value)
    .where(contact_points.c.contact_id == contacts.c.id, contact_points.c.kind == "phone")
    .order_by(contact_points.c.preferred.desc(), contact_points.c.verified_at.is_(None), contact_points.c.id)
    .limit(1)
    .correlate(contacts)
    .scalar_subquery()
)
_WITH_PHONE = (
    select(*_COLUMNS, _BEST_PHONE.label("phone"))
    .select_from(contacts.outerjoin(preferences, preferences.c.contact_id == contacts.c.id))
    .where(contacts.c.id == bindparam("contact"))
)


async def get(db: Reads, contact_id: int) -> Wishes:
    """What this contact prefers; nothing for who never said."""
    row = await db.first(select(*_COLUMNS).where(preferences.c.contact_id == contact_id))
    return NONE if row is None else _wishes(row)


async def with_phone(db: Reads, contact_id: int) -> tuple[Wishes, str | None]:
    """The same with the phone (E.164) one would call, by which a time zone is guessed: in one query, because it is asked
    for every message."""
    row = await db.first(_WITH_PHONE, {"contact": contact_id})
    return (NONE, None) if row is None else (_wishes(row), row.phone)


async def zone_hints(db: Reads, ids: Sequence[int]) -> dict[int, tuple[str | None, str | None, str | None]]:
    """What tells where each contact's clocks are: the zone they gave, their city, the phone one would call."""
    statement = select(contacts.c.id, contacts.c.timezone, contacts.c.fields, _BEST_PHONE.label("phone")).where(
        contacts.c.id.in_(ids)
    )
    return {row.id: (row.timezone, row.fields.get("city"), row.phone) for row in await db.all(statement)}


async def change(tx: Tx, contact_id: int, *, now: datetime, **values: Any) -> None:
    """Sets columns of the contact's row, which is made if need be."""
    tx.tell(STANDING, contact_id)
    statement = upsert(preferences).values(contact_id=contact_id, updated_at=now, **values)
    await tx.run(statement.on_conflict_do_update(index_elements=["contact_id"], set_={**values, "updated_at": now}))


async def unsay_stop(tx: Tx, contact_id: int, key: str) -> None:
    """The person changed their mind about a "stop" under the message with this key."""
    kind, number = (*key.split(":"), "")[:2]
    if kind == "campaign" and number.isdecimal():
        theirs = and_(campaign_people.c.campaign_id == int(number), campaign_people.c.contact_id == contact_id)
        await tx.run(update(campaign_people).where(theirs).values(unsubscribed_at=None))


def _wishes(row: Any) -> Wishes:
    return Wishes(row.quiet_from, row.quiet_until, tuple(row.topics_off or ()), row.fewer or 0, row.paused_until)
