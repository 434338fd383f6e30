"""Showing an import: its row and its files become the screen that stands in the manager's chat, and the report."""

from __future__ import annotations

import asyncio
import csv
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from crm import permissions
from crm.columns import OWN
from crm.permissions import Right
from crm.playbook import Playbook
from locales import Words, words_in
from services import correcting, importing, speaking
from services.preparing_entries import FAULTS
from services.workplace import Place
from storage import imports, staff
from storage.engine import Reads, Tx
from storage.imports import Import
from storage.staff import Member
from views import import_screens as screens
from views.import_screens import Column, Shown, Wrong
from views.messages import Say, Screen

SAMPLE: Final = "sample.json"
SAMPLES: Final = 3
"""Values of a column that are shown."""
LATEST: Final = 8
REPORT: Final = "report.csv"
SHEETS: Final = ("xlsx", "xls", "ods")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORMULA: Final = ("=", "@", "\t", "\r", "+", "-")


async def said(db: Reads, place: Place, kept: Import, *, now: datetime) -> list[Say]:
    """What its chat is told of an import as it stands now; at its end with the report, where something is wrong."""
    member = await staff.get(db, kept.staff_id) if kept.staff_id is not None else None
    words = words_in((member.language if member else None) or place.language)
    shown = [Say(await screen(place, kept, words, member), key=importing.key_of(kept), revise=True)]
    if kept.state == "done" and _is_faulty(kept):
        key = f"import:{kept.id}:report:{(kept.counts or {}).get('at')}"
        shown.append(Say(await report(place, kept, words), key=key))
    return shown


def say(tx: Tx, what: Say, *, chat_id: int, now: datetime) -> None:
    """Says it, or revises the message that stands there."""
    speaking.say(tx, what, chat_id=chat_id, now=now)


async def screen(place: Place, kept: Import, words: Words, member: Member | None, *, page: int = 0) -> Screen:
    """The import as it stands, for this member."""
    one = shown(kept, member)
    match kept.state:
        case "mapping" if kept.mapping is None:
            return screens.reading(words, one)
        case "mapping":
            return screens.columns(words, one, await columns(place, kept, words), page)
        case "checking":
            return screens.checking(words, one)
        case "ready":
            return screens.ready(words, one, await first_faults(place, kept, words))
        case "running":
            return screens.running(words, one)
        case "undoing":
            return screens.undoing(words, one)
        case "done":
            return screens.done(words, one)
    return screens.ended(words, one)


def shown(kept: Import, member: Member | None, *, by: str | None = None) -> Shown:
    """The import's row as the screens take it."""
    mapping, counts = kept.mapping or {}, kept.counts or {}
    total = counts.get("entries") or counts.get("rows") or 0
    if kept.state == "undoing":
        total = counts.get("new", 0) + counts.get("changed", 0)
    return Shown(
        id=kept.id,
        name=kept.file_name,
        state=kept.state,
        kind=kept.kind,
        program=mapping.get("program") or None,
        remembered=bool(mapping.get("remembered")),
        corrects=bool(mapping.get(correcting.CORRECTS)),
        cards=mapping.get("format") == "vcard",
        counts=counts,
        options=kept.options or {},
        progress=(min(kept.done_rows, total), total),
        by=by,
        at=kept.created_at,
        may_undo=member is not None and permissions.allows(member.role, Right.OWN),
        has_report=kept.path is not None,
    )


async def columns(place: Place, kept: Import, words: Words) -> list[Column]:
    """What each column is taken for, with some of its values."""
    folder = importing.folder_of(place, kept)
    samples: list[list[str]] = await asyncio.to_thread(_read_json, folder / SAMPLE) or []
    titles = own_titles(place.playbooks.current, words.language)
    every = importing.columns_of(kept).columns
    headings = [*correcting.titles(kept, words), every[-1].title]  # the last: what a report has of its own
    return [
        Column(
            one.index,
            heading,
            one.target,
            titles.get(one.target),
            tuple(_as_seen(kept, value, words) for value in samples[one.index]) if one.index < len(samples) else (),
        )
        for one, heading in zip(every, headings, strict=False)
    ]


