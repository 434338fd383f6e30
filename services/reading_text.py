"""Reading texts with rows: any delimiter, any quoting, the encodings of three decades, a line at a time."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from services.reading_limits import LONGEST_CELL, LONGEST_LINE, FileRefused, NumberedRow

_PROBE: Final = 65_536
_CHUNK: Final = 1 << 20
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_POLISH: Final = frozenset("łŁąśŚźŹżŻ".encode("cp1250"))
"""Bytes that are letters of Polish in the Central European encoding, and signs in the Western one."""
_CYRILLIC: Final = ("cp1251", "koi8_u", "cp866", "mac_cyrillic", "iso8859_5")
_DELIMITERS: Final = (";", ",", "\t", "|", "^", "~")
_SEPARATOR_LINE: Final = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
# Excel keeps a figure as text so: ="0671234567". Exports (ours too) put an apostrophe before what might be a formula.
_KEPT_AS_TEXT: Final = re.compile(r'="(.*)"', re.DOTALL)
_MARKS: Final = ("=", "'")
_APOSTROPHE: Final = re.compile(r"'(?=[=+\-@\d(])")
# Letters by how often they occur in Russian and Ukrainian texts; the commonest half.
_COMMON_LETTERS: Final = frozenset("оаеинтсрвлкмдпуіья")


def encoding_of(path: Path) -> str:
    """The encoding of a text file: by its mark, as UTF-8, as UTF-16 without a mark, by the letters it would have.

    Raises FileRefused (`not-table`) for what is no text.
    """
    with path.open("rb") as file:
        start = file.read(_PROBE)
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name
    if start.count(0) > len(start) // 5:
        return _unmarked_utf16(start)
    if sum(byte < 9 or 13 < byte < 32 for byte in start) > len(start) // 50 + 8:
        raise FileRefused("not-table")
    broken, letters = _broken_utf8(path)
    # A file cut in the middle of a letter, or pasted from two, is UTF-8 all the same.
    if broken <= len(letters) // 500 + (1 if len(letters) > 20 else 0):
        return "utf-8"
    # In Cyrillic texts letters above ASCII stand together; in Western ones each stands alone among others.
    runs = re.findall(rb"[\x80-\xff]+", start)
    if runs and sum(map(len, runs)) < 1.5 * len(runs):
        return "cp1250" if set(letters) & _POLISH else "cp1252"
    return _by_letters(letters)


def _unmarked_utf16(start: bytes) -> str:
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) > 10 * min(even, odd) + 2:
        return "utf-16-le" if odd > even else "utf-16-be"
    raise FileRefused("not-table")


def _broken_utf8(path: Path) -> tuple[int, bytes]:
    """How often a file breaks the rules of UTF-8, counted up to a thousand, and the first of its bytes above ASCII."""
    broken, high = 0, bytearray()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if len(high) < _PROBE:
                high += re.sub(rb"[\x00-\x7f]+", b"", chunk)[: _PROBE - len(high)]
            while chunk:
                try:
                    decoder.decode(chunk)
                    break
                except UnicodeDecodeError as error:
                    broken += 1
                    if broken >= 1000:
                        return broken, bytes(high)
                    # What a decoder holds back of the chunk before is counted in the error's place.
                    held = len(error.object) - len(chunk)
                    chunk = chunk[max(error.end - held, 1) :]
                    decoder.reset()
    return broken, bytes(high)


def _by_letters(high: bytes) -> str:
    """The encoding in which the bytes above ASCII are the commonest letters; Western European if in none."""

    def score(name: str) -> float:
        seen = high.decode(name, "replace")
        return sum((letter in _COMMON_LETTERS) + 0.4 * (letter.lower() in _COMMON_LETTERS) for letter in seen) / len(
            seen
        )

    best = max(_CYRILLIC, key=score)
    return best if score(best) >= 0.4 else "cp1252"


def rows(path: Path, encoding: str) -> tuple[str, Iterator[NumberedRow]]:
    """The delimiter of a file, and its rows with their numbers as a sheet would count them.

    Raises FileRefused: `quotes` for a quotation that nobody closes, `line-long` for a line that is no row.
    """
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        start = file.read(_PROBE)
    said = _SEPARATOR_LINE.match(start)
    delimiter = said[1] if said else _delimiter(start)
    return delimiter, _rows(path, encoding, delimiter, skipped=1 if said else 0)


def _rows(path: Path, encoding: str, delimiter: str, *, skipped: int) -> Iterator[NumberedRow]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = _Lines(file)
        for _ in range(skipped):
            next(lines, None)
        reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        began, last = skipped + 1, list[str]()
        try:
            for number, last in enumerate(reader, skipped + 1):
                if last:
                    yield number, [_plain(cell) if cell[:1] in _MARKS else cell for cell in last]
                    began = lines.number + 1
        except csv.Error:
            raise FileRefused("quotes", {"line": began}) from None
        if lines.quotes % 2 and any("\n" in cell for cell in last):
            raise FileRefused("quotes", {"line": lines.number})


class _Lines:
    """The lines of a file, none longer than a row may be; it counts them and their quotation marks."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.number = 0
        self.quotes = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) >= LONGEST_LINE:
            raise FileRefused("line-long", {"line": self.number + 1})
        self.number += 1
        self.quotes += line.count('"')
        return line.replace("\0", "") if "\0" in line else line


def _plain(cell: str) -> str:
    if kept := _KEPT_AS_TEXT.fullmatch(cell):
        return kept[1].replace('""', '"')
    return cell[1:] if _APOSTROPHE.match(cell) else cell


def _delimiter(start: str) -> str:
    """The sign that cuts the first rows into equally many cells, the more the better; a comma where none does."""
    lines = start.splitlines(keepends=True)
    if len(start) == _PROBE and len(lines) > 1:
        lines.pop()
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        if delimiter not in start:
            continue
        try:
            widths = [len(row) for row in csv.reader(lines[:60], delimiter=delimiter, skipinitialspace=True) if row]
        except csv.Error:
            continue
        if not widths:
            continue
        width, times = Counter(widths).most_common(1)[0]
        if width < 2:
            # Most lines hold none: it may still be the rows' own below a title of several lines.
            width, times = max(widths), sum(one == max(widths) for one in widths)
        score = (width - 1) * (times / len(widths)) ** 2
        if width > 1 and score > most:
            best, most = delimiter, score
    return best
