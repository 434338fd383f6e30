"""Entries of an import: what one row of a file says of one person, and what a card becomes by it.

Pure: the card as it lies in the base comes in, the card as it should lie goes out; storage/incoming_rows.py reads and
writes them, many at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from crm import folding

Mode = Literal["fill", "overwrite", "skip"]
"""What is done to somebody who has a card already: empty fields are filled in; fields are overwritten; nothing."""
MODES: Final[tuple[Mode, ...]] = ("fill", "overwrite", "skip")
Outcome = Literal["new", "changed", "unchanged"]
NAME_LENGTH: Final = 128
SOURCE_LENGTH: Final = 64
_NOTHING: Final[tuple[Any, ...]] = (None, "", [])


class Sale(NamedTuple):
    """A purchase in a row. `amount` is in minor units of `currency`, `value` in those of the business's; `at` is ISO in
    UTC; `number` is what it is called where it comes from."""

    amount: int
    currency: str
    value: int
    at: str
    what: str | None = None
    number: str | None = None


class Entry(NamedTuple):
    """One row. `row` is its place in the file, from 1; `twin`: an earlier row is about the same person; phones are
    E.164; `created` is ISO in UTC.

    A tuple, because a file of entries holds a list for each: a hundred thousand of them are made twice over.
    """

    row: int
    name: str | None = None
    username: str | None = None
    telegram_id: int | None = None
    language: str | None = None
    source: str | None = None
    created: str | None = None
    status: str | None = None
    owner_id: int | None = None
    phones: Sequence[str] = ()
    emails: Sequence[str] = ()
    tags: Sequence[str] = ()
    note: str | None = None
    fields: Mapping[str, Any] | None = None
    sale: Sale | None = None
    twin: bool = False

    @property
    def keys(self) -> list[str]:
        """What the person is known by, the surest first: Telegram id, phones, e-mails, username."""
        known = [*self.phones]
        if self.emails:
            known += [email.lower() for email in self.emails]
        if self.username is not None:
            known.append(f"@{self.username.lower()}")
        return known if self.telegram_id is None else [f"#{self.telegram_id}", *known]

    @classmethod
    def from_json(cls, kept: Sequence[Any]) -> Entry:
        """What an entry is after JSON: it goes there as the tuple that it is."""
        entry = cls._make(kept)
        return entry if entry.sale is None else entry._replace(sale=Sale._make(entry.sale))


@dataclass(slots=True)
class Known:
    """A card while entries are joined to it; `id` is None for one that is to be made. `keys` are its phones and e-mails
    as they are compared; `marketing` and `processing` tell whether a word was said about advertising and about keeping their
    data, `granted_by_files` for which of the two the last word is a yes that an earlier file brought; `agrees` and
    `agreed` are what this import says of both, None where it says nothing."""

    id: int | None = None
    name: str | None = None
    username: str | None = None
    telegram_id: int | None = None
    language: str | None = None
    source: str | None = None
    owner_id: int | None = None
    created: str | None = None
    status: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    marketing: bool = False
    processing: bool = False
    granted_by_files: frozenset[str] = frozenset()
    changed: set[str] = field(default_factory=set)
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    new_tags: list[str] = field(default_factory=list)
    new_notes: list[str] = field(default_factory=list)
    sales: list[Sale] = field(default_factory=list)
    agrees: bool | None = None
    agreed: bool | None = None


def made(entry: Entry, *, tags: Iterable[str] = (), agrees: bool | None = None) -> Known:
    """The card of somebody who has none: it takes everything the entry says. What `join` says of the rest holds."""
    known = Known(
        name=entry.name,
        username=entry.username,
        language=entry.language,
        source=entry.source,
        owner_id=entry.owner_id,
        created=entry.created,
        status=entry.status,
        marketing=agrees is not None,
        processing=bool(agrees),
        agrees=agrees,
        agreed=agrees or None,
    )
    if entry.fields:
        known.fields = {key: value for key, value in entry.fields.items() if value not in _NOTHING}
    _added(known, entry, tags)
    if entry.sale is not None:
        known.sales.append(entry.sale)
    return known


def join(known: Known, entry: Entry, mode: Mode, *, tags: Iterable[str] = (), agrees: bool | None = None) -> Outcome:
    """Joins an entry to a card, with the tags that the whole import gives and what its people said to advertising.

    A card that is there keeps its language, its status and its Telegram, and a person's own word about advertising stands
    whatever the file says. A yes that only a file brought is taken back by a later file's no, never the other way round.
    Phones, e-mails, tags and notes are only ever added.
    """
    if known.id is not None and mode == "skip":
        return "unchanged"
    altered = False
    for name in ("name", "username", "source", "owner_id"):
        altered |= _set(known, name, getattr(entry, name), mode)
    for key, value in (entry.fields or {}).items():
        old = known.fields.get(key)
        if value not in _NOTHING and old != value and (mode == "overwrite" or old in _NOTHING):
            known.fields[key] = value
            known.changed.add("fields")
            altered = True
    altered |= _added(known, entry, tags)
    altered |= agrees is not None and _worded(known, agrees)
    if entry.sale is not None:
        known.sales.append(entry.sale)
    return "changed" if altered else "unchanged"


def _worded(known: Known, agrees: bool) -> bool:
    """What the file's people said to advertising, and with it to being kept. Whether it changes anything."""
    withdrawn = known.granted_by_files if not agrees else frozenset[str]()
    marketing = not known.marketing or "marketing" in withdrawn
    processing = (agrees and not known.processing) or "processing" in withdrawn
    if marketing:
        known.marketing, known.agrees = True, agrees
    if processing:
        known.processing, known.agreed = True, agrees
        known.changed.add("consent_version")
    known.granted_by_files -= withdrawn
    return marketing or processing


def _added(known: Known, entry: Entry, tags: Iterable[str]) -> bool:
    """Adds what a card may have many of, each once. Whether there was anything new."""
    altered = False
    for phone in entry.phones:
        altered |= _add(known.keys, phone, known.phones, phone)
    for email in entry.emails:
        altered |= _add(known.keys, email.lower(), known.emails, email)
    for tag in (*entry.tags, *tags):
        altered |= _add(known.tags, folding.label(tag), known.new_tags, tag)
    if entry.note and not _is_noted(known.notes, entry.note):
        altered |= _add(known.notes, entry.note, known.new_notes, entry.note)
    return altered


def _is_noted(notes: Iterable[str], note: str) -> bool:
    """Whether one of the notes says all of this one: several columns become one note, and a row may come with fewer."""
    lines = set(note.splitlines())
    return any(lines <= set(one.splitlines()) for one in notes)


def _set(known: Known, name: str, value: Any, mode: Mode) -> bool:
    old = getattr(known, name)
    if value is None or value == old or (old is not None and mode != "overwrite"):
        return False
    setattr(known, name, value)
    known.changed.add(name)
    return True


def _add(seen: set[str], key: str, to: list[str], value: str) -> bool:
    if not key or key in seen:
        return False
    seen.add(key)
    to.append(value)
    return True
