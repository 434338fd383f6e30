"""Surveying: a rating is asked for after an event, by the calendar or by hand, kept as the person gives it, and heard by
the team at once when it is low.

A survey is one row of the outbox, made into words when its time has come. Its buttons carry the row's key, so that they
work however long they lie about, and the key says whose it is: what comes back is checked against the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from crm import form_branches
from crm.playbook import Survey
from crm.purposes import Purpose
from locales import Words, words_in
from services import consenting, showing, surveying_asked, surveying_telling
from services.refusals import Refused
from services.speaking import Composed
from services.surveying_asked import Asked, asked, query, zone_of
from services.workplace import Place
from storage import consents, contacts, events, members, outbox, requests, survey_answers, tags, visits
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.members import Recipient
from storage.outbox import Claimed
from storage.requests import Request
from storage.survey_answers import Answer
from views import answered, ratings
from views.messages import Say
from views.ratings import Link

__all__ = ["Asked", "asked", "query", "zone_of"]

FLOW: Final = "survey"
PREFIX: Final = surveying_asked.PREFIX
AGAIN: Final = "surveyagain:"
"""What the keys of reminders begin with."""
OF_USE: Final = {Purpose.SERVICE: timedelta(days=3), Purpose.SURVEY: timedelta(days=7)}
"""How long after its time a survey may still be put: a visit is forgotten sooner than a business."""
SECOND_THOUGHTS: Final = timedelta(days=7)
"""How long a score may be changed: later it has been read and acted upon."""
LISTENING: Final = timedelta(minutes=30)
"""How long the next message after a score is taken for its comment; later words are words to the team."""
COMMENT_LENGTH: Final = 2000
_STAGES: Final = {
    "request_created": ("new", "taken", "done"),
    "request_done": ("done",),
    "request_lost": ("lost",),
    "visit": ("new", "taken", "done"),
}
"""Where a request must still be for the survey after its event to make sense."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A score that was just kept; `heard` is what the team is told, `links` what a promoter is offered. An anonymous
    score is not told again: `score` is None."""

    asked: Asked
    score: int | None
    question: str | None
    comment: str | None
    heard: list[Say]
    links: tuple[Link, ...] = ()


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
        await about_request(
            tx, place, survey, contact_id, request_id=request_id, staff_id=staff_id, at=now + delay, now=now
        )


async def about_request(
    tx: Tx,
    place: Place,
    survey: Survey,
    contact_id: int,
    *,
    request_id: int,
    staff_id: int | None,
    at: datetime,
    now: datetime,
) -> None:
    """Plans one survey about a request, or the visit it booked, if the person is meant by it."""
    person = await _member(tx, place, survey, contact_id, now=now)
    if person is not None:
        key = f"{PREFIX}{survey.id}:{request_id}"
        ask(tx, survey, person, key=key, at=at, now=now, request_id=request_id, staff_id=staff_id)


def ask(
    tx: Tx,
    survey: Survey,
    person: Recipient,
    *,
    key: str,
    at: datetime,
    now: datetime,
    request_id: int | None = None,
    staff_id: int | None = None,
    pressed_for: bool = False,
) -> None:
    """Plans one survey to one person for this time. What is about no request is no part of a service; what the person
    just `pressed_for` is an answer, which no cap and no night holds back."""
    purpose = survey.purpose if request_id is not None else Purpose.SURVEY
    if pressed_for:
        purpose = Purpose.ANSWER
    memo = {"survey": survey.id, "kind": survey.kind, "request": request_id, "staff": staff_id}
    if survey.anonymous:
        memo["anonymous"] = True
    remind = survey.remind_after.total_seconds() if survey.remind_after is not None else None
    outbox.plan(
        tx,
        outbox.row(
            key=key,
            chat_id=person.chat_id,
            contact_id=person.contact_id,
            payload={},
            recipe={"survey": survey.id, "remind": remind},
            memo={**memo, "contact": person.contact_id},
            purpose=purpose.value,
            priority=purpose.priority,
            due_at=at,
            valid_until=at + OF_USE.get(purpose, OF_USE[Purpose.SURVEY]),
            on_doubt="skip",
            now=now,
        ),
    )


async def still_wanted(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> bool | str:
    """Whether a survey whose time has come still makes sense: the owner asks it, the person is (still) meant, and what
    it is about has not been undone; `surveyed` where they were asked a short while ago."""
    survey = place.playbooks.current.survey(row.key.removeprefix(PREFIX).partition(":")[0])
    if survey is None or row.contact_id is None:
        return False
    if Purpose(row.purpose) is Purpose.ANSWER:
        return True
    if survey.after is not None and Purpose(row.purpose) is Purpose.SERVICE:
        memo: dict[str, Any] = getattr(await outbox.by_key(tx, row.key), "memo", None) or {}
        request = await requests.get(tx, memo.get("request") or 0)
        if request is None or request.stage not in _STAGES[survey.after.event]:
            return False
    may_wait = Purpose(row.purpose) is not Purpose.SERVICE or place.playbooks.current.survey_rules.hold_service
    if may_wait and await is_tired(tx, place, row.contact_id, now=now):
        return "surveyed"
    return await _member(tx, place, survey, row.contact_id, now=now) is not None


async def compose(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> Composed | None:
    """The words of a survey, or of its reminder, at the moment of sending: in the language of now."""
    key = row.key.removeprefix(AGAIN).removeprefix(PREFIX)
    survey = place.playbooks.current.survey(key.partition(":")[0])
    contact = await contacts.get(tx, row.contact_id or 0)
    if survey is None or contact is None:
        return None
    request = await surveying_asked.request_of(tx, key)
    values = surveying_asked.known(place, contact, request)
    words, again = words_in(contact.language), row.key.startswith(AGAIN)
    about = await _about(tx, place, words, request, now=now)
    return Composed(ratings.asked(words, survey, key=key, values=values, again=again, about=about).to_json())


async def _about(db: Reads, place: Place, words: Words, request: Request | None, *, now: datetime) -> str:
    """Which request is asked about, where the same question comes about another at about the same time. HTML."""
    near = OF_USE[Purpose.SERVICE]
    if request is None or not await survey_answers.is_asked_of_another(
        db, request.contact_id, request.id, since=now - near, before=now + near
    ):
        return ""
    visit = await visits.get(db, request.id)
    at = request.created_at if visit is None or visit.state == "cancelled" else visit.at
    zone = zone_of(place)
    day = words.day(at.astimezone(zone).date(), today=now.astimezone(zone).date())
    return ratings.about(words, title=answered.title(words, showing.asked(place, request)), number=request.id, day=day)


async def note_asked(tx: Tx, row: Claimed, *, now: datetime) -> None:
    """The survey has reached the person: segments such as `last_survey>90d`, the rest between two surveys and the
    reminder count from here."""
    if row.contact_id is None:
        return
    await contacts.change(tx, row.contact_id, last_survey_at=now, now=now)
    wait = (row.recipe or {}).get("remind")
    if wait is None:
        return
    due = now + timedelta(seconds=wait)
    outbox.plan(
        tx,
        outbox.row(
            key=AGAIN + row.key.removeprefix(PREFIX),
            chat_id=row.chat_id,
            contact_id=row.contact_id,
            payload={},
            recipe={"of": row.key},
            # Of the same kind as what it reminds of, it would be held back by the cap that the first has filled.
            purpose=Purpose.SERVICE.value,
            priority=Purpose.SURVEY.priority,
            due_at=due,
            valid_until=due + OF_USE[Purpose.SERVICE],
            on_doubt="skip",
            now=now,
        ),
    )


async def note_poll(tx: Tx, row: Claimed, poll_id: str, *, now: datetime) -> None:
    """The survey, or its reminder, left as a poll."""
    if row.contact_id is not None:
        key = PREFIX + row.key.removeprefix(AGAIN).removeprefix(PREFIX)
        await survey_answers.add_poll(tx, poll_id, key, row.contact_id, now=now)


async def reminder_still_wanted(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> bool:
    """Whether a survey is still to be reminded of: it is open, unanswered, and the person has not refused surveys."""
    contact = await contacts.get(tx, row.contact_id or 0)
    try:
        found = await asked(tx, place, row.key.removeprefix(AGAIN), contact)
    except Refused:
        return False
    if contact is None or found.survey is None or found.settled or found.is_over(now):
        return False
    if found.request_id is None and (await consents.latest(tx, contact.id)).get("survey") is False:
        return False
    answer = await survey_answers.get(tx, found.key)
    return answer is None or answer.finished_at is None


async def is_tired(db: Reads, place: Place, contact_id: int, *, now: datetime) -> bool:
    """Whether the person was surveyed so lately that another is spared them."""
    contact = await contacts.get(db, contact_id)
    last = contact.last_survey_at if contact is not None else None
    return last is not None and now - last < place.playbooks.current.survey_rules.gap


async def _member(db: Reads, place: Place, survey: Survey, contact_id: int, *, now: datetime) -> Recipient | None:
    return await members.find(db, contact_id, query(place, survey), now=now, zone=zone_of(place))


# ---------------------------------------------------------------------------------------------------------- answering


async def rate(tx: Tx, place: Place, key: str, score: int, contact: Contact | None, *, now: datetime) -> Rated:
    """Keeps a score; of several the last. Raises Refused for a foreign survey, for a score it does not have, for an
    answer after the deadline and for a change of mind that comes too late."""
    found = await asked(tx, place, key, contact)
    assert contact is not None
    if score not in found.scores or found.kind == "own":
        raise Refused("refused-survey")
    before = await survey_answers.get(tx, found.key)
    if before is None and (found.is_over(now) or found.settled):
        raise Refused("refused-survey-told" if found.settled else "refused-survey-over", alert=True)
    if found.anonymous:
        await _keep_unnamed(tx, place, found, score=score, now=now)
        return Rated(found, None, None, None, [])
    known = before.score if before is not None and before.score is not None else None
    if before is not None and known != score and before.scored_at and now - before.scored_at > SECOND_THOUGHTS:
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
        finished_at=now,
    )
    await survey_answers.keep(tx, answer)
    if known != score:
        await note_score(tx, found, score, now=now)
    heard = await surveying_telling.low_score(tx, place, found, score, contact, known=known, now=now)
    question = await _question(tx, place, found, score, contact, now=now)
    return Rated(found, score, question, answer.comment, heard, links(place, found, score, contact))


async def vote(
    tx: Tx, place: Place, poll_id: str, options: Sequence[int], contact: Contact | None, *, now: datetime
) -> Rated | None:
    """Keeps the answer to a poll; None for a poll that is none of ours, and for a vote that was taken back, after which
    the last score stays. Raises Refused as `rate` does."""
    key = await survey_answers.key_of_poll(tx, poll_id)
    if key is None and contact is not None:
        key = await _recognised(tx, poll_id, contact, now=now)
    if key is None or not options:
        return None
    found = await asked(tx, place, key.removeprefix(PREFIX), contact)
    if not 0 <= options[0] < len(found.scores):
        raise Refused("refused-survey")
    return await rate(tx, place, key.removeprefix(PREFIX), found.scores[options[0]], contact, now=now)


async def _recognised(tx: Tx, poll_id: str, contact: Contact, *, now: datetime) -> str | None:
    """The survey of a poll that nobody noted, because the process died between Telegram's taking it and our hearing so.
    Only our own polls are voted in here, so where one of this person's is in doubt it is that one, and it has arrived;
    of several nobody can tell."""
    found = await survey_answers.doubtful_polls(tx, contact.id)
    if len(found) != 1:
        return None
    ((row_id, row_key),) = found
    key = PREFIX + row_key.removeprefix(AGAIN).removeprefix(PREFIX)
    await survey_answers.add_poll(tx, poll_id, key, contact.id, now=now)
    await contacts.change(tx, contact.id, last_survey_at=now, now=now)
    await survey_answers.note_arrived(tx, row_id, now=now)
    return key


async def note_score(tx: Tx, found: Asked, score: int, *, now: datetime) -> None:
    """A score goes to the timeline, and to the card where the card has a place for its kind."""
    said = {"survey": found.survey_id, "kind": found.kind, "score": score, "most": found.most}
    events.add(tx, found.contact_id, "survey", request_id=found.request_id, data=said, now=now)
    place_on_card = {"nps": "nps", "csat": "rating"}.get(found.kind)
    if place_on_card is not None:
        await contacts.change(tx, found.contact_id, now=now, **{place_on_card: score})


async def kept(db: Reads, place: Place, key: str, contact: Contact | None, *, now: datetime) -> Rated:
    """What the person has said to a survey so far. Raises Refused where that is nothing, or it is not theirs."""
    found = await asked(db, place, key, contact)
    assert contact is not None
    if found.anonymous and found.settled:
        return Rated(found, None, None, None, [])
    answer = await survey_answers.get(db, found.key)
    if answer is None or answer.score is None:
        raise Refused("refused-survey")
    question = await _question(db, place, found, answer.score, contact, now=now)
    return Rated(found, answer.score, question, answer.comment, [], links(place, found, answer.score, contact))


async def comment(
    tx: Tx, place: Place, key: str, contact: Contact | None, text: str, *, message_id: int, now: datetime
) -> Rated:
    """Keeps what the person adds to a score, and passes it on. Who has not agreed to their words being kept is heard
    too: the team gets the message itself. Raises Refused where there is no score to add it to."""
    found = await asked(tx, place, key, contact)
    assert contact is not None
    answer = await survey_answers.get(tx, found.key)
    if answer is None or answer.score is None:
        raise Refused("refused-survey")
    agreed = consenting.is_agreed(contact, place.playbooks.current)
    words = text.strip()[:COMMENT_LENGTH] if agreed else None
    if words is not None:
        await survey_answers.keep_comment(tx, found.key, words)
    said = {"survey": found.survey_id, "kind": found.kind, "score": answer.score, "most": found.most, "comment": True}
    events.add(tx, contact.id, "survey", request_id=found.request_id, text=words, data=said, now=now)
    heard = await surveying_telling.comment(
        tx, place, found, answer.score, contact, words, message_id=message_id, now=now
    )
    return Rated(found, answer.score, None, words, heard, links(place, found, answer.score, contact))


async def unnamed_comment(tx: Tx, place: Place, key: str, contact: Contact | None, text: str, *, now: datetime) -> None:
    """Keeps what was added to an anonymous score, apart from it: nothing says that both are one person's."""
    found = await asked(tx, place, key, contact)
    if not (found.anonymous and found.settled):
        raise Refused("refused-survey")
    await _keep_unnamed(tx, place, found, comment=text.strip()[:COMMENT_LENGTH], now=now)


