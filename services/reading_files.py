"""Reading files that people bring: a table comes out, whatever program wrote it, or a reason why none does.

`read_in_child` does it in a process of its own with limited memory and time, so that the worst file costs the bot
nothing; the rows lie then as JSON lines beside the file. `open_table` is what that process runs.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from crm import columns, headings
from services import reading_cards, reading_limits, reading_pages, reading_text
from services.reading_limits import FileRefused, NumberedRow

__all__ = ["FileRefused", "Head", "Table", "open_table", "read_in_child", "stored_rows"]

_ROOT: Final = str(Path(__file__).resolve().parent.parent)
_LOOKED_AT: Final = columns.SAMPLE
_CARD: Final = b"BEGIN:VCARD"
_WEB_PAGE: Final = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")
_NOT_TABLES: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"SQLite format 3",
)
HEADING_LENGTH: Final = 200
_READ_AT_ONCE: Final = 65_536
"""Characters of stored rows that are understood by one call."""
SAMPLE_LENGTH: Final = 120
"""Characters of a sample's cell: enough to tell what it is."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a file is. `format` is csv (any delimiter), xlsx (or xlsm, xlsb), xls, ods, page or vcard. `program` is who wrote it, as far as the headings tell, empty otherwise. `headings` are as many as
    there are columns, all empty where the file has none. `sample` are its first rows, their cells cut short; `rows` how many there are."""

    format: str
    program: str
    headings: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: int = 0
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """A JSON-able form, to be kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Head:
        """What `to_json` made, and JSON in between."""
        tuples = {name: tuple(kept[name]) for name in ("headings", "sheets")}
        return cls(**{**kept, **tuples, "sample": tuple(map(tuple, kept["sample"]))})


@dataclass(slots=True)
class Table:
    """An open file: what it is, and its rows, which are read as they are asked for. Asking may raise FileRefused."""

    head: Head
    rows: Iterator[NumberedRow]


