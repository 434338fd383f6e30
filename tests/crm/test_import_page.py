"""The page about imports says what is so: its table of headings is made from the words, its examples are read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm import column_words, columns
from crm.incoming import Reader

PAGE = Path(__file__).parent.parent.parent / "docs" / "import.md"
MEANINGS = {
    "name": "the name, in one cell",
    "first_name": "its parts",
    "last_name": "",
    "middle_name": "",
    "phone": "phones, as many as there are",
    "email": "e-mails, as many as there are",
    "birthday": "birthday, with its year or without",
    "city": "city",
    "organisation": "organisation",
    "position": "position",
    "sex": "sex",
    "tags": "tags",
    "note": "a note; several columns become one",
    "source": "where they come from",
    "created": "since when they are known",
    "status": "a status, where it is one of ours by another name",
    "owner": "the manager, where somebody of the team is called so",
    "language": "language",
    "username": "Telegram username",
    "telegram_id": "Telegram number",
    "amount": "the sum of a purchase",
    "currency": "its currency",
    "bought_at": "its date",
    "what": "what was bought",
    "order": "its number where it comes from",
    "ignore": "nothing: left out",
}


def headings_table() -> str:
    """The table of the page: print it into the page when the words have changed."""
    lines = ["| taken for | which is | headings |", "| --- | --- | --- |"]
    for target, listed in column_words.HEADINGS.items():
        words = ", ".join(" ".join(word.split()) for word in listed.split("|"))
        lines.append(f"| `{target}` | {MEANINGS[target]} | {words} |")
    return "\n".join(lines)


def test_every_target_is_explained() -> None:
    assert tuple(MEANINGS) == columns.TARGETS
    assert tuple(column_words.HEADINGS) == columns.TARGETS


def test_the_table_of_headings_is_that_of_the_words() -> None:
    assert headings_table() in PAGE.read_text(encoding="utf-8")


def examples() -> list[tuple[str, str, str]]:
    text = PAGE.read_text(encoding="utf-8").partition("## How the cells are read")[2]
    return re.findall(r"^\| (\w+) \| `([^|]+)` \| ([^|]+) \|$", text, re.MULTILINE)


@pytest.mark.parametrize(("target", "cell", "card"), examples())
def test_the_examples_of_the_page_are_read_as_it_says(target: str, cell: str, card: str) -> None:
    mapping = columns.Columns((columns.Column(0, "", target),))
    now = datetime(2026, 11, 22, tzinfo=UTC)
    read = Reader(mapping, regions=("UA", "RU"), zone=ZoneInfo("Europe/Kyiv"), now=now).to_card([cell])
    if fault := re.fullmatch(r"fault: `([\w-]+)`", card):
        assert read.faults[0].reason == fault[1]
        return
    assert [fault.reason for fault in read.faults if not fault.fatal] == []
    value = read.values.get(target, [])
    if target == "amount":
        value = " ".join(map(str, value))
    assert re.findall("`([^`]+)`", card) == (value if isinstance(value, list) else [value])


def test_the_page_has_its_examples() -> None:
    assert len(examples()) >= 20
