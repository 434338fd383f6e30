"""The whole bot from the outside: what ends it ends it with a sentence, and it leaves in time."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot import app, commands, intake
from bot.settings import Settings
from simulator.client import Desk, sitting_at
from simulator.server import Simulator, running
from storage import engine
from tests.patience import PATIENCE_SECONDS
from tests.places import FOLDER


@pytest.fixture
async def desk() -> AsyncIterator[tuple[Simulator, Desk]]:
    async with running(Simulator()) as simulator, sitting_at(simulator.url) as at:
        yield simulator, at


def settings(simulator: Simulator, database_path: Path, **changes: Any) -> Settings:
    chosen: dict[str, Any] = {
        "bot_token": simulator.token,
        "bot_api_url": simulator.url,
        "database_url": f"sqlite+aiosqlite:///{database_path}",
        "data_dir": database_path.parent / "data",
        "playbook": str(FOLDER / "salon.toml"),
    } | changes
    return Settings(_env_file=None, **chosen)  # type: ignore[call-arg]


async def starts(chosen: Settings) -> None:
    """Builds the bot and lets it serve until it ends by itself."""
    async with asyncio.timeout(PATIENCE_SECONDS), app.built(chosen) as bot:
        await app.serve(bot)


def sentence(error: app.StartError) -> str:
    """What the command line says of it; the exit code is not 0."""
    text, code = commands.worded(error)
    assert code != 0
    assert "\n" not in text
    return text


async def test_a_wrong_token_is_a_sentence(desk: tuple[Simulator, Desk], database_path: Path) -> None:
    """And the token is not in it."""
    wrong = "123456789:" + "w" * 35
    with pytest.raises(app.StartError) as refused:
        await starts(settings(desk[0], database_path, bot_token=wrong))
    assert "does not know this BOT_TOKEN" in sentence(refused.value)
    assert wrong not in sentence(refused.value)


@pytest.mark.parametrize("fault", ["server", "flood", "html"])
async def test_a_telegram_out_of_order_at_the_start_is_a_sentence(
    desk: tuple[Simulator, Desk], database_path: Path, fault: str
) -> None:
    simulator, at = desk
    await at.fault(fault, "getMe")
    with pytest.raises(app.StartError) as refused:
        await starts(settings(simulator, database_path))
    assert "Telegram" in sentence(refused.value)


async def test_a_second_poller_ends_the_bot_with_a_sentence(
    desk: tuple[Simulator, Desk], database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "RETRY_SECONDS", 0.0)
    simulator, at = desk
    await at.fault("error", "getUpdates", code=409, description="Conflict: terminated by other getUpdates request")
    with pytest.raises(app.StartError) as refused:
        await starts(settings(simulator, database_path))
    assert "Another copy of the bot runs" in sentence(refused.value)


async def test_a_database_that_another_program_locks_is_a_sentence(
    desk: tuple[Simulator, Desk], database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_SECONDS", 0.05)
    with closing(sqlite3.connect(database_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(app.StartError) as refused:
            await app.run(settings(desk[0], database_path))
    assert "database is locked" in sentence(refused.value)


async def test_a_port_that_another_program_has_is_a_sentence(desk: tuple[Simulator, Desk], database_path: Path) -> None:
    """Links that open nothing would be worse than a bot that does not start."""
    taken = urlsplit(desk[0].url).port
    with pytest.raises(app.StartError) as refused:
        await starts(settings(desk[0], database_path, public_url="https://go.example.com", http_port=taken))
    assert f"cannot listen on 127.0.0.1:{taken}" in sentence(refused.value)
    assert "HTTP_PORT" in sentence(refused.value)


async def test_a_stop_does_not_wait_for_a_telegram_that_does_not_answer(
    desk: tuple[Simulator, Desk], database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in flight when the patience is over stays in doubt, and the next life says it again."""
    listening, working = app.LISTENING_SECONDS, app.HANDLING_SECONDS + app.LONG_WORK_SECONDS
    assert listening + working + app.SENDING_SECONDS + 0.5 < 10
    monkeypatch.setattr(app, "SENDING_SECONDS", 0.2)
    simulator, at = desk
    olga = await at.person("Olga")
    await at.fault("delay", "sendMessage", seconds=60)
    async with app.built(settings(simulator, database_path)) as bot:
        serving = asyncio.create_task(app.serve(bot))
        await olga.starts()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not bot.delivery._in_flight:
                await asyncio.wait({serving}, timeout=0.02)
        bot.stop()
        async with asyncio.timeout(PATIENCE_SECONDS / 2):
            await serving
    await at.heal()
    async with app.built(settings(simulator, database_path)) as bot:
        serving = asyncio.create_task(app.serve(bot))
        await olga.sees("")
        bot.stop()
        await serving


async def test_a_token_revoked_while_the_bot_runs_ends_it_with_a_sentence(
    desk: tuple[Simulator, Desk], database_path: Path
) -> None:
    simulator, at = desk
    await at.fault("error", "getUpdates", code=401, description="Unauthorized")
    with pytest.raises(app.StartError) as refused:
        await starts(settings(simulator, database_path))
    assert "does not know this BOT_TOKEN" in sentence(refused.value)
