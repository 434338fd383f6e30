"""Planning a campaign for everybody in a base: who is spared, who is of the control group, who gets which variant and
when by their own clock. The bar is ten seconds for 100,000 people. `python -m benchmarks.campaign_planning`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from benchmarks import base
from bot import playbooks
from bot.settings import SOURCE_TREE
from crm.campaign_letters import Letter, Options, Variant
from scheduler.campaign_work import Feeder
from scheduler.office import Office
from services import campaigning, campaigning_plan
from services.versioning import Playbooks
from services.workplace import Place
from storage import campaign_people, campaigns, staff
from storage.engine import Database, Tx

BAR: Final = 10.0


async def measure(path: Path, *, local: bool) -> tuple[int, float, float, float, float]:
    """How many were planned, the seconds it took, those of computing, those of the honest count, and how long the loop stood still at most."""
    text = (SOURCE_TREE / "playbooks" / "salon.toml").read_text(encoding="utf-8")
    place = Place(
        "bench", ZoneInfo("Europe/Kyiv"), "uk", None, Playbooks(playbooks.from_text(text), playbooks.from_text)
    )
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    bot: Any = None
    office = Office(database=database, place=place, bot=bot, now=lambda: base.NOW)

    async def start(tx: Tx) -> int:
        await staff.ensure(tx, [1], "owner", now=base.NOW)
        letter = Letter((Variant("a", {"uk": "A"}), Variant("b", {"uk": "B"}))).to_json()
        options = Options(control=10, local="2026-11-17T10:00" if local else None).to_json()
        made: dict[str, Any] = {
            "name": "Bench",
            "content": letter,
            "options": options,
            "staff_id": None,
            "chat_id": None,
        }
        return await campaigns.create(tx, **made, aim="", purpose="service", now=base.NOW)

    number = await database.write(start)
    async with database.read() as reads:
        owner = next(iter(await staff.active(reads, "owner")))
        draft = await campaigning.get(reads, owner, number)
        began = time.perf_counter()
        await campaigning_plan.count(reads, place, draft, now=base.NOW)
        counted = time.perf_counter() - began
    await database.write(lambda tx: campaigns.change(tx, number, among=["draft"], now=base.NOW, state="planned"))
    stalls: list[float] = [0.0]
    watching = asyncio.create_task(_watch(stalls))
    began, worked = time.perf_counter(), time.process_time()
    await Feeder(office).look()
    planned, worked = time.perf_counter() - began, time.process_time() - worked
    watching.cancel()
    async with database.read() as reads:
        people = sum(one.people for one in await campaign_people.tally(reads, number))
    await database.close()
    return people, planned, worked, counted, max(stalls)


async def _watch(stalls: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        stalls.append(time.perf_counter() - began - 0.005)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--local", action="store_true", help="by each one's own clock: time zones are guessed as well")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = base.make(Path(folder), contacts=chosen.people, purchases=chosen.people)
        people, planned, worked, counted, stall = asyncio.run(measure(path, local=chosen.local))
    print(
        f"planned {people:,} people in {planned:.1f} s ({worked:.1f} s of computing; bar {BAR:g} s for 100,000), counted in {counted:.1f} s, "
        f"the loop stood still for {1000 * stall:.0f} ms at most"
    )
    return 0 if planned <= BAR * max(1.0, chosen.people / 100_000) else 1


if __name__ == "__main__":
    sys.exit(main())
