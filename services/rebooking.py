"""Rebooking: the team sets another time for a booked visit, of its own accord. The customer hears it at once and is
reminded of the new time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crm.permissions import Right
from crm.purposes import Purpose
from locales import words_in
from services import alerting, permitting, visiting
from services.refusals import Refused
from services.workplace import Place
from storage import events, requests, visits
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.staff import Member
from storage.visits import Visit
from views import visit_screens
from views.messages import Say

FLOW: Final = "rebook"


@dataclass(frozen=True, slots=True)
class Rebooked:
    """The visit at its new time. `told`: whether the customer hears of it here; else somebody has to call them."""

    contact: Contact
    at: datetime
    told: bool
    said: list[Say]


async def open_visit(db: Reads, member: Member | None, request_id: int) -> Visit:
    """The visit of an open request. Raises Refused without the right, and where there is no such visit."""
    permitting.require(member, Right.SERVE)
    visit, request = await visits.get(db, request_id), await requests.get(db, request_id)
    if visit is None or visit.state == "cancelled" or request is None or request.stage not in requests.OPEN:
        raise Refused("refused-visit-none", alert=True)
    return visit


async def move(
    tx: Tx, place: Place, member: Member | None, request_id: int, at: datetime, *, was: datetime, now: datetime
) -> Rebooked:
    """Moves the visit from the time it `was` at when this was decided. Raises Refused without the right, for a time that
    has passed, and when the visit has been moved or called off meanwhile."""
    member = permitting.require(member, Right.SERVE)
    visit = await open_visit(tx, member, request_id)
    if at <= now:
        raise Refused("refused-plan-past", alert=True)
    # A button's data says whole seconds.
    is_same = int(visit.at.timestamp()) == int(was.timestamp())
    if not is_same or not await visits.change(tx, visit, state="booked", at=at, now=now):
        raise Refused("refused-visit-changed", alert=True)
    contact = await permitting.contact(tx, visit.contact_id)
    await visiting.forget_reminders(tx, place, visit, reason="the visit was moved")
    visiting.plan_reminders(tx, place, request_id, contact, at, now=now)
    await visiting.show_time(tx, place, request_id, visit.field, at, now=now)
    events.add(tx, contact.id, "visit", request_id=request_id, staff_id=member.id, data={"state": "moved"}, now=now)
    heard = [] if visit.at == at else _heard(place, contact, visit, at, now=now)
    return Rebooked(contact, at, bool(heard), [*await alerting.request_changed(tx, place, request_id, now=now), *heard])


def _heard(place: Place, contact: Contact, visit: Visit, at: datetime, *, now: datetime) -> list[Say]:
    """What the customer is told, with the answers that a reminder has."""
    if contact.telegram_id is None or not contact.reachable or contact.spam_at is not None:
        return []
    words, zone = words_in(contact.language), visiting.zone_of(place)
    return [
        Say(
            visit_screens.moved(words, visit.request_id, before=visit.at, at=at, zone=zone, now=now),
            chat_id=contact.telegram_id,
            key=f"visit-moved:{visit.request_id}:{at:%Y%m%d%H%M}:{now:%Y%m%d%H%M%S}",
            purpose=Purpose.SERVICE,
            # A night may keep it, while it is still of use in the morning.
            valid_until=at,
            contact_id=contact.id,
            memo={"contact": contact.id, "request": visit.request_id},
        )
    ]
