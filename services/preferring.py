"""Preferring: what a person says about the messages nobody asked for, and what the contact policy makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import policy, zone_guesses
from crm.playbook_types import Span
from crm.zone_guesses import Living
from locales import words_in
from services import consenting, pressing
from services.refusals import Refused
from services.workplace import Place
from storage import consents, contact_mail, outbox, wishes
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.wishes import Wishes
from views import preferences

CITY: Final = "city"
"""The field of the profile that says where somebody lives."""
PAUSE: Final = timedelta(days=30)
FREE: Final = timedelta(hours=1)
"""So much of the day stays free of quiet hours of one's own: what never may be said might as well be refused."""
_HOURS: Final = re.compile(r"(?<!\d)([01]?\d|2[0-4])(?:[:.]([0-5]\d))?(?!\d)")


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


# --------------------------------------------------------------------------------------------------- what is preferred


def read_hours(text: str) -> Span | None:
    """Hours as people write them: `22:30-08:30`, «с 22 до 8». None for anything else, and for hours that leave less than
    `FREE` of the day."""
    found = _HOURS.findall(text)
    if len(found) != 2:
        return None
    start, end = (time(int(hour) % 24, int(minute or 0)) for hour, minute in found)
    silent = timedelta(hours=end.hour - start.hour, minutes=end.minute - start.minute) % timedelta(days=1)
    return Span(start, end) if timedelta(0) < silent <= timedelta(days=1) - FREE else None


async def keep_quiet(tx: Tx, contact: Contact, hours: Span | None, *, now: datetime) -> None:
    """Quiet hours of the person's own; with equal ends none at all; None: the business's again."""
    begin = None if hours is None else hours.start.hour * 60 + hours.start.minute
    end = None if hours is None else hours.end.hour * 60 + hours.end.minute
    await wishes.change(tx, contact.id, quiet_from=begin, quiet_until=end, now=now)


async def want_topic(tx: Tx, place: Place, contact: Contact, topic_id: str, *, wanted: bool, now: datetime) -> None:
    """Takes or refuses a topic. Raises Refused for one the playbook does not name (any more)."""
    if place.playbooks.current.topic(topic_id) is None:
        raise Refused("refused-stale")
    off = set((await wishes.get(tx, contact.id)).topics_off)
    off = off - {topic_id} if wanted else off | {topic_id}
    await wishes.change(tx, contact.id, topics_off=sorted(off), now=now)


async def choose_often(
    tx: Tx, place: Place, contact: Contact, how: str, *, message_id: int | None, now: datetime
) -> None:
    """How often what nobody asked for may come: `usual`, `fewer` (than now), `pause` (for a month), `nothing`. Raises
    Refused for anything else."""
    if how == "usual":
        await wishes.change(tx, contact.id, fewer=0, paused_until=None, now=now)
        await _want_again(tx, place, contact, message_id=message_id, now=now)
    elif how == "fewer":
        fewer = (await wishes.get(tx, contact.id)).fewer
        await wishes.change(tx, contact.id, fewer=min(fewer + 1, policy.MOST_FEWER), now=now)
    elif how == "pause":
        await wishes.change(tx, contact.id, paused_until=now + PAUSE, now=now)
    elif how == "nothing":
        for purpose in consenting.CHOSEN:
            await _consent(tx, place, contact, purpose, granted=False, message_id=message_id, now=now)
    else:
        raise Refused("refused-choice")


# ------------------------------------------------------------------------------------------- under an advertisement


@dataclass(frozen=True, slots=True)
class Stopped:
    """What a "stop" changed, so that it can be taken back: whether the purpose had been agreed to, which rows were taken
    out of the outbox, and under which message it was pressed."""

    purpose: str
    agreed: bool | None
    rows: tuple[int, ...]
    key: str

    def to_json(self) -> dict[str, Any]:
        return {"stopped": [self.purpose, self.agreed, list(self.rows), self.key]}

    @classmethod
    def from_json(cls, memo: dict[str, Any]) -> Stopped:
        """Raises Refused where the message remembers nothing of the kind."""
        if "stopped" not in memo:
            raise Refused("refused-stale")
        purpose, agreed, rows, key = memo["stopped"]
        return cls(purpose, agreed, tuple(rows), key)


