"""What answers come to, against figures worked out elsewhere and against chance itself."""

from __future__ import annotations

import random

import pytest

from crm import survey_scores
from crm.playbook_surveys import SCALES


@pytest.mark.parametrize(
    ("freedom", "expected"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (1000, 1.962)],
)
def test_students_quantiles_are_those_of_the_tables(freedom: int, expected: float) -> None:
    assert survey_scores.student(freedom) == pytest.approx(expected, abs=0.01)


def test_wilsons_interval_is_that_of_the_textbook() -> None:
    value, low, high = survey_scores.share(8, 10)
    assert (value, round(low, 1), round(high, 1)) == (80, 49.0, 94.3)
    assert survey_scores.share(0, 5)[1] == 0
    assert survey_scores.share(5, 5)[2] == pytest.approx(100)


def test_nps_is_promoters_less_detractors() -> None:
    found = survey_scores.figure("nps", {10: 5, 9: 1, 8: 2, 6: 1, 0: 1}, SCALES["nps"])
    assert found is not None
    assert (found.value, found.answers) == (40, 10)
    assert found.low < 40 < found.high


def test_the_figure_lies_in_its_interval_however_few_answers_there_are() -> None:
    for answers in range(1, 6):
        value, low, high = survey_scores.net_promoters(answers, 0, answers)
        assert (value, high) == (100, 100)
        assert -100 <= low < 100


def test_satisfied_are_the_two_best_stars_and_easy_of_any_degree() -> None:
    stars = survey_scores.figure("csat", {5: 2, 4: 1, 3: 1}, SCALES["csat"])
    effort = survey_scores.figure("ces", {7: 1, 5: 1, 4: 2}, SCALES["ces"])
    assert stars is not None
    assert effort is not None
    assert (stars.value, stars.mean, effort.value) == (75, 4.25, 50)


def test_a_mean_stays_on_its_scale() -> None:
    found = survey_scores.figure("own", {5: 1}, range(6))
    assert found is not None
    assert (found.value, found.low, found.high) == (5, 0, 5)


def test_without_answers_there_is_no_figure() -> None:
    assert survey_scores.figure("nps", {}, SCALES["nps"]) is None


@pytest.mark.parametrize("answers", [10, 60])
def test_the_truth_lies_in_the_interval_of_nps_about_as_often_as_is_said(answers: int) -> None:
    chance = random.Random(7)
    inside = 0
    for _ in range(1000):
        drawn = chance.choices(("up", "level", "down"), weights=(5, 3, 2), k=answers)
        _, low, high = survey_scores.net_promoters(drawn.count("up"), drawn.count("down"), answers)
        inside += low <= 30 <= high
    assert 930 <= inside <= 975
