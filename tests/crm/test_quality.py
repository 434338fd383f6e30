"""What may be wrong with a base, and its one figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import quality, segments


@pytest.mark.parametrize("line", [one for one in quality.LINES if one.query is not None], ids=lambda one: one.id)
def test_every_line_is_a_segment_that_can_be_read(line: quality.Line) -> None:
    assert line.query is not None
    segments.parse(line.query)


def test_a_base_without_faults_is_perfect_and_one_with_all_of_them_worth_nothing() -> None:
    assert quality.score({}, 10) == 100
    assert quality.score({}, 0) == 100
    assert quality.score({line.id: 10 for line in quality.LINES}, 10) == 0


def test_a_missing_name_costs_more_than_a_missing_city() -> None:
    assert quality.score({"no_name": 10}, 10) < quality.score({"no_city": 10}, 10)


@given(st.dictionaries(st.sampled_from([line.id for line in quality.LINES]), st.integers(0, 50)), st.integers(1, 40))
def test_more_faults_are_never_a_better_base(faults: dict[str, int], cards: int) -> None:
    worse = {line: count + 1 for line, count in faults.items()}
    assert 0 <= quality.score(worse, cards) <= quality.score(faults, cards) <= 100
