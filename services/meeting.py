"""Meeting people: the first contact, where they came from, and what they choose about how the bot speaks to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from crm import folding
from locales import LANGUAGES
from services.refusals import Refused
from storage import aliases, contacts, events, outbox, staff
from storage.contacts import Contact
from storage.engine import Tx
from storage.staff import Member

SEEN_AGAIN = timedelta(minutes=15)
"""How exactly it is known when somebody last wrote: a write a message would be felt, and nobody asks to the minute."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What Telegram says of a person. Before consent only the id and the language of it are kept."""

    telegram_id: int
    first_name: str
    full_name: str
    username: str | None
    language: str


async def meet(tx: Tx, contact: Contact | None, profile: Profile, *, now: datetime) -> Contact:
    """The person's card; a new one holds an id and a language. Whoever writes is reachable, and was seen now."""
    if contact is None:
        return await contacts.create(tx, telegram_id=profile.telegram_id, language=profile.language, now=now)
    if contact.telegram_id != profile.telegram_id:
        contact = await answer_there(tx, contact, profile.telegram_id, now=now)
    if not contact.reachable:
        await come_back(tx, contact, now=now)
    elif contact.last_in_at is None or now - contact.last_in_at >= SEEN_AGAIN:
        contacts.touch(tx, contact.id, now=now)
    return contact


async def meet_customer(
    tx: Tx, contact: Contact | None, member: Member | None, profile: Profile, *, now: datetime
) -> Contact | None:
    """The card of who comes by a door that the team uses too. One of the team gets none by it: they would be counted among
    the customers, and written to as one. Who has a card keeps it."""
    if member is not None and contact is None:
        return None
    return await meet(tx, contact, profile, now=now)


async def join_in(tx: Tx, member: Member, profile: Profile, *, now: datetime) -> None:
    """One of the team wrote for the first time: from now on Telegram delivers to them, in their language."""
    await staff.change(
        tx,
        member.id,
        started_at=now,
        name=member.name or folding.name(profile.full_name),
        username=profile.username,
        language=member.language or profile.language,
    )


async def note_source(tx: Tx, contact: Contact, source: str, *, now: datetime) -> None:
    """The payload of a /start: the first one stays the first touch, each is the last one."""
    if contact.source_last != source:
        first = contact.source_first or source
        await contacts.change(tx, contact.id, source_first=first, source_last=source, now=now)


async def answer_there(tx: Tx, contact: Contact, telegram_id: int, *, now: datetime) -> Contact:
    """The person wrote from another of their Telegram accounts, which can so be reached: from now on it is the one that
    is written to."""
    await aliases.set_reachable(tx, telegram_id, True)
    await aliases.prefer(tx, contact.id, telegram_id, now=now)
    return await contacts.get(tx, contact.id) or contact


async def go_away(tx: Tx, contact: Contact, telegram_id: int, *, now: datetime) -> None:
    """The person blocked the bot, in this account of theirs. Where another can still be reached, that is the one to be
    written to; else nothing is tried until they come back, and what waits for them is taken back."""
    if contact.telegram_id != telegram_id:
        await aliases.set_reachable(tx, telegram_id, False)
        return
    other = next((one for one in await aliases.of_contact(tx, contact.id) if one.reachable), None)
    if other is not None:
        await aliases.prefer(tx, contact.id, other.telegram_id, now=now)
        await aliases.set_reachable(tx, telegram_id, False)
    elif contact.reachable:
        await contacts.change(tx, contact.id, reachable=False, now=now)
        events.add(tx, contact.id, "unreachable", now=now)
        await outbox.cancel_for_contact(tx, contact.id, reason="blocked", purposes=("answer",))


async def come_back(tx: Tx, contact: Contact, *, now: datetime) -> None:
    """The person lets the bot write again, in their main account."""
    if not contact.reachable:
        await contacts.change(tx, contact.id, reachable=True, last_in_at=now, now=now)
        events.add(tx, contact.id, "reachable", now=now)


async def choose_language(
    tx: Tx, contact: Contact | None, member: Member | None, language: str, *, now: datetime
) -> None:
    """In which language to speak to a person, as a customer and as one of the team: either may be missing. Raises Refused
    for a language the bot does not speak."""
    if language not in LANGUAGES:
        raise Refused("refused-language")
    if contact is not None:
        await contacts.change(tx, contact.id, language=language, language_chosen=True, now=now)
    if member is not None:
        await staff.change(tx, member.id, language=language)


async def choose_zone(tx: Tx, contact: Contact | None, member: Member | None, name: str, *, now: datetime) -> ZoneInfo:
    """Keeps the time zone of a person, as a customer and as one of the team, by its IANA name. Raises Refused for a name
    there is not."""
    if name not in available_timezones():
        raise Refused("refused-zone")
    if contact is not None:
        await contacts.change(tx, contact.id, timezone=name, now=now)
    if member is not None:
        await staff.change(tx, member.id, timezone=name)
    return ZoneInfo(name)
