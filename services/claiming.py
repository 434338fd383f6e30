"""Claiming: a person whose card an import made joins their Telegram to it, by a link that works once.

Whoever has the link has the card, so it is given by a manager to one person, works once and for a while, and of it the
table of links keeps a hash alone.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from crm import doubles
from crm.doubles import Found
from crm.permissions import Right
from crm.purposes import Purpose
from services import alerting, comparing, permitting, speaking
from services.meeting import Profile
from services.refusals import Refused
from services.workplace import Place
from storage import claims, consents, contacts, duplicates, events, notes, outbox, tags
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.staff import Member
from views import claim_links
from views.messages import Say

PREFIX: Final = "c_"
"""How the payload of such a link begins."""
GOOD_FOR: Final = timedelta(days=90)
FOLDER: Final = "claims"
"""Where the pictures of the links lie, below the data folder, until they are sent."""
AS_SURE: Final = 12.0
"""How likely two cards are one person of whom one held the link to the other: log-odds, all but certain."""

Outcome = Literal["joined", "two", "used", "expired"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A link that was made: where it leads, until when, and the name its picture's file may have."""

    contact: Contact
    url: str
    until: datetime
    file: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """What came of a link that was pressed, and the card it is about, if the link is known."""

    outcome: Outcome
    contact: Contact | None = None


async def offer(tx: Tx, place: Place, member: Member | None, contact_id: int, *, now: datetime) -> Offer:
    """A link for somebody who is not on Telegram yet; one given before leads nowhere any more."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    if contact.telegram_id is not None:
        raise Refused("refused-claim-telegram")
    token = secrets.token_urlsafe(24)
    until = now + GOOD_FOR
    await claims.add(tx, hash_of(token), contact.id, staff_id=member.id, expires_at=until, now=now)
    url = f"https://t.me/{place.username}?start={PREFIX}{token}"
    return Offer(contact, url, until, f"{FOLDER}/{hash_of(token)[:24]}.png")


def draw(url: str, path: Path) -> None:
    """The link as a QR code, a PNG."""
    # Here, because few starts of the bot ever draw one.
    import segno

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    segno.make(url, error="m", micro=False).save(str(path), scale=12, border=3)


def hash_of(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


async def claim(
    tx: Tx, place: Place, sender: Contact | None, profile: Profile, token: str, *, now: datetime
) -> Claimed:
    """Somebody pressed a link. Their Telegram is joined to the card; a card of theirs that holds nothing goes, one that
    holds something is put before a manager together with the other."""
    known = await claims.get(tx, hash_of(token))
    card = await contacts.get(tx, known.contact_id) if known is not None else None
    if known is None or card is None:
        return Claimed("expired")
    if known.used_at is not None:
        return Claimed("joined" if sender is not None and sender.id == card.id else "used", card)
    if card.telegram_id is not None:
        return Claimed("used", card)
    if known.expires_at <= now:
        return Claimed("expired")
    await claims.use(tx, known.token_hash, now=now)
    if sender is not None and not await _holds_nothing(tx, sender):
        await _propose(tx, place, card, sender, now=now)
        return Claimed("two", sender)
    if sender is not None:
        await claims.give_way(tx, sender.id)
    await contacts.change(
        tx,
        card.id,
        telegram_id=profile.telegram_id,
        username=profile.username or card.username,
        language=card.language if card.language_chosen else profile.language,
        reachable=True,
        last_in_at=now,
        now=now,
    )
    events.add(tx, card.id, "claimed", now=now)
    for one in await alerting.team(tx, place, now=now):
        screen = claim_links.joined(one.reader.words, card.id, card.name)
        key = f"claimed:{known.token_hash[:16]}:{one.chat_id}"
        said = Say(screen, chat_id=one.chat_id, key=key, purpose=Purpose.STAFF, memo={"contact": card.id})
        speaking.say(tx, said, now=now)
    return Claimed("joined", await contacts.get(tx, card.id))


async def _holds_nothing(db: Reads, contact: Contact) -> bool:
    """Whether a card is only that of somebody who has just come: nobody would miss anything of it."""
    if contact.name or contact.consent_version or contact.fields or contact.requests or contact.purchases:
        return False
    if contact.consent_refused or contact.owner_id or contact.spam_at:
        return False
    kept = (
        await contacts.points(db, contact.id),
        await tags.of_contact(db, contact.id),
        await notes.of_contact(db, contact.id, limit=1),
        await consents.history(db, contact.id),
        await outbox.sent_to_contact(db, contact.id, since=contact.created_at),
    )
    return not any(kept)


async def _propose(tx: Tx, place: Place, card: Contact, sender: Contact, *, now: datetime) -> None:
    """Two cards of what is all but certainly one person, put before the team."""
    low, high = sorted((card.id, sender.id))
    people = await duplicates.people(tx, [low, high])
    reasons = doubles.compare(await comparing.known_model(tx), *people)[1] if len(people) == 2 else {}
    await duplicates.note(tx, [Found(low, high, AS_SURE, reasons, "likely")], now=now)
    for one in await alerting.team(tx, place, now=now):
        screen = claim_links.two(one.reader.words, card.id, sender.id)
        key = f"claimed:{low}:{high}:{one.chat_id}"
        speaking.say(tx, Say(screen, chat_id=one.chat_id, key=key, purpose=Purpose.STAFF), now=now)
