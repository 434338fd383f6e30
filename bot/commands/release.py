"""`release`: a restored database may send again, after the owner has seen what waits."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime, timedelta

from bot import settings
from bot.commands import Refused
from storage import holding, locks, schema

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def run(arguments: argparse.Namespace) -> int:
    """Asks first when a person is at the terminal; refuses while the bot runs."""
    older_than = _age(arguments.skip_older_than) if arguments.skip_older_than else None
    chosen = settings.load()
    path = chosen.database_path
    now = datetime.now(UTC)
    with locks.hold(path):
        schema.version(path)
        since = holding.since(path)
        if since is None:
            print("Nothing is held: this database was not restored, or is released already.")
            return 0
        print(f"Restored {since:%Y-%m-%d %H:%M} UTC and held since. What waits:")
        waiting = holding.waiting(path, now)
        for one in waiting:
            print(
                f"  {one.purpose:<10} {one.rows:>6}, {one.due} of them due, the oldest {one.oldest:%Y-%m-%d %H:%M} UTC"
            )
        if not waiting:
            print("  nothing")
        if (
            not arguments.yes
            and sys.stdin.isatty()
            and input("Let it send? [y/N] ").strip().lower() not in ("y", "yes")
        ):
            print("It stays held.")
            return 0
        skipped = holding.release(path, now, skip_older_than=older_than)
    if older_than is not None:
        print(f"{skipped} marked as skipped: due more than {arguments.skip_older_than} ago.")
    print("Released: what is due leaves when the bot runs.")
    return 0


def _age(text: str) -> timedelta:
    match = re.fullmatch(r"(\d{1,4})([mhdw])", text.strip())
    if match is None:
        raise Refused(f"“{text}” is not an age. Write a number and m, h, d or w, such as 12h or 1d.")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
