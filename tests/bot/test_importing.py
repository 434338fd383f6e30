"""`python -m bot import`: while the bot is stopped, and through the running one."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler import importing_work
from scheduler.worker import Worker
from services import importing
from storage import locks, schema
from storage.engine import Database
from tests.clocks import FakeClock
from tests.places import make_office, make_place
from tests.services.import_files import table

ROOT = Path(__file__).resolve().parent.parent.parent
PEOPLE = table(("Имя", "Телефон"), ("Анна Коваль", "0671234567"), ("Иван", "12"))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """An owner's folder with a database and a file to bring."""
    (tmp_path / "data").mkdir()
    schema.upgrade(tmp_path / "data" / "kartoteka.db")
    (tmp_path / "people.csv").write_bytes(PEOPLE)
    return tmp_path


async def bot(folder: Path, *arguments: str) -> tuple[int, str]:
    """The command line in a process of its own; its exit code and what it said."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "import", *arguments),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PLAYBOOK": "salon"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await child.communicate()
    return child.returncode or 0, said.decode()


def names(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "data" / "kartoteka.db")) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM contacts ORDER BY id")]


async def test_while_the_bot_is_stopped(shop: Path) -> None:
    """A dry run writes nothing; the import writes; undo leaves nothing. What is missing is asked for."""
    code, said = await bot(shop, "people.csv")
    assert (code, "agree" in said) == (1, True)
    code, said = await bot(shop, "people.csv", "--dry-run")
    assert (code, "It would be: 1 new" in said, names(shop)) == (0, True, [])
    code, said = await bot(shop, "people.csv", "--consent", "no", "--source", "old base", "--tags", "a,b")
    assert (code, "1 new" in said, names(shop)) == (0, True, ["Анна Коваль"])
    number = said.rsplit("--undo ", 1)[1].strip()
    code, said = await bot(shop, "--undo", number)
    assert (code, names(shop)) == (0, [])
    code, said = await bot(shop, "--undo", number)
    assert code == 1


async def test_purchases_that_wait_are_said(shop: Path) -> None:
    orders = table(
        ("Телефон", "Сумма", "Дата заказа"), ("0671234567", "500", "31.02.2026"), ("0501234567", "много", "")
    )
    (shop / "orders.csv").write_bytes(orders)
    code, said = await bot(shop, "orders.csv", "--dry-run")
    assert (code, "2 purchases wait" in said) == (0, True)


async def test_through_the_running_bot(shop: Path) -> None:
    """The bot holds the database, so it does the work; the command waits for what comes of it."""
    path = shop / "data" / "kartoteka.db"
    database = Database(f"sqlite+aiosqlite:///{path}", synchronous="OFF")
    with locks.hold(path):
        await database.open()
        place = make_place(data_folder=str(shop / "data"))
        # The command writes by the machine's clock, so the bot's is past it.
        clock = FakeClock(datetime(2100, 1, 1, tzinfo=UTC))
        office = make_office(database, place=place, clock=clock)
        worker = Worker(office, {importing.WORK: importing_work.advance})
        command = asyncio.create_task(bot(shop, "people.csv", "--consent", "no"))
        while not command.done():
            if not await worker.do_one():
                await asyncio.wait([command], timeout=0.1)
        await database.close()
    code, said = await command
    assert (code, "1 new" in said, names(shop)) == (0, True, ["Анна Коваль"])
    assert "The bot is running" in said
