"""Showing: what the base knows, gathered from its tables into the values that the team's screens are made of."""

from __future__ import annotations

from crm import values
from services.workplace import Place
from storage import contacts, requests, staff, tags
from storage.contacts import Contact
from storage.engine import Reads
from storage.requests import Request
from views.requests import Seen
from views.staff_names import Who


async def who(db: Reads, contact: Contact) -> Who:
    """How a contact is named, with the tags."""
    return Who(
        contact.id, contact.name, contact.username, tuple(tag.name for tag in await tags.of_contact(db, contact.id))
    )


async def phone(db: Reads, contact_id: int) -> str | None:
    """The phone one would call, as people read it."""
    phones = (point for point in await contacts.points(db, contact_id) if point.kind == "phone")
    best = next(phones, None)
    return values.phone_shown(best.value) if best is not None else None


async def request(db: Reads, request: Request, contact: Contact) -> Seen:
    """A request with the words around it."""
    names = await staff.names(db)
    return Seen(
        id=request.id,
        who=await who(db, contact),
        stage=request.stage,
        title=request.title,
        answers=tuple((str(one["label"]), str(one["shown"])) for one in request.answers),
        created_at=request.created_at,
        owner=names.get(request.owner_id) if request.owner_id is not None else None,
        phone=await phone(db, contact.id),
        source=contact.source_last,
        lost_reason=request.lost_reason,
        spam=contact.spam_at is not None,
    )


async def open_request(db: Reads, contact_id: int) -> int | None:
    """The newest open request of a contact, by its number."""
    found = await requests.of_contact(db, contact_id, stages=requests.OPEN, limit=1)
    return found[0].id if found else None


def lost_reasons(place: Place, request: Request, language: str) -> list[str]:
    """Why such a request is lost, in the owner's words."""
    if request.pipeline is None:
        return []
    return [option.title.say(language) for option in place.playbooks.current.pipeline(request.pipeline).lost_reasons]
