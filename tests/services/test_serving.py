"""Serving: of many who take at once exactly one has it."""

from __future__ import annotations

import asyncio

from services import serving
from services.refusals import Refused
from storage import requests, staff
from storage.engine import Database, Tx
from storage.staff import Member
from tests.clocks import NOON
from tests.places import make_place
from tests.storage.makers import make_contact, make_request, make_staff


async def test_two_press_take_a_thousand_times_and_each_request_has_one_owner(database: Database) -> None:
    """Both presses of a request run side by side in the real writer; the loser is told who won."""
    place = make_place()
    ids = [await make_staff(database, name=name) for name in ("Bob", "Alice")]
    olga = await make_contact(database, open_requests=1000, requests=1000)

    async def fill(tx: Tx) -> list[int]:
        return [await make_request(tx, olga) for _ in range(1000)]

    numbers = await database.write(fill)
    async with database.read() as db:
        team = [one for number in ids if (one := await staff.get(db, number)) is not None]

    async def press(number: int, member: Member) -> Member | Refused:
        try:
            await database.write(lambda tx: serving.take(tx, place, number, member, now=NOON))
        except Refused as refusal:
            return refusal
        return member

    presses = [press(number, member) for number in numbers for member in team]
    outcomes = await asyncio.gather(*presses)
    async with database.read() as db:
        kept = await requests.of_contact(db, olga, limit=1000)
    owners = {one.id: one.owner_id for one in kept}
    for number, first, second in zip(numbers, outcomes[::2], outcomes[1::2], strict=True):
        winners = [one for one in (first, second) if isinstance(one, Member)]
        losers = [one for one in (first, second) if isinstance(one, Refused)]
        assert len(winners) == len(losers) == 1
        assert losers[0].key == "refused-taken"
        assert losers[0].values["name"] == winners[0].name
        assert owners[number] == winners[0].id
