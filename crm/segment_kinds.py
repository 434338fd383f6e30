"""What a field of the segment language is: its names, the kind of its values, its options; and a table of such fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from crm import folding

YES = frozenset({"yes", "true", "1", "да", "так", "+"})
NO = frozenset({"no", "false", "0", "нет", "ні"})


class Kind(StrEnum):
    """How the values of a field are compared."""

    TEXT = "text"
    """Names and other words: found by their parts, ru and uk spellings alike."""
    CHOICE = "choice"
    """One of several labels; case does not matter."""
    TAGS = "tags"
    """Any number of labels."""
    HANDLE = "handle"
    """An address: a username, an e-mail. Letter for letter but for case."""
    PHONE = "phone"
    """Phone numbers, E.164: found by their last digits."""
    NUMBER = "number"
    MONEY = "money"
    """Written in whole units of the business's currency."""
    TIME = "time"
    """An instant, or never."""
    DATE = "date"
    """A day of the calendar, past or to come: YYYY-MM-DD."""
    BIRTHDAY = "birthday"
    """A day of every year: YYYY-MM-DD, or --MM-DD where the year is not known."""
    AGE = "age"
    """Full years since a birthday whose year is known."""
    FLAG = "flag"
    """Yes or no."""
    SEGMENT = "segment"
    """A segment that was saved, by its name."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the labels that a field can have, and what else people call it. `titles` is how it is shown, by language;
    empty where the product has its own words."""

    id: str
    aliases: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """Something a segment can ask about.

    `options` empty means that any label may come; with `open` others may come beside them. `sigil` is the sign that stands for the field's name and colon.
    `searched` fields are where a free word is looked for. `about` is the line in docs/segments.md.

    `own`: a field of the card (crm.profile, or the owner's own), kept in contact_values. `of` is the field whose values
    it reads where that is another one, as an age reads birthdays. `scale`: values are kept in so many parts of the unit
    they are written in. `counted`: none at all is 0. `titles` is how it is shown, by language; empty where the product
    has its own words.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...] = field(default=(), repr=False)
    options: tuple[Option, ...] = field(default=(), repr=False)
    open: bool = field(default=False, repr=False)
    sigil: str = field(default="", repr=False)
    searched: bool = field(default=False, repr=False)
    about: str = field(default="", repr=False)
    example: str = field(default="", repr=False)
    own: bool = field(default=False, repr=False)
    of: str = field(default="", repr=False)
    scale: int = field(default=1, repr=False)
    counted: bool = field(default=False, repr=False)
    titles: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def source(self) -> str:
        """The name its values are known by."""
        return self.of or self.name

    def option(self, written: str) -> Option | None:
        """The option of this id or other name, whatever the case."""
        key = folding.label(written)
        return next(
            (one for one in self.options for said in (one.id, *one.aliases) if folding.label(said) == key), None
        )


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The fields known in one place: of contacts, of a form's answers. Of two with one name the first is meant."""

    fields: tuple[Field, ...]
    _by_name: dict[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name: dict[str, Field] = {}
        for known in self.fields:
            for called in (known.name, *known.aliases):
                by_name.setdefault(folding.fold(called), known)
        object.__setattr__(self, "_by_name", by_name)

    @classmethod
    def of(cls, fields: Iterable[Field]) -> FieldTable:
        return fields if isinstance(fields, FieldTable) else cls(tuple(fields))

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def find(self, called: str) -> Field | None:
        """The field of that name in any of its languages; case and apostrophes do not matter."""
        return self._by_name.get(folding.fold(called))

    def with_sigil(self, sigil: str) -> Field | None:
        return next((known for known in self.fields if known.sigil == sigil), None)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and alias as it is written."""
        return tuple(called for known in self.fields for called in (known.name, *known.aliases))

    @property
    def searched(self) -> tuple[Field, ...]:
        return tuple(known for known in self.fields if known.searched)
