"""Assessing: what is wrong with the base, counted fault by fault, and how that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crm import quality
from services import segmenting
from services.segmenting import Aim
from services.workplace import Place
from storage import quality_counts, segment_sets
from storage.engine import Reads, Tx

REMEMBERED: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class State:
    """The base at one moment: how many cards there are and how many have each fault."""

    cards: int
    faults: dict[str, int]

    @property
    def score(self) -> int:
        """0 to 100."""
        return quality.score(self.faults, self.cards)


async def state(db: Reads, place: Place, *, now: datetime) -> State:
    """Counts every fault. Slow on a large base: for a reading connection."""
    faults: dict[str, int] = {}
    for line in quality.LINES:
        if line.query is None:
            faults[line.id] = await quality_counts.in_pairs(db)
        else:
            meant = await segmenting.meant(db, place, Aim(find=line.query), now=now)
            faults[line.id] = await segment_sets.count(db, meant)
    return State(await quality_counts.cards(db), faults)


async def note(tx: Tx, place: Place, found: State, *, now: datetime) -> None:
    """Keeps the state as that of today."""
    await quality_counts.note(tx, segmenting.day(place, now), found.faults, cards=found.cards)


async def scores(db: Reads, place: Place, found: State, *, now: datetime) -> list[int]:
    """The scores of the last thirty days that were noted, the oldest first; the last is that of now, as `found`."""
    noted = await quality_counts.days(db, since=segmenting.day(place, now - REMEMBERED))
    noted.pop(segmenting.day(place, now), None)
    return [*(quality.score(faults, cards) for cards, faults in noted.values()), found.score]
