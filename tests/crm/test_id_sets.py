"""A set of ids survives being remembered, and takes little room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import id_sets


@given(st.lists(st.integers(min_value=0, max_value=2**53)))
def test_what_is_packed_is_unpacked_in_order_and_once(ids: list[int]) -> None:
    assert id_sets.unpacked(id_sets.packed(ids)) == sorted(set(ids))


def test_many_ids_take_little_room() -> None:
    every_third = range(1, 300_000, 3)
    assert len(id_sets.packed(every_third)) < 10_000


def test_what_is_no_set_is_refused() -> None:
    with pytest.raises(ValueError, match="no set"):
        id_sets.unpacked("abcde")
