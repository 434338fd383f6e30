"""Consents: what a person agrees to, kept with the text they saw, its version, the time and the message.

To processing one agrees before the first personal field is stored; to marketing and surveys separately, each taken
back as easily as given (GDPR art. 7; the laws of Ukraine and Russia on personal data ask no less).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from crm import folding
from crm.playbook import Playbook
from locales import words_in
from services.meeting import Profile
from services.refusals import Refused
from storage import consents, contacts, events, outbox
from storage.contacts import Contact
from storage.engine import Tx

PROCESSING: Final = "processing"
CHOSEN: Final = ("marketing", "survey")
"""Purposes nobody needs for what they asked for: advertising is off until the person turns it on, surveys come until
they are turned off (crm/policy.py)."""
WITHDRAWN: Final = "consent-withdrawn"
"""Why a message was taken back."""


def is_agreed(contact: Contact | None, playbook: Playbook) -> bool:
    """Whether the text of processing that is in force has been agreed to."""
    return contact is not None and contact.consent_version == playbook.business.consent_version


def text_of(playbook: Playbook, language: str) -> str:
    """What a person is asked to agree to, as plain text: the owner's words, or the product's own."""
    own = playbook.business.consent
    if own is not None:
        return own.say(language)
    return words_in(language).plain("consent-text", business=playbook.business.name.say(language))


async def answer(
    tx: Tx,
    contact: Contact,
    playbook: Playbook,
    *,
    granted: bool,
    profile: Profile,
    language: str,
    message_id: int | None,
    now: datetime,
) -> None:
    """What the person said to processing. With a yes Telegram's name and username may be kept, and are."""
    version = playbook.business.consent_version
    text = text_of(playbook, language)
    if playbook.business.privacy_url:
        text = f"{text}\n{playbook.business.privacy_url}"
    await _record(tx, contact, PROCESSING, granted=granted, version=version, text=text, message_id=message_id, now=now)
    if granted:
        name = contact.name or folding.name(profile.full_name) or None
        await contacts.change(
            tx,
            contact.id,
            consent_version=version,
            consent_refused=None,
            name=name,
            username=profile.username,
            now=now,
        )
    else:
        await contacts.change(tx, contact.id, consent_version=None, consent_refused=version, now=now)


async def choose(
    tx: Tx,
    contact: Contact,
    purpose: str,
    *,
    granted: bool,
    text: str,
    version: str,
    message_id: int | None,
    now: datetime,
) -> None:
    """Turns marketing or surveys on or off; off takes back what was waiting to be sent. Raises Refused for another
    purpose."""
    if purpose not in CHOSEN:
        raise Refused("refused-choice")
    current = (await consents.latest(tx, contact.id)).get(purpose)
    if current is granted:
        return
    await _record(tx, contact, purpose, granted=granted, version=version, text=text, message_id=message_id, now=now)
    if not granted:
        await outbox.cancel_for_contact(tx, contact.id, reason=WITHDRAWN, purposes=(purpose,))


async def _record(
    tx: Tx,
    contact: Contact,
    purpose: str,
    *,
    granted: bool,
    version: str,
    text: str,
    message_id: int | None,
    now: datetime,
) -> None:
    await consents.add(
        tx, contact.id, purpose, granted=granted, version=version, text=text, message_id=message_id, now=now
    )
    events.add(tx, contact.id, "consent", data={"purpose": purpose, "granted": granted, "version": version}, now=now)
