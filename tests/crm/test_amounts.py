"""Sums of money as people write them."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import amounts, currencies
from crm.amounts import Money, Unread


@pytest.mark.parametrize(
    ("typed", "minor", "currency"),
    [
        ("1500", 150000, "UAH"),
        ("1 500,50", 150050, "UAH"),
        ("1,500.00", 150000, "UAH"),
        ("1.500,50 грн", 150050, "UAH"),
        ("1'500.50", 150050, "UAH"),
        ("1\u00a0500 ₴", 150000, "UAH"),
        ("1\u202f500\u202f000,00 ₴", 150000000, "UAH"),
        ("1.500", 150000, "UAH"),
        ("1,500", 150000, "UAH"),
        ("0,5", 50, "UAH"),
        ("0.500", 50, "UAH"),
        ("1.234.567", 123456700, "UAH"),
        ("1,234,567.89", 123456789, "UAH"),
        ("$20", 2000, "USD"),
        ("$ 20.5", 2050, "USD"),
        ("20$", 2000, "USD"),
        ("20 usd", 2000, "USD"),
        ("USD 20", 2000, "USD"),
        ("20 баксов", 2000, "USD"),
        ("300 р.", 30000, "RUB"),
        ("300р", 30000, "RUB"),
        ("99,90 zł", 9990, "PLN"),
        ("5к", 500000, "UAH"),
        ("5k usd", 500000, "USD"),
        ("1,5 тыс.", 150000, "UAH"),
        ("2 млн", 200000000, "UAH"),
        ("1500 грн 50 коп.", 150050, "UAH"),
        ("1500 JPY", 1500, "JPY"),
        ("¥1,500", 1500, "JPY"),
        ("1.500 KWD", 1500, "KWD"),
        ("1,234.567 KWD", 1234567, "KWD"),
        ("+200", 20000, "UAH"),
        ("٢٠", 2000, "UAH"),
    ],
)
def test_a_sum_is_read_as_it_is_written(typed: str, minor: int, currency: str) -> None:
    assert amounts.read(typed, currency="UAH") == Money(minor, currency)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "none"),
        ("стрижка", "none"),
        ("-500", "negative"),
        ("−500 грн", "negative"),
        ("0", "zero"),
        ("0,00 ₴", "zero"),
        ("1500,123456", "too-fine"),
        ("10.5 JPY", "too-fine"),
        ("1,2,3", "invalid"),
        ("1.50.20", "invalid"),
        ("1,500.50,20", "invalid"),
        ("9" * 40, "invalid"),
        ("999999999999999", "too-large"),
        ("$20 грн", "two-currencies"),
        ("500 стрижка", "invalid"),
    ],
)
def test_what_is_no_sum_is_refused_with_the_reason(typed: str, reason: str) -> None:
    found = amounts.read(typed, currency="UAH")
    assert isinstance(found, Unread), found
    assert found.reason == reason


@pytest.mark.parametrize(
    ("typed", "minor", "currency", "rest"),
    [
        ("1500 стрижка", 150000, "UAH", "стрижка"),
        ("1 500 грн стрижка и укладка", 150000, "UAH", "стрижка и укладка"),
        ("1500 2 пары туфель", 150000, "UAH", "2 пары туфель"),
        ("20 usd, доставка", 2000, "USD", "доставка"),
        ("500 gel polish", 50000, "UAH", "gel polish"),
        ("500 GEL polish", 50000, "GEL", "polish"),
        ("200 top coat", 20000, "UAH", "top coat"),
        ("500 к празднику", 50000, "UAH", "к празднику"),
        ("500 — торт", 50000, "UAH", "торт"),
        ("500 <b>торт</b>", 50000, "UAH", "<b>торт</b>"),
    ],
)
def test_what_was_bought_follows_the_sum(typed: str, minor: int, currency: str, rest: str) -> None:
    assert amounts.read_leading(typed, currency="UAH") == (Money(minor, currency), rest)


def test_a_currency_in_use_may_be_written_small() -> None:
    """Gel is polish in Kyiv and money in Tbilisi."""
    assert amounts.read("500 gel", currency="UAH", known=("GEL",)) == Money(50000, "GEL")
    assert amounts.read("500 gel", currency="GEL") == Money(50000, "GEL")


def test_a_sum_is_brought_to_another_currency_by_its_rate() -> None:
    rates = {"USD": Decimal("41.5"), "JPY": Decimal("0.27"), "KWD": Decimal("135")}
    assert amounts.converted(Money(2000, "USD"), to="UAH", rates=rates) == 83000
    assert amounts.converted(Money(1500, "JPY"), to="UAH", rates=rates) == 40500
    assert amounts.converted(Money(1500, "KWD"), to="UAH", rates=rates) == 20250
    assert amounts.converted(Money(7, "UAH"), to="UAH", rates=rates) == 7
    assert amounts.converted(Money(7, "EUR"), to="UAH", rates=rates) is None


def test_the_sums_of_the_page_are_read() -> None:
    """Every sum that docs/sales.md shows as written."""
    page = (Path(__file__).parent.parent.parent / "docs" / "sales.md").read_text(encoding="utf-8")
    table = page.split("| written | read as |", 1)[1].split("\n\n", 1)[0]
    written = [one for line in table.splitlines()[2:] for one in re.findall(r"`([^`]+)`", line.split("|")[1])]
    assert len(written) > 12
    assert [one for one in written if isinstance(amounts.read(one, currency="UAH"), Unread)] == []


@given(
    st.integers(1, amounts.LARGEST), st.sampled_from(["UAH", "JPY", "KWD"]), st.sampled_from([" ", "'", "", "\u00a0"])
)
def test_every_sum_comes_back_as_it_went(minor: int, currency: str, gap: str) -> None:
    """However it is grouped, a sum that is written is read again."""
    value = amounts.in_major(minor, currency)
    written = f"{value:,.{currencies.minor_digits(currency)}f}".replace(",", gap)
    assert amounts.read(f"{written} {currency}", currency="UAH") == Money(minor, currency)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = amounts.read(text, currency="UAH")
    assert isinstance(found, Unread) or 0 < found.minor <= amounts.LARGEST
