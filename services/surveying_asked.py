"""A survey that was put to a person, as its buttons find it again: by its key, checked against its row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import placeholders, segments, survey_forms
from crm.playbook import Survey
from crm.playbook_surveys import LOW, SCALES
from crm.segment_tree import Query
from services.refusals import Refused
from services.workplace import Place
from storage import outbox, requests
from storage.contacts import Contact
from storage.engine import Reads
from storage.requests import Request

PREFIX: Final = survey_forms.PREFIX


@dataclass(frozen=True, slots=True)
class Asked:
    """A survey that was put to a person. `survey` is None when the owner has dropped it since: what was asked is
    answered all the same. `settled`: an anonymous answer was given, or the person would rather not. `told_low` is the
    last low score that the team heard of, and `task_id` the task that was made of it."""

    key: str
    survey: Survey | None
    survey_id: str
    kind: str
    contact_id: int
    request_id: int | None
    staff_id: int | None
    at: datetime
    chat_id: int
    message_id: int | None
    anonymous: bool
    settled: bool = False
    told_low: int | None = None
    task_id: int | None = None

    @property
    def scores(self) -> range:
        """The scores it can be answered with."""
        return self.survey.scores if self.survey is not None else SCALES.get(self.kind, range(0))

    @property
    def most(self) -> int:
        """The best score."""
        return max(self.scores, default=0)

    def is_low(self, score: int) -> bool:
        """Whether the team is to hear of this score at once."""
        if self.survey is None:
            return score <= LOW.get(self.kind, -1)
        return self.survey.low_score is not None and score <= self.survey.low_score

    def is_over(self, now: datetime) -> bool:
        """Whether its deadline has passed."""
        open_for = self.survey.open_for if self.survey is not None else None
        return open_for is not None and now > self.at + open_for


async def asked(db: Reads, place: Place, key: str, contact: Contact | None) -> Asked:
    """The survey behind a button, by its key without the prefix. Raises Refused for one that was not put to this
    person: keys come from outside."""
    row = await outbox.by_key(db, PREFIX + key)
    memo = (row.memo or {}) if row is not None else {}
    if row is None or contact is None or "survey" not in memo or row.contact_id != contact.id:
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
        chat_id=row.chat_id,
        message_id=row.message_id,
        # As it was promised when it was put, or as it is promised now.
        anonymous=bool(memo.get("anonymous")) or (survey is not None and survey.anonymous),
        settled=bool(memo.get("settled")),
        told_low=memo.get("low"),
        task_id=memo.get("task"),
    )


async def request_of(db: Reads, key: str) -> Request | None:
    """The request that a survey is about, if it is about one. `key` is without its prefix."""
    memo: dict[str, Any] = getattr(await outbox.by_key(db, PREFIX + key), "memo", None) or {}
    return await requests.get(db, memo.get("request") or 0)


def known(place: Place, contact: Contact, request: Request | None) -> dict[str, str]:
    """What stands in the placeholders of a survey's question to this person."""
    return {
        "name": contact.name or "",
        "business": place.playbooks.current.business.name.say(contact.language),
        "number": str(request.id) if request is not None else "",
        "form": request.title if request is not None else "",
    }


async def question(db: Reads, place: Place, contact: Contact, key: str) -> str | None:
    """What a survey, or its reminder, asked this person (HTML): its message shows the answer since there is one. None
    for one that the owner has dropped. `key` is the row's."""
    tail = key.partition(":")[2]
    survey = place.playbooks.current.survey(tail.partition(":")[0])
    if survey is None:
        return None
    request = await request_of(db, tail)
    return placeholders.fill(survey.ask.say(contact.language), known(place, contact, request))


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


def zone_of(place: Place) -> ZoneInfo:
    """Where the calendar of surveys and the days of their segments are counted: at the business's door."""
    return place.playbooks.current.business.zone(place.timezone.key)
