"""Surveys by the calendar and by hand: each occurrence, or decision, is put to whom it is for, once, in chunks that can
be resumed.

Where each survey stands is a fact: the occurrence it has dealt with, and how far the one in progress has come. The rows
it writes are unique by (survey, contact, occurrence), so a chunk that is done twice asks nobody twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from crm import occurrences
from crm.playbook import Survey
from crm.playbook_types import Cron
from scheduler.office import Office
from services import alerting, surveying, surveying_by_hand
from services.refusals import Refused
from storage import facts, members, outbox, staff, survey_people
from storage.engine import Tx
from storage.survey_people import Visit
from views import survey_asking
from views.messages import Screen

CHUNK: Final = 500
IDLE: Final = timedelta(days=1)
VISITS: Final = "visit"
"""What a survey after visits has in place of a calendar."""


@dataclass(frozen=True, slots=True)
class _Round:
    """One occurrence being put to people: those with ids up to `reached` have been."""

    at: datetime
    reached: int


async def ask(office: Office) -> None:
    """Puts what the calendar says to whom it concerns, and asks about visits that have been. After a downtime the latest
    occurrence is made up for, if it is still of use, and no other. Whoever left own questions a day ago is let out of them:
    what they write next is no answer, and an anonymous one must not lie about beside their name."""
    idle = office.now() - IDLE
    await office.database.write(lambda tx: survey_people.leave_idle(tx, before=idle))
    for survey in office.place.playbooks.current.surveys:
        if survey.at is not None:
            await _keep_up(office, survey, survey.at)
        elif survey.after is not None and survey.after.event == "visit":
            await _after_visits(office, survey, survey.after.delay)


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


async def _after_visits(office: Office, survey: Survey, delay: timedelta) -> None:
    """A visit has no moment at which anybody says that it was: its time passes. Where the look stands is a fact; visits
    of before the survey was written are not asked about."""
    now = office.now()
    async with office.database.read() as reads:
        stands = await facts.get(reads, _fact(survey))
        known = stands is not None and stands["calendar"] == VISITS
        since = datetime.fromisoformat(stands["since"]) if stands is not None and known else now
        since = max(since, now - surveying.OF_USE[survey.purpose])
        been = await survey_people.visits(reads, after=since - delay, until=now - delay) if known else []
    for start in range(0, len(been), CHUNK):
        await office.database.write(partial(_ask_about, office=office, survey=survey, been=been[start : start + CHUNK]))
        office.wake_delivery()
    looked = {"calendar": VISITS, "since": now.isoformat(), "running": False, "reached": 0}
    await office.database.write(lambda tx: facts.put(tx, _fact(survey), looked))


async def _ask_about(tx: Tx, *, office: Office, survey: Survey, been: Sequence[Visit]) -> None:
    assert survey.after is not None
    for visit in been:
        await surveying.about_request(
            tx,
            office.place,
            survey,
            visit.contact_id,
            request_id=visit.request_id,
            staff_id=visit.staff_id,
            at=visit.at + survey.after.delay,
            now=office.now(),
        )


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
