"""Files that were made to be sent do not lie about."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler import sent_files
from storage.engine import Database
from tests.clocks import NOON, FakeClock
from tests.places import make_office, make_place


@pytest.mark.parametrize("folder", sent_files.FOLDERS)
async def test_what_was_sent_long_ago_goes_and_what_is_fresh_stays(
    database: Database, tmp_path: Path, folder: str
) -> None:
    """Also where the product's clock was moved far ahead: the file may be on its way just now."""
    clock = FakeClock(NOON + timedelta(days=400))
    office = make_office(database, place=make_place(data_folder=str(tmp_path)), clock=clock)
    await sent_files.tidy(office)  # before there is a folder
    (tmp_path / folder).mkdir()
    for name, age in (("old", timedelta(days=3)), ("new", timedelta(hours=1))):
        (tmp_path / folder / name).write_bytes(b"")
        at = time.time() - age.total_seconds()
        os.utime(tmp_path / folder / name, (at, at))
    await sent_files.tidy(office)
    assert [file.name for file in (tmp_path / folder).iterdir()] == ["new"]
