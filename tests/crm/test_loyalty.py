"""Points and promo codes: what is earned, spent and taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from crm import loyalty
from crm.playbook_sales import Loyalty, MoneyRules, Promo

LEVELS: list[dict[str, Any]] = [
    {"id": "silver", "title": "Silver", "from": 5000},
    {"id": "gold", "title": "Gold", "from": 20000, "times": 1.5},
]
TODAY = date(2026, 11, 24)


def rules(**changes: Any) -> Loyalty:
    return Loyalty.model_validate({"earn": "5%", "level": LEVELS} | changes, context={"languages": ("en",)})


def promo(**changes: Any) -> Promo:
    given: dict[str, Any] = {"code": "SPRING10", "percent": "10%"} | changes
    return Promo.model_validate({key: value for key, value in given.items() if value is not None})


@pytest.mark.parametrize(
    ("spent", "level", "following", "missing"),
    [
        (0, None, "silver", 500000),
        (499999, None, "silver", 1),
        (500000, "silver", "gold", 1500000),
        (9999999, "gold", None, 0),
    ],
)
def test_a_level_is_reached_by_what_was_spent(
    spent: int, level: str | None, following: str | None, missing: int
) -> None:
    found = loyalty.standing(rules(), spent, "UAH")
    assert found.tier is None if level is None else found.tier is not None and found.tier.id == level
    assert found.next is None if following is None else found.next is not None and found.next.id == following
    assert found.missing == missing


@pytest.mark.parametrize(
    ("changes", "value", "spent", "points"),
    [
        ({}, 100000, 0, 50),
        ({}, 100000, 2000000, 75),
        ({}, 1999, 0, 0),
        ({"worth": 0.1}, 100000, 0, 500),
        ({"earn": "1 per 10"}, 100050, 0, 100),
        ({"earn": "1 per 10"}, 100050, 2000000, 150),
        ({"earn": "2 per 100"}, 4999, 0, 0),
    ],
)
def test_points_are_earned_by_the_rules_and_the_level(
    changes: dict[str, Any], value: int, spent: int, points: int
) -> None:
    """A share comes back in what points are worth; halves are never given."""
    assert loyalty.earned(rules(**changes), value, "UAH", spent=spent) == points


def test_points_pay_no_more_than_their_share() -> None:
    assert loyalty.usable(rules(), 1000, 100000, "UAH") == 500
    assert loyalty.usable(rules(max_share="30%"), 1000, 100000, "UAH") == 300
    assert loyalty.usable(rules(), 40, 100000, "UAH") == 40
    assert loyalty.usable(rules(), -40, 100000, "UAH") == 0
    assert loyalty.usable(rules(worth=0.1), 10000, 100000, "UAH") == 5000
    assert loyalty.worth(rules(worth=0.1), 5000, "UAH") == 50000


@given(st.integers(0, 10**6), st.integers(1, 10**9), st.lists(st.integers(0, 10**9), max_size=6))
def test_refunds_take_back_what_the_purchase_gave_and_no_more(points: int, value: int, parts: list[int]) -> None:
    """In whatever parts the money goes back, with the last of it go all the points."""
    before, taken, returned = 0, 0, 0
    for now in sorted({min(part, value) for part in parts} | {value}):
        step = loyalty.taken_back(points, value, before=before, now=now)
        back = loyalty.given_back(points, value, before=before, now=now)
        assert step >= 0
        assert back >= 0
        taken, returned, before = taken + step, returned + back, now
    assert taken == returned == points


@given(st.integers(0, 10**6), st.integers(1, 10**9), st.sampled_from([0.01, 0.1, 1, 7.5, 100]), st.integers(1, 99))
def test_points_never_pay_the_whole(balance: int, value: int, worth: float, share: int) -> None:
    of = rules(worth=worth, max_share=f"{share}%")
    points = loyalty.usable(of, balance, value, "UAH")
    assert 0 <= points <= balance
    assert loyalty.worth(of, points, "UAH") <= value * share / 100 < value


@pytest.mark.parametrize(
    ("changes", "used", "theirs", "problem"),
    [
        ({}, 10**6, 10**6, None),
        ({"from": date(2026, 11, 24), "until": date(2026, 11, 24)}, 0, 0, None),
        ({"from": date(2026, 11, 25)}, 0, 0, "early"),
        ({"until": date(2026, 11, 23)}, 0, 0, "over"),
        ({"max_uses": 3}, 2, 2, None),
        ({"max_uses": 3}, 3, 0, "spent"),
        ({"per_person": 1}, 5, 1, "yours-spent"),
        ({"percent": None, "amount": 1000}, 0, 0, "whole"),
        ({"percent": None, "amount": 999.99}, 0, 0, None),
    ],
)
def test_a_code_works_while_it_is_valid_and_not_used_up(
    changes: dict[str, Any], used: int, theirs: int, problem: str | None
) -> None:
    found = loyalty.promo_problem(promo(**changes), 100000, "UAH", today=TODAY, used=used, used_by_them=theirs)
    assert found == problem


def test_a_code_is_known_in_any_case() -> None:
    assert loyalty.promo_named([promo()], "spring10") == promo()
    assert loyalty.promo_named([promo(code="ВЕСНА")], "весна") is not None
    assert loyalty.promo_named([promo()], "spring") is None
    assert loyalty.discount(promo(), 99995, "UAH") == 10000


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"earn": "a lot"}, "no way to earn"),
        ({"earn": "0%"}, "no part of a whole"),
        ({"max_share": "100%"}, "no part of a whole"),
        ({"worth": 0}, "above zero"),
        ({"worth": True}, "above zero"),
        ({"worth": float("nan")}, "above zero"),
        ({"level": [LEVELS[1], LEVELS[0]]}, "must rise"),
        ({"level": [LEVELS[0], LEVELS[0]]}, "one id"),
    ],
)
def test_rules_that_make_no_sense_are_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        rules(**wrong)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"percent": None}, "either a share or a sum"),
        ({"amount": 5}, "either a share or a sum"),
        ({"from": date(2026, 2, 1), "until": date(2026, 1, 1)}, "before it begins"),
        ({"code": "with space"}, "code"),
        ({"percent": "100%"}, "no part of a whole"),
    ],
)
def test_codes_that_make_no_sense_are_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        promo(**wrong)


def test_rates_are_of_currencies_there_are() -> None:
    read = MoneyRules.model_validate({"currency": "UAH", "rates": {"USD": 41.5}})
    assert read.rates == {"USD": Decimal("41.5")}
    for wrong in ({"currency": "UAN"}, {"rates": {"usd": 41.5}}, {"rates": {"USD": -1}}, {"rates": 5}):
        with pytest.raises(ValidationError):
            MoneyRules.model_validate(wrong)
