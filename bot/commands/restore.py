"""`restore`: a backup put in the database's place, held until `release`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from bot import settings
from storage import backups, locks


def run(arguments: argparse.Namespace) -> int:
    """Refuses while the bot runs. Says where the replaced database is kept."""
    chosen = settings.load()
    with locks.hold(chosen.database_path):
        kept = backups.restore(arguments.file, chosen.database_path, datetime.now(UTC))
    print(f"{arguments.file} is restored to {chosen.database_path}.")
    if kept is not None:
        print(f"The database that was there is kept: {kept}")
    print("It sends nothing until you say so: python -m bot release")
    return 0
