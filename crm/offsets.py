"""A time zone as people tell it when they do not know its name: an offset, or what their clock shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LIKELY: Final = (
    "Europe/Kyiv",
    "Europe/Warsaw",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Chisinau",
    "Europe/Istanbul",
    "Europe/Kaliningrad",
    "Europe/Minsk",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Asia/Yekaterinburg",
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Omsk",
    "Asia/Novosibirsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Kamchatka",
    "Asia/Dubai",
    "Asia/Jerusalem",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)
"""Zones where readers of our three languages live, the likelier of one offset first."""

_OTHERS: Final = (
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Kabul", "Asia/Yangon", "Asia/Bangkok", "Asia/Tokyo",
    "Australia/Darwin", "Australia/Sydney", "Pacific/Auckland", "America/Sao_Paulo", "America/St_Johns",
    "America/Halifax", "America/Anchorage", "Pacific/Honolulu", "Atlantic/Azores", "Pacific/Apia",
)  # fmt: skip
_OFFSET: Final = re.compile(r"(?:utc|gmt|z)?\s*([+\-−–])\s*(\d{1,2})(?:[:.](\d\d))?", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(?<!\d)(\d{1,2})[:.](\d\d)(?!\d)")
_QUARTER: Final = 15 * 60


def named(text: str, *, now: datetime) -> list[str]:
    """The zones a text may mean by an offset ("UTC+3", "+5:30") or by a clock ("15:20", "у меня 15:20"), likely ones
    first; none for anything else. `now` is aware."""
    typed = text.strip()[:60]
    offset = _OFFSET.fullmatch(typed)
    if offset is not None:
        sign = 1 if offset[1] == "+" else -1
        return _with(sign * timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)), now)
    clock = _CLOCK.search(typed)
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59:
        return []
    shown = int(clock[1]) * 3600 + int(clock[2]) * 60
    utc = now.astimezone(UTC)
    away = shown - (utc.hour * 3600 + utc.minute * 60 + utc.second)
    # A clock is a minute or two off, an offset is a whole number of quarters of an hour.
    away = round(away / _QUARTER) * _QUARTER
    while away > 13 * 3600:
        away -= 86400
    while away <= -11 * 3600:
        away += 86400
    return _with(timedelta(seconds=away), now)


def likely(now: datetime, own: Sequence[str]) -> list[str]:
    """Zones to offer as buttons: `own` (the business's, the person's), then one for each offset people likely live
    at."""
    offered = list(dict.fromkeys(own))
    seen = {now.astimezone(ZoneInfo(name)).utcoffset() for name in offered}
    for name in LIKELY[:18]:
        offset = now.astimezone(ZoneInfo(name)).utcoffset()
        if offset not in seen:
            seen.add(offset)
            offered.append(name)
    return offered


def _with(offset: timedelta, now: datetime) -> list[str]:
    zones = [name for name in (*LIKELY, *_OTHERS) if now.astimezone(ZoneInfo(name)).utcoffset() == offset]
    hours, rest = divmod(int(offset.total_seconds()), 3600)
    if not zones and rest == 0 and -12 <= hours <= 14:
        # POSIX turns the sign round: Etc/GMT-3 is three hours east of Greenwich.
        return [f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"]
    return zones
