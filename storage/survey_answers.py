"""Survey answers: one row a question that was put to a person, kept from the first word on; the last word counts.
What is anonymous has a table of its own, which knows neither the person nor the hour."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import anonymous_answers, outbox, polls, survey_answers


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to one survey. `key` is the outbox row's that asked; `staff_id` is who served them. Of own
    questions `answers` (a list of {field, label, value, shown}) are kept as far as they went, and `finished_at` says that
    they went to the end."""

    key: str
    survey_id: str
    kind: str
    contact_id: int
    request_id: int | None
    staff_id: int | None
    score: int | None
    comment: str | None
    asked_at: datetime
    scored_at: datetime | None
    answers: list[dict[str, Any]] | None = None
    finished_at: datetime | None = None


COLUMNS = [survey_answers.c[field.name] for field in fields(Answer)]


async def get(db: Reads, key: str) -> Answer | None:
    row = await db.first(select(*COLUMNS).where(survey_answers.c.key == key))
    return None if row is None else Answer(*row)


async def keep(tx: Tx, answer: Answer) -> None:
    """Writes the answer; of one given twice the last stays, its comment is untouched."""
    statement = upsert(survey_answers).values(**{field.name: getattr(answer, field.name) for field in fields(Answer)})
    last = {name: statement.excluded[name] for name in ("score", "scored_at", "answers", "finished_at")}
    await tx.run(statement.on_conflict_do_update(index_elements=["key"], set_=last))


async def keep_comment(tx: Tx, key: str, comment: str | None) -> None:
    """What the person added in their own words."""
    await tx.run(update(survey_answers).where(survey_answers.c.key == key).values(comment=comment))


async def keep_anonymous(
    tx: Tx,
    survey_id: str,
    kind: str,
    *,
    day: date,
    score: int | None = None,
    comment: str | None = None,
    answers: list[dict[str, Any]] | None = None,
) -> None:
    """Writes what nobody said: the survey, the day at the business's door, and the words."""
    values = {"survey_id": survey_id, "kind": kind, "score": score, "comment": comment, "answers": answers}
    await tx.run(insert(anonymous_answers).values(day=day.isoformat(), **values))


async def add_poll(tx: Tx, poll_id: str, key: str, contact_id: int, *, now: datetime) -> None:
    """Remembers by which row a poll was sent: an answer comes with the poll's id only."""
    values = {"poll_id": poll_id, "key": key, "contact_id": contact_id, "at": now}
    await tx.run(upsert(polls).values(**values).on_conflict_do_nothing())


async def key_of_poll(db: Reads, poll_id: str) -> str | None:
    """The key of the survey that a poll asks; None for a poll that is none of ours."""
    return await db.scalar(select(polls.c.key).where(polls.c.poll_id == poll_id))  # type: ignore[no-any-return]


async def doubtful_polls(db: Reads, contact_id: int) -> list[tuple[int, str]]:
    """The rows, and their keys, by which polls may have reached this contact without our noting their ids: what is in
    doubt after a death, or for want of Telegram's reply."""
    noted = select(polls.c.poll_id).where(polls.c.contact_id == contact_id, polls.c.key == outbox.c.key)
    statement = select(outbox.c.id, outbox.c.key).where(
        outbox.c.contact_id == contact_id,
        outbox.c.state.in_(["unknown", "sending"]),
        outbox.c.sent_revision == 0,
        outbox.c.key.startswith("survey"),
        func.json_type(outbox.c.payload, "$.poll").is_not(None),
        ~noted.exists(),
    )
    return [(row.id, row.key) for row in await db.all(statement)]


async def note_arrived(tx: Tx, row_id: int, *, now: datetime) -> None:
    """A poll that was in doubt has reached the person: they voted in it."""
    doubtful = and_(outbox.c.id == row_id, outbox.c.state == "unknown")
    arrived = {"state": "sent", "sent_revision": outbox.c.revision, "sent_at": now, "error": None}
    await tx.run(update(outbox).where(doubtful).values(**arrived))


async def settle(tx: Tx, key: str) -> None:
    """Remembers with the question, and without the answer, that it needs no reminder and takes no second answer."""
    settled = func.json_set(outbox.c.memo, "$.settled", func.json("true"))
    await tx.run(update(outbox).where(outbox.c.key == key).values(memo=settled))


async def note_low(tx: Tx, key: str, score: int, *, task_id: int | None) -> None:
    """Remembers with the question which low score the team has heard of, and which task was made of it: a score that is
    changed later changes what was told."""
    told = func.json_set(outbox.c.memo, "$.low", score, "$.task", task_id)
    await tx.run(update(outbox).where(outbox.c.key == key).values(memo=told))


async def is_asked_of_another(
    db: Reads, contact_id: int, request_id: int, *, since: datetime, before: datetime
) -> bool:
    """Whether the person is asked about another request of theirs too, at about this time."""
    about = func.json_extract(outbox.c.memo, "$.request")
    statement = select(outbox.c.id).where(
        outbox.c.contact_id == contact_id,
        outbox.c.key.like("survey:%"),
        about.is_not(None),
        about != request_id,
        outbox.c.state.in_(["pending", "sending", "sent", "unknown"]),
        outbox.c.due_at.between(since, before),
    )
    return await db.first(statement.limit(1)) is not None
