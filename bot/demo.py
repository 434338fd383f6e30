"""The demo: the real bot on a database made anew, against the simulator, by the simulator's clock."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import app, demo_people, demo_seed, playbooks, settings
from bot.clock import SimulatorClock
from bot.settings import SOURCE_TREE, Settings
from storage import locks, schema
from storage.engine import Database

TOKEN = "4242424242:simulator"  # noqa: S105  # the simulator's own, known to everybody
START_SECONDS = 20.0
STOP_SECONDS = 5.0

PLAYBOOKS = tuple(sorted(file.stem for file in (SOURCE_TREE / "playbooks").glob("*.toml")))

WORDS = """
Kartoteka's demo is running. Open the page:

    {url}/

You are four people there: Olga, who is new; James, whom the bot knows; a manager and the owner. The page says what to try.
The playbook is {playbook}; others: make demo PLAYBOOK={another} ({more}). Ctrl+C stops it.
"""


async def run(folder: Path, port: int) -> int:
    """Runs until it is stopped; returns the exit code. What an earlier demo left in the folder is taken away.

    Raises app.StartError, playbooks.PlaybookErrors or a storage Trouble.
    """
    database = folder / "kartoteka.db"
    # Only our own database says that the folder is ours to empty.
    with locks.hold(database):
        for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / "files", ignore_errors=True)
        schema.upgrade(database)
        async with _simulator(port) as url:
            chosen = settings_for(url, folder)
            playbook = playbooks.load(chosen.playbook_path)
            async with SimulatorClock(url) as clock:
                opened = Database(chosen.database_url)
                await opened.open()
                try:
                    zone = playbook.business.zone(chosen.timezone)
                    await demo_seed.sow(opened, playbook, zone=zone, now=clock.now())
                finally:
                    await opened.close()
                print(greeting(url, chosen.playbook_path), flush=True)  # noqa: T201  # a command's answer
                return await app.run(chosen, clock=clock)


def greeting(url: str, playbook: Path) -> str:
    """What a visitor reads in the terminal; only other playbooks than the one that runs are offered."""
    another, *more = [name for name in PLAYBOOKS if name != playbook.stem]
    return WORDS.format(url=url, playbook=playbook.stem, another=another, more=", ".join(more))


def settings_for(url: str, folder: Path) -> Settings:
    """The demo's settings. Of the owner's own only the environment's PLAYBOOK, TIMEZONE and the like are taken: never
    the .env file, never a real token or database."""
    return settings.load(
        None,
        bot_token=TOKEN,
        bot_api_url=url,
        database_url=f"sqlite+aiosqlite:///{folder / 'kartoteka.db'}",
        data_dir=folder,
        owner_ids=(demo_people.OWNER.id,),
        manager_ids=(demo_people.MANAGER.id,),
        team_chat_id=demo_people.TEAM_CHAT_ID,
        webhook_url=None,
        webhook_secret=None,
        public_url=None,
    )


def free_port(wanted: int) -> int:
    """The wanted port of this machine, or a free one when it is busy."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise app.StartError("No port of this machine is free for the demo's page.")


@asynccontextmanager
async def _simulator(port: int) -> AsyncIterator[str]:
    """A simulator with the demo's people in a process of its own, stopped after the bot has drained."""
    chosen = free_port(port)
    with tempfile.TemporaryDirectory() as scratch:
        seed = Path(scratch) / "people.json"
        seed.write_text(json.dumps(demo_people.for_the_simulator()), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "simulator",
            "--port",
            str(chosen),
            "--token",
            TOKEN,
            "--seed",
            str(seed),
            cwd=SOURCE_TREE,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            # Ctrl+C is for us: the simulator must answer until the bot has drained.
            start_new_session=True,
        )
        assert process.stdout is not None
        try:
            try:
                first = await asyncio.wait_for(process.stdout.readline(), START_SECONDS)
            except TimeoutError:
                first = b""
            if not first:
                raise app.StartError("The simulator did not start; its own words are above.")
            yield f"http://127.0.0.1:{chosen}"
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
            except TimeoutError:
                process.kill()
                await process.wait()
