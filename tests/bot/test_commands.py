"""The command line: each thing that can be wrong is one clear sentence and a code other than 0, with nothing half-done."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import __main__ as command_line
from bot import logs
from bot.settings import Settings
from storage import schema

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = "123456789:AAE" + "x" * 32
# Nobody listens there: no test calls Telegram.
NOWHERE = "http://127.0.0.1:9"


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


@dataclass
class Shell:
    """A folder of an owner's own with the command line in it: in this process, or in one of its own."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    @property
    def database(self) -> Path:
        return self.folder / "data" / "kartoteka.db"

    def run(self, *arguments: str, **environment: str) -> Said:
        with self.monkeypatch.context() as patch:
            patch.chdir(self.folder)
            patch.setattr(os, "environ", self.environment(**environment))
            patch.setattr(logs, "set_up", lambda *_: None)
            patch.setattr(gc, "disable", lambda: None)
            self.capture.readouterr()
            try:
                code = command_line.main(arguments)
            except SystemExit as ended:
                code = int(ended.code or 0)
        return Said(code, *self.capture.readouterr())

    def process(self, *arguments: str, code: str | None = None) -> Said:
        done = subprocess.run(
            [sys.executable, *(["-c", code] if code else ["-m", "bot", *arguments])],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def environment(self, **more: str) -> dict[str, str]:
        own = {name.upper() for name in Settings.model_fields}
        kept = {name: value for name, value in os.environ.items() if name not in own}
        return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PLAYBOOK": "salon", **more}

    def files(self) -> list[str]:
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, monkeypatch, capsys)


def refused(said: Said, words: str) -> None:
    """One clear sentence on the standard error, a code other than 0, and no traceback."""
    assert said.code in (1, 2), said.all
    assert words in said.err
    assert "Traceback" not in said.all
    assert len(said.err.strip().splitlines()) <= 4


class TestHelp:
    def test_help_lists_every_command(self, shell: Shell) -> None:
        """All commands with a line each; each has help of its own."""
        said = shell.run("--help")
        assert said.code == 0
        for name in ("run", "demo", "check", "migrate", "backup", "restore", "release"):
            assert f"\n    {name} " in said.out
            assert shell.run(name, "--help").code == 0
        assert shell.run().code == 2

    def test_version(self, shell: Shell) -> None:
        assert shell.run("--version").out.startswith("Kartoteka 0.")


class TestCost:
    """What makes a command dear; `make bench` tells the seconds."""

    def test_no_command_but_run_and_demo_imports_aiogram(self, shell: Shell) -> None:
        """aiogram costs four seconds."""
        code = (
            "import sys; from bot.__main__ import main\n"
            "for command in ('migrate', 'check', 'backup', 'release'): main([command])\n"
            "print(sorted({'aiogram', 'apscheduler', 'aiohttp'} & sys.modules.keys()))"
        )
        said = shell.process(code=code)
        assert said.out.splitlines()[-1] == "[]", said.all


class TestCheck:
    def test_what_is_right_is_said(self, shell: Shell) -> None:
        """And that the token is still to come."""
        said = shell.run("check")
        assert said.code == 0, said.all
        assert "are right" in said.out
        assert "BOT_TOKEN is not set yet" in said.out

    def test_mistakes_of_both_files_are_told_at_once(self, shell: Shell) -> None:
        """Each as file:line: what is wrong. Nothing is made."""
        (shell.folder / ".env").write_text("HTTP_PORT=many\nBOT_TOKN=1\n")
        playbook = (ROOT / "playbooks" / "salon.toml").read_text(encoding="utf-8")
        (shell.folder / "mine.toml").write_text(playbook.replace('id = "nps"', 'idd = "nps"'), encoding="utf-8")
        said = shell.run("check", PLAYBOOK="mine.toml")
        assert said.code == 2
        assert ".env:1: HTTP_PORT" in said.out
        assert ".env:2: BOT_TOKN" in said.out
        assert "\nmine.toml:" in said.out
        assert "to mend." in said.out
        assert shell.files() == [".env", "mine.toml"]

    def test_a_missing_playbook_is_told(self, shell: Shell) -> None:
        assert "no such file" in shell.run("check", PLAYBOOK="none.toml").out


