"""One process owns the database, and death lets go of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage import locks
from storage.troubles import Busy, Unwritable

HOLD = """
import sys, time
from pathlib import Path
from storage import locks
with locks.hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(locks.__file__).parent.parent,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    """The second is refused at once, with the number of the first."""
    path = tmp_path / "kartoteka.db"
    with holder(path) as process:
        try:
            with pytest.raises(Busy, match=f"process {process.pid}"), locks.hold(path):
                pass
        finally:
            process.kill()


def test_kill_releases_the_lock(tmp_path: Path) -> None:
    """A killed process leaves the file and not the lock: nobody has to delete anything by hand."""
    path = tmp_path / "kartoteka.db"
    with holder(path) as process:
        os.kill(process.pid, signal.SIGKILL)
    assert locks.path_of(path).exists()
    with locks.hold(path):
        assert locks.path_of(path).read_text() == f"{os.getpid()}\n"
    with locks.hold(path):
        pass


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    """A file stands where the folder should be: one sentence, and nothing is made."""
    (tmp_path / "data").write_text("")
    with pytest.raises(Unwritable, match="cannot be written"), locks.hold(tmp_path / "data" / "kartoteka.db"):
        pass
