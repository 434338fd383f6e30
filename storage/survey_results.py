"""Results of surveys: how many were asked and answered, how many of each score, by month and by whoever served, and
what people wrote. Anonymous answers are counted with the others; nothing else is known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, String, bindparam, case, cast, func, literal, or_, select, union_all

from storage.engine import Reads
from storage.segment_sets import Meant
from storage.tables import anonymous_answers, contacts, outbox, requests, staff, survey_answers

Counts = Mapping[int, int]
"""How many gave each score."""
FEWEST_UNNAMED: Final = 5
"""Anonymous answers are shown from so many on: of two, each knows the other's."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How many a survey reached, and how many of them answered, wholly or in part. `unnamed` of them without a name;
    fewer than `FEWEST_UNNAMED` of those are counted and not shown."""

    asked: int
    answered: int
    unfinished: int
    unnamed: int

    @property
    def hidden(self) -> bool:
        return 0 < self.unnamed < FEWEST_UNNAMED


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote. `contact_id` and `at` are None of an anonymous one, which is known by its day."""

    text: str
    kind: str
    score: int | None
    contact_id: int | None
    name: str | None
    at: datetime | None
    day: str | None


async def reached(db: Reads, survey_id: str) -> Reached:
    """How many were asked and have answered."""
    begins = f"survey:{survey_id}:"
    asked = select(func.count()).where(
        outbox.c.key >= begins, outbox.c.key < f"{begins[:-1]};", outbox.c.sent_revision > 0
    )
    row = await db.first(
        select(
            func.count().filter(survey_answers.c.finished_at.is_not(None) | survey_answers.c.score.is_not(None)),
            func.count().filter(survey_answers.c.finished_at.is_(None), survey_answers.c.kind == "own"),
        ).where(survey_answers.c.survey_id == survey_id)
    )
    unnamed = await _count_unnamed(db, survey_id)
    answered, unfinished = (0, 0) if row is None else (row[0], row[1])
    return Reached(int(await db.scalar(asked)), answered + unnamed, unfinished, unnamed)


async def scores(db: Reads, survey_id: str) -> dict[int, int]:
    """How many gave each score, with the anonymous ones where they are enough to be shown."""
    named = _grouped(await db.all(_by(survey_id, literal(0)))).get(0, {})
    hidden = await _hidden(db, survey_id)
    statement = (
        select(anonymous_answers.c.score, func.count())
        .where(*_unnamed(survey_id), anonymous_answers.c.score.is_not(None))
        .group_by(anonymous_answers.c.score)
    )
    for score, count in [] if hidden else await db.all(statement):
        named[score] = named.get(score, 0) + count
    return dict(sorted(named.items()))


async def by_month(db: Reads, survey_id: str, months: Sequence[datetime]) -> list[dict[int, int]]:
    """The same for each of these months, given by their beginnings, and the end of the last one."""
    month = case(
        *((survey_answers.c.scored_at < end, number) for number, end in enumerate(months[1:])), else_=len(months) - 1
    )
    found = _grouped(await db.all(_by(survey_id, month, survey_answers.c.scored_at >= months[0])))
    if not await _hidden(db, survey_id):
        for number, scored in (await _unnamed_by_month(db, survey_id, months)).items():
            for score, count in scored.items():
                found[number][score] = found[number].get(score, 0) + count
    return [dict(sorted(found.get(number, {}).items())) for number in range(len(months) - 1)]


async def by_manager(db: Reads, survey_id: str) -> dict[str, dict[int, int]]:
    """The same for each of the team who served the person, by name."""
    statement = (
        select(staff.c.name, survey_answers.c.score, func.count())
        .join(staff, staff.c.id == survey_answers.c.staff_id)
        .where(*_named(survey_id))
        .group_by(staff.c.id, survey_answers.c.score)
    )
    return _grouped(await db.all(statement))


