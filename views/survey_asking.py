"""Screens of surveys put by hand: which one, to how many, and that it is done."""

from __future__ import annotations

from collections.abc import Sequence

from crm.playbook import Survey
from locales import Words
from views.messages import Button, Screen
from views.staff_names import Reader, Who, escaped, heading


def name(words: Words, survey: Survey) -> str:
    """What the team calls a survey, in the reader's language: its title, else what surveys of its kind ask. Plain."""
    if survey.title is not None:
        return survey.title.say(words.language)
    after_visit = survey.after is not None and survey.after.event == "visit"
    return kind(words, "visit" if survey.kind == "csat" and after_visit else survey.kind)


def kind(words: Words, of: str) -> str:
    """What surveys of this kind (csat, nps, ces, own) ask, also where the survey itself is no longer written. Plain."""
    # keys: survey-named-visit survey-named-csat survey-named-nps survey-named-ces survey-named-own
    return words.plain(f"survey-named-{of}")


def choose(reader: Reader, who: Who, surveys: Sequence[Survey]) -> Screen:
    """Which survey to put to this person."""
    words = reader.words
    rows = [(Button(name(words, one)[:48], f"svone:{who.id}:{one.id}"),) for one in surveys[:20]]
    rows.append((Button(words.plain("button-to-card"), f"card:{who.id}:in"),))
    said = words("survey-choose") if surveys else words("survey-none")
    return Screen(f"{heading(words, who)}\n{said}", tuple(rows), protect=True)


def put(reader: Reader, who: Who, survey: Survey) -> Screen:
    """It is on its way to this person."""
    words = reader.words
    said = words("survey-put", survey=name(words, survey))
    back = (Button(words.plain("button-to-card"), f"card:{who.id}:in"),)
    return Screen(f"{heading(words, who)}\n{said}", (back,), protect=True)


def confirm(
    reader: Reader, survey: Survey, *, found: int, meant: int, reachable: int, count: int, about: str
) -> Screen:
    """How many it would reach, step by step, before it is put: of those `found` so many are `meant` by the survey's own
    segment, where it has one. `about` is the query, plain."""
    words = reader.words
    lines = [
        f"<b>{escaped(name(words, survey))}</b> → {escaped(about) if about else words('survey-everybody')}",
        words("survey-reach-meant", count=found),
        *([words("survey-reach-own", count=meant, segment=survey.segment)] if survey.segment else []),
        words("survey-reach-reachable", count=reachable),
        words("survey-reach-rested", count=count),
    ]
    if not count:
        return Screen("\n".join([*lines, "", words("survey-reach-nobody")]), protect=True)
    rows = (
        (Button(words.plain("survey-send", count=count), f"svsend:{survey.id}"),),
        (Button(words.plain("button-cancel"), "drop"),),
    )
    return Screen("\n".join([*lines, "", words("survey-reach-polite")]), rows, protect=True)


def begun(words: Words, survey: Survey) -> Screen:
    """Long work has it."""
    return Screen(words("survey-begun", survey=name(words, survey)), protect=True)


def done(words: Words, survey: Survey, count: int) -> Screen:
    """It was put to so many."""
    said = words("survey-done", survey=name(words, survey), count=count)
    button = Button(words.plain("survey-results"), f"sv:{survey.id}")
    return Screen(said, ((button,),), protect=True)
