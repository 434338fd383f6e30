"""What people type, checked by the type of the question: a value worth keeping, a doubt to ask about, or a refusal.

Nothing here guesses: what can be read in two ways is asked again with both as buttons. Values are JSON-able:
phone E.164, money in whole units of the business's currency, date `2026-12-25`, birthday `1990-03-08` or `--03-08`, time `15:30`, datetime ISO in UTC, choices a list of ids, location
`{"lat": …, "lon": …}` or `{"address": …}`, files a list of `{"file_id": …, …}`, consent and yes-or-no a bool.
Reasons are keys of the words that explain them (`reask-<reason>`); `REASONS` lists every one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from crm import dates, folding, phone_forms, replies
from crm.playbook import Option

Value = Any
"""Anything `json.dumps` takes; what exactly, by type, is above."""

TEXT_LENGTH: Final = 1000
EMAIL_LENGTH: Final = 254
OLDEST: Final = 120
"""Years back to which a date of birth is believed."""

REASONS: Final = frozenset(
    {
        "expected-yes-no", "text-empty", "text-short", "text-long", "name-letters", "phone-invalid", "email-invalid", "email-typo",
        "number-invalid", "number-ambiguous", "number-small", "number-large", "choice-unknown", "choice-several",
        "choices-few", "choices-many", "date-unknown", "date-past", "date-future", "date-impossible", "date-range",
        "date-doubt", "date-year", "date-closed", "time-missing", "date-missing", "files-few", "files-many", "location-invalid",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accepted:
    """A value that is right. `verified`: Telegram itself said that the phone is the sender's own."""

    value: Value
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it cannot be taken; `params` fill the words of the re-ask."""

    reason: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unsure:
    """It can be read in more ways than one: which of these?"""

    reason: str
    choices: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Half:
    """Half of a date with a time; the other half is still to be asked. `value` as in this module's types.

    `part` of the day may have been said instead of the hour: morning, midday, afternoon, evening, night.
    """

    missing: Literal["date", "time"]
    value: str
    part: str | None = None


Read = Accepted | Refused | Unsure | Half


def text(raw: str, *, least: int = 1, most: int = TEXT_LENGTH) -> Accepted | Refused:
    """Words without control and invisible characters; lines are kept."""
    lines = [folding.visible(line) for line in raw.splitlines()]
    seen = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not seen:
        return Refused("text-empty")
    if len(seen) < least:
        return Refused("text-short", {"min": least, "length": len(seen)})
    if len(seen) > most:
        return Refused("text-long", {"max": most, "length": len(seen)})
    return Accepted(seen)


def name(raw: str) -> Accepted | Refused:
    """What a person is called: anything with a letter in it."""
    if len(folding.visible(raw)) > folding.NAME_LENGTH:
        return Refused("text-long", {"max": folding.NAME_LENGTH, "length": len(raw)})
    seen = folding.name(raw)
    if not any(letter.isalpha() for letter in seen):
        return Refused("name-letters")
    return Accepted(seen)


def phone(raw: str, regions: Sequence[str]) -> Accepted | Refused:
    """A valid number in E.164, however it is written in one of the business's countries: read as files are, then by all of
    its digits, since whoever types means one number, where a cell of a file may hold several."""
    plain = unicodedata.normalize("NFKC", raw[:200])
    number = phone_forms.number(plain, regions) or phone_forms.by_digits(plain, regions)
    return Refused("phone-invalid", {"example": phone_example(regions)}) if number is None else Accepted(number)


def phone_example(regions: Sequence[str]) -> str:
    """A mobile number of the business's first country, as one writes it with the country's code."""
    import phonenumbers

    for region in regions:
        example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        if example is not None:
            return phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return "+380 50 123 4567"


def phone_shown(e164: str) -> str:
    """A kept number as people read it: +380 67 123 4567."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


