"""Rows of a file that somebody brings, as values of a card: read, checked, and what is wrong said cell by cell.

Nothing is guessed and nothing is dropped in silence: a cell is taken, or it is a fault with its column, its value and
the reason. A fault costs its cell only; a row is lost when nothing is left by which its person could be reached. A
purchase alone is taken whole or not yet: it waits until its row comes corrected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import amounts, column_words, columns, day_forms, folding, name_forms, phone_forms, values
from crm.columns import Column, Columns

TEXT_LENGTH: Final = 300
"""Of a city, an organisation, a position, what was bought."""
SOURCE_LENGTH: Final = 64
NOTE_LENGTH: Final = 4000
TAG_LENGTH: Final = 64
ORDER_LENGTH: Final = 80
MANY_LENGTH: Final = 2000
"""Of a cell with several e-mails or tags."""
SHOWN_LENGTH: Final = 100
"""Of the value that a fault shows."""
OLDEST_YEARS: Final = 120

FAULTS: Final = frozenset(
    {
        phone_forms.INVALID, phone_forms.ROUNDED, "email-invalid", "email-typo", "date-unknown", "date-impossible",
        "date-future", "date-old", "date-year", "username-invalid", "telegram-invalid", "sex-unknown", "status-unknown",
        "language-unknown", "amount-invalid", "text-long", "own-invalid", "row-wide", "row-nobody", "row-unreachable",
    }
)  # fmt: skip
"""The reasons of faults. The words of each are `fault-<reason>`."""

OwnReader = Callable[[str], values.Read]
"""Reads a cell of a field of the owner's own by the field's type."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell. `column` is its index, None for the row as a whole; `params` fill the words;
    `fatal`: the row cannot be imported."""

    column: int | None
    value: str
    reason: str
    params: Mapping[str, Any] = field(default_factory=dict)
    fatal: bool = False


@dataclass(slots=True)
class Incoming:
    """What a row says of a person. `values` are by target, only those that are there:

    name, city, organisation, position, note, source, owner, status, language, sex (female | male), username (without @),
    what, order: str · telegram_id: int · phone (E.164), email, tags: list[str], each once, in their order · birthday:
    1990-03-08 or --03-08 · created, bought_at: ISO 8601 in UTC · amount: [minor units, ISO 4217] · field:<id>: as
    `crm.values` keeps its type.

    `held`: the row's purchase waits until the row is corrected; the person does not.
    """

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    held: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether the row cannot be imported."""
        return any(fault.fatal for fault in self.faults)

    def hold(self) -> None:
        """Keeps the purchase back. Dated today or without its number it would be one that never was, and a second one as
        soon as the corrected row is sent."""
        self.values.pop("amount", None)
        self.held = True


_SPLIT: Final = re.compile(r":::|[,;|\n\r]")
_SPLIT_EMAILS: Final = re.compile(r":::|[,;|\s]")
_PLAIN_LOCAL: Final = re.compile(r"[A-Za-z0-9](?:[._+-]?[A-Za-z0-9_]){0,62}")
_USERNAME: Final = re.compile(r"(?:@|(?:https?://)?(?:www\.)?(?:t|telegram)\.me/)?([A-Za-z]\w{3,31})/?", re.ASCII)
_GOOGLE_GROUPS: Final = frozenset({"mycontacts", "my contacts", "starred"})
_UNSAID: Final = frozenset(map(str.strip, column_words.UNSAID.split("|")))
_DOMAINS_KEPT: Final = 20_000
_NAMES: Final = frozenset({"first_name", "last_name", "middle_name"})

_Take = Callable[[Incoming, Column, str], None]


