"""Surveys by the calendar and by hand: each occurrence, or decision, is put to whom it is for, once, in chunks that can
be resumed.

Where each survey stands is a fact: the occurrence it has dealt with, and how far the one in progress has come. The rows
it writes are unique by (survey, contact, occurrence), so a chunk that is done twice asks nobody twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from crm import occurrences
from crm.playbook import Survey
from crm.playbook_types import Cron
from scheduler.office import Office
from services import alerting, surveying, surveying_by_hand
from services.refusals import Refused
from storage import facts, members, outbox, staff
from storage.engine import Tx
from views import survey_asking
from views.messages import Screen

CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class _Round:
    """One occurrence being put to people: those with ids up to `reached` have been."""

    at: datetime
    reached: int


async def ask(office: Office) -> None:
    """Puts what the calendar says to whom it concerns. After a downtime the latest occurrence is made up for, if it is
    still of use, and no other."""
    for survey in office.place.playbooks.current.surveys:
        if survey.at is not None:
            await _keep_up(office, survey, survey.at)


async def _keep_up(office: Office, survey: Survey, calendar: Cron) -> None:
    now = office.now()
    current = await office.database.write(lambda tx: _take_up(tx, office, survey, calendar, now=now))
    while current is not None:
        current = await _chunk(office, survey, calendar, current, now=now)
        office.wake_delivery()


async def _take_up(tx: Tx, office: Office, survey: Survey, calendar: Cron, *, now: datetime) -> _Round | None:
    """The round in progress, or the one that is due. A calendar that is new, or was changed, counts from now."""
    stands = await facts.get(tx, _fact(survey))
    known = stands is not None and stands["calendar"] == calendar.text
    # A clock that was ahead must not keep the survey silent until it is overtaken.
    if not known or datetime.fromisoformat(stands["since"]) > now:
        await facts.put(tx, _fact(survey), _stands(calendar, now))
        return None
    if stands["running"]:
        return _Round(datetime.fromisoformat(stands["since"]), stands["reached"])
    since = datetime.fromisoformat(stands["since"])
    due = occurrences.latest(calendar, after=since, until=now, zone=surveying.zone_of(office.place))
    if due is None:
        return None
    if now - due >= surveying.OF_USE[survey.purpose]:
        await facts.put(tx, _fact(survey), _stands(calendar, due))
        return None
    await facts.put(tx, _fact(survey), _stands(calendar, due, running=True))
    return _Round(due, 0)


async def _chunk(office: Office, survey: Survey, calendar: Cron, this: _Round, *, now: datetime) -> _Round | None:
    """Asks the next people; None when those were the last. Who is meant is looked up beside the writer."""
    async with office.database.read() as reads:
        people = await members.chunk(
            reads,
            surveying.query(office.place, survey),
            after=this.reached,
            limit=CHUNK,
            now=now,
            zone=surveying.zone_of(office.place),
        )
    following = _Round(this.at, people[-1].contact_id) if len(people) == CHUNK else None

    async def unit(tx: Tx) -> None:
        for person in people:
            key = f"{surveying.PREFIX}{survey.id}:{person.contact_id}:{this.at:%Y%m%d%H%M}"
            surveying.ask(tx, survey, person, key=key, at=this.at, now=now)
        reached = 0 if following is None else following.reached
        await facts.put(tx, _fact(survey), _stands(calendar, this.at, running=following is not None, reached=reached))

    await office.database.write(unit)
    return following


# ---------------------------------------------------------------------------------------------------------- by hand


async def put_by_hand(office: Office, payload: dict[str, Any]) -> None:
    """Puts a survey to whom a manager meant, a chunk a transaction, and says so in the message that was pressed."""
    after: int | None = 0
    try:
        while after is not None:
            after = await office.database.write(
                partial(surveying_by_hand.plan, place=office.place, payload=payload, after=after, now=office.now())
            )
            office.wake_delivery()
    except Refused:
        # The survey or the segment has gone since: what was put is put, and no more is.
        await _tell(office, payload, gone=True)
    else:
        await _tell(office, payload, gone=False)


async def _tell(office: Office, payload: dict[str, Any], *, gone: bool) -> None:
    async def unit(tx: Tx) -> None:
        member = await staff.get(tx, payload["by"])
        if member is None or payload["message"] is None:
            return
        words = alerting.listener(office.place, member, now=office.now()).reader.words
        if gone:
            screen = Screen(words("survey-gone"), protect=True)
        else:
            survey = surveying_by_hand.survey(office.place, payload["survey"])
            screen = survey_asking.done(words, survey, await surveying_by_hand.planned(tx, payload))
        await outbox.revise_message(
            tx, payload["chat"], payload["message"], screen.to_json(), None, now=office.now(), priority=0
        )

    await office.database.write(unit)
    office.wake_delivery()


def _fact(survey: Survey) -> str:
    return f"survey:{survey.id}"


def _stands(calendar: Cron, since: datetime, *, running: bool = False, reached: int = 0) -> dict[str, Any]:
    return {"calendar": calendar.text, "since": since.isoformat(), "running": running, "reached": reached}
