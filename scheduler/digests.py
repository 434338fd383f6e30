"""The team's morning: each working day at the playbook's hour everybody is told what the day holds, once."""

from __future__ import annotations

from datetime import date

import structlog

from scheduler.office import Office
from services import digesting, handing_over, speaking
from storage import facts, tasks
from storage.engine import Tx
from storage.staff import Member

log = structlog.get_logger()


async def look(office: Office) -> None:
    """Hands on what was left by who left the team, and tells the morning when it has come."""
    await _take_over(office)
    day = digesting.due(office.place, office.now())
    if day is None:
        return
    async with office.database.read() as reads:
        if await facts.get(reads, digesting.DONE) == day.isoformat():
            return
        readers = await digesting.readers(reads)
    for member in readers:
        await _tell(office, member, day)
    await office.database.write(lambda tx: facts.put(tx, digesting.DONE, day.isoformat()))
    office.wake_delivery()


async def _tell(office: Office, member: Member, day: date) -> None:
    """One of the team. What the day holds is gathered beside the writer; one that cannot be gathered keeps nobody else
    from theirs."""
    now = office.now()
    try:
        async with office.database.read() as reads:
            said = await digesting.say(reads, office.place, member, day, now=now)
    except Exception:
        log.exception("a morning digest that cannot be made", staff=member.id)
        return
    if said is not None:
        what = said

        async def unit(tx: Tx) -> None:
            speaking.say(tx, what, now=now)

        await office.database.write(unit, brief=True)


async def _take_over(office: Office) -> None:
    async with office.database.read() as reads:
        if not await tasks.of_the_removed(reads, limit=1):
            return
    now = office.now()

    async def unit(tx: Tx) -> None:
        for said in await handing_over.take_over(tx, office.place, now=now):
            speaking.say(tx, said, now=now)

    await office.database.write(unit)
    office.wake_delivery()
