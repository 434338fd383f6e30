"""Where somebody lives who has not said so."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from crm import city_zones, zone_guesses
from crm.zone_guesses import Living

KYIV = "Europe/Kyiv"


def living(**said: str | None) -> Living:
    given: dict[str, str | None] = {"given": None, "city": None, "phone": None, **said}
    return zone_guesses.living(given["given"], city=given["city"], phone=given["phone"], business=KYIV)


def test_what_was_said_goes_before_every_guess() -> None:
    assert living(given="Asia/Almaty", city="Берлин", phone="+48600100200") == Living("Asia/Almaty", "given")


def test_a_city_goes_before_a_number() -> None:
    """A SIM card was bought somewhere; the city is where they live."""
    assert living(city="Берлін", phone="+48600100200") == Living("Europe/Berlin", "city")
    assert living(city="Атлантида", phone="+48600100200") == Living("Europe/Warsaw", "phone")


def test_nothing_known_is_the_business_and_is_no_guess() -> None:
    assert living() == Living(KYIV, "business")
    assert not living().guessed
    assert living(phone="+380671234567").guessed


@pytest.mark.parametrize(
    ("phone", "business", "zone"),
    [
        ("+380671234567", "Europe/Moscow", "Europe/Kyiv"),
        ("+74951234567", KYIV, "Europe/Moscow"),
        ("+79161234567", "Asia/Omsk", "Asia/Omsk"),
        ("+79161234567", KYIV, None),
        ("+77011234567", KYIV, "Asia/Almaty"),
        ("+375291234567", KYIV, "Europe/Minsk"),
        ("+15551234567", KYIV, None),
        ("12", KYIV, None),
    ],
)
def test_a_number_of_several_zones_is_of_the_businesss_or_says_nothing(
    phone: str, business: str, zone: str | None
) -> None:
    assert zone_guesses.of_phone(phone, business) == zone


@pytest.mark.parametrize("name", ["Казань", "казань", "г. Казань", "город Казань", "Kazan", "КАЗАНЬ "])
def test_a_city_is_known_however_it_is_written(name: str) -> None:
    assert city_zones.of_city(name) == "Europe/Moscow"


def test_every_listed_zone_exists_and_no_name_is_of_two_zones() -> None:
    zones: dict[str, set[str]] = {}
    for city in city_zones._cities():
        ZoneInfo(city.zone)
        assert -90 <= city.latitude <= 90
        assert -180 <= city.longitude <= 180
        for name in city.names:
            zones.setdefault(name, set()).add(city.zone)
    assert {name: found for name, found in zones.items() if len(found) > 1} == {}


def test_a_place_near_a_city_has_one_zone_and_one_in_between_has_several() -> None:
    """Belgorod and Kharkiv are 75 km and an hour apart."""
    assert city_zones.near(50.45, 30.52) == ["Europe/Kyiv"]
    assert city_zones.near(50.55, 36.62) == ["Europe/Moscow"]
    assert len(city_zones.near(60.0, 63.0)) > 1
