"""Drawing: a picture is made by a process of its own and sent to who asked for it."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from crm.purposes import Purpose
from locales import words_in
from scheduler.office import Office
from scheduler.worker import GiveUpError
from services import picturing, speaking
from storage.engine import Tx
from views.messages import Attachment, Say, Screen

FOLDER: Final = "pictures"
SECONDS: Final = 60
KEPT: Final = timedelta(days=2)
ROOT: Final = Path(__file__).parent.parent


async def draw(office: Office, payload: dict[str, Any]) -> None:
    """Draws the grid of RFM. Raises GiveUpError when the picture cannot be drawn."""
    words, now = words_in(payload["language"]), office.now()
    playbook = office.place.playbooks.current
    async with office.database.read() as reads:
        chart = await picturing.rfm_grid(
            reads,
            words,
            period=payload["period"],
            with_money=payload["money"],
            currency=playbook.money.currency,
            now=now,
        )
    path = f"{FOLDER}/{payload['key']}.png"
    await _drawn(chart, office.data_folder / path)
    screen = Screen(
        words("rfm-picture", period=words.plain(f"rfm-period-{payload['period']}")),
        attachment=Attachment("photo", path=path, name="rfm.png"),
        protect=True,
    )

    async def unit(tx: Tx) -> None:
        say = Say(screen, chat_id=payload["chat"], thread_id=payload["thread"], purpose=Purpose.ANSWER)
        speaking.say(tx, say, now=now, key=f"picture:{payload['key']}")

    await office.database.write(unit)


async def tidy(office: Office) -> None:
    """Removes pictures that were sent long ago."""
    folder = office.data_folder / FOLDER
    await asyncio.to_thread(remove_older, folder, office.now().timestamp() - KEPT.total_seconds())


async def _drawn(chart: dict[str, Any], out: Path) -> None:
    whole = await asyncio.to_thread(_ready, out)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "views.charts", str(whole)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        async with asyncio.timeout(SECONDS):
            await process.communicate(json.dumps(chart).encode())
    except TimeoutError:
        process.kill()
        await process.wait()
    if process.returncode != 0:
        raise GiveUpError(f"the picture was not drawn: exit code {process.returncode}")


def _ready(out: Path) -> Path:
    """The file's whole path, its folder made: the process that draws stands elsewhere."""
    out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return out.absolute()


def remove_older(folder: Path, than: float) -> None:
    """Removes the files of a folder that were last written before this time (seconds since the epoch)."""
    if folder.is_dir():
        for file in folder.iterdir():
            if file.stat().st_mtime < than:
                file.unlink(missing_ok=True)
