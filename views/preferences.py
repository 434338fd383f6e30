"""The screens of /settings: language, time zone, what a person agrees to receive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from locales import LANGUAGES, Words, cities
from views.messages import Button, Screen

NAMES: Final = {"ru": "Русский", "uk": "Українська", "en": "English"}
"""A language is called as its own readers call it."""
PURPOSES: Final = ("marketing", "survey")


def overview(
    words: Words, zone: ZoneInfo, consents: Mapping[str, bool], *, processing: bool, now: datetime, customer: bool
) -> Screen:
    """All that can be chosen, as it is now. The team chooses a language and a zone only."""
    lines = [
        words("settings-title"),
        "",
        words("settings-language", language=NAMES[words.language]),
        words("settings-zone", place=cities.city_of(zone.key, words.language), clock=_clock(words, zone, now)),
    ]
    rows = [
        tuple(_chosen(NAMES[one], one == words.language, f"set:lang:{one}") for one in LANGUAGES),
        (Button(words.plain("settings-zone-button"), "set:zone"),),
    ]
    if customer:
        lines += ["", words("settings-receive")]
        for purpose in PURPOSES:
            on = consents.get(purpose, False)
            label = words.plain(f"settings-{purpose}")  # keys: settings-marketing settings-survey
            rows.append((_chosen(label, on, f"set:{purpose}:{'off' if on else 'on'}"),))
        said = "settings-processing-off" if processing else "settings-processing-on"
        rows.append((Button(words.plain(said), f"set:processing:{'off' if processing else 'on'}"),))
    return Screen("\n".join(lines), buttons=tuple(rows))


def zones(words: Words, offered: Sequence[str], *, now: datetime) -> Screen:
    """Zones to choose from, and how else to say where one lives."""
    buttons = [Button(_zone(words, name, now), f"set:zone:{name}") for name in offered[:20]]
    rows = [tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)]
    return Screen(words("settings-zone-ask"), buttons=(*rows, _back(words)))


def several_zones(words: Words, offered: Sequence[str], *, now: datetime) -> Screen:
    """Which of the zones that fit what was typed."""
    rows = [(Button(_zone(words, name, now), f"set:zone:{name}"),) for name in offered[:8]]
    return Screen(words("settings-zone-which"), buttons=(*rows, _back(words)))


def unknown_zone(words: Words) -> Screen:
    return Screen(words("settings-zone-unknown"), buttons=(_back(words),))


def zone_chosen(words: Words, zone: ZoneInfo, *, now: datetime) -> Screen:
    place = cities.city_of(zone.key, words.language)
    return Screen(words("settings-zone-chosen", place=place, clock=_clock(words, zone, now)), buttons=(_back(words),))


def processing(words: Words, text: str, url: str | None) -> Screen:
    """The text of processing personal data, to be agreed to outside a form. `text` is plain."""
    rows = [
        (Button(words.plain("consent-agree"), "set:processing:yes"),),
        *([(Button(words.plain("consent-read"), url=url),)] if url else []),
        _back(words),
    ]
    return Screen(words("settings-processing-text", text=text), buttons=tuple(rows))


def purpose_text(words: Words, purpose: str, business: str) -> str:
    """What a person agrees to when they turn a purpose on: kept with their word. Plain text."""
    return words.plain(f"consent-{purpose}", business=business)  # keys: consent-marketing consent-survey


def _chosen(label: str, on: bool, data: str) -> Button:
    return Button(f"✅ {label}" if on else label, data)


def _back(words: Words) -> tuple[Button, ...]:
    return (Button("‹ " + words.plain("settings-back"), "set"),)


def _zone(words: Words, name: str, now: datetime) -> str:
    return f"{cities.city_of(name, words.language)}, {_clock(words, ZoneInfo(name), now)}"


def _clock(words: Words, zone: ZoneInfo, now: datetime) -> str:
    return words.clock(now.astimezone(zone).time())
