"""Time zones by their city, in the three languages: Babel knows how each zone's city is called."""

from __future__ import annotations

from functools import cache

from locales import LANGUAGES

_OURS = {"Europe/Kiev": "Europe/Kyiv", "Asia/Calcutta": "Asia/Kolkata", "Asia/Katmandu": "Asia/Kathmandu"}
"""Zones that Babel still calls by their former names."""

_MORE = {
    "одесса": "Europe/Kyiv",
    "одеса": "Europe/Kyiv",
    "odesa": "Europe/Kyiv",
    "odessa": "Europe/Kyiv",
    "харьков": "Europe/Kyiv",
    "харків": "Europe/Kyiv",
    "kharkiv": "Europe/Kyiv",
    "днепр": "Europe/Kyiv",
    "дніпро": "Europe/Kyiv",
    "dnipro": "Europe/Kyiv",
    "львов": "Europe/Kyiv",
    "львів": "Europe/Kyiv",
    "lviv": "Europe/Kyiv",
    "киев": "Europe/Kyiv",
    "київ": "Europe/Kyiv",
    "kiev": "Europe/Kyiv",
    "kyiv": "Europe/Kyiv",
    "краков": "Europe/Warsaw",
    "краків": "Europe/Warsaw",
    "krakow": "Europe/Warsaw",
    "вроцлав": "Europe/Warsaw",
    "wroclaw": "Europe/Warsaw",
    "мюнхен": "Europe/Berlin",
    "munich": "Europe/Berlin",
    "гамбург": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "санкт-петербург": "Europe/Moscow",
    "петербург": "Europe/Moscow",
    "спб": "Europe/Moscow",
    "питер": "Europe/Moscow",
    "москва": "Europe/Moscow",
    "moscow": "Europe/Moscow",
    "казань": "Europe/Moscow",
    "сочи": "Europe/Moscow",
    "минск": "Europe/Minsk",
    "мінськ": "Europe/Minsk",
    "астана": "Asia/Almaty",
    "astana": "Asia/Almaty",
    "тель-авив": "Asia/Jerusalem",
    "тель-авів": "Asia/Jerusalem",
    "tel aviv": "Asia/Jerusalem",
    "нью-йорк": "America/New_York",
    "new york": "America/New_York",
}
"""Large cities that no zone is named after, and common spellings of those that are."""


def zone_of(text: str) -> str | None:
    """The IANA zone of a city's name, in any of the three languages; None for a name it does not know."""
    return _MORE.get(text.strip().casefold()) or _by_city().get(text.strip().casefold())


def city_of(zone: str, language: str) -> str:
    """What people call the place of a zone in this language."""
    from babel import Locale

    if zone.startswith("Etc/"):
        # POSIX turns the sign round.
        hours = -int(zone.removeprefix("Etc/GMT") or 0) if zone != "Etc/UTC" else 0
        return f"UTC{hours:+d}" if hours else "UTC"
    former = next((old for old, ours in _OURS.items() if ours == zone), zone)
    named = Locale.parse(language).time_zones.get(former, {})
    return str(named.get("city") or zone.rsplit("/", 1)[-1].replace("_", " "))


@cache
def _by_city() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for language in LANGUAGES:
        for zone, named in Locale.parse(language).time_zones.items():
            if "/" not in zone or zone.startswith("Etc/"):
                continue
            ours = _OURS.get(zone, zone)
            # English says a city only where it is not the zone's own name.
            found.setdefault(zone.rsplit("/", 1)[-1].replace("_", " ").casefold(), ours)
            if "city" in named:
                found.setdefault(str(named["city"]).casefold(), ours)
    return found
