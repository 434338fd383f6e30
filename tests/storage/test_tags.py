"""Tags are put on once, taken off once, and counted."""

from __future__ import annotations

from datetime import timedelta

from crm import segments
from storage import search, tags
from storage.engine import Database
from tests.storage.makers import NOW, make_contact, make_staff


async def test_only_tags_that_were_not_there_are_reported(database: Database) -> None:
    person = await make_contact(database)
    first = await database.write(lambda tx: tags.add(tx, person, ["VIP", "опт"], now=NOW))
    again = await database.write(lambda tx: tags.add(tx, person, ["vip", "новий"], now=NOW))
    assert (first, again) == (["VIP", "опт"], ["новий"])


async def test_a_tag_is_one_whatever_its_case_spaces_or_sign_and_shown_as_first_written(database: Database) -> None:
    person = await make_contact(database)
    other = await make_contact(database)
    await database.write(lambda tx: tags.add(tx, person, ["#Тёплый  клиент", "ТЕПЛЫЙ КЛИЕНТ"], now=NOW))
    await database.write(lambda tx: tags.add(tx, other, ["теплый клиент"], now=NOW))
    async with database.read() as db:
        assert len(await tags.counts(db)) == 1
        assert await tags.of_contacts(db, [person, other, 404]) == {
            person: ["Тёплый клиент"],
            other: ["Тёплый клиент"],
        }


async def test_who_put_a_tag_and_when_is_kept_by_who_puts_it_again(database: Database) -> None:
    person = await make_contact(database)
    bohdan = await make_staff(database)
    olha = await make_staff(database, name="Ольга")
    await database.write(lambda tx: tags.add(tx, person, ["vip"], staff_id=bohdan, now=NOW))
    later = NOW + timedelta(days=1)
    await database.write(lambda tx: tags.add(tx, person, ["vip"], staff_id=olha, now=later))
    await database.write(lambda tx: tags.add(tx, person, ["auto"], now=later))
    async with database.read() as db:
        assert await tags.of_contact(db, person) == [tags.Tag("auto", None, later), tags.Tag("vip", bohdan, NOW)]


async def test_only_tags_that_were_there_are_reported_as_taken_off(database: Database) -> None:
    person = await make_contact(database, tags=["VIP", "опт"])
    other = await make_contact(database, tags=["vip"])
    assert await database.write(lambda tx: tags.remove(tx, person, ["#vip", "cold"])) == ["VIP"]
    assert await database.write(lambda tx: tags.remove(tx, person, ["vip"])) == []
    async with database.read() as db:
        assert await tags.of_contacts(db, [person, other]) == {person: ["опт"], other: ["VIP"]}


async def test_nothing_visible_is_no_tag(database: Database) -> None:
    person = await make_contact(database)
    assert await database.write(lambda tx: tags.add(tx, person, ["", "#", " \u200b"], now=NOW)) == []
    assert await database.write(lambda tx: tags.remove(tx, person, ["#"])) == []


async def test_a_long_tag_is_cut_and_still_found_by_itself(database: Database) -> None:
    person = await make_contact(database)
    long = "ß" * 100
    assert await database.write(lambda tx: tags.add(tx, person, [long], now=NOW)) == ["ß" * 64]
    assert await database.write(lambda tx: tags.remove(tx, person, [long])) == ["ß" * 64]


async def test_the_commonest_tags_come_first_and_spam_is_not_counted(database: Database) -> None:
    await make_contact(database, tags=["vip", "опт"])
    await make_contact(database, tags=["vip"])
    await make_contact(database, tags=["опт", "scam"], spam_at=NOW)
    async with database.read() as db:
        assert await tags.counts(db) == [tags.Count("vip", 2), tags.Count("опт", 1)]
        assert await tags.counts(db, limit=1) == [tags.Count("vip", 2)]


async def test_a_contact_is_found_by_a_tag_however_it_is_written(database: Database) -> None:
    person = await make_contact(database)
    await database.write(lambda tx: tags.add(tx, person, ["Тёплый"], now=NOW))
    async with database.read() as db:
        found = await search.find(db, segments.parse("#теплый"), limit=5, now=NOW)
    assert found.ids == (person,)
