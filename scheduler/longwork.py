"""The kinds of long work, each with the function that does it."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.worker import Do

KINDS: Mapping[str, Do] = {}
