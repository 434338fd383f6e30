"""Preferring: what a person has said about the messages nobody asked for, and what the contact policy makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from crm import policy, zone_guesses
from crm.playbook_types import Span
from crm.zone_guesses import Living
from services.workplace import Place
from storage import consents, wishes
from storage.contacts import Contact
from storage.engine import Reads
from storage.wishes import Wishes

CITY = "city"
"""The field of the profile that says where somebody lives."""


async def living(db: Reads, place: Place, contact: Contact) -> Living:
    """In which time zone a person lives, and how that is known: said, or guessed from their city or phone, or the
    business's."""
    _, phone = await wishes.with_phone(db, contact.id)
    return _living(place, contact, phone)


async def zones(db: Reads, place: Place, ids: Sequence[int]) -> dict[int, ZoneInfo]:
    """The time zones of many contacts, in one query: for planning at each one's local time."""
    business = _business(place)
    return {
        one: ZoneInfo(zone_guesses.living(given, city=city, phone=phone, business=business).zone)
        for one, (given, city, phone) in (await wishes.zone_hints(db, ids)).items()
    }


async def person(db: Reads, place: Place, contact: Contact) -> policy.Person:
    """The contact as the policy looks at them: two queries."""
    wished, phone = await wishes.with_phone(db, contact.id)
    return policy.Person(
        zone=ZoneInfo(_living(place, contact, phone).zone),
        reachable=contact.reachable and contact.telegram_id is not None,
        spam=contact.spam_at is not None,
        consents=await consents.latest(db, contact.id),
        quiet=quiet(wished),
        topics_off=frozenset(wished.topics_off),
        fewer=wished.fewer,
        paused_until=wished.paused_until,
    )


async def held_until(db: Reads, place: Place, contact: Contact, at: datetime) -> datetime | None:
    """The end of the quiet hours that would keep what is due to this contact at this time; None outside them."""
    wished, phone = await wishes.with_phone(db, contact.id)
    hours = quiet(wished) or place.playbooks.current.policy.quiet_hours
    return policy.quiet_until(hours, ZoneInfo(_living(place, contact, phone).zone), at)


def quiet(wished: Wishes) -> Span | None:
    """The quiet hours of a person's own; None for who keeps the business's. Equal ends: none at all."""
    if wished.quiet_from is None or wished.quiet_until is None:
        return None
    return Span(_clock(wished.quiet_from), _clock(wished.quiet_until))


def _living(place: Place, contact: Contact, phone: str | None) -> Living:
    city = contact.fields.get(CITY)
    return zone_guesses.living(
        contact.timezone,
        city=city if isinstance(city, str) else None,
        phone=phone,
        business=_business(place),
    )


def _business(place: Place) -> str:
    """The business's time zone: the playbook's, else the setting TIMEZONE."""
    return place.playbooks.current.business.zone(place.timezone.key).key


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
