"""Every card's group and class, counted anew by itself; the picture drawn and sent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from scheduler import drawing, ranking_round
from scheduler.worker import GiveUpError
from storage import tables
from storage.engine import Database
from tests.clocks import NOON, FakeClock
from tests.places import make_office, make_place
from tests.storage.makers import make_contact


async def bought(database: Database, days: int, times: int, money: int, **card: Any) -> int:
    return await make_contact(
        database, purchases=times, spent=money, last_purchase_at=NOON - timedelta(days=days), **card
    )


async def ranks(database: Database) -> dict[int, tuple[str | None, str | None]]:
    contacts = tables.contacts.c
    async with database.read() as reads:
        rows = await reads.all(select(contacts.id, contacts.rfm, contacts.abc))
    return {row.id: (row.rfm, row.abc) for row in rows}


async def test_the_round_follows_what_people_bought(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking_round, "CARDS_AT_ONCE", 2)
    office = make_office(database, clock=FakeClock(NOON))
    best = await bought(database, 1, 9, 900_000)
    middle = [await bought(database, 40 + n, 2, 10_000) for n in range(3)]
    worst = await bought(database, 400, 1, 500)
    never = await make_contact(database, rfm="lost", abc="C")
    await ranking_round.rank(office)
    found = await ranks(database)
    assert found[best] == ("champions", "A")
    assert found[worst] == ("lost", "C")
    assert found[never] == (None, None)
    assert all(found[one][0] is not None for one in middle)


async def test_a_picture_is_drawn_and_sent_to_who_asked(database: Database, tmp_path: Path) -> None:
    office = make_office(database, place=make_place(data_folder=str(tmp_path)), clock=FakeClock(NOON))
    await bought(database, 1, 9, 900_000)
    payload = {"period": "all", "money": True, "language": "uk", "chat": 5, "thread": None, "key": "u1"}
    await drawing.draw(office, payload)
    async with database.read() as reads:
        row = await reads.first(select(tables.outbox))
    picture = tmp_path / row.payload["attachment"]["path"]
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert row.chat_id == 5
    assert row.payload["protect"]


async def test_a_picture_that_cannot_be_drawn_is_given_up(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.drawing.ROOT", tmp_path)  # where there is nothing to run
    office = make_office(database, place=make_place(data_folder=str(tmp_path)), clock=FakeClock(NOON))
    payload = {"period": "all", "money": True, "language": "uk", "chat": 5, "thread": None, "key": "u1"}
    with pytest.raises(GiveUpError):
        await drawing.draw(office, payload)