async def _keep_unnamed(tx: Tx, place: Place, found: Asked, *, now: datetime, **said: Any) -> None:
    day = now.astimezone(zone_of(place)).date()
    await survey_answers.keep_anonymous(tx, found.survey_id, found.kind, day=day, **said)
    await survey_answers.settle(tx, found.key)


def links(place: Place, found: Asked, score: int | None, contact: Contact) -> tuple[Link, ...]:
    """What who gave a high score is asked for: a review that all can read, a word to their friends."""
    survey = found.survey
    if survey is None or score is None or survey.band(score) != "high":
        return ()
    offered = [Link("review", survey.review_url)] if survey.review_url is not None else []
    if survey.referral and place.username:
        offered.append(Link("friend", referral(place, contact.id)))
    return tuple(offered)


REFERRAL: Final = "ref_"


def referral(place: Place, contact_id: int) -> str:
    """The address by which a friend of this person's comes: the start's payload is kept as the friend's source."""
    return f"https://t.me/{place.username}?start={REFERRAL}{contact_id}"


def listening(key: str, message_id: int | None, *, unnamed: bool = False, now: datetime) -> dict[str, Any]:
    """The state of a conversation whose next message is a comment; `unnamed`: to an anonymous score. `message_id` is the
    survey's."""
    state = {"key": key, "message": message_id, "until": (now + LISTENING).isoformat()}
    return {**state, "unnamed": True} if unnamed else state


def is_over(state: dict[str, Any], *, now: datetime) -> bool:
    """Whether it is too late for the next message to be meant as the comment."""
    return "until" not in state or now > datetime.fromisoformat(state["until"])


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
