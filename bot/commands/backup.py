"""`backup`: a checked copy of the database, made beside a running bot."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from bot import settings
from storage import backups


def run(arguments: argparse.Namespace) -> int:
    """Prints the name of each file made."""
    chosen = settings.load()
    to: Path = arguments.file or chosen.backups_dir / backups.name_for(datetime.now(UTC))
    backups.make(chosen.database_path, to)
    print(f"The backup: {to} ({to.stat().st_size / 1_000_000:.1f} MB, checked)")
    if arguments.files:
        packed = to.with_name(to.name.removesuffix(".db") + "-files.tar.gz")
        backups.make_of_files(chosen.files_dir, packed)
        print(f"People's files: {packed} ({packed.stat().st_size / 1_000_000:.1f} MB)")
    return 0
