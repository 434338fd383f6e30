"""The whole bot, met over HTTP, in the cases a release must survive. docs/reliability.md lists them all."""

from __future__ import annotations

import asyncio
import os
import socket
import sqlite3
import statistics
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import app, edge, intake
from bot.settings import Settings
from simulator.client import PATIENCE, Person, sitting_at
from simulator.server import Simulator, running
from storage import engine, tables
from storage.engine import Database, Tx
from tests.end_to_end.conftest import World, Worlds
from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTIONS = ("Первое?", "Второе?", "Третье?")
PLAYBOOK = """
[business]
name = "Студия"
languages = ["ru"]
[[form]]
id = "lead"
title = "Заявка"
  [[form.step]]
  field = "a"
  type = "text"
  ask = "Первое?"
  [[form.step]]
  field = "b"
  type = "choice"
  ask = "Второе?"
    [[form.step.option]]
    id = "left"
    title = "Левое"
    [[form.step.option]]
    id = "right"
    title = "Правое"
  [[form.step]]
  field = "c"
  type = "text"
  ask = "Третье?"
"""


@pytest.fixture
def playbook(tmp_path: Path) -> str:
    (tmp_path / "lead.toml").write_text(PLAYBOOK, encoding="utf-8")
    return str(tmp_path / "lead")


async def count(world: World, table: Any, *where: Any) -> int:
    async with world.bot.database.read() as db:
        return int(await db.scalar(select(func.count()).select_from(table).where(*where)) or 0)


async def said_to(person: Person) -> list[str]:
    return [one.text for one in await person.messages() if one.out]


async def test_every_update_that_comes_three_times_at_once_takes_effect_once(worlds: Worlds, playbook: str) -> None:
    """Each message and each press of a whole form is delivered three times: one answer each, one request."""
    async with worlds(playbook) as world:
        olga = world.taras

        async def thrice(update_id: int) -> None:
            await world.desk.inject({"repeat": update_id, "times": 2})

        await thrice((await olga.starts("form_lead"))["update_id"])
        await olga.sees(QUESTIONS[0])
        await thrice((await olga.says("да"))["update_id"])
        question = await olga.sees(QUESTIONS[1])
        await thrice((await olga.presses("Правое", on=question, wait=0))["update_id"])
        await olga.sees(QUESTIONS[2])
        await thrice((await olga.says("нет"))["update_id"])
        summary = await olga.until(lambda one: any(label.startswith("✅") for label in one.buttons), "the summary")
        label = next(label for label in summary.buttons if label.startswith("✅"))
        await thrice((await olga.presses(label, on=summary, wait=0))["update_id"])
        await olga.sees("№ 1")
        await world.desk.settled()
        await world.bot.lanes.calm()
        assert await count(world, tables.requests) == 1
        assert await count(world, tables.inbox) == 5
        said = Counter(await said_to(olga))
        assert set(said.values()) == {1}, said


async def test_a_button_pressed_ten_times_at_once_has_one_effect_and_ten_answers(worlds: Worlds, playbook: str) -> None:
    """The first press moves the form, the others are told so; none is left spinning."""
    async with worlds(playbook) as world:
        await world.taras.starts("form_lead")
        await world.taras.says("да")
        question = await world.taras.sees(QUESTIONS[1])
        press = {"stale": True, "message_id": question.id, "data": question.data("Правое"), "wait": PATIENCE}
        answers = await asyncio.gather(*(world.taras.does("presses", **press) for _ in range(10)))
        assert [one["answer"] for one in answers].count(None) == 0
        await world.taras.sees(QUESTIONS[2])
        await world.bot.lanes.calm()
        assert sum(QUESTIONS[2] in text for text in await said_to(world.taras)) == 1


