"""Adding: a card for who walked in or called, checked against the cards there are; and consent given in words.

A `Newcomer` is how far the questions came; it lives in the conversation until somebody says whether the person agreed
to their data being kept. Without that word only a numbered card is made, with nothing personal on it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from crm import folding, values
from crm.permissions import Right
from crm.playbook import Playbook
from locales import words_in
from services import annotating, comparing, consenting, permitting
from services.refusals import Refused
from services.workplace import Place
from storage import consents, contacts, events, search
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.staff import Member

FLOW: Final = "add"
STEPS: Final = ("name", "phone", "email", "source", "note", "consent")
OPTIONAL: Final = ("phone", "email", "source", "note")
SOURCES: Final = ("walk-in", "call", "advice")
"""Where those come from whom the bot did not meet, by a button; another source is typed."""

_EMAIL: Final = re.compile(r"[^\s,;@]+@[^\s,;@]+\.[^\s,;@]+")
_PHONE: Final = re.compile(r"\+?\d[\d\s().-]{5,18}\d")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is known so far, and which question is open. `twins` are cards with the same phone, e-mail or username that
    have been offered and are not this person."""

    step: str = "name"
    name: str | None = None
    username: str | None = None
    phone: str | None = None
    email: str | None = None
    source: str | None = None
    note: str | None = None
    twins: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "twins": list(self.twins)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Newcomer:
        return cls(**{**kept, "twins": tuple(kept.get("twins", ()))})

    def next(self) -> Newcomer:
        """At the next question whose answer is not known yet."""
        for step in STEPS[STEPS.index(self.step) :]:
            if step == "consent" or getattr(self, step) is None:
                return replace(self, step=step)
        return self

    def passing(self) -> Newcomer:
        """Past the open question, unanswered. Raises Refused for one that must be answered."""
        if self.step not in OPTIONAL:
            raise Refused("refused-add-needed")
        return replace(self, step=STEPS[STEPS.index(self.step) + 1]).next()


def begin(member: Member | None, playbook: Playbook, said: str) -> Newcomer:
    """From what stands after the command: a phone, an e-mail and a name in any order, each of them if it is there."""
    permitting.require(member, Right.ADD)
    new = Newcomer()
    rest = folding.visible(said)
    if found := _EMAIL.search(rest):
        read = values.email(found[0])
        if isinstance(read, values.Accepted):
            new = replace(new, email=read.value)
            rest = rest.replace(found[0], " ")
    if found := _PHONE.search(rest):
        phone = values.phone(found[0], playbook.business.phone_regions)
        if isinstance(phone, values.Accepted):
            new = replace(new, phone=phone.value)
            rest = rest.replace(found[0], " ")
    if (name := rest.strip(" ,;")) and not name.startswith("@"):
        named = values.name(name)
        if isinstance(named, values.Accepted):
            new = replace(new, name=named.value)
    return new.next()


def answer(new: Newcomer, playbook: Playbook, said: str) -> Newcomer | values.Refused | values.Unsure:
    """What was typed for the open question; or why it cannot be taken."""
    match new.step:
        case "name" if said.strip().startswith("@"):
            return replace(new, username=folding.visible(said).strip(" @")[:64])
        case "name":
            read: values.Read = values.name(said)
        case "phone":
            read = values.phone(said, playbook.business.phone_regions)
        case "email":
            read = values.email(said)
        case "source":
            read = values.text(said, most=64)
        case "note":
            read = values.text(said, most=annotating.NOTE_LENGTH)
        case _:
            return new
    if isinstance(read, values.Accepted):
        return replace(new, **{new.step: read.value})
    assert isinstance(read, values.Refused | values.Unsure)
    return read


async def twin(db: Reads, new: Newcomer, *, now: datetime) -> Contact | None:
    """A card that has this phone, e-mail or username already, and has not been offered yet."""
    ids: list[int] = []
    if new.phone:
        ids += await contacts.with_point(db, "phone", new.phone)
    if new.email:
        ids += await contacts.with_point(db, "email", new.email.lower())
    if new.username:
        found = await search.find(db, f"@{new.username}", limit=5, now=now, spam=True)
        named = await contacts.get_many(db, found.ids)
        ids += [one.id for one in named if (one.username or "").casefold() == new.username.casefold()]
    for one in ids:
        if one not in new.twins:
            return await contacts.get(db, one)
    return None


async def save(
    tx: Tx, place: Place, member: Member | None, new: Newcomer, *, agreed: bool, message_id: int | None, now: datetime
) -> Contact:
    """Makes the card. Who has not agreed gets one with a number and a source, and nothing that tells who they are.

    Raises Refused while questions are open.
    """
    member = permitting.require(member, Right.ADD)
    if new.step != "consent" or not new.name:
        raise Refused("refused-add-needed")
    contact = await contacts.create(
        tx,
        language=place.playbooks.current.business.language,
        name=new.name if agreed else None,
        source=new.source,
        owner_id=member.id,
        now=now,
    )
    events.add(tx, contact.id, "added", staff_id=member.id, now=now)
    if not agreed:
        return contact
    await _record(tx, place, member, contact, message_id=message_id, now=now)
    if new.username:
        await contacts.change(tx, contact.id, username=new.username, now=now)
    for kind, value in (("phone", new.phone), ("email", new.email)):
        if value:
            await contacts.add_point(tx, contact.id, kind, value, verified=False, now=now)
    if new.note:
        await annotating.note(tx, member, contact.id, new.note, now=now)
    comparing.soon(tx, contact.id, now=now)
    return await permitting.contact(tx, contact.id)


async def record_consent(
    tx: Tx, place: Place, member: Member | None, contact_id: int, *, message_id: int | None, now: datetime
) -> None:
    """A person told one of the team that they agree. Raises Refused when they have agreed already."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    if consenting.is_agreed(contact, place.playbooks.current):
        raise Refused("refused-agreed")
    await _record(tx, place, member, contact, message_id=message_id, now=now)


async def _record(
    tx: Tx, place: Place, member: Member, contact: Contact, *, message_id: int | None, now: datetime
) -> None:
    playbook = place.playbooks.current
    version = playbook.business.consent_version
    noted = words_in(contact.language).plain("consent-in-words", name=member.name)
    text = f"{consenting.text_of(playbook, contact.language)} {noted}"
    await consents.add(
        tx, contact.id, "processing", granted=True, version=version, text=text, message_id=message_id, now=now
    )
    await contacts.change(tx, contact.id, consent_version=version, consent_refused=None, now=now)
    data = {"purpose": "processing", "granted": True, "version": version}
    events.add(tx, contact.id, "consent", staff_id=member.id, data=data, now=now)
