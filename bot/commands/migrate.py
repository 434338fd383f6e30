"""`migrate`: the database brought to this version."""

from __future__ import annotations

import argparse

from bot import settings
from bot.commands import preparing
from storage import locks


def run(arguments: argparse.Namespace) -> int:
    """Says what was done; nothing is done when the version is right already."""
    chosen = settings.load()
    with locks.hold(chosen.database_path):
        print(preparing.prepare(chosen))
    return 0
