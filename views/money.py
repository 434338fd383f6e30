"""Sums of money as a person reads them: "1 500,50 ₴", "$20", in the grouping and with the decimal mark of the language."""

from __future__ import annotations

from typing import Final

from babel import Locale
from babel.numbers import format_decimal

from crm import amounts, currencies

_SIGNS: Final = {code: sign for sign, code in currencies.SYMBOLS.items()} | {"PLN": "zł", "CZK": "Kč"}
_SIGN_FIRST: Final = frozenset({"USD", "EUR", "GBP", "JPY"})
"""Signs that English puts before the figure."""
_GAP: Final = "\u00a0"  # the sum stays on one line


def money(minor: int, currency: str, language: str) -> str:
    """A sum in minor units, with the currency's sign. Whole sums are said without zeros. Plain."""
    value = amounts.in_major(minor, currency)
    digits = 0 if value == value.to_integral_value() else currencies.minor_digits(currency)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    figure = format_decimal(abs(value), format=pattern, locale=Locale.parse(language))
    sign = _SIGNS.get(currency, currency)
    first = language == "en" and currency in _SIGN_FIRST
    whole = f"{sign}{figure}" if first else f"{figure}{_GAP}{sign}"
    return f"\u2212{whole}" if minor < 0 else whole
