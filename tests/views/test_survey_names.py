"""What the team calls a survey."""

from __future__ import annotations

import pytest

from crm.playbook import Survey
from locales import words_in
from views import survey_asking

ASK = {"ask": {"en": "How was it?", "uk": "Як усе минуло?"}}


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ({"kind": "csat", "after": "visit + 3h"}, "Visit rating"),
        ({"kind": "csat", "after": "request_done + 3h"}, "Satisfaction"),
        ({"kind": "nps", "at": "quarterly"}, "Likelihood to recommend"),
        ({"kind": "ces"}, "How easy we are to deal with"),
        ({"kind": "own"}, "Questions of our own"),
        ({"kind": "nps", "title": {"en": "Would they recommend us"}}, "Would they recommend us"),
    ],
)
def test_a_survey_without_a_title_is_called_by_what_its_kind_asks(written: dict[str, object], named: str) -> None:
    survey = Survey.model_validate({"id": "s", **ASK, **written})
    assert survey_asking.name(words_in("en"), survey) == named
