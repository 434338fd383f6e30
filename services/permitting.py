"""Permitting: whether this one of the team may do this now. The role is the one in the base at this very update, so
that who was removed or demoted fails at the next press."""

from __future__ import annotations

from crm import permissions
from crm.permissions import Right
from services.refusals import Refused
from storage import merged
from storage.contacts import Contact, get
from storage.engine import Reads
from storage.staff import Member


def require(member: Member | None, right: Right) -> Member:
    """The member, who has the right. Raises Refused for everybody else."""
    if member is None or not permissions.allows(member.role, right):
        raise Refused(refusal(right))
    return member


def refusal(right: Right) -> str:
    """Which words refuse it. What only owners may need not change anything: an export, a report."""
    return "refused-owners" if right is Right.OWN else "refused-right"


async def contact(db: Reads, contact_id: int) -> Contact:
    """The card with this number; of a card that was merged, the one it went into. Raises Refused where there is none
    (any more)."""
    found = await get(db, contact_id)
    if found is None and (leads := await merged.leads_to(db, contact_id)) is not None:
        found = await get(db, leads)
    if found is None:
        raise Refused("refused-contact-gone", id=contact_id)
    return found
