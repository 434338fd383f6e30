"""Where somebody lives, told by an offset or by what their clock shows."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crm import offsets

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("UTC+2", "Europe/Kyiv"),
        ("+3", "Europe/Istanbul"),
        ("gmt-5", "America/New_York"),
        ("+5:30", "Asia/Kolkata"),
        ("11:01", "Europe/Kyiv"),
        ("у меня сейчас 10:58", "Europe/Kyiv"),
        ("04.00", "America/New_York"),
        ("23:00", "Pacific/Honolulu"),
        ("UTC+14", "Pacific/Kiritimati"),
    ],
)
def test_an_offset_or_a_clock_is_a_zone(text: str, first: str) -> None:
    """Minutes a clock is off are forgiven; of several zones the likeliest comes first."""
    found = offsets.named(text, now=NOW)
    assert NOW.astimezone(ZoneInfo(found[0])).utcoffset() == NOW.astimezone(ZoneInfo(first)).utcoffset()
    if first.startswith("Europe"):
        assert found[0] == first


@pytest.mark.parametrize("text", ["", "привет", "25:00", "12:61", "+99", "UTC", "3", "+3 и ещё", "9" * 500])
def test_anything_else_is_no_zone(text: str) -> None:
    """What says no offset is not guessed at."""
    assert offsets.named(text, now=NOW) == []


def test_summer_is_counted() -> None:
    """The same offset is another zone in July: the clock of that day decides."""
    july = datetime(2026, 7, 16, 9, 0, tzinfo=UTC)
    assert "Europe/Kyiv" in offsets.named("+3", now=july)
    assert "Europe/Kyiv" not in offsets.named("+3", now=NOW)


def test_zones_to_choose_begin_with_ones_own_and_repeat_no_offset() -> None:
    """One button an offset, the person's own zone first."""
    offered = offsets.likely(NOW, ["Europe/Kyiv", "Europe/Kyiv"])
    assert offered[0] == "Europe/Kyiv"
    away = [NOW.astimezone(ZoneInfo(name)).utcoffset() for name in offered]
    assert len(set(away)) == len(away)
