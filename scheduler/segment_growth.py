"""How saved segments grow: once a day of the business's calendar each is counted and the figure kept."""

from __future__ import annotations

import structlog

from scheduler.office import Office
from services import segmenting
from services.refusals import Refused
from storage import saved_segments, segment_sets
from storage.saved_segments import Saved

log = structlog.get_logger()


async def note(office: Office) -> None:
    """Counts the segments that have no figure for today yet, one after another, beside the writer; figures that nobody
    is shown any more are forgotten."""
    today = segmenting.day(office.place, office.now())
    async with office.database.read() as reads:
        waiting = await saved_segments.not_counted(reads, today)
    for one in waiting:
        await _note_one(office, one, today)
    if waiting:
        before = segmenting.day(office.place, office.now() - 2 * segmenting.GROWTH)
        await office.database.write(lambda tx: saved_segments.forget_growth(tx, before=before))


async def _note_one(office: Office, one: Saved, today: str) -> None:
    try:
        async with office.database.read() as reads:
            meant = await segmenting.meant_by(reads, office.place, one, now=office.now())
            number = await segment_sets.count(reads, meant)
    except Refused:
        log.info("a segment can no longer be read", segment=one.id)
        return
    await office.database.write(lambda tx: saved_segments.note_count(tx, one.id, today, number), brief=True)
