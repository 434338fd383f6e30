"""What a question is called and what was answered to it, in words: for summaries, echoes and the request's card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from crm import values
from crm.playbook import CONTACT_FIELDS, Form, Step
from locales import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for, as the request keeps it: the title and the answers ({field, label, value, shown}) in the business's
    language of that day, and the form as it is now, if there still is one. `zone` is the business's."""

    title: str
    answers: Sequence[Mapping[str, Any]]
    form: Form | None
    zone: ZoneInfo


def title(words: Words, asked: Asked) -> str:
    """The form's title in the reader's language while there is the form, else as it was kept. Plain text."""
    return asked.form.title.say(words.language) if asked.form is not None else asked.title


def chosen(words: Words, asked: Asked, *, now: datetime) -> str:
    """What it was booked for: the first that was chosen, «Стрижка»; nothing of a form without a choice. Plain."""
    for answer, (_, said) in zip(asked.answers, told(words, asked, now=now), strict=True):
        step = asked.form.step(str(answer["field"])) if asked.form is not None else None
        if step is not None and step.type in ("choice", "choices") and answer["value"]:
            return said
    return ""


def told(words: Words, asked: Asked, *, now: datetime) -> list[tuple[str, str]]:
    """Labels and answers in the reader's language while the question is known, else as they were kept. Plain text."""
    return [_told(words, asked, answer, now=now) for answer in asked.answers]


def _told(words: Words, asked: Asked, answer: Mapping[str, Any], *, now: datetime) -> tuple[str, str]:
    step = asked.form.step(str(answer["field"])) if asked.form is not None else None
    if step is None:
        return str(answer["label"]), str(answer["shown"])
    try:
        if step.type in ("choice", "choices") and not _offered(step, answer["value"]):
            return label(words, step), str(answer["shown"])
        return label(words, step), value(words, step, answer["value"], zone=asked.zone, now=now)
    except (ValueError, TypeError, LookupError, AttributeError):
        # The question has another type by now: what was answered then stands.
        return label(words, step), str(answer["shown"])


def label(words: Words, step: Step) -> str:
    """What the question is called: the owner's word, or the product's own, or the question itself. Plain text."""
    if step.title is not None:
        return step.title.say(words.language)
    if step.field in CONTACT_FIELDS:
        return words.plain(f"field-{step.field}")  # keys: field-name field-phone field-email
    return cut(step.ask.say(words.language), 60) if step.ask is not None else step.field


def value(words: Words, step: Step, given: Any, *, zone: ZoneInfo, now: datetime) -> str:
    """An answer as a person reads it. Plain text: whoever shows it escapes it."""
    match step.type:
        case "choice":
            return _title(words, step, given)
        case "choices":
            return ", ".join(_title(words, step, one) for one in given) or words.plain("answer-none")
        case "phone":
            return values.phone_shown(given)
        case "number" | "money":
            return words.number(given)
        case "birthday":
            return words.birthday(given)
        case "date":
            return words.day(date.fromisoformat(given), today=now.astimezone(zone).date())
        case "datetime":
            return moment(words, given, zone=zone, now=now)
        case "file":
            return words.plain("answer-files", count=len(given))
        case "location":
            return place(words, given)
        case "consent" | "yes_no":
            return words.plain("answer-yes") if given else words.plain("answer-no")
        case _:
            return str(given)


def moment(words: Words, given: str, *, zone: ZoneInfo, now: datetime) -> str:
    """A datetime as it is kept, or a bare day where the time is still to be asked."""
    if "T" not in given:
        return words.day(date.fromisoformat(given), today=now.astimezone(zone).date())
    return words.moment(datetime.fromisoformat(given), zone, now=now)


def place(words: Words, given: Mapping[str, Any]) -> str:
    if "address" in given:
        return str(given["address"])
    return words.plain("answer-place", lat=f"{given['lat']:.5f}", lon=f"{given['lon']:.5f}")


def room(lines: int, total: int) -> tuple[int, int]:
    """How long the label and the value of each line may be, so that all of them together keep within `total`."""
    share = total // max(lines, 1)
    label_length = min(60, max(share // 3, 12))
    # Two for the colon and the space, one for the end of the line.
    return label_length, max(share - label_length - 3, 12)


def cut(text: str, limit: int) -> str:
    """The text, or the beginning of it with an ellipsis, in at most so many UTF-16 units, as Telegram counts."""
    if len(text.encode("utf-16-le")) // 2 <= limit:
        return text
    units = text.encode("utf-16-le")[: 2 * (limit - 1)]
    return units.decode("utf-16-le", errors="ignore").rstrip() + "…"


def _offered(step: Step, given: Any) -> bool:
    """Whether the question still has all that was chosen."""
    chosen = given if step.type == "choices" and isinstance(given, list) else [given]
    return all(isinstance(one, str) and step.option(one) is not None for one in chosen)


def _title(words: Words, step: Step, option_id: str) -> str:
    option = step.option(option_id)
    return option.title.say(words.language) if option is not None else option_id
