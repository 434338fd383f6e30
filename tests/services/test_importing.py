"""Imports: what a file says becomes cards, once; what an import did can be taken back whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage import tables
from storage.engine import Database
from tests.services.import_files import Importer, table


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path / "data")


async def rows(database: Database, name: str) -> list[Any]:
    async with database.read() as reads:
        return list(await reads.all(select(tables.metadata.tables[name])))


async def test_people_of_a_file_become_cards(importer: Importer) -> None:
    """Each with every number they came with, nobody reachable, and what was said to messages."""
    done = await importer.bring(
        table(
            ("Имя", "Телефон", "E-mail", "Город", "Метки"),
            ("Анна Коваль", "067 123 45 67, 050 765-43-21", "anna@ukr.net", "Київ", "vip"),
            ("Иван Петров", "8 916 123-45-67", "", "", ""),
        ),
        source="old-base",
        tags=["импорт"],
    )
    assert done.state == "done", done
    assert done.counts
    assert done.counts["new"] == 2
    anna, ivan = await rows(importer.database, "contacts")
    assert (anna.name, anna.source_first, anna.telegram_id, anna.reachable) == ("Анна Коваль", "old-base", None, False)
    assert anna.fields == {"city": "Київ"}
    points = await rows(importer.database, "contact_points")
    assert sorted((one.contact_id, one.value) for one in points) == [
        (anna.id, "+380507654321"), (anna.id, "+380671234567"), (anna.id, "anna@ukr.net"), (ivan.id, "+79161234567"),
    ]  # fmt: skip
    assert {(one.contact_id, one.granted) for one in await rows(importer.database, "consents")} == {
        (anna.id, False), (ivan.id, False),
    }  # fmt: skip