async def by_answer(db: Reads, survey_id: str, fields: Collection[str]) -> dict[str, dict[int, int]]:
    """The same for each thing that was asked for: answers of the rated requests to these questions, as they were
    shown."""
    told = func.json_each(requests.c.answers).table_valued("value", name="told", joins_implicitly=True)
    field = func.json_extract(told.c.value, "$.field")
    shown = cast(func.json_extract(told.c.value, "$.shown"), String)
    statement = (
        select(shown, survey_answers.c.score, func.count())
        .select_from(survey_answers.join(requests, requests.c.id == survey_answers.c.request_id), told)
        .where(*_named(survey_id), field.in_(list(fields)))
        .group_by(shown, survey_answers.c.score)
    )
    return _grouped(await db.all(statement))


async def of_set(db: Reads, survey_id: str, meant: Meant) -> dict[int, int]:
    """The same for the people of a set."""
    among = survey_answers.c.contact_id.in_(select(contacts.c.id).where(meant.condition))
    return _grouped(await db.all(_by(survey_id, literal(0), among))).get(0, {})


@dataclass(frozen=True, slots=True)
class Score:
    """The latest that somebody gave to one survey."""

    survey_id: str
    kind: str
    score: int
    at: datetime


_OF_CONTACT = (
    select(survey_answers.c.survey_id, survey_answers.c.kind, survey_answers.c.score, survey_answers.c.scored_at)
    .where(survey_answers.c.contact_id == bindparam("contact"), survey_answers.c.score.is_not(None))
    .order_by(survey_answers.c.scored_at.desc(), survey_answers.c.id.desc())
    .limit(50)
)


async def of_contact(db: Reads, contact_id: int) -> list[Score]:
    """The latest scores of a person, one a survey, the newest first."""
    latest: dict[str, Score] = {}
    for row in await db.all(_OF_CONTACT, {"contact": contact_id}):
        latest.setdefault(row.survey_id, Score(*row))
    return list(latest.values())


async def by_option(db: Reads, survey_id: str, fields: Collection[str]) -> dict[str, dict[str, int]]:
    """Of these own questions: how often each answer was given, by question as it was asked."""
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    tables = [survey_answers] if await _hidden(db, survey_id) else [survey_answers, anonymous_answers]
    for table in tables:
        told = func.json_each(table.c.answers).table_valued("value", name="told", joins_implicitly=True)
        field, label = func.json_extract(told.c.value, "$.field"), func.json_extract(told.c.value, "$.label")
        shown = cast(func.json_extract(told.c.value, "$.shown"), String)
        statement = (
            select(label, shown, func.count())
            .select_from(table, told)
            .where(table.c.survey_id == survey_id, field.in_(list(fields)))
            .group_by(label, shown)
        )
        for question, answer, count in await db.all(statement):
            rows[question][answer] = rows[question].get(answer, 0) + count
    return dict(rows)


async def comments(db: Reads, survey_id: str | None, words: str, *, offset: int, limit: int) -> list[Comment]:
    """What was written, the newest first; of one survey or of all, with these words in it."""
    named = (
        select(
            survey_answers.c.comment,
            survey_answers.c.kind,
            survey_answers.c.score,
            survey_answers.c.contact_id,
            contacts.c.name,
            survey_answers.c.asked_at.label("at"),
            literal(None, String).label("day"),
            func.substr(survey_answers.c.asked_at, 1, 10).label("sorted"),
            survey_answers.c.id,
        )
        .join(contacts, contacts.c.id == survey_answers.c.contact_id)
        .where(survey_answers.c.comment.is_not(None), *_worded(survey_answers.c.comment, words))
    )
    enough = (
        select(anonymous_answers.c.survey_id)
        .where(_is_an_answer())
        .group_by(anonymous_answers.c.survey_id)
        .having(func.count() >= FEWEST_UNNAMED)
    )
    unnamed = select(
        anonymous_answers.c.comment,
        anonymous_answers.c.kind,
        anonymous_answers.c.score,
        literal(None, survey_answers.c.contact_id.type),
        literal(None, String),
        literal(None, survey_answers.c.asked_at.type),
        anonymous_answers.c.day,
        anonymous_answers.c.day,
        anonymous_answers.c.id,
    ).where(
        anonymous_answers.c.comment.is_not(None),
        anonymous_answers.c.survey_id.in_(enough),
        *_worded(anonymous_answers.c.comment, words),
    )
    if survey_id is not None:
        named = named.where(survey_answers.c.survey_id == survey_id)
        unnamed = unnamed.where(anonymous_answers.c.survey_id == survey_id)
    both = union_all(named, unnamed).subquery()
    statement = select(both).order_by(both.c.sorted.desc(), both.c.id.desc()).offset(offset).limit(limit)
    return [Comment(*row[:7]) for row in await db.all(statement)]


