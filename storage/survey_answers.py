"""Survey answers: one row a question that was put to a person, kept from its score on; the last word counts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import survey_answers


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to one survey. `key` is the outbox row's that asked; `staff_id` is who served them."""

    key: str
    survey_id: str
    kind: str
    contact_id: int
    request_id: int | None
    staff_id: int | None
    score: int
    comment: str | None
    asked_at: datetime
    scored_at: datetime


COLUMNS = [survey_answers.c[field.name] for field in fields(Answer)]


async def get(db: Reads, key: str) -> Answer | None:
    row = await db.first(select(*COLUMNS).where(survey_answers.c.key == key))
    return None if row is None else Answer(*row)


async def keep(tx: Tx, answer: Answer) -> None:
    """Writes the answer; of one given twice the last score stays, its comment is untouched."""
    statement = upsert(survey_answers).values(**{field.name: getattr(answer, field.name) for field in fields(Answer)})
    last = {"score": statement.excluded.score, "scored_at": statement.excluded.scored_at}
    await tx.run(statement.on_conflict_do_update(index_elements=["key"], set_=last))


async def keep_comment(tx: Tx, key: str, comment: str | None) -> None:
    """What the person added in their own words."""
    await tx.run(update(survey_answers).where(survey_answers.c.key == key).values(comment=comment))
