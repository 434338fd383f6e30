"""Files to be imported in tests, and a bench that takes an import through all its pieces."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from services import import_pieces, importing, preparing_entries, reading_files
from services.import_pieces import Bench
from services.preparing_entries import Job, Summary
from services.reading_files import Head
from services.workplace import Place
from storage import imports
from storage.engine import Database, Tx
from storage.imports import Import
from tests.clocks import FakeClock
from tests.places import make_place


def table(*rows: Sequence[str]) -> bytes:
    """A CSV as Excel writes it."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def in_this_process(patch: pytest.MonkeyPatch) -> None:
    """Files are read and prepared here and not in processes of their own: for tests of what follows, which are many."""

    async def read(path: Path, out: Path) -> Head:
        return reading_files.write_rows(reading_files.open_table(path), out)

    async def prepare(folder: Path, job: Job) -> Summary:
        (folder / preparing_entries.JOB).write_text(json.dumps(asdict(job)), "utf-8")
        return preparing_entries.run(folder)

    patch.setattr(reading_files, "read_in_child", read)
    patch.setattr(preparing_entries, "prepare", prepare)


class Importer:
    """Takes files through an import without Telegram, as the command line does."""

    def __init__(self, database: Database, folder: Path, place: Place | None = None) -> None:
        self.database = database
        self.clock = FakeClock()
        self.place = replace(place or make_place(), data_folder=str(folder))
        self.bench = Bench(database, self.place, self.clock.now, lambda: 0.0)

    async def begin(self, content: bytes, name: str = "base.csv", **options: Any) -> Import:
        async def unit(tx: Tx) -> Import:
            return await importing.begin_by_hand(tx, name, {"agreed": False, **options}, now=self.clock.now())

        kept = await self.database.write(unit)
        folder = importing.folder_of(self.place, kept)
        folder.mkdir(parents=True)
        (folder / f"source{Path(name).suffix}").write_bytes(content)
        return kept

    async def go(self, import_id: int) -> Import:
        """Every piece until it stands still."""
        for _ in range(10_000):
            if not await import_pieces.advance(self.bench, import_id):
                break
        return await self.get(import_id)

    async def bring(self, content: bytes, name: str = "base.csv", **options: Any) -> Import:
        """A whole import."""
        return await self.go((await self.begin(content, name, **options)).id)

    async def undo(self, import_id: int) -> Import:
        await self.database.write(lambda tx: importing.undo_by_hand(tx, import_id, now=self.clock.now()))
        return await self.go(import_id)

    async def get(self, import_id: int) -> Import:
        async with self.database.read() as reads:
            kept = await imports.get(reads, import_id)
        assert kept is not None
        return kept
