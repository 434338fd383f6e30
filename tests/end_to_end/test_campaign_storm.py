"""A short storm over a campaign in every run of the tests; the long one is `make storm`."""

from __future__ import annotations

from pathlib import Path

from benchmarks import campaign_storm


def test_a_campaign_killed_again_and_again_misses_nobody_and_reaches_nobody_twice(tmp_path: Path) -> None:
    """Three hundred people, four deaths at random instants of the real process."""
    report = campaign_storm.storm(tmp_path, people=300, kills=4, seed=5, rate=200)
    assert report.held, str(report)
