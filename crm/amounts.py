"""Sums of money: read as people write them, kept in minor units, brought to the business's own currency.

What is doubtful is read the way money is written: of "1.500" the full stop separates thousands, since nobody pays
thousandths (but of a dinar, which has them). Whoever shows a sum for confirmation shows it as it was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from crm import currencies, folding

LARGEST: Final = 10**13
"""Minor units: a hundred milliards of hryvnias. More is a slip of the finger, and sums of sums must fit 64 bits."""

_SPACES: Final = re.compile("[\u0020\u00a0\u2007\u2009\u202f]")
# Groups of three are joined over a space or an apostrophe; "1500 2 coats" is 1500 and two coats.
_FIGURE: Final = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?!\d)(?:[.,]\d+)*|\d[\d.,]*")
_THOUSANDS: Final = re.compile(r" ?(?:тыс|тис)\b\.?|[kк]\b", re.IGNORECASE)
_MILLIONS: Final = re.compile(r" ?(?:млн|mln)\b\.?", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_SYMBOL: Final = re.compile("[" + re.escape("".join(currencies.SYMBOLS)) + "]")
_MINOR: Final = re.compile(r" ?(\d{1,2}) ?([^\W\d_]+)\b\.?")


@dataclass(frozen=True, slots=True)
class Money:
    """A sum: a whole number of minor units (kopecks, cents) of an ISO 4217 currency."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Unread:
    """No sum, and why: the words are `amount-{reason}`, which say what to write instead. `params` are their values."""

    reason: str
    params: Mapping[str, Any] = field(default_factory=dict)


def read(text: str, *, currency: str, known: Collection[str] = ()) -> Money | Unread:
    """A text that is nothing but a sum. `currency` is meant where none is named, `known` are the others in use."""
    money, rest = read_leading(text, currency=currency, known=known)
    return Unread("invalid") if isinstance(money, Money) and rest else money


def read_leading(text: str, *, currency: str, known: Collection[str] = ()) -> tuple[Money | Unread, str]:
    """The sum a text begins with, and the words after it: "1 500,50 грн стрижка", "$20 delivery", "5к", "20 usd".

    Three letters after the figure are a currency when they are one in use, one that is no other word, or in capitals.
    """
    line = _SPACES.sub(" ", unicodedata.normalize("NFKC", text.strip()).replace("−", "-").replace("–", "-"))
    line = folding.visible(line[:400])
    before, at = _currency_before(line, {currency, *known})
    if line[at : at + 1] in ("-", "+"):
        if line[at] == "-" and line[at + 1 : at + 2].isdigit():
            return Unread("negative"), ""
        at += 1
    found = _FIGURE.match(line, at)
    if found is None:
        return Unread("none"), line
    figure = found[0].rstrip(".,")
    at += len(figure)
    times, at = _times(line, at)
    after, at, minor = _currency_after(line, at, {currency, *known})
    if before and after and before != after:
        return Unread("two-currencies"), ""
    code = after or before or currency
    money = _money(figure, code, times=times, minor=minor)
    return money, line[at:].lstrip(" ,;:—-").strip()


def converted(money: Money, *, to: str, rates: Mapping[str, Decimal]) -> int | None:
    """The sum in minor units of another currency, half a unit rounded up; None without a rate for it.

    A rate says how many whole units of `to` one whole unit of the currency costs.
    """
    if money.currency == to:
        return money.minor
    rate = rates.get(money.currency)
    if rate is None:
        return None
    shift = currencies.minor_digits(to) - currencies.minor_digits(money.currency)
    return rounded(Decimal(money.minor) * rate * Decimal(10) ** shift)


def in_minor(major: Decimal, currency: str) -> int:
    """Whole units, as the owner's file writes them, in minor ones."""
    return rounded(major * Decimal(10) ** currencies.minor_digits(currency))


def in_major(minor: int, currency: str) -> Decimal:
    """Minor units in whole ones, exactly."""
    return Decimal(minor).scaleb(-currencies.minor_digits(currency))