class TestRun:
    def test_without_a_token_it_says_how_to_get_one(self, shell: Shell) -> None:
        """Three steps: BotFather, the file, the command. Nothing is made."""
        said = shell.run("run")
        assert said.code == 2
        assert "@BotFather" in said.err
        assert "BOT_TOKEN=" in said.err
        assert "make run" in said.err
        assert len(said.err.strip().splitlines()) == 4
        assert shell.files() == []

    def test_an_unknown_key_stops_the_start(self, shell: Shell) -> None:
        (shell.folder / ".env").write_text(f"BOT_TOKEN={TOKEN}\nOWNERS=1\n")
        refused(shell.run("run"), "OWNERS: there is no such setting, did you mean OWNER_IDS?")
        assert shell.files() == [".env"]

    def test_a_broken_playbook_stops_the_start(self, shell: Shell) -> None:
        """Before the database is made."""
        (shell.folder / "mine.toml").write_text("[business]\nname = \n")
        said = shell.run("run", BOT_TOKEN=TOKEN, PLAYBOOK="mine.toml")
        refused(said, "mine.toml:2")
        assert shell.files() == ["mine.toml"]

    def test_a_folder_that_cannot_be_written_stops_the_start(self, shell: Shell) -> None:
        (shell.folder / "data").write_text("a file, not a folder")
        refused(shell.run("run", BOT_TOKEN=TOKEN), "data cannot be written")

    def test_a_newer_database_stops_the_start(self, shell: Shell) -> None:
        shell.run("migrate")
        with closing(sqlite3.connect(shell.database)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        before = shell.database.read_bytes()
        refused(shell.run("run", BOT_TOKEN=TOKEN), "is of version 9999")
        assert shell.database.read_bytes() == before

    @pytest.mark.parametrize("rest", [b"", b"not a database " * 999])
    def test_a_damaged_database_stops_the_start(self, shell: Shell, rest: bytes) -> None:
        """And never is there a new empty one in its place."""
        shell.run("migrate")
        shell.database.write_bytes(rest)
        said = shell.run("run", BOT_TOKEN=TOKEN)
        refused(said, "bot restore FILE")
        assert shell.database.read_bytes() == rest

    def test_no_network_is_said(self, shell: Shell) -> None:
        """Telegram cannot be reached: a sentence, and the token is not in it."""
        said = shell.run("run", BOT_TOKEN=TOKEN, BOT_API_URL=NOWHERE)
        refused(said, "Telegram cannot be reached")
        assert TOKEN not in said.all


class TestOneProcess:
    def test_a_second_process_is_refused_and_a_backup_is_not(self, shell: Shell) -> None:
        """While one has the database, run, migrate, restore and release are refused; death lets go of it."""
        shell.run("migrate")
        shell.run("backup", "copy.db")
        code = (
            "import sys, time; from pathlib import Path; from storage import locks\n"
            "with locks.hold(Path('data/kartoteka.db')): print('held', flush=True); time.sleep(60)"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], cwd=shell.folder, env=shell.environment(), stdout=subprocess.PIPE, text=True
        ) as holder:
            try:
                assert holder.stdout is not None
                assert holder.stdout.readline() == "held\n"
                for command in (["run"], ["migrate"], ["restore", "copy.db"], ["release"]):
                    said = shell.run(*command, BOT_TOKEN=TOKEN)
                    refused(said, f"Another Kartoteka (process {holder.pid}) is using")
                assert shell.run("backup", "second.db").code == 0
            finally:
                holder.send_signal(signal.SIGKILL)
        assert shell.run("migrate").code == 0


class TestDatabase:
    def test_migrate_makes_a_database_and_says_so(self, shell: Shell) -> None:
        """The second time there is nothing to do."""
        assert "is made, version" in shell.run("migrate").out
        assert schema.check(shell.database) == schema.head()
        assert "already" in shell.run("migrate").out
        assert shell.files() == ["data/kartoteka.db", "data/kartoteka.db.lock"]

    def test_the_way_there_and_back(self, shell: Shell) -> None:
        """Backup, loss, restore, release: as docs/operations.md says."""
        shell.run("migrate")
        assert "checked" in shell.run("backup").out
        (copy,) = (shell.folder / "data" / "backups").glob("kartoteka-*.db")
        shell.database.write_bytes(b"lost")
        said = shell.run("restore", str(copy))
        assert said.code == 0, said.all
        assert "It sends nothing until you say so" in said.out
        assert [path.name for path in shell.database.parent.glob("*.before-restore-*")]
        said = shell.run("release", "--skip-older-than", "1d")
        assert "What waits:\n  nothing" in said.out
        assert "0 marked as skipped" in said.out
        assert "Nothing is held" in shell.run("release").out

    def test_files_are_packed_beside_a_backup(self, shell: Shell) -> None:
        shell.run("migrate")
        (shell.folder / "data" / "files").mkdir()
        assert shell.run("backup", "copy.db", "--files").code == 0
        assert (shell.folder / "copy-files.tar.gz").exists()

    def test_refusals_of_the_database_are_sentences(self, shell: Shell) -> None:
        """No database, a name that is taken, a file that is not there, an age that is none."""
        refused(shell.run("backup"), "There is no file")
        refused(shell.run("release"), "There is no file")
        shell.run("migrate")
        shell.run("backup", "copy.db")
        refused(shell.run("backup", "copy.db"), "exists already")
        refused(shell.run("restore", "none.db"), "There is no file none.db")
        refused(shell.run("release", "--skip-older-than", "long"), "is not an age")


