"""The page of promises names what shows them; a name that leads nowhere would promise on nobody's word."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| case", "| ---"))]
TABLES = PAGE[PAGE.index("## What comes in") :]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)+)`", PAGE)))


def defined(tree: ast.AST, names: list[str]) -> bool:
    """Whether the names lead, class by class, to a function."""
    if not names:
        return isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef)
    inside = getattr(tree, "body", [])
    return any(getattr(one, "name", None) == names[0] and defined(one, names[1:]) for one in inside)


@pytest.mark.parametrize("name", NAMED)
def test_every_test_named_exists(name: str) -> None:
    """The file is there, and the function (in its class) is in it."""
    path, *names = name.split("::")
    assert (ROOT / path).is_file(), path
    assert defined(ast.parse((ROOT / path).read_text(encoding="utf-8")), names), name


def test_every_promise_is_shown_by_something() -> None:
    """Each row of each table ends with a test or a command."""
    rows = [line for line in TABLES.splitlines() if line in ROWS]
    assert len(rows) > 40
    assert [row for row in rows if not re.search(r"`(tests/\S+::\w+|make \w+)`[^|]*\|$", row)] == []
