"""Every version of the schema can be reached from every other, with rows in it, whatever dies when."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from storage import schema, search_schema
from storage.migrations import new, running
from storage.tables import metadata
from storage.troubles import Damaged, Foreign, Missing, Newer, Trouble
from tests import last_words

CHILD = """
import sys
from pathlib import Path
from storage import schema
schema.MIGRATIONS = Path(sys.argv[1])
schema.upgrade(Path(sys.argv[2]))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kartoteka.db"


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations with room for one more, which a test writes into the returned file."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    number = int(schema.head()) + 1
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    return folder / "versions" / f"{number:04d}_later.py"


def write(file: Path, upgrade: str, downgrade: str = "pass") -> None:
    number = int(file.name[:4])
    file.write_text(
        "import os, signal\nimport sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '{number:04d}'\ndown_revision = '{number - 1:04d}'\n"
        f"def upgrade():\n    {upgrade}\ndef downgrade():\n    {downgrade}\n",
        encoding="utf-8",
    )


def columns_of(connection: sqlite3.Connection, table: str) -> list[Any]:
    return connection.execute(f'PRAGMA table_xinfo("{table}")').fetchall()


def tables_of(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("sqlite_", "alembic_"))
        }


def fill(path: Path) -> dict[str, int]:
    """One row in every table; returns how many each has. References point at the row 1 of their table."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in metadata.sorted_tables:
            given: dict[str, object] = {}
            for _, name, kind, _, _, primary, _ in columns_of(connection, table.name):
                whole = "INT" in kind or "BOOL" in kind or primary
                given[name] = 1 if whole and "CHAR" not in kind else "2026-11-21 10:00:00.000000"
            marks = ", ".join("?" for _ in given)
            connection.execute(f"INSERT INTO {table.name} ({', '.join(given)}) VALUES ({marks})", [*given.values()])
        connection.execute("INSERT INTO search_docs VALUES (1, 'ольга')")
        connection.execute("INSERT INTO search_words VALUES (1, 'ольга', 1)")
    return count(path)


def count(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in sorted(tables_of(path))
        }


def shape(path: Path) -> dict[str, Any]:
    """What a database is made of, without the order and the spelling of its statements."""
    with closing(sqlite3.connect(path)) as connection:
        found: dict[str, Any] = {}
        for kind, name, table, sql in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
            if name.startswith(("sqlite_", "alembic_")) or table.startswith("alembic_"):
                continue
            if kind == "table" and not name.startswith(search_schema.PREFIX):
                found[name] = (
                    sorted(column[1:] for column in columns_of(connection, name)),
                    sorted(key[2:] for key in connection.execute(f"PRAGMA foreign_key_list({name})")),
                    "AUTOINCREMENT" in sql,
                )
            else:
                found[name] = " ".join((sql or "").split())
        return found


def test_the_migrated_schema_is_the_declared_one(path: Path, tmp_path: Path) -> None:
    """A column added to storage/tables/, or a change of the search index, without a migration fails here."""
    schema.upgrade(path)
    running.check(path)
    declared = tmp_path / "declared.db"
    engine = create_engine(f"sqlite:///{declared}")
    metadata.create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(declared)) as connection, connection:
        for statement in search_schema.CREATE:
            connection.execute(statement)
    assert shape(path) == shape(declared), "run: make migration first=1 (or m=…)"


def test_every_version_goes_up_down_and_up_again_with_rows(path: Path) -> None:
    """Up and down with a row in every table: no step trips over rows, none leaves a reference to nothing."""
    schema.upgrade(path)
    rows = fill(path)
    assert set(rows.values()) - {0}, "the fixture wrote rows"
    assert all(rows[table.name] == 1 for table in metadata.sorted_tables)
    steps = ["base", *schema.versions()]
    for older in reversed(steps[:-1]):
        schema.downgrade(path, older)
        if older == "base":
            assert tables_of(path) == set()
    assert "contacts" not in tables_of(path)
    for newer in steps[1:]:
        running.upgrade(path, newer)
    running.check(path)
    fill(path)
    assert schema.check(path, thorough=True) == schema.head()


def test_a_table_made_anew_keeps_its_children(path: Path, later: Path) -> None:
    """SQLite changes a table by making it anew; with foreign keys on, that would delete every row pointing at it."""
    schema.upgrade(path)
    rows = fill(path)
    write(
        later,
        "with op.batch_alter_table('contacts', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('nickname', sa.String(32)))",
        "with op.batch_alter_table('contacts', recreate='always') as batch:\n        batch.drop_column('nickname')",
    )
    schema.upgrade(path)
    assert count(path) == rows
    with closing(sqlite3.connect(path)) as connection:
        assert "nickname" in {column[1] for column in columns_of(connection, "contacts")}
    schema.downgrade(path, f"{int(schema.head()) - 1:04d}")
    assert count(path) == rows


def test_the_last_words_of_a_base_of_before_are_filled_in(path: Path) -> None:
    """Segments, campaigns and exports ask the card: without this nobody of an upgraded base would have agreed."""
    running.upgrade(path, "0002")
    words = [(1, "marketing", 1), (1, "survey", 1), (1, "marketing", 0), (2, "processing", 0), (2, "processing", 1)]
    with closing(sqlite3.connect(path)) as connection, connection:
        for number in (1, 2, 3):
            connection.execute(
                "INSERT INTO contacts (id, language, created_at, updated_at) VALUES (?, 'uk', '2026', '2026')",
                (number,),
            )
        connection.executemany(
            "INSERT INTO consents (contact_id, purpose, granted, version, text, at) VALUES (?, ?, ?, '1', '', '2026')",
            words,
        )
    schema.upgrade(path)
    assert last_words.mistaken(path) == []
    with closing(sqlite3.connect(path)) as connection:
        kept = "SELECT consent_processing, consent_marketing, consent_survey FROM contacts ORDER BY id"
        assert connection.execute(kept).fetchall() == [(None, 0, 1), (1, None, None), (None, None, None)]


def test_the_newest_written_anew_keeps_what_was_written_by_hand(later: Path) -> None:
    """A column that is filled for those who upgrade is not forgotten when the tables change once more."""
    newest = max(later.parent.glob("[0-9]*.py"))
    end = "    # ### end Alembic commands ###\n"
    up, down, rest = newest.read_text("utf-8").split(end)
    newest.write_text(f"{up}{end}    op.execute('SELECT 1')\n{down}{end}    op.execute('SELECT 2')\n{rest}", "utf-8")
    for _ in range(2):
        upgrade, downgrade = new.write("", again=True).read_text("utf-8").split("def downgrade()")
        assert upgrade.partition(end)[2].count("op.execute('SELECT 1')") == 1
        assert downgrade.partition(end)[2].split() == ["op.execute('SELECT", "2')"]


def test_a_migration_that_orphans_rows_is_undone(path: Path, later: Path) -> None:
    """Foreign keys are off during a migration, so references are checked before the commit."""
    schema.upgrade(path)
    rows = fill(path)
    write(later, "op.execute('DELETE FROM contacts')")
    with pytest.raises(running.BrokenReferences, match=r"notes → contacts"):
        schema.upgrade(path)
    assert count(path) == rows
    assert schema.version(path) == f"{int(schema.head()) - 1:04d}"


def test_a_failing_step_undoes_the_steps_before_it(path: Path, later: Path) -> None:
    """All steps of one upgrade are one transaction: never a half of one, never some of them."""
    schema.upgrade(path)
    before = shape(path)
    write(later, "op.create_table('halfway', sa.Column('id', sa.Integer, primary_key=True))")
    write(later.with_name(f"{int(schema.head()) + 1:04d}_worse.py"), "op.execute('SELECT * FROM absent')")
    with pytest.raises(Exception, match="no such table: absent"):
        schema.upgrade(path)
    assert shape(path) == before


@pytest.mark.parametrize("instant", ["first statement", "between", "last statement"])
def test_a_migration_killed_inside_leaves_the_old_version(path: Path, later: Path, instant: str) -> None:
    """kill -9 in the middle: the database is whole, of the old version, with its rows; the next start migrates it."""
    schema.upgrade(path)
    rows = fill(path)
    die = "os.kill(os.getpid(), signal.SIGKILL)"
    work = (
        "op.execute('DELETE FROM notes')\n    op.create_table('halfway', sa.Column('id', sa.Integer, primary_key=True))"
    )
    deadly = {
        "first statement": f"{die}\n    {work}",
        "between": work.replace("\n", f"\n    {die}\n"),
        "last statement": f"{work}\n    {die}",
    }
    write(later, deadly[instant])
    assert child(path) == -signal.SIGKILL
    old = f"{int(schema.head()) - 1:04d}"
    assert schema.check(path, thorough=True) == old
    assert count(path) == rows
    write(later, work)
    schema.upgrade(path)
    assert schema.version(path) == schema.head()
    assert "halfway" in tables_of(path)


def test_a_new_database_killed_in_the_making_is_made_again(path: Path, later: Path) -> None:
    """Nothing stands in the database's place until it is whole."""
    write(later, "os.kill(os.getpid(), signal.SIGKILL)")
    assert child(path) == -signal.SIGKILL
    assert not path.exists()
    later.unlink()
    schema.upgrade(path)
    assert schema.check(path) == schema.head()
    assert [file.name for file in path.parent.glob("kartoteka.db*")] == ["kartoteka.db"]


