"""Where contacts stand in the life cycle: crm/life_cycle.py asked of many cards at once, in SQL. A test holds the two together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, insert, literal, or_, select, update

from crm.life_cycle import Rules
from crm.statuses import POTENTIAL
from storage.engine import Reads, Tx
from storage.tables import contacts, events

_SEEN = (contacts.c.last_purchase_at, contacts.c.last_request_at, contacts.c.last_in_at)


@dataclass(frozen=True, slots=True)
class Moved:
    """A contact whose status has changed."""

    contact_id: int
    before: str
    after: str


async def last_id(db: Reads) -> int:
    """The newest card's number."""
    return int(await db.scalar(select(func.max(contacts.c.id))) or 0)


async def misplaced(db: Reads, rules: Rules, *, after: int, upto: int, now: datetime) -> list[int]:
    """Cards from after one number up to another whose status is not what the rules say. Those set by hand are left."""
    statement = select(contacts.c.id).where(contacts.c.id > after, contacts.c.id <= upto, _is_misplaced(rules, now))
    return [row.id for row in await db.all(statement.order_by(contacts.c.id))]


async def settle(tx: Tx, ids: Sequence[int], rules: Rules, *, now: datetime) -> list[Moved]:
    """Gives these contacts the status that the rules say, with a line on the timeline of each that moves."""
    wanted = and_(contacts.c.id.in_(ids), _is_misplaced(rules, now))
    becomes = _becomes(rules, now)
    rows = await tx.all(select(contacts.c.id, contacts.c.status, becomes.label("becomes")).where(wanted))
    moved = [Moved(row.id, row.status, row.becomes) for row in rows]
    if moved:
        changed = {"status": becomes, "status_at": now, "updated_at": now, "version": contacts.c.version + 1}
        await tx.run(update(contacts).where(contacts.c.id.in_([one.contact_id for one in moved])).values(**changed))
        await tx.run(insert(events), [_event(one, now) for one in moved])
    return moved


async def keep_hand_set(tx: Tx, *, after: int, upto: int) -> None:
    """Leaves to the team what the team set before there were rules: a status that has no time of its own."""
    by_hand = and_(contacts.c.status != POTENTIAL, contacts.c.status_at.is_(None))
    between = and_(contacts.c.id > after, contacts.c.id <= upto)
    await tx.run(update(contacts).where(between, by_hand).values(status_pinned=True))


def _event(moved: Moved, now: datetime) -> dict[str, Any]:
    data = {"from": moved.before, "to": moved.after}
    return {"contact_id": moved.contact_id, "at": now, "kind": "status", "data": data}


def _is_misplaced(rules: Rules, now: datetime) -> ColumnElement[bool]:
    return and_(contacts.c.status_pinned.is_(False), contacts.c.status != _becomes(rules, now))


def _becomes(rules: Rules, now: datetime) -> ColumnElement[str]:
    """`crm.life_cycle.status_of` in SQL."""
    best: list[ColumnElement[bool]] = []
    if rules.vip_purchases is not None:
        best.append(contacts.c.purchases >= rules.vip_purchases)
    if rules.vip_spent is not None:
        best.append(contacts.c.spent >= rules.vip_spent)
    places = [
        (contacts.c.purchases < rules.active, literal(POTENTIAL)),
        (_is_quiet_since(now - rules.gone_after), literal("gone")),
        (_is_quiet_since(now - rules.sleeping_after), literal("sleeping")),
        *((one, literal("vip")) for one in best),
        (contacts.c.purchases >= rules.repeat, literal("repeat")),
    ]
    return case(*places, else_=literal("active"))


def _is_quiet_since(at: datetime) -> ColumnElement[bool]:
    return and_(
        or_(*(column.is_not(None) for column in _SEEN)),
        *(or_(column.is_(None), column <= at) for column in _SEEN),
    )
