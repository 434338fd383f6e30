"""A process that has imported the bot once and forks a life of it for every line it reads.

Importing aiogram takes seconds; a storm of forty deaths would spend most of its time there. A life is the real
`run`: migrate, take up what the last life left, serve, until it is killed.
"""

from __future__ import annotations

import asyncio
import os
import sys

from bot import app, logs, settings
from bot.commands import preparing
from storage import locks


def main() -> None:
    chosen = settings.load()
    children: list[int] = []
    for _ in sys.stdin:
        for child in children:
            os.waitpid(child, 0)
        children.clear()
        child = os.fork()
        if child == 0:
            logs.set_up(chosen.log_level, chosen.log_format)
            with locks.hold(chosen.database_path):
                preparing.prepare(chosen)
                os._exit(asyncio.run(app.run(chosen)))
        children.append(child)
        print(child, flush=True)


if __name__ == "__main__":
    main()
