"""The owner's own questions of a survey: filled in as a form is, kept answer by answer, heard where the score is low."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from crm import survey_forms
from crm.form_types import Answer as Given
from crm.form_types import Outcome
from crm.playbook import Survey
from services import capturing, surveying, surveying_telling
from services.capturing import Filling, Person
from services.refusals import Refused
from services.surveying_asked import Asked, asked, zone_of
from services.workplace import Place
from storage import survey_answers
from storage.contacts import Contact
from storage.conversations import Conversation
from storage.engine import Reads, Tx
from storage.survey_answers import Answer
from views.messages import Say
from views.ratings import Link


@dataclass(frozen=True, slots=True)
class Ended:
    """How the questions ended. The score of an anonymous survey is told to nobody: None."""

    asked: Asked
    score: int | None
    heard: list[Say]
    links: tuple[Link, ...] = ()


async def begin(
    db: Reads, place: Place, key: str, person: Person, *, run: str, now: datetime
) -> tuple[Filling, Outcome]:
    """The first question that is not answered yet: what was answered before the person left is kept. Raises Refused for
    a foreign survey, one that is over, and one that was answered."""
    found = await asked(db, place, key, person.contact)
    before = await survey_answers.get(db, found.key)
    if found.settled or (before is not None and before.finished_at is not None):
        raise Refused("refused-survey-told" if found.anonymous else "refused-survey-answered", alert=True)
    if found.is_over(now):
        raise Refused("refused-survey-over", alert=True)
    filling, outcome = await capturing.begin(db, place, found.key, person, run=run, now=now)
    kept = {one["field"]: one["value"] for one in (before.answers or ())} if before is not None else {}
    answers = {step.field: Given(kept[step.field]) for step in filling.form.steps if step.field in kept}
    if not answers:
        return filling, outcome
    # At no question: the engine goes on to the first one without an answer.
    return capturing.resume(
        place, replace(filling, state=replace(filling.state, answers=answers, step=-1)), person, now=now
    )


async def decline(tx: Tx, place: Place, key: str, contact: Contact | None, conversation: Conversation) -> Asked:
    """The person would rather not: nothing more is asked or reminded of. Raises Refused for a foreign survey."""
    found = await asked(tx, place, key, contact)
    await survey_answers.settle(tx, found.key)
    if capturing.is_open(conversation, found.key):
        conversation.leave()
    return found


async def keep_part(
    tx: Tx, place: Place, filling: Filling, outcome: Outcome, contact: Contact, *, now: datetime
) -> list[Say]:
    """Keeps what has been answered so far, and has the team hear a low score at once, whatever follows it. Of an
    anonymous survey nothing is kept before its end."""
    found = await asked(tx, place, filling.form.id.removeprefix(surveying.PREFIX), contact)
    if found.anonymous or outcome.accepted is None:
        return []
    return (await _keep(tx, place, found, filling, outcome.state.answers, contact, finished=False, now=now))[1]


async def finish(
    tx: Tx,
    place: Place,
    conversation: Conversation,
    filling: Filling,
    outcome: Outcome,
    contact: Contact,
    *,
    now: datetime,
) -> Ended:
    """Keeps all that was answered. Raises Refused where the survey is not this person's or was answered before."""
    conversation.leave()
    found = await asked(tx, place, filling.form.id.removeprefix(surveying.PREFIX), contact)
    answers = outcome.answers or {}
    if found.anonymous:
        if found.settled:
            raise Refused("refused-survey-told", alert=True)
        score = _score(filling, answers)
        day = now.astimezone(zone_of(place)).date()
        said = _said(place, filling, answers, now=now)
        words = _words(filling, said)
        await survey_answers.keep_anonymous(
            tx, found.survey_id, found.kind, day=day, score=score, comment=words, answers=said
        )
        await survey_answers.settle(tx, found.key)
        return Ended(found, None, [])
    score, heard = await _keep(tx, place, found, filling, answers, contact, finished=True, now=now)
    return Ended(found, score, heard, surveying.links(place, found, score, contact))


async def _keep(
    tx: Tx,
    place: Place,
    found: Asked,
    filling: Filling,
    answers: Mapping[str, Given],
    contact: Contact,
    *,
    finished: bool,
    now: datetime,
) -> tuple[int | None, list[Say]]:
    before = await survey_answers.get(tx, found.key)
    if before is not None and before.finished_at is not None:
        raise Refused("refused-survey-answered", alert=True)  # begun again by a button of an old message
    score, said = _score(filling, answers), _said(place, filling, answers, now=now)
    words = _words(filling, said)
    answer = Answer(
        key=found.key,
        survey_id=found.survey_id,
        kind=found.kind,
        contact_id=contact.id,
        request_id=found.request_id,
        staff_id=found.staff_id,
        score=score,
        comment=words,
        asked_at=found.at,
        scored_at=now if score is not None else None,
        answers=said,
        finished_at=now if finished else None,
    )
    await survey_answers.keep(tx, answer)
    await survey_answers.keep_comment(tx, found.key, words)
    known = before.score if before is not None else None
    heard: list[Say] = []
    if score is not None and score != known:
        await surveying.note_score(tx, found, score, now=now)
        heard = await surveying_telling.low_score(tx, place, found, score, contact, known=known, now=now)
    alerts = found.survey is not None and found.survey.followup.alert
    if finished and words and (alerts or (score is not None and found.is_low(score))):
        heard += await surveying_telling.comment(tx, place, found, score, contact, words, message_id=0, now=now)
    return score, heard


def _survey(filling: Filling) -> Survey | None:
    return filling.playbook.survey(survey_forms.survey_id(filling.form.id) or "")


def _score(filling: Filling, answers: Mapping[str, Given]) -> int | None:
    """The answer that the owner named the score, as a number."""
    survey = _survey(filling)
    given = answers.get(survey.score) if survey is not None and survey.score is not None else None
    return int(str(given.value).partition(".")[0]) if given is not None else None


def _said(place: Place, filling: Filling, answers: Mapping[str, Given], *, now: datetime) -> list[dict[str, Any]]:
    return capturing.told(place, filling, answers, filling.playbook.business.language, now=now)


def _words(filling: Filling, said: list[dict[str, Any]]) -> str | None:
    """What the person wrote in their own words, as one comment that can be searched."""
    free = {step.field for step in filling.form.steps if step.type == "text"}
    lines = [str(one["shown"]) for one in said if one["field"] in free]
    return "\n".join(lines)[: surveying.COMMENT_LENGTH] or None
