"""After somebody was erased: their files on disk, and what the database's own files still hold of their words."""

from __future__ import annotations

import asyncio
import shutil
from typing import Any

from scheduler import fetching, importing_work, sent_files
from scheduler.office import Office
from storage import personal


async def scrub(office: Office, payload: dict[str, Any]) -> None:
    """Deletes the contact's folder of files, the files of the imports that brought them and what was exported before,
    then the remains in the index of the search and in the journal. Raises OSError where a file cannot be deleted, so that
    it is tried again."""
    folder = office.data_folder / fetching.FOLDER / str(int(payload["contact"]))
    if await asyncio.to_thread(folder.exists):
        await asyncio.to_thread(shutil.rmtree, folder)
    for import_id in payload.get("imports", ()):
        await importing_work.delete_files(office, import_id)
    await sent_files.remove_sent(office)
    await office.database.write(personal.scrub)
    if office.database.url.database is not None:
        await asyncio.to_thread(personal.empty_journal, office.database.url.database)
