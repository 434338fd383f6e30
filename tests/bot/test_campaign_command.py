"""`python -m bot campaign`: the same as the buttons, with one sentence for what cannot be done."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from crm.campaign_letters import Letter, Options, Variant
from storage import campaigns
from storage.engine import Database, Tx
from tests.bot.test_commands import Shell, refused, shell
from tests.storage.makers import make_consent, make_contact, make_staff

assert shell is not None  # a fixture


@pytest.fixture
def spring(shell: Shell) -> Shell:
    """An owner's folder with one draft to three people, of whom two have agreed."""
    assert shell.run("migrate").code == 0

    async def furnish(tx: Tx) -> None:
        await make_staff(tx, name="Alice", role="owner")
        for place in range(3):
            one = await make_contact(tx)
            if place:
                await make_consent(tx, one, purpose="marketing")
        letter = Letter((Variant("a", {"en": "Spring"}),)).to_json()
        await campaigns.create(
            tx,
            name="Spring",
            content=letter,
            options=Options().to_json(),
            staff_id=1,
            chat_id=1,
            aim="",
            now=datetime.now(UTC),
        )

    asyncio.run(_written(shell, furnish))
    return shell


async def _written(shell: Shell, unit: Any) -> None:
    database = Database(f"sqlite+aiosqlite:///{shell.database}")
    await database.open()
    await database.write(unit)
    await database.close()


def test_listed_counted_started_paused_and_cancelled(spring: Shell) -> None:
    assert "draft" in spring.run("campaign", "list").out
    counted = spring.run("campaign", "plan", "1").out
    assert [line.split()[0] for line in counted.splitlines()] == ["3", "-1", "2"]
    assert "planned" in spring.run("campaign", "start", "1").out
    refused(spring.run("campaign", "start", "1"), "has started already")
    refused(spring.run("campaign", "pause", "1"), "not under way")
    assert "cancelled" in spring.run("campaign", "cancel", "1").out
    assert "Spring" in spring.run("campaign", "report", "1").out


def test_what_cannot_be_done_is_one_sentence(spring: Shell) -> None:
    refused(spring.run("campaign", "start"), "by its number")
    refused(spring.run("campaign", "report", "9"), "no such campaign")
