"""Where a person reads of somebody's clock it has a place's name, never a technical one."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.clocks import NOON
from tests.views.test_staff_screens import card, reader
from views import cards, staff_planning
from views.staff_names import Who

WHO = Who(7, "James", None)


@pytest.mark.parametrize(
    ("language", "zone", "place"),
    [
        ("en", "Europe/Kyiv", "Kyiv"),
        ("ru", "Europe/Kyiv", "Киев"),
        ("uk", "Asia/Almaty", "Алмати"),
        ("en", "America/Argentina/ComodRivadavia", "ComodRivadavia"),
        ("en", "Etc/GMT-3", "UTC+3"),
    ],
)
def test_a_zone_is_said_as_a_place_in_the_readers_language(language: str, zone: str, place: str) -> None:
    to, clock = reader(language), ZoneInfo(zone)
    screens = [
        staff_planning.confirm(to, WHO, at=NOON, text="x", zone=clock, held_until=None),
        staff_planning.planned(to, WHO, at=NOON, zone=clock),
        cards.card(to, card("James", zone=zone)),
        cards.card(to, card("James", zone=zone, zone_guessed=True)),
    ]
    for screen in screens:
        assert place in screen.text
        assert zone not in screen.text
