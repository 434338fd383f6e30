"""A short storm in every run of the tests; the long one is `make storm`."""

from __future__ import annotations

from pathlib import Path

from benchmarks import storm


def test_a_short_storm_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Forty people leave a request each while the bot is killed three times: each request is kept once, everybody gets
    to the end, nothing is left undone, and no more is said again than was in flight."""
    report = storm.storm(tmp_path, leads=40, kills=3, seed=7)
    assert report.held, f"{report}\n" + "\n".join(report.stuck[:3])
