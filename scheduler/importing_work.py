"""Imports as long work: the file is fetched from Telegram, then each piece calls for the next; and what is past its time
is deleted from the disk."""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path
from typing import Any

import aiohttp
import structlog

from scheduler import fetching
from scheduler.office import Office
from scheduler.worker import GiveUpError
from services import import_pieces, importing
from services.import_pieces import Bench
from storage import imports
from storage.engine import Tx, Unavailable
from storage.imports import Import

log = structlog.get_logger()


class ConnectionFailed(Exception):
    """Telegram could not be reached for a file. Its text is the kind of failure: the address holds the token."""


async def advance(office: Office, payload: dict[str, Any]) -> None:
    """A piece of an import. What fails for good is said in its message, and taken back."""
    import_id = int(payload["import"])
    bench = Bench(office.database, office.place, office.now, time.monotonic)
    try:
        await _fetch(office, import_id)
        await import_pieces.advance(bench, import_id)
    except Unavailable:
        raise
    except GiveUpError:
        await import_pieces.fail(bench, import_id, "unavailable")
    except OSError as error:
        # A full disk, a file that was deleted by hand: a second attempt would meet the same.
        log.warning("an import failed", import_id=import_id, reason=type(error).__name__)
        await import_pieces.fail(bench, import_id, "disk")
    if await import_pieces.is_moving(bench, import_id):
        await office.database.write(lambda tx: _go_on(tx, import_id, office))


async def lost(office: Office, payload: dict[str, Any]) -> None:
    """A piece has failed for the last time: whoever brought the file hears what to do, and what was written is taken back."""
    import_id = int(payload["import"])
    bench = Bench(office.database, office.place, office.now, time.monotonic)
    async with office.database.read() as reads:
        kept = await imports.get(reads, import_id)
    if kept is None or kept.state == "undoing":
        return  # taking back failed as well: beginning with it again would end no better
    await import_pieces.fail(bench, import_id, "unavailable" if _is_to_be_fetched(kept) else "unknown")
    if await import_pieces.is_moving(bench, import_id):
        await office.database.write(lambda tx: _go_on(tx, import_id, office))


async def clean(office: Office) -> None:
    """Deletes the files of imports with which nothing has happened for their time."""
    async with office.database.read() as reads:
        past = await imports.kept_since(reads, office.now() - importing.KEPT)
    for one in past:
        await _delete(office, one)


async def delete_files(office: Office, import_id: int) -> None:
    """Deletes the files of an import before their time: somebody who is in them was erased."""
    async with office.database.read() as reads:
        kept = await imports.get(reads, import_id)
    if kept is not None and kept.path is not None and kept.state not in importing.WORKING:
        await _delete(office, kept)


async def _delete(office: Office, one: Import) -> None:
    await asyncio.to_thread(_remove, importing.folder_of(office.place, one))
    over = "cancelled" if one.state in ("mapping", "ready") else one.state
    await office.database.write(lambda tx: imports.change(tx, one.id, path=None, state=over, now=one.updated_at))


async def _go_on(tx: Tx, import_id: int, office: Office) -> None:
    importing.go_on(tx, import_id, now=office.now())


async def _fetch(office: Office, import_id: int) -> None:
    """The file that was sent, unless it is there already."""
    async with office.database.read() as reads:
        kept = await imports.get(reads, import_id)
    if kept is None or not _is_to_be_fetched(kept):
        return
    folder = importing.folder_of(office.place, kept)
    to = folder / f"source{Path(kept.file_name).suffix.lower()[:8]}"
    if not await asyncio.to_thread(to.exists):
        await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        try:
            await fetching.bring(office, (kept.options or {})["file_id"], to)
        except (aiohttp.ClientError, TimeoutError) as error:
            # Some of these are OSErrors too, and the disk is not to blame for them: the next attempt may do better.
            raise ConnectionFailed(type(error).__name__) from None


def _is_to_be_fetched(kept: Import) -> bool:
    return kept.state == "mapping" and kept.mapping is None and "file_id" in (kept.options or {})


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