def open_table(path: Path, sheet: str | None = None) -> Table:
    """The table of a file. What it is called decides nothing: what is in the file does.

    Raises FileRefused with one of `reading_limits.REASONS`.
    """
    size = path.stat().st_size
    if size == 0:
        raise FileRefused("empty")
    if size > reading_limits.LARGEST_FILE:
        raise FileRefused("large", {"max": reading_limits.LARGEST_FILE // 1_000_000})
    with path.open("rb") as file:
        start = file.read(4096).lstrip()
    if start.startswith(_NOT_TABLES):
        raise FileRefused("not-table")
    from services import reading_sheets  # here, because only the child process needs what reads sheets

    if (kind := reading_sheets.format_of(path)) is not None:
        sheets, name, rows = reading_sheets.rows(path, sheet)
        return _table(rows, format=kind, sheet=name, sheets=sheets)
    encoding = reading_text.encoding_of(path)
    if encoding.startswith(("utf-16", "utf-32")):
        with path.open(encoding=encoding, errors="replace") as text:
            start = text.read(200).encode()
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare[:200].upper().startswith(_CARD):
        rows = reading_cards.rows(path, "utf-8" if encoding == "utf-8-sig" else encoding)
        return _table(chain([(0, list(reading_cards.HEADINGS))], rows), format="vcard", encoding=encoding)
    if bare[:200].lower().startswith(_WEB_PAGE):
        encoding = reading_pages.encoding_of(path, encoding)
        return _table(reading_pages.rows(path, encoding), format="page", encoding=encoding)
    delimiter, rows = reading_text.rows(path, encoding)
    return _table(rows, format="csv", encoding=encoding, delimiter=delimiter)


def _table(rows: Iterator[NumberedRow], **known: Any) -> Table:
    checked = _checked(rows)
    first = list(islice(checked, _LOOKED_AT + headings.SEARCHED))
    at = headings.row_of([cells for _, cells in first])
    titles = [] if at is None else [cell.strip()[:HEADING_LENGTH] for cell in first[at][1]]
    body = first if at is None else first[at + 1 :]
    if not body and (at is None or known["format"] == "vcard"):
        raise FileRefused("web-page" if known["format"] == "page" else "empty")
    sample = tuple(tuple(cell[:SAMPLE_LENGTH] for cell in cells) for _, cells in body[:_LOOKED_AT])
    width = max([len(titles), *(len(_filled(row)) for row in sample)] if at is None else [len(_filled(titles)), 1])
    names = tuple((titles + [""] * width)[:width])
    head = Head(program=headings.program(names), headings=names, sample=sample, **known)
    return Table(head, chain(body, checked))


def _filled(cells: tuple[str, ...] | list[str]) -> list[str]:
    """The cells up to the last one that is not empty."""
    if isinstance(cells, list) and cells and cells[-1].strip():
        return cells
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return list(cells[:end])


def _checked(rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
    """The rows that have anything in them, as long as they are not too many nor too wide."""
    count = 0
    for number, cells in rows:
        if len(cells) > reading_limits.MOST_COLUMNS and len(_filled(cells)) > reading_limits.MOST_COLUMNS:
            raise FileRefused("columns", {"max": reading_limits.MOST_COLUMNS})
        filled = _filled(cells)
        if filled:
            count += 1
            if count > reading_limits.MOST_ROWS:
                raise FileRefused("rows", {"max": reading_limits.MOST_ROWS})
            yield number, filled


def write_rows(table: Table, out: Path) -> Head:
    """Writes the rows as JSON lines, a line `[number, [cell, …]]` each, and says what they are. Not half: a file that
    turns out to be refused leaves none."""
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
    count = 0
    try:
        with out.open("w", encoding="utf-8", errors="replace") as file:
            for row in table.rows:
                file.write(write(row) + "\n")
                count += 1
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return Head(**{**asdict(table.head), "rows": count})


def stored_rows(out: Path, *, after: int = 0) -> Iterator[NumberedRow]:
    """The rows that `read_in_child` has written, without the first `after`: the number of each in its file, its cells."""
    with out.open(encoding="utf-8") as lines:
        for _ in islice(lines, after):
            pass
        while some := lines.readlines(_READ_AT_ONCE):
            yield from map(tuple, json.loads(f"[{','.join(some)}]"))


async def read_in_child(path: Path, out: Path, *, sheet: str | None = None) -> Head:
    """Reads a file in a process of its own: its rows are in `out` then, see `stored_rows`; the head is returned.

    At most 30 s of CPU and 200 MB, whatever the file does; cancelling ends the process. Raises FileRefused, and leaves
    no `out` then.
    """
    child = await asyncio.create_subprocess_exec(
        *_command(path, out, sheet),
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": _ROOT, "PYTHONIOENCODING": "utf-8"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    read = False
    try:
        said, _ = await asyncio.wait_for(child.communicate(), reading_limits.WALL_SECONDS)
        head = _understood(said, child.returncode or 0)
        read = True
        return head
    except TimeoutError:
        raise FileRefused("slow") from None
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()
        if not read:
            _remove(out)


def _command(path: Path, out: Path, sheet: str | None) -> list[str]:
    module = ("-m", "services.reading_child")
    return [sys.executable, *module, str(path.resolve()), str(out.resolve()), *([sheet] if sheet else [])]


def _remove(out: Path) -> None:
    out.unlink(missing_ok=True)


def _understood(said: bytes, code: int) -> Head:
    """What the process said last, or what its death means."""
    try:
        answer = json.loads(said)
    except ValueError:
        # SIGXCPU and SIGKILL end what takes too long; anything else that ends a process is a lack of memory.
        raise FileRefused("slow" if -code in (9, 24) else "memory") from None
    if "refused" in answer:
        raise FileRefused(answer["refused"], answer["params"])
    return Head.from_json(answer)
