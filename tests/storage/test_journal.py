"""What a change did can be undone, byte for byte, and nothing that others did since is lost."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from storage import contacts, journal
from storage.engine import Database, Tx
from storage.tables import contact_tags, notes, tags
from storage.tables import contacts as table
from tests.storage.makers import NOW


async def dump(database: Database) -> list[Any]:
    """Every row of what the change may touch, as it lies in the file."""
    rows: list[Any] = []
    async with database.read() as reads:
        for name in ("contacts", "contact_tags", "notes", "tags"):
            rows += [tuple(row) for row in await reads.all(text(f"SELECT '{name}', * FROM {name} ORDER BY 2, 3"))]
    return rows


async def seed(tx: Tx) -> tuple[int, int]:
    anna = await contacts.create(tx, now=NOW, language="uk", name="Анна")
    bob = await contacts.create(tx, now=NOW, language="en", name="Bob")
    await tx.run(insert(tags), [{"id": 1, "name": "vip", "key": "vip"}, {"id": 2, "name": "old", "key": "old"}])
    await tx.run(insert(contact_tags).values(contact_id=bob.id, tag_id=2, at=NOW))
    await tx.run(insert(notes).values(contact_id=bob.id, text="likes «tea»", at=NOW))
    return anna.id, bob.id


async def change(tx: Tx, anna: int, bob: int) -> int:
    """Bob's rows go to Anna, Anna is tagged, Bob goes."""
    number = await journal.begin(tx, kind="merge", title="Bob into Anna", staff_id=None, now=NOW)
    both = [anna, bob]
    watched: list[journal.Watched] = [
        (table, table.c.id.in_(both)),
        (contact_tags, contact_tags.c.contact_id.in_(both)),
        (notes, notes.c.contact_id.in_(both)),
    ]
    async with journal.watching(tx, number, watched):
        await tx.run(update(notes).where(notes.c.contact_id == bob).values(contact_id=anna))
        await tx.run(delete(contact_tags).where(contact_tags.c.contact_id == bob))
        await tx.run(insert(contact_tags).values(contact_id=anna, tag_id=1, at=NOW))
        await tx.run(update(table).where(table.c.id == anna).values(fields={"city": "Київ"}))
        await tx.run(delete(table).where(table.c.id == bob))
    await journal.finish(tx, number, {"cards": 2})
    return number


async def test_undoing_puts_back_every_byte(database: Database) -> None:
    anna, bob = await database.write(seed)
    before = await dump(database)
    number = await database.write(lambda tx: change(tx, anna, bob))
    assert await dump(database) != before
    undone = await database.write(lambda tx: journal.undo(tx, number, staff_id=None, now=NOW))
    assert await dump(database) == before
    assert undone.contacts == {anna, bob}
    assert undone.kept == 0
    async with database.read() as reads:
        found = await journal.get(reads, number)
    assert found is not None
    assert (found.state, found.counts) == ("undone", {"cards": 2})


async def test_what_others_did_since_stays(database: Database) -> None:
    anna, bob = await database.write(seed)
    number = await database.write(lambda tx: change(tx, anna, bob))

    async def meanwhile(tx: Tx) -> None:
        await tx.run(update(table).where(table.c.id == anna).values(name="Анна К."))
        await tx.run(update(notes).where(notes.c.contact_id == anna).values(text="likes coffee"))
        await tx.run(insert(notes).values(contact_id=anna, text="new", at=NOW))

    await database.write(meanwhile)
    await database.write(lambda tx: journal.undo(tx, number, staff_id=None, now=NOW))
    async with database.read() as reads:
        card = await contacts.get(reads, anna)
        words = await reads.all(select(notes.c.contact_id, notes.c.text).order_by(notes.c.id))
    assert card is not None
    assert (card.name, card.fields) == ("Анна К.", {})
    assert [tuple(row) for row in words] == [(bob, "likes coffee"), (anna, "new")]


async def meddle(tx: Tx, chance: Random, anna: int) -> list[str]:
    """A few things that others do in between; returns the notes they wrote on a card that is there."""
    written: list[str] = []
    for step in range(chance.randint(1, 6)):
        match chance.randint(0, 6):
            case 0:
                await tx.run(delete(tags).where(tags.c.id == chance.choice([1, 2])))
            case 1:
                await tx.run(update(table).where(table.c.id == anna).values(name=f"Анна {step}"))
            case 2:
                await tx.run(update(table).where(table.c.id == anna).values(telegram_id=600 + step))
            case 3:
                # Somebody new has the account that the card which went away had.
                await contacts.create(tx, now=NOW, language="en", telegram_id=501)
            case 4:
                await tx.run(delete(notes).where(notes.c.text == "likes «tea»"))
            case 5:
                await tx.run(delete(contact_tags).where(contact_tags.c.contact_id == anna))
            case _:
                written.append(f"new {step}")
                await tx.run(insert(notes).values(contact_id=anna, text=written[-1], at=NOW))
    return written


@pytest.mark.parametrize("number", range(8))
async def test_whatever_others_did_undoing_goes_through_and_takes_nothing_of_theirs(
    database: Database, number: int
) -> None:
    """Tags deleted, accounts taken, rows gone: what can come back comes back, no reference is left hanging."""
    chance = Random(number)
    anna, bob = await database.write(seed)
    await database.write(lambda tx: tx.run(update(table).where(table.c.id == bob).values(telegram_id=501)))
    change_id = await database.write(lambda tx: change(tx, anna, bob))
    written = await database.write(lambda tx: meddle(tx, chance, anna))
    async with database.read() as reads:
        names = {row.id: row.name for row in await reads.all(select(table.c.id, table.c.name))}
    await database.write(lambda tx: journal.undo(tx, change_id, staff_id=None, now=NOW))
    async with database.read() as reads:
        assert await reads.all(text("PRAGMA foreign_key_check")) == []
        after = {row.id: row.name for row in await reads.all(select(table.c.id, table.c.name))}
        kept = [row.text for row in await reads.all(select(notes.c.text).order_by(notes.c.id))]
    assert after == names | {bob: "Bob"}
    assert set(written) <= set(kept)
