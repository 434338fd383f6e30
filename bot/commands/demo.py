"""`demo`: the whole product on this desk, with no token and no network."""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path

from bot import logs

FOLDER = Path("data/demo")


def run(arguments: argparse.Namespace) -> int:
    """A database of its own, made anew: the owner's is not touched."""
    logs.set_up(os.environ.get("LOG_LEVEL", "WARNING").upper(), "text")
    from bot import demo

    return asyncio.run(demo.run(FOLDER, arguments.port))
