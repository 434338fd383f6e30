"""A backup can be trusted, and the way back from it loses nothing and sends nothing by itself."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from storage import backups, facts, holding, locks, schema, tables
from storage.engine import Database, Tx
from storage.troubles import Damaged, Exists, Foreign, Missing, Newer, Trouble, Unwritable
from tests.storage import makers

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database in its place, made as the owner's is."""
    path = tmp_path / "data" / "kartoteka.db"
    with locks.hold(path):
        schema.upgrade(path)
    return path


@pytest.fixture
def copy(path: Path, tmp_path: Path) -> Path:
    """A backup of it that knows one fact."""
    write_fact(path, "where", "backup")
    copy = tmp_path / "copy.db"
    backups.make(path, copy)
    return copy


def write_fact(path: Path, name: str, value: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", (name, f'"{value}"'))


def fact(path: Path, name: str) -> str | None:
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return row[0].strip('"') if row else None


async def test_a_backup_beside_a_busy_bot_is_whole(path: Path, tmp_path: Path) -> None:
    """Twenty writers and backups at once: nobody hears "locked", each copy is whole and has what was committed."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    written = 0
    enough = asyncio.Event()

    async def writer() -> None:
        nonlocal written
        while not enough.is_set():
            await makers.make_contact(database, name="Оксана")
            written += 1

    writers = [asyncio.create_task(writer()) for _ in range(20)]
    try:
        for number in range(3):
            before = written
            copy = tmp_path / f"copy{number}.db"
            await asyncio.to_thread(backups.make, path, copy)
            after = written
            with closing(sqlite3.connect(copy)) as connection:
                (rows,) = connection.execute("SELECT count(*) FROM contacts").fetchone()
            assert before <= rows <= after + 20
            assert schema.check(copy, thorough=True) == schema.head()
    finally:
        enough.set()
        await asyncio.gather(*writers)
        await database.close()
    assert written > 0


def test_a_backup_is_one_private_file(copy: Path) -> None:
    """It holds people's data: nobody else may read it; no journal, no leftover stands beside it."""
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [file.name for file in copy.parent.iterdir() if file.is_file()] == ["copy.db"]


def test_a_backup_never_overwrites(path: Path, copy: Path) -> None:
    """A second backup under the same name is refused, and the first stays."""
    before = copy.read_bytes()
    with pytest.raises(Exists, match="exists already"):
        backups.make(path, copy)
    assert copy.read_bytes() == before


def test_no_backup_is_left_of_a_damaged_database(path: Path, tmp_path: Path) -> None:
    """A copy that is not whole is no backup: it is refused and taken away."""
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * 4096 * 30)
    with pytest.raises(Damaged):
        backups.make(path, tmp_path / "copy.db")
    assert [file for file in tmp_path.iterdir() if file.is_file()] == []


