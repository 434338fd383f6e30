"""A bot's place and office for tests: a real playbook, a fake clock, nobody to wake."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from aiogram import Bot

from bot import playbooks
from crm.playbook import Playbook
from scheduler.office import Office
from services.versioning import Playbooks
from services.workplace import Place
from storage.engine import Database
from tests.clocks import FakeClock

FOLDER = Path(__file__).parent.parent / "playbooks"


def make_playbook(name: str = "salon", changes: Mapping[str, str] | None = None) -> Playbook:
    """One of the example playbooks, with pieces of its text replaced by others."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in (changes or {}).items():
        assert old in text, f"the playbook {name} has no {old!r}"
        text = text.replace(old, new)
    return read_playbook(text)


@functools.lru_cache(maxsize=64)
def read_playbook(text: str) -> Playbook:
    """The playbook of a text; nothing changes one, so that tests may share it."""
    return playbooks.from_text(text)


def text_without_scenarios(name: str = "salon") -> str:
    """An example playbook that begins nothing by itself."""
    parts = re.split(r"\n(?=\[)", (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return "\n".join(one for one in parts if not one.startswith(("[[scenario]]", "[[message]]"))) + "\n"


def make_place(playbook: Playbook | None = None, **changes: Any) -> Place:
    """A business in Kyiv without a group for the team."""
    versions = Playbooks(playbook or make_playbook(), playbooks.from_text)
    given: dict[str, Any] = {
        "username": "kartoteka_bot",
        "timezone": ZoneInfo("Europe/Kyiv"),
        "language": "uk",
        "team_chat_id": None,
        "playbooks": versions,
    }
    return Place(**(given | changes))


def make_office(
    database: Database, *, place: Place | None = None, clock: FakeClock | None = None, bot: Any = None
) -> Office:
    """An office at the fake clock's time; jobs that speak to Telegram are given a `bot`."""
    return Office(database=database, place=place or make_place(), bot=cast(Bot, bot), now=(clock or FakeClock()).now)
