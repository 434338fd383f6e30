"""What people did, as a segment may ask about it: for each such field the rows that have its values, and whose they are.

A condition on one value is put into the rows' WHERE; crm/segment_fields.py says what each field means, docs/segments.md
what counts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    CTE,
    CompoundSelect,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql import ColumnElement

from crm import folding
from crm.segment_fields import STAGES
from storage.tables import (
    consents,
    contact_tags,
    contact_values,
    contacts,
    conversations,
    journeys,
    outbox,
    presses,
    relatives,
    requests,
    staff,
    survey_answers,
    tags,
)

Condition: TypeAlias = ColumnElement[bool]
Holds: TypeAlias = Callable[[ColumnElement[Any]], Condition]
Owners: TypeAlias = Select[Any]

LEFT_ALONE: Final = timedelta(hours=1)
"""A form in which nothing was said for so long is taken for abandoned."""
NO_INTEREST: Final = ("stop", "fewer")
"""Buttons pressed to be left alone."""
_SURVEY: Final = "survey:"
"""What the keys of surveys begin with in the outbox: survey:ID:…"""

_STAGES: Final = frozenset(stage.id for stage in STAGES)

_people = contacts.alias("people")
_newer = survey_answers.alias("newer_answer")


def of_tag(holds: Holds) -> Owners:
    named = select(tags.c.id).where(holds(tags.c.key))
    return select(contact_tags.c.contact_id).where(contact_tags.c.tag_id.in_(named))


def of_card(field: str, holds: Holds, column: ColumnElement[Any] = contact_values.c.key) -> Owners:
    """A field of the card; `column` is its key or its number."""
    return select(contact_values.c.contact_id).where(contact_values.c.field == field, holds(column))


def of_children(holds: Holds, column: ColumnElement[Any] = relatives.c.birthday) -> Owners:
    """Birthdays of children; `column` is the whole of it or its MMDD."""
    return select(relatives.c.contact_id).where(relatives.c.kind == "child", holds(column))


def of_form(holds: Holds) -> Owners:
    return select(requests.c.contact_id).where(holds(requests.c.form_id))


def of_stage(holds: Holds) -> Owners:
    return select(requests.c.contact_id).where(holds(requests.c.stage))


def of_lost_reason(holds: Holds) -> Owners:
    # Folded once for each different reason, of which there are few.
    text = requests.c.lost_reason
    reasons = _folded(select(text.label("row"), text.label("said")).where(text.is_not(None)).distinct())
    meant = select(reasons.c.row).where(holds(reasons.c.said))
    return select(requests.c.contact_id).where(requests.c.stage == "lost", text.in_(meant))


def of_survey(holds: Holds) -> Owners:
    """What was only begun is no answer."""
    return select(survey_answers.c.contact_id).where(holds(survey_answers.c.survey_id), _given(survey_answers))


def of_score(survey_id: str, holds: Holds) -> Owners:
    """The latest score given to a survey."""
    return _latest(holds, survey_answers.c.survey_id == survey_id, _newer.c.survey_id == survey_id)


def of_effort(holds: Holds) -> Owners:
    """The latest score of how easy it was, in whichever survey."""
    return _latest(holds, survey_answers.c.kind == "ces", _newer.c.kind == "ces")


def of_asking(holds: Holds) -> Owners:
    """A survey that reached the person."""
    return select(outbox.c.contact_id).where(*_sent_survey(holds))


def of_silence(holds: Holds) -> Owners:
    """A survey that reached the person and was neither answered, wholly or without a name, nor declined."""
    answered = select(survey_answers.c.id).where(survey_answers.c.key == outbox.c.key, _given(survey_answers))
    settled = outbox.c.memo["settled"].as_boolean()
    return select(outbox.c.contact_id).where(*_sent_survey(holds), ~answered.exists(), settled.is_not(true()))


def _given(answers: FromClause) -> Condition:
    return or_(answers.c.score.is_not(None), answers.c.finished_at.is_not(None))


def _latest(holds: Holds, which: Condition, which_newer: Condition) -> Owners:
    after = or_(
        _newer.c.scored_at > survey_answers.c.scored_at,
        and_(_newer.c.scored_at == survey_answers.c.scored_at, _newer.c.id > survey_answers.c.id),
    )
    newer = select(_newer.c.id).where(
        which_newer, _newer.c.contact_id == survey_answers.c.contact_id, _newer.c.score.is_not(None), after
    )
    return select(survey_answers.c.contact_id).where(
        which, survey_answers.c.score.is_not(None), holds(survey_answers.c.score), ~newer.exists()
    )


def _sent_survey(holds: Holds) -> tuple[Condition, ...]:
    rest = func.substr(outbox.c.key, len(_SURVEY) + 1)
    survey = func.substr(rest, 1, func.instr(rest, ":") - 1)
    # A range of the unique index: everything that begins so.
    begins = and_(outbox.c.key >= _SURVEY, outbox.c.key < _SURVEY[:-1] + ";")
    return begins, outbox.c.sent_at.is_not(None), outbox.c.contact_id.is_not(None), holds(survey)


def of_press(holds: Holds) -> Owners:
    """A score of a survey is a button, and so is the word on a consent that names its message. Of what is under a
    campaign or a scenario a value is its number or id, the button (`call`), or both (`12.call`)."""
    campaign = cast(presses.c.campaign_id, String)
    scenario = select(journeys.c.id).where(holds(journeys.c.scenario_id))
    of_message = or_(
        holds(presses.c.button),
        holds(campaign),
        holds(campaign + "." + presses.c.button),
        presses.c.journey_id.in_(scenario),
    )
    pressed = union_all(
        of_survey(holds),
        select(presses.c.contact_id).where(of_message, presses.c.button.not_in(NO_INTEREST)),
        select(consents.c.contact_id).where(consents.c.message_id.is_not(None), holds(consents.c.purpose)),
    ).subquery()
    return select(pressed.c.contact_id)


def of_opening(holds: Holds) -> Owners:
    """A survey that was sent, after which the person wrote or pressed anything."""
    rest = func.substr(outbox.c.key, len(_SURVEY) + 1)
    survey = func.substr(rest, 1, func.instr(rest, ":") - 1)
    return (
        select(outbox.c.contact_id)
        .join(_people, _people.c.id == outbox.c.contact_id)
        .where(
            # A range of the unique index: everything that begins so.
            outbox.c.key >= _SURVEY,
            outbox.c.key < _SURVEY[:-1] + ";",
            outbox.c.state == "sent",
            _people.c.last_in_at > outbox.c.sent_at,
            holds(survey),
        )
    )


def of_abandoned(holds: Holds, now: datetime) -> CompoundSelect[Any]:
    """Whose form was put aside, or nothing was said in it for an hour: their Telegram ids. A value is the form's id, and the
    id with the place of the question."""

    def left(state: ColumnElement[Any]) -> Condition:
        form = state["form"].as_string()
        chosen = func.instr(form, ":") == 0  # what was put to them has a colon in its id: no form of theirs
        at_question = state["place"].as_string() == "step"
        place = case((at_question, cast(state["step"].as_integer(), String)), else_=state["place"].as_string())
        return and_(chosen, or_(holds(form), holds(form.concat(".").concat(place))))

    silent = and_(conversations.c.flow == "form", conversations.c.updated_at < now - LEFT_ALONE)
    return union_all(
        select(conversations.c.user_id).where(silent, left(conversations.c.state)),
        select(conversations.c.user_id).where(conversations.c.draft.is_not(None), left(conversations.c.draft)),
    )


def of_manager(holds: Holds) -> CompoundSelect[Any]:
    """The managers who are called so, or have this username."""
    names = _folded(select(staff.c.id.label("row"), staff.c.name.label("said")))
    usernames = select(staff.c.id).where(holds(func.lower(staff.c.username)))
    return union_all(select(names.c.row).where(holds(names.c.said)), usernames)


def of_count(name: str, holds: Holds) -> Owners:
    """Whose requests at this stage, or by this form, are so many; none at all is no number here."""
    of_name = requests.c.stage == name if name in _STAGES else requests.c.form_id == name
    return select(requests.c.contact_id).where(of_name).group_by(requests.c.contact_id).having(holds(func.count()))


BY_FIELD: Final[dict[str, Callable[[Holds], Owners]]] = {
    "tag": of_tag,
    "form": of_form,
    "stage": of_stage,
    "lost_reason": of_lost_reason,
    "answered": of_survey,
    "pressed": of_press,
    "opened": of_opening,
    "surveyed": of_asking,
    "ignored": of_silence,
    "ces": of_effort,
}

_LETTERS: Final = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄҐёйъыьэіїєґ'`´‘’ʼ′＇ʹʽˋ-‐‑‒–—―−"
_AT_ONCE: Final = 20
"""SQLite reads no more than a hundred brackets within brackets, those of nested queries among them: hence also the CTEs."""


def _folded(rows: Select[Any]) -> CTE:
    """These rows with the text in `said` as crm.folding.fold makes it, of Latin and Cyrillic letters: for the short lists
    that the team wrote and nobody folded."""
    read = rows.cte()
    step = select(read.c.row, func.lower(read.c.said).label("said")).cte()
    for start in range(0, len(_LETTERS), _AT_ONCE):
        said: ColumnElement[Any] = step.c.said
        for letter in _LETTERS[start : start + _AT_ONCE]:
            said = func.replace(said, letter, folding.fold(letter))
        step = select(step.c.row, said.label("said")).cte()
    return step
