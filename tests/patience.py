"""Waiting for what must come, with a patience that only a fault outlasts, however slow the machine is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.01


async def eventually(comes: Callable[[], Awaitable[bool]], wanted: str) -> None:
    """Returns once it has come; fails with what was wanted. For what no event tells of."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not await comes():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {PATIENCE_SECONDS:g} s: {wanted}")
        await asyncio.sleep(LOOK_SECONDS)
