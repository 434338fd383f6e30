"""In which time zone somebody lives who has not said so: guessed from the city on their card, or from their phone number.

The city goes first: somebody said it of the person, while a number is of where its SIM card was bought.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple

from crm import city_zones

By = Literal["given", "city", "phone", "business"]

_WHOLE_COUNTRY: Final = {"BY": "Europe/Minsk", "KZ": "Asia/Almaty"}
"""Countries of one clock that the library of numbers does not tell from Russia (Kazakhstan has one since 1 March 2024)."""


class Living(NamedTuple):
    """A zone by its IANA name, and how it is known: `given` by somebody, guessed by `city` or `phone`, or the
    `business`'s for want of anything better."""

    zone: str
    by: By

    @property
    def guessed(self) -> bool:
        return self.by in ("city", "phone")


def living(given: str | None, *, city: str | None, phone: str | None, business: str) -> Living:
    """Where a person's clocks are. `phone` is in E.164; `business` is the business's own zone."""
    if given:
        return Living(given, "given")
    if city and (zone := city_zones.of_city(city)) is not None:
        return Living(zone, "city")
    if phone and (zone := of_phone(phone, business)) is not None:
        return Living(zone, "phone")
    return Living(business, "business")


@lru_cache(maxsize=4096)
def of_phone(phone: str, business: str) -> str | None:
    """The zone of a number's region; of several the business's, where it is among them. None where that says nothing."""
    import phonenumbers  # here and below: half a second that a start need not wait for
    from phonenumbers import timezone

    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return None
    region = phonenumbers.region_code_for_number(number)
    if region in _WHOLE_COUNTRY:
        return _WHOLE_COUNTRY[region]
    zones = [zone for zone in timezone.time_zones_for_number(number) if zone != timezone.UNKNOWN_TIMEZONE]
    if len(zones) == 1:
        return str(zones[0])
    return business if business in zones else None
