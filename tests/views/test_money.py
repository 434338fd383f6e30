"""Sums of money as each language writes them."""

from __future__ import annotations

import pytest

from crm import amounts
from views.money import money


@pytest.mark.parametrize(
    ("minor", "currency", "language", "shown"),
    [
        (150050, "UAH", "ru", "1\u00a0500,50\u00a0₴"),
        (150000, "UAH", "uk", "1\u00a0500\u00a0₴"),
        (150050, "UAH", "en", "1,500.50\u00a0₴"),
        (2000, "USD", "en", "$20"),
        (2050, "USD", "uk", "20,50\u00a0$"),
        (1500, "JPY", "en", "¥1,500"),
        (1500, "KWD", "en", "1.500\u00a0KWD"),
        (1500, "PLN", "ru", "15\u00a0zł"),
        (-150050, "UAH", "ru", "\u22121\u00a0500,50\u00a0₴"),
        (0, "UAH", "en", "0\u00a0₴"),
    ],
)
def test_a_sum_reads_as_the_language_writes_it(minor: int, currency: str, language: str, shown: str) -> None:
    """Whole sums are said without zeros."""
    assert money(minor, currency, language) == shown


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
@pytest.mark.parametrize("minor", [1, 99, 100, 150050, 123456789])
def test_what_is_shown_can_be_typed(minor: int, language: str) -> None:
    """A sum copied from the screen is the same sum."""
    assert amounts.read(money(minor, "UAH", language), currency="USD") == amounts.Money(minor, "UAH")
