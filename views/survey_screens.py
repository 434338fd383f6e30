"""Results of surveys as the team reads them: figures with their intervals, bars of scores, trends, what people wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from crm.playbook import Survey
from crm.playbook_surveys import SCALES
from crm.survey_scores import Figure
from locales import Words
from views import answered, ratings, survey_asking
from views.messages import Button, Screen
from views.staff_names import Reader, escaped, fitted

BAR: Final = 12
COMMENT: Final = 500
TREND: Final = 6
"""Months that a page shows; the picture shows all of them."""

Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One survey's figures. `hidden`: its anonymous answers are too few to be shown."""

    survey: Survey
    asked: int
    answered: int
    unfinished: int
    hidden: bool
    counts: dict[int, int]
    figure: Figure | None
    trend: Sequence[tuple[date, Figure]] = ()
    answers: dict[str, dict[str, int]] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote; `contact_id`, `name` and `at` are None of an anonymous one."""

    text: str
    kind: str
    score: int | None
    contact_id: int | None
    name: str | None
    at: datetime | None
    day: date | None


def listed(reader: Reader, shown: Sequence[Shown]) -> Screen:
    """Every survey in a line, each with its button."""
    words = reader.words
    if not shown:
        return Screen(words("survey-none"), protect=True)
    lines = [f"<b>{words('surveys-title')}</b>"]
    rows: list[Row] = []
    for one in shown:
        called = survey_asking.name(words, one.survey)
        lines.append(f"• <b>{escaped(called)}</b>: {figure(words, one.figure)} · {_reach(words, one)}")
        rows.append((Button(answered.cut(called, 48), f"sv:{one.survey.id}"),))
    lines += ["", words("surveys-hint")]
    return Screen("\n".join(fitted(lines, most=3500)), tuple(rows[:30]), protect=True)


def page(reader: Reader, one: Shown, *, owns: bool) -> Screen:
    """One survey: the figure, how many answered, the bars of its scores and the last months."""
    words, survey = reader.words, one.survey
    groups = [
        [f"<b>{escaped(survey_asking.name(words, survey))}</b>", figure(words, one.figure, full=True)],
        [_reach(words, one)],
    ]
    if one.unfinished:
        groups[1].append(words("surveys-unfinished", count=one.unfinished))
    if one.hidden:
        groups[1].append(words("surveys-hidden"))
    if one.counts:
        groups.append(_bars(words, {score: one.counts.get(score, 0) for score in reversed(survey.scores)}))
    for question, given in (one.answers or {}).items():
        groups.append([f"<b>{escaped(answered.cut(question, 100))}</b>", *_bars(words, dict(list(given.items())[:12]))])
    if len(one.trend) > 1:
        groups.append([words("surveys-trend"), *(_month(words, *month) for month in one.trend[-TREND:])])
    ways: Row = tuple(
        Button(words.plain(f"surveys-by-{way}"), f"svby:{way}:{survey.id}") for way in ("manager", "service", "segment")
    )
    # keys: surveys-by-manager surveys-by-service surveys-by-segment
    rows: list[Row] = [] if survey.anonymous or not one.counts else [ways]
    rows.append((Button(words.plain("surveys-comments"), f"svc:0:{survey.id}"),))
    if one.counts:
        rows.append((Button(words.plain("surveys-picture"), f"svpic:{survey.id}"),))
    if owns:
        rows.append((Button(words.plain("surveys-file"), f"svx:{survey.id}"),))
    rows.append((Button(words.plain("surveys-all"), "svs"),))
    text = fitted(["\n".join(group) for group in groups], most=3500)
    return Screen("\n\n".join(text), tuple(rows), protect=True)


def parts(reader: Reader, survey: Survey, way: str, found: Sequence[tuple[str, Figure]]) -> Screen:
    """The figure of each manager, service or segment."""
    words = reader.words
    title = f"<b>{escaped(survey_asking.name(words, survey))}</b> · {words(f'surveys-by-{way}')}"
    lines = [f"• {escaped(answered.cut(name, 60))}: {figure(words, one)}" for name, one in found]
    back = (Button(words.plain("surveys-back"), f"sv:{survey.id}"),)
    return Screen("\n".join([title, *(fitted(lines, most=3500) or [words("surveys-nothing")])]), (back,), protect=True)


def comments(
    reader: Reader, survey: Survey | None, said: Sequence[Said], *, words_of: str, offset: int, more: bool
) -> Screen:
    """A page of what people wrote, each with the way to their card. `words_of` is what was looked for, plain."""
    words = reader.words
    title = survey_asking.name(words, survey) if survey is not None else words.plain("surveys-title")
    lines = [f"<b>{escaped(title)}</b>" + (f" · «{escaped(answered.cut(words_of, 60))}»" if words_of else "")]
    rows: list[Row] = []
    cards: list[Button] = []
    for one in said:
        when = words.moment(one.at, reader.zone, now=reader.now) if one.at is not None else ""
        if one.day is not None:
            when = words.day(one.day, today=reader.now.date())
        who = one.name or (words.plain("guest", number=str(one.contact_id)) if one.contact_id is not None else None)
        named = escaped(answered.cut(who, 60)) if who is not None else words("surveys-unnamed")
        score = f" · {_score(one.kind, one.score)}" if one.score is not None else ""
        lines.append(f"{named}{score} · {when}\n<blockquote>{escaped(answered.cut(one.text, COMMENT))}</blockquote>")
        if one.contact_id is not None and who is not None:
            cards.append(Button(answered.cut(who, 24), f"card:{one.contact_id}"))
    if not said:
        lines.append(words("surveys-no-comments"))
    rows += [tuple(cards[at : at + 3]) for at in range(0, len(cards), 3)]
    verb = f"svc:{{}}:{survey.id}" if survey is not None else "svw:{}"
    turn = [Button("◀", verb.format(max(offset - len(said), 0) if offset else 0))] if offset else []
    if more:
        turn.append(Button("▶", verb.format(offset + len(said))))
    if turn:
        rows.append(tuple(turn))
    rows.append((Button(words.plain("surveys-back"), f"sv:{survey.id}" if survey is not None else "svs"),))
    return Screen("\n\n".join(fitted(lines, most=3800)), tuple(rows), protect=True)


def figure(words: Words, one: Figure | None, *, full: bool = False) -> str:
    """«NPS 42 (от 31 до 52)»; in full with the mean of the scores."""
    if one is None:
        return words("surveys-no-figure")
    said = words(
        f"surveys-figure-{one.unit}",
        value=_number(words, one, one.value),
        low=_number(words, one, one.low),
        high=_number(words, one, one.high),
    )
    # keys: surveys-figure-nps surveys-figure-share surveys-figure-mean
    return f"{said}\n{words('surveys-mean', mean=words.number(round(one.mean, 2)))}" if full else said


def _number(words: Words, one: Figure, value: float) -> str:
    return words.number(round(value, 1) if one.unit == "mean" else round(value))


def _reach(words: Words, one: Shown) -> str:
    asked = max(one.asked, one.answered)  # answers may be older than the memory of what was sent
    if not asked:
        return words("surveys-unasked")
    share = round(100 * one.answered / asked)
    return words("surveys-reach", answered=one.answered, asked=asked, share=share)


def _score(kind: str, score: int) -> str:
    """Stars of what was asked in stars; else the bare figure."""
    return ratings.brief(kind, score, max(SCALES[kind])) if kind == "csat" else str(score)


def _month(words: Words, month: date, one: Figure) -> str:
    return f"{words.month(month)}: {figure(words, one)} · {words('surveys-answers', count=one.answers)}"


def _bars(words: Words, counts: Mapping[Any, int]) -> list[str]:
    most, whole = max(counts.values(), default=0) or 1, sum(counts.values()) or 1
    return [
        " ".join(
            (
                escaped(answered.cut(str(label), 40)),
                *(["▇" * max(round(BAR * count / most), 1)] if count else []),
                f"{words.number(count)} ({words.number(round(100 * count / whole))} %)",
            )
        )
        for label, count in counts.items()
    ]
