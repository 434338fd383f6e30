"""What all tests share: a fresh database for each, copied from one template; examples without a deadline."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine

from storage import search_schema
from storage.engine import Database
from storage.tables import metadata

# How long an example takes is the machine's affair.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than there are cores: tests of a browser or of another process mostly wait."""
    return (os.cpu_count() or 1) + 1


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
    """The test's own empty database, opened."""
    database = Database(f"sqlite+aiosqlite:///{database_path}", synchronous="OFF")
    await database.open()
    yield database
    await database.close()
