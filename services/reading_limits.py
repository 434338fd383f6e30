"""What a file may be at most, and what is said of one that is more or that is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

NumberedRow = tuple[int, list[str]]
"""The number of a row, as a sheet shows it, and its cells."""

MEMORY: Final = 200_000_000
"""Bytes of address space of the process that reads."""
CPU_SECONDS: Final = 30
WALL_SECONDS: Final = 300
"""Ten times the CPU: the machine may be busy with others."""
LARGEST_FILE: Final = 50_000_000
LARGEST_UNPACKED: Final = 200_000_000
"""Bytes of a sheet's file when unpacked: Telegram brings 20 MB, and a bomb of 850 KB unpacks to 240 MB."""
LARGEST_OUTPUT: Final = 400_000_000
MOST_ROWS: Final = 1_000_000
MOST_COLUMNS: Final = 500
LONGEST_CELL: Final = 32_767
"""Characters: as many as Excel allows. A longer cell of a text is a quotation that nobody closed."""
LONGEST_LINE: Final = 1_000_000

REASONS: Final = frozenset(
    {
        "empty", "large", "rows", "columns", "slow", "memory", "broken", "encrypted", "not-table", "web-page", "quotes",
        "line-long", "bomb", "sheet-unknown",
    }
)  # fmt: skip
"""Why a file is not read. The words of each are `file-<reason>`."""


class FileRefused(Exception):
    """The file is not read. `reason` is one of `REASONS`, `params` fill its words."""

    def __init__(self, reason: str, params: Mapping[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params: Mapping[str, Any] = params or {}
