"""On which line of a TOML text each key stands: `tomllib` gives values without their places.

The text is known to parse, so this only has to find where statements begin and values end.
"""

from __future__ import annotations

import re
from typing import Final

Path = tuple[str | int, ...]

_KEY: Final = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_STRINGS: Final = ('"""', "'''", '"', "'")


class Lines:
    """The line of each key and table of a text; lines count from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._read()

    def of(self, path: Path) -> int:
        """The line of a key, or of the nearest table around it; 1 when there is none."""
        while path and path not in self._at:
            path = path[:-1]
        return self._at.get(path, 1)

    def _read(self) -> None:
        text, place, line, table = self._text, 0, 1, Path()
        while place < len(text):
            mark = text[place]
            if mark == "\n":
                line += 1
                place += 1
            elif mark.isspace():
                place += 1
            elif mark == "#":
                place = self._line_end(place)
            elif mark == "[":
                array = text.startswith("[[", place)
                names, place = self._dotted(place + 1 + array)
                table = self._opened(names, array, line)
                self._at.setdefault(table, line)
                place = self._line_end(place)
            else:
                names, place = self._dotted(place)
                path = table
                for name in names:
                    path = (*path, name)
                    self._at.setdefault(path, line)
                end = self._value_end(place)
                line += text.count("\n", place, end)
                place = end

    def _opened(self, names: list[str], array: bool, line: int) -> Path:
        """The path of a table's header, with the index of the latest item of each array it goes through."""
        path: Path = ()
        for depth, name in enumerate(names):
            path = (*path, name)
            if array and depth == len(names) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                self._at.setdefault(path, line)
                path = (*path, self._counts[path])
        return path

    def _dotted(self, place: int) -> tuple[list[str], int]:
        names: list[str] = []
        while found := _KEY.match(self._text, place):
            names.append(next(name for name in found.groups() if name is not None))
            place = found.end()
            if place >= len(self._text) or self._text[place] != ".":
                break
            place += 1
        return names, max(place, 1)

    def _line_end(self, place: int) -> int:
        end = self._text.find("\n", place)
        return len(self._text) if end < 0 else end

    def _value_end(self, place: int) -> int:
        """The end of the statement: the first line's end outside of strings and brackets."""
        text, depth = self._text, 0
        while place < len(text):
            mark = text[place]
            if mark in "\"'":
                place = self._string_end(place)
                continue
            if mark == "#":
                place = self._line_end(place)
                continue
            if mark == "\n" and depth == 0:
                return place
            depth += (mark in "[{") - (mark in "]}")
            place += 1
        return place

    def _string_end(self, place: int) -> int:
        text = self._text
        quote = next(one for one in _STRINGS if text.startswith(one, place))
        place += len(quote)
        while place < len(text):
            if text[place] == "\\" and quote[0] == '"':
                place += 2
            elif text.startswith(quote, place):
                place += len(quote)
                # A multi-line string may end with quotes of its own: """a "quoted"""".
                while len(quote) == 3 and place < len(text) and text[place] == quote[0]:
                    place += 1
                return place
            else:
                place += 1
        return place
