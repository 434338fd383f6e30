"""What must hold within a survey: one thing that starts it, scores it has, texts and questions that fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crm import check_parts, form_branches, form_checks, placeholders, segments, survey_forms
from crm.check_parts import Mistake, Path
from crm.playbook import CONTACT_FIELDS, Playbook, Survey

TYPES: Final = ("text", "choice", "choices", "number", "yes_no", "date")
"""What a survey asks. Phones, places and files are left in a form, which makes a request of them."""


def survey(playbook: Playbook, survey: Survey, path: Path) -> Iterator[Mistake]:
    """Every mistake of one survey."""
    if survey.after is not None and survey.at is not None:
        suggestion = 'after = "request_done + 2h", or at = "quarterly"'
        yield Mistake(path, "a survey begins either `after` or `at`, and not both", suggestion)
    if survey.segment is not None:
        fields = segments.contact_fields(playbook)
        yield from check_parts.condition(lambda text: segments.parse(text, fields), survey.segment, (*path, "segment"))
    yield from check_parts.title(survey.title, (*path, "title"))
    yield from _questions(playbook, survey, path)
    yield from _scores(survey, path)
    yield from _time(survey, path)
    if survey.anonymous:
        yield from _unnamed(survey, path)
    if survey.shown_as == "poll":
        yield from _poll(survey, path)
    yield from _followup(survey, path)
    allowed = placeholders.ABOUT_REQUEST if survey.after is not None else placeholders.ABOUT_PERSON
    yield from check_parts.values_in(survey.ask, (*path, "ask"), allowed)
    yield from check_parts.values_in(survey.followup.ask, (*path, "followup", "ask"), allowed)
    for key in ("thanks", "thanks_low", "thanks_middle", "thanks_high"):
        yield from check_parts.values_in(getattr(survey, key), (*path, key), allowed)


def _questions(playbook: Playbook, survey: Survey, path: Path) -> Iterator[Mistake]:
    if survey.kind != "own":
        if survey.steps:
            message = f"a survey of kind {survey.kind} has one question, and its scale"
            yield Mistake((*path, "step"), message, 'kind = "own"')
        if survey.score is not None:
            yield Mistake((*path, "score"), f"the score of {survey.kind} is its only answer", "leave it out")
        return
    if not survey.steps:
        yield Mistake(
            path, "a survey of your own needs questions", "add [[survey.step]] with a field, a type and an ask"
        )
    form = survey_forms.made(playbook, survey, f"{survey_forms.PREFIX}{survey.id}")
    yield from form_checks.steps(playbook, form, form.steps, path)
    for i, step in enumerate(survey.steps):
        if step.type not in TYPES:
            message = f"a survey does not ask for a {step.type}: a form does"
            yield Mistake((*path, "step", i, "type"), message, "one of: " + ", ".join(TYPES))
        if step.field in CONTACT_FIELDS or playbook.field(step.field) is not None:
            message = f"{step.field!r} is a field of the card, and answers to a survey do not go there"
            yield Mistake((*path, "step", i, "field"), message, f"{step.field}_now, for example")


def _scores(survey: Survey, path: Path) -> Iterator[Mistake]:
    if survey.kind == "own" and survey.score is not None:
        known = [step.field for step in survey.steps]
        if survey.score not in known:
            message = f"no question of this survey is called {survey.score!r}"
            yield Mistake((*path, "score"), message, check_parts.nearest(survey.score, known))
            return
        if not survey.scores:
            message = "a score is a whole number from 0 to 10"
            suggestion = 'type = "number" with min and max, or options whose ids are numbers'
            yield Mistake((*path, "score"), message, suggestion)
            return
    scores = survey.scores
    for key, value in (("low", survey.low), ("high", survey.high)):
        if value is None:
            continue
        if not scores:
            yield Mistake((*path, key), "this survey has no score", 'score = "the field of a question"')
        elif value not in scores:
            yield Mistake((*path, key), f"scores of {survey.kind} go from {scores[0]} to {scores[-1]}")
    low, high = survey.low_score, survey.high_score
    if low in scores and high in scores and low is not None and high is not None and low >= high:
        yield Mistake((*path, "high" if survey.high is not None else "low"), "low is not less than high")
    if not scores:
        for key in ("thanks_low", "thanks_middle", "thanks_high", "review_url"):
            if getattr(survey, key) is not None:
                yield Mistake((*path, key), "it depends on a score, which this survey does not have", "add score")


POLL_QUESTION: Final = 240
"""Of Telegram's 300 characters, 60 are left to the person's name."""


def _poll(survey: Survey, path: Path) -> Iterator[Mistake]:
    if survey.kind == "own":
        yield Mistake(
            (*path, "as"), "own questions branch and may be free words: no poll can ask them", 'as = "buttons"'
        )
    if survey.anonymous:
        message = "a poll's answer comes with who gave it, and stays in their chat"
        yield Mistake((*path, "as"), message, 'as = "buttons"')
    for language, said in check_parts.by_language(survey.ask):
        if len(said) > POLL_QUESTION:
            message = f"{len(said)} characters are too many for the question of a poll: at most {POLL_QUESTION}"
            yield Mistake((*path, "ask", language), message)


def _unnamed(survey: Survey, path: Path) -> Iterator[Mistake]:
    """An anonymous score stands nowhere beside a person, so nothing that a person sees or gets can depend on it."""
    depends = {key: getattr(survey, key) for key in ("thanks_low", "thanks_middle", "thanks_high", "review_url")}
    depends |= {"referral": survey.referral or None, "followup": survey.followup.ask or survey.followup.alert or None}
    for key, said in depends.items():
        if said is not None:
            message = "an anonymous score is told to nobody, so nothing can follow from it"
            yield Mistake((*path, key), message, "leave it out")


def _time(survey: Survey, path: Path) -> Iterator[Mistake]:
    if survey.remind_after is not None and survey.open_for is not None and survey.open_for <= survey.remind_after:
        yield Mistake(
            (*path, "remind_after"), "the survey is over before its reminder", "remind_after less than open_for"
        )


def _followup(survey: Survey, path: Path) -> Iterator[Mistake]:
    yield from check_parts.condition(form_branches.parse_score, survey.followup.when, (*path, "followup", "when"))
    if survey.kind == "own" and (survey.followup.ask is not None or survey.followup.when is not None):
        message = "a survey of your own asks by its questions"
        yield Mistake((*path, "followup"), message, "a [[survey.step]] with `when` instead")
    elif survey.followup.when is not None and survey.followup.ask is None and not survey.followup.alert:
        yield Mistake((*path, "followup"), "nothing follows: neither ask nor alert is given", "alert = true")
