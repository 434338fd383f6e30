"""Every word a person sees, in Russian, Ukrainian and English (Project Fluent files, one a topic, in ru/ uk/ en/).

`words_in("uk")` gives a `Words`: call it with a message's id and values for Telegram's HTML (values are escaped), or
use `.plain` for buttons and toasts. Plurals follow CLDR; dates and numbers are Babel's, in the reader's language.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

LANGUAGES = ("ru", "uk", "en")
FALLBACK = "en"
_FOLDER = Path(__file__).parent


class MissingWordError(KeyError):
    """A message id that no file has: a mistake of ours, found by tests/locales."""


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        # Imported here: the command line starts without it.
        from babel import Locale
        from fluent.runtime import FluentBundle, FluentResource

        self.language = language
        self.locale = Locale.parse(language)
        self._fixed: dict[str, str] = {}  # messages without values are the same every time
        # Without use_isolating=False every value, phones and links included, is wrapped in invisible U+2068/2069.
        self._bundle = FluentBundle([language], use_isolating=False)
        for file in sorted((_FOLDER / language).glob("*.ftl")):
            self._bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))

    def __call__(self, key: str, /, **values: Any) -> str:
        """The message as Telegram's HTML: text values are escaped, numbers choose the plural."""
        return self._format(
            key, {k: html.escape(v, quote=False) if isinstance(v, str) else v for k, v in values.items()}
        )

    def plain(self, key: str, /, **values: Any) -> str:
        """The message without markup, for buttons, toasts and inline results."""
        return self._format(key, values)

    def has(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))

    def _format(self, key: str, values: dict[str, Any]) -> str:
        if not values:
            if key not in self._fixed:
                self._fixed[key] = self._formatted(key, values)
            return self._fixed[key]
        return self._formatted(key, values)

    def _formatted(self, key: str, values: dict[str, Any]) -> str:
        if not self._bundle.has_message(key):
            raise MissingWordError(f"{self.language}: {key}")
        message = self._bundle.get_message(key)
        assert message.value is not None
        text, errors = self._bundle.format_pattern(message.value, values)
        if errors:
            raise MissingWordError(f"{self.language}: {key}: {errors[0]}")
        return str(text)

    def moment(self, at: datetime, zone: ZoneInfo, *, now: datetime | None = None) -> str:
        """«ср, 25 ноября, 15:00» in this zone; the year is said when it is not the year of `now`."""
        local = at.astimezone(zone)
        return (
            f"{self.day(local.date(), today=now.astimezone(zone).date() if now else None)}, {self.clock(local.time())}"
        )

    def day(self, day: date, *, today: date | None = None) -> str:
        """«ср, 25 ноября», with the year when it is not the year of `today`. A day long past (a birthday) is told
        without its weekday, which nobody remembers."""
        from babel.dates import format_date

        pattern = "d MMMM" if self.language != "en" else "d MMM"
        if today is None or (today - day).days < 366:
            pattern = f"EEE, {pattern}"
        if today is None or day.year != today.year:
            pattern += " y"
        return str(format_date(day, pattern, locale=self.locale))

    def birthday(self, kept: str) -> str:
        """«8 марта 1990», or «8 марта» of one kept without its year (--03-08). What is no birthday is said as it is."""
        from babel.dates import format_date

        pattern = "d MMMM" if self.language != "en" else "d MMM"
        try:
            if kept.startswith("--"):
                return str(format_date(date.fromisoformat(f"2000-{kept[2:]}"), pattern, locale=self.locale))
            return str(format_date(date.fromisoformat(kept), f"{pattern} y", locale=self.locale))
        except ValueError:
            return kept

    def month(self, day: date) -> str:
        """«ноябрь 2026»."""
        from babel.dates import format_date

        return str(format_date(day, "LLLL y", locale=self.locale))

    def clock(self, at: time) -> str:
        """«15:00»: twenty-four hours in all three languages."""
        return f"{at.hour:02}:{at.minute:02}"

    def ago(self, at: datetime, *, now: datetime) -> str:
        """«2 недели назад», in the coarsest unit that says enough."""
        from babel.dates import format_timedelta

        past = min(at - now, -timedelta(minutes=1))
        return str(format_timedelta(past, granularity="minute", add_direction=True, locale=self.locale))

    def span(self, long: timedelta) -> str:
        """«5 минут», in the unit that says enough."""
        from babel.dates import format_timedelta

        return str(format_timedelta(long, locale=self.locale))

    def number(self, value: float) -> str:
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self.locale))

    def listed(self, items: Iterable[str]) -> str:
        """«a, b и c»."""
        from babel.lists import format_list

        return str(format_list(list(items), locale=self.locale))


@cache
def words_in(language: str) -> Words:
    """The words of a language; those of the fallback for a language the bot does not speak."""
    return Words(language if language in LANGUAGES else FALLBACK)


def nearest_language(code: str | None, default: str) -> str:
    """The language to begin with, from Telegram's language_code ("uk", "ru-RU", "be"); `default` when it says nothing
    the bot speaks. Belarusian and Kazakh readers are met in Russian, which Telegram users of those codes mostly read."""
    base = (code or "").lower().split("-")[0]
    if base in LANGUAGES:
        return base
    if base in ("be", "kk"):
        return "ru"
    return default if not base or default != "en" else FALLBACK
