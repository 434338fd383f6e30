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


async def tidy(office: Office) -> None:
    """Removes what was made more than two days ago, by the machine's clock, which dates the files: the product's may have
    been moved, and then a file that is just being sent would look old."""
    before = time.time() - KEPT.total_seconds()
    for name in FOLDERS:
        await asyncio.to_thread(_remove_older, office.data_folder / name, before)


def _remove_older(folder: Path, before: float) -> None:
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
