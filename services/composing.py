"""Composing a question by buttons, for those who will not type: a field, what is asked of it, a value, and one more.

A `Draft` is how far that came; it lives under the message. What it says in the segment language is the question itself,
so saving it, showing whom it finds and acting on them are the same as after a search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from crm import folding, segments
from crm.segment_kinds import Field, Kind
from services import segmenting
from services.refusals import Refused
from services.workplace import Place
from storage import saved_segments, segment_sets, staff
from storage.engine import Reads
from storage.segment_sets import FACETS, Meant

FLOW: Final = "compose"
MOST_PARTS: Final = 12
OFFERED: Final = 24

Join = Literal["and", "or"]

# What can be asked of each kind of field, each with how it is written: what stands before the field's name, the sign, and
# the value where it is always the same one.
_ANY: Final = {"any": ("", ":", "*"), "none": ("-", ":", "*")}
_NUMBER: Final = {"least": ("", ">=", ""), "most": ("", "<=", ""), "is": ("", ":", "")}
_TIME: Final = {"within": ("", "<", ""), "before": ("", ">", "")}
ASKS: Final[Mapping[Kind, Mapping[str, tuple[str, str, str]]]] = {
    Kind.TEXT: {"has": ("", ":", ""), "is": ("", "=", ""), **_ANY},
    Kind.CHOICE: {"is": ("", ":", ""), "not": ("-", ":", ""), **_ANY},
    Kind.TAGS: {"is": ("", ":", ""), "not": ("-", ":", ""), **_ANY},
    Kind.HANDLE: {"has": ("", "~", ""), **_ANY},
    Kind.PHONE: {"ends": ("", ":", ""), **_ANY},
    Kind.NUMBER: _NUMBER,
    Kind.MONEY: _NUMBER,
    Kind.AGE: _NUMBER,
    Kind.TIME: {**_TIME, **_ANY},
    Kind.DATE: {**_TIME, **_ANY},
    Kind.BIRTHDAY: {"on": ("", ":", ""), **_ANY},
    Kind.FLAG: {"yes": ("", ":", "yes"), "no": ("", ":", "no")},
    Kind.SEGMENT: {"in": ("", ":", ""), "out": ("-", ":", "")},
}
DISTANCES: Final = ("7d", "30d", "90d", "180d", "365d")
BIRTHDAYS: Final = ("today", "tomorrow", "this-week", "next-7d", "this-month", "next-30d")
_NUMBERS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.NUMBER: ("0", "1", "2", "3", "5", "10"),
    Kind.MONEY: ("500", "1000", "5000", "10000", "50000"),
    Kind.AGE: ("18", "25", "35", "45", "60"),
}
_QUOTED: Final = frozenset({Kind.TEXT, Kind.CHOICE, Kind.TAGS, Kind.HANDLE, Kind.SEGMENT})


@dataclass(frozen=True, slots=True)
class Part:
    """One condition: as the language writes it, and in words; `join` is how it follows what is before it."""

    text: str
    said: str
    join: Join = "and"


@dataclass(frozen=True, slots=True)
class Draft:
    """A question in the making. `field` and `ask` are what was chosen of the next condition, which will follow by `join`;
    `values` are those on the buttons."""

    parts: tuple[Part, ...] = ()
    join: Join = "and"
    field: str = ""
    ask: str = ""
    values: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The whole as the language writes it. «And» binds tighter than «or», so what was joined by «or» is bracketed
        before more is asked of all of it."""
        written, loose = "", False
        for part in self.parts:
            if not written:
                written = part.text
            elif part.join == "or":
                written, loose = f"{written} or {part.text}", True
            else:
                written, loose = f"({written}) {part.text}" if loose else f"{written} {part.text}", False
        return written

    @property
    def memo(self) -> dict[str, Any]:
        """What the message remembers: the question under the name by which a search is known, and how it was made."""
        kept = [[part.text, part.said, part.join] for part in self.parts]
        draft = {"parts": kept, "join": self.join, "field": self.field, "ask": self.ask, "values": list(self.values)}
        return {"find": self.query, "draft": draft}

    @classmethod
    def of_memo(cls, memo: Mapping[str, Any] | None) -> Draft:
        """Raises Refused for a message that is no question in the making."""
        kept = (memo or {}).get("draft")
        if not isinstance(kept, dict):
            raise Refused("refused-stale")
        parts = tuple(Part(text, said, join) for text, said, join in kept["parts"])
        return cls(parts, kept["join"], kept["field"], kept["ask"], tuple(kept["values"]))

    def asking(self, join: Join) -> Draft:
        """One more condition. Raises Refused past `MOST_PARTS`."""
        if len(self.parts) >= MOST_PARTS:
            raise Refused("refused-query-long")
        return replace(self, join=join, field="", ask="", values=())

    def with_part(self, text: str, said: str) -> Draft:
        """The next condition is whole. Raises Refused when the line grows too long."""
        added = Draft((*self.parts, Part(text, said, self.join)))
        if len(added.query) > segmenting.QUERY_LENGTH:
            raise Refused("refused-query-long")
        return added

    def without_last(self) -> Draft:
        return Draft(self.parts[:-1])


def field(place: Place, name: str, role: str) -> Field:
    """A field this role can ask about. Raises Refused for any other."""
    found = next((one for one in segmenting.fields(place, role) if one.name == name), None)
    if found is None:
        raise Refused("refused-stale")
    return found


def written(of: Field, ask: str, value: str) -> str:
    """One condition as the language writes it. Raises Refused for what cannot be asked of such a field."""
    if ask not in ASKS[of.kind]:
        raise Refused("refused-stale")
    before, sign, always = ASKS[of.kind][ask]
    if always:
        return f"{before}{of.name}{sign}{always}"
    if of.kind in _QUOTED:
        value = segments.quote(value)
    return f"{before}{of.name}{sign}{value}"


def typed(of: Field, text: str) -> str:
    """What was typed for a value, without what has no meaning there: spaces in a number, letters beside a phone."""
    text = folding.visible(text)
    return text if of.kind in _QUOTED else text.replace(" ", "")


async def values(db: Reads, place: Place, of: Field, *, meant: Meant) -> list[str]:
    """The values to offer as buttons: a field's options, else the commonest there are among those the question finds so
    far, else a few usual ones."""
    if of.options:
        return [one.id for one in of.options[:OFFERED]]
    if of.name in FACETS:
        found = await segment_sets.values(db, meant, of.name, limit=OFFERED)
        return [one.text for one in found]
    if of.name == "owner":
        return [one.name for one in await staff.active(db, "owner", "manager") if one.name]
    match of.kind:
        case Kind.SEGMENT:
            return [one.name for one in (await saved_segments.everything(db))[:OFFERED]]
        case Kind.TIME | Kind.DATE:
            return list(DISTANCES)
        case Kind.BIRTHDAY:
            return list(BIRTHDAYS)
        case kind:
            return list(_NUMBERS.get(kind, ()))
