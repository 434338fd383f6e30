"""Which cards may be one person: what of a card is compared, which cards are compared, and what the score is taken for.

*Certain*: the score says 999 in 1,000, something beside the name agrees, and nothing that a person has only one of (a
given name, a day of birth) speaks against it. *Likely*: the score says 4 to 1, or a phone or an address is the same and
nothing speaks against it; a manager is asked. Everything else is nothing. Only what Telegram itself has proved, the same
verified phone, may join cards without asking: `proven`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from crm import blocking, diminutives, likeness, names
from crm.blocking import Rule
from crm.likeness import SHORT_NUMBER
from crm.linkage import Field, Model, Pattern, Prepared

Class = Literal["certain", "likely"]

CERTAIN_FROM: Final = 10.0
"""Bits: 1,024 to 1. Chosen, like the other bar, on FEBRL 1 and 2 and on made bases, where nothing above it is wrong."""
HARDLY: Final = -10.0
"""Bits: below this nobody is asked, whatever agrees."""
LIKELY_FROM: Final = 2.0
"""Bits: 4 to 1, which is worth a look."""


@dataclass(frozen=True, slots=True)
class Person:
    """What of a card is compared. `phones` are E.164, `emails` in lower case, `birthday` 1990-03-08 or --03-08;
    `verified` are the phones Telegram has proved to be the sender's own."""

    id: int
    name: str | None = None
    username: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    verified: tuple[str, ...] = field(default=())
    birthday: str | None = None
    city: str | None = None
    address: str | None = None
    telegram_id: int | None = None


class Found:
    """Two cards that may be one person. `reasons` says what agrees and what differs: column → level."""

    __slots__ = ("high", "low", "reasons", "score", "taken_for")

    def __init__(self, low: int, high: int, score: float, reasons: Mapping[str, str], taken_for: Class) -> None:
        self.low, self.high, self.score, self.reasons, self.taken_for = low, high, score, dict(reasons), taken_for


def fields() -> tuple[Field, ...]:
    """What of a card is compared. The shares are what customers' bases have been seen to hold; a base's own replace
    them."""
    return (
        Field(likeness.given_and_surname(), ("given", "surname")),
        Field(likeness.patronymic(), ("patronymic",)),
        Field(likeness.phones(), ("phones",)),
        Field(likeness.emails(), ("emails",)),
        Field(likeness.handle("username"), ("username",)),
        Field(likeness.date("birthday"), ("birthday",)),
        Field(likeness.word("city", same=(0.75, 0.12), kin=(0.9, 0.05, 0.01, 0.04)), ("city",)),
        Field(likeness.word("address", same=(0.6, 0.001), kin=(0.7, 0.15, 0.05, 0.1)), ("address",)),
    )


_PLACES: Final = {source: place for place, one in enumerate(fields()) for source in one.sources}
_COMMON: Final = 12
"""Names alone, or a surname and a city, say something only where few people share them."""
RULES: Final[tuple[Rule, ...]] = (
    Rule(("tail",)),
    Rule(("email",)),
    Rule(("local",)),
    Rule(("given", "last4")),
    Rule(("surname", "last4")),
    Rule(("given", "born")),
    Rule(("surname", "born")),
    Rule(("surname", "day")),
    Rule(("sound", "day")),
    Rule(("born", "city")),
    Rule(("given", "address")),
    Rule(("surname", "address")),
    Rule(("word", "word"), _COMMON),
    Rule(("given", "surname"), _COMMON),
    Rule(("given", "sound"), _COMMON),
    Rule(("given", "start"), _COMMON),
    Rule(("surname", "city"), _COMMON),
)


def record(person: Person) -> dict[str, Any]:
    """The person as the comparison reads them."""
    name = names.read(person.name)
    return {
        "given": name.given,
        "surname": name.surname,
        "patronymic": name.patronymic,
        "phones": person.phones,
        "emails": person.emails,
        "username": person.username,
        "birthday": person.birthday,
        "city": person.city,
        "address": person.address,
    }


