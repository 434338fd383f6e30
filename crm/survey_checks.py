"""What must hold within a survey: something that starts it, scores it has, texts and questions that fit."""

from __future__ import annotations

from collections.abc import Iterator

from crm import check_parts, form_branches, placeholders, segments
from crm.check_parts import Mistake, Path
from crm.playbook import Playbook, Survey


def survey(playbook: Playbook, survey: Survey, path: Path) -> Iterator[Mistake]:
    """Every mistake of one survey."""
    if (survey.after is None) == (survey.at is None):
        suggestion = 'after = "request_done + 2h", or at = "quarterly"'
        yield Mistake(path, "a survey needs either `after` or `at`, and not both", suggestion)
    if survey.low is not None and survey.low not in survey.scores:
        scores = survey.scores
        yield Mistake((*path, "low"), f"scores of {survey.kind} go from {scores[0]} to {scores[-1]}")
    if survey.segment is not None:
        fields = segments.contact_fields(playbook)
        yield from check_parts.condition(lambda text: segments.parse(text, fields), survey.segment, (*path, "segment"))
    yield from check_parts.condition(form_branches.parse_score, survey.followup.when, (*path, "followup", "when"))
    if survey.followup.when is not None and survey.followup.ask is None and not survey.followup.alert:
        yield Mistake((*path, "followup"), "nothing follows: neither ask nor alert is given", "alert = true")
    allowed = placeholders.ABOUT_REQUEST if survey.after is not None else placeholders.ABOUT_PERSON
    yield from check_parts.values_in(survey.ask, (*path, "ask"), allowed)
    yield from check_parts.values_in(survey.followup.ask, (*path, "followup", "ask"), allowed)
    yield from check_parts.values_in(survey.thanks, (*path, "thanks"), allowed)
