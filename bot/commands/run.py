"""`run`: the bot itself."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot import commands, logs, settings
from bot.commands import preparing
from storage import locks

FIRST_STEPS = """\
There is no BOT_TOKEN yet. Three steps:
  1. In Telegram, write /newbot to @BotFather and answer its two questions; it gives you a token like 123456789:AAE…
  2. Copy config.example.env to .env and put the token after BOT_TOKEN=
  3. Start again: make run      (to try everything without a token: make demo)"""


def run(arguments: argparse.Namespace) -> int:
    """Everything that can be wrong is looked at before the database is touched and before Telegram is called."""
    chosen = settings.load()
    if chosen.bot_token is None:
        print(FIRST_STEPS, file=sys.stderr)
        return commands.WRONG_SETTINGS
    from bot import playbooks

    playbooks.load(chosen.playbook_path)
    with locks.hold(chosen.database_path):
        print(preparing.prepare(chosen))
        logs.set_up(chosen.log_level, chosen.log_format)
        from bot import telegram_models

        telegram_models.load()
        from bot import app

        return asyncio.run(app.run(chosen))