def test_a_failure_that_nobody_foresaw_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug has a traceback; only what was foreseen is worded."""
    from bot.commands import check

    def fail(arguments: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(check, "run", fail)
    with pytest.raises(ZeroDivisionError):
        command_line.main(["check"])


def test_the_demo_starts_and_stops_both(shell: Shell) -> None:
    """Its page answers, its people have cards, Ctrl+C ends the bot and the simulator; the owner's database is untouched."""
    import urllib.request

    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "0"],
        cwd=shell.folder,
        env=shell.environment(BOT_TOKEN=TOKEN),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as demo:
        assert demo.stdout is not None
        try:
            url = ""
            for line in demo.stdout:
                if "http://127.0.0.1:" in line:
                    url = line.strip()
                    break
            assert url
            with urllib.request.urlopen(url, timeout=10) as page:
                assert page.status == 200
        finally:
            os.killpg(demo.pid, signal.SIGINT)
        assert demo.wait(timeout=30) in (0, 130)
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(url, timeout=2)
    assert not shell.database.exists()
    with closing(sqlite3.connect(shell.folder / "data" / "demo" / "kartoteka.db")) as connection:
        (contacts,) = connection.execute("SELECT count(*) FROM contacts").fetchone()
        stages = {stage for (stage,) in connection.execute("SELECT DISTINCT stage FROM requests")}
    assert contacts == 29
    assert stages == {"new", "taken", "done", "lost", "spam", "withdrawn"}


def test_a_demo_that_cannot_be_is_refused_before_it_starts(shell: Shell) -> None:
    """A playbook that is not there, a time zone that is none: a sentence, and no folder is made."""
    refused(shell.run("demo", PLAYBOOK="none"), "there is no such file")
    refused(shell.run("demo", TIMEZONE="Nowhere"), "there is no time zone")
    assert shell.files() == []


def test_a_database_whose_version_moves_is_backed_up_before(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way back from a new version is a backup nobody had to think of."""
    shell.run("migrate")
    old = schema.head()
    folder = shell.folder / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    new = f"{int(old) + 1:04d}"
    (folder / "versions" / f"{new}_later.py").write_text(
        f"revision = '{new}'\ndown_revision = '{old}'\ndef upgrade(): pass\ndef downgrade(): pass\n"
    )
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    said = shell.run("migrate")
    assert f"from version {old} to {new}" in said.out, said.all
    assert schema.version(shell.database) == new
    (copy,) = (shell.folder / "data" / "backups").glob(f"before-{new}-*.db")
    assert schema.version(copy) == old


class TestSimulate:
    def test_who_gets_what_is_printed_and_nothing_is_sent(self, shell: Shell) -> None:
        """By what the base knows today, day by day; the base is only read."""
        assert shell.run("migrate").code == 0
        soon = datetime.now(UTC) + timedelta(days=9)
        with closing(sqlite3.connect(shell.database)) as base, base:
            base.execute(
                "INSERT INTO contacts (id, telegram_id, language, created_at, updated_at)"
                " VALUES (1, 11, 'ru', '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000')"
            )
            base.execute(
                "INSERT INTO contact_values VALUES (1, 'birthday', ?, ?)",
                (f"{soon:--%m-%d}", soon.month * 100 + soon.day),
            )
        said = shell.run("simulate", "--days", "30")
        assert said.code == 0, said.all
        assert f"{soon:%Y-%m-%d}" in said.out
        assert "birthday 1" in said.out
        with closing(sqlite3.connect(shell.database)) as base:
            assert base.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
            assert base.execute("SELECT count(*) FROM journeys").fetchone() == (0,)
        assert "birthday" not in shell.run("simulate", "--days", "3").out

    def test_what_cannot_be_looked_at_is_refused(self, shell: Shell) -> None:
        """No base, and no number of days."""
        refused(shell.run("simulate", "--days", "0"), "from 1 to 366")
        refused(shell.run("simulate"), "")
