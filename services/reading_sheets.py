"""Reading sheets: XLSX, XLS and ODS through calamine, each cell as the text it stands for."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Literal

import python_calamine as calamine

from services.reading_limits import LARGEST_UNPACKED, LONGEST_CELL, MOST_COLUMNS, FileRefused, NumberedRow

Format = Literal["xlsx", "xls", "ods"]
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_MOST_PARTS: Final = 5_000
_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA"})
_ENCRYPTED_FLAG: Final = 0x1
_MIDNIGHT: Final = time()


def format_of(path: Path) -> Format | None:
    """What kind of sheet a file is, by what it holds and not by its name; None for no sheet.

    Raises FileRefused: `encrypted`, `broken`, `bomb` for one that unpacks to too much, `not-table` for other archives.
    """
    with path.open("rb") as file:
        start = file.read(len(_COMPOUND))
        if start == _COMPOUND:
            if _ENCRYPTED_STREAM in start + file.read():
                raise FileRefused("encrypted")
            return "xls"
    return _packed(path) if start.startswith(_ZIP) else None


def _packed(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            manifest = b"META-INF/manifest.xml"
            names = {part.filename for part in parts}
            if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
                raise FileRefused("encrypted")
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise FileRefused("bomb")
            if "content.xml" in names and manifest.decode() in names:
                if b"encryption-data" in archive.read(manifest.decode()):
                    raise FileRefused("encrypted")
                return "ods"
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise FileRefused("broken") from None
    if names & {"xl/workbook.xml", "xl/workbook.bin"} or any(name.startswith("xl/worksheets/") for name in names):
        return "xlsx"
    raise FileRefused("not-table")


def rows(path: Path, sheet: str | None) -> tuple[tuple[str, ...], str, Iterator[NumberedRow]]:
    """The names of the visible sheets, the one that is read (`sheet`, or the first with anything in it), and its rows
    with their numbers.

    Raises FileRefused: `encrypted`, `broken`, `empty`, `columns`, `sheet-unknown`.
    """
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        visible = tuple(
            one.name
            for one in book.sheets_metadata
            if one.typ == calamine.SheetTypeEnum.WorkSheet and one.visible == calamine.SheetVisibleEnum.Visible
        )
        if sheet is not None and sheet not in visible:
            raise FileRefused("sheet-unknown")
        for name in (sheet,) if sheet is not None else visible:
            found = book.get_sheet_by_name(name)
            if found.height and found.width:
                if found.width > MOST_COLUMNS:
                    raise FileRefused("columns", {"max": MOST_COLUMNS})
                return visible, name, _rows(found)
    except calamine.PasswordError:
        raise FileRefused("encrypted") from None
    except (calamine.CalamineError, OSError, ValueError):
        raise FileRefused("broken") from None
    raise FileRefused("empty")


def _rows(sheet: calamine.CalamineSheet) -> Iterator[NumberedRow]:
    top = sheet.start[0] if sheet.start else 0
    for number, cells in enumerate(sheet.iter_rows(), top + 1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    """A cell as text: whole numbers without a fraction (380671234567.0 is a phone), days as ISO 8601."""
    if isinstance(cell, str):
        if len(cell) > LONGEST_CELL:
            raise FileRefused("broken")
        plain = cell.replace("_x000D_", "").replace("\0", "")
        return "" if plain in _ERRORS else plain
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _figure(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == _MIDNIGHT else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return str(cell) if isinstance(cell, int | timedelta) else ""


def _figure(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    written = f"{number:.15g}"
    # Three decimals would read as thousands: 1.500 is fifteen hundred to whoever writes it by hand.
    return written + "0" if "e" not in written and len(written.partition(".")[2]) == 3 else written