async def test_while_another_program_locks_the_database_nothing_is_acknowledged_then_all_is_caught_up(
    worlds: Worlds, playbook: str, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram keeps what could not be stored. The patience of five seconds is shortened here, and the lock outlasts it
    several times."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_SECONDS", 0.05)
    monkeypatch.setattr(intake, "RETRY_SECONDS", 0.05)
    monkeypatch.setattr(edge, "UNAVAILABLE_SECONDS", 0.05)
    async with worlds(playbook) as world:
        await world.taras.starts()
        await world.taras.sees()
        await world.desk.settled()
        refused = refusals(world, monkeypatch)
        with closing(sqlite3.connect(database_path, isolation_level=None, check_same_thread=False)) as other:
            await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
            await world.taras.starts("form_lead")
            await world.olga.starts("form_lead")
            async with asyncio.timeout(PATIENCE_SECONDS):
                await refused.wait()
            assert (await world.desk.stats())["pending"] == 2
            other.execute("ROLLBACK")
        await world.taras.sees(QUESTIONS[0])
        await world.olga.sees(QUESTIONS[0])
        await world.desk.settled()
        assert sum(QUESTIONS[0] in text for text in await said_to(world.taras)) == 1


async def test_on_a_full_disk_nothing_is_acknowledged_and_the_bot_recovers_by_itself(
    worlds: Worlds, playbook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit of the file's size stands for the end of the disk: SQLite answers both with the same error."""
    monkeypatch.setattr(intake, "RETRY_SECONDS", 0.05)
    monkeypatch.setattr(edge, "UNAVAILABLE_SECONDS", 0.05)
    async with worlds(playbook) as world:
        await world.taras.starts()
        await world.taras.sees()
        await world.desk.settled()
        await pages(world.bot.database, 1)
        refused = refusals(world, monkeypatch)
        words, sent = "ы" * 4000, 30
        await world.desk.inject(*({"from": world.taras.id, "text": words} for _ in range(sent)))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await refused.wait()
        assert (await world.desk.stats())["pending"] > 0
        await pages(world.bot.database, 1_000_000)
        await world.desk.settled()
        await world.taras.starts("form_lead")
        await world.taras.sees(QUESTIONS[0])
        await world.desk.settled()
        await world.bot.lanes.calm()
        assert await count(world, tables.inbox, tables.inbox.c.state != "done") == 0
        assert await count(world, tables.inbox) == sent + 2


async def test_by_webhook_too_nothing_is_acknowledged_before_it_is_stored(
    worlds: Worlds, playbook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram is told 200 after the commit and 503 while there can be none; what it brings again takes effect once."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    hook = {"webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_secret": "s" * 32, "http_port": port}
    async with worlds(playbook, **hook) as world:
        await world.taras.starts()
        await world.taras.sees()
        assert (await world.desk.stats())["webhook_url"]
        refused = refusals(world, monkeypatch, wanted=1)
        await pages(world.bot.database, 1)
        words = "ы" * 4000
        await world.desk.inject(*({"from": world.taras.id, "text": words} for _ in range(30)))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await refused.wait()
        assert (await world.desk.stats())["pending"] > 0
        await pages(world.bot.database, 1_000_000)
        await world.desk.settled(patience=20)
        await world.bot.lanes.calm()
        assert await count(world, tables.inbox, tables.inbox.c.state != "done") == 0
        assert await count(world, tables.inbox) == 31


async def pages(database: Database, most: int) -> None:
    """Limits the file to so many pages, or to those it has."""

    async def unit(tx: Tx) -> None:
        await tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")

    await database.write(unit)


def refusals(world: World, monkeypatch: pytest.MonkeyPatch, *, wanted: int = 3) -> asyncio.Event:
    """Set once the intake was refused by the database so often."""
    enough, real, seen = asyncio.Event(), world.bot.intake.store, 0

    async def store(updates: list[dict[str, Any]]) -> None:
        nonlocal seen
        try:
            await real(updates)
        except engine.Unavailable:
            seen += 1
            if seen == wanted:
                enough.set()
            raise

    monkeypatch.setattr(world.bot.intake, "store", store)
    return enough


async def test_one_flooding_user_slows_nobody(worlds: Worlds, playbook: str) -> None:
    """While five hundred updates of one person wait, another is answered before sixty of them are handled: half a
    second on the machine where one takes 8 ms."""
    async with worlds(playbook) as world:
        flood = await world.desk.person("Mallory", id=6666, language="ru")
        await world.desk.inject(*({"from": flood.id, "text": f"/start {number}"} for number in range(500)))
        meanwhile: list[int] = []
        while len(meanwhile) < 10:
            before = await handled(world, flood)
            await world.taras.says("/help")
            await world.taras.sees()
            meanwhile.append(await handled(world, flood) - before)
        assert await handled(world, flood) < 500, "the flood was over too soon"
        assert statistics.median(meanwhile) <= 60


async def handled(world: World, person: Person) -> int:
    """How many of a person's updates are handled."""
    inbox = tables.inbox
    theirs = select(func.count()).where(inbox.c.lane == person.id, inbox.c.state != "new")
    async with world.bot.database.read() as db:
        return int(await db.scalar(theirs))


async def test_groups_channels_anonymous_and_forwarded_commands_make_no_leads_and_no_staff_actions(
    worlds: Worlds, playbook: str
) -> None:
    """Nobody becomes a contact by what happens in a group, nobody's rights are borrowed, and nothing is said."""
    async with worlds(playbook, group=True) as world:
        assert world.team is not None
        neighbours = await world.desk.group("Neighbours", world.taras, world.bob)
        channel = await world.desk.group("News", type="channel")
        at_team, there = world.bob_in_team, world.taras.at(neighbours)
        for words in ("/start form_lead", "/queue", "/find Olga", "just words"):
            await at_team.says(words, anonymous=True)
            await at_team.says(words, as_channel=channel.id)
            await there.says(words)
        await world.bob.starts()
        await world.bob.sees()
        await world.taras.starts()
        await world.taras.sees()
        typed = await there.says("/tag 1 vip")
        await world.bob.forwards(typed["message_id"], from_chat=neighbours.id)
        await world.desk.settled()
        await world.bot.lanes.calm()
        assert await count(world, tables.tags) == 0
        assert await count(world, tables.contacts, tables.contacts.c.telegram_id.in_([1087968824, 136817688])) == 0
        for place in (world.team, neighbours):
            assert [one for one in await place.messages() if one.out and one.kind != "service"] == []


async def test_the_drill_of_the_way_back(playbook: str, tmp_path: Path) -> None:
    """The written commands, each a process of its own: a backup beside the running bot, the loss, the restore, a bot that
    listens and says nothing, the release, and what waited leaves once."""
    database, copy = tmp_path / "drill" / "kartoteka.db", str(tmp_path / "copy.db")
    own = {"DATABASE_URL": f"sqlite+aiosqlite:///{database}", "PLAYBOOK": playbook, "DATA_DIR": str(database.parent)}
    same: dict[str, Any] = {name.lower(): value for name, value in own.items()}
    await command("migrate", **own)
    async with running(Simulator()) as simulator, sitting_at(simulator.url) as desk:
        taras = await desk.person("Taras", language="ru")
        same |= {"bot_token": simulator.token, "bot_api_url": simulator.url}
        chosen = Settings(_env_file=None, **same)  # type: ignore[call-arg]
        async with serving(chosen):
            await taras.starts("form_lead")
            await taras.sees(QUESTIONS[0])
            await taras.says("да")
            question = await taras.sees(QUESTIONS[1])
            await command("backup", copy, **own)
            await taras.presses("Правое", on=question)
            await taras.sees(QUESTIONS[2])
        database.write_bytes(b"lost")
        await command("restore", copy, **own)
        async with serving(chosen) as bot:
            await taras.says("Левое")
            await desk.settled()
            await bot.lanes.calm()
            await taras.sees_nothing(within=0.5)
        assert "answer" in await command("release", "--yes", **own)
        async with serving(chosen):
            await taras.sees(QUESTIONS[2])
        assert sum(QUESTIONS[2] in text for text in await said_to(taras)) == 2  # before the loss, and after


@asynccontextmanager
async def serving(chosen: Settings) -> AsyncIterator[app.App]:
    """The bot at work, until the block ends."""
    async with app.built(chosen) as bot:
        work = asyncio.create_task(app.serve(bot))
        try:
            yield bot
        finally:
            bot.stop()
            await work


async def command(*words: str, **settings: str) -> str:
    """What one command of the command line printed. Fails unless it exits with 0."""
    own = {name.upper() for name in Settings.model_fields}
    environment = {name: value for name, value in os.environ.items() if name not in own} | settings
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=ROOT, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await process.communicate()
    assert process.returncode == 0, out.decode()
    return out.decode()
