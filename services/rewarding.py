"""Rewarding: points given and corrected by hand, and where a person stands with them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from crm import folding, loyalty
from crm.permissions import Right
from services import permitting
from services.refusals import Refused
from services.workplace import Place
from storage import events, loyalty_points
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.staff import Member
from views.point_pages import Account, Moved

REASON_LENGTH: Final = 300
SHOWN: Final = 8
_CORRECTION: Final = re.compile(
    r"([+\-\u2212\u2013])\s?(\d{1,3}(?:[ \u00a0]\d{3})+(?!\w)|\d{1,12})(?:[\s,:]+(.*))?", re.DOTALL
)


async def account(db: Reads, place: Place, contact: Contact | None) -> Account | None:
    """Where a person stands; somebody without a card stands at the beginning. None where the business gives no
    points."""
    playbook = place.playbooks.current
    rules, currency = playbook.loyalty, playbook.money.currency
    if rules is None:
        return None
    balance = contact.points if contact is not None else 0
    moves = await loyalty_points.latest(db, contact.id, limit=SHOWN) if contact is not None else []
    return Account(
        rules=rules,
        balance=balance,
        worth=loyalty.worth(rules, max(balance, 0), currency),
        standing=loyalty.standing(rules, contact.spent if contact is not None else 0, currency),
        moves=[Moved(one.amount, one.reason, one.note, one.at) for one in moves],
        currency=currency,
    )


async def correct(
    tx: Tx, place: Place, member: Member | None, contact_id: int, said: str, *, now: datetime
) -> tuple[int, int]:
    """Gives points or takes them, by words such as "+50 birthday"; returns how many, and the balance.

    Raises Refused when the words are no correction, when the reason is missing, when it takes more than there is, and
    where the business gives no points.
    """
    member = permitting.require(member, Right.SELL)
    contact = await permitting.contact(tx, contact_id)
    if place.playbooks.current.loyalty is None:
        raise Refused("refused-points-off")
    found = _CORRECTION.fullmatch(said.strip())
    if found is None:
        raise Refused("usage-points")
    count = int(re.sub(r"\D", "", found[2]))
    amount = count if found[1] == "+" else -count
    reason = folding.visible(found[3] or "")[:REASON_LENGTH]
    if not 0 < count <= loyalty.MOST_POINTS or contact.points + amount > loyalty.MOST_POINTS:
        raise Refused("refused-points-count")
    if not reason:
        raise Refused("refused-points-reason")
    if amount < 0 and contact.points + amount < 0:
        raise Refused("refused-points-few", count=max(contact.points, 0))
    kind: loyalty_points.Reason = "gift" if amount > 0 else "correction"
    balance = await loyalty_points.move(tx, contact.id, amount, kind, note=reason, staff_id=member.id, now=now)
    events.add(tx, contact.id, "points", staff_id=member.id, text=reason, data={"points": amount}, now=now)
    return amount, balance
