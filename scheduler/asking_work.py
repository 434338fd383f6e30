"""Questions to many people as long work: planned a chunk a transaction, shown in the message that was pressed, gone on
with after a death, ended by its "stop"."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any, Final

from crm import id_sets
from scheduler.office import Office
from services import alerting, asking
from services.asking import Round
from storage import askings, outbox, staff
from storage.engine import Tx
from views import question_screens

TOLD_EVERY: Final = timedelta(seconds=2)


async def ask(office: Office, payload: dict[str, Any]) -> None:
    """Plans the questions of a round. Begun again after a death, it passes over who was asked before."""
    this = Round.from_json(payload)
    ids = await asyncio.to_thread(id_sets.unpacked, payload["people"])
    told = office.now()
    for start in range(0, len(ids), asking.CHUNK):
        if not await _chunk(office, this, ids[start : start + asking.CHUNK], payload):
            return
        office.wake_delivery()
        if office.now() - told >= TOLD_EVERY:
            told = office.now()
            await _tell(office, this, payload, done=start, of=len(ids))
    await _tell(office, this, payload)


async def _chunk(office: Office, this: Round, ids: list[int], payload: dict[str, Any]) -> bool:
    """Asks the next people; whether there is to be more, which ends when the round was stopped."""

    async def unit(tx: Tx) -> bool:
        memo = await outbox.memo_of_message(tx, payload["chat"], payload["message"] or 0) or {}
        if "stopped" in memo:
            return False
        await asking.plan(tx, office.place, this, ids, now=office.now())
        return True

    return await office.database.write(unit)


async def _tell(office: Office, this: Round, payload: dict[str, Any], *, done: int = 0, of: int = 0) -> None:
    """The message shows where it stands: how far the planning is, and once it is over what became of the questions."""
    if payload["message"] is None:
        return

    async def unit(tx: Tx) -> None:
        member = await staff.get(tx, this.by) if this.by is not None else None
        if member is None:
            return
        reader = alerting.listener(office.place, member, now=office.now()).reader
        if of:
            screen = question_screens.planning(reader, this.line, done=done, of=of)
        else:
            screen = asking.shown(reader, this, await askings.counts(tx, this.field, of=this.id))
        await outbox.revise_message(
            tx, payload["chat"], payload["message"], screen.to_json(), None, now=office.now(), priority=0
        )

    await office.database.write(unit)
    office.wake_delivery()
