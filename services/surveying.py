"""Surveying: a rating is asked for after an event or by the calendar, kept as the person gives it, and heard by the team
at once when it is low.

A survey is one row of the outbox. Its buttons carry the row's key, so that they work however long they lie about, and
the key says whose it is: what comes back is checked against the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import form_branches, segments, zones
from crm.playbook import Survey
from crm.purposes import Purpose
from crm.segment_tree import Query
from locales import words_in
from services import alerting, consenting, planning, showing
from services.alerting import Listener
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, events, members, outbox, requests, staff, survey_answers, tags, tasks
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.members import Recipient
from storage.outbox import Claimed
from storage.staff import Member
from storage.survey_answers import Answer
from views import ratings, staff_planning
from views.messages import Copy, Say, Screen

FLOW: Final = "survey"
PREFIX: Final = "survey:"
OF_USE: Final = {Purpose.SERVICE: timedelta(days=3), Purpose.SURVEY: timedelta(days=7)}
"""How long after its time a survey may still be put: a visit is forgotten sooner than a business."""
SECOND_THOUGHTS: Final = timedelta(days=7)
"""How long a score may be changed: later it has been read and acted upon."""
LISTENING: Final = timedelta(minutes=30)
"""How long the next message after a score is taken for its comment; later words are words to the team."""
COMMENT_LENGTH: Final = 2000
TASK_HOUR: Final = 10
TASK_NOT_BEFORE: Final = timedelta(hours=2)
"""A task of the same moment as the alert would only repeat it."""
_STAGES: Final = {
    "request_created": ("new", "taken", "done"),
    "request_done": ("done",),
    "request_lost": ("lost",),
}
"""Where a request must still be for the survey after its event to make sense."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A survey that was put to a person, as its buttons find it. `survey` is None when the owner has dropped it since:
    what was asked is answered all the same."""

    key: str
    survey: Survey | None
    survey_id: str
    kind: str
    contact_id: int
    request_id: int | None
    staff_id: int | None
    at: datetime

    @property
    def scores(self) -> range:
        return range(1, 6) if self.kind == "csat" else range(11)


@dataclass(frozen=True, slots=True)
class Rated:
    """A score that was just kept; `heard` is what the team is told."""

    asked: Asked
    score: int
    question: str | None
    comment: str | None
    heard: list[Say]


# ------------------------------------------------------------------------------------------------------------- asking


async def after_event(
    tx: Tx,
    place: Place,
    *,
    event: str,
    contact_id: int,
    request_id: int,
    staff_id: int | None,
    now: datetime,
) -> None:
    """Plans the surveys that follow this event of a request; of one that happens twice there is one survey."""
    for survey, delay in place.playbooks.current.surveys_after(event):
        person = await _member(tx, place, survey, contact_id, now=now)
        if person is not None:
            key = f"{PREFIX}{survey.id}:{request_id}"
            ask(tx, place, survey, person, key=key, at=now + delay, now=now, request_id=request_id, staff_id=staff_id)


def ask(
    tx: Tx,
    place: Place,
    survey: Survey,
    person: Recipient,
    *,
    key: str,
    at: datetime,
    now: datetime,
    request_id: int | None = None,
    staff_id: int | None = None,
) -> None:
    """Plans one survey to one person for this time."""
    business = place.playbooks.current.business.name.say(person.language)
    asked = ratings.asked(
        words_in(person.language), survey, key=key.removeprefix(PREFIX), name=person.name, business=business
    )
    memo = {"survey": survey.id, "kind": survey.kind, "request": request_id, "staff": staff_id}
    outbox.plan(
        tx,
        outbox.row(
            key=key,
            chat_id=person.chat_id,
            contact_id=person.contact_id,
            payload=asked.to_json(),
            memo={**memo, "contact": person.contact_id},
            purpose=survey.purpose.value,
            priority=survey.purpose.priority,
            due_at=at,
            valid_until=at + OF_USE[survey.purpose],
            on_doubt="skip",
            now=now,
        ),
    )


async def still_wanted(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> bool:
    """Whether a survey whose time has come still makes sense: the owner asks it, the person is (still) meant, and what
    it is about has not been undone."""
    survey = place.playbooks.current.survey(row.key.removeprefix(PREFIX).partition(":")[0])
    if survey is None or row.contact_id is None:
        return False
    if survey.after is not None:
        memo: dict[str, Any] = getattr(await outbox.by_key(tx, row.key), "memo", None) or {}
        request = await requests.get(tx, memo.get("request") or 0)
        if request is None or request.stage not in _STAGES[survey.after.event]:
            return False
    return await _member(tx, place, survey, row.contact_id, now=now) is not None


async def note_asked(tx: Tx, row: Claimed, *, now: datetime) -> None:
    """The survey has reached the person: segments such as `last_survey>90d` count from here."""
    if row.contact_id is not None:
        await contacts.change(tx, row.contact_id, last_survey_at=now, now=now)


_queries: dict[tuple[str, str], Query] = {}


def query(place: Place, survey: Survey) -> Query | None:
    """Whom a survey is for; None is everybody. The playbook's check has read the segment before."""
    if not survey.segment:
        return None
    playbook = place.playbooks.current
    key = (playbook.hash, survey.segment)
    if key not in _queries:
        if len(_queries) > 64:
            _queries.clear()
        _queries[key] = segments.parse(survey.segment, segments.contact_fields(playbook))
    return _queries[key]