def _as_seen(kept: Import, value: str, words: Words) -> str:
    """A value as the file shows it: sheets keep a day as a number and show it as people write it."""
    day, _, clock = value.partition(" ")
    if (kept.mapping or {}).get("format") not in SHEETS or not _DAY.fullmatch(day):
        return value
    return f"{words.birthday(day)} {clock[:5]}".strip()


def own_titles(playbook: Playbook, language: str) -> dict[str, str]:
    """The fields of the owner's own, by how a column names them."""
    return {f"{OWN}{field.id}": field.title.say(language) for field in importing.own_fields(playbook)}


async def first_faults(place: Place, kept: Import, words: Words) -> list[Wrong]:
    """The first rows that something is wrong with."""
    if kept.path is None:
        return []
    path = importing.folder_of(place, kept) / FAULTS
    found = await asyncio.to_thread(_first, path, correcting.titles(kept, words))
    return [replace(one, value=_as_seen(kept, one.value, words)) for one in found]


async def report(place: Place, kept: Import, words: Words) -> Screen:
    """The report, written to the import's folder: each row that lost something, as it was, with why beside it."""
    folder = importing.folder_of(place, kept)
    name = f"{Path(kept.file_name).stem[:80]}-{words.plain('import-report-name')}.csv"
    await asyncio.to_thread(_write_report, folder, correcting.titles(kept, words), words, kept.id)
    return screens.report(words, shown(kept, None), f"{kept.path}/{REPORT}", name)


def write_report_of(place: Place, kept: Import, language: str) -> Path:
    """The report's file, written now: for the command line, which waits for nobody."""
    folder = importing.folder_of(place, kept)
    words = words_in(language)
    _write_report(folder, correcting.titles(kept, words), words, kept.id)
    return folder / REPORT


async def listed(db: Reads, member: Member) -> list[Shown]:
    """The newest imports: one's own, and everybody's for an owner."""
    names = await staff.names(db)
    every = await imports.latest(db, limit=LATEST * 4)
    sees_all = permissions.allows(member.role, Right.OWN)
    mine = [one for one in every if sees_all or one.staff_id == member.id][:LATEST]
    return [shown(one, member, by=names.get(one.staff_id or 0)) for one in mine]


def _is_faulty(kept: Import) -> bool:
    counts = kept.counts or {}
    return kept.path is not None and bool(counts.get("lost") or counts.get("faulty"))


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _first(path: Path, headings: list[str]) -> list[Wrong]:
    found: list[Wrong] = []
    if not path.exists():
        return found
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found += [
                Wrong(row["row"], _heading(one["column"], headings), one["value"], one["reason"], one["params"])
                for one in row["faults"]
            ]
            if len(found) >= screens.FAULTS_SHOWN:
                break
    return found[: screens.FAULTS_SHOWN]


def _heading(index: int | None, headings: list[str]) -> str | None:
    return headings[index] if index is not None and index < len(headings) else None


def _write_report(folder: Path, headings: list[str], words: Words, import_id: int) -> None:
    # Excel opens a file without being asked when the separator is the one of its language, and its letters by the mark.
    separator = "," if words.language == "en" else ";"
    faults, made = folder / FAULTS, folder / f"{REPORT}.part"
    with made.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow([*headings, correcting.heading(words, import_id)])
        if faults.exists():
            with faults.open(encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    whys = [_why(words, one, headings) for one in row["faults"]]
                    why = "; ".join([*whys, words.plain("import-held-why")] if row.get("held") else whys)
                    cells = (row["cells"] + [""] * len(headings))[: len(headings)]
                    writer.writerow([*map(_safe, cells), _safe(why)])
    made.replace(folder / REPORT)


def _why(words: Words, fault: dict[str, Any], headings: list[str]) -> str:
    heading = _heading(fault["column"], headings)
    said = screens.reason(words, fault["reason"], fault["params"])
    return f"{heading}: {said}" if heading else said


def _safe(cell: str) -> str:
    """A cell that a sheet does not take for a formula. A number with its sign stays: nothing is computed of it."""
    if (
        cell.startswith(_FORMULA)
        and not cell[1:].replace(" ", "").replace("-", "").replace("(", "").replace(")", "").replace(".", "").isdigit()
    ):
        return f"'{cell}"
    return cell
