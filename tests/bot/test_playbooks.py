"""Playbooks as files: the examples are right, the page tells every key, and mistakes of the file itself are clear."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from bot import playbooks
from crm.playbook import Playbook

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "playbooks").glob("*.toml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_a_playbook_a_business_can_start_with(path: Path) -> None:
    accepted = playbooks.load(path)
    assert set(accepted.business.languages) == {"ru", "uk", "en"}
    assert 2 <= len(accepted.forms) <= 4
    assert any(step.when for form in accepted.forms for step in form.steps)
    assert any(form.nudge_after for form in accepted.forms)
    assert {survey.kind for survey in accepted.surveys} >= {"csat", "nps"}
    assert accepted.fields
    assert accepted.policy.quiet_hours is not None


def test_there_are_four_examples() -> None:
    assert [path.stem for path in EXAMPLES] == ["clinic", "courses", "salon", "shop"]


def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for inner in parts(field.annotation):
            yield from models(inner, seen)


def parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation.__name__ != "Text":
            yield annotation
        return
    for inner in get_args(annotation):
        yield from parts(inner)


def test_the_page_tells_every_key_of_the_file() -> None:
    page = (ROOT / "docs" / "playbook.md").read_text(encoding="utf-8")
    keys = {field.alias or name for model in models(Playbook, set()) for name, field in model.model_fields.items()}
    assert not {key for key in keys if f"`{key}`" not in page}


def test_the_example_on_the_page_is_a_playbook() -> None:
    page = (ROOT / "docs" / "playbook.md").read_text(encoding="utf-8")
    playbooks.from_text(page.split("```toml\n", 1)[1].split("```", 1)[0])


def test_a_file_that_is_not_there_says_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(playbooks.PlaybookErrors, match="no such file"):
        playbooks.load(tmp_path / "playbook.toml")


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(playbooks.PlaybookErrors, match="cannot be read"):
        playbooks.load(tmp_path)


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "playbook.toml"
    path.write_bytes('[business]\nname = "Студия"\n'.encode("cp1251"))
    with pytest.raises(playbooks.PlaybookErrors) as caught:
        playbooks.load(path)
    assert [(problem.line, problem.message) for problem in caught.value.problems] == [(2, "it is not UTF-8")]


def test_a_problem_reads_as_file_line_key_message_and_suggestion(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text((ROOT / "playbooks" / "shop.toml").read_text(encoding="utf-8") + "\n[polisy]\n", encoding="utf-8")
    line = path.read_text(encoding="utf-8").count("\n")
    with pytest.raises(playbooks.PlaybookErrors) as caught:
        playbooks.load(path)
    assert str(caught.value) == f"mine.toml:{line}: polisy: unknown key (did you mean 'policy'?)"


def test_a_playbook_is_checked_without_what_takes_seconds_to_import() -> None:
    heavy = {"aiogram", "sqlalchemy", "apscheduler", "alembic", "aiohttp"}
    program = (
        "import sys, pathlib; from bot import playbooks; "
        "playbooks.load(pathlib.Path(sys.argv[1])); print(' '.join(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(EXAMPLES[0])], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not heavy & set(ran.stdout.split())
