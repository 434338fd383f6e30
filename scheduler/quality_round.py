"""The quality round: the state of the base is counted and kept with its day, so that it can be seen to change."""

from __future__ import annotations

from scheduler.office import Office
from services import assessing


async def assess(office: Office) -> None:
    """Counts beside the writer, notes in one short transaction."""
    now = office.now()
    async with office.database.read() as reads:
        found = await assessing.state(reads, office.place, now=now)
    await office.database.write(lambda tx: assessing.note(tx, office.place, found, now=now))
