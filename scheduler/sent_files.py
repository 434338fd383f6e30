"""Files that are made to be sent: pictures, exports, links as QR codes. They lie below the data folder until they have long
been sent, and no longer: a copy of the base must not lie about."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from pathlib import Path
from typing import Final

from scheduler.office import Office
from services import claiming, extracting, picturing

FOLDERS: Final = (picturing.FOLDER, extracting.FOLDER, claiming.FOLDER)
KEPT: Final = timedelta(days=2)
SURELY_SENT: Final = timedelta(hours=1)
"""A file that is older is not on its way any more, or can be made again."""


async def tidy(office: Office) -> None:
    """Removes what was made more than two days ago, by the machine's clock, which dates the files: the product's may have
    been moved, and then a file that is just being sent would look old."""
    await _remove(office, KEPT)


async def remove_sent(office: Office) -> None:
    """Removes what was made more than an hour ago: somebody was erased, and may be in it."""
    await _remove(office, SURELY_SENT)


async def _remove(office: Office, age: timedelta) -> None:
    before = time.time() - age.total_seconds()
    for name in FOLDERS:
        await asyncio.to_thread(_remove_older, office.data_folder / name, before)


def _remove_older(folder: Path, before: float) -> None:
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