def parts(prepared: Prepared) -> dict[str, Sequence[str]]:
    """What the keys of a prepared person are made of: crm/blocking.py."""
    found: dict[str, Sequence[str]] = {}
    given, surname = prepared[_PLACES["given"]] or (None, None)
    if given and len(given) > 1:
        found["given"] = [str(group) for group in sorted(diminutives.groups(given))] or [given]
    if surname and len(surname) > 1:
        found["surname"] = [surname]
        found["sound"] = [sound(surname)]
        found["start"] = [surname[:4]]
    if given and surname and len(given) > 1 and len(surname) > 1:
        found["word"] = [given, surname]
    if phones := prepared[_PLACES["phones"]]:
        found["tail"] = [phone[-SHORT_NUMBER:] for phone in phones]
        found["last4"] = [phone[-4:] for phone in phones]
    if emails := prepared[_PLACES["emails"]]:
        found["email"] = emails
        found["local"] = [local for email in emails if len(local := email.partition("@")[0]) > 4]
    if username := prepared[_PLACES["username"]]:
        found["local"] = [*found.get("local", ()), username]
    if birthday := prepared[_PLACES["birthday"]]:
        found["day"] = [birthday[4:], birthday[6:] + birthday[4:6]]
        if birthday[:4] != "0000":
            found["born"] = [birthday]
    if city := prepared[_PLACES["city"]]:
        found["city"] = [city[:5]]
    if address := prepared[_PLACES["address"]]:
        found["address"] = [address[:8]]
    return found


def sound(surname: str) -> str:
    """What is left of a surname when it is misheard: its consonants, voiced and voiceless as one, doubled ones once."""
    heard = ""
    for letter in surname.translate(_HEARD):
        if letter != heard[-1:]:
            heard += letter
    return surname[0].translate(_FIRST) + heard


_HEARD: Final = str.maketrans("bdgvzj", "ptkfsi", "aeiouy'h")
_FIRST: Final = str.maketrans("aeiouybdgvzj", "aaaaaaptkfsa")


def taken_for(score: float, reasons: Mapping[str, str]) -> Class | None:
    """The class of a scored pair; None when it is nothing to speak of."""
    if score >= CERTAIN_FROM and supported(reasons) and not contradicts(reasons):
        return "certain"
    if score < HARDLY:
        return None
    if score >= LIKELY_FROM or (_points_agree(reasons) and not contradicts(reasons)):
        return "likely"
    return None


def _points_agree(reasons: Mapping[str, str]) -> bool:
    return any(reasons.get(column) == "same" for column in ("phone", "email", "username"))


def supported(reasons: Mapping[str, str]) -> bool:
    """Whether anything beside the name agrees: however rare a name is, two people may bear it."""
    return any(reasons.get(column) == "same" for column in ("phone", "email", "username", "birthday", "address"))


def contradicts(reasons: Mapping[str, str]) -> bool:
    """Whether something that a person has only one of differs: relatives share a surname, an address and a phone."""
    return reasons.get("given") in ("different", "like") or reasons.get("birthday") in ("different", "part")


def proven(one: Person, other: Person, reasons: Mapping[str, str]) -> bool:
    """Whether the cards are one person by rule: Telegram proved the phone of one, and the other has it too.

    Not when a name or a day of birth differs (a relative may have left the same number), nor when both write to the bot
    from accounts of their own: a number passes on to somebody else, and two people then have proved it.
    """
    if one.telegram_id is not None and other.telegram_id is not None:
        return False
    shared = set(one.phones) & set(other.phones)
    return bool(shared & {*one.verified, *other.verified}) and not contradicts(reasons)


def compare(model: Model, one: Person, other: Person) -> tuple[float, dict[str, str]]:
    """The score of two cards in bits, and what agrees and what differs."""
    first, second = model.prepare(record(one)), model.prepare(record(other))
    pattern = model.pattern(first, second)
    return model.score(first, second, pattern), model.agreement(pattern)


def find(model: Model, people: Sequence[Person]) -> Iterator[Found]:
    """Everybody in a base who may be there twice, after the model has learnt from it. The lower id comes first."""
    prepared = [model.prepare(record(person)) for person in people]
    pairs = blocking.candidates(map(parts, prepared), RULES)
    # Few patterns are different: each is kept once.
    patterns: list[Pattern] = []
    kept: dict[Pattern, Pattern] = {}
    for one, other in pairs:
        pattern = model.pattern(prepared[one], prepared[other])
        patterns.append(kept.setdefault(pattern, pattern))
    model.learn(prepared, patterns)
    for (one, other), pattern in zip(pairs, patterns, strict=True):
        score = model.score(prepared[one], prepared[other], pattern)
        if score < HARDLY:
            continue
        reasons = model.agreement(pattern)
        kind = taken_for(score, reasons)
        if kind is not None:
            low, high = sorted((people[one].id, people[other].id))
            yield Found(low, high, score, reasons, kind)
