"""`python -m benchmarks [messages|sender|find|commands|segments …]`: all of them, or those named."""

from __future__ import annotations

import sys

from benchmarks import commands, duplicates, find, importing, messages, segments, sender

ALL = {
    "messages": messages.main,
    "sender": sender.main,
    "find": find.main,
    "commands": commands.main,
    "duplicates": duplicates.main,
    "importing": importing.main,
    "segments": segments.main,
}


def main() -> int:
    """Runs the benchmarks named on the command line. Each prints ratios against its limit in the same run."""
    names = sys.argv[1:] or list(ALL)
    if unknown := [name for name in names if name not in ALL]:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(ALL)}")
        return 2
    for name in names:
        print(f"\n## {name}\n")
        ALL[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
