"""What an export holds: its columns, by what it is for, and the value of each for one contact.

An export takes no more than its purpose needs: a list to call holds phones and no e-mails, a list to write to only those
who agreed to be written to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

Cell: TypeAlias = str | int | float | datetime | None


class Use(StrEnum):
    """What an export is for. call: whom to phone · mail: whom to write to, if they agreed · full: the whole card."""

    CALL = "call"
    MAIL = "mail"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Record:
    """One contact as it is exported. Money in minor units; times aware."""

    id: int
    name: str | None
    username: str | None
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    tags: tuple[str, ...]
    language: str
    status: str
    level: str | None
    source: str | None
    owner: str | None
    purchases: int
    spent: int
    points: int
    first_purchase_at: datetime | None
    last_purchase_at: datetime | None
    rfm: str | None
    abc: str | None
    nps: int | None
    marketing: bool
    created_at: datetime
    last_in_at: datetime | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `title` is the id of its heading's words; an owner's own field brings its heading itself."""

    id: str
    purposes: frozenset[Use]
    value: Callable[[Record], Cell]
    heading: str | None = None


_ALL: Final = frozenset(Use)
_CALL_FULL: Final = frozenset({Use.CALL, Use.FULL})
_MAIL_FULL: Final = frozenset({Use.MAIL, Use.FULL})
_FULL: Final = frozenset({Use.FULL})


def columns(
    purpose: Use,
    *,
    minor_digits: int,
    titles: Mapping[str, Mapping[str, str]],
    own: Iterable[tuple[str, str, Mapping[str, str]]] = (),
) -> Sequence[Column]:
    """The columns of an export. `minor_digits` of the business's currency turn minor units into whole ones. `titles` are
    the words for what is kept as an id: language, status, level, group of RFM. `own` are the card's further fields: id, heading, and
    the titles of its options by their ids."""
    whole = 10**minor_digits
    language, status, level, rfm = (titles.get(name, {}) for name in ("language", "status", "level", "rfm"))
    standard = (
        Column("id", _ALL, lambda one: one.id),
        Column("name", _ALL, lambda one: one.name),
        Column("phone", _CALL_FULL, lambda one: next(iter(one.phones), None)),
        Column("more_phones", _CALL_FULL, lambda one: ", ".join(one.phones[1:]) or None),
        Column("email", _MAIL_FULL, lambda one: next(iter(one.emails), None)),
        Column("more_emails", _MAIL_FULL, lambda one: ", ".join(one.emails[1:]) or None),
        Column("username", _MAIL_FULL, lambda one: f"@{one.username}" if one.username else None),
        Column("language", _ALL, lambda one: language.get(one.language, one.language)),
        Column("tags", _ALL, lambda one: ", ".join(one.tags) or None),
        Column("status", _ALL, lambda one: status.get(one.status, one.status)),
        Column("level", _FULL, lambda one: level.get(one.level, one.level) if one.level is not None else None),
        Column("owner", _CALL_FULL, lambda one: one.owner),
        Column("source", _FULL, lambda one: one.source),
        Column("purchases", _FULL, lambda one: one.purchases),
        Column("spent", _FULL, lambda one: one.spent / whole),
        Column("points", _FULL, lambda one: one.points),
        Column("first_purchase", _FULL, lambda one: one.first_purchase_at),
        Column("last_purchase", _CALL_FULL, lambda one: one.last_purchase_at),
        Column("rfm", _FULL, lambda one: rfm.get(one.rfm, one.rfm) if one.rfm is not None else None),
        Column("abc", _FULL, lambda one: one.abc),
        Column("nps", _FULL, lambda one: one.nps),
        Column("created", _FULL, lambda one: one.created_at),
        Column("last_seen", _FULL, lambda one: one.last_in_at),
    )
    further = (
        Column(f"field_{field}", _FULL, _field(field, options), heading=heading) for field, heading, options in own
    )
    return [column for column in (*standard, *further) if purpose in column.purposes]


def takes(purpose: Use, record: Record) -> bool:
    """Whether this contact belongs into an export of the purpose: a list to call needs a phone, a list to write to an
    address and the consent."""
    if purpose is Use.CALL:
        return bool(record.phones)
    if purpose is Use.MAIL:
        return record.marketing and bool(record.emails or record.username)
    return True


def pruned(use: Use, record: Record) -> Record:
    """The contact without what the export is not for."""
    if use is Use.CALL:
        return replace(record, emails=(), username=None, fields={})
    if use is Use.MAIL:
        return replace(record, phones=(), fields={})
    return record


def _field(field: str, titles: Mapping[str, str]) -> Callable[[Record], Cell]:
    def value(record: Record) -> Cell:
        found = record.fields.get(field)
        if isinstance(found, str):
            return titles.get(found, found)
        if found is None or isinstance(found, int | float):
            return found
        if isinstance(found, list):
            return ", ".join(titles.get(one, one) for one in map(str, found))
        return str(found)

    return value
