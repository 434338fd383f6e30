"""Rules said back: what was understood, in the reader's language, with its plurals."""

from __future__ import annotations

import pytest

from locales import words_in
from views import repeat_phrases


@pytest.mark.parametrize(
    ("rule", "ru", "uk", "en"),
    [
        ("1d", "каждый день", "щодня", "every day"),
        ("2d@09:00/2026-11-25", "раз в 2 дня в 09:00", "раз на 2 дні о 09:00", "every 2 days at 09:00"),
        ("21d", "раз в 21 день", "раз на 21 день", "every 21 days"),
        ("1w:0,2", "по понедельникам и средам", "у понеділки і середи", "on Mondays and Wednesdays"),
        ("1w:0,1,2,3,4", "по будням", "у будні", "on weekdays"),
        ("2w:4", "раз в 2 недели, по пятницам", "раз на 2 тижні, у п’ятниці", "every 2 weeks, on Fridays"),
        ("1m:5", "каждый месяц, 5-го", "щомісяця, 5-го", "every month, on day 5"),
        (
            "3m:32",
            "раз в 3 месяца, в последний день",
            "раз на 3 місяці, в останній день",
            "every 3 months, on the last day",
        ),
        (
            "1m:31@10:00/2026-11-30",
            "каждый месяц, 31-го в 10:00 (где такого дня нет — в последний день месяца)",
            "щомісяця, 31-го о 10:00 (де такого дня немає — в останній день місяця)",
            "every month, on day 31 at 10:00 (the last day of a month that has no such day)",
        ),
        (
            "1y:229",
            "каждый год, 29 февраля (в обычный год — 28 февраля)",
            "щороку, 29 лютого (у звичайний рік — 28 лютого)",
            "every year on 29 Feb (28 February in a common year)",
        ),
        ("5y:308", "раз в 5 лет, 8 марта", "раз на 5 років, 8 березня", "every 5 years on 8 Mar"),
    ],
)
def test_a_rule_reads_as_a_person_would_say_it(rule: str, ru: str, uk: str, en: str) -> None:
    assert [repeat_phrases.phrase(words_in(language), rule) for language in ("ru", "uk", "en")] == [ru, uk, en]
