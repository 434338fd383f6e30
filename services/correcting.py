"""Correcting: the report of an import comes back with its rows corrected, as the bot asks for.

Its last heading says whose report it is, so that nothing is asked a second time that was said of the file: what its columns
are taken for, where its people come from, whether they agreed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from crm import folding
from crm.columns import Column, Columns
from crm.permissions import Right, allows
from locales import LANGUAGES, Words, words_in
from services import reading_cards
from storage import imports, staff
from storage.engine import Reads
from storage.imports import Import
from views import import_screens as screens

CORRECTS: Final = "corrects"
"""In the mapping of an import: the number of the import whose report its file is. The last column is then the report's
own."""
_SAID: Final = ("source", "agreed", "proof", "tags", "mode")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


def heading(words: Words, import_id: int) -> str:
    """The heading of the report's own column."""
    return words.plain("import-report-why", number=str(import_id))


def titles(kept: Import, words: Words) -> list[str]:
    """The headings of the file as its reader is shown them, without the column that a report has of its own."""
    mapping = kept.mapping or {}
    if mapping.get("format") == "vcard":
        return [screens.target(words, name, None) for name in reading_cards.MEANINGS]
    return [one.title for one in of_file(Columns.from_json(mapping["columns"]), mapping).columns]


def of_file(columns: Columns, mapping: dict[str, Any]) -> Columns:
    """The columns without the report's own."""
    return Columns(columns.columns[:-1]) if mapping.get(CORRECTS) else columns


async def corrected(db: Reads, kept: Import, headings: Sequence[str]) -> Import | None:
    """The import whose report this file is: one that its bringer may decide on, of a file with these very headings."""
    number = _number(headings[-1]) if headings else None
    found = None if number is None else await imports.get(db, number)
    if found is None or found.mapping is None or not await _may_see(db, kept, found):
        return None
    here = list(map(folding.label, headings[:-1]))
    its = (map(folding.label, titles(found, words_in(language))) for language in LANGUAGES)
    return found if any(list(one) == here for one in its) else None


def columns(found: Import, title: str) -> Columns:
    """What the columns of its report are taken for; its own one is left out."""
    assert found.mapping is not None
    known = of_file(Columns.from_json(found.mapping["columns"]), found.mapping).columns
    return Columns((*known, Column(len(known), title, by="hand")))


def said(found: Import) -> dict[str, Any]:
    """What was said of the file as a whole."""
    return {name: value for name, value in (found.options or {}).items() if name in _SAID}


def _number(title: str) -> int | None:
    digits = _NUMBER.search(title)
    if digits is None:
        return None
    number = int(digits[0])
    return number if title.strip() in {heading(words_in(language), number) for language in LANGUAGES} else None


async def _may_see(db: Reads, kept: Import, found: Import) -> bool:
    if kept.staff_id is None or kept.staff_id == found.staff_id:
        return True
    member = await staff.get(db, kept.staff_id)
    return member is not None and allows(member.role, Right.OWN)