def test_a_backup_where_nothing_can_be_written_is_said_so(path: Path, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("")
    with pytest.raises(Unwritable, match="No backup was made"):
        backups.make(path, tmp_path / "file" / "copy.db")


def test_a_backup_of_nothing_is_refused(tmp_path: Path) -> None:
    """There is no database yet: no empty backup is made of it."""
    with pytest.raises(Missing):
        backups.make(tmp_path / "none.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_files_are_packed_beside(tmp_path: Path) -> None:
    """People's files come as an archive of their folder; there being none is said."""
    folder = tmp_path / "files"
    with pytest.raises(Missing, match="no file was kept yet"):
        backups.make_of_files(folder, tmp_path / "files.tar.gz")
    (folder / "7").mkdir(parents=True)
    (folder / "7" / "passport.jpg").write_bytes(b"jpg")
    backups.make_of_files(folder, tmp_path / "files.tar.gz")
    with tarfile.open(tmp_path / "files.tar.gz") as archive:
        assert "files/7/passport.jpg" in archive.getnames()
    assert stat.S_IMODE((tmp_path / "files.tar.gz").stat().st_mode) == 0o600


def test_a_restored_database_is_the_backup_and_is_held(path: Path, copy: Path) -> None:
    """What was written after the backup is in the database that is kept beside; the restored one is marked as held."""
    write_fact(path, "where", "later")
    kept = backups.restore(copy, path, NOW)
    assert kept is not None
    assert kept.name == "kartoteka.db.before-restore-20261121-120000"
    assert fact(path, "where") == "backup"
    assert holding.since(path) == NOW
    assert fact(kept, "where") == "later"
    assert holding.since(kept) is None
    assert holding.since(copy) is None, "the backup itself is left as it is"
    assert schema.check(path, thorough=True) == schema.head()


def test_a_journal_of_the_old_database_is_not_played_into_the_restored_one(path: Path, copy: Path) -> None:
    """A bot that was killed leaves a journal; it belongs to the replaced database and goes with it."""
    writer = (
        "import sqlite3, sys, os\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA journal_mode = WAL')\n"
        "c.execute(\"INSERT OR REPLACE INTO facts VALUES ('where', '\\\"journal\\\"')\")\n"
        "os.kill(os.getpid(), 9)\n"
    )
    os.spawnlp(os.P_WAIT, "python3", "python3", "-c", writer, str(path))
    assert path.with_name("kartoteka.db-wal").stat().st_size > 0
    kept = backups.restore(copy, path, NOW)
    assert kept is not None
    assert fact(path, "where") == "backup"
    assert fact(kept, "where") == "journal"
    assert not path.with_name("kartoteka.db-wal").exists()


def test_a_damaged_database_is_put_aside_as_it_is(path: Path, copy: Path) -> None:
    """The reason for a restore is often damage: what is left is kept for whoever can save more of it."""
    path.write_bytes(b"\xa5" * 10_000)
    path.with_name("kartoteka.db-wal").write_bytes(b"journal")
    kept = backups.restore(copy, path, NOW)
    assert kept is not None
    assert kept.read_bytes() == b"\xa5" * 10_000
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"journal"
    assert fact(path, "where") == "backup"


def test_a_backup_is_restored_where_there_is_nothing(copy: Path, tmp_path: Path) -> None:
    """A new machine has no database to keep."""
    path = tmp_path / "new" / "kartoteka.db"
    with locks.hold(path):
        assert backups.restore(copy, path, NOW) is None
    assert fact(path, "where") == "backup"


@pytest.mark.parametrize("wrong", ["missing", "damaged", "newer", "foreign", "itself"])
def test_what_is_no_backup_changes_nothing(path: Path, copy: Path, wrong: str) -> None:
    """Each wrong file is refused with its own reason, before the database in place is touched."""
    troubles = {"missing": Missing, "damaged": Damaged, "newer": Newer, "foreign": Foreign, "itself": Trouble}
    if wrong == "missing":
        copy.unlink()
    elif wrong == "damaged":
        copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    elif wrong == "itself":
        copy = path
    else:
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute(
                "UPDATE alembic_version SET version_num = '9999'" if wrong == "newer" else "DROP TABLE contacts"
            )
    before = path.read_bytes()
    with pytest.raises(troubles[wrong]):
        backups.restore(copy, path, NOW)
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["kartoteka.db", "kartoteka.db.lock"]


async def make_message(path: Path, purpose: str, priority: int, due_at: datetime, state: str = "pending") -> None:
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()

    async def unit(tx: Tx) -> None:
        await tx.run(
            insert(tables.outbox).values(
                key=f"{purpose}:{due_at}:{state}",
                chat_id=1,
                purpose=purpose,
                priority=priority,
                payload={},
                state=state,
                on_doubt="resend",
                due_at=due_at,
                created_at=due_at,
            )
        )

    await database.write(unit)
    await database.close()


def states(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT purpose, state FROM outbox ORDER BY id").fetchall()


async def test_what_waits_is_shown_by_purpose(path: Path) -> None:
    """The owner sees how many would leave, how many of them at once, and how old the oldest is."""
    await make_message(path, "service", 2, NOW - timedelta(days=3))
    await make_message(path, "service", 2, NOW + timedelta(days=3))
    await make_message(path, "answer", 0, NOW - timedelta(hours=1))
    await make_message(path, "survey", 3, NOW - timedelta(hours=1), state="sent")
    assert holding.waiting(path, NOW) == [
        holding.Waiting("answer", 1, 1, NOW - timedelta(hours=1)),
        holding.Waiting("service", 2, 1, NOW - timedelta(days=3)),
    ]


async def test_a_release_skips_what_is_too_old_but_never_an_answer(path: Path) -> None:
    """A reminder of last week is of no use; a person who asked still waits."""
    holding.hold(path, since=NOW, source="copy.db")
    await make_message(path, "answer", 0, NOW - timedelta(days=9))
    await make_message(path, "service", 2, NOW - timedelta(days=2))
    await make_message(path, "service", 2, NOW - timedelta(hours=2))
    await make_message(path, "survey", 3, NOW - timedelta(days=9), state="sent")
    assert holding.release(path, NOW, skip_older_than=timedelta(days=1)) == 1
    assert states(path) == [("answer", "pending"), ("service", "skipped"), ("service", "pending"), ("survey", "sent")]
    assert holding.since(path) is None


async def test_a_release_without_an_age_skips_nothing(path: Path) -> None:
    """Only the mark is taken away."""
    holding.hold(path, since=NOW, source="copy.db")
    await make_message(path, "marketing", 4, NOW - timedelta(days=99))
    assert holding.release(path, NOW) == 0
    assert states(path) == [("marketing", "pending")]
    assert holding.since(path) is None


async def test_the_bot_sees_the_mark(path: Path) -> None:
    """The mark is the fact that the sender asks for, under the same name."""
    holding.hold(path, since=NOW, source="copy.db")
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    async with database.read() as reads:
        assert await facts.get(reads, facts.HELD) == {"since": NOW.isoformat(), "source": "copy.db"}
    await database.close()
