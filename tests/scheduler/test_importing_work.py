"""The file of an import is fetched from Telegram once, then each piece calls for the next."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import GetFile
from sqlalchemy import select

from scheduler import importing_work, longwork
from scheduler.worker import MAX_ATTEMPTS, Worker
from services import importing
from services.importing import Brought
from storage import staff, tables
from storage.engine import Database, Tx
from storage.imports import Import
from tests.clocks import FakeClock
from tests.places import make_office, make_place
from tests.services.import_files import in_this_process, table
from tests.storage.makers import NOW, make_staff

PEOPLE = table(("Имя", "Телефон"), ("Анна Коваль", "0671234567"))


class Telegram:
    """Gives one file, or none."""

    token = "1:x"

    def __init__(self, content: bytes | None, failure: Exception | None = None) -> None:
        self._content = content
        self._failure = failure
        self.asked = 0
        self.session = SimpleNamespace(api=SimpleNamespace(file_url=lambda *_: "file"), stream_content=self._stream)

    async def get_file(self, file_id: str) -> Any:
        self.asked += 1
        if self._content is None:
            raise TelegramBadRequest(GetFile(file_id=file_id), "wrong file_id")
        return SimpleNamespace(file_path="documents/1.csv", file_size=len(self._content))

    async def _stream(self, *_: Any, **__: Any) -> AsyncIterator[bytes]:
        if self._failure is not None:
            raise self._failure
        assert self._content is not None
        yield self._content


def fetched(folder: Path) -> bytes | None:
    """The file's copy, if there is one."""
    path = folder / "imports" / "1" / "source.csv"
    return path.read_bytes() if path.exists() else None


@pytest.mark.parametrize(("content", "state"), [(PEOPLE, "mapping"), (None, "failed")])
async def test_a_file_is_fetched_and_looked_into_or_its_sender_hears_why_not(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, state: str
) -> None:
    in_this_process(monkeypatch)
    telegram = Telegram(content)
    office = make_office(database, place=make_place(data_folder=str(tmp_path)), bot=telegram)
    bob = await make_staff(database)

    async def begin(tx: Tx) -> Import:
        member = await staff.get(tx, bob)
        return await importing.begin(tx, member, Brought("base.csv", "F1", 100), chat_id=7, now=NOW)

    await database.write(begin)
    worker = Worker(office, {importing.WORK: importing_work.advance})
    while await worker.do_one():
        pass
    async with database.read() as reads:
        row = await reads.first(select(tables.imports))
        said = await reads.first(select(tables.outbox))
    assert (row.state, telegram.asked) == (state, 1)
    assert fetched(tmp_path) == content
    assert said.chat_id == 7


@pytest.mark.parametrize("failure", [aiohttp.ClientOSError(104, "reset"), aiohttp.ClientPayloadError(), TimeoutError()])
@pytest.mark.parametrize(("language", "told"), [("ru", "Пришлите его ещё раз"), ("en", "Send it once more")])
async def test_a_file_that_five_attempts_did_not_bring_is_asked_for_again(
    database: Database, tmp_path: Path, failure: Exception, language: str, told: str
) -> None:
    clock = FakeClock(NOW)
    telegram = Telegram(PEOPLE, failure)
    office = make_office(database, place=make_place(data_folder=str(tmp_path)), bot=telegram, clock=clock)
    bob = await make_staff(database, telegram_id=7, language=language)

    async def begin(tx: Tx) -> Import:
        return await importing.begin(tx, await staff.get(tx, bob), Brought("base.csv", "F1", 100), chat_id=7, now=NOW)

    async def rows() -> tuple[Any, Any]:
        async with database.read() as reads:
            return await reads.first(select(tables.imports)), await reads.first(select(tables.outbox))

    await database.write(begin)
    worker = Worker(office, {importing.WORK: longwork.KINDS[importing.WORK]})
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert await worker.do_one()
        clock.move(timedelta(minutes=20))
        assert ((await rows())[0].state == "failed") == (attempt == MAX_ATTEMPTS)
    _, said = await rows()
    assert telegram.asked == MAX_ATTEMPTS
    assert said.chat_id == 7
    assert told in json.dumps(said.payload, ensure_ascii=False)
    assert not await worker.do_one()
