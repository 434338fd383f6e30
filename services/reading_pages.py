"""Reading tables out of markup: the web page that many programs call .xls, and the XML that Excel 2003 wrote.

Bitrix24 exports "to Excel" as the first. It is read as it comes, in pieces: nothing is run, fetched or looked up.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from services.reading_limits import LONGEST_CELL, MOST_COLUMNS, FileRefused, NumberedRow

_PIECE: Final = 65_536
_SAYS_ENCODING: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def encoding_of(path: Path, guess: str) -> str:
    """The encoding that the page names; `guess` if it names none, or one that nobody knows."""
    with path.open("rb") as file:
        said = _SAYS_ENCODING.search(file.read(4096))
    if said is None or guess.startswith("utf-16"):
        return guess
    name = said[1].decode("ascii")
    try:
        "".encode(name)
    except LookupError:
        return guess
    return name


def rows(path: Path, encoding: str) -> Iterator[NumberedRow]:
    """The rows of all tables of the page, in their order. Raises FileRefused: `columns`, `broken` for an endless cell."""
    reader = _Tables()
    number = 0
    with path.open(encoding=encoding, errors="replace") as file:
        while piece := file.read(_PIECE):
            reader.feed(piece.replace("\0", ""))
            while reader.rows:
                number += 1
                yield number, reader.rows.popleft()
    reader.close()
    while reader.rows:
        number += 1
        yield number, reader.rows.popleft()


class _Tables(HTMLParser):
    """Collects rows: TR of TD and TH in a page, Row of Cell in Excel's XML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: deque[list[str]] = deque()
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._length = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("tr", "row"):
            self._end_row()
            self._row = []
        elif tag in ("td", "th", "cell"):
            self._end_cell()
            if self._row is None:
                self._row = []
            self._skip(dict(attrs).get("ss:index"))
            self._cell, self._length = [], 0
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "cell"):
            self._end_cell()
        elif tag in ("tr", "row", "table"):
            self._end_row()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag != "br":
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._length += len(data)
            if self._length > LONGEST_CELL:
                raise FileRefused("broken")
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _skip(self, to: str | None) -> None:
        """Excel's XML leaves empty cells out and numbers the next one."""
        if to is not None and to.isdecimal() and self._row is not None:
            self._row += [""] * (min(int(to), MOST_COLUMNS + 2) - 1 - len(self._row))

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
        self._row.append("\n".join(line for line in lines if line))
        self._cell = None
        if len(self._row) > MOST_COLUMNS + 1:
            raise FileRefused("columns", {"max": MOST_COLUMNS})

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self.rows.append(self._row)
            self._row = None
