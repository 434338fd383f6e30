"""The whole base as files that any program reads: a table a CSV, the schema, and every file that people sent.

It is written from a connection of its own, in one reading transaction: all tables are of one moment, and nobody waits.
"""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from storage.tables import metadata

LEFT_OUT: Final = frozenset(
    {"inbox", "outbox", "work", "facts", "conversations", "change_rows", "claims", "import_mappings", "contact_values"}
)
"""The machine's own: what is on its way, and what is made anew from the rest."""


def write(database: Path, out: Path, *, files: Path, about: Sequence[str], harmless: Callable[[str], str]) -> int:
    """Packs the base into a ZIP file. `files` is the folder of what people sent, `about` what README.txt says,
    `harmless` makes a text safe for a sheet. Returns the number of contacts. Runs long: not for the event loop."""
    out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = out.with_name(out.name + ".part")
    try:
        with (
            closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            connection.execute("BEGIN")
            archive.writestr("README.txt", "\n".join((*about, "")))
            archive.writestr("schema.sql", _schema(connection))
            for table in metadata.sorted_tables:
                if table.name not in LEFT_OUT:
                    _table(connection, archive, table.name, harmless)
            (contacts,) = connection.execute("SELECT count(*) FROM contacts").fetchone()
            _files(archive, files)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return int(contacts)


def _schema(connection: sqlite3.Connection) -> str:
    statements = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'search_%' ORDER BY type DESC, name"
    )
    return "".join(f"{statement};\n\n" for (statement,) in statements)


def _table(connection: sqlite3.Connection, archive: zipfile.ZipFile, name: str, harmless: Callable[[str], str]) -> None:
    rows = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608  # a name of ours
    with (
        archive.open(f"{name}.csv", "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text,
    ):
        out = csv.writer(text)
        out.writerow([column[0] for column in rows.description])
        for row in rows:
            out.writerow([_said(value, harmless) for value in row])


def _said(value: Any, harmless: Callable[[str], str]) -> Any:
    return harmless(value) if isinstance(value, str) else value


def _files(archive: zipfile.ZipFile, folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".part":
            archive.write(path, f"files/{path.relative_to(folder)}", zipfile.ZIP_STORED)
