"""/find at size: every way of remembering a person, through the bot's own reading connection, beside the raw limit.

The base is made up, seeded, and has as many different words as real ones have: most surnames occur once. The raw limit
is the cheapest look-up SQLite knows, a prefix in a B-tree through plain sqlite3, in the same run.

    python -m benchmarks.find [contacts …] [--words N] [--keep FOLDER]

Without --words the more people the more words, since most surnames of the base occur once; a country's names are about
200,000. A million contacts take a quarter of an hour to make and to index: FOLDER keeps the base for another run.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sqlite3
import string
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import update

from benchmarks import find_base
from benchmarks.find_base import NOW, TAGS, Person
from crm import folding, segments
from storage import search, tables
from storage.engine import Database, Tx

SIZES = (10_000, 100_000)
QUERIES = 200
JUDGED = 800
"""Of which so many where the answer is judged: a share is surer than a time only after more of them."""
WRITES = 200
PAGE = 10


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of remembering somebody: what is typed for a person, and whether that person must be among the ten."""

    name: str
    typed: Callable[[Person, random.Random], str]
    told: bool = False


_TYPED_LATIN = dict(zip("абвгдезийклмнопрстуфыії", "abvgdeziyklmnoprstufyii", strict=True)) | {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "э": "e",
    "ю": "yu",
    "я": "ya",
    "є": "ye",
}


def in_latin(word: str) -> str:
    """As a person in a hurry types a name in Latin letters."""
    return "".join(_TYPED_LATIN.get(letter, letter) for letter in word.lower().replace("ё", "е")).replace("ь", "")


def misspell(word: str, rng: random.Random) -> str:
    """One letter wrong, missing, added, or two neighbours swapped; anywhere in the word."""
    letters = "абвгдежзийклмнопрстуфхцчшщьюя" if not word.isascii() else string.ascii_lowercase
    while True:
        place = rng.randrange(len(word))
        match rng.randrange(4):
            case 0:
                wrong = word[:place] + rng.choice(letters) + word[place + 1 :]
            case 1:
                wrong = word[:place] + word[place + 1 :]
            case 2:
                wrong = word[:place] + rng.choice(letters) + word[place:]
            case _:
                wrong = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
        if wrong != word:
            return wrong


def _middle(word: str, rng: random.Random) -> str:
    start = rng.randrange(1, max(2, len(word) - 4))
    return word[start : start + 4]


KINDS = (
    Kind("whole surname", lambda person, rng: person.last.lower()),
    Kind("first name", lambda person, rng: person.first.lower()),
    Kind("prefix, 1 letter", lambda person, rng: person.last[:1].lower()),
    Kind("prefix, 3 letters", lambda person, rng: person.last[:3].lower()),
    Kind("substring, 4 letters", lambda person, rng: _middle(person.last.lower(), rng)),
    Kind("substring, 3 letters", lambda person, rng: _middle(person.last.lower(), rng)[:3]),
    Kind("two words, swapped", lambda person, rng: f"{person.last} {person.first[:4]}".lower()),
    Kind("last 4 digits", lambda person, rng: person.phone[-4:]),
    Kind("last 4 digits and a name", lambda person, rng: f"{person.phone[-4:]} {person.first}"),
    Kind("@username", lambda person, rng: f"@{person.username}"),
    Kind("Latin for Cyrillic", lambda person, rng: in_latin(person.last)),
    Kind("wrong layout", lambda person, rng: folding.layout(person.last)),
    Kind("misspelt surname", lambda person, rng: misspell(person.last.lower(), rng), told=True),
    Kind("misspelt first name", lambda person, rng: misspell(person.first.lower(), rng), told=True),
    Kind("nobody", lambda person, rng: "".join(rng.choice("щжхцф") for _ in range(8))),
    Kind("#tag", lambda person, rng: f"#{rng.choice(TAGS)}"),
    Kind("#tag and a name", lambda person, rng: f"#{rng.choice(TAGS)} {person.first}"),
    Kind("source and language", lambda person, rng: "source:ads_* language:ru"),
)


def _percentiles(milliseconds: list[float]) -> tuple[float, float]:
    ordered = sorted(milliseconds)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def _hit(person: Person, kind: Kind, names: list[str]) -> bool:
    sought = person.first if "first" in kind.name else person.last
    return any(folding.fold(sought) in folding.words(name) for name in names)


async def _measure(database: Database, everybody: list[Person], kind: Kind) -> dict[str, Any]:
    rng = random.Random(kind.name)
    asked: list[tuple[Person, str]] = []
    while len(asked) < (JUDGED if kind.told else QUERIES):
        person = rng.choice(everybody)
        if person.username is None and kind.name == "@username":
            continue
        if kind.told and len(person.first if "first" in kind.name else person.last) < 4:
            continue
        asked.append((person, kind.typed(person, rng)))
    names = {person.id: f"{person.first} {person.last}" for person in everybody} if kind.told else {}
    times: list[float] = []
    hits = 0
    answered = 0
    cpu: list[float] = []
    for person, typed in asked:
        spent = time.process_time()
        began = time.perf_counter()
        async with database.read() as db:
            query = segments.parse(typed, lenient=True)
            found = await search.find(db, query, limit=PAGE, now=NOW)
        times.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
        answered += bool(found.ids)
        if kind.told:
            hits += _hit(person, kind, [names[one] for one in found.ids])
    p50, p95 = _percentiles(times)
    return {
        "kind": kind.name,
        "p50": p50,
        "p95": p95,
        "cpu": _percentiles(cpu)[1],
        "answered": answered / len(asked),
        "hit": hits / len(asked) if kind.told else None,
    }


