"""A winner is named at the stated rate of error: found where there is one, and not where there is none."""

from __future__ import annotations

import random

import pytest

from crm.significance import LEVEL, Share, p_value, verdict

ROUNDS = 1_000


def drawn(chance: random.Random, of: int, rate: float) -> Share:
    return Share(sum(chance.random() < rate for _ in range(of)), of)


@pytest.mark.parametrize("variants", [2, 4])
@pytest.mark.parametrize(("of", "rate"), [(300, 0.1), (60, 0.04)])
def test_with_no_difference_no_winner_is_named_more_often_than_stated(variants: int, of: int, rate: float) -> None:
    """Both where shares are large and where they are a few presses."""
    chance = random.Random(11)
    named = sum(
        verdict({name: drawn(chance, of, rate) for name in "abcd"[:variants]}).winner is not None for _ in range(ROUNDS)
    )
    # Two standard errors above the level, of so many rounds.
    assert named / ROUNDS <= LEVEL + 2 * (LEVEL * (1 - LEVEL) / ROUNDS) ** 0.5


def test_a_known_difference_is_found_as_often_as_theory_says() -> None:
    """10 % against 16 % on 400 people each: the power of the test is 0.72, and the right one is named."""
    chance = random.Random(7)
    found = [verdict({"a": drawn(chance, 400, 0.10), "b": drawn(chance, 400, 0.16)}).winner for _ in range(ROUNDS)]
    assert 0.66 <= found.count("b") / ROUNDS <= 0.77
    assert found.count("a") == 0


@pytest.mark.parametrize(
    ("one", "other", "p"),
    [
        # Fisher's tea tasting, and tables worked by hand.
        (Share(3, 4), Share(1, 4), 0.4857),
        (Share(15, 100), Share(30, 200), 1.0),
        (Share(30, 200), Share(15, 50), 0.0138),
        (Share(0, 10), Share(6, 10), 0.0108),
    ],
)
def test_known_tables_have_their_known_chances(one: Share, other: Share, p: float) -> None:
    assert p_value(one, other) == pytest.approx(p, abs=0.0005)
    assert p_value(other, one) == pytest.approx(p, abs=0.0005)


def test_of_nothing_nothing_is_said() -> None:
    assert verdict({}).winner is None
    assert verdict({"a": Share(5, 5)}).winner is None
    assert verdict({"a": Share(0, 50), "b": Share(0, 50)}).leader is None
    assert p_value(Share(0, 0), Share(5, 5)) == 1.0