def child(path: Path) -> int:
    """Migrates in a process of its own; returns its exit code, negative for a signal."""
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(schema.MIGRATIONS), str(path)],
        check=False,
        timeout=60,
        cwd=Path(schema.__file__).parent.parent,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stderr=subprocess.DEVNULL,
    ).returncode


def test_an_upgrade_of_the_right_version_imports_no_alembic(path: Path) -> None:
    """The bot starts every time and migrates seldom: half a second saved."""
    schema.upgrade(path)
    code = CHILD + "\nprint(sorted({'alembic', 'sqlalchemy'} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(schema.MIGRATIONS), str(path)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(schema.__file__).parent.parent,
    )
    assert done.stdout.strip() == "[]"


def test_migrations_are_numbered_without_gaps_and_in_one_line() -> None:
    """A migration's number is its place: the version of a database says what it has."""
    assert schema.versions() == [f"{number:04d}" for number in range(1, len(schema.versions()) + 1)]
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(running.config())
    assert [script.revision for script in scripts.walk_revisions()] == schema.versions()[::-1]


class TestAFileThatCannotBeUsedIsLeftAsItIs:
    """No new database is ever put in the place of one that is not understood."""

    def refuses(self, path: Path, trouble: type[Trouble], words: str) -> None:
        before = path.read_bytes() if path.exists() else None
        with pytest.raises(trouble, match=words):
            schema.upgrade(path)
        with pytest.raises(trouble, match=words):
            schema.check(path)
        assert (path.read_bytes() if path.exists() else None) == before

    def test_a_newer_version(self, path: Path) -> None:
        schema.upgrade(path)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        self.refuses(path, Newer, "version 9999")

    def test_somebody_elses_database(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("CREATE TABLE songs (id INTEGER PRIMARY KEY)")
        self.refuses(path, Foreign, "not Kartoteka's database")

    def test_a_text_file(self, path: Path) -> None:
        path.write_text("not a database at all, but long enough to have a header" * 40)
        self.refuses(path, Damaged, "is damaged")

    def test_a_truncated_file(self, path: Path) -> None:
        """A file cut to nothing is what a full disk leaves; SQLite alone would take it for a new database."""
        schema.upgrade(path)
        path.write_bytes(b"")
        self.refuses(path, Damaged, "is empty")

    def test_a_file_with_overwritten_pages(self, path: Path) -> None:
        schema.upgrade(path)
        fill(path)
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xa5" * 4096 * 20)
        with pytest.raises(Damaged, match="damaged"):
            schema.check(path)

    def test_a_missing_file_whose_journal_is_there(self, path: Path) -> None:
        path.with_name(path.name + "-wal").write_bytes(b"something")
        with pytest.raises(Damaged, match="journal"):
            schema.upgrade(path)
        assert not path.exists()

    def test_checking_makes_no_file(self, path: Path) -> None:
        with pytest.raises(Missing):
            schema.check(path)
        assert not path.exists()