class Reader:
    """Reads the rows of one file. Built once: what each column needs is settled before the first row."""

    def __init__(
        self,
        mapping: Columns,
        *,
        regions: Sequence[str],
        zone: ZoneInfo,
        now: datetime,
        currency: str = "UAH",
        currencies: Sequence[str] = (),
        own: Mapping[str, OwnReader] | None = None,
    ) -> None:
        """`regions` are the business's countries, the first one first; `zone` is whose clock the file's times are on;
        `now` is aware; `currency` is meant where a sum names none, `currencies` are the others in use; `own` reads the
        owner's own fields by id: a column of a field that is not there is left out."""
        self._width = len(mapping.columns)
        self._regions = tuple(regions)
        self._zone = zone
        self._now = now
        today = now.astimezone(zone)
        self._today = (today.year, today.month, today.day)
        self._currency = currency
        self._currencies = (*currencies, currency)
        self._own = own or {}
        self._sells = mapping.kind == "purchases"
        self._of_sales = {
            column.index: column.target
            for column in mapping.columns
            if column.target in columns.PURCHASE_TARGETS or column.target == "created"
        }
        self._names_in_parts = any(column.target in _NAMES for column in mapping.columns)
        self._domains: dict[str, bool] = {}
        taken = ((column, self._taker(column.target)) for column in mapping.columns)
        self._takers = [(column.index, column, take) for column, take in taken if take is not None]

    def to_card(self, cells: Sequence[str]) -> Incoming:
        """What a row says. Cells that are missing at its end are empty."""
        incoming = Incoming()
        length = len(cells)
        for index, column, take in self._takers:
            if index < length and (cell := cells[index].strip()) and (len(cell) > 12 or cell.lower() not in _UNSAID):
                take(incoming, column, cell)
        if length > self._width and (beyond := [cell for cell in cells[self._width :] if cell.strip()]):
            _blame(incoming, None, " · ".join(beyond), "row-wide")
        self._finish(incoming)
        return incoming

    def _taker(self, target: str) -> _Take | None:
        if target.startswith(columns.OWN):
            return self._own_field if target.removeprefix(columns.OWN) in self._own else None
        if target in _NAMES:
            return _name_part
        takers: dict[str, _Take] = {
            "name": _name,
            "phone": self._phones,
            "email": self._emails,
            "birthday": self._birthday,
            "created": self._moment,
            "bought_at": self._moment,
            "tags": _tags,
            "note": _note,
            "username": self._username,
            "telegram_id": _telegram_id,
            "amount": self._amount,
            "sex": _named("SEXES", "sex-unknown"),
            "status": _named("STATUSES", "status-unknown"),
            "language": _named("LANGUAGES", "language-unknown"),
            "currency": _text(20),
            "source": _text(SOURCE_LENGTH),
            "order": _text(ORDER_LENGTH),
            **dict.fromkeys(("city", "organisation", "position", "owner", "what"), _text(TEXT_LENGTH)),
        }
        return takers.get(target)

    def _finish(self, incoming: Incoming) -> None:
        kept = incoming.values
        if self._names_in_parts:
            name = name_forms.whole(kept.pop("name", None), *(kept.pop(part, None) for part in name_forms.PARTS))
            if name:
                kept["name"] = name[: folding.NAME_LENGTH]
        if "name" not in kept and "organisation" in kept:
            kept["name"] = folding.name(kept["organisation"])
        if self._sells or "currency" in kept:
            self._reckon(incoming)
        if self._sells and incoming.faults and not incoming.held:
            self._weigh(incoming)
        if "phone" in kept or "email" in kept or "username" in kept or "telegram_id" in kept:
            return
        if any(fault.reason.startswith(("phone-", "email-", "username-", "telegram-")) for fault in incoming.faults):
            _blame(incoming, None, kept.get("name", ""), "row-unreachable", fatal=True)
        elif "name" not in kept or self._sells:
            _blame(incoming, None, kept.get("name", ""), "row-nobody", fatal=True)

    # ------------------------------------------------------------------------------------------------ how to reach them

    def _phones(self, incoming: Incoming, column: Column, cell: str) -> None:
        one = phone_forms.number(cell, self._regions)
        if one is not None:
            _join(incoming, "phone", one)
            return
        read = phone_forms.read(cell, self._regions)
        for phone in read.found:
            _join(incoming, "phone", phone)
        for part, reason in read.refused:
            example = {"example": values.phone_example(self._regions)} if reason == phone_forms.INVALID else {}
            _blame(incoming, column, part, reason, example)

    def _emails(self, incoming: Incoming, column: Column, cell: str) -> None:
        local, at, domain = cell.partition("@")
        if at and _PLAIN_LOCAL.fullmatch(local) and self._is_domain(domain):
            _join(incoming, "email", f"{local}@{domain.lower()}")
            return
        if len(cell) > MANY_LENGTH:
            _blame(incoming, column, cell, "text-long", {"max": MANY_LENGTH})
            return
        parts = [part for part in _SPLIT_EMAILS.split(cell) if part]
        # Beside an address, what has no @ is whose it is: Anna <anna@example.com>.
        for part in [part for part in parts if "@" in part] or parts:
            read = values.email(part.rsplit("<", 1)[-1])
            if isinstance(read, values.Accepted):
                _join(incoming, "email", read.value)
            elif isinstance(read, values.Unsure):
                _blame(incoming, column, part, "email-typo", {"meant": read.choices[0]})
            else:
                _blame(incoming, column, part, "email-invalid")

    def _is_domain(self, domain: str) -> bool:
        """Whether the whole check has found nothing against this domain before: files hold few domains, many times."""
        known = self._domains.get(domain)
        if known is None:
            known = isinstance(values.email(f"a@{domain}"), values.Accepted) and "," not in domain and domain.isascii()
            if len(self._domains) < _DOMAINS_KEPT:
                self._domains[domain] = known
        return known

    def _username(self, incoming: Incoming, column: Column, cell: str) -> None:
        if found := _USERNAME.fullmatch(cell):
            incoming.values.setdefault("username", found[1])
        elif phone_forms.looks_like_one(cell) or phone_forms.number(cell, self._regions):
            self._phones(incoming, column, cell)  # many note the number by which somebody is found on Telegram
        else:
            _blame(incoming, column, cell, "username-invalid")

    # --------------------------------------------------------------------------------------------------- days and sums

    def _birthday(self, incoming: Incoming, column: Column, cell: str) -> None:
        read = day_forms.read(cell, column.day_order)
        if isinstance(read, str):
            if read != "empty":
                _blame(incoming, column, cell, f"date-{read}")
            return
        year = read.year
        if year is not None:
            today = self._today
            if read.short_year and (year, read.month, read.day) > today:
                year -= 100
            if (year, read.month, read.day) > today:
                _blame(incoming, column, cell, "date-future")
                return
            if year < self._today[0] - OLDEST_YEARS:
                _blame(incoming, column, cell, "date-old", {"years": OLDEST_YEARS})
                return
        incoming.values.setdefault("birthday", day_forms.birthday(year, read.month, read.day))

    def _moment(self, incoming: Incoming, column: Column, cell: str) -> None:
        read = day_forms.read(cell, column.day_order)
        if isinstance(read, str):
            if read != "empty":
                _blame(incoming, column, cell, f"date-{read}")
        elif read.year is None:
            _blame(incoming, column, cell, "date-year")
        else:
            at = read.moment(self._zone)
            # A day without a time is its noon: today's may be some hours ahead, another clock's a day.
            if at > self._now + timedelta(days=1):
                _blame(incoming, column, cell, "date-future")
            else:
                incoming.values.setdefault(column.target, at.isoformat())

    def _amount(self, incoming: Incoming, column: Column, cell: str) -> None:
        read = amounts.read(cell, currency=self._currency, known=self._currencies)
        if isinstance(read, amounts.Unread):
            _blame(incoming, column, cell, "amount-invalid")
        elif "amount" not in incoming.values:
            # The cell stays beside the sum until the row's currency is known.
            incoming.values["amount"] = [read.minor, read.currency, cell]

    def _reckon(self, incoming: Incoming) -> None:
        """Joins the sum and the currency of a row: a cell that names its own currency, as 20 $ does, is right by itself."""
        currency, amount = incoming.values.pop("currency", None), incoming.values.pop("amount", None)
        if amount is None:
            return
        minor, code, cell = amount
        if currency and not re.search(r"[^\W\d_]|[$€£₴₽₸]", cell):
            read = amounts.read(f"{cell} {currency}", currency=self._currency, known=self._currencies)
            if isinstance(read, amounts.Unread):
                _blame(incoming, None, f"{cell} {currency}", "amount-invalid")
                incoming.hold()
                return
            minor, code = read.minor, read.currency
        incoming.values["amount"] = [minor, code]

    def _weigh(self, incoming: Incoming) -> None:
        """Whether the row's purchase can be written: not while something of it could not be read. Since when its person is
        known is of the purchase where that is the only date."""
        unread = {self._of_sales[one.column] for one in incoming.faults if one.column in self._of_sales}
        if "bought_at" in incoming.values:
            unread.discard("created")
        if unread and ("amount" in incoming.values or "amount" in unread):
            incoming.hold()

    def _own_field(self, incoming: Incoming, column: Column, cell: str) -> None:
        read = self._own[column.target.removeprefix(columns.OWN)](cell)
        if isinstance(read, values.Accepted):
            incoming.values.setdefault(column.target, read.value)
        else:
            _blame(incoming, column, cell, "own-invalid", {"column": column.title})


