"""Sweeping: the whole base is gone through for cards that may be one person's, in a process of its own.

Computing for seconds has no place in the bot's process. The child only reads the database, and writes what it found as
JSON lines to its output: first what was learnt of the base and how many cards there are, then a pair a line.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crm import doubles
from crm.doubles import Found
from crm.linkage import Model
from storage import duplicates

SECONDS: Final = 1_800
"""A base for which this is too little has millions of cards."""
_ROOT: Final = Path(__file__).resolve().parent.parent


class SweepFailed(Exception):
    """The child did not end well; the text says how, without anything of the base."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep has found. `learnt` is what the model takes up (`linkage.Model.take`); `proven` are the pairs among
    `found` that are one person by rule."""

    learnt: dict[str, Any]
    cards: int
    found: list[Found]
    proven: frozenset[tuple[int, int]]


async def sweep(path: Path) -> Swept:
    """Goes through the base in this file. Raises SweepFailed."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *_arguments(path),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=_ROOT,
    )
    try:
        async with asyncio.timeout(SECONDS):
            told, _ = await child.communicate()
    except TimeoutError:
        raise SweepFailed(f"the sweep took more than {SECONDS} s") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise SweepFailed(f"the sweep ended with code {child.returncode}")
    return await asyncio.to_thread(_read, told)


def _arguments(path: Path) -> tuple[str, ...]:
    """The child stands in the project's folder: the path is made whole."""
    return ("-m", "services.sweeping", str(path.resolve()))


def lines(path: Path) -> Iterator[str]:
    """What the child says."""
    people = list(duplicates.everybody(path))
    by_id = {person.id: person for person in people}
    model = Model(doubles.fields())
    found = list(doubles.find(model, people))
    yield json.dumps({"learnt": model.shares(), "cards": len(people)})
    for one in found:
        proven = doubles.proven(by_id[one.low], by_id[one.high], one.reasons)
        yield json.dumps([one.low, one.high, one.score, one.reasons, one.taken_for, proven])


def _read(told: bytes) -> Swept:
    head, *rest = told.splitlines()
    return _swept(json.loads(head), map(json.loads, rest))


def _swept(head: dict[str, Any], rows: Iterable[list[Any]]) -> Swept:
    found: list[Found] = []
    proven: set[tuple[int, int]] = set()
    for low, high, score, reasons, taken_for, is_proven in rows:
        found.append(Found(low, high, score, reasons, taken_for))
        if is_proven:
            proven.add((low, high))
    return Swept(head["learnt"], head["cards"], found, frozenset(proven))


if __name__ == "__main__":
    for line in lines(Path(sys.argv[1])):
        sys.stdout.write(line + "\n")
