"""The profile: fields that every card has without the owner writing them. One who writes a field of the same name gives
it another title, and whatever else they say of it; what they leave out stays as it is here."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from crm.card_fields import CardField, Option
from crm.playbook_types import Text

BIRTHDAY: Final = "birthday"
"""Kept as 1990-03-08, or --03-08 where the year is not known (ISO 8601:2000, as vCard has it)."""


@cache
def fields() -> tuple[CardField, ...]:
    """The standard fields, in the order in which the card shows them."""
    return (
        _field(BIRTHDAY, "День рождения", "День народження", "Birthday", type="birthday", personal=True, card="all"),
        _field(
            "sex",
            "Пол",
            "Стать",
            "Sex",
            type="choice",
            personal=True,
            options=(
                _option("female", "Женский", "Жіноча", "Female"),
                _option("male", "Мужской", "Чоловіча", "Male"),
            ),
        ),
        # As the time zone does, these two tell where and when, not who.
        _field("city", "Город", "Місто", "City", card="all"),
        _field("call_time", "Когда звонить", "Коли телефонувати", "Best time to call", card="all"),
        _field("organisation", "Организация", "Організація", "Organisation", personal=True),
        _field("position", "Должность", "Посада", "Position", personal=True),
        _field("preferences", "Предпочтения", "Уподобання", "Preferences", personal=True),
    )


def completed(own: tuple[CardField, ...]) -> tuple[CardField, ...]:
    """The fields of the card: the standard ones as the owner wants them, then the owner's others in their order."""
    by_id = {field.id: field for field in own}
    standard = tuple(overridden(by_id.pop(field.id, field)) for field in fields())
    return (*standard, *by_id.values())


def overridden(own: CardField) -> CardField:
    """A field as the owner writes it, with what they leave out of a standard one."""
    field = next((one for one in fields() if one.id == own.id), None)
    if field is None or field is own:
        return own
    said = {name: getattr(own, name) for name in own.model_fields_set}
    if field.id == BIRTHDAY:
        # A plain date would refuse the birthdays whose year nobody knows.
        said["type"] = field.type
    if "type" in said and "options" not in said:
        said["options"] = field.options if said["type"] == field.type else ()
    return field.model_copy(update=said)


def _field(name: str, ru: str, uk: str, en: str, **said: Any) -> CardField:
    return CardField.model_construct(id=name, title=_text(ru, uk, en), **said)


def _option(name: str, ru: str, uk: str, en: str) -> Option:
    return Option.model_construct(id=name, title=_text(ru, uk, en))


def _text(ru: str, uk: str, en: str) -> Text:
    return Text.model_construct({"ru": ru, "uk": uk, "en": en})