async def _member(db: Reads, place: Place, survey: Survey, contact_id: int, *, now: datetime) -> Recipient | None:
    return await members.find(db, contact_id, query(place, survey), now=now, zone=zone_of(place))


def zone_of(place: Place) -> ZoneInfo:
    """Where the calendar of surveys and the days of their segments are counted: at the business's door."""
    return place.playbooks.current.business.zone(place.timezone.key)


# ---------------------------------------------------------------------------------------------------------- answering


async def asked(db: Reads, place: Place, key: str, contact: Contact | None) -> Asked:
    """The survey behind a button, by its key without the prefix. Raises Refused for one that was not put to this
    person: keys come from outside."""
    row = await outbox.by_key(db, PREFIX + key)
    memo = (row.memo or {}) if row is not None else {}
    if row is None or contact is None or memo.get("contact") != contact.id or row.contact_id != contact.id:
        raise Refused("refused-survey")
    survey = place.playbooks.current.survey(memo["survey"])
    return Asked(
        key=row.key,
        survey=survey if survey is not None and survey.kind == memo["kind"] else None,
        survey_id=memo["survey"],
        kind=memo["kind"],
        contact_id=contact.id,
        request_id=memo["request"],
        staff_id=memo["staff"],
        at=row.sent_at or row.due_at,
    )


async def rate(tx: Tx, place: Place, key: str, score: int, contact: Contact | None, *, now: datetime) -> Rated:
    """Keeps a score; of several the last. Raises Refused for a foreign survey, for a score it does not have, and for a
    change of mind that comes too late."""
    found = await asked(tx, place, key, contact)
    assert contact is not None
    before = await survey_answers.get(tx, found.key)
    if score not in found.scores:
        raise Refused("refused-survey")
    if before is not None and before.score != score and now - before.scored_at > SECOND_THOUGHTS:
        raise Refused("refused-survey-late")
    answer = Answer(
        key=found.key,
        survey_id=found.survey_id,
        kind=found.kind,
        contact_id=contact.id,
        request_id=found.request_id,
        staff_id=found.staff_id,
        score=score,
        comment=None if before is None else before.comment,
        asked_at=found.at,
        scored_at=now,
    )
    await survey_answers.keep(tx, answer)
    if before is None or before.score != score:
        said = {"survey": found.survey_id, "kind": found.kind, "score": score}
        events.add(tx, contact.id, "survey", request_id=found.request_id, data=said, now=now)
        latest = {"nps": score} if found.kind == "nps" else {"rating": score}
        await contacts.change(tx, contact.id, now=now, **latest)
    heard: list[Say] = []
    was_low = before is not None and _is_low(found, before.score)
    if contact.spam_at is None and (was_low or _is_low(found, score)):
        heard = await _tell_score(tx, place, found, answer, contact, now=now)
        if not was_low:
            heard += await _make_task(tx, place, found, answer, contact, now=now)
    return Rated(found, score, await _question(tx, place, found, score, contact, now=now), answer.comment, heard)


async def kept(db: Reads, place: Place, key: str, contact: Contact | None, *, now: datetime) -> Rated:
    """What the person has said to a survey so far. Raises Refused where that is nothing, or it is not theirs."""
    found = await asked(db, place, key, contact)
    assert contact is not None
    answer = await survey_answers.get(db, found.key)
    if answer is None:
        raise Refused("refused-survey")
    question = await _question(db, place, found, answer.score, contact, now=now)
    return Rated(found, answer.score, question, answer.comment, [])


async def comment(
    tx: Tx, place: Place, key: str, contact: Contact | None, text: str, *, message_id: int, now: datetime
) -> Rated:
    """Keeps what the person adds to a score, and passes it on. Who has not agreed to their words being kept is heard
    too: the team gets the message itself. Raises Refused where there is no score to add it to."""
    found = await asked(tx, place, key, contact)
    assert contact is not None
    answer = await survey_answers.get(tx, found.key)
    if answer is None:
        raise Refused("refused-survey")
    agreed = consenting.is_agreed(contact, place.playbooks.current)
    words = text.strip()[:COMMENT_LENGTH] if agreed else None
    if words is not None:
        await survey_answers.keep_comment(tx, found.key, words)
    said = {"survey": found.survey_id, "kind": found.kind, "score": answer.score, "comment": True}
    events.add(tx, contact.id, "survey", request_id=found.request_id, text=words, data=said, now=now)
    heard = await _tell_comment(tx, place, found, answer, contact, words, message_id=message_id, now=now)
    return Rated(found, answer.score, None, words, heard)


