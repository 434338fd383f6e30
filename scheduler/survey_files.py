"""Results of surveys as files: a picture for who asked, and every answer as a sheet for an owner."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from crm.export_columns import Cell
from crm.playbook import Survey
from crm.purposes import Purpose
from locales import Words, words_in
from scheduler import carrying, drawing
from scheduler.office import Office
from services import export_files, picturing, planning, speaking, surveying_by_hand, surveying_results
from services.export_files import Mark
from services.refusals import Refused
from services.surveying_results import Result
from storage import survey_results
from storage.engine import Tx
from views import answered, export_screens, survey_asking, survey_screens
from views.messages import Attachment, Say, Screen
from views.staff_names import escaped

AT_ONCE: Final = 1_000
_COLUMNS: Final = ("asked", "answered", "contact", "username", "number", "manager", "request", "score", "comment")
# keys: survey-column-asked survey-column-answered survey-column-contact survey-column-username survey-column-number
# keys: survey-column-manager survey-column-request survey-column-score survey-column-comment survey-column-day


async def draw(office: Office, payload: dict[str, Any]) -> None:
    """Draws a survey's scores and months. Raises GiveUpError when the picture cannot be drawn."""
    words, now = words_in(payload["language"]), office.now()
    try:
        survey = surveying_by_hand.survey(office.place, payload["survey"])
    except Refused:
        return  # the owner has dropped it since: there is no page any more either
    async with office.database.read() as reads:
        result = await surveying_results.one(reads, office.place, survey, now=now)
    path = f"{picturing.FOLDER}/{payload['key']}.png"
    await drawing.drawn(_chart(words, result), office.data_folder / path)
    screen = Screen(
        f"<b>{escaped(survey_asking.name(words, survey))}</b>\n{survey_screens.figure(words, result.figure)}",
        attachment=Attachment("photo", path=path, name="survey.png"),
        protect=True,
    )

    async def unit(tx: Tx) -> None:
        say = Say(screen, chat_id=payload["chat"], thread_id=payload["thread"], purpose=Purpose.ANSWER)
        speaking.say(tx, say, now=now, key=f"picture:{payload['key']}")

    await office.database.write(unit)


def _chart(words: Words, result: Result) -> dict[str, Any]:
    survey, scores = result.survey, result.survey.scores
    bounds = {"nps": (-105, 105), "share": (0, 105)}
    unit = result.figure.unit if result.figure is not None else "mean"
    ends = (scores[0], scores[-1] + 0.2) if scores else (0, 1)
    return {
        "kind": "survey",
        "title": survey_asking.name(words, survey),
        "figure": survey_screens.figure(words, result.figure),
        "across": words.plain("surveys-chart-scores"),
        "over_time": words.plain("surveys-chart-months"),
        "bars": [[str(score), result.counts.get(score, 0), survey.band(score)] for score in scores],
        "trend": [
            [words.month(month), figure.value, figure.low, figure.high]
            for month, figure in (result.trend if len(result.trend) > 1 else ())
        ],
        "span": bounds.get(unit, ends),
    }


async def write(office: Office, payload: dict[str, Any]) -> None:
    """Writes every answer to a sheet and sends it to the owner who asked, if they still are one."""
    words, now = words_in(payload["language"]), office.now()
    taker, log = await carrying.find_taker(office, payload["export"])
    if taker is None or log is None:
        return
    survey_id = payload["survey"]
    survey = office.place.playbooks.current.survey(survey_id)
    zone = planning.zone_of_business(office.place)
    columns = ("day", "score", "comment") if survey is not None and survey.anonymous else _COLUMNS
    questions = _questions(words_in(office.place.playbooks.current.business.language), survey)
    headings = [*(words.plain(f"survey-column-{column}") for column in columns), *questions.values()]
    about = export_screens.about(words, taker.name, now, zone, segment=log.segment)
    mark = Mark(log.mark, about, words.plain("export-sheet-answers"), words.plain("export-sheet-about"))
    path = carrying.file_path("xlsx", log.mark, now.astimezone(zone).date().isoformat())
    sheet = await asyncio.to_thread(export_files.sheet, office.data_folder / path, headings, mark, zone)
    try:
        count = await _write(office, sheet, survey_id, columns, list(questions))
        await asyncio.to_thread(sheet.close)
    except BaseException:
        await asyncio.to_thread(sheet.drop)
        raise
    screen = export_screens.ready(words, count, mark=log.mark, left_out=0)
    await carrying.send(office, taker, log, path, screen, count=count, columns=[*columns, *questions])


async def _write(
    office: Office, sheet: export_files.Sheet, survey_id: str, columns: Sequence[str], questions: Sequence[str]
) -> int:
    """Anonymous answers come without anything beside them, the others a slice at a time."""
    count, after = 0, 0
    if "day" in columns:
        async with office.database.read() as reads:
            found = await survey_results.unnamed_rows(reads, survey_id)
        lines = [[row.day, row.score, row.comment, *_given(row.answers, questions)] for row in found]
        await asyncio.to_thread(sheet.lines, lines)
        return len(lines)
    while True:
        async with office.database.read() as reads:
            found = await survey_results.rows(reads, survey_id, after=after, limit=AT_ONCE)
        lines = [[*_named(row), *_given(row.answers, questions)] for row in found]
        await asyncio.to_thread(sheet.lines, lines)
        count += len(lines)
        if len(found) < AT_ONCE:
            return count
        after = found[-1].id


def _named(row: Any) -> list[Cell]:
    at = row.finished_at or row.scored_at
    known = (row.contact, row.username, row.contact_id, row.manager, row.request_id, row.score, row.comment)
    return [row.asked_at, at, *known]


def _given(answers: list[dict[str, Any]] | None, questions: Sequence[str]) -> list[Cell]:
    told = {one["field"]: one["shown"] for one in answers or ()}
    return [str(told[field]) if field in told else None for field in questions]


def _questions(words: Words, survey: Survey | None) -> dict[str, str]:
    """The own questions with what they are called, in the business's language, as the answers are."""
    return {step.field: answered.label(words, step) for step in (survey.steps if survey is not None else ())}
