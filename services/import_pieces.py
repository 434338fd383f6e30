"""Imports, a piece at a time: a file is looked into, its rows are checked, written, or taken back.

Each piece is a couple of seconds of long work, so that other work gets its turn, and each of its steps is one short
transaction that says how far the import has come: a killed process goes on there. What is written is written with what
undoes it, so an import that is not gone on with is taken back whole.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog

from crm import columns
from crm.columns import Columns
from crm.entries import Entry
from services import comparing, correcting, import_showing, importing, preparing_entries, reading_files
from services.import_showing import SAMPLE, SAMPLES
from services.preparing_entries import ENTRIES, ROWS, Job, PreparingFailed
from services.reading_files import FileRefused, Head
from services.workplace import Place
from storage import (
    consents,
    contact_values,
    imports,
    incoming_rows,
    journal,
    playbook_versions,
    purchases,
    search,
    staff,
)
from storage.engine import Database, Tx
from storage.imports import Import
from storage.incoming_rows import Plan

log = structlog.get_logger()

COLLECTED_EVERY: Final = 100_000
"""Objects between two looks for garbage while a piece is done."""
TAKEN_BACK_AT_ONCE: Final = 200
PIECE_SECONDS: Final = 2.0
"""A piece, and how often the progress is shown."""

Show = Callable[[Import], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Bench:
    """What a piece of an import needs. `now` is the product's clock in UTC; `monotonic` measures how long a piece takes."""

    database: Database
    place: Place
    now: Callable[[], datetime]
    monotonic: Callable[[], float]


