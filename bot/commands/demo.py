"""`demo`: the whole product on this desk, with no token and no network."""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path

from bot import logs, playbooks, settings

FOLDER = Path("data/demo")


def run(arguments: argparse.Namespace) -> int:
    """A database of its own, made anew: the owner's is not touched."""
    # Quiet unless the environment asks: what a visitor is to read is the page's address.
    chosen = settings.load(None, **({} if os.environ.get("LOG_LEVEL") else {"log_level": "WARNING"}))
    playbooks.load(chosen.playbook_path)
    logs.set_up(chosen.log_level, chosen.log_format)
    from bot import telegram_models

    telegram_models.load()
    from bot import demo

    return asyncio.run(demo.run(FOLDER, arguments.port))
