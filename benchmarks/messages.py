"""One message of a form handled through the whole bot, beside three small bots on the same server in the same run.

CPU is the bot's process, all threads, user + system, between two moments under load, divided by the messages answered
between them. Ratios of one run are what counts: the machine's speed is not ours.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil

from benchmarks.desk import TOKEN

ROOT = Path(__file__).parent.parent
FORM = "bench"
STEPS = 20
ROUNDS = 3

PLAYBOOK = '[business]\nname = "Bench"\nlanguages = ["uk"]\n\n[[form]]\nid = "bench"\ntitle = "Bench"\n' + "".join(
    f'  [[form.step]]\n  field = "q{n}"\n  type = "text"\n  ask = "Question {n}?"\n' for n in range(1, STEPS + 6)
)


@dataclass(frozen=True)
class Bot:
    """A bot to measure: the module to run, and what its people say first."""

    name: str
    module: tuple[str, ...]
    opening: str = ""


BOTS = (
    Bot("raw aiohttp", ("benchmarks.bots.raw",)),
    Bot("aiogram echo", ("benchmarks.bots.echo",)),
    Bot("aiogram + ORM session", ("benchmarks.bots.usual",)),
    Bot("Kartoteka, a form", ("bot", "run"), opening=f"/start form_{FORM}"),
)


@dataclass(frozen=True)
class Figures:
    cpu_us: float
    rss_mb: float
    p50_ms: float
    p99_ms: float
    answers: int


async def measure(bot: Bot, *, people: int, at_once: int, pace: float = 0.0, messages: int = STEPS) -> Figures:
    """Runs the bot under load in a process of its own and returns what it cost."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | _settings(url, Path(folder))
        desk = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.desk", "--port", str(port), "--people", str(people), "--at-once",
            str(at_once), "--messages", str(messages), "--pace", str(pace), "--opening", bot.opening, cwd=ROOT,
        )  # fmt: skip
        process = None
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=600)) as session:
                await _until_up(session, url)
                process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", *bot.module, cwd=folder, env=environment,
                    stdout=asyncio.subprocess.DEVNULL, stderr=None if "BENCH_LOGS" in os.environ else asyncio.subprocess.DEVNULL,
                )  # fmt: skip
                watched = psutil.Process(process.pid)
                await asyncio.sleep(9 if bot.opening else 6)  # the import of aiogram, migrations, first poll
                await _ask(session, f"{url}/begin")
                total = people * messages
                await _progress(session, url, total // 10, process)
                began, first = _cpu(watched), await _ask(session, f"{url}/progress")
                await _progress(session, url, total * 9 // 10 if not pace else total * 8 // 10, process)
                ended, last = _cpu(watched), await _ask(session, f"{url}/progress")
                memory = watched.memory_info().rss / 1e6
                result = await _ask(session, f"{url}/wait")
        finally:
            for one in (process, desk):
                if one is not None and one.returncode is None:
                    one.kill()
                    await one.wait()
    latencies = sorted(result["latencies"])
    return Figures(
        cpu_us=(ended - began) / max(1, last - first) * 1e6,
        rss_mb=memory,
        p50_ms=statistics.median(latencies) * 1e3,
        p99_ms=latencies[int(len(latencies) * 0.99)] * 1e3,
        answers=result["answers"],
    )


def _settings(url: str, folder: Path) -> dict[str, str]:
    playbook = folder / "bench.toml"
    playbook.write_text(PLAYBOOK, encoding="utf-8")
    return {
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db",
        "DATA_DIR": str(folder),
        "PLAYBOOK": str(playbook),
        "DEFAULT_LANGUAGE": "uk",
        "SEND_RATE": "1000",
        "SEND_RATE_PER_CHAT": "1000",
        "LOG_LEVEL": "WARNING",
    }


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def _ask(session: aiohttp.ClientSession, url: str) -> Any:
    async with session.get(url) as response:
        return (await response.json())["result"]


async def _progress(session: aiohttp.ClientSession, url: str, wanted: int, process: asyncio.subprocess.Process) -> None:
    for _ in range(6_000):
        if process.returncode is not None:
            raise RuntimeError(f"the bot ended with {process.returncode}; BENCH_LOGS=1 shows why")
        if await _ask(session, f"{url}/progress") >= wanted:
            return
        await asyncio.sleep(0.05)
    raise RuntimeError("the bot does not get on")


async def _until_up(session: aiohttp.ClientSession, url: str) -> None:
    for _ in range(200):
        try:
            await _ask(session, f"{url}/progress")
            return
        except aiohttp.ClientError:
            await asyncio.sleep(0.05)
    raise RuntimeError("the desk does not start")


def main() -> None:
    """Prints the table: medians of the rounds, the bots taking turns so that a drift of the machine meets all."""
    rounds: dict[str, list[Figures]] = {bot.name: [] for bot in BOTS}
    for _ in range(ROUNDS):
        for bot in BOTS:
            rounds[bot.name].append(asyncio.run(measure(bot, people=120, at_once=50)))
    paced = {bot.name: asyncio.run(measure(bot, people=100, at_once=0, pace=100)) for bot in BOTS}
    cpu = {name: statistics.median(one.cpu_us for one in runs) for name, runs in rounds.items()}
    echo, usual = cpu["aiogram echo"], cpu["aiogram + ORM session"]
    print("| bot | CPU µs a message | of the bare echo | of the usual way | p50 / p99 ms at 100 a second | RSS MB |")
    print("|---|---|---|---|---|---|")
    for bot in BOTS:
        one, steady = cpu[bot.name], paced[bot.name]
        memory = statistics.median(run.rss_mb for run in rounds[bot.name])
        print(
            f"| {bot.name} | {one:.0f} | {echo / one:.2f} | {usual / one:.2f} | "
            f"{steady.p50_ms:.1f} / {steady.p99_ms:.1f} | {memory:.0f} |"
        )


if __name__ == "__main__":
    main()