def _raw_limit(path: Path, everybody: list[Person]) -> dict[str, Any]:
    rng = random.Random(3)
    times: list[float] = []
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(QUERIES):
            key = folding.fold(rng.choice(everybody).first)[:3]
            began = time.perf_counter()
            connection.execute(
                "SELECT id FROM contacts WHERE name_key >= ? AND name_key < ? LIMIT 10", (key, key + "\uffff")
            ).fetchall()
            times.append((time.perf_counter() - began) * 1000)
    p50, p95 = _percentiles(times)
    return {
        "kind": "raw: B-tree prefix, plain sqlite3",
        "p50": p50,
        "p95": p95,
        "cpu": None,
        "answered": None,
        "hit": None,
    }


async def _one_write(
    database: Database, everybody: list[Person], vocabulary: find_base.Vocabulary
) -> list[dict[str, Any]]:
    """Renaming people one by one, as the bot does: what a rename costs with its commit, and the index's part of it.

    The searches that follow meet an index that was written to piece by piece, and the new names.
    """
    rng = random.Random(5)
    whole: list[float] = []
    index: list[float] = []
    for _ in range(WRITES):
        place = rng.randrange(len(everybody))
        person = everybody[place] = replace(everybody[place], last=vocabulary.surname(rng))
        name = f"{person.first} {person.last}"

        async def rename(tx: Tx, contact_id: int = person.id, name: str = name) -> None:
            changed = update(tables.contacts).where(tables.contacts.c.id == contact_id)
            await tx.run(changed.values(name=name, name_key=folding.fold(name)))
            began = time.perf_counter()
            await search.index(tx, contact_id)
            index.append((time.perf_counter() - began) * 1000)

        began = time.perf_counter()
        await database.write(rename)
        whole.append((time.perf_counter() - began) * 1000)
    rows = []
    for kind, times in (("rename one contact, with its commit", whole), ("of which its index", index)):
        p50, p95 = _percentiles(times)
        rows.append({"kind": kind, "p50": p50, "p95": p95, "cpu": None, "answered": None, "hit": None})
    return rows


async def _run(size: int, folder: Path, words: int | None) -> list[dict[str, Any]]:
    base, everybody = await find_base.made(folder, size, words)
    print(
        f"\n{size:,} contacts, {base.words:,} different words, {base.forgiven:,} of them of letters ({base.keys:,} keys); index built in"
        f" {base.build_seconds:.1f} s, {(base.full - base.bare) / base.bare:.0%} of the base's {base.bare / 2**20:.0f} MB"
    )
    print(f"{'':36}{'p50 ms':>9}{'p95 ms':>9}{'p95 CPU':>9}{'answered':>10}{'hit@10':>8}", flush=True)
    database = Database(f"sqlite+aiosqlite:///{base.path}")
    await database.open()
    rows = [*await _one_write(database, everybody, find_base.Vocabulary(words)), _raw_limit(base.path, everybody)]
    for row in rows:
        _print(row)
    for kind in KINDS:
        rows.append(await _measure(database, everybody, kind))
        _print(rows[-1])
    await database.close()
    size_of = {"contacts": size, "words": base.words, "build_seconds": base.build_seconds}
    return [{**size_of, "index_share": (base.full - base.bare) / base.bare, **row} for row in rows]


def _print(row: dict[str, Any]) -> None:
    cpu = "" if row["cpu"] is None else f"{row['cpu']:.3f}"
    answered = "" if row["answered"] is None else f"{row['answered']:.0%}"
    hit = "" if row["hit"] is None else f"{row['hit']:.3f}"
    print(f"{row['kind']:36}{row['p50']:9.3f}{row['p95']:9.3f}{cpu:>9}{answered:>10}{hit:>8}", flush=True)


def run(sizes: Sequence[int] = SIZES, *, words: int | None = None, keep: Path | None = None) -> list[dict[str, Any]]:
    """Measures and prints; a row for each size and kind: p50, p95 and the p95 of CPU (all threads) in milliseconds, share answered, hit@10."""
    with contextlib.nullcontext(str(keep)) if keep is not None else tempfile.TemporaryDirectory() as folder:
        return [row for size in sizes for row in asyncio.run(_run(size, Path(folder), words))]


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.find", description=__doc__)
    parser.add_argument("contacts", type=int, nargs="*", default=SIZES)
    parser.add_argument("--words", type=int, help="about so many different words")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the bases for another run")
    chosen = parser.parse_args(arguments)
    run(chosen.contacts, words=chosen.words, keep=chosen.keep)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
