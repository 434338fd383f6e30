"""Fetching what people sent: a file of Telegram's becomes a copy on disk, below the data folder."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import Any

from aiogram.exceptions import TelegramBadRequest

from scheduler.office import Office
from scheduler.worker import GiveUpError
from services import keeping
from storage import files
from storage.files import File

FOLDER = "files"
CHUNK = 64 * 1024
SECONDS = 120


async def fetch(office: Office, payload: dict[str, Any]) -> None:
    """Downloads one file to files/<contact>/<number>. Raises GiveUpError for one that can never be had; no error of
    this module holds the file's address, since the token is a part of it."""
    async with office.database.read() as reads:
        file = await files.get(reads, payload["file"])
    if file is None or file.path is not None:
        return
    remote = await _known(office, file.file_id)
    path = f"{FOLDER}/{file.contact_id}/{file.id}{_ending(file, remote)}"
    size = await _download(office, remote, office.data_folder / path)
    if not await office.database.write(lambda tx: files.note_copy(tx, file.id, path, size)):
        # Erased while it was being fetched: nothing of the person may stay.
        await asyncio.to_thread((office.data_folder / path).unlink, missing_ok=True)


async def bring(office: Office, file_id: str, to: Path) -> int:
    """Downloads a file of Telegram's; the number of its bytes. Raises GiveUpError for one that can never be had."""
    return await _download(office, await _known(office, file_id), to)


async def _known(office: Office, file_id: str) -> str:
    """Where Telegram keeps it."""
    try:
        known = await office.bot.get_file(file_id)
    except TelegramBadRequest as error:
        raise GiveUpError(f"Telegram does not give the file: {error.message}") from None
    if known.file_path is None or (known.file_size or 0) > keeping.LARGEST:
        raise GiveUpError("the file is larger than Telegram lets a bot download")
    return known.file_path


async def _download(office: Office, remote: str, to: Path) -> int:
    """The number of bytes written. The file appears under its name when it is whole."""
    bot = office.bot
    part = to.with_name(to.name + ".part")
    await asyncio.to_thread(to.parent.mkdir, mode=0o700, parents=True, exist_ok=True)
    size = 0
    handle = await asyncio.to_thread(part.open, "wb")
    try:
        url = bot.session.api.file_url(bot.token, remote)
        async for chunk in bot.session.stream_content(url, timeout=SECONDS, chunk_size=CHUNK, raise_for_status=True):
            size += len(chunk)
            if size > keeping.LARGEST:
                raise GiveUpError("the file is larger than Telegram lets a bot download")
            await asyncio.to_thread(handle.write, chunk)
    except BaseException:
        await asyncio.to_thread(part.unlink, missing_ok=True)
        raise
    finally:
        await asyncio.to_thread(handle.close)
    await asyncio.to_thread(os.replace, part, to)
    return size


def _ending(file: File, remote: str) -> str:
    """A plain ending of the name, for whoever opens the folder; nothing else of what people or servers call it."""
    ending = Path(file.name or remote).suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
