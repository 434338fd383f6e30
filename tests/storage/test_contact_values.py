"""What segments ask of a card's fields is what the card holds."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from storage import contact_values, contacts, tables
from storage.engine import Database, Tx
from tests.storage.makers import NOW, make_contact


async def kept(database: Database, contact_id: int) -> dict[tuple[str, str], float | None]:
    rows = tables.contact_values
    async with database.read() as db:
        found = await db.all(select(rows.c.field, rows.c.key, rows.c.number).where(rows.c.contact_id == contact_id))
    return {(row.field, row.key): row.number for row in found}


async def change(database: Database, contact_id: int, fields: dict[str, Any]) -> None:
    await database.write(lambda tx: contacts.change(tx, contact_id, fields=fields, now=NOW))


async def go_over(database: Database) -> int:
    """The backfill to its end; how many contacts it went over."""
    over = 0
    while True:
        async with database.read() as db:
            if await contact_values.is_done(db):
                return over
            ids = await contact_values.left(db)
        over += len(ids)

        async def unit(tx: Tx, ids: list[int] = ids) -> None:
            await contact_values.go_over(tx, ids)

        await database.write(unit)


@pytest.mark.parametrize(
    ("kind", "value", "rows"),
    [
        ("text", "  Кав'ярня «Ёж» ", [("кавярня «еж»", None)]),
        ("text", "а" * 300, [("а" * 160, None)]),
        ("text", "1990-03-08", [("19900308", None)]),
        ("choice", "out-of-stock", [("out-of-stock", None)]),
        ("choices", ["b", "a", "b"], [("b", None), ("a", None)]),
        ("yes_no", False, [("no", 0.0)]),
        ("number", -7, [("-7", -7.0)]),
        ("number", 42.5, [("42.5", 42.5)]),
        ("money", 1_500_000, [("1500000", 1_500_000.0)]),
        ("date", "2026-12-25", [("2026-12-25", 20261225.0)]),
        ("datetime", "2026-12-25T13:00+00:00", [("2026-12-25", 20261225.0)]),
        ("birthday", "1992-02-29", [("1992-02-29", 229.0)]),
        ("birthday", "--02-29", [("--02-29", 229.0)]),
        ("location", {"address": "Хрещатик, 1"}, [("хрещатик, 1", None)]),
        ("location", {"lat": 50.45, "lon": 30.52}, []),
        ("number", "много", []),
        ("birthday", "весной", []),
        ("text", None, []),
        ("text", "", []),
        ("choices", [], []),
        # Of a field no playbook knows the value tells.
        (None, True, [("yes", 1.0)]),
        (None, "--03-08", [("--03-08", 308.0)]),
        (None, "2026-12-25", [("2026-12-25", 20261225.0)]),
        (None, "Київ", [("киив", None)]),
    ],
)
def test_a_value_is_kept_as_its_kind_is_asked(kind: str | None, value: Any, rows: list[Any]) -> None:
    assert contact_values.asked(kind, value) == rows


async def test_a_changed_card_is_asked_for_what_it_holds_now(database: Database) -> None:
    olga = await make_contact(database)
    await change(database, olga, {"city": "Львів", "goals": ["work", "exam"], "visits": 2})
    await change(database, olga, {"city": "Київ", "goals": ["work"], "visits": 3})
    assert await kept(database, olga) == {("city", "киив"): None, ("goals", "work"): None, ("visits", "3"): 3.0}
    await change(database, olga, {})
    assert await kept(database, olga) == {}


async def test_a_card_that_goes_takes_its_values_along(database: Database) -> None:
    olga = await make_contact(database)
    await change(database, olga, {"city": "Львів"})
    await database.write(lambda tx: tx.run(tables.contacts.delete().where(tables.contacts.c.id == olga)))
    assert await kept(database, olga) == {}


async def test_many_cards_written_in_bulk_are_brought_in_step_at_once(database: Database) -> None:
    ids = [await make_contact(database, fields={"city": f"Місто {number}"}) for number in range(12)]
    await database.write(lambda tx: contact_values.sync(tx, [*ids, ids[0], 999_999]))
    assert [await kept(database, one) for one in ids] == [{("city", f"мисто {number}"): None} for number in range(12)]


async def test_a_base_of_an_earlier_version_is_gone_over_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_values, "AT_ONCE", 2)
    ids = [await make_contact(database, fields={"city": "Одеса"}) for _ in range(5)]
    await make_contact(database)
    assert await go_over(database) == 5
    assert [await kept(database, one) for one in ids] == [{("city", "одеса"): None}] * 5
    assert await go_over(database) == 0


async def test_a_field_of_another_kind_in_a_new_playbook_is_read_anew(database: Database) -> None:
    """The same card: what was an option's id is words from then on."""
    await database.write(lambda tx: contact_values.note_kinds(tx, {"how": "choice"}))
    olga = await make_contact(database)
    await change(database, olga, {"how": "by-phone"})
    assert await kept(database, olga) == {("how", "by-phone"): None}
    await go_over(database)
    await database.write(lambda tx: contact_values.note_kinds(tx, {"how": "text"}))
    assert await go_over(database) == 1
    assert await kept(database, olga) == {("how", "byphone"): None}


async def test_an_emptied_card_loses_its_rows_in_the_going_over(database: Database) -> None:
    olga = await make_contact(database)
    await change(database, olga, {"city": "Львів"})
    table = tables.contacts
    await database.write(lambda tx: tx.run(update(table).where(table.c.id == olga).values(fields={})))
    await go_over(database)
    assert await kept(database, olga) == {}