def share(minor: int, part: int, of: int) -> int:
    """`minor` × part / of, half a unit rounded up: a sum cut in the same proportion as another."""
    return rounded(Decimal(minor) * part / of)


def rounded(value: Decimal) -> int:
    """To the nearest whole number, a half away from zero, as people count money."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _currency_before(line: str, in_use: Collection[str]) -> tuple[str | None, int]:
    if symbol := _SYMBOL.match(line):
        return currencies.SYMBOLS[symbol[0]], symbol.end() + (line[symbol.end() : symbol.end() + 1] == " ")
    word = _WORD.match(line)
    if word is None:
        return None, 0
    code, end = _named(word[0], in_use), word.end()
    if code is None:
        return None, 0
    end += line[end : end + 1] == "."
    return code, end + (line[end : end + 1] == " ")


def _currency_after(line: str, at: int, in_use: Collection[str]) -> tuple[str | None, int, int]:
    """The currency named after a figure, where what follows it begins, and the hundredths said beside it
    («1500 грн 50 коп»)."""
    start = at + (line[at : at + 1] == " ")
    if symbol := _SYMBOL.match(line, start):
        code: str | None = currencies.SYMBOLS[symbol[0]]
        end = symbol.end()
    elif (word := _WORD.match(line, start)) is not None:
        code, end = _named(word[0], in_use), word.end()
        end += line[end : end + 1] == "."
    else:
        return None, at, 0
    if code is None:
        return None, at, 0
    hundredths = _MINOR.match(line, end)
    if hundredths is not None and hundredths[2].lower() in currencies.MINOR_WORDS:
        return code, hundredths.end(), int(hundredths[1])
    return code, end, 0


def _named(word: str, in_use: Collection[str]) -> str | None:
    if (said := currencies.WORDS.get(word.lower())) is not None:
        return said
    code = word.upper()
    if code not in currencies.CODES:
        return None
    return code if code in in_use or code in currencies.WELL_KNOWN or word == code else None


def _times(line: str, at: int) -> tuple[int, int]:
    for pattern, times in ((_THOUSANDS, 1_000), (_MILLIONS, 1_000_000)):
        if found := pattern.match(line, at):
            return times, found.end()
    return 1, at


def _money(figure: str, code: str, *, times: int, minor: int) -> Money | Unread:
    value = _value(re.sub("[ '’]", "", figure), code, times=times)
    if value is None:
        return Unread("invalid")
    digits = currencies.minor_digits(code)
    exact = (value * times).scaleb(digits) + minor
    if exact != exact.to_integral_value():
        return Unread("too-fine", {"currency": code, "digits": digits})
    if exact == 0:
        return Unread("zero")
    return Unread("too-large") if exact > LARGEST else Money(int(exact), code)


def _value(figure: str, code: str, *, times: int) -> Decimal | None:
    """A figure with its marks understood; None where they make no sense."""
    marks = [sign for sign in figure if sign in ".,"]
    if not marks:
        return Decimal(figure) if len(figure) <= 15 else None
    last = marks[-1]
    whole, _, fraction = figure.rpartition(last)
    if len(marks) == 1 and not _is_grouped(figure, last, code, times=times):
        return Decimal(f"{whole}.{fraction}") if len(figure) <= 15 else None
    groups = (figure if len(set(marks)) == 1 else whole).replace(",", ".").split(".")
    if len(set(marks)) > 1 and (last in marks[:-1] or len(set(marks[:-1])) > 1):
        return None  # 1,500.50,20
    if not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])) or len(groups) > 5:
        return None
    return Decimal("".join(groups) + ("" if len(set(marks)) == 1 else f".{fraction}"))


def _is_grouped(figure: str, mark: str, code: str, *, times: int) -> bool:
    """Whether the only mark of a figure parts thousands: three digits follow, of a currency without thousandths."""
    whole, _, rest = figure.partition(mark)
    return (
        len(rest) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0" and currencies.minor_digits(code) < 3 and times == 1
    )