async def stop(tx: Tx, place: Place, contact: Contact, key: str, *, message_id: int | None, now: datetime) -> Stopped:
    """Withdraws advertising (under a survey: surveys) at once. `key` is that of the message the button was under; empty
    for a word that was typed."""
    key = await _theirs(tx, contact, key)
    purpose = "survey" if key.startswith("survey:") else "marketing"
    agreed = (await consents.latest(tx, contact.id)).get(purpose)
    rows = await contact_mail.waiting(tx, contact.id, purpose)
    await _consent(tx, place, contact, purpose, granted=False, message_id=message_id, now=now)
    if key:
        await pressing.note(tx, key=key, button=pressing.STOP, contact_id=contact.id, now=now)
    return Stopped(purpose, agreed, tuple(rows), key)


async def unstop(
    tx: Tx, place: Place, contact: Contact, was: Stopped, *, message_id: int | None, now: datetime
) -> None:
    """Takes a "stop" back: what had been agreed to is agreed to again, and what was taken out of the outbox waits
    again. Nobody agrees by this to what they had not agreed to before."""
    if was.agreed is not False and (was.agreed or was.purpose == "survey"):
        await _consent(tx, place, contact, was.purpose, granted=True, message_id=message_id, now=now)
        await contact_mail.wait_again(tx, contact.id, was.rows, reason=consenting.WITHDRAWN)
    await wishes.unsay_stop(tx, contact.id, was.key)


async def ease(tx: Tx, contact: Contact, key: str, *, now: datetime) -> int:
    """About half as much from now on; how often that was asked for before. A second press under one message is the
    first one again."""
    key = await _theirs(tx, contact, key)
    before = (await wishes.get(tx, contact.id)).fewer
    first = not key or await pressing.note(tx, key=key, button="fewer", contact_id=contact.id, now=now)
    if first or before == 0:
        await wishes.change(tx, contact.id, fewer=min(before + 1, policy.MOST_FEWER), now=now)
    return before


async def unease(tx: Tx, contact: Contact, memo: dict[str, Any], *, now: datetime) -> None:
    """Takes a "fewer" back. Raises Refused where the message remembers none."""
    if "fewer" not in memo:
        raise Refused("refused-stale")
    await wishes.change(tx, contact.id, fewer=int(memo["fewer"]), now=now)


async def _theirs(db: Reads, contact: Contact, key: str) -> str:
    """The key, if it is of a message to this contact: what a button carries is what anybody may send."""
    row = await outbox.by_key(db, key) if key else None
    return key if row is not None and row.contact_id == contact.id else ""


async def _consent(
    tx: Tx, place: Place, contact: Contact, purpose: str, *, granted: bool, message_id: int | None, now: datetime
) -> None:
    business = place.playbooks.current.business
    await consenting.choose(
        tx,
        contact,
        purpose,
        granted=granted,
        text=preferences.purpose_text(words_in(contact.language), purpose, business.name.say(contact.language)),
        version=business.consent_version,
        message_id=message_id,
        now=now,
    )


async def _want_again(tx: Tx, place: Place, contact: Contact, *, message_id: int | None, now: datetime) -> None:
    """Who wanted nothing gets again what they once agreed to: surveys, and advertising only if they ever had."""
    history = await consents.history(tx, contact.id)
    latest = {word["purpose"]: bool(word["granted"]) for word in history}
    if latest.get("marketing", False) or latest.get("survey", True):
        return
    once = {word["purpose"] for word in history if word["granted"]} | {"survey"}
    for purpose in consenting.CHOSEN:
        if purpose in once:
            await _consent(tx, place, contact, purpose, granted=True, message_id=message_id, now=now)
