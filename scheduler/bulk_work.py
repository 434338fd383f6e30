"""Changes of many people as long work: a chunk a transaction, shown in the message that was pressed, gone on with after a
death, undone whole when it is stopped or cannot be done. And the end of what was deleted."""

from __future__ import annotations

import asyncio
import shutil
from datetime import timedelta
from typing import Any, Final

import structlog

from crm import id_sets
from scheduler import fetching
from scheduler.office import Office
from services import alerting, bulk_changing
from services.bulk_changing import Progress
from services.refusals import Refused
from storage import bulk_changes, journal, outbox, staff
from storage.engine import Tx
from views import bulk_screens

log = structlog.get_logger()

TOLD_EVERY: Final = timedelta(seconds=2)
FORGOTTEN_AT_ONCE: Final = 2_000


async def carry_on(office: Office, payload: dict[str, Any]) -> None:
    """Takes a change, or its undoing, from where it stands to its end."""
    number = int(payload["change"])
    ids = await asyncio.to_thread(id_sets.unpacked, payload["people"])
    told = office.now()
    while not (stands := await _step(office, number, ids)).is_over:
        if office.now() - told >= TOLD_EVERY:
            told = office.now()
            await _tell(office, stands, payload)
    await _tell(office, stands, payload)


async def forget_deleted(office: Office) -> None:
    """What was deleted so long ago that it can no longer be brought back leaves the journal, and its files the disk."""
    before = office.now() - bulk_changing.DELETED_KEPT
    while gone := await office.database.write(
        lambda tx: bulk_changes.forget_deleted(tx, before=before, limit=FORGOTTEN_AT_ONCE)
    ):
        for contact_id in gone:
            folder = office.data_folder / fetching.FOLDER / str(contact_id)
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _step(office: Office, number: int, ids: list[int]) -> Progress:
    now = office.now()
    try:
        return await office.database.write(lambda tx: bulk_changing.step(tx, office.place, number, ids, now=now))
    except Refused as refusal:
        # What it needs is gone (the list, the field): half of it done would be worse than none.
        log.info("a bulk change was given up", change=number, reason=refusal.key)
        await office.database.write(lambda tx: journal.mark(tx, number, "undoing", now=now))
        return await office.database.write(lambda tx: bulk_changing.progress(tx, number))


async def _tell(office: Office, stands: Progress, payload: dict[str, Any]) -> None:
    """The message shows where it stands."""
    if payload.get("message") is None:
        return

    async def unit(tx: Tx) -> None:
        member = await staff.get(tx, stands.staff_id) if stands.staff_id is not None else None
        if member is None:
            return
        reader = alerting.listener(office.place, member, now=office.now()).reader
        screen = bulk_screens.standing(reader, bulk_changing.seen(office.place, stands, reader.words.language))
        await outbox.revise_message(
            tx, payload["chat"], payload["message"], screen.to_json(), None, now=office.now(), priority=0
        )

    await office.database.write(unit)
    office.wake_delivery()
