"""Albums: which files Telegram shows together, and how many.

Bot API, sendMediaGroup: 2 to 10 files; photos and videos may be mixed, documents and audio only go with their own kind;
no buttons can be under one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

FEWEST: Final = 2
MOST: Final = 10
_TOGETHER: Final = (frozenset({"photo", "video"}), frozenset({"document"}), frozenset({"audio"}))


def go_together(kinds: Sequence[str]) -> bool:
    """Whether files of these kinds can be in one album."""
    return any(group.issuperset(kinds) for group in _TOGETHER)
