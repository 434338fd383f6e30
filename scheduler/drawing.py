"""Drawing: a picture is made by a process of its own and sent to who asked for it."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any, Final

from crm.purposes import Purpose
from locales import words_in
from scheduler.office import Office
from scheduler.worker import GiveUpError
from services import picturing, speaking
from storage.engine import Tx
from views.messages import Attachment, Say, Screen

SECONDS: Final = 60
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
    path = f"{picturing.FOLDER}/{payload['key']}.png"
    await drawn(chart, office.data_folder / path)
    screen = Screen(
        words("rfm-picture", period=words.plain(f"rfm-period-{payload['period']}")),
        attachment=Attachment("photo", path=path, name="rfm.png"),
        protect=True,
    )

    async def unit(tx: Tx) -> None:
        say = Say(screen, chat_id=payload["chat"], thread_id=payload["thread"], purpose=Purpose.ANSWER)
        speaking.say(tx, say, now=now, key=f"picture:{payload['key']}")

    await office.database.write(unit)


async def drawn(chart: dict[str, Any], out: Path) -> None:
    """Has a process of its own draw a chart of views/charts.py. Raises GiveUpError when it cannot be drawn."""
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
