"""Results of surveys: counted by score, month, manager and what was asked for; anonymous ones only among others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from storage import survey_results, tables
from storage.engine import Database, Tx
from tests.storage.makers import NOW, make_contact, make_outbox_row, make_request, make_staff

MONTHS = [datetime(2026, month, 1, tzinfo=UTC) for month in (9, 10, 11, 12)]


async def answer(database: Database, contact: int, score: int | None, *, at: datetime = NOW, **more: Any) -> None:
    values = {"survey_id": "visit", "kind": "csat", "asked_at": at, "scored_at": at, "finished_at": at} | more
    number = len(await _all(database))

    async def unit(tx: Tx) -> None:
        statement = insert(tables.survey_answers)
        await tx.run(statement.values(key=f"survey:visit:{number}", contact_id=contact, score=score, **values))

    await database.write(unit)


async def unnamed(
    database: Database, score: int | None, *, day: str = "2026-11-10", comment: str | None = None
) -> None:
    async def unit(tx: Tx) -> None:
        values = {"survey_id": "visit", "kind": "csat", "score": score, "day": day, "comment": comment}
        await tx.run(insert(tables.anonymous_answers).values(**values))

    await database.write(unit)


async def _all(database: Database) -> list[Any]:
    async with database.read() as db:
        return list(await db.all(tables.survey_answers.select()))


async def test_scores_are_counted_by_month_manager_and_what_was_asked_for(database: Database) -> None:
    olga, bob = await make_contact(database), await make_staff(database)
    told = [{"field": "service", "label": "Послуга", "value": "cut", "shown": "Стрижка"}, {"field": "x", "shown": "y"}]
    cut = await make_request(database, olga, answers=told)
    await answer(database, olga, 5, staff_id=bob, request_id=cut)
    await answer(database, olga, 5, at=NOW - timedelta(days=40), staff_id=bob)
    await answer(database, olga, 2, request_id=cut)
    await answer(database, olga, None, scored_at=None, finished_at=None, kind="own")
    async with database.read() as db:
        assert await survey_results.scores(db, "visit") == {2: 1, 5: 2}
        assert await survey_results.by_month(db, "visit", MONTHS) == [{}, {5: 1}, {2: 1, 5: 1}]
        assert await survey_results.by_manager(db, "visit") == {"Богдан": {5: 2}}
        assert await survey_results.by_answer(db, "visit", {"service"}) == {"Стрижка": {2: 1, 5: 1}}
        found = await survey_results.reached(db, "visit")
        assert (found.answered, found.unfinished) == (3, 1)
        assert await survey_results.scores(db, "other") == {}


async def test_who_was_asked_is_who_got_the_message(database: Database) -> None:
    for number, (state, revision) in enumerate((("sent", 1), ("pending", 1), ("pending", 0), ("skipped", 0))):
        await make_outbox_row(database, key=f"survey:visit:{number}", state=state, sent_revision=revision)
    await make_outbox_row(database, key="survey:visits:1", state="sent", sent_revision=1)
    async with database.read() as db:
        assert (await survey_results.reached(db, "visit")).asked == 2


async def test_anonymous_answers_are_shown_from_five_on(database: Database) -> None:
    for score in (1, 2, 3, 4):
        await unnamed(database, score, comment=f"Холодно {score}")
    async with database.read() as db:
        assert await survey_results.scores(db, "visit") == {}
        assert await survey_results.comments(db, "visit", "", offset=0, limit=9) == []
        assert await survey_results.unnamed_rows(db, "visit") == []
        assert (await survey_results.reached(db, "visit")).hidden
    await unnamed(database, 5, day="2026-10-02")
    async with database.read() as db:
        assert await survey_results.scores(db, "visit") == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1}
        assert await survey_results.by_month(db, "visit", MONTHS) == [{}, {5: 1}, {1: 1, 2: 1, 3: 1, 4: 1}]
        assert len(await survey_results.comments(db, "visit", "", offset=0, limit=9)) == 4


async def test_comments_alone_are_no_answers_that_make_others_visible(database: Database) -> None:
    for _ in range(4):
        await unnamed(database, 1)
    await unnamed(database, None, comment="Холодно")
    async with database.read() as db:
        assert (await survey_results.reached(db, "visit")).hidden
        assert await survey_results.comments(db, "visit", "", offset=0, limit=9) == []


async def test_what_was_written_is_found_in_any_case(database: Database) -> None:
    olga = await make_contact(database, name="Ольга")
    for words in ("Довго чекала", "дуже ДОВГО", "50% знижки", "Швидко"):
        await answer(database, olga, 3, comment=words)
    async with database.read() as db:

        async def found(words: str) -> list[str]:
            return [one.text for one in await survey_results.comments(db, None, words, offset=0, limit=9)]

        assert sorted(await found("довго")) == ["Довго чекала", "дуже ДОВГО"]
        assert await found("чекала довго") == ["Довго чекала"]
        assert await found("50%") == ["50% знижки"]
        assert await found("%") == ["50% знижки"]
        assert len(await survey_results.comments(db, "visit", "", offset=1, limit=2)) == 2


async def test_answers_to_own_questions_are_counted_by_question(database: Database) -> None:
    olga = await make_contact(database)
    for shown in ("Так", "Так", "Ні"):
        told = [{"field": "again", "label": "Прийдете ще?", "value": shown == "Так", "shown": shown}]
        told.append({"field": "why", "label": "Чому?", "value": "бо", "shown": "бо"})
        await answer(database, olga, None, answers=told)
    async with database.read() as db:
        assert await survey_results.by_option(db, "visit", {"again"}) == {"Прийдете ще?": {"Ні": 1, "Так": 2}}
