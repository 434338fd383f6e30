"""Short storms of lost answers and of refusals in every run of the tests; the long ones are part of `make storm`."""

from __future__ import annotations

from pathlib import Path

from benchmarks import loss_storm


async def test_lost_answers_repeat_reminders_at_most_once_each_and_no_advertisement(tmp_path: Path) -> None:
    """Telegram took each message and its answer was lost: no reminder is missing and each is said at most once more; no
    advertisement is said again, and each is known to be in doubt."""
    report = await loss_storm.lost_answers(tmp_path, number=15)
    assert report.held, str(report)
    assert report.service_copies > 0, "no answer was lost"


async def test_three_refusals_in_ten_lose_and_double_nothing(tmp_path: Path) -> None:
    """Everybody gets theirs once, and nothing is begun while Telegram has asked for silence."""
    report = await loss_storm.random_refusals(tmp_path, number=30)
    assert report.held, str(report)
