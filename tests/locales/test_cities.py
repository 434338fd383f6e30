"""Cities people type, and what a zone is called when it is shown."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from crm import offsets
from locales import LANGUAGES, cities


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Київ", "Europe/Kyiv"),
        ("киев", "Europe/Kyiv"),
        ("Варшава", "Europe/Warsaw"),
        ("berlin", "Europe/Berlin"),
        ("Нью-Йорк", "America/New_York"),
        (" Алматы ", "Asia/Almaty"),
        ("Токіо", "Asia/Tokyo"),
    ],
)
def test_a_city_is_known_in_each_language(typed: str, zone: str) -> None:
    """However it is capitalised."""
    assert cities.zone_of(typed) == zone


def test_a_city_that_is_not_known_is_no_zone() -> None:
    """A village is not guessed at."""
    assert cities.zone_of("Малая Перещепина") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_zone_that_is_offered_is_one_and_has_a_name(language: str) -> None:
    """Nothing that zoneinfo would not open, nothing shown as a raw identifier."""
    for name in offsets.LIKELY:
        assert name in available_timezones()
        assert "/" not in cities.city_of(name, language)
    assert set(cities._by_city().values()) <= available_timezones()


def test_an_offset_without_a_city_is_shown_as_one_reads_it() -> None:
    """POSIX names turn the sign round; people do not."""
    assert cities.city_of("Etc/GMT-3", "ru") == "UTC+3"
    assert cities.city_of("Etc/GMT+11", "en") == "UTC-11"