def listening(key: str, message_id: int | None, *, now: datetime) -> dict[str, Any]:
    """The state of a conversation whose next message is a comment. `message_id` is the survey's."""
    return {"key": key, "message": message_id, "until": (now + LISTENING).isoformat()}


def is_over(state: dict[str, Any], *, now: datetime) -> bool:
    """Whether it is too late for the next message to be meant as the comment."""
    return "until" not in state or now > datetime.fromisoformat(state["until"])


# ------------------------------------------------------------------------------------------------------------ telling


def _is_low(found: Asked, score: int) -> bool:
    if found.survey is None:
        return score <= (3 if found.kind == "csat" else 6)
    return score <= found.survey.low_score


async def _question(
    db: Reads, place: Place, found: Asked, score: int, contact: Contact, *, now: datetime
) -> str | None:
    """The owner's second question, where it is for who gave this score; None leaves it to the product's own."""
    if found.survey is None or found.survey.followup.ask is None:
        return None
    followup = found.survey.followup
    assert followup.ask is not None
    known = {
        "tag": [tag.name for tag in await tags.of_contact(db, contact.id)],
        "source": contact.source_last or contact.source_first,
        "language": contact.language,
        "status": contact.status,
        "requests": contact.requests,
        "open_requests": contact.open_requests,
    }
    meant = followup.when is None or form_branches.holds_score(
        followup.when, score, known, now=now, zone=zone_of(place)
    )
    return followup.ask.say(contact.language) if meant else None


async def _tell_score(
    tx: Tx, place: Place, found: Asked, answer: Answer, contact: Contact, *, now: datetime
) -> list[Say]:
    """A low score is heard at once; a changed one changes where it was told."""
    who = await showing.who(tx, contact)
    return [
        Say(
            ratings.low(one.reader, who, kind=found.kind, score=answer.score, request_id=found.request_id),
            chat_id=one.chat_id,
            key=f"low:{found.key}:{one.chat_id}",
            revise=True,
            purpose=Purpose.STAFF,
            memo={"contact": contact.id},
        )
        for one in await _listeners(tx, place, found, contact, now=now)
    ]


async def _tell_comment(
    tx: Tx,
    place: Place,
    found: Asked,
    answer: Answer,
    contact: Contact,
    text: str | None,
    *,
    message_id: int,
    now: datetime,
) -> list[Say]:
    if contact.spam_at is not None or contact.telegram_id is None:
        return []
    who = await showing.who(tx, contact)
    memo = {"contact": contact.id}
    said: list[Say] = []
    for one in await _listeners(tx, place, found, contact, now=now):
        key = f"why:{found.key}:{message_id}:{one.chat_id}"
        screen = ratings.explained(one.reader, who, kind=found.kind, score=answer.score, text=text)
        said.append(Say(screen, chat_id=one.chat_id, key=key, purpose=Purpose.STAFF, memo=memo))
        if text is None:
            copy = Screen(copy=Copy(contact.telegram_id, message_id), protect=True)
            said.append(Say(copy, chat_id=one.chat_id, key=f"{key}:copy", purpose=Purpose.STAFF, memo=memo))
    return said


async def _make_task(
    tx: Tx, place: Place, found: Asked, answer: Answer, contact: Contact, *, now: datetime
) -> list[Say]:
    """To make it good is somebody's task for tomorrow morning: the manager's who knows the person, else an owner's."""
    team = await staff.active(tx, "owner", "manager")
    member = await _manager(tx, found, contact) or next(iter(sorted(team, key=lambda one: one.role != "owner")), None)
    if member is None:
        return []
    reader = alerting.listener(place, member, now=now).reader
    text = ratings.task(reader.words, kind=found.kind, score=answer.score)
    at = zones.next_local(now + TASK_NOT_BEFORE, reader.zone, hour=TASK_HOUR)
    task = await tasks.add(tx, member.id, text, contact_id=contact.id, due_at=at, now=now)
    who = await showing.who(tx, contact)
    return [planning.ringing(member, task, staff_planning.task_rings(reader, who, task_id=task.id, text=text))]


async def _listeners(db: Reads, place: Place, found: Asked, contact: Contact, *, now: datetime) -> list[Listener]:
    """Who hears of a rating: the manager who knows the person, else the team."""
    member = await _manager(db, found, contact)
    if member is not None and member.started_at is not None:
        return [alerting.listener(place, member, now=now)]
    return await alerting.team(db, place, now=now)


async def _manager(db: Reads, found: Asked, contact: Contact) -> Member | None:
    """The contact's own manager, or who served them, if they are still of the team."""
    team = {member.id: member for member in await staff.active(db, "owner", "manager")}
    return team.get(contact.owner_id or 0) or team.get(found.staff_id or 0)
