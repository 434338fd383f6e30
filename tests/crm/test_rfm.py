"""RFM: scores that never part equals, groups that cover the grid, the habit of one contact."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crm import rfm
from crm.rfm import Cuts, Scores


def test_every_cell_has_a_group_and_every_group_a_cell() -> None:
    cells = [(r, fm) for r in range(1, 6) for fm in range(1, 6)]
    assert {rfm.group_of(*cell) for cell in cells} == set(rfm.GROUPS)
    assert sorted(cell for group in rfm.GROUPS for cell in rfm.cells_of(group)) == cells


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_the_places_of_the_cuts_are_where_the_cuts_are(values: list[int]) -> None:
    in_order = sorted(values)
    at_places = [in_order[place] for place in rfm.places_of_cuts(len(values))]
    assert at_places == list(rfm.cuts_of(Counter(values).items()))


def test_who_bought_lately_often_and_for_much_is_a_champion_and_who_did_long_ago_is_not_to_be_lost() -> None:
    assert Scores(5, 5, 5).group == "champions"
    assert Scores(1, 5, 5).group == "cannot_lose"
    assert Scores(5, 1, 1).group == "new"
    assert Scores(1, 1, 1).group == "lost"


def test_frequency_and_money_are_averaged_upwards() -> None:
    assert Scores(3, 2, 3).fm == 3


def test_scores_follow_from_where_they_begin() -> None:
    cuts = Cuts(("2026-01-01", "2026-03-01", "2026-06-01", "2026-09-01"), (1, 1, 2, 4), (100, 200, 300, 400))
    assert rfm.scores("2026-10-01", 1, 250, cuts) == Scores(5, 1, 3)
    assert rfm.scores("2026-01-01", 5, 401, cuts) == Scores(1, 5, 5)


def test_a_habit_counts_days_and_leaves_the_first_out_of_the_mean() -> None:
    bought = [(date(2026, 1, 1), 50.0), (date(2026, 1, 1), 10.0), (date(2026, 1, 31), 30.0), (date(2026, 3, 2), 50.0)]
    assert rfm.habit(bought, date(2026, 4, 11)) == rfm.Habit(2, 60, 100, 40.0)
    assert rfm.habit(bought[:2], date(2026, 1, 11)) == rfm.Habit(0, 0, 10, 0.0)
    assert rfm.habit([], date(2026, 1, 11)) is None


@given(st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2025, 1, 1)), st.floats(1, 1e6)), min_size=1))
def test_a_habit_fits_into_its_age(bought: list[tuple[date, float]]) -> None:
    habit = rfm.habit(bought, date(2026, 1, 1))
    assert habit is not None
    assert 0 <= habit.span_days <= habit.age_days
    assert habit.repeats <= habit.span_days


@given(st.lists(st.integers(0, 12), min_size=1, max_size=80))
def test_the_cuts_of_counted_values_score_as_the_rule_says(values: list[int]) -> None:
    cuts = rfm.cuts_of(Counter(values).items())
    assert len(cuts) == 4
    for value in values:
        by_rule = 1 + 5 * sum(other < value for other in values) // len(values)
        assert 1 + sum(value > cut for cut in cuts) == by_rule
