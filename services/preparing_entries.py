"""Preparing the entries of an import: rows of a file become what is to be written, in a process of its own.

    python -m services.preparing_entries FOLDER

Reads FOLDER/job.json and the rows that were read from the file; writes entries.jsonl, faults.jsonl and summary.json.
Whatever the file is made of, the bot goes on: memory and time of this process are limited.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import amounts, folding, values
from crm.columns import OWN, Columns
from crm.entries import SOURCE_LENGTH, Entry, Sale
from crm.incoming import Fault, Incoming, OwnReader, Reader
from services import reading_files

ROWS: Final = "rows.jsonl"
ENTRIES: Final = "entries.jsonl"
FAULTS: Final = "faults.jsonl"
JOB: Final = "job.json"
SUMMARY: Final = "summary.json"
MEMORY: Final = 1024 * 1024 * 1024
"""Bytes of address space: the twins of two million rows are found in a third of it."""
CPU_SECONDS: Final = 300
AT_ONCE: Final = 2000
"""Entries in a line of their file: as many as are written into the base in one transaction, a fifth of a second of the
writer. Twice as many would be a tenth cheaper, and a wait that people notice."""
PROFILE: Final = ("city", "organisation", "position", "sex", "birthday")
"""What of a row belongs to the fields that every card has."""
MOST_TAGS: Final = 20
ROOT: Final = str(Path(__file__).resolve().parent.parent)


class PreparingFailed(Exception):
    """The rows could not be read through: the process died of its limits."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the process is told. `columns` as they are kept; `now` is ISO in UTC; `staff` are the team's names in small
    letters with their numbers; `playbook` is the owner's file, for the fields of their own, of which `texts` are plain
    words."""

    columns: list[dict[str, Any]]
    regions: list[str]
    zone: str
    now: str
    language: str
    source: str | None
    currency: str
    rates: dict[str, str]
    staff: dict[str, int]
    playbook: str | None = None
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Summary:
    """What became of the rows: `entries` may be written, of them `twins` are about somebody named before, `faulty` lost
    a cell or more; `lost` rows cannot be written at all. `purchases`, each order once, are of so many `buyers`; `sums`
    are theirs in minor units, by currency. `held` purchases wait for their rows to be corrected."""

    rows: int = 0
    entries: int = 0
    twins: int = 0
    faulty: int = 0
    lost: int = 0
    held: int = 0
    purchases: int = 0
    buyers: int = 0
    sums: dict[str, int] = field(default_factory=dict)


class Till:
    """Adds up the purchases of a file."""

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._orders: set[int] = set()
        self._buyers: set[int] = set()

    def take(self, sale: Sale, keys: list[int]) -> None:
        """A purchase of whom these keys belong to; an order that was taken before is the same one."""
        if sale.number is not None:
            order = hash(sale.number)
            if order in self._orders:
                return
            self._orders.add(order)
        summary = self._summary
        summary.purchases += 1
        summary.buyers += self._buyers.isdisjoint(keys)
        summary.sums[sale.currency] = summary.sums.get(sale.currency, 0) + sale.amount
        self._buyers.update(keys)


async def prepare(folder: Path, job: Job) -> Summary:
    """Runs the process over the folder's rows. Raises PreparingFailed when it did not come to its end."""
    await asyncio.to_thread((folder / JOB).write_text, json.dumps(asdict(job)), "utf-8")
    child = await asyncio.create_subprocess_exec(
        *_command(folder),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": ROOT},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        code = await child.wait()
    except asyncio.CancelledError:
        child.kill()
        raise
    if code != 0:
        raise PreparingFailed(f"exit code {code}")
    text = await asyncio.to_thread((folder / SUMMARY).read_text, "utf-8")
    return Summary(**json.loads(text))


def _command(folder: Path) -> tuple[str, ...]:
    return (sys.executable, "-m", "services.preparing_entries", str(folder.resolve()))


def run(folder: Path) -> Summary:
    """Prepares every row of the folder, in this process."""
    job = Job(**json.loads((folder / JOB).read_text("utf-8")))
    maker = Maker(job)
    summary, seen, some = Summary(), set[int](), list[Entry]()
    till = Till(summary)
    with (
        (folder / ENTRIES).open("w", encoding="utf-8") as entries,
        (folder / FAULTS).open("w", encoding="utf-8") as faults,
    ):
        for number, cells in reading_files.stored_rows(folder / ROWS):
            summary.rows += 1
            incoming = maker.read(cells)
            if incoming.faults:
                held = incoming.held and not incoming.is_lost
                told = {"faults": [_told(one) for one in incoming.faults], "held": held}
                faults.write(_line({"row": number, "cells": cells, **told}))
                if incoming.is_lost:
                    summary.lost += 1
                    continue
                summary.faulty += 1
                summary.held += held
            entry = maker.entry(number, incoming)
            keys = [hash(key) for key in entry.keys]
            if not seen.isdisjoint(keys):
                entry = entry._replace(twin=True)
                summary.twins += 1
            seen.update(keys)
            if entry.sale is not None:
                till.take(entry.sale, keys)
            some.append(entry)
            if len(some) == AT_ONCE:
                entries.write(_line(some))
                summary.entries += len(some)
                some.clear()
        if some:
            entries.write(_line(some))
            summary.entries += len(some)
    (folder / SUMMARY).write_text(json.dumps(asdict(summary)), "utf-8")
    return summary


class Maker:
    """Makes entries of rows."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._mapping = Columns.from_json(job.columns)
        self._rates = {code: Decimal(rate) for code, rate in job.rates.items()}
        self._reader = Reader(
            self._mapping,
            regions=job.regions,
            zone=ZoneInfo(job.zone),
            now=datetime.fromisoformat(job.now),
            currency=job.currency,
            currencies=list(job.rates),
            own=_own_readers(job, self._mapping),
        )

    def read(self, cells: list[str]) -> Incoming:
        """The row, with what only the business can say: whether there is a rate for its currency."""
        incoming = self._reader.to_card(cells)
        if "amount" in incoming.values and self._value(incoming.values["amount"]) is None:
            code = str(incoming.values["amount"][1])
            incoming.faults.append(Fault(None, code, "currency-rate", {"currency": code}))
            incoming.hold()
        return incoming

    def entry(self, number: int, incoming: Incoming) -> Entry:
        """What is to be written for a row that can be."""
        said, job = incoming.values, self._job
        get = said.get
        note, owner_id = get("note"), None
        if owner := str(get("owner", "")):
            owner_id = job.staff.get(owner.casefold())
            if owner_id is None:
                note = f"{note}\n{owner} →" if note else f"{owner} →"
        fields = {
            name.removeprefix(OWN): value for name, value in said.items() if name in PROFILE or name.startswith(OWN)
        }
        source, tags = get("source") or job.source, get("tags")
        return Entry(
            number,
            get("name"),
            get("username"),
            get("telegram_id"),
            get("language"),
            source[:SOURCE_LENGTH] if source else None,
            get("created"),
            get("status"),
            owner_id,
            get("phone", ()),
            get("email", ()),
            [folding.visible(str(tag))[:64] for tag in tags[:MOST_TAGS]] if tags else (),
            note,
            fields or None,
            self._sale(said) if "amount" in said else None,
        )

    def _sale(self, said: Mapping[str, Any]) -> Sale:
        minor, code = said["amount"]
        value = self._value(said["amount"])
        assert value is not None
        at = said.get("bought_at") or said.get("created") or self._job.now
        number = str(said["order"])[:80] if said.get("order") else None
        return Sale(minor, code, value, at, said.get("what"), number)

    def _value(self, amount: Any) -> int | None:
        minor, code = amount
        return amounts.converted(amounts.Money(minor, code), to=self._job.currency, rates=self._rates)


def _own_readers(job: Job, mapping: Columns) -> dict[str, OwnReader]:
    """The fields of the owner's own that the file has, read as a manager's typing is."""
    wanted = {column.target.removeprefix(OWN) for column in mapping.columns if column.target.startswith(OWN)}
    readers = {name: _remembering(values.text) for name in wanted & set(job.texts)}
    others = wanted - readers.keys()
    if others and job.playbook is not None:
        # Here, because most files have none, and these modules take longer to load than such a file to read.
        from crm import playbook_reading
        from services import annotating

        playbook = playbook_reading.read(job.playbook)
        zone, now = ZoneInfo(job.zone), datetime.fromisoformat(job.now)
        for name in others & {one.id for one in playbook.card_fields}:
            typed = partial(annotating.read, playbook, name, own=True, now=now, zone=zone, language=job.language)
            readers[name] = _remembering(typed)
    return readers


def _remembering(read: Callable[[str], values.Read]) -> OwnReader:
    """The same for short cells, of which a column of cities or of yes and no has few that are different."""
    known = lru_cache(maxsize=4096)(read)
    return lambda cell: known(cell) if len(cell) <= SOURCE_LENGTH else read(cell)


def _told(fault: Fault) -> dict[str, Any]:
    return {"column": fault.column, "value": fault.value, "reason": fault.reason, "params": dict(fault.params)}


# Built once: json.dumps would build it for every row.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _line(value: Any) -> str:
    return _encode(value) + "\n"


def main() -> int:
    """The process itself, below its limits."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    gc.disable()  # what it makes of rows refers to nothing that refers back
    run(Path(sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
