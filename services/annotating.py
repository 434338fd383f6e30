"""Annotating a card: notes, and its fields changed by the team. What is typed is checked as a form checks it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import values
from crm.permissions import Right
from crm.playbook import CardField, Playbook
from crm.statuses import STATUSES
from services import meeting, permitting
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, events, notes, staff
from storage.contacts import Contact
from storage.engine import Tx
from storage.staff import Member

NOTE_FLOW: Final = "note"
FIELD_FLOW: Final = "field"
NOTE_LENGTH: Final = 2000
PERSONAL: Final = ("name", "phone", "email")
TYPED: Final = ("name", "phone", "email", "timezone")
"""Built-in fields that are typed."""
CHOSEN: Final = ("language", "owner", "status", "timezone")
"""Built-in fields that are chosen by a button."""


async def note(tx: Tx, member: Member | None, contact_id: int, text: str, *, now: datetime) -> None:
    """Writes a note down. Raises Refused for an empty one, and for one too long to be read."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    read = values.text(text, most=NOTE_LENGTH)
    if isinstance(read, values.Refused):
        raise Refused("refused-note-long" if read.reason == "text-long" else "refused-note-empty")
    await notes.add(tx, contact.id, read.value, staff_id=member.id, now=now)
    events.add(tx, contact.id, "note", staff_id=member.id, text=read.value, now=now)


def read(
    playbook: Playbook, field: str, raw: str, *, own: bool, now: datetime, zone: ZoneInfo, language: str
) -> values.Read:
    """What was typed for a field, checked by its type. Raises Refused for a field that is not typed."""
    if not own:
        match field:
            case "name":
                return values.name(raw)
            case "phone":
                return values.phone(raw, playbook.business.phone_regions)
            case "email":
                return values.email(raw)
            case "timezone":
                return values.Accepted(raw.strip())
        raise Refused("refused-field")
    card_field = own_field(playbook, field)
    hours = playbook.business.hours.hours
    match card_field.type:
        case "phone":
            return values.phone(raw, playbook.business.phone_regions)
        case "email":
            return values.email(raw)
        case "number":
            return values.number(raw)
        case "choice":
            return values.choice(raw, card_field.options)
        case "choices":
            return values.choices(raw, card_field.options)
        case "location":
            return values.address(raw)
        case "date":
            ahead = values.moment(raw, "date", now=now, zone=zone, hours=hours, language=language)
            past = values.past_date(raw, now=now, zone=zone, language=language)
            return past if isinstance(past, values.Accepted) or isinstance(ahead, values.Refused) else ahead
        case "time":
            return values.moment(raw, "time", now=now, zone=zone, hours=hours, language=language)
        case "datetime":
            return values.moment(raw, "datetime", now=now, zone=zone, hours=hours, language=language)
        case _:
            return values.text(raw)


def own_field(playbook: Playbook, field: str) -> CardField:
    """One of the owner's fields. Raises Refused for one there is not (any more)."""
    found = playbook.field(field)
    if found is None:
        raise Refused("refused-field")
    return found


async def change(
    tx: Tx, place: Place, member: Member | None, contact_id: int, field: str, value: Any, *, own: bool, now: datetime
) -> Contact:
    """Writes a checked value on the card; returns the card as it is then.

    Raises Refused for a field or a value there is not, and for personal data of who has not agreed to their keeping.
    """
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    playbook = place.playbooks.current
    personal = own_field(playbook, field).is_personal if own else field in PERSONAL
    if personal and contact.consent_version is None:
        raise Refused("refused-personal", alert=True)
    if own:
        await contacts.change(tx, contact.id, fields={**contact.fields, field: value}, now=now)
    else:
        await _change_built_in(tx, contact, field, value, now=now)
    shown = value if isinstance(value, str | int | float | bool) else None
    events.add(tx, contact.id, "field", staff_id=member.id, data={"field": field, "own": own, "value": shown}, now=now)
    return await permitting.contact(tx, contact_id)


async def clear(tx: Tx, place: Place, member: Member | None, contact_id: int, field: str, *, now: datetime) -> Contact:
    """Empties one of the owner's fields. Raises Refused for a field there is not."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    own_field(place.playbooks.current, field)
    kept = {name: value for name, value in contact.fields.items() if name != field}
    await contacts.change(tx, contact.id, fields=kept, now=now)
    events.add(tx, contact.id, "field", staff_id=member.id, data={"field": field, "own": True, "value": None}, now=now)
    return await permitting.contact(tx, contact_id)


async def remove_point(tx: Tx, member: Member | None, contact_id: int, point_id: int, *, now: datetime) -> None:
    """Takes a phone or an e-mail off the card. Raises Refused for one that is not this contact's."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    if not await contacts.remove_point(tx, contact.id, point_id):
        raise Refused("refused-point")
    events.add(tx, contact.id, "field", staff_id=member.id, data={"field": "points", "own": False}, now=now)


async def _change_built_in(tx: Tx, contact: Contact, field: str, value: Any, *, now: datetime) -> None:
    match field:
        case "name":
            await contacts.change(tx, contact.id, name=value, now=now)
        case "phone" | "email":
            await contacts.add_point(tx, contact.id, field, value, verified=False, now=now)
        case "language":
            await meeting.choose_language(tx, contact, None, value, now=now)
        case "timezone":
            await meeting.choose_zone(tx, contact, None, value, now=now)
        case "status" if value in STATUSES:
            await contacts.change(tx, contact.id, status=value, now=now)
        case "owner":
            await contacts.change(tx, contact.id, owner_id=await _owner(tx, value), now=now)
        case _:
            raise Refused("refused-field")


async def _owner(tx: Tx, value: Any) -> int | None:
    """One of today's team, by the number in a button; 0 is nobody."""
    if not str(value).isdecimal() or len(str(value)) > 12:
        raise Refused("refused-member")
    wanted = int(value)
    if wanted == 0:
        return None
    if wanted not in {one.id for one in await staff.active(tx, "owner", "manager")}:
        raise Refused("refused-member")
    return wanted
