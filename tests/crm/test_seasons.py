"""Seasons: a far day that nobody says by its date."""

from __future__ import annotations

from datetime import date

import pytest

from crm import seasons

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("said", "day", "rest"),
    [
        ("весной перезвонить про ипотеку", date(2027, 3, 1), "перезвонить про ипотеку"),
        ("навесні зателефонувати", date(2027, 3, 1), "зателефонувати"),
        ("in spring call back", date(2027, 3, 1), "call back"),
        ("зимой, шины", date(2026, 12, 1), "шины"),
        ("next autumn, roof", date(2027, 9, 1), "roof"),
    ],
)
def test_a_season_is_its_next_first_day(said: str, day: date, rest: str) -> None:
    """The rest of the words stays."""
    assert seasons.read_leading(said, today=TODAY) == (day, rest)


@pytest.mark.parametrize("said", ["fall behind", "spring cleaning", "позвонить весной", "in two days", "in the"])
def test_a_word_of_the_message_is_no_season(said: str) -> None:
    """It is read at the beginning only, and in English after its "in"."""
    assert seasons.read_leading(said, today=TODAY) == (None, said)


def test_a_season_that_begins_today_is_next_years() -> None:
    """Today has passed as far as a plan is concerned."""
    assert seasons.read_leading("весной", today=date(2026, 3, 1)) == (date(2027, 3, 1), "")
