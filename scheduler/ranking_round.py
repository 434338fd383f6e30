"""The ranking round: every card's group of RFM and class of ABC, counted anew, a few thousand cards a transaction."""

from __future__ import annotations

from functools import partial
from typing import Final

from scheduler.office import Office
from storage import rankings

CARDS_AT_ONCE: Final = 1_000


async def rank(office: Office) -> None:
    """Scores are computed beside the writer; only cards whose group or class changed are written."""
    limits = office.place.playbooks.current.abc.limits
    async with office.database.read() as reads:
        cuts = await rankings.cuts(reads)
        floors = await rankings.floors(reads, limits)
        last = await rankings.last_number(reads)
    for after in range(0, last, CARDS_AT_ONCE):
        await office.database.write(
            partial(rankings.write, new=cuts, least=floors, after=after, upto=after + CARDS_AT_ONCE)
        )
