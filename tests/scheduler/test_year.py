"""A winter of a clinic: what was promised of scenarios and visits is looked for in what arrived. `python -m benchmarks year`
lives a whole year of a thousand people."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import year
from storage.engine import Database


async def test_a_winter_keeps_every_promise(database: Database, tmp_path: Path) -> None:
    lived = year.Year(database, 40, datetime(2028, 1, 28, tzinfo=UTC), 38, timedelta(hours=8), down_on=12)
    await lived.live()
    assert await lived.checked() == []
    kinds = Counter(one.scenario or one.key.partition(":")[0] for one in lived.arrived)
    assert kinds["birthday"] >= 3
    assert kinds["visit"] >= 8
    assert kinds["thanks"] >= 1
    assert kinds["survey"] >= 5
    assert any(born == (2, 29) for born in lived.born.values())
