"""Explaining: why somebody did, or did not, get a message, and what is going to come to them as things are now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from crm import policy
from crm.campaign_letters import HOUR, Options
from crm.permissions import Right
from crm.playbook_scenarios import Scenario, ScenarioStep
from crm.policy import Decision, Due, Person
from crm.purposes import Purpose
from locales import Words, words_in
from services import journeying, judging, permitting, preferring, scenario_keeping, showing, surveying, surveying_asked
from services.workplace import Place
from storage import campaign_people, contact_mail, journeys, outbox, wishes
from storage.contact_mail import Letter, Seat, Way
from storage.contacts import Contact
from storage.engine import Reads
from storage.staff import Member
from views import survey_asking, why_screens
from views.why_screens import Reason, Stands, Told, Why

LATEST: Final = 10
_COMING: Final = 12
PLANNED_DAYS: Final = 30
"""How far ahead scenarios are told of that have not begun."""


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
    resting = {name for name, state in (await journeys.states(db)).items() if state.paused_at is not None}
    for way in await contact_mail.ways(db, contact.id, going=True, most=_COMING):
        if not await _has_asked(db, place, way):
            rests = Reason(journeys.PAUSED) if way.scenario_id in resting else None
            planned.append((_of_way(place, way), named.way(way, reason=rests)))
    for at, scenario in await scenario_keeping.coming_to(db, place, contact.id, days=PLANNED_DAYS, now=now):
        due = _of_step(place, scenario, 0, at, is_about_request=False)
        planned.append((due, named.first(scenario, at)))
    for seat in await contact_mail.seats(db, contact.id, waiting=True, most=_COMING):
        rests = Reason(campaign_people.PAUSED) if seat.is_paused else None
        planned.append((_of_seat(seat, now=now), Told(seat.at, "campaign", seat.name, reason=rests)))
    told = []
    for due, one in sorted(planned, key=lambda pair: pair[1].at)[:_COMING]:
        if one.reason is not None:
            told.append(one)
            continue
        foreseen = await judging.foreseen(db, place, person, due, contact.id, now=now)
        by = await named.of_row(db, foreseen.by)
        told.append(_with(one, foreseen, by))
    return told


async def _has_asked(db: Reads, place: Place, way: Way) -> bool:
    """Whether the survey that a way's step puts has been written, under its own key: it is told of by itself."""
    step = _step(place.playbooks.current.scenario(way.scenario_id), way.step)
    if step is None or step.survey is None:
        return False
    return await outbox.by_key(db, journeying.survey_key(step.survey, way.id, way.step)) is not None


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
        key = "control" if seat.state == "control" else _PLANNED.get(seat.reason or "", seat.reason or seat.state)
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
        self._place = place
        self._playbook = place.playbooks.current
        self._contact = contact
        self._campaigns: dict[int, str] = {}
        self._ways: dict[int, str] = {}
        self._questions: dict[int, str] = {}

    async def learn(self, db: Reads, letters: Sequence[Letter]) -> None:
        """Reads what the campaigns and the ways of these messages are called, and what the surveys asked that show the
        answer now."""
        found = [_kind_and_number(one.key) for one in letters]
        campaigns = {number for kind, number in found if kind == "campaign" and number is not None}
        ways = {number for kind, number in found if kind == "scenario" and number is not None}
        named, of = await contact_mail.names(db, campaigns - set(self._campaigns), ways - set(self._ways))
        self._campaigns.update(named)
        self._ways.update(of)
        for one in letters:
            if one.is_edited and _kind_and_number(one.key)[0] in _SURVEYS:
                asked = await surveying_asked.question(db, self._place, self._contact, one.key)
                self._questions[one.id] = asked or ""

    def told(self, one: Letter, *, reason: Reason | None = None, recalled: bool = False) -> Told:
        """A message of the outbox; `recalled`: it was taken out of their chat again."""
        kind, number = _kind_and_number(one.key)
        held = one.decision.get("held") or {}
        return Told(
            at=one.at,
            kind=kind if kind in _KINDS else one.purpose,
            name=self._name(kind, number, one.key),
            words=why_screens.beginning(self._questions.get(one.id, str(one.payload.get("text", "")))),
            state="recalled" if recalled else one.state,
            reason=reason,
            held=tuple(held.get("reasons", ())),
            since=datetime.fromisoformat(held["since"]) if held.get("since") else None,
        )

    def way(self, way: Way, *, reason: Reason | None = None) -> Told:
        """The next step of a scenario, or its end."""
        return Told(way.at, "scenario", self._scenario(way.scenario_id), state=way.state, reason=reason)

    def first(self, scenario: Scenario, at: datetime) -> Told:
        """The first step of a scenario that has not begun."""
        return Told(at, "scenario", self._scenario(scenario.id), state="planned")

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
        if kind in _SURVEYS:
            survey = self._playbook.survey(key.split(":")[1])
            return "" if survey is None else survey_asking.name(self._words, survey)
        return ""

    def _scenario(self, scenario_id: str) -> str:
        found = self._playbook.scenario(scenario_id)
        title = None if found is None else found.title
        return scenario_id if title is None else title.say(self._words.language)


_PLANNED: Final = {"topic": "topic-off"}
"""Reasons for which planning spares people, where the policy calls the same otherwise."""
_SURVEYS: Final = ("survey", "surveyagain")
_KINDS: Final = frozenset({"campaign", "scenario", "survey", "surveyagain", "remind", "nudge", "ask", "visit", "news"})
"""Beginnings of keys that say more of a message than its purpose does."""


def _kind_and_number(key: str) -> tuple[str, int | None]:
    kind, _, rest = key.partition(":")
    number = rest.partition(":")[0]
    return kind, int(number) if number.isascii() and number.isdecimal() else None


def _due(one: Letter) -> Due:
    return Due(Purpose(one.purpose), one.topic, one.valid_until, one.value, one.at, one.id)


def _of_way(place: Place, way: Way) -> Due:
    """The next step of a way; of a scenario that is no longer written, as advertising."""
    found = place.playbooks.current.scenario(way.scenario_id)
    if found is None:
        return Due(Purpose.MARKETING, due_at=way.at)
    return _of_step(place, found, way.step, way.at, is_about_request=way.request_id is not None)


def _of_step(place: Place, scenario: Scenario, number: int, at: datetime, *, is_about_request: bool) -> Due:
    """A step as it will be put into the outbox, for as long as it will be of use there."""
    step = _step(scenario, number)
    survey = place.playbooks.current.survey(step.survey) if step is not None and step.survey is not None else None
    if survey is not None:
        purpose = survey.purpose if is_about_request else Purpose.SURVEY
        return Due(purpose, None, at + surveying.OF_USE[purpose], 0, at)
    return Due(scenario.aim, scenario.topic, at + scenario.of_use, scenario.value, at)


def _step(scenario: Scenario | None, number: int) -> ScenarioStep | None:
    return scenario.plan[number] if scenario is not None and number < len(scenario.plan) else None


def _of_seat(seat: Seat, *, now: datetime) -> Due:
    """A campaign's message: of use for so long from when it comes into the outbox."""
    until = max(seat.at, now) + Options.from_json(seat.options).useful * HOUR
    return Due(Purpose(seat.purpose), seat.topic, until, seat.value, seat.at)


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