def _blame(
    incoming: Incoming,
    column: Column | None,
    value: str,
    reason: str,
    params: Mapping[str, Any] | None = None,
    *,
    fatal: bool = False,
) -> None:
    shown = folding.visible(value[:SHOWN_LENGTH])
    incoming.faults.append(Fault(column.index if column else None, shown, reason, params or {}, fatal))


def _join(incoming: Incoming, target: str, value: str) -> None:
    held = incoming.values.setdefault(target, [])
    if value not in held:
        held.append(value)


# ------------------------------------------------------------------------------------------------------ words of a person


def _name(incoming: Incoming, column: Column, cell: str) -> None:
    if len(cell) > 4 * folding.NAME_LENGTH:
        _blame(incoming, column, cell, "text-long", {"max": folding.NAME_LENGTH})
    elif name := name_forms.one(cell, family_first=column.family_first):
        incoming.values.setdefault("name", name)


def _name_part(incoming: Incoming, column: Column, cell: str) -> None:
    if len(cell) > folding.NAME_LENGTH:
        _blame(incoming, column, cell, "text-long", {"max": folding.NAME_LENGTH})
    elif any(map(str.isalpha, cell)):
        incoming.values.setdefault(column.target, folding.name(cell))


def _text(longest: int) -> _Take:
    # Files say the same cities, companies and sources over and over.
    visible = lru_cache(maxsize=4096)(folding.visible)

    def take(incoming: Incoming, column: Column, cell: str) -> None:
        text = visible(cell) if len(cell) <= SOURCE_LENGTH else folding.visible(cell)
        if len(text) > longest:
            _blame(incoming, column, text, "text-long", {"max": longest})
        elif text:
            incoming.values.setdefault(column.target, text)

    return take