async def rows(db: Reads, survey_id: str, *, after: int, limit: int) -> Sequence[Any]:
    """Named answers as they are taken out, with who gave and who served; in the order they came, after an id."""
    statement = (
        select(
            survey_answers,
            contacts.c.name.label("contact"),
            contacts.c.username,
            staff.c.name.label("manager"),
        )
        .select_from(
            survey_answers.join(contacts, contacts.c.id == survey_answers.c.contact_id).outerjoin(
                staff, staff.c.id == survey_answers.c.staff_id
            )
        )
        .where(survey_answers.c.survey_id == survey_id, survey_answers.c.id > after)
        .order_by(survey_answers.c.id)
        .limit(limit)
    )
    return await db.all(statement)


async def unnamed_rows(db: Reads, survey_id: str) -> Sequence[Any]:
    """Anonymous answers as they are taken out, none while they are too few; by day and then by nothing that tells."""
    if await _hidden(db, survey_id):
        return []
    statement = select(anonymous_answers).where(*_unnamed(survey_id))
    return await db.all(statement.order_by(anonymous_answers.c.day, anonymous_answers.c.score))


async def _count_unnamed(db: Reads, survey_id: str) -> int:
    return int(await db.scalar(select(func.count()).where(*_unnamed(survey_id), _is_an_answer())))


async def _hidden(db: Reads, survey_id: str) -> bool:
    return 0 < await _count_unnamed(db, survey_id) < FEWEST_UNNAMED


def _named(survey_id: str) -> tuple[ColumnElement[bool], ...]:
    return survey_answers.c.survey_id == survey_id, survey_answers.c.score.is_not(None)


def _unnamed(survey_id: str) -> tuple[ColumnElement[bool], ...]:
    return (anonymous_answers.c.survey_id == survey_id,)


def _is_an_answer() -> ColumnElement[bool]:
    """What was added to an anonymous score stands in a row of its own, and is no second answer."""
    return or_(anonymous_answers.c.score.is_not(None), anonymous_answers.c.answers.is_not(None))


def _by(survey_id: str, group: ColumnElement[Any], *more: ColumnElement[bool]) -> Any:
    return (
        select(group, survey_answers.c.score, func.count())
        .where(*_named(survey_id), *more)
        .group_by(group, survey_answers.c.score)
    )


def _grouped(found: Sequence[Any]) -> dict[Any, dict[int, int]]:
    grouped: dict[Any, dict[int, int]] = defaultdict(dict)
    for group, score, count in found:
        grouped[group][score] = grouped[group].get(score, 0) + count
    return grouped


async def _unnamed_by_month(db: Reads, survey_id: str, months: Sequence[datetime]) -> dict[int, dict[int, int]]:
    """An anonymous day is the business's, as the months are."""
    days = [month.date().isoformat() for month in months]
    month = case(*((anonymous_answers.c.day < end, number) for number, end in enumerate(days[1:])), else_=len(days) - 1)
    statement = (
        select(month, anonymous_answers.c.score, func.count())
        .where(*_unnamed(survey_id), anonymous_answers.c.score.is_not(None), anonymous_answers.c.day >= days[0])
        .group_by(month, anonymous_answers.c.score)
    )
    return _grouped(await db.all(statement))


def _worded(column: ColumnElement[Any], words: str) -> tuple[ColumnElement[bool], ...]:
    """Every word is in it. SQLite folds the case of ASCII only, so that a word is looked for as it begins a sentence, in
    the middle of one, and shouted."""
    return tuple(
        or_(*(column.contains(form, autoescape=True) for form in {word.lower(), word.capitalize(), word.upper()}))
        for word in words.split()[:8]
    )