async def advance(bench: Bench, import_id: int) -> bool:
    """Takes the import a piece further, by its state, and shows how far it is. Whether there is more to be done."""
    kept = await _kept(bench, import_id)
    if kept is None:
        return False
    if kept.state == "mapping" and kept.mapping is None:
        await _read(bench, kept)
    elif kept.state in importing.MOVING:
        with _seldom_collected():
            await {"checking": _check, "running": _run, "undoing": _take_back}[kept.state](bench, kept)
    return await is_moving(bench, import_id)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """The people of one transaction are some sixty thousand objects that live together and go together, without a cycle among them:
    looking for one after every seven hundred takes longer than what is done with them."""
    usual = gc.get_threshold()
    gc.set_threshold(COLLECTED_EVERY, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


async def is_moving(bench: Bench, import_id: int) -> bool:
    """Whether long work has to take it further."""
    kept = await _kept(bench, import_id)
    return kept is not None and kept.state in importing.MOVING


async def show(bench: Bench, kept: Import) -> None:
    """Brings its message up to date. One that the command line brought has none."""
    if kept.chat_id is None:
        return
    chat_id = kept.chat_id
    async with bench.database.read() as reads:
        said = await import_showing.said(reads, bench.place, kept, now=bench.now())

    async def unit(tx: Tx) -> None:
        for one in said:
            import_showing.say(tx, one, chat_id=chat_id, now=bench.now())

    await bench.database.write(unit)


async def fail(bench: Bench, import_id: int, reason: str, params: dict[str, Any] | None = None) -> None:
    """It cannot be gone on with: what was written is taken back, and why is said."""

    async def unit(tx: Tx) -> Import | None:
        kept = await imports.get(tx, import_id)
        if kept is None or kept.state not in importing.WORKING or kept.state == "undoing":
            return kept
        counts = {**(kept.counts or {}), "reason": reason, "params": params or {}}
        kept = await imports.change(tx, import_id, counts=counts, now=bench.now())
        assert kept is not None
        if kept.state == "running":
            return await importing.begin_undoing(tx, kept, "failed", staff_id=kept.staff_id, now=bench.now())
        return await imports.change(tx, import_id, state="failed", now=bench.now())

    failed = await bench.database.write(unit)
    if failed is not None:
        await show(bench, failed)


# -------------------------------------------------------------------------------------------------------------- reading


async def _read(bench: Bench, kept: Import) -> None:
    """The file is opened by a process of its own; its columns are recognised, or remembered."""
    folder = importing.folder_of(bench.place, kept)
    source = await asyncio.to_thread(source_of, folder)
    try:
        head = await reading_files.read_in_child(source, folder / ROWS)
    except FileRefused as error:
        await fail(bench, kept.id, error.reason, dict(error.params))
        return
    digest = await asyncio.to_thread(_keep_sample, folder, source, head)
    async with bench.database.read() as reads:
        mended = await correcting.corrected(reads, kept, head.headings)
        signature = columns.signature(head.headings[:-1] if mended is not None else head.headings)
        remembered = await imports.mapping_of(reads, signature) if signature else None
    if mended is not None:
        found, said = correcting.columns(mended, head.headings[-1]), correcting.said(mended)
    else:
        found, said = _columns(bench.place, head, remembered), {}
    mapping: dict[str, Any] = {"columns": found.to_json(), "signature": signature, "program": head.program}
    mapping |= {"format": head.format, "remembered": remembered is not None}
    mapping |= {correcting.CORRECTS: mended.id if mended is not None else None}

    async def unit(tx: Tx) -> Import | None:
        now = bench.now()
        values: dict[str, Any] = {"mapping": mapping, "counts": {"rows": head.rows}, "kind": found.kind}
        if said and (standing := await imports.get(tx, kept.id)) is not None:
            values["options"] = {**said, **(standing.options or {})}
        changed = await imports.change(tx, kept.id, **values, sha256=digest, only=("mapping",), now=now)
        if changed is not None and (changed.options or {}).get("auto") and found.tells_who:
            return await importing.begin_check(tx, changed, now=now)
        return changed

    changed = await bench.database.write(unit)
    if changed is not None and changed.state == "mapping" and (changed.options or {}).get("auto"):
        await fail(bench, kept.id, "nobody")
    elif changed is not None:
        await show(bench, changed)


def source_of(folder: Path) -> Path:
    """The file as it was brought. Raises FileNotFoundError when it is not there (yet)."""
    for path in folder.glob("source*"):
        if not path.name.endswith(".part"):
            return path
    raise FileNotFoundError("the file that was brought")


def _keep_sample(folder: Path, source: Path, head: Head) -> str:
    """Keeps some values of each column, to be shown. The SHA-256 of the file."""
    cells = [[row[index] for row in head.sample if index < len(row)] for index in range(len(head.headings))]
    shown = [list(dict.fromkeys(cell.strip() for cell in column if cell.strip()))[:SAMPLES] for column in cells]
    (folder / SAMPLE).write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _columns(place: Place, head: Head, remembered: list[dict[str, Any]] | None) -> Columns:
    if remembered is not None and len(remembered) == len(head.headings):
        return Columns.from_json(remembered)
    own = {field.id: list(field.title.root.values()) for field in importing.own_fields(place.playbooks.current)}
    return columns.recognise(head.headings, head.sample, own=own)


# ------------------------------------------------------------------------------------------------------------- checking


async def _check(bench: Bench, kept: Import) -> None:
    """The dry run: rows become entries in a process of their own, then each is held against the base."""
    counts = dict(kept.counts or {})
    folder = importing.folder_of(bench.place, kept)
    if "offset" not in counts:
        try:
            summary = await preparing_entries.prepare(folder, await job_of(bench, kept))
        except PreparingFailed:
            await fail(bench, kept.id, "too-much")
            return
        counts |= {"rows": summary.rows, "entries": summary.entries, "twins": summary.twins}
        counts |= {"faulty": summary.faulty, "lost": summary.lost, "held": summary.held, "offset": 0}
        if summary.purchases:
            counts["bought"] = {"purchases": summary.purchases, "buyers": summary.buyers, "sums": summary.sums}
    plan = importing.plan_of(bench.place, kept, at=bench.now())
    until = bench.monotonic() + PIECE_SECONDS
    done, over = kept.done_rows, False
    while not over and bench.monotonic() < until:
        entries, counts["offset"] = await asyncio.to_thread(_chunk, folder / ENTRIES, counts["offset"])
        over = not entries
        alone = [entry for entry in entries if not entry.twin]
        async with bench.database.read() as reads:
            joined = await incoming_rows.look(reads, alone, plan)
            known = await incoming_rows.known_sales(reads, entries)
            again = await incoming_rows.sales_again(reads, entries, plan)
        _count(counts, joined.outcomes)
        counts["sold"] = counts.get("sold", 0) + len(known) + len(again)
        done += len(entries)

    async def unit(tx: Tx) -> Import | None:
        now = bench.now()
        state = "ready" if over else "checking"
        changed = await imports.change(
            tx, kept.id, counts=counts, done_rows=done, state=state, only=("checking",), now=now
        )
        if changed is not None and over and _goes_on(changed):
            return await importing.begin_run(tx, changed, now=now)
        return changed

    changed = await bench.database.write(unit)
    if changed is not None:
        await show(bench, changed)


def _goes_on(kept: Import) -> bool:
    options = kept.options or {}
    return bool(options.get("auto")) and not options.get("dry_run")


async def job_of(bench: Bench, kept: Import) -> Job:
    """What the process is told that prepares the entries."""
    playbook, options = bench.place.playbooks.current, kept.options or {}
    async with bench.database.read() as reads:
        team = await staff.active(reads)
        text = await playbook_versions.text_of(reads, playbook.hash)
    assert kept.mapping is not None
    names = {name.casefold(): one.id for one in reversed(team) for name in (one.name, one.username) if name}
    return Job(
        columns=kept.mapping["columns"],
        regions=list(playbook.business.phone_regions),
        zone=bench.place.timezone.key,
        now=bench.now().isoformat(),
        language=playbook.business.language,
        source=options.get("source"),
        currency=playbook.money.currency,
        rates={code: str(rate) for code, rate in playbook.money.rates.items()},
        staff=names,
        playbook=text,
        texts=[field.id for field in importing.own_fields(playbook) if field.type == "text"],
    )


def _chunk(path: Path, offset: int) -> tuple[list[Entry], int]:
    """The entries that are written at once from this byte on, and where the next begin."""
    with path.open("rb") as lines:
        lines.seek(offset)
        line = lines.readline()
        return [Entry.from_json(one) for one in json.loads(line)] if line else [], lines.tell()


def _count(counts: dict[str, Any], outcomes: Any) -> None:
    for outcome in ("new", "changed", "unchanged"):
        counts[outcome] = counts.get(outcome, 0) + outcomes[outcome]


# -------------------------------------------------------------------------------------------------------------- writing


async def _run(bench: Bench, kept: Import) -> None:
    """Rows are written, so many a transaction, with what they are found by."""
    folder = importing.folder_of(bench.place, kept)
    plan = importing.plan_of(bench.place, kept, at=datetime.fromisoformat((kept.counts or {})["at"]))
    until = bench.monotonic() + PIECE_SECONDS
    at: Import | None = kept
    while at is not None and at.state == "running" and bench.monotonic() < until:
        at = await _write_some(bench, at, folder / ENTRIES, plan)
    current = at or await _kept(bench, kept.id)
    if current is None:
        return
    await show(bench, current)
    if current.state == "done":
        await asyncio.to_thread(tidy, folder)


async def _write_some(bench: Bench, kept: Import, path: Path, plan: Plan) -> Import | None:
    """Writes the next rows; None when somebody else has taken the import on, or cancelled it."""
    entries, offset = await asyncio.to_thread(_chunk, path, (kept.counts or {}).get("offset", 0))
    if not entries:
        return await bench.database.write(lambda tx: _finish(tx, bench, kept))

    async def unit(tx: Tx) -> Import | None:
        standing = await imports.get(tx, kept.id)
        if standing is None or standing.state != "running" or standing.done_rows != kept.done_rows:
            return None
        joined = await incoming_rows.look(tx, entries, plan)
        tags = await incoming_rows.write(tx, joined, plan)
        counts = dict(standing.counts or {})
        _count(counts, joined.outcomes)
        counts |= {"offset": offset, "sales": counts.get("sales", 0) + joined.sales}
        counts["tags"] = sorted({*counts.get("tags", ()), *tags})
        done = standing.done_rows + len(entries)
        return await imports.change(tx, kept.id, counts=counts, done_rows=done, now=bench.now())

    return await bench.database.write(unit)


async def _finish(tx: Tx, bench: Bench, kept: Import) -> Import | None:
    counts = {name: value for name, value in (kept.counts or {}).items() if name != "offset"}
    done = await imports.change(tx, kept.id, state="done", counts=counts, only=("running",), now=bench.now())
    if done is not None and done.change_id is not None:
        kinds = ("new", "changed", "unchanged", "sales", "lost")
        await journal.finish(tx, done.change_id, {name: counts.get(name, 0) for name in kinds})
    if done is not None and counts.get("new"):
        comparing.sweep_soon(tx, key=f"import:{done.id}", now=bench.now())
    return done


def tidy(folder: Path) -> None:
    """What was made of the file is not needed any more; the file itself and what was wrong with it stay for a while."""
    for name in (ROWS, ENTRIES):
        (folder / name).unlink(missing_ok=True)


# ---------------------------------------------------------------------------------------------------------- taking back


async def _take_back(bench: Bench, kept: Import) -> None:
    """What the import changed goes back, the newest first; what somebody changed since stays as they left it."""
    until = bench.monotonic() + PIECE_SECONDS
    at: Import | None = kept
    while at is not None and at.state == "undoing" and bench.monotonic() < until:
        at = await bench.database.write(partial(_take_back_some, bench=bench, kept=at))
    standing = at or await _kept(bench, kept.id)
    if standing is None:
        return
    await show(bench, standing)
    if standing.state in ("cancelled", "failed") and standing.path is not None:
        await asyncio.to_thread(tidy, importing.folder_of(bench.place, standing))


async def _take_back_some(tx: Tx, bench: Bench, kept: Import) -> Import | None:
    assert kept.change_id is not None
    counts = dict(kept.counts or {})
    undone = await journal.undo_some(tx, kept.change_id, limit=TAKEN_BACK_AT_ONCE)
    if undone is not None:
        touched = sorted(undone.contacts)
        counts["kept"] = counts.get("kept", 0) + undone.kept
        await contact_values.sync(tx, touched)
        await purchases.recompute(tx, touched)
        await consents.recompute(tx, touched)
        done = len(touched)
    else:
        at = datetime.fromisoformat(counts["at"])
        taken = await incoming_rows.take_away(tx, kept.change_id, at, limit=TAKEN_BACK_AT_ONCE)
        if taken is None:
            return await _taken_back(tx, bench, kept)
        touched, stayed = taken
        counts["stayed"] = counts.get("stayed", 0) + stayed
        done = len(touched) + stayed
    await search.index_many(tx, touched)
    return await imports.change(tx, kept.id, counts=counts, done_rows=kept.done_rows + done, now=bench.now())


async def _taken_back(tx: Tx, bench: Bench, kept: Import) -> Import | None:
    assert kept.change_id is not None
    options, counts = kept.options or {}, kept.counts or {}
    await incoming_rows.forget_tags(tx, counts.get("tags", ()))
    await journal.mark(tx, kept.change_id, "undone", staff_id=options.get("undone_by"), now=bench.now())
    return await imports.change(tx, kept.id, state=options.get("then", "undone"), now=bench.now())


async def _kept(bench: Bench, import_id: int) -> Import | None:
    async with bench.database.read() as reads:
        return await imports.get(reads, import_id)
