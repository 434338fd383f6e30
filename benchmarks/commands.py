"""What the short commands cost: CPU of the whole process, beside `python -c pass` and `import aiogram` in the same run."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROUNDS = 5


def cpu(arguments: list[str], folder: Path) -> float:
    """User and system seconds of one run."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": "4242424242:benchmark",
        "PLAYBOOK": "clinic",
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/{len(list(folder.iterdir()))}.db",
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Prints the median of five runs each, taking turns."""
    commands = {
        "python -c pass": ["-c", "pass"],
        "--help": ["-m", "bot", "--help"],
        "check (clinic)": ["-m", "bot", "check"],
        "migrate, a new database": ["-m", "bot", "migrate"],
        "import aiogram": ["-c", "import aiogram"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for name, arguments in commands.items():
                seconds[name].append(cpu(arguments, Path(folder)))
    print("| command | CPU s, median of 5 | min | of `import aiogram` |")
    print("|---|---|---|---|")
    whole = statistics.median(seconds["import aiogram"])
    for name, times in seconds.items():
        one = statistics.median(times)
        print(f"| {name} | {one:.2f} | {min(times):.2f} | {one / whole:.2f} |")


if __name__ == "__main__":
    main()
