"""What planning and its screens agree on: when an evening begins, and how a choice says that it is a rule."""

from __future__ import annotations

from datetime import time
from typing import Final

EVENING: Final = time(18)
"""When "this evening" is: the working day is over, and it is still early enough to call somebody."""
EVERY: Final = "every:"
"""Begins a choice that is a rule of repeating, not a moment: `every:2d|2026-11-25`, the rule and its first day."""


def rule_of(choice: str) -> tuple[str, str] | None:
    """The rule and its first day or time, of a choice that is one."""
    if not choice.startswith(EVERY):
        return None
    rule, _, first = choice.removeprefix(EVERY).partition("|")
    return rule, first
