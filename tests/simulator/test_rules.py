"""docs/simulator.md is the truth: every rule in its table has the test it names."""

import ast
import re
from pathlib import Path

from simulator import faults
from simulator.acts import ACTS

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"^\| (?P<rule>[^|]+) \| (?P<source>[^|]+) \| `(?P<file>test_\w+)::(?P<test>test_\w+)` \|$")


def rows() -> list[re.Match[str]]:
    section = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8").partition("## Rules")[2]
    lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
    found = [_ROW.match(line) for line in lines if not line.startswith("| ---")]
    assert all(found), [line for line, match in zip(lines[1:], found, strict=False) if match is None]
    return [match for match in found if match is not None]


def names_in(file: str) -> set[str]:
    tree = ast.parse((Path(__file__).parent / f"{file}.py").read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_rule_names_its_source_and_a_test_that_exists() -> None:
    table = rows()
    assert len(table) >= 50
    missing = [row["test"] for row in table if row["test"] not in names_in(row["file"])]
    assert missing == []
    assert all(row["source"].strip() for row in table)


def test_every_verb_and_fault_is_in_the_page_of_the_protocol() -> None:
    page = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
    assert [verb for verb in ACTS if f"`{verb}`" not in page] == []
    assert [kind for kind in faults.KINDS if f"| `{kind}` |" not in page] == []
