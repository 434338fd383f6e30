"""Looking for people who are in the base twice: one card as it comes in, everybody at night."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

from crm.doubles import Found
from scheduler.office import Office
from scheduler.worker import GiveUpError
from services import comparing, sweeping
from services.sweeping import Swept
from storage.engine import Tx

NIGHT: Final = time(3)
"""When a day's sweep is planned, by the business's clock; later where the bot was not running then."""

TOLD_ONE_BY_ONE: Final = 5
"""So many joined cards of a sweep are told with a button each; the others are in the sum, and in /undo."""


async def plan(office: Office) -> None:
    """Plans the night's sweep, once a day."""
    now = office.now()
    local = now.astimezone(office.place.timezone)
    if local.time() >= NIGHT:
        await office.database.write(lambda tx: _plan(tx, f"{local:%Y-%m-%d}", now))


async def _plan(tx: Tx, day: str, now: datetime) -> None:
    comparing.sweep_soon(tx, key=day, now=now)


async def compare(office: Office, payload: dict[str, Any]) -> None:
    """Compares one card with those near to it."""
    now = office.now()
    await office.database.write(lambda tx: comparing.on_entry(tx, office.place, payload["contact"], now=now))


async def sweep(office: Office, payload: dict[str, Any]) -> None:
    """Compares everybody with everybody in a process of its own, then writes what was found in short chunks. Raises
    sweeping.SweepFailed, so that it is tried again; a sweep that was killed is simply done anew."""
    if (path := office.database.url.database) is None:
        raise GiveUpError("a database in memory is not swept")
    began = office.now()
    swept = await sweeping.sweep(Path(path))
    joined = await _join(office, swept)
    likely = [one for one in swept.found if (one.low, one.high) not in swept.proven]
    new = 0
    for start in range(0, len(likely), comparing.AT_ONCE):
        new += await _take_in(office, likely[start : start + comparing.AT_ONCE])
    now = office.now()
    day = f"{began.astimezone(office.place.timezone):%Y-%m-%d}"
    await office.database.write(
        lambda tx: comparing.finish(tx, office.place, swept, day=day, new=new, joined=joined, began=began, now=now)
    )


async def _join(office: Office, swept: Swept) -> int:
    """Joins what is one person by rule, a pair a transaction; how many were joined."""
    joined = 0
    for pair in sorted(swept.proven):
        joined += await _join_one(office, pair, told=joined < TOLD_ONE_BY_ONE)
    return joined


async def _join_one(office: Office, pair: tuple[int, int], *, told: bool) -> bool:
    now = office.now()
    change = await office.database.write(lambda tx: comparing.join(tx, office.place, *pair, told=told, now=now))
    return change is not None


async def _take_in(office: Office, some: list[Found]) -> int:
    now = office.now()
    return await office.database.write(lambda tx: comparing.take_in(tx, some, now=now))
