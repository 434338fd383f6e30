"""Export files: rows of typed cells written as XLSX, CSV or vCard, marked with who took them and when.

A cell that looks like a formula is never one: in XLSX texts are written as texts, in CSV they begin with an apostrophe
(OWASP, CSV injection). A file is whole or not there: it appears under its name when it is closed.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from crm.export_columns import Cell, Record

_FORMULA: Final = re.compile(r"^[=+\-@\t\r\n|%]")
_HARMLESS: Final = re.compile(r"^\+?\d[\d ]*$|^-?\d+([.,]\d+)?$|^@\w+$")
"""A phone, a number, a name in Telegram: no program takes them for a formula."""
SHEET_ROWS: Final = 1_048_575
"""Rows that a sheet of XLSX has below its headings."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written into the file itself, in the taker's language. `lines` say who took it, when, and what; `about` is
    what they stand under, `sheet` what the rows do."""

    code: str
    lines: tuple[str, ...]
    sheet: str
    about: str


class Writer(Protocol):
    """Takes rows one after another; `close` makes the file whole, `drop` leaves nothing."""

    def rows(self, rows: Iterable[tuple[Record, Sequence[Cell]]]) -> None: ...
    def close(self) -> None: ...
    def drop(self) -> None: ...


def writer(format: str, path: Path, headings: Sequence[str], mark: Mark, zone: ZoneInfo) -> Writer:
    """A writer of the format: xlsx, csv or vcard. Times are written on the clock of `zone`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kinds: dict[str, Any] = {"xlsx": _Xlsx, "csv": _Csv, "vcard": _Vcard}
    made: Writer = kinds[format](path, headings, mark, zone)
    return made


class Sheet(Protocol):
    """The same of lines that are no contacts."""

    def lines(self, lines: Iterable[Sequence[Cell]]) -> None: ...
    def close(self) -> None: ...
    def drop(self) -> None: ...


def sheet(path: Path, headings: Sequence[str], mark: Mark, zone: ZoneInfo) -> Sheet:
    """A sheet of XLSX in the making."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _Xlsx(path, headings, mark, zone)


class _Part:
    """The file in the making, under another name."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.part = path.with_name(path.name + ".part")

    def whole(self) -> None:
        os.replace(self.part, self._path)

    def away(self) -> None:
        self.part.unlink(missing_ok=True)


class _Xlsx:
    def __init__(self, path: Path, headings: Sequence[str], mark: Mark, zone: ZoneInfo) -> None:
        import xlsxwriter

        self._file = _Part(path)
        self._zone = zone
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(self._file.part), options)
        self._book.set_properties({"title": mark.code, "comments": "\n".join(mark.lines)})
        bold = self._book.add_format({"bold": True, "bottom": 1})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._sheet = self._book.add_worksheet(mark.sheet)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, max(len(headings) - 1, 0), 18)
        for column, heading in enumerate(headings):
            self._sheet.write_string(0, column, heading, bold)
        self._next = 1
        about = self._book.add_worksheet(mark.about)
        about.set_column(0, 0, 80)
        for line, said in enumerate((mark.code, *mark.lines)):
            about.write_string(line, 0, said)

    def rows(self, rows: Iterable[tuple[Record, Sequence[Cell]]]) -> None:
        self.lines(cells for _, cells in rows)

    def lines(self, lines: Iterable[Sequence[Cell]]) -> None:
        for cells in lines:
            if self._next > SHEET_ROWS:
                raise ValueError("a sheet has no more rows")
            for column, cell in enumerate(cells):
                match cell:
                    case None:
                        continue
                    case datetime():
                        local = cell.astimezone(self._zone).replace(tzinfo=None)
                        self._sheet.write_datetime(self._next, column, local, self._moment)
                    case int() | float():
                        self._sheet.write_number(self._next, column, cell)
                    case str():
                        self._sheet.write_string(self._next, column, cell[:32_767])
            self._next += 1

    def close(self) -> None:
        self._book.close()
        self._file.whole()

    def drop(self) -> None:
        with suppress(Exception):  # half a book may refuse to be closed; it is thrown away in any case
            self._book.close()
        self._file.away()


class _Csv:
    def __init__(self, path: Path, headings: Sequence[str], mark: Mark, zone: ZoneInfo) -> None:
        self._file = _Part(path)
        self._zone, self._mark = zone, mark
        # With the mark of UTF-8 at its beginning, or Excel reads Cyrillic as something else.
        self._out = self._file.part.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._out)
        self._csv.writerow([*map(harmless, headings), mark.about])

    def rows(self, rows: Iterable[tuple[Record, Sequence[Cell]]]) -> None:
        self._csv.writerows([*map(self._said, cells), self._mark.code] for _, cells in rows)

    def close(self) -> None:
        self._out.close()
        self._file.whole()

    def drop(self) -> None:
        self._out.close()
        self._file.away()

    def _said(self, cell: Cell) -> str | int | float:
        if cell is None:
            return ""
        if isinstance(cell, datetime):
            return cell.astimezone(self._zone).strftime("%Y-%m-%d %H:%M")
        return harmless(cell) if isinstance(cell, str) else cell


class _Vcard:
    """vCard 3.0 (RFC 2426), which every phone reads. It has lines of its own and no columns."""

    def __init__(self, path: Path, headings: Sequence[str], mark: Mark, zone: ZoneInfo) -> None:
        self._file = _Part(path)
        self._mark = mark
        self._out = self._file.part.open("w", encoding="utf-8", newline="")

    def rows(self, rows: Iterable[tuple[Record, Sequence[Cell]]]) -> None:
        for record, _ in rows:
            self._out.write("".join(f"{_folded(line)}\r\n" for line in self._card(record)))

    def close(self) -> None:
        self._out.close()
        self._file.whole()

    def drop(self) -> None:
        self._out.close()
        self._file.away()

    def _card(self, one: Record) -> list[str]:
        name = one.name or (f"@{one.username}" if one.username else f"№ {one.id}")
        lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{_escaped(name)}", f"N:;{_escaped(name)};;;"]
        lines += [f"TEL;TYPE=CELL:{phone}" for phone in one.phones]
        lines += [f"EMAIL:{_escaped(email)}" for email in one.emails]
        if one.username:
            lines.append(f"URL:https://t.me/{one.username}")
        if one.tags:
            lines.append("CATEGORIES:" + ",".join(map(_escaped, one.tags)))
        for field, kind in (("organisation", "ORG"), ("position", "TITLE"), ("birthday", "BDAY")):
            if isinstance(said := one.fields.get(field), str):
                lines.append(f"{kind}:{_escaped(said)}")
        return [*lines, f"UID:kartoteka-{one.id}", f"X-EXPORT:{self._mark.code}", "END:VCARD"]


def harmless(text: str) -> str:
    """The text as a cell of CSV that no program takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.match(text) else text


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"\r\n|\r|\n", r"\\n", plain)


def _folded(line: str) -> str:
    """A line of at most 75 octets; the next ones begin with a space (RFC 2426, 2.6). No letter is cut in two."""
    pieces, current = [], b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(current) + len(octets) > 74:
            pieces.append(current)
            current = b""
        current += octets
    return "\r\n ".join(piece.decode("utf-8") for piece in (*pieces, current))
