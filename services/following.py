"""Following up a request from the customer's side: adding to it, taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services import alerting, listening
from services.listening import Heard
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, events, requests
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.requests import Request
from views.messages import Say

FLOW: Final = "more"


async def own(db: Reads, contact: Contact | None, request_id: int) -> Request:
    """The person's own request. Raises Refused for anybody else's, and for one that is not there."""
    request = await requests.get(db, request_id)
    if request is None or contact is None or request.contact_id != contact.id:
        raise Refused("refused-request")
    return request


async def own_open(db: Reads, contact: Contact | None, request_id: int) -> Request:
    """The same, while it is open to the eyes of its owner. Raises Refused for a closed one."""
    request = await own(db, contact, request_id)
    if is_closed(request):
        raise Refused("refused-request-closed")
    return request


def is_closed(request: Request) -> bool:
    """Whether the customer sees it closed: spam is hidden from the team and silent, not a stage to be told of."""
    return request.stage in requests.CLOSED


async def add(tx: Tx, place: Place, contact: Contact, request_id: int, heard: Heard, *, now: datetime) -> list[Say]:
    """A word or a file more for a request: the team gets it, the timeline says which request it belongs to."""
    await own_open(tx, contact, request_id)
    return await listening.hear(tx, place, contact, heard, request_id=request_id, now=now)


async def withdraw(tx: Tx, place: Place, contact: Contact, request_id: int, *, now: datetime) -> list[Say]:
    """Takes a request back; once. Raises Refused when it was closed meanwhile."""
    await own(tx, contact, request_id)
    moved = await requests.move(tx, request_id, from_stages=(*requests.OPEN, "spam"), to="withdrawn", closed_at=now)
    if moved is None:
        raise Refused("refused-request-closed")
    await contacts.count_request(tx, contact.id, opened=-1, now=now)
    events.add(
        tx, contact.id, "stage", request_id=request_id, data={"from": moved.stage_before, "to": "withdrawn"}, now=now
    )
    return await alerting.request_withdrawn(tx, place, request_id, now) if contact.spam_at is None else []
