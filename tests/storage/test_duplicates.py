"""Cards that are near to a card are found by index; pairs are opened once and what was decided stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from crm.doubles import Found
from storage import duplicates, pairs, tables
from storage.engine import Database
from tests.storage.makers import NOW, make_contact

LATER = NOW + timedelta(days=1)


def alike(one: int, other: int, score: float = 12.0) -> Found:
    return Found(min(one, other), max(one, other), score, {"phone": "same"}, "certain")


async def near(database: Database, contact_id: int) -> set[int]:
    async with database.read() as db:
        [person] = await duplicates.people(db, [contact_id])
        return set(await duplicates.near(db, person))


async def opened(database: Database) -> dict[tuple[int, int], str]:
    async with database.read() as db:
        rows = await db.all(select(tables.duplicate_pairs))
    return {(row.low_id, row.high_id): row.state for row in rows}


async def test_a_card_is_read_as_it_is_compared(database: Database, database_path: Path) -> None:
    await make_contact(database, name="Спам", phones=["+380670000000"], spam_at=NOW)
    fields = {"birthday": "1990-03-08", "city": "Київ", "street": "Хрещатик 1", "other": ["x"]}
    oksana = await make_contact(
        database,
        username="oksana_k",
        phones=["+380671234567", "+380501112233"],
        emails=["Oksana@Ukr.net"],
        fields=fields,
    )
    async with database.read() as db:
        [person] = await duplicates.people(db, [oksana])
    assert (person.name, person.username) == ("Оксана Коваль", "oksana_k")
    assert person.phones == ("+380671234567", "+380501112233")
    assert person.emails == ("oksana@ukr.net",)
    assert (person.birthday, person.city, person.address) == ("1990-03-08", "Київ", "Хрещатик 1")
    assert list(duplicates.everybody(database_path)) == [person]


async def test_a_base_of_several_slices_is_read_whole(
    database: Database, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "SLICE", 3)
    ids = [await make_contact(database, phones=[f"+38067123456{number}"]) for number in range(7)]
    people = list(duplicates.everybody(database_path))
    assert [person.id for person in people] == ids
    assert [person.phones for person in people] == [(f"+38067123456{number}",) for number in range(7)]


@pytest.mark.parametrize(
    "card",
    [
        {"name": "Хтось", "phones": ["+380671234567"]},
        {"name": "Хтось", "phones": ["+79671234567"]},
        {"name": "Хтось", "emails": ["oksana@ukr.net"]},
        {"name": "Хтось", "username": "oksana_k"},
        {"name": "Коваль Оксана"},
    ],
)
async def test_who_shares_something_is_near(database: Database, card: dict[str, object]) -> None:
    oksana = await make_contact(database, username="oksana_k", phones=["+380671234567"], emails=["oksana@ukr.net"])
    await make_contact(database, name="Інша Людина", phones=["+380671234560"], emails=["other@ukr.net"])
    twin = await make_contact(database, **card)  # type: ignore[arg-type]
    assert await near(database, oksana) == {twin}
    assert oksana in await near(database, twin)


async def test_who_was_born_on_the_same_day_is_near(database: Database) -> None:
    one, other = [await make_contact(database, name=name, fields={"birthday": "1990-03-08"}) for name in ("А Б", "В Г")]
    values = [{"contact_id": card, "field": "birthday", "key": "1990-03-08", "number": 308} for card in (one, other)]
    await database.write(lambda tx: tx.run(upsert(tables.contact_values).on_conflict_do_nothing(), values))
    assert await near(database, one) == {other}


async def test_a_phone_that_half_the_town_has_tells_nobody_apart(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "NEAR", 3)
    everybody = [await make_contact(database, name=f"Людина {n}", phones=["+380671111111"]) for n in range(5)]
    assert await near(database, everybody[0]) == set()


async def test_only_new_pairs_are_told(database: Database) -> None:
    one, two, three = [await make_contact(database) for _ in range(3)]
    first = await database.write(lambda tx: duplicates.note(tx, [alike(one, two, 3.0), alike(two, three)], now=NOW))
    again = await database.write(lambda tx: duplicates.note(tx, [alike(one, two), alike(one, three)], now=LATER))
    assert first == [(two, three), (one, two)]
    assert again == [(one, three)]


async def test_two_people_stay_two(database: Database) -> None:
    one, two = await make_contact(database), await make_contact(database)
    await database.write(lambda tx: pairs.part(tx, one, two, staff_id=None, now=NOW))
    assert await database.write(lambda tx: duplicates.note(tx, [alike(one, two)], now=LATER)) == []
    assert await opened(database) == {(one, two): "distinct"}


async def test_a_pair_with_a_card_that_is_gone_is_passed_over(database: Database) -> None:
    one = await make_contact(database)
    assert await database.write(lambda tx: duplicates.note(tx, [alike(one, 404)], now=NOW)) == []
    assert await opened(database) == {}


async def test_what_is_alike_no_more_is_closed_but_not_what_others_proposed(database: Database) -> None:
    one, two, three = [await make_contact(database) for _ in range(3)]
    await database.write(lambda tx: duplicates.note(tx, [alike(one, two), alike(two, three)], now=NOW))
    proposed = {"low_id": one, "high_id": three, "score": 1.0, "reasons": {"claim": "same"}, "found_at": NOW}
    await database.write(lambda tx: tx.run(insert(tables.duplicate_pairs).values(**proposed)))
    await database.write(lambda tx: duplicates.note(tx, [alike(one, two)], now=LATER))
    async with database.read() as db:
        old = await duplicates.unfound(db, before=LATER)
    assert old == [(two, three)]
    await database.write(lambda tx: duplicates.close(tx, old, before=LATER))
    assert set(await opened(database)) == {(one, two), (one, three)}
