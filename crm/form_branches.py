"""Branches of forms and follow-ups of surveys: conditions in the segment language over answers and the contact.

Answers are asked about by their field: words, choices and numbers by value, what is answered by yes or no by that, and
dates, files and places by whether they were given at all (`photo:yes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from crm import segments
from crm.playbook import Form, Step
from crm.segment_fields import CONTACT_FIELDS, Field, FieldTable, Kind, Option
from crm.segment_tree import Query

CONTACT_WORDS: Final = ("tag", "source", "language", "status", "requests", "open_requests")
"""The fields of the contact a branch may ask about; `Situation.contact` gives their values."""

_KINDS: Final = {
    "text": Kind.TEXT,
    "phone": Kind.PHONE,
    "email": Kind.HANDLE,
    "choice": Kind.CHOICE,
    "choices": Kind.TAGS,
    "number": Kind.NUMBER,
    "money": Kind.NUMBER,
}
_CONTACT: Final = tuple(known for known in CONTACT_FIELDS if known.name in CONTACT_WORDS)
_SCORE: Final = FieldTable((Field("score", Kind.NUMBER), *_CONTACT))


def fields(steps: Iterable[Step]) -> FieldTable:
    """The fields a branch may ask about after these steps; an answer hides a contact's field of the same name."""
    return FieldTable((*map(_field, steps), *_CONTACT))


def parse(text: str, steps: Iterable[Step]) -> Query:
    """A branch after these steps. Raises segments.SegmentError."""
    return segments.parse(text, fields=fields(steps))


def parse_score(text: str) -> Query:
    """The condition of a survey's follow-up, over `score` and the contact. Raises segments.SegmentError."""
    return segments.parse(text, fields=_SCORE)


def holds(
    form: Form,
    index: int,
    answers: Mapping[str, object],
    contact: Mapping[str, object],
    *,
    now: datetime,
    zone: ZoneInfo,
) -> bool:
    """Whether a step's branch is taken, given the answers before it. The condition has passed the playbook's check."""
    earlier = form.steps[:index]
    told = {step.field: _told(step, answers[step.field]) for step in earlier if step.field in answers}
    return segments.evaluate(_query(form, index), {**contact, **told}, now=now, zone=zone)


def holds_score(text: str, score: int, contact: Mapping[str, object], *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a survey's follow-up is for a person who gave this score."""
    return segments.evaluate(_parsed_score(text), {**contact, "score": score}, now=now, zone=zone)


# By identity: comparing the texts of fifty questions costs more than reading the condition again. The form is kept
# beside its query, so that its id cannot become another's.
_queries: dict[tuple[int, int], tuple[Form, Query]] = {}


@lru_cache(maxsize=256)
def _parsed_score(text: str) -> Query:
    return parse_score(text)


def _query(form: Form, index: int) -> Query:
    key = (id(form), index)
    if key not in _queries:
        if len(_queries) > 1000:
            _queries.clear()
        _queries[key] = (form, parse(form.steps[index].when or "", form.steps[:index]))
    return _queries[key][1]


def _field(step: Step) -> Field:
    kind = _KINDS.get(step.type, Kind.FLAG)
    options = tuple(Option(option.id, option.title.every()) for option in step.options)
    return Field(step.field, kind, options=options)


def _told(step: Step, value: object) -> object:
    if step.type in _KINDS:
        return value
    return value if step.type in ("consent", "yes_no") else True
