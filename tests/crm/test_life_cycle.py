"""The life cycle: from potential to gone and back, by the owner's rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crm.life_cycle import Facts, LifeCycle, Rules, status_of
from crm.statuses import STATUSES

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
RULES = LifeCycle(repeat=2, vip_purchases=5, vip_spent=1000).rules()


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (Facts(0, 0), "potential"),
        (Facts(0, 0, last_request_at=ago(4000)), "potential"),
        (Facts(1, 500, last_purchase_at=ago(1)), "active"),
        (Facts(2, 500, last_purchase_at=ago(1)), "repeat"),
        (Facts(5, 500, last_purchase_at=ago(1)), "vip"),
        (Facts(1, 100_000, last_purchase_at=ago(1)), "vip"),
        (Facts(1, 99_999, last_purchase_at=ago(1)), "active"),
        (Facts(9, 500_000, last_purchase_at=ago(180)), "sleeping"),
        (Facts(9, 500_000, last_purchase_at=ago(179.99)), "vip"),
        (Facts(9, 500_000, last_purchase_at=ago(540)), "gone"),
        (Facts(1, 500, last_purchase_at=ago(900), last_in_at=ago(2)), "active"),
        (Facts(1, 500, last_purchase_at=ago(900), last_request_at=ago(200)), "sleeping"),
        (Facts(2, 500), "repeat"),
    ],
)
def test_a_status_follows_from_purchases_and_silence(facts: Facts, status: str) -> None:
    assert status_of(facts, RULES, NOW) == status


def test_who_comes_back_is_what_they_were_before_they_slept() -> None:
    asleep = Facts(2, 500, last_purchase_at=ago(600))
    awake = Facts(3, 700, last_purchase_at=NOW)
    assert [status_of(one, RULES, NOW) for one in (asleep, awake)] == ["gone", "repeat"]


def test_a_refund_of_the_only_purchase_makes_a_potential_customer_again() -> None:
    assert status_of(Facts(0, 0, last_in_at=NOW), RULES, NOW) == "potential"


def test_amounts_of_the_rules_are_in_whole_units_of_any_currency() -> None:
    assert LifeCycle(vip_spent=50_000).rules(1).vip_spent == 50_000
    assert LifeCycle(vip_spent=99.5).rules(1000).vip_spent == 99_500
    assert LifeCycle().rules().vip_spent is None


def test_every_status_can_be_reached() -> None:
    rules = Rules(1, 2, 3, None, timedelta(days=10), timedelta(days=20))
    days = (0, 15, 30)
    reached = {
        status_of(Facts(bought, 0, last_purchase_at=ago(quiet)), rules, NOW) for bought in range(4) for quiet in days
    }
    assert reached == set(STATUSES)
