"""Annotating a card: notes, and its fields changed by the team. What is typed is checked as a form checks it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import values
from crm.card_fields import CardField
from crm.permissions import Right
from crm.playbook import Playbook
from crm.statuses import STATUSES
from services import ageing, comparing, meeting, permitting
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
CHOSEN: Final = ("language", "owner", "status", "level", "timezone")
"""Built-in fields that are chosen by a button."""
BY_RULES: Final = "rules"
"""In the place of a status: the one that the rules of the life cycle say, from now on."""
NONE: Final = "0"
"""In the place of an owner or a level: nobody, none."""


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
        case "money":
            return values.money(raw)
        case "yes_no":
            return values.yes_no(raw)
        case "birthday":
            return values.birthday(raw, now=now, zone=zone, language=language)
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
    """A field of the profile, or one of the owner's. Raises Refused for one there is not (any more)."""
    found = playbook.field(field)
    if found is None:
        raise Refused("refused-field")
    return found


def at_place(field: CardField, place: str, kept: Any) -> Any:
    """The value behind a button of the field: yes or no, an option, or, where there may be several, those that are kept
    now with this one switched. Raises Refused for a place there is not (any more)."""
    several: list[Any] = [True, False] if field.type == "yes_no" else [option.id for option in field.options]
    if not (place.isascii() and place.isdecimal() and int(place[:4]) < len(several)):
        raise Refused("refused-stale")
    value = several[int(place[:4])]
    if field.type != "choices":
        return value
    on = set(kept) if isinstance(kept, list) else set()
    return [one for one in several if one in on ^ {value}]


async def change(
    tx: Tx, place: Place, member: Member | None, contact_id: int, field: str, value: Any, *, own: bool, now: datetime
) -> Contact:
    """Writes a checked value on the card; returns the card as it is then.

    Raises Refused for a field or a value there is not, for a field that this role may not change, and for personal data
    of who has not agreed to their keeping.
    """
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    playbook = place.playbooks.current
    card_field = editable(member, playbook, field) if own else None
    personal = card_field.is_personal if card_field is not None else field in PERSONAL
    if personal and contact.consent_version is None:
        raise Refused("refused-personal", alert=True)
    if card_field is not None:
        await contacts.change(tx, contact.id, fields={**contact.fields, field: value}, now=now)
    elif field == "status":
        await _change_status(tx, place, member, contact, value, now=now)
        return await permitting.contact(tx, contact_id)
    else:
        await _change_built_in(tx, playbook, contact, field, value, now=now)
    _note_field(tx, playbook, member, contact, field, value, now=now)
    return await permitting.contact(tx, contact_id)


async def clear(tx: Tx, place: Place, member: Member | None, contact_id: int, field: str, *, now: datetime) -> Contact:
    """Empties a field of the profile or one of the owner's. Raises Refused for a field there is not, or that this role
    may not change."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    editable(member, place.playbooks.current, field)
    kept = {name: value for name, value in contact.fields.items() if name != field}
    await contacts.change(tx, contact.id, fields=kept, now=now)
    _note_field(tx, place.playbooks.current, member, contact, field, None, now=now)
    return await permitting.contact(tx, contact_id)


async def prefer_point(tx: Tx, member: Member | None, contact_id: int, point_id: int, *, now: datetime) -> str:
    """Which of several phones (or e-mails) to use first; its kind. Raises Refused for one that is not this contact's."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    kind = await contacts.prefer_point(tx, contact.id, point_id)
    if kind is None:
        raise Refused("refused-point")
    events.add(tx, contact.id, "field", staff_id=member.id, data={"field": kind, "own": False, "first": True}, now=now)
    return kind


async def remove_point(tx: Tx, member: Member | None, contact_id: int, point_id: int, *, now: datetime) -> None:
    """Takes a phone or an e-mail off the card. Raises Refused for one that is not this contact's."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    kinds = {one.id: one.kind for one in await contacts.points(tx, contact.id)}
    if not await contacts.remove_point(tx, contact.id, point_id):
        raise Refused("refused-point")
    data = {"field": kinds[point_id], "own": False, "value": None}
    events.add(tx, contact.id, "field", staff_id=member.id, data=data, now=now)


def editable(member: Member, playbook: Playbook, field: str) -> CardField:
    """A field of the profile, or one of the owner's, that this one of the team may change. Raises Refused for others."""
    found = own_field(playbook, field)
    if not found.is_edited_by(member.role):
        raise Refused("refused-field-right", alert=True)
    return found


def _note_field(
    tx: Tx, playbook: Playbook, member: Member, contact: Contact, field: str, value: Any, *, now: datetime
) -> None:
    """A line on the timeline, with the words that the field and its options have today."""
    language = playbook.business.language
    card_field = playbook.field(field)
    data: dict[str, Any] = {"field": field, "own": card_field is not None, "value": None}
    if card_field is not None:
        data["label"] = card_field.title.say(language)
        titles = {option.id: option.title.say(language) for option in card_field.options}
        if isinstance(value, list):
            value = ", ".join(titles.get(str(one), str(one)) for one in value)
        elif isinstance(value, str):
            value = titles.get(value, value)
    elif field == "level" and (level := playbook.level(str(value))) is not None:
        value = level.title.say(language)
    data["value"] = value if isinstance(value, str | int | float | bool) else None
    events.add(tx, contact.id, "field", staff_id=member.id, data=data, now=now)


async def _change_status(tx: Tx, place: Place, member: Member, contact: Contact, value: Any, *, now: datetime) -> None:
    """By hand, which the rules respect from now on; or back to what the rules say."""
    if value == BY_RULES:
        await contacts.change(tx, contact.id, status_pinned=False, now=now)
        await ageing.refresh(tx, place, contact.id, now=now)
        return
    if value not in STATUSES:
        raise Refused("refused-field")
    await contacts.change(tx, contact.id, status=value, status_pinned=True, status_at=now, now=now)
    said = {"from": contact.status, "to": value}
    events.add(tx, contact.id, "status", staff_id=member.id, data=said, now=now)


async def _change_built_in(
    tx: Tx, playbook: Playbook, contact: Contact, field: str, value: Any, *, now: datetime
) -> None:
    match field:
        case "name":
            await contacts.change(tx, contact.id, name=value, now=now)
        case "phone" | "email":
            await contacts.add_point(tx, contact.id, field, value, verified=False, now=now)
            comparing.soon(tx, contact.id, now=now)
        case "language":
            await meeting.choose_language(tx, contact, None, value, now=now)
        case "timezone":
            await meeting.choose_zone(tx, contact, None, value, now=now)
        case "level" if value == NONE or playbook.level(str(value)) is not None:
            await contacts.change(tx, contact.id, level=None if value == NONE else value, now=now)
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
