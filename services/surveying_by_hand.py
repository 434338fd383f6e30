"""Surveys put by hand: to one person from their card, or to a segment, counted first and put by long work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crm.permissions import Right
from crm.playbook import Survey
from services import permitting, segmenting, surveying
from services.refusals import Refused
from services.segmenting import Aim
from services.workplace import Place
from storage import members, survey_people, work
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.segment_sets import Meant
from storage.staff import Member

WORK: Final = "survey"
CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a survey would reach: so many fit the question, so many of them the survey is for, so many of those can be
    written to and agreed, and so many of these were not surveyed lately."""

    survey: Survey
    found: int
    meant: int
    reachable: int
    count: int


def survey(place: Place, survey_id: str) -> Survey:
    """A survey of the playbook in force. Raises Refused where there is none of this id."""
    found = place.playbooks.current.survey(survey_id)
    if found is None:
        known = ", ".join(one.id for one in place.playbooks.current.surveys) or "—"
        raise Refused("refused-survey-unknown", known=known)
    return found


async def reach(db: Reads, place: Place, member: Member | None, survey: Survey, aim: Aim, *, now: datetime) -> Reach:
    """Counts whom it would reach now. Slow on a large base: for a reading connection. Raises Refused for who may not
    write to people."""
    permitting.require(member, Right.WRITE)
    rested = now - place.playbooks.current.survey_rules.gap
    found = await _found(db, place, aim, now=now)
    counts = await survey_people.counts(db, _of_survey(place, survey, found, now=now), rested_before=rested)
    everybody = counts if survey.segment is None else await survey_people.counts(db, found, rested_before=rested)
    return Reach(survey, everybody[0], *counts)


async def put(tx: Tx, place: Place, member: Member | None, survey: Survey, contact: Contact, *, now: datetime) -> None:
    """Puts a survey to one person. Raises Refused for who may not write to people, and where the person cannot be
    written to, is not meant by the survey, or was surveyed lately."""
    permitting.require(member, Right.WRITE)
    if await surveying.is_tired(tx, place, contact.id, now=now):
        raise Refused("refused-survey-tired", alert=True)
    meant = survey_people.of_contact(contact.id)
    rested = now - place.playbooks.current.survey_rules.gap
    if not await survey_people.chunk(tx, meant, rested_before=rested, after=0, limit=1):
        raise Refused("refused-survey-unreachable", alert=True)
    zone = surveying.zone_of(place)
    person = await members.find(tx, contact.id, surveying.query(place, survey), now=now, zone=zone)
    if person is None:
        raise Refused("refused-survey-not-meant", alert=True)
    surveying.ask(tx, survey, person, key=_key(survey, contact.id, now), at=now, now=now)


def order(
    tx: Tx,
    member: Member | None,
    survey: Survey,
    aim: Aim,
    *,
    key: str,
    chat_id: int,
    message_id: int | None,
    now: datetime,
) -> None:
    """Has long work put a survey to everybody an aim means. Raises Refused for who may not write to people."""
    who = permitting.require(member, Right.WRITE)
    payload = {
        **aim.memo,
        "survey": survey.id,
        "at": now.isoformat(),
        "by": who.id,
        "chat": chat_id,
        "message": message_id,
    }
    work.add(tx, WORK, f"{WORK}:{key}", payload, now=now)


async def plan(tx: Tx, place: Place, payload: dict[str, Any], *, after: int, now: datetime) -> int | None:
    """Puts it to the next people with ids greater than `after`; where to go on, or None when those were the last. Keys
    are of the decision's time, so that a chunk done twice asks nobody twice."""
    one, at = survey(place, payload["survey"]), datetime.fromisoformat(payload["at"])
    meant = _of_survey(place, one, await _found(tx, place, Aim.of_memo(payload), now=now), now=now)
    rested = at - place.playbooks.current.survey_rules.gap
    people = await survey_people.chunk(tx, meant, rested_before=rested, after=after, limit=CHUNK)
    for person in people:
        surveying.ask(tx, one, person, key=_key(one, person.contact_id, at), at=at, now=now)
    return people[-1].contact_id if len(people) == CHUNK else None


async def planned(db: Reads, payload: dict[str, Any]) -> int:
    """To how many it was put."""
    at = datetime.fromisoformat(payload["at"])
    return await survey_people.planned(db, payload["survey"], _stamp(at))


async def _found(db: Reads, place: Place, aim: Aim, *, now: datetime) -> Meant:
    """Whom an aim means. Raises Refused for a search by words that found more than anybody reads."""
    found = await segmenting.meant(db, place, aim, now=now)
    if found.more:
        raise Refused("refused-survey-words", alert=True)
    return found


def _of_survey(place: Place, survey: Survey, found: Meant, *, now: datetime) -> Meant:
    """Those of them the survey is for."""
    own = surveying.query(place, survey)
    return found if own is None else survey_people.both(found, own, now=now, zone=surveying.zone_of(place))


def _key(survey: Survey, contact_id: int, at: datetime) -> str:
    return f"{surveying.PREFIX}{survey.id}:{contact_id}:{_stamp(at)}"


def _stamp(at: datetime) -> str:
    return f"{at:%Y%m%d%H%M}"