# Domains that people mean when they are one letter off, and others as real that are one letter off from those.
_COMMON_DOMAINS: Final = (
    "gmail.com", "googlemail.com", "ukr.net", "icloud.com", "outlook.com", "hotmail.com", "yahoo.com", "yandex.ru",
    "yandex.ua", "rambler.ru", "mail.ru", "inbox.ru", "list.ru", "meta.ua", "proton.me", "protonmail.com",
)  # fmt: skip
_REAL_DOMAINS: Final = frozenset(
    {
        *_COMMON_DOMAINS,
        "mail.com",
        "email.com",
        "ymail.com",
        "gmx.com",
        "yandex.by",
        "yandex.kz",
        "mail.ua",
        "hotmail.co",
    }
)
_TLD_TYPOS: Final = {"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "xom": "com", "ent": "net"}


def email(raw: str) -> Accepted | Refused | Unsure:
    """An address that could exist (its domain is not asked); a domain that looks misspelt is asked about."""
    import email_validator

    typed = folding.visible(raw[:1000]).removeprefix("mailto:").strip(" <>,;.")
    try:
        checked = email_validator.validate_email(typed, check_deliverability=False)
    except email_validator.EmailNotValidError:
        return Refused("email-invalid")
    address = checked.normalized
    if len(address) > EMAIL_LENGTH:
        return Refused("email-invalid")
    meant = _meant_domain(checked.domain)
    if meant is not None:
        return Unsure("email-typo", (f"{checked.local_part}@{meant}", address))
    return Accepted(address)


def _meant_domain(domain: str) -> str | None:
    if domain in _REAL_DOMAINS:
        return None
    from rapidfuzz.distance import OSA

    for common in _COMMON_DOMAINS:
        if len(common) >= 7 and OSA.distance(domain, common, score_cutoff=1) <= 1:
            return common
    head, dot, top = domain.rpartition(".")
    return head + dot + _TLD_TYPOS[top] if top in _TLD_TYPOS else None


def number(raw: str, *, least: float | None = None, most: float | None = None) -> Accepted | Refused | Unsure:
    """A number in figures: 1 234,5 · 1,234.5 · -7. Words are refused; 1,234 is asked about (a thousand, or one?)."""
    typed = unicodedata.normalize("NFKC", folding.visible(raw[:100])).replace("−", "-")
    # A gap is a separator of thousands only where thousands are: "2 3" is two numbers.
    typed = re.sub(r"(?<=\d)[ '](?=\d{3}(?!\d))", "", typed).rstrip(".,").strip()
    if not re.fullmatch(r"[+-]?\d{1,15}([.,]\d{3})*([.,]\d{1,9})?", typed):
        return Refused("number-invalid")
    marks = [sign for sign in typed if sign in ".,"]
    ambiguous = len(marks) == 1 and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", typed)
    if ambiguous:
        readings = (_figure(re.sub(r"[.,]", "", typed)), _figure(typed.replace(",", ".")))
        fitting = tuple(value for value in readings if not isinstance(_within(value, least, most), Refused))
        if len(fitting) == 2:
            return Unsure("number-ambiguous", fitting)
        return _within(fitting[0] if fitting else readings[0], least, most)
    if len(marks) > 1:
        if len(set(marks)) == 1:
            typed = typed.replace(marks[0], "")
        elif marks[-1] in marks[:-1]:
            return Refused("number-invalid")
        else:
            typed = typed.replace(marks[0], "")
    return _within(_figure(typed.replace(",", ".")), least, most)


def _figure(typed: str) -> int | float:
    value = float(typed)
    return int(value) if value.is_integer() else value


def _within(value: float, least: float | None, most: float | None) -> Accepted | Refused:
    if least is not None and value < least:
        return Refused("number-small", {"min": _figure(str(least))})
    if most is not None and value > most:
        return Refused("number-large", {"max": _figure(str(most))})
    return Accepted(value)


def money(raw: str, *, least: float | None = None, most: float | None = None) -> Accepted | Refused:
    """An amount in whole units of the business's currency, to a hundredth: 1 500 · 1,500 · 1 500,50. Never below nothing."""
    read = number(raw, least=max(least or 0, 0), most=most)
    if isinstance(read, Unsure):
        return Accepted(read.choices[0])  # of money 1,500 is a thousand and a half: nobody writes thousandths of it
    return Accepted(_figure(f"{read.value:.2f}")) if isinstance(read, Accepted) else read


def yes_no(raw: str) -> Accepted | Refused:
    """Yes or no, in the words of three languages."""
    reply = replies.read(raw)
    return Accepted(reply == "yes") if reply in ("yes", "no") else Refused("expected-yes-no")


def choice(raw: str, options: Sequence[Option]) -> Accepted | Refused:
    """An option typed by its title in any language, by the beginning of it, or with one letter wrong."""
    typed = folding.fold(raw[:200])
    titles = [(option.id, folding.fold(title)) for option in options for title in option.title.every()]
    for test in (
        typed.__eq__,
        lambda title: len(typed) >= 3 and title.startswith(typed),
        lambda title: _near(typed, title),
    ):
        found = list(dict.fromkeys(option_id for option_id, title in titles if typed and test(title)))
        if len(found) == 1:
            return Accepted(found[0])
        if found:
            return Refused("choice-several")
    return Refused("choice-unknown")


def _near(typed: str, title: str) -> bool:
    if min(len(typed), len(title)) < 5:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(typed, title, score_cutoff=1) <= 1


def choices(raw: str, options: Sequence[Option]) -> Accepted | Refused:
    """Several options typed with commas (or on lines of their own) between them; each must be known."""
    whole = choice(raw, options)
    if isinstance(whole, Accepted):
        return Accepted([whole.value])
    found: set[str] = set()
    for part in re.split(r"[,;\n]", raw[:1000]):
        if not part.strip():
            continue
        one = choice(part, options)
        if isinstance(one, Refused):
            return one
        found.add(one.value)
    if not found:
        return Refused("choice-unknown")
    return Accepted([option.id for option in options if option.id in found])


def counted(count: int, kind: Literal["choices", "files"], *, least: int, most: int) -> Refused | None:
    """Whether so many are too few or too many."""
    if count < least:
        return Refused(f"{kind}-few", {"min": least, "count": count})
    if count > most:
        return Refused(f"{kind}-many", {"max": most, "count": count})
    return None


def location(lat: float, lon: float) -> Accepted | Refused:
    """A point on Earth, to a tenth of a metre."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return Refused("location-invalid")
    return Accepted({"lat": round(lat, 6), "lon": round(lon, 6)})


def address(raw: str) -> Accepted | Refused:
    """A place told in words: not every device can share a point."""
    read = text(raw, least=3, most=300)
    return Accepted({"address": read.value}) if isinstance(read, Accepted) else read


def moment(
    raw: str,
    want: Literal["date", "time", "datetime"],
    *,
    now: datetime,
    zone: ZoneInfo,
    hours: tuple[int, int],
    language: str | None = None,
    half: Half | None = None,
) -> Read:
    """A date, a time or both, as people write them (`crm.dates`), not in the past.

    `half` is what an earlier message already said of a datetime. Among the choices of a doubt about a datetime may be
    bare dates: the time is still to be asked of the one chosen.
    """
    if half is not None and want == "datetime":
        # A message that names a day (or an hour) of its own replaces the half; else the two are read as one phrase.
        own = dates.read(raw, now=now, zone=zone, want=_other(half.missing), hours=hours, language=language)
        if isinstance(own, dates.Unread | dates.Incomplete) or _is_bare_number(raw):
            raw = _joined(half, raw)
    return _taken(dates.read(raw, now=now, zone=zone, want=want, hours=hours, language=language), want)


_PARTS: Final = {"morning": "утром", "midday": "днём", "afternoon": "днём", "evening": "вечером", "night": "ночью"}


def _joined(half: Half, raw: str) -> str:
    if half.missing == "date":
        return f"{raw} {half.value}"
    # "Tomorrow evening", and then "7": the part of the day still counts, unless the answer has words of its own.
    part = _PARTS.get(half.part or "", "") if not any(letter.isalpha() for letter in raw) else ""
    return f"{half.value} {raw} {part}".strip()


def _is_bare_number(raw: str) -> bool:
    return bool(re.fullmatch(r"\D{0,3}\d{1,2}\D?", raw.strip()))


def _other(missing: Literal["date", "time"]) -> Literal["date", "time"]:
    return "date" if missing == "time" else "time"


def _taken(read: dates.Result, want: Literal["date", "time", "datetime"]) -> Read:
    if isinstance(read, dates.Unread):
        return Refused("date-unknown" if read.reason == "empty" else f"date-{read.reason}")
    if isinstance(read, dates.Incomplete):
        known = read.date if read.missing == "time" else read.time
        if known is None or want != "datetime":
            return Refused(f"{read.missing}-missing")
        return Half(read.missing, f"{known:%H:%M}" if isinstance(known, time) else known.isoformat(), read.part)
    if isinstance(read, dates.Reading):
        kept = _kept(read, want)
        return Accepted(kept) if kept is not None else Refused("date-unknown")
    choices = tuple(dict.fromkeys(kept for one in read.choices if (kept := _kept(one, want)) is not None))
    return Unsure("date-doubt", choices) if choices else Refused("date-unknown")


def _kept(read: dates.Reading, want: Literal["date", "time", "datetime"]) -> str | None:
    if want == "time":
        return f"{read.time:%H:%M}" if read.time is not None else None
    if want == "datetime" and read.at is not None:
        return read.at.astimezone(UTC).isoformat(timespec="minutes")
    return read.date.isoformat() if read.date is not None else None


def past_date(raw: str, *, now: datetime, zone: ZoneInfo, language: str | None = None) -> Read:
    """A day that has been, such as a birthday: it needs its year, so that nothing is guessed."""
    today = now.astimezone(zone).date()
    read = dates.read(raw, now=now, zone=zone, want="date", hours=(0, 24), language=language, past=True)
    taken = _taken(read, "date")
    days = [taken.value] if isinstance(taken, Accepted) else taken.choices if isinstance(taken, Unsure) else ()
    if days and not _names_year(raw):
        return Refused("date-year")
    fitting = tuple(day for day in days if date(today.year - OLDEST, 1, 1) <= date.fromisoformat(day) <= today)
    if days and not fitting:
        return Refused("date-future" if date.fromisoformat(days[0]) > today else "date-impossible")
    if len(fitting) == 1:
        return Accepted(fitting[0])
    return Unsure("date-doubt", fitting) if fitting else taken


def _names_year(raw: str) -> bool:
    return bool(re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d[./-]\d\d?[./-]\d\d\b", raw))


_LEAP_YEAR: Final = 2000
"""Any leap year will do to read a birthday by whose year is not said: 29 February is one."""


def birthday(raw: str, *, now: datetime, zone: ZoneInfo, language: str | None = None) -> Read:
    """A birthday with its year (1990-03-08) or without it (--03-08), as people write either: «8 марта», 08.03.1990."""
    typed = folding.visible(raw[:100]).removeprefix("--").rstrip(". ")
    if _names_year(typed):
        return past_date(typed, now=now, zone=zone, language=language)
    if not re.search(r"\d", typed):
        return Refused("date-unknown")
    if iso := re.fullmatch(r"(\d\d)-(\d\d)", typed):
        whole = f"{_LEAP_YEAR}-{iso[1]}-{iso[2]}" if raw.strip().startswith("--") else f"{iso[1]}.{iso[2]}.{_LEAP_YEAR}"
    elif mark := re.fullmatch(r"\d{1,2}([./ ])\d{1,2}", typed):
        whole = f"{typed}{mark[1]}{_LEAP_YEAR}"
    else:
        whole = f"{typed} {_LEAP_YEAR}"
    read = dates.read(whole, now=now, zone=zone, want="date", hours=(0, 24), language=language, past=True)
    taken = _taken(read, "date")
    if isinstance(taken, Accepted):
        return _yearless(taken.value) or Refused("date-unknown")
    if isinstance(taken, Unsure):
        days = tuple(kept.value for day in taken.choices if (kept := _yearless(day)) is not None)
        return Unsure(taken.reason, days) if days else Refused("date-unknown")
    return taken


def _yearless(day: str) -> Accepted | None:
    return Accepted(f"--{day[5:]}") if day.startswith(f"{_LEAP_YEAR}-") else None


def has_passed(value: str, kind: Literal["date", "datetime"], *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a kept date or datetime is over; today is not."""
    if kind == "date" or len(value) == len("2026-12-25"):
        return date.fromisoformat(value) < now.astimezone(zone).date()
    return datetime.fromisoformat(value) <= now
