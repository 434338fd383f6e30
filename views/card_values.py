"""The values of a card's fields as a person reads them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from crm.card_fields import CardField
from locales import Words
from views import answered
from views.staff_names import Reader, escaped


def own_value(words: Words, of: CardField, value: Any, *, reader: Reader) -> str:
    """A field of the profile, or one of the owner's, as a person reads it. What does not fit the field's type (any
    more) is said as it is. Plain."""
    if value is None or value == [] or value == "":
        return "—"
    titles = {option.id: option.title.say(words.language) for option in of.options}
    match of.type:
        case "choice":
            return titles.get(str(value), str(value))
        case "choices" if isinstance(value, list):
            return ", ".join(titles.get(str(one), str(one)) for one in value)
        case "number" | "money" if isinstance(value, int | float):
            return words.number(value)
        case "birthday":
            return words.birthday(str(value))
        case "date" if _is_moment(value):
            day = date.fromisoformat(str(value)[:10])
            return words.day(day, today=reader.now.astimezone(reader.zone).date())
        case "datetime" if _is_moment(value):
            return answered.moment(words, value, zone=reader.zone, now=reader.now)
        case "yes_no":
            return words.plain("card-yes") if value else words.plain("card-no")
        case "location" if isinstance(value, dict):
            return str(value.get("address") or f"{value.get('lat')}, {value.get('lon')}")
        case _:
            return str(value)


def own_line(words: Words, of: CardField, value: Any, *, reader: Reader) -> str:
    """A field with its value, as a line of HTML."""
    title = answered.cut(of.title.say(words.language), 60)
    return f"{escaped(title)}: {escaped(answered.cut(own_value(words, of, value, reader=reader), 200))}"


def _is_moment(value: Any) -> bool:
    """Whether it is a day or a moment still: the field may have been of another type when it was filled."""
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return True
