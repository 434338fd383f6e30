"""Kartoteka's linkage on the FEBRL sets, with nothing of the social security number: the same code as for customers, with
another table of fields.

    python -m benchmarks.febrl FOLDER      as `make bench-peers` writes it; prints JSON

FEBRL (Christen 2008) are people with typing, scanning and mishearing errors and swapped values. The table of fields, the
keys and both bars were chosen on sets 1 and 2; sets 3 and 4 are for reporting only.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm import blocking, likeness
from crm.blocking import Parts, Rule
from crm.doubles import CERTAIN_FROM, LIKELY_FROM
from crm.linkage import Field, Model, Prepared

FIELDS = (
    Field(likeness.given_and_surname(), ("given_name", "surname")),
    Field(likeness.code("number", same=(0.82, 0.02)), ("street_number",)),
    Field(
        likeness.two_words("address_1", "address_2", same=(0.55, 0.002)),
        ("address_1", "address_2"),
    ),
    Field(likeness.word("suburb", same=(0.65, 0.002)), ("suburb",)),
    Field(likeness.code("postcode", same=(0.76, 0.002), slip=(0.15, 0.02)), ("postcode",)),
    Field(likeness.word("state", same=(0.95, 0.2)), ("state",)),
    Field(likeness.date(), ("date_of_birth",)),
)
RULES = tuple(
    Rule(tuple(rule.split()))
    for rule in """born
head address
start start
name postcode
name number
address number
address address
suburb postcode
suburb number
suburb year
postcode year
start day""".splitlines()
)
SETS = (1, 2, 3, 4)
Link = tuple[int, int]


def parts(prepared: Prepared) -> Parts:
    """What the keys of a prepared record are made of."""
    name, number, address, suburb, postcode, _, born = prepared
    names = [word for word in name or () if word]
    found: dict[str, Sequence[str]] = {
        "name": names,
        "start": [word[:3] for word in names],
        "head": [word[:4] for word in names],
        "address": [line[:6] for line in address or () if line],
    }
    if number:
        found["number"] = [number]
    if suburb:
        found["suburb"] = [suburb[:5]]
    if postcode:
        found["postcode"] = [postcode]
    if born:
        found |= {"born": [born], "day": [born[4:]], "year": [born[:4]]}
    return found


def read(folder: Path, number: int) -> tuple[list[dict[str, str]], int, set[Link]]:
    """The records of a set, how many of them are its first file (0: it is one), and its true links by place."""
    names = [f"febrl{number}a.csv", f"febrl{number}b.csv"] if number == 4 else [f"febrl{number}.csv"]
    records: list[dict[str, str]] = []
    split = 0
    for name in names:
        split = len(records)
        with (folder / name).open(encoding="utf-8", newline="") as file:
            records += csv.DictReader(file)
    place = {record.pop("rec_id"): at for at, record in enumerate(records)}
    for record in records:
        del record["soc_sec_id"]
    with (folder / f"febrl{number}_links.csv").open(encoding="utf-8", newline="") as file:
        named = [(place[one], place[other]) for one, other in list(csv.reader(file))[1:]]
    links = {(min(pair), max(pair)) for pair in named}
    return records, split, links


def link(records: Sequence[dict[str, str]], split: int) -> list[tuple[float, Link]]:
    """Every pair worth comparing, with its score in bits."""
    model = Model(FIELDS)
    prepared = [model.prepare(record) for record in records]
    pairs = blocking.candidates(map(parts, prepared), RULES, split=split)
    patterns = [model.pattern(prepared[one], prepared[other]) for one, other in pairs]
    model.learn(prepared, patterns, across=split)
    return [
        (model.score(prepared[one], prepared[other], pattern), (one, other))
        for (one, other), pattern in zip(pairs, patterns, strict=True)
    ]


def judged(scored: Sequence[tuple[float, Link]], links: set[Link], bar: float) -> dict[str, float]:
    """Precision, recall and F1 of the pairs from a score on."""
    taken = [pair for score, pair in scored if score >= bar]
    right = sum(pair in links for pair in taken)
    return {
        "precision": right / len(taken) if taken else 1.0,
        "recall": right / len(links),
        "f1": 2 * right / (len(taken) + len(links)),
    }


def measure(folder: Path, number: int) -> dict[str, Any]:
    """One set: how well, and how long from records in memory to scores."""
    records, split, links = read(folder, number)
    began, spent = time.perf_counter(), time.process_time()
    scored = link(records, split)
    return {
        "set": number,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - spent,
        "pairs": len(scored),
        "blocked": len(links & {pair for _, pair in scored}) / len(links),
        "likely": judged(scored, links, LIKELY_FROM),
        "certain": judged(scored, links, CERTAIN_FROM),
    }


def main() -> None:
    folder = Path(sys.argv[1])
    for number in SETS:
        print(json.dumps(measure(folder, number)))
    print(json.dumps({"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
