"""Upkeep of the cards: statuses of the life cycle, and the rows in which segments ask the cards' fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from scheduler.office import Office
from services import ageing
from storage import contact_values, standings
from storage.engine import Tx

LOOKED_AT: Final = 20_000
"""Cards looked at in one read."""
MOVED_AT_ONCE: Final = 200
"""Cards moved in one transaction."""


async def age(office: Office) -> None:
    """Counts everybody's status anew, once a night and after a change of the rules. A round that was killed is begun
    again: what it has done already stays as it is."""
    now = office.now()
    async with office.database.read() as db:
        if not await ageing.is_due(db, office.place, now=now):
            return
        first, last = await ageing.is_first(db), await standings.last_id(db)
    for after in range(0, last, LOOKED_AT):
        await _age_some(office, after, after + LOOKED_AT, first=first, now=now)
    await office.database.write(lambda tx: ageing.note_round(tx, office.place, now=now))


async def go_over_values(office: Office) -> None:
    """Makes the rows of the cards' fields where an earlier version made none, and anew where the playbook says of a
    field that it is of another kind."""
    while True:
        async with office.database.read() as db:
            if await contact_values.is_done(db):
                return
            ids = await contact_values.left(db)
        await _go_over(office, ids)


async def _age_some(office: Office, after: int, upto: int, *, first: bool, now: datetime) -> None:
    if first:
        await office.database.write(lambda tx: standings.keep_hand_set(tx, after=after, upto=upto))
    rules = ageing.rules_of(office.place)
    async with office.database.read() as db:
        ids = await standings.misplaced(db, rules, after=after, upto=upto, now=now)
    for start in range(0, len(ids), MOVED_AT_ONCE):
        some = ids[start : start + MOVED_AT_ONCE]

        async def unit(tx: Tx, some: Sequence[int] = some) -> None:
            await standings.settle(tx, some, rules, now=now)

        await office.database.write(unit)


async def _go_over(office: Office, ids: Sequence[int]) -> None:
    await office.database.write(lambda tx: contact_values.go_over(tx, ids))
