"""What came of surveys, gathered for the team's pages and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from crm import survey_scores
from crm.playbook import Survey
from crm.survey_scores import Figure
from services import segmenting
from services.refusals import Refused
from services.surveying_asked import zone_of
from services.workplace import Place
from storage import saved_segments, survey_results
from storage.engine import Reads
from storage.survey_results import Reached

MONTHS: Final = 12
"""How far back a trend goes."""
SEGMENTS: Final = 10
"""How many saved segments are compared, the first by name: each is counted anew."""
By = Literal["manager", "service", "segment"]
WAYS: Final[tuple[By, ...]] = ("manager", "service", "segment")


@dataclass(frozen=True, slots=True)
class Result:
    """One survey's. `trend` is the figure of each month that had answers, the oldest first; `answers` how often each
    answer to an own question was given, by question."""

    survey: Survey
    reached: Reached
    counts: dict[int, int]
    figure: Figure | None
    trend: tuple[tuple[date, Figure], ...] = ()
    answers: dict[str, dict[str, int]] | None = None


async def everything(db: Reads, place: Place) -> list[Result]:
    """Every survey of the playbook in force, in its order, without trends."""
    return [await _result(db, one) for one in place.playbooks.current.surveys]


async def one(db: Reads, place: Place, survey: Survey, *, now: datetime) -> Result:
    """One survey with its trend."""
    result = await _result(db, survey)
    months = _months(now.astimezone(zone_of(place)))
    scored = await survey_results.by_month(db, survey.id, months)
    figures = (
        (month.date(), survey_scores.figure(survey.kind, counts, survey.scores))
        for month, counts in zip(months[:-1], scored, strict=True)
    )
    trend = tuple((month, figure) for month, figure in figures if figure is not None)
    told = [step.field for step in survey.steps if step.type != "text" and step.field != survey.score]
    return Result(
        survey=survey,
        reached=result.reached,
        counts=result.counts,
        figure=result.figure,
        trend=trend,
        answers=await survey_results.by_option(db, survey.id, told) if told else {},
    )


async def parts(db: Reads, place: Place, survey: Survey, by: By, *, now: datetime) -> list[tuple[str, Figure]]:
    """The figure of each manager, thing that was asked for, or saved segment, the most answered first."""
    if by == "manager":
        found = await survey_results.by_manager(db, survey.id)
    elif by == "service":
        found = await survey_results.by_answer(db, survey.id, _choices(place))
    else:
        found = await _by_segment(db, place, survey, now=now)
    figures = ((name, survey_scores.figure(survey.kind, counts, survey.scores)) for name, counts in found.items())
    known = [(name, figure) for name, figure in figures if figure is not None]
    return sorted(known, key=lambda one: (-one[1].answers, one[0]))


async def _result(db: Reads, survey: Survey) -> Result:
    counts = await survey_results.scores(db, survey.id)
    figure = survey_scores.figure(survey.kind, counts, survey.scores)
    return Result(survey, await survey_results.reached(db, survey.id), counts, figure)


async def _by_segment(db: Reads, place: Place, survey: Survey, *, now: datetime) -> dict[str, Any]:
    found = {}
    for saved in (await saved_segments.everything(db))[:SEGMENTS]:
        try:
            meant = await segmenting.meant_by(db, place, saved, now=now)
        except Refused:
            continue  # a question that can no longer be read is told where it is kept
        found[saved.name] = await survey_results.of_set(db, survey.id, meant)
    return found


def _choices(place: Place) -> set[str]:
    """What requests are told apart by: the questions of forms that have options."""
    return {
        step.field
        for form in place.playbooks.current.forms
        for step in form.steps
        if step.type in ("choice", "choices")
    }


def _months(now: datetime) -> list[datetime]:
    """The beginnings of the last months on the business's clock, and the end of this one."""
    number = now.year * 12 + now.month - 1
    return [
        now.replace(year=one // 12, month=one % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)
        for one in range(number - MONTHS + 1, number + 2)
    ]
