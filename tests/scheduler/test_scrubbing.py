"""After somebody was erased nothing of them lies on the disk."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from scheduler import longwork, sent_files
from scheduler.worker import Worker
from services import forgetting, importing
from storage import contacts, imports, tables
from storage.engine import Database, Tx
from tests.places import make_office, make_place
from tests.storage.makers import NOW, make_contact


async def erase(database: Database, folder: Path, contact_id: int) -> None:
    place = make_place(data_folder=str(folder))

    async def unit(tx: Tx) -> None:
        contact = await contacts.get(tx, contact_id)
        assert contact is not None
        await forgetting.erase(tx, place, contact, now=NOW)

    await database.write(unit)
    worker = Worker(make_office(database, place=place), longwork.KINDS)
    while await worker.do_one():
        pass


async def make_import(database: Database, folder: Path, *people: int, state: str = "done") -> Path:
    """An import of this state that brought these people; where its files lie."""

    async def unit(tx: Tx) -> int:
        made = await imports.create(
            tx, staff_id=None, chat_id=None, file_name="base.csv", sha256="", state=state, options={}, now=NOW
        )
        values = {"kind": "import", "title": "base.csv", "created_at": NOW}
        change = (await tx.run(insert(tables.changes).values(**values).returning(tables.changes.c.id))).scalar_one()
        await imports.change(tx, made.id, change_id=change, path=f"{importing.FOLDER}/{made.id}", now=NOW)
        for contact_id in people:
            event = {"contact_id": contact_id, "at": NOW, "kind": "imported", "data": {"change": change}}
            await tx.run(insert(tables.events).values(**event))
        return made.id

    lies = folder / importing.FOLDER / str(await database.write(unit))
    lies.mkdir(parents=True)
    (lies / "source.csv").write_text("Anna", "utf-8")
    return lies


async def test_the_file_somebody_came_from_goes_and_the_files_of_others_stay(
    database: Database, tmp_path: Path
) -> None:
    anna, boris = await make_contact(database), await make_contact(database)
    hers, his = await make_import(database, tmp_path, anna, boris), await make_import(database, tmp_path, boris)
    await erase(database, tmp_path, anna)
    assert not hers.exists()
    assert his.exists()
    async with database.read() as reads:
        kept = await imports.latest(reads, limit=2)
    assert [(one.path is None, one.state) for one in kept] == [(False, "done"), (True, "done")]


async def test_a_file_that_is_being_imported_is_not_taken_away_under_the_work(
    database: Database, tmp_path: Path
) -> None:
    anna = await make_contact(database)
    hers = await make_import(database, tmp_path, anna, state="undoing")
    await erase(database, tmp_path, anna)
    assert hers.exists()


@pytest.mark.parametrize("folder", sent_files.FOLDERS)
async def test_what_was_exported_before_goes_and_what_is_on_its_way_stays(
    database: Database, tmp_path: Path, folder: str
) -> None:
    anna = await make_contact(database)
    (tmp_path / folder).mkdir()
    for name, age in (("sent", timedelta(hours=2)), ("on-its-way", timedelta(minutes=10))):
        (tmp_path / folder / name).write_bytes(b"")
        at = time.time() - age.total_seconds()
        os.utime(tmp_path / folder / name, (at, at))
    await erase(database, tmp_path, anna)
    assert [file.name for file in (tmp_path / folder).iterdir()] == ["on-its-way"]
