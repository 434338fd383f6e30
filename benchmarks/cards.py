"""Opening a card at size: `python -m benchmarks.cards [FOLDER] [contacts …]`.

What a manager's /card takes, the reads and the screen, of anybody and of the one person with whom there was more than
with any other: 1,000 requests, purchases and notes, 500 files and 20,000 events. The bar is 20 ms at any size; the raw limit is the
contact's row by its number through plain sqlite3, in the same run.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import insert

import locales
from benchmarks import base
from bot import playbooks
from bot.settings import SOURCE_TREE
from services import showing
from services.versioning import Playbooks
from services.workplace import Place
from storage import contacts
from storage.engine import Database, Tx
from storage.tables import events, files, notes, purchases, requests
from views import cards
from views.staff_names import Reader

SIZES: Final = (10_000, 100_000, 1_000_000)
OPENED: Final = 500
BAR: Final = 20.0


def main(arguments: tuple[str, ...] = ()) -> int:
    """Prints the table; 1 when a bar is missed. `FOLDER` keeps the made bases between runs."""
    sizes = tuple(int(one) for one in arguments if one.isdecimal()) or SIZES
    folder = next((one for one in arguments if not one.isdecimal()), None)
    print(f"{'milliseconds':12}{'any card':>22}{'':>9}{'the fullest':>20}{'':>9}{'raw':>9}")
    print(f"{'contacts':12}{'p50':>11}{'p95':>11}{'CPU p95':>9}{'p50':>11}{'p95':>9}{'CPU p95':>9}{'p95':>9}")
    missed = False
    with tempfile.TemporaryDirectory() as made:
        for size in sizes:
            with tempfile.TemporaryDirectory() as own:
                path = base.copy(Path(folder or made), size, Path(own) / "kartoteka.db")
                anybody, fullest = asyncio.run(_measure(path, size))
                raw = _raw(path, size)
            print(f"{size:<12,}{_line(anybody)}{_line(fullest)}{_share(raw, 0.95):9.3f}", flush=True)
            missed |= any(_share(cpu, 0.95) > BAR for _, cpu in (anybody, fullest))
    return int(missed)


Took = tuple[list[float], list[float]]
"""Milliseconds by the clock and of CPU, all threads."""


async def _measure(path: Path, size: int) -> tuple[Took, Took]:
    playbook = (SOURCE_TREE / "playbooks" / "clinic.toml").read_text(encoding="utf-8")
    versions = Playbooks(playbooks.from_text(playbook), playbooks.from_text)
    place = Place("bench", ZoneInfo("Europe/Kyiv"), "uk", None, versions)
    reader = Reader(locales.Words("uk"), place.timezone, base.NOW)
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    fullest = size // 2

    async def fill(tx: Tx) -> None:
        await _fill(tx, fullest)

    await database.write(fill)

    async def opened(contact_id: int) -> None:
        async with database.read() as db:
            contact = await contacts.get(db, contact_id)
            assert contact is not None
            cards.card(reader, await showing.card(db, place, contact, role="manager"))

    rng = random.Random(9)
    took = [
        await _timed(opened, [rng.randrange(1, size + 1) for _ in range(OPENED)]),
        await _timed(opened, [fullest] * OPENED),
    ]
    await database.close()
    return took[0], took[1]


async def _fill(tx: Tx, contact_id: int) -> None:
    one = {"contact_id": contact_id}
    asked: dict[str, Any] = {**one, "form_id": "booking", "title": "Заявка", "answers": [], "created_at": base.NOW}
    await tx.run(insert(requests), [{**asked, "stage": stage} for stage in ("done", "lost", "new", "taken") * 250])
    paid = {"amount": 100_00, "currency": "UAH", "value": 100_00, "refunded": 0, "at": base.NOW, "created_at": base.NOW}
    await tx.run(insert(purchases), [{**one, **paid} for _ in range(1_000)])
    await tx.run(insert(notes), [{**one, "text": f"Нотатка {number}", "at": base.NOW} for number in range(1_000)])
    sent = {"unique_id": "u", "kind": "photo", "at": base.NOW}
    await tx.run(insert(files), [{**one, **sent, "file_id": f"f{number}"} for number in range(500)])
    said = {"kind": "message", "at": base.NOW, "text": "Добрий день! " * 5}
    await tx.run(insert(events), [{**one, **said} for _ in range(20_000)])


async def _timed(opened: Any, ids: list[int]) -> Took:
    wall: list[float] = []
    cpu: list[float] = []
    for contact_id in ids:
        began, spent = time.perf_counter(), time.process_time()
        await opened(contact_id)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    return wall, cpu


def _raw(path: Path, size: int) -> list[float]:
    rng = random.Random(9)
    took: list[float] = []
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(OPENED):
            began = time.perf_counter()
            connection.execute("SELECT * FROM contacts WHERE id = ?", (rng.randrange(1, size + 1),)).fetchone()
            took.append((time.perf_counter() - began) * 1000)
    return took


def _line(took: Took) -> str:
    wall, cpu = took
    return f"{_share(wall, 0.5):11.1f}{_share(wall, 0.95):9.1f}{_share(cpu, 0.95):9.1f}"


def _share(took: list[float], share: float) -> float:
    return sorted(took)[int(len(took) * share)]


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
