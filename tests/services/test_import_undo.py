"""Undoing an import restores every row, byte for byte, whatever the base and the file; a killed import goes on."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from crm.entries import MODES
from services import preparing_entries
from storage import contacts, purchases, search, tags
from storage.engine import Database, Tx
from tests import last_words
from tests.clocks import NOON
from tests.services.import_files import Importer, in_this_process, table
from tests.storage import makers

HISTORY = {"changes", "change_rows", "imports", "import_mappings", "facts", "playbooks", "work"}
"""What remembers that an import took place."""
INSIDE = ("sqlite_", "alembic", "search_index", "search_parts", "search_words", "search_typos")
"""Numbered by themselves, or made of the other tables."""

NAMES = st.sampled_from(("Анна Коваль", "Иван Петров", "O'Neil <b>", ""))
PHONES = st.sampled_from(("0671234567", "0507654321", "0931112233", "0631231231; 0671234567", "12", ""))
EMAILS = st.sampled_from(("anna@ukr.net", "ivan@gmail.com", "кривой", ""))
CITIES = st.sampled_from(("Київ", "Львів", ""))
TAGS = st.sampled_from(("vip", "vip, old", ""))
AMOUNTS = st.sampled_from(("100", "1 500,50 грн", ""))
ROWS = st.tuples(NAMES, PHONES, EMAILS, CITIES, TAGS, st.sampled_from(("любит чай", "")), AMOUNTS)
WORDS = st.lists(st.tuples(st.sampled_from(("processing", "marketing", "survey")), st.booleans()), max_size=2)
PERSON = st.tuples(NAMES, PHONES, EMAILS, CITIES, TAGS, st.booleans(), WORDS)


def dump(path: Path) -> dict[str, list[Any]]:
    """Every row of every table as it lies in the file."""
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in names if name not in HISTORY and not name.startswith(INSIDE)]
        found = {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for name in kept}
        counted = "SELECT word, contacts FROM search_words ORDER BY word"
        return {**found, "words": list(connection.execute(counted))}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    in_this_process(monkeypatch)


async def seed(tx: Tx, people: list[tuple[Any, ...]]) -> None:
    for name, phone, email, city, tag, bought, words in people:
        card = await contacts.create(tx, now=NOON - timedelta(days=9), language="uk", name=name or None)
        if phone.isdigit() and len(phone) == 10:
            await contacts.add_point(tx, card.id, "phone", f"+38{phone}", verified=False, now=NOON)
        if "@" in email:
            await contacts.add_point(tx, card.id, "email", email, verified=False, now=NOON)
        if city:
            await contacts.change(tx, card.id, fields={"city": city}, now=NOON)
        await tags.add(tx, card.id, [tag], now=NOON)
        if bought:
            bill: dict[str, Any] = {"amount": 5000, "currency": "UAH", "value": 5000}
            await purchases.add(tx, card.id, key=f"seed:{card.id}", **bill, at=NOON, now=NOON)
        for purpose, granted in words:
            await makers.make_consent(tx, card.id, purpose=purpose, granted=granted)


def file_of(rows: Sequence[Sequence[str]]) -> bytes:
    return table(("Имя", "Телефон", "Почта", "Город", "Метки", "Заметка", "Сумма заказа"), *rows)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(PERSON, max_size=4),
    st.lists(ROWS, min_size=1, max_size=8),
    st.sampled_from(MODES),
    st.booleans(),
    st.sampled_from((None, True, False)),
)
async def test_import_then_undo_restores_every_row(
    database_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    people: list[Any],
    rows: list[Any],
    mode: str,
    agreed: bool,
    agreed_before: bool | None,
) -> None:
    """Also where an earlier file brought some of them, and said another word for them."""
    folder = tmp_path_factory.mktemp("base")
    path = folder / "kartoteka.db"
    shutil.copy(database_template, path)
    database = Database(f"sqlite+aiosqlite:///{path}", synchronous="OFF")
    await database.open()
    try:
        await database.write(lambda tx: seed(tx, people))
        importer = Importer(database, folder / "data")
        if agreed_before is not None:
            await importer.bring(file_of(rows[::2]), agreed=agreed_before)
            importer.clock.move(timedelta(minutes=5))
        before = dump(path)
        done = await importer.bring(file_of(rows), mode=mode, agreed=agreed, tags=["импорт"], source="fair")
        assert done.state == "done"
        assert last_words.mistaken(path) == []
        assert dump(path) != before or mode == "skip" or not done.counts or not done.counts.get("new", 0)
        undone = await importer.undo(done.id)
        assert undone.state == "undone"
        assert dump(path) == before
    finally:
        await database.close()


MANY = [(f"Имя Номер{n}", f"067{n:07}", "", "Київ", "vip", "", "") for n in range(40)]


async def test_an_import_killed_at_any_step_goes_on_where_it_was(
    database: Database, database_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every row once, every card found: whichever of its transactions the process died before."""
    monkeypatch.setattr(preparing_entries, "AT_ONCE", 7)
    importer = Importer(database, tmp_path / "data")
    kept = await importer.begin(file_of(MANY))
    write, left = database.write, [0]

    class Killed(Exception):
        pass

    async def dying(unit: Any, **how: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return await write(unit, **how)

    monkeypatch.setattr(database, "write", dying)
    for lives in range(2, 60):
        left[0] = lives % 5 + 1
        try:
            done = await importer.go(kept.id)
        except Killed:
            continue
        break
    assert done.state == "done"
    assert done.counts is not None
    assert done.counts["new"] == 40
    async with database.read() as reads:
        assert await reads.scalar(text("SELECT count(*) FROM contacts")) == 40
        assert await reads.scalar(text("SELECT count(*) FROM events WHERE kind = 'imported'")) == 40
        assert len((await search.find(reads, "Номер39", limit=5, now=NOON)).ids) == 1
        assert await reads.scalar(text("SELECT count(*) FROM search_docs")) == 40


async def test_a_card_that_was_worked_with_since_stays(database: Database, tmp_path: Path) -> None:
    """Undo takes back what nobody has touched, and says how many cards it left."""
    importer = Importer(database, tmp_path / "data")
    done = await importer.bring(file_of(MANY[:5]))
    later = NOON + timedelta(hours=1)
    await database.write(lambda tx: tags.add(tx, 2, ["called"], now=later))
    undone = await importer.undo(done.id)
    assert undone.counts is not None
    assert undone.counts["stayed"] == 1
    async with database.read() as reads:
        assert [row.id for row in await reads.all(text("SELECT id FROM contacts"))] == [2]
        assert [row.name for row in await reads.all(text("SELECT name FROM tags ORDER BY name"))] == ["called", "vip"]


async def test_the_same_file_again_changes_nothing(database: Database, database_path: Path, tmp_path: Path) -> None:
    importer = Importer(database, tmp_path / "data")
    rows = [(*row[:5], "любит чай", "") for row in MANY[:6]]
    await importer.bring(file_of(rows))
    before = dump(database_path)
    again = await importer.bring(file_of(rows))
    assert again.counts is not None
    assert (again.counts.get("new"), again.counts.get("changed"), again.counts["unchanged"]) == (0, 0, 6)
    assert dump(database_path) == before
