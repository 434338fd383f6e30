"""What all tests share: a fresh database for each, copied from one template; examples without a deadline."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot import telegram_models
from storage import search_schema
from storage.engine import Database
from storage.tables import metadata
from tests import last_words

telegram_models.load()  # as the bot does; before any test imports aiogram

# Most of what lives was imported, and looking through it for garbage again and again is a twentieth of the time.
gc.set_threshold(100_000, 20, 100)

# How long an example takes is the machine's affair. The examples are the same in every run: what a run finds is of the
# change that it tests. `pytest --hypothesis-profile=searching` looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("searching", deadline=None, max_examples=1_000)
settings.load_profile("repeatable")

WAITING = ("end_to_end", "simulator")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than there are cores: tests of a browser or of another process mostly wait."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for a browser or another process goes first, so that others use the cores meanwhile and none is last."""
    items.sort(key=lambda item: item.path.parent.name not in WAITING)


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with every table, made once a run."""
    path = tmp_path_factory.mktemp("template") / "kartoteka.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in search_schema.CREATE:
            connection.execute(statement)
    return path


@pytest.fixture
def database_path(database_template: Path, tmp_path: Path) -> Path:
    """The test's own empty database, not opened."""
    return Path(shutil.copy(database_template, tmp_path / "kartoteka.db"))


@pytest.fixture
async def database(database_path: Path) -> AsyncIterator[Database]:
    """The test's own empty database, opened. Whatever the test did with it, a card's last words are those of its consents."""
    database = Database(f"sqlite+aiosqlite:///{database_path}", synchronous="OFF")
    await database.open()
    yield database
    await database.close()
    assert last_words.mistaken(database_path) == []


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Every test has engines of its own, and each would compile every statement anew: a fifth of the time. They share one
    dialect, by which SQLAlchemy finds what is compiled, and one cache."""
    first: AsyncEngine | None = None

    def sharing(*arguments: Any, **options: Any) -> AsyncEngine:
        nonlocal first
        made = create_async_engine(*arguments, query_cache_size=5_000, **options)
        first = first or made
        made.sync_engine.dialect = first.sync_engine.dialect
        made.sync_engine._compiled_cache = first.sync_engine._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.engine.create_async_engine", sharing)
        yield
