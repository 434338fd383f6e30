"""The project keeps its own rules: rooms, sizes, words about machines, and documents that say what is so."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers", "services", "views", "crm", "storage", "scheduler", "locales", "simulator")
LONGEST_MODULE = 450

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "storage").rglob("*.md")])
COMMANDS = ("run", "demo", "check", "migrate", "backup", "restore", "release", "import")


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "versions" not in path.parts:
                yield path


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked() -> list[Path]:
    """What git holds; without git, what lies in the rooms and documents."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]
    return [*modules(*ROOMS, "tests", "benchmarks"), *DOCUMENTS]


def test_every_folder_of_code_is_a_package() -> None:
    """Without tests/__init__.py a folder tests/handlers would hide the real handlers."""
    folders = {path.parent for path in modules(*ROOMS, "tests", "benchmarks")}
    assert [named(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_module_is_more_than_one_noun() -> None:
    """A module that has grown past its length is two."""
    long = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*ROOMS)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_no_two_layers_share_a_name() -> None:
    """So that `requests.get(…)` says where it lives."""
    layers = (
        "bot",
        "handlers",
        "handlers/customer",
        "handlers/staff",
        "services",
        "views",
        "crm",
        "storage",
        "scheduler",
    )
    where: dict[str, list[str]] = {}
    for layer in layers:
        for path in (ROOT / layer).glob("[!_]*.py"):
            where.setdefault(path.stem, []).append(layer)
    assert {name: folders for name, folders in where.items() if len(folders) > 1} == {}


def test_every_module_says_what_it_is_for() -> None:
    """The first line of a module is its docstring."""
    silent = [
        named(path)
        for path in modules(*ROOMS)
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def imported(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_rules_use_the_standard_library_and_pure_libraries_only() -> None:
    """crm decides from values: no driver, no framework, no network."""
    pure = {
        "pydantic",
        "pydantic_core",
        "phonenumbers",
        "email_validator",
        "rapidfuzz",
        "lark",
        "anyascii",
        "holidays",
        "crm",
    }
    for path in modules("crm"):
        foreign = imported(ast.parse(path.read_text(encoding="utf-8"))) - sys.stdlib_module_names - pure
        assert foreign == set(), named(path)


# What asks the machine for the time instead of taking it as an argument.
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "localtime", "gmtime"}


def asks_the_time(tree: ast.AST) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    ]


@pytest.mark.parametrize("room", ["crm", "views", "services", "storage", "handlers"])
def test_time_is_an_argument(room: str) -> None:
    """Below the composition nobody asks the machine what time it is."""
    found = {named(path): asks_the_time(ast.parse(path.read_text(encoding="utf-8"))) for path in modules(room)}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_nothing_is_left_half_built() -> None:
    """No note to do it later in what is delivered."""
    marks = re.compile(r"(?:#|\"\"\").*\b(?:TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{named(path)}:{number}"
        for path in modules(*ROOMS, "benchmarks")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []


def test_nothing_names_a_machine_or_a_registry() -> None:
    """What is delivered works elsewhere: no path of whoever wrote it, no address it was downloaded from."""
    places = re.compile(r"(?<![\w.])/(?:work|home|Users|root)/|files\.pythonhosted|pypi\.org|--index-url|--extra-index")
    here = Path(__file__)
    found = []
    for path in tracked():
        if path == here or path.suffix in (".png", ".jpg", ".svg", ".woff2"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{named(path)}: {match[0]}" for match in places.finditer(text)]
    assert found == []


def test_the_lock_files_hold_every_dependency_with_hashes() -> None:
    """A dependency in pyproject.toml without `make lock` is not installed by anybody."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    def names(lines: list[str]) -> set[str]:
        return {re.split(r"[\[<>=;, ]", line, maxsplit=1)[0].lower().replace("_", "-") for line in lines}

    runtime = names(project["project"]["dependencies"])
    for file, wanted in (
        ("requirements.txt", runtime),
        ("requirements-dev.txt", runtime | names(project["dependency-groups"]["dev"])),
    ):
        text = (ROOT / file).read_text(encoding="utf-8")
        locked = set(re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE))
        assert {name.replace(".", "-") for name in wanted} - {
            name.lower().replace(".", "-") for name in locked
        } == set()
        assert text.count("==") <= text.count("--hash=sha256:")
    assert not (ROOT / "uv.lock").exists()


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_make_has_what_is_promised() -> None:
    """Every target of the brief, and each is phony: a file of that name must not stop it."""
    promised = {"demo", "run", "test", "check", "bench", "storm", "migration", "lock", "clean"}
    assert promised <= targets()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split())  # type: ignore[index]
    assert promised <= phony


def fenced(path: Path) -> list[str]:
    """The lines of a document's shell blocks, without prompts and comments."""
    blocks = re.findall(r"^ *```(?:sh|bash|shell|console)\n(.*?)^ *```", path.read_text(encoding="utf-8"), re.M | re.S)
    lines = [re.sub(r"\s+#.*$", "", line.strip().removeprefix("$ ")) for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_commands_of_the_documents_are_right(document: Path) -> None:
    """Each `make …` has its target, each `python -m bot …` parses, each module that is run is there."""
    from bot import __main__ as command_line

    for line in fenced(document):
        if match := re.search(r"\bmake ((?:[a-z]+(?![\w=]) ?)+)", line):
            assert set(match[1].split()) <= targets(), line
        if match := re.search(r"python3? -m bot\b(.*)$", line):
            arguments = match[1].split()
            command_line._parser().parse_args(arguments)
            assert not arguments or arguments[0].startswith("-") or arguments[0] in COMMANDS, line
        elif match := re.search(r"python3? -m ([a-z_.]+)", line):
            module = ROOT.joinpath(*match[1].split("."))
            installed = match[1] in ("venv", "pip", "pytest")
            assert installed or module.with_suffix(".py").exists() or (module / "__main__.py").exists(), line
        if match := re.search(r"\bcp ([\w./]+) ", line):
            assert (ROOT / match[1]).exists(), line


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_of_the_documents_lead_somewhere(document: Path) -> None:
    """A relative link is a file; a link to a part of it is one of its headings."""
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, part = target.partition("#")
        path = (document.parent / file).resolve() if file else document
        assert path.exists(), target
        if part and path.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert part in anchors, target


def test_every_command_is_in_the_operators_document() -> None:
    """docs/operations.md has a row for each command."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"| `python -m bot {name}" not in text] == []


def test_ci_runs_the_same_check() -> None:
    """.ci/run can be run, stops at the first failure, and does what `make check` does."""
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert text.rstrip().endswith("make check")
