"""Explaining: why somebody did, or did not, get a message, and what is going to come to them as things are now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from crm import policy
from crm.permissions import Right
from crm.policy import Decision, Due, Person
from crm.purposes import Purpose
from locales import Words, words_in
from services import judging, permitting, preferring, showing
from services.workplace import Place
from storage import contact_mail, wishes
from storage.contact_mail import Letter, Way
from storage.contacts import Contact
from storage.engine import Reads
from storage.staff import Member
from views import survey_asking, why_screens
from views.why_screens import Reason, Stands, Told, Why

LATEST: Final = 10
_COMING: Final = 12


async def why(db: Reads, place: Place, member: Member | None, contact: Contact, *, now: datetime) -> Why:
    """What a contact got, will get and was spared, and why. Raises Refused for who may not write to customers."""
    member = permitting.require(member, Right.WRITE)
    words = words_in(member.language or place.language)
    got = await contact_mail.got(db, contact.id, most=LATEST)
    coming = await contact_mail.coming(db, contact.id, most=_COMING)
    spared = await contact_mail.spared(db, contact.id, most=LATEST)
    named = _Names(place, contact, words)
    await named.learn(db, [*got, *coming, *spared])
    person = await preferring.person(db, place, contact)
    recalled = {("campaign", number) for number in await contact_mail.recalled(db, contact.id)}
    return Why(
        who=await showing.who(db, contact),
        stands=await _stands(db, place, contact, person, words.language),
        got=[named.told(one, recalled=_kind_and_number(one.key) in recalled) for one in got],
        coming=await _coming(db, place, person, contact, named, coming, now=now),
        spared=await _spared(db, contact, named, spared),
    )


async def _coming(
    db: Reads,
    place: Place,
    person: Person,
    contact: Contact,
    named: _Names,
    letters: Iterable[Letter],
    *,
    now: datetime,
) -> list[Told]:
    """Everything that is planned, each with what the policy would say of it when it is due, as things are now."""
    planned: list[tuple[Due, Told]] = [(_due(one), named.told(one)) for one in letters]
    on_their_way = {named.way_of(one.key) for one in letters}
    going = await contact_mail.ways(db, contact.id, going=True, most=_COMING)
    planned += [(_of_scenario(place, way), named.way(way)) for way in going if way.id not in on_their_way]
    for seat in await contact_mail.seats(db, contact.id, waiting=True, most=_COMING):
        due = Due(Purpose(seat.purpose), seat.topic, None, seat.value, seat.at)
        planned.append((due, Told(seat.at, "campaign", seat.name)))
    told = []
    for due, one in sorted(planned, key=lambda pair: pair[1].at)[:_COMING]:
        foreseen = await judging.foreseen(db, place, person, due, contact.id, now=now)
        by = await named.of_row(db, foreseen.by)
        told.append(_with(one, foreseen, by))
    return told


async def _spared(db: Reads, contact: Contact, named: _Names, letters: Sequence[Letter]) -> list[Told]:
    told = []
    for one in letters:
        by = await named.of_row(db, one.decision.get("by"))
        told.append(named.told(one, reason=_reason(one, by)))
    # A way that ended because its message did not leave has been told of with that message.
    by_message = {named.way_of(one.key) for one in letters}
    ended = await contact_mail.ways(db, contact.id, going=False, most=LATEST)
    told += [named.way(way, reason=_end(way)) for way in ended if way.state != "spared" or way.id not in by_message]
    for seat in await contact_mail.seats(db, contact.id, waiting=False, most=LATEST):
        key = "control" if seat.state == "control" else seat.reason or seat.state
        told.append(Told(seat.at, "campaign", seat.name, state=seat.state, reason=Reason(key)))
    return sorted(told, key=lambda one: one.at, reverse=True)[:LATEST]


async def _stands(db: Reads, place: Place, contact: Contact, person: Person, language: str) -> Stands:
    living = await preferring.living(db, place, contact)
    playbook = place.playbooks.current
    off = [playbook.topic(one) for one in (await wishes.get(db, contact.id)).topics_off]
    return Stands(
        zone=person.zone,
        known=living.by,
        reachable=person.reachable,
        spam=person.spam,
        consents=person.consents,
        quiet=policy.hours_of(person, playbook.policy),
        own_quiet=person.quiet is not None,
        fewer=person.fewer,
        paused_until=person.paused_until,
        topics_off=tuple(topic.title.say(language) for topic in off if topic is not None),
    )


class _Names:
    """What messages are called: campaigns by their names, scenarios and surveys by those of the playbook."""

    def __init__(self, place: Place, contact: Contact, words: Words) -> None:
        self._words = words
        self._playbook = place.playbooks.current
        self._contact = contact
        self._campaigns: dict[int, str] = {}
        self._ways: dict[int, str] = {}

    async def learn(self, db: Reads, letters: Iterable[Letter]) -> None:
        """Reads what the campaigns and the ways of these messages are called."""
        found = [_kind_and_number(one.key) for one in letters]
        campaigns = {number for kind, number in found if kind == "campaign" and number is not None}
        ways = {number for kind, number in found if kind == "scenario" and number is not None}
        named, of = await contact_mail.names(db, campaigns - set(self._campaigns), ways - set(self._ways))
        self._campaigns.update(named)
        self._ways.update(of)

    def told(self, one: Letter, *, reason: Reason | None = None, recalled: bool = False) -> Told:
        """A message of the outbox; `recalled`: it was taken out of their chat again."""
        kind, number = _kind_and_number(one.key)
        held = one.decision.get("held") or {}
        return Told(
            at=one.at,
            kind=kind if kind in _KINDS else one.purpose,
            name=self._name(kind, number, one.key),
            words=why_screens.beginning(one.payload),
            state="recalled" if recalled else one.state,
            reason=reason,
            held=tuple(held.get("reasons", ())),
            since=datetime.fromisoformat(held["since"]) if held.get("since") else None,
        )

    def way(self, way: Way, *, reason: Reason | None = None) -> Told:
        """The next step of a scenario, or its end."""
        return Told(way.at, "scenario", self._scenario(way.scenario_id), state=way.state, reason=reason)

    def way_of(self, key: str) -> int | None:
        """The number of the way whose step this message is."""
        kind, number = _kind_and_number(key)
        return number if kind == "scenario" else None

    async def of_row(self, db: Reads, row_id: int | None) -> Told | None:
        """The message that took another's place."""
        found = await contact_mail.by_ids(db, self._contact.id, [row_id]) if row_id else []
        await self.learn(db, found)
        return self.told(found[0]) if found else None

    def _name(self, kind: str, number: int | None, key: str) -> str:
        if kind == "campaign" and number is not None:
            return self._campaigns.get(number, "")
        if kind == "scenario" and number is not None:
            return self._scenario(self._ways.get(number, ""))
        if kind in ("survey", "surveyagain"):
            survey = self._playbook.survey(key.split(":")[1])
            return "" if survey is None else survey_asking.name(self._words, survey)
        return ""

    def _scenario(self, scenario_id: str) -> str:
        found = self._playbook.scenario(scenario_id)
        title = None if found is None else found.title
        return scenario_id if title is None else title.say(self._words.language)


