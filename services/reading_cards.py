"""Reading vCards: 2.1 as old phones write it (quoted-printable, any charset), 3.0 and 4.0, as rows of one table.

Whatever is broken in a card costs that card's line only. Photos and other large things are passed over unread.
"""

from __future__ import annotations

import quopri
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from services.reading_limits import LONGEST_LINE, FileRefused, NumberedRow

HEADINGS: Final = (
    "Name", "First name", "Middle name", "Last name", "Phone", "E-mail", "Birthday", "Organization", "Job title", "City",
    "Telegram", "Gender", "Tags", "Note", "Language",
)  # fmt: skip
"""The columns that all cards together have; several values of one are on lines of their own."""
MEANINGS: Final = (
    "name", "first_name", "middle_name", "last_name", "phone", "email", "birthday", "organisation", "position", "city",
    "username", "sex", "tags", "note", "language",
)  # fmt: skip
"""What each of them is: a card has no headings, so people are shown these in their own words."""

_PROPERTY: Final = re.compile(r'(?:[\w-]+\.)?([\w-]+)((?:;(?:[^:;"]|"[^"]*")*)*):(.*)', re.DOTALL)
_LARGE: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "AGENT"})
_TELEGRAM: Final = re.compile(r"(?:https?://)?(?:t|telegram)\.me/|tg:|telegram:|x-apple:", re.IGNORECASE)
_UNESCAPED: Final = {"n": "\n", "N": "\n"}
_LONGEST_VALUE: Final = 16_000


@dataclass(slots=True)
class _Property:
    name: str
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class _Card:
    cells: dict[str, list[str]] = field(default_factory=dict)
    is_group: bool = False

    def add(self, heading: str, *found: str) -> None:
        held = self.cells.setdefault(heading, [])
        held += [value for one in found if (value := one.strip()) and value not in held]

    def row(self) -> list[str]:
        return ["\n".join(self.cells.get(heading, ())) for heading in HEADINGS]


def rows(path: Path, encoding: str) -> Iterator[NumberedRow]:
    """The cards of a file by their place in it, from 1. `encoding` is of what names no charset of its own."""
    card: _Card | None = None
    number, depth = 0, 0
    for line in _unfolded(path, encoding):
        parsed = _parsed(line, encoding)
        if parsed is None:
            continue
        if parsed.name == "BEGIN":
            depth += 1
            if depth == 1:
                number += 1
                card = _Card()
        elif parsed.name == "END":
            depth = max(depth - 1, 0)
            if depth == 0 and card is not None:
                if not card.is_group:
                    yield number, card.row()
                card = None
        elif depth == 1 and card is not None:
            _take(card, parsed)
    if card is not None and card.cells and not card.is_group:
        yield number, card.row()  # the last card of a file that was cut short


def _unfolded(path: Path, encoding: str) -> Iterator[bytes]:
    """Whole lines in bytes: a line that goes on in the next is joined with it, the large ones are left out."""
    whole, large = bytearray(), False
    for line in _lines(path, encoding):
        soft = whole.endswith(b"=") and b"QUOTED-PRINTABLE" in whole[:200].upper()
        if soft:
            del whole[-1:]
            whole += line.lstrip(b" \t")
        elif line[:1] in (b" ", b"\t"):
            if not large and len(whole) < _LONGEST_VALUE:
                whole += line[1:]
        else:
            if whole:
                yield bytes(whole)
            name = line[:40].split(b":")[0].split(b";")[0].rpartition(b".")[2]
            large = name.strip().upper().decode("ascii", "replace") in _LARGE
            whole = bytearray() if large else bytearray(line[: 4 * _LONGEST_VALUE])
    if whole:
        yield bytes(whole)


def _lines(path: Path, encoding: str) -> Iterator[bytes]:
    if encoding.startswith(("utf-16", "utf-32")):
        with path.open(encoding=encoding, errors="replace") as text:
            while line := text.readline(LONGEST_LINE):
                yield line.rstrip("\r\n").encode()
        return
    with path.open("rb") as file:
        while raw := file.readline(LONGEST_LINE):
            if len(raw) >= LONGEST_LINE:
                raise FileRefused("line-long", {"line": 1})
            yield raw.rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf")