def _named(which: Any, reason: str) -> _Take:
    known = columns.named(which)

    def take(incoming: Incoming, column: Column, cell: str) -> None:
        found = known.get(cell.lower()) or known.get(columns.key(cell))
        if found is None:
            _blame(incoming, column, cell, reason)
        else:
            incoming.values.setdefault(column.target, found)

    return take


def _tags(incoming: Incoming, column: Column, cell: str) -> None:
    if len(cell) > MANY_LENGTH:
        _blame(incoming, column, cell, "text-long", {"max": MANY_LENGTH})
        return
    for part in _SPLIT.split(cell):
        tag = folding.visible(part).lstrip("#* ").strip()
        if not tag or tag.lower() in _GOOGLE_GROUPS:
            continue
        if len(tag) > TAG_LENGTH:
            _blame(incoming, column, tag, "text-long", {"max": TAG_LENGTH})
        else:
            _join(incoming, "tags", tag)


def _note(incoming: Incoming, column: Column, cell: str) -> None:
    before = incoming.values.get("note")
    lines = [seen for line in cell.splitlines() if (seen := folding.visible(line))]
    if not lines:
        return
    note = "\n".join(([before] if before else []) + lines)
    if len(note) > NOTE_LENGTH:
        _blame(incoming, column, cell, "text-long", {"max": NOTE_LENGTH})
    else:
        incoming.values["note"] = note


def _telegram_id(incoming: Incoming, column: Column, cell: str) -> None:
    digits = cell.removesuffix(".0")
    # Telegram: at most 52 significant bits; groups and channels have ids below zero.
    if digits.isascii() and digits.isdecimal() and 0 < int(digits[:20]) < 2**52:
        incoming.values.setdefault("telegram_id", int(digits))
    else:
        _blame(incoming, column, cell, "telegram-invalid")
