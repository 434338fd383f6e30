"""`python -m benchmarks [messages|sender|find|commands|segments|ranking …]`: all of them, or those named."""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import (
    campaign_planning,
    cards,
    commands,
    duplicates,
    find,
    importing,
    messages,
    ranking,
    rates,
    segments,
    sender,
    time_due,
    year,
)

ALL: dict[str, Callable[[], int | None]] = {
    "messages": messages.main,
    "sender": sender.main,
    "find": find.main,
    "commands": commands.main,
    "duplicates": duplicates.main,
    "importing": importing.main,
    "cards": cards.main,
    "segments": segments.main,
    "ranking": ranking.main,
    "time": time_due.main,
    "rates": rates.main,
    "year": year.main,
    "campaigns": campaign_planning.main,
}


def main() -> int:
    """Runs the benchmarks named on the command line. Each prints ratios against its limit in the same run; 1 when one of
    them says that a bar was missed."""
    names = sys.argv[1:] or list(ALL)
    if unknown := [name for name in names if name not in ALL]:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(ALL)}")
        return 2
    sys.argv[1:] = []  # the names are not the benchmarks' own arguments
    missed = False
    for name in names:
        print(f"\n## {name}\n")
        missed |= bool(ALL[name]())
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
