"""ABC: most of the revenue first, equals together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm.revenue_classes import CLASSES, Floors, Limits, class_of, floors_of


def test_the_classes_end_where_the_limits_are_crossed() -> None:
    spent = [700, 150, 100, 30, 20]
    floors = floors_of(spent, Limits())
    assert [class_of(one, floors) for one in spent] == ["A", "A", "B", "C", "C"]


def test_limits_are_the_owners_own() -> None:
    spent = [50, 30, 20]
    assert [class_of(one, floors_of(spent, Limits(50, 80))) for one in spent] == ["A", "B", "C"]


def test_nobody_who_spent_nothing_is_of_the_best() -> None:
    assert class_of(0, floors_of([0, 0], Limits())) == "C"
    assert class_of(0, Floors(None, None)) == "C"


@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=60))
def test_who_spent_more_is_of_no_worse_class(spent: list[int]) -> None:
    floors = floors_of(spent, Limits())
    classes = [class_of(one, floors) for one in sorted(spent, reverse=True)]
    assert classes == sorted(classes)
    assert set(classes) <= set(CLASSES)
