"""What an input holds for a question, by the question's type: the bridge from `crm.form_types` to `crm.values`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Literal

from crm import opening_hours, values
from crm.form_types import (
    ChoicePressed,
    ContactShared,
    FileSent,
    Input,
    LocationShared,
    Pressed,
    Situation,
    TextInput,
    Unexpected,
)
from crm.playbook import Step
from crm.values import Accepted, Half, Refused

FILES: Final = 10
"""How many files a question takes unless the playbook says otherwise: an album's worth."""


def read(step: Step, draft: Mapping[str, Any], given: Input, situation: Situation) -> values.Read:
    """The value an input holds for a question, by the question's type. Nobody is booked for when nobody is there."""
    found = _read(step, draft, given, situation)
    if not step.visit or not isinstance(found, Accepted):
        return found
    at = datetime.fromisoformat(str(found.value))
    return opening_hours.refusal(at, situation.opening_hours, situation.zone) or found


def _read(step: Step, draft: Mapping[str, Any], given: Input, situation: Situation) -> values.Read:
    wrong = Refused(f"expected-{step.type.replace('_', '-')}", {"got": _kind(given)})
    if isinstance(given, ChoicePressed):
        doubts = draft.get("doubts", [])
        if doubts:
            if given.option.isdecimal() and int(given.option) < len(doubts):
                return _still_right(step, doubts[int(given.option)], situation)
            return Refused("choose-button")
        if step.type == "choice" and step.option(given.option) is not None:
            return Accepted(given.option)
        return wrong
    if isinstance(given, Pressed) and step.type == "consent" and given.verb in ("agree", "decline"):
        if given.verb == "decline" and not step.optional:
            return Refused("consent-needed")
        return Accepted(given.verb == "agree")
    if isinstance(given, Pressed) and step.type == "yes_no" and given.verb in ("agree", "decline"):
        return Accepted(given.verb == "agree")
    if isinstance(given, ContactShared) and step.type == "phone":
        number = values.phone(_international(given.phone), situation.regions)
        return replace(number, verified=given.own) if isinstance(number, Accepted) else number
    if isinstance(given, LocationShared) and step.type == "location":
        return values.location(given.lat, given.lon)
    if isinstance(given, TextInput):
        return _read_text(step, draft, given.text, situation) or wrong
    return wrong


def _read_text(step: Step, draft: Mapping[str, Any], text: str, situation: Situation) -> values.Read | None:
    match step.type:
        case "text" if step.field == "name":
            return values.name(text)
        case "text":
            least, most = int(step.min or 1), int(step.max or values.TEXT_LENGTH)
            return values.text(text, least=least, most=most)
        case "phone":
            return values.phone(text, situation.regions)
        case "email":
            return values.email(text)
        case "number":
            return values.number(text, least=step.min, most=step.max)
        case "money":
            return values.money(text, least=step.min, most=step.max)
        case "choice":
            return values.choice(text, step.options)
        case "choices":
            several = values.choices(text, step.options)
            if isinstance(several, Accepted):
                return counted(step, len(several.value)) or several
            return several
        case "location":
            return values.address(text)
        case "date" if step.past:
            return values.past_date(text, now=situation.now, zone=situation.zone, language=situation.language)
        case "birthday":
            return values.birthday(text, now=situation.now, zone=situation.zone, language=situation.language)
        case "date" | "time" | "datetime":
            half = draft.get("half")
            return values.moment(
                text,
                step.type,
                now=situation.now,
                zone=situation.zone,
                hours=situation.hours,
                language=situation.language,
                half=Half(**half) if half else None,
            )
        case _:
            return None


def _still_right(step: Step, value: values.Value, situation: Situation) -> values.Read:
    """A doubt's choice may have waited under its button until it passed."""
    if step.type in ("date", "datetime") and not fits(step, value, situation):
        return Refused("date-past")
    if step.type == "datetime" and "T" not in value:
        return Half("time", value)
    return Accepted(value)


def _international(phone: str) -> str:
    """Telegram shares numbers with the country's code, but not always with its plus."""
    digits = phone.lstrip("+ ")
    return f"+{digits}" if len(digits) >= 11 else phone


def _kind(given: Input) -> str:
    match given:
        case Unexpected(kind=kind) | FileSent(kind=kind):
            return kind
        case Pressed(verb=verb):
            return verb
        case ContactShared():
            return "contact"
        case LocationShared():
            return "location"
        case ChoicePressed():
            return "button"
        case TextInput():
            return "text"


def fits(step: Step, value: values.Value, situation: Situation) -> bool:
    """Whether a value of the card could be an answer here: options come and go, days pass."""
    if step.type == "choice":
        return step.option(value) is not None
    if step.type == "choices":
        return all(step.option(one) is not None for one in value)
    if step.type == "date":
        if str(value).startswith("--"):
            return False  # a birthday without its year is no date
        return step.past or not values.has_passed(value, "date", now=situation.now, zone=situation.zone)
    if step.type == "datetime":
        return not values.has_passed(value, "datetime", now=situation.now, zone=situation.zone)
    return True


def counted(step: Step, count: int) -> Refused | None:
    """Whether a question that gathers has too few or too many."""
    kind: Literal["choices", "files"] = "choices" if step.type == "choices" else "files"
    return values.counted(count, kind, least=int(step.min or 1), most=most(step))


def most(step: Step) -> int:
    """How many options or files a question takes."""
    if step.type == "choices":
        return int(step.max or len(step.options))
    return int(step.max or FILES) if step.multiple else 1
