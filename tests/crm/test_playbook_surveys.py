"""Surveys as the owner writes them: kinds, scales, bands of scores, and every mistake told."""

from __future__ import annotations

import pytest

from crm import playbook_reading, survey_forms
from crm.playbook import Survey
from crm.playbook_reading import PlaybookErrors

BEGINNING = """
[business]
name = "Linen"
languages = ["en"]

[[field]]
id = "colour"
type = "text"
title = "Colour"

[[form]]
id = "booking"
title = "Book"
  [[form.step]]
  field = "name"
  type = "text"

[[survey]]
id = "asked"
ask = "How was it?"
"""
OWN = """kind = "own"
score = "ease"
low = 2
  [[survey.step]]
  field = "ease"
  type = "number"
  min = 0
  max = 5
  ask = "How easy?"
  [[survey.step]]
  field = "why"
  type = "text"
  when = "ease<=2"
  ask = "Why?"
"""


def one(**said: object) -> Survey:
    return Survey.model_validate({"id": "a", "ask": "?", **said})


def mistake(text: str) -> str:
    with pytest.raises(PlaybookErrors) as caught:
        playbook_reading.read(BEGINNING + text)
    (only,) = caught.value.problems
    return f"{only.message} {only.suggestion or ''}"


@pytest.mark.parametrize(
    ("kind", "scores", "low", "high"),
    [("csat", range(1, 6), 3, 5), ("nps", range(11), 6, 9), ("ces", range(1, 8), 4, 6)],
)
def test_each_kind_has_its_scale_and_what_people_mean_by_low_and_high(
    kind: str, scores: range, low: int, high: int
) -> None:
    survey = one(kind=kind)
    assert survey.scores == scores
    assert [survey.band(score) for score in (low, low + 1, high)] == ["low", "middle", "high"]


def test_thanks_fit_the_score_and_are_the_general_ones_where_none_are_written() -> None:
    survey = one(kind="nps", thanks="thanks", thanks_low="sorry", thanks_high="hooray")
    said = [survey.thanks_for(score) for score in (0, 8, 10, None)]
    assert [text.say("en") if text else None for text in said] == ["sorry", "thanks", "hooray", "thanks"]


def test_a_survey_of_ones_own_is_a_form_with_branches_and_a_score() -> None:
    playbook = playbook_reading.read(BEGINNING + OWN)
    survey = playbook.survey("asked")
    assert survey is not None
    assert (survey.scores, survey.band(2), survey.band(5)) == (range(6), "low", "high")
    form = survey_forms.form(playbook, "survey:asked:17:202611241000")
    assert form is not None
    assert [step.field for step in form.steps] == ["ease", "why"]
    assert survey_forms.form(playbook, form.id) is form
    assert survey_forms.form(playbook, "survey:gone:18") is None
    assert survey_forms.survey_id("booking") is None


def test_a_survey_that_nothing_starts_is_put_by_hand() -> None:
    survey = playbook_reading.read(BEGINNING + 'kind = "ces"').survey("asked")
    assert survey is not None
    assert (survey.after, survey.at) == (None, None)


def test_options_that_are_numbers_are_scores() -> None:
    options = 'type = "choice"\n  option = [{ id = "1", title = "Bad" }, { id = "4", title = "Good" }]'
    text = OWN.replace('type = "number"\n  min = 0\n  max = 5', options).replace("ease<=2", "ease:1")
    playbook = playbook_reading.read(BEGINNING + text)
    survey = playbook.survey("asked")
    assert survey is not None
    assert survey.scores == range(1, 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('kind = "nps"\nafter = "visit + 2h"\nat = "weekly"', "either `after` or `at`"),
        ('kind = "own"', "needs questions"),
        ('kind = "nps"\nlow = 9', "low is not less than high"),
        ('kind = "ces"\nlow = 8', "from 1 to 7"),
        ('kind = "nps"\nscore = "ease"', "only answer"),
        ('kind = "csat"' + OWN.partition("low = 2")[2], "one question"),
        (OWN.replace('score = "ease"', 'score = "eas"'), "did you mean 'ease'"),
        (OWN.replace('score = "ease"', 'score = "why"').replace("low = 2\n", ""), "whole number from 0 to 10"),
        (OWN.replace('score = "ease"\n', ""), "has no score"),
        (OWN.replace('score = "ease"\nlow = 2', 'thanks_high = "!"'), "depends on a score"),
        (OWN.replace('type = "text"', 'type = "location"'), "a form does"),
        (OWN.replace('field = "why"', 'field = "colour"'), "field of the card"),
        (OWN.replace("ease<=2", "later<=2"), "no such field"),
        ('followup.ask = "Why?"\n' + OWN, "asks by its questions"),
        ('kind = "nps"\nremind_after = "3d"\nopen_for = "2d"', "over before its reminder"),
        ('kind = "nps"\nthanks_high = "{surname}"', "means nothing here"),
        ('kind = "nps"\nanonymous = true\nreview_url = "https://example.com"', "told to nobody"),
        ('kind = "nps"\nanonymous = true\nas = "poll"', "comes with who gave it"),
        ('as = "poll"\n' + OWN, "no poll can ask them"),
        ('kind = "nps"\nanonymous = true\nfollowup.alert = true', "told to nobody"),
    ],
)
def test_every_mistake_of_a_survey_is_told(text: str, said: str) -> None:
    assert said in mistake(text)
