"""Phones as files hold them and people type them: a text in, the numbers of it in E.164 out, each form of Russia and
Ukraine read right.

Both countries write their numbers at home without a code, and each in ways that the other's rules misread. The forms do
not meet, so one table reads both, wherever the business names no third country:

* 8 916 …, 7 916 …, +8 916 …, 916 … (ten digits): Russia, whose area codes never begin with 0;
* 80 67 …, 0 67 …, 380 67 …, +380 (067) …, 67 … (nine digits): Ukraine;
* 00 … and 8 10 … begin a number of any country.

A number of another form is tried in the business's countries in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from crm import folding

INVALID: Final = "phone-invalid"
ROUNDED: Final = "phone-rounded"
"""A sheet showed the number as 3.8E+11 and saved what it showed: the digits are lost."""
LONGEST: Final = 1000
"""Characters of a cell with many numbers: a longer one is a text."""


@dataclass(frozen=True, slots=True)
class Phones:
    """What a cell holds: numbers in E.164, each once, and the parts that are none with the reason."""

    found: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


# Mobile prefixes under which every number is given out, so that nothing is to be looked up: nine cells of ten.
# Source: the phonenumbers metadata of UA and RU; a test compares.
_RUSSIAN_MOBILE: Final = "9(?:[0-24-9][0-9]|3[1-9])[0-9]{7}"
_UKRAINIAN_MOBILE: Final = "(?:39|50|6[36-8]|7[1357]|9[1-9])[0-9]{7}"
_SURELY_MOBILE: Final = re.compile(rf"\+(?:380{_UKRAINIAN_MOBILE}|7{_RUSSIAN_MOBILE})")
# The same as people write them where only these two countries are meant.
_MOBILE_AT_HOME: Final = re.compile(rf"(?:\+?7|8)({_RUSSIAN_MOBILE})|\+?(?:38|8)?0({_UKRAINIAN_MOBILE})")
_BETWEEN_DIGITS: Final = dict.fromkeys(
    map(ord, " \t\r\n\u00a0\u2009\u202f()[]-‐‑‒–—−._'’`\u200e\u200f\u202a\u202c\u2060\ufeff")
)
_PLAIN: Final = re.compile(r"\+?[0-9]{7,18}")
_EXACT_FLOAT: Final = re.compile(r"\+?[0-9]{7,18}[.,]0{1,2}")
_SCIENTIFIC: Final = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eEеЕ]\+?([0-9]{1,2})")
_EXTENSION: Final = re.compile(
    r"[,;]?\s*(?:доб|вн|ext|x|#|доп|додатк)[.а-яіїєa-z]*\s*:?\s*[0-9]{1,6}\s*$", re.IGNORECASE
)
_SEPARATORS: Final = re.compile(r":::|[,;|/\n\r\\]|\s(?:и|і|та|or|and)\s")
_BEFORE_PLUS: Final = re.compile(r"(?<=[0-9)])\s*(?=\+)")
_TWO_COUNTRIES: Final = frozenset({"UA", "RU"})


def read(text: str, regions: Sequence[str]) -> Phones:
    """All the numbers of a cell. Extensions are left off; words beside a number («067… мама») do not hurt it."""
    if len(text) > LONGEST:
        return Phones(refused=((text, INVALID),))
    one = number(text, regions)
    if one is not None:
        return Phones((one,))
    if (scientific := _SCIENTIFIC.fullmatch(text.strip())) and int(scientific[3]) >= 6:
        return Phones(refused=((text.strip(), ROUNDED),))
    found: dict[str, None] = {}
    refused: list[tuple[str, str]] = []
    for part in _parts(_EXTENSION.sub("", text)):
        if one := number(part, regions):
            found[one] = None
        elif several := _spaced(part, regions):
            found.update(dict.fromkeys(several))
        else:
            refused.append((part, INVALID))
    # «(мама)» or «моб.» between separators is no failed number once a number was found.
    kept = refused if not found else [(part, why) for part, why in refused if any(sign.isdecimal() for sign in part)]
    return Phones(tuple(found), tuple(kept))


def number(text: str, regions: Sequence[str]) -> str | None:
    """The one number that a text is, in E.164; None when it is none, or more than one."""
    if len(text) > LONGEST:
        return None
    plain = text.translate(_BETWEEN_DIGITS)
    at_home = _TWO_COUNTRIES.issuperset(regions)
    if at_home and (mobile := _MOBILE_AT_HOME.fullmatch(plain)):
        return "+7" + mobile[1] if mobile[1] else "+380" + mobile[2]
    bare = text.strip()
    if _EXACT_FLOAT.fullmatch(bare):
        bare = re.split("[.,]", bare)[0]
        plain = bare
    if not _PLAIN.fullmatch(plain):
        plain = _without_words(bare) or ""
        if not plain:
            return None
    if at_home:
        for candidate in _two_countries(plain, regions):
            if _SURELY_MOBILE.fullmatch(candidate) or _exists(candidate):
                return candidate
    elif _SURELY_MOBILE.fullmatch(plain):
        return plain
    return by_digits(plain, regions)


def by_digits(text: str, regions: Sequence[str]) -> str | None:
    """The valid number that all the digits of a text make in one of these countries, tried in their order. A number of
    another country needs its code. Source of what is valid: the phonenumbers metadata."""
    digits = folding.digits(text)
    if not 7 <= len(digits) <= 18:
        return None
    import phonenumbers  # here: 40 ms that most files, `check` and `--help` need not spend

    written: list[tuple[str, str | None]] = []
    if digits.startswith("00"):
        written.append(("+" + digits[2:], None))
    elif "+" in text.split(digits[0], 1)[0]:
        written.append(("+" + digits, None))
    written += [(digits, region) for region in regions]
    if len(digits) >= 11:
        written.append(("+" + digits, None))
    for candidate, region in written:
        try:
            parsed = phonenumbers.parse(candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return None


def looks_like_one(text: str) -> bool:
    """Whether a cell could be a phone, by its form only: what recognising a column needs, at no cost."""
    plain = text.strip().removesuffix(".0").translate(_BETWEEN_DIGITS)
    if not _PLAIN.fullmatch(plain):
        return False
    digits = plain.lstrip("+")
    return (plain.startswith("+") and len(digits) >= 9) or digits.startswith(("380", "0")) or _russian(digits)


def _russian(digits: str) -> bool:
    return (len(digits) == 11 and digits[0] in "78" and digits[1] in "03489") or (
        len(digits) == 10 and digits[0] == "9"
    )


def _parts(text: str) -> Iterator[str]:
    for part in _SEPARATORS.split(text):
        for one in _BEFORE_PLUS.split(part):
            if stripped := one.strip():
                yield stripped


def _spaced(part: str, regions: Sequence[str]) -> list[str]:
    """Whole numbers with only a space between them; a cell where one of the words is no number is not so read."""
    found = []
    for word in part.split():
        one = number(word, regions)
        if one is None:
            return []
        found.append(one)
    return found


def _without_words(text: str) -> str | None:
    """The digits of a text that has words around one number: «моб. 067 123-45-67 (мама)»."""
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific:
        digits = scientific[1] + (scientific[2] or "").rstrip("0")
        power = int(scientific[3])
        # Whole only if the figure names every digit but a last zero or two that numbers do end in.
        return digits.ljust(power + 1, "0") if power - 1 <= len(digits) <= power + 1 <= 15 else None
    bare = _EXTENSION.sub("", text.removeprefix("tel:"))
    runs = re.findall(r"\+?[0-9][0-9\s().\-‐‑‒–—−\u00a0]*", bare)
    if len(runs) != 1:
        return None
    plain: str = runs[0].translate(_BETWEEN_DIGITS)
    plain = re.sub(r"\s", "", plain)
    if "+" in bare and not plain.startswith("+") and bare.index("+") < bare.index(runs[0]):
        plain = "+" + plain
    return plain if _PLAIN.fullmatch(plain) else None


def _two_countries(plain: str, regions: Sequence[str]) -> Iterator[str]:
    """The numbers that the digits may stand for in Russia or Ukraine, the likeliest first. See the module's rules."""
    plus, digits = plain[0] == "+", plain.lstrip("+")
    if not plus and len(digits) > 11 and digits.startswith("00"):
        plus, digits = True, digits[2:]
    elif not plus and len(digits) > 12 and digits.startswith("810"):
        plus, digits = True, digits[3:]
    length = len(digits)
    if length == 12 and digits.startswith("380"):
        yield "+" + digits
    elif length == 13 and digits.startswith("3800"):  # +380 (067) …
        yield "+380" + digits[4:]
    elif length == 11 and digits[0] == "7":
        yield "+" + digits
    elif length == 12 and digits.startswith("78"):  # +7 (8916) …
        yield "+7" + digits[2:]
    elif length == 11 and digits.startswith("80"):
        yield "+3" + digits
    elif length == 11 and digits[0] == "8" and not plus:
        yield "+7" + digits[1:]
    elif length == 10 and digits[0] == "0":
        yield "+38" + digits
    elif not plus and length == 10 and "RU" in regions:
        yield "+7" + digits
    elif not plus and length == 9 and "UA" in regions:
        yield "+380" + digits
    if plus:
        yield "+" + digits
        # +8 916 …: an eight that was made international by its plus only. Where no such number exists it is Russia's.
        if length == 11 and digits[0] == "8":
            yield "+7" + digits[1:]


def _exists(e164: str) -> bool:
    import phonenumbers  # here: most files never need it

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(e164, None))
    except phonenumbers.NumberParseException:
        return False