def _parsed(line: bytes, encoding: str) -> _Property | None:
    found = _PROPERTY.fullmatch(line.decode("latin-1"))
    if found is None:
        return None
    params: dict[str, str] = {}
    for one in found[2].split(";")[1:]:
        name, equals, value = one.partition("=")
        # 2.1 names kinds without saying what they are kinds of: TEL;CELL;QUOTED-PRINTABLE.
        kind = name.upper() if equals else ("ENCODING" if _is_encoding(name) else "TYPE")
        said = (value if equals else name).strip('"')
        params[kind] = f"{params[kind]},{said}" if kind in params else said
    raw = found[3].encode("latin-1")
    try:
        if params.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
            raw = quopri.decodestring(raw)
        elif params.get("ENCODING", "").upper() in ("B", "BASE64"):
            raw = b64decode(raw)
    except ValueError:
        return None
    charset = params.get("CHARSET") or ("utf-8" if encoding.startswith(("utf-16", "utf-32")) else encoding)
    try:
        value = raw.decode(charset, "replace")
    except LookupError:
        value = raw.decode("utf-8", "replace")
    return _Property(found[1].upper(), params, value.replace("\0", "")[:_LONGEST_VALUE])


def _is_encoding(name: str) -> bool:
    return name.upper() in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B")


def _take(card: _Card, one: _Property) -> None:
    parts = _split(one.value, ";")
    kinds = one.params.get("TYPE", "").lower()
    match one.name:
        case "FN":
            card.add("Name", _plain(one.value))
        case "N":
            for heading, part in zip(("Last name", "First name", "Middle name"), parts, strict=False):
                card.add(heading, part.replace("\n", " "))
        case "TEL" if "fax" not in kinds and "pager" not in kinds:
            card.add("Phone", _plain(one.value).removeprefix("tel:").partition(";")[0])
        case "EMAIL":
            card.add("E-mail", _plain(one.value).removeprefix("mailto:"))
        case "BDAY":
            card.add("Birthday", _birthday(one))
        case "ORG":
            card.add("Organization", parts[0])
        case "TITLE":
            card.add("Job title", _plain(one.value))
        case "ADR" if len(parts) > 3:
            card.add("City", parts[3])
        case "NOTE":
            card.add("Note", _plain(one.value))
        case "CATEGORIES":
            card.add("Tags", *_split(one.value, ","))
        case "GENDER" | "X-GENDER" | "SEX":
            card.add("Gender", parts[0] if parts[0].upper() in ("M", "F") else _worded_gender(parts[0]))
        case "LANG":
            card.add("Language", one.value[:2])
        case "KIND" | "X-ADDRESSBOOKSERVER-KIND":
            card.is_group = one.value.strip().lower() == "group"
        case _ if "telegram" in f"{one.name} {kinds} {one.params.get('X-SERVICE-TYPE', '')}".lower():
            card.add("Telegram", _TELEGRAM.sub("", _plain(one.value)))
        case "IMPP" | "X-SOCIALPROFILE" | "URL" if re.search(r"\bt\.me/\w|^(?:tg|telegram):", one.value):
            card.add("Telegram", _TELEGRAM.sub("", _plain(one.value)).strip("/"))


def _worded_gender(value: str) -> str:
    return value if len(value) > 1 else ""  # O, N and U of vCard 4: other, none, unknown


def _birthday(one: _Property) -> str:
    value = _plain(one.value)
    # Apple writes a birthday without its year in the year 1604, and says that it did.
    unknown = one.params.get("X-APPLE-OMIT-YEAR")
    return f"--{value[5:10]}" if unknown and value.startswith(f"{unknown}-") else value


def _split(value: str, sign: str) -> list[str]:
    """The parts of a value between signs that are not escaped, each plain."""
    return [_plain(part) for part in re.split(rf"(?<!\\){re.escape(sign)}", value)]


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: _UNESCAPED.get(found[1], found[1]), value.replace("\r\n", "\n"))