_KINDS: Final = frozenset({"campaign", "scenario", "survey", "surveyagain", "remind", "nudge", "ask", "visit", "news"})
"""Beginnings of keys that say more of a message than its purpose does."""


def _kind_and_number(key: str) -> tuple[str, int | None]:
    kind, _, rest = key.partition(":")
    number = rest.partition(":")[0]
    return kind, int(number) if number.isascii() and number.isdecimal() else None


def _due(one: Letter) -> Due:
    return Due(Purpose(one.purpose), one.topic, one.valid_until, one.value, one.at, one.id)


def _of_scenario(place: Place, way: Way) -> Due:
    """The next step as it will be put into the outbox; of a scenario that is no longer written, as advertising."""
    found = place.playbooks.current.scenario(way.scenario_id)
    if found is None:
        return Due(Purpose.MARKETING, due_at=way.at)
    return Due(Purpose(found.purpose), found.topic, None, found.value, way.at)


def _with(one: Told, foreseen: Decision, by: Told | None) -> Told:
    """What is planned, with what would hold it."""
    reason = Reason(foreseen.reason, foreseen.until, _limit(foreseen.to_json()), by)
    kept = None if foreseen.verdict == "send" else reason
    return replace(one, state="skip" if foreseen.verdict == "skip" else one.state, reason=kept)


def _reason(one: Letter, by: Told | None) -> Reason:
    """Why it did not reach them: the policy's word; else the sender's."""
    if one.state == "skipped" and one.decision.get("verdict") == "skip":
        return Reason(str(one.decision["reason"]), limit=_limit(one.decision), by=by)
    if one.state == "unknown":
        return Reason("unknown")
    return Reason(one.error or one.state)


def _end(way: Way) -> Reason:
    """Why a way ended otherwise than in order."""
    return Reason(way.reason or way.state if way.state == "spared" else f"way-{way.state}")


def _limit(decision: dict[str, Any]) -> tuple[str, int, timedelta] | None:
    limit = decision.get("limit")
    return None if limit is None else (str(limit[0]), int(limit[1]), timedelta(seconds=limit[2]))
