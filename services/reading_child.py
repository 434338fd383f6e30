"""The process that reads one file and ends: python -m services.reading_child FILE OUT [SHEET].

It says one line of JSON: the head of the table, or why there is none. Where the system knows limits, it has them before
it looks at the first byte.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from services import reading_limits


def main(arguments: list[str]) -> int:
    """Reads the file; the exit code is 0 unless the process had to be ended."""
    path, out, *sheet = arguments
    limit()
    # Here, below the limits: a library that grows is met by them too.
    from services import reading_files

    try:
        table = reading_files.open_table(Path(path), sheet[0] if sheet else None)
        head = reading_files.write_rows(table, Path(out))
        answer = head.to_json()
    except reading_limits.FileRefused as refused:
        answer = {"refused": refused.reason, "params": dict(refused.params)}
    except (MemoryError, OSError):
        # Of the system's errors only "file too large" is the file's own fault; the rest ends up the same: it cannot be had.
        answer = {"refused": "memory", "params": {}}
    except BaseException as error:  # a panic in a library of another language is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        answer = {"refused": "broken", "params": {}}
    print(json.dumps(answer))  # noqa: T201 - what this process is for
    return 0


def limit() -> None:
    """Sets the limits of memory, time and of what may be written. Without effect where the system has none (Windows)."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, reading_limits.MEMORY),
        (resource.RLIMIT_CPU, reading_limits.CPU_SECONDS),
        (resource.RLIMIT_FSIZE, reading_limits.LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
