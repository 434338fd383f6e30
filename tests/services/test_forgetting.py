"""Being forgotten: nothing that is marked personal survives, whatever table it is in."""

from __future__ import annotations

import itertools
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, insert, select, update

from locales import words_in
from services import exporting, forgetting, merging
from storage import contacts, events, files, journal, personal, tables
from storage.contacts import Contact
from storage.engine import Database, Tx
from tests.handlers.customer.playbooks import EVERY_STEP
from tests.handlers.desk import Office
from tests.storage import makers
from tests.storage.makers import NOW

SECRET = "Секрет-Оксани"


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database, EVERY_STEP).open(EVERY_STEP)


async def known(database: Database, contact_id: int) -> Contact:
    async with database.read() as db:
        found = await contacts.get(db, contact_id)
    assert found is not None
    return found


async def a_full_life(database: Database, telegram_id: int = 900) -> Contact:
    """A contact with a row in every table that can hold something of theirs, each with the secret word."""
    oksana = await makers.make_contact(
        database,
        name=SECRET,
        telegram_id=telegram_id,
        username="secret_oksana",
        phones=["+380671234567"],
        emails=["secret@example.com"],
        tags=["vip"],
        fields={"birthday": SECRET},
    )
    manager = await makers.make_staff(database)
    request = await makers.make_request(
        database, oksana, answers=[{"field": "x", "label": "X", "value": SECRET, "shown": SECRET}]
    )
    await makers.make_note(database, oksana, SECRET)
    await makers.make_consent(database, oksana)
    await makers.make_task(database, manager, SECRET, contact_id=oksana)
    await makers.make_outbox_row(
        database, chat_id=telegram_id, contact_id=oksana, payload={"text": SECRET}, state="sent"
    )
    await makers.make_outbox_row(
        database,
        chat_id=55,
        payload={"text": SECRET},
        memo={"contact": oksana},
        key=f"request:{request}:55",
        state="sent",
    )
    await makers.make_outbox_row(database, chat_id=55, payload={"text": f"<b>{SECRET}</b>"}, state="sent")
    await makers.make_outbox_row(database, chat_id=55, payload={"text": "+380 67 123 4567"}, state="sent")

    async def rest(tx: Tx) -> None:
        file = {"file_id": SECRET, "unique_id": "u", "kind": "photo", "name": SECRET}
        await files.add(tx, oksana, [file], request_id=request, now=NOW)
        events.add(tx, oksana, "message", text=SECRET, data={"said": SECRET}, now=NOW)
        answer = {"key": "k", "survey_id": "s", "kind": "csat", "contact_id": oksana, "comment": SECRET}
        told = [{"field": "why", "label": "Чому?", "value": SECRET, "shown": SECRET}]
        await tx.run(insert(tables.survey_answers).values(**answer, answers=told, asked_at=NOW, scored_at=NOW))
        place: dict[str, Any] = {"chat_id": telegram_id, "user_id": telegram_id, "updated_at": NOW}
        await tx.run(
            insert(tables.conversations).values(**place, flow="form", state={"x": SECRET}, draft={"y": SECRET})
        )
        await the_customer_base(tx, oksana, request)
        came = {
            "bot_id": 1,
            "update_id": 1,
            "lane": telegram_id,
            "payload": SECRET,
            "state": "parked",
            "received_at": NOW,
        }
        await tx.run(insert(tables.inbox).values(**came))

    await database.write(rest)
    return await known(database, oksana)


async def the_customer_base(tx: Tx, contact_id: int, request: int) -> None:
    """What they bought and what the business knows beside their name; a row the journal keeps; another account."""
    theirs: dict[str, Any] = {"contact_id": contact_id}
    money = {"amount": 1000, "currency": "UAH", "value": 1000}
    await tx.run(
        insert(tables.purchases).values(**theirs, **money, request_id=request, what=SECRET, at=NOW, created_at=NOW)
    )
    await tx.run(insert(tables.point_moves).values(**theirs, amount=5, reason="gift", note=SECRET, at=NOW))
    await tx.run(insert(tables.contact_values).values(**theirs, field="birthday", key=SECRET, number=308))
    await tx.run(insert(tables.relatives).values(**theirs, kind="child", name=SECRET, note=SECRET, at=NOW))
    await tx.run(
        insert(tables.preferences).values(
            **theirs, quiet_from=1320, quiet_until=480, topics_off=[SECRET], updated_at=NOW
        )
    )
    await tx.run(insert(tables.telegram_aliases).values(**theirs, telegram_id=901, username="secret_oksana", at=NOW))
    number = await journal.begin(tx, kind="bulk", title="names", staff_id=None, now=NOW)
    async with journal.watching(tx, number, [(tables.contacts, tables.contacts.c.id == contact_id)]):
        await tx.run(update(tables.contacts).where(tables.contacts.c.id == contact_id).values(nps=10))


async def dump(database: Database, table: Table) -> str:
    async with database.read() as db:
        rows = await db.all(select(table))
    return json.dumps([list(map(str, row)) for row in rows], ensure_ascii=False)


def test_every_personal_column_knows_whose_it_is() -> None:
    """A table that is given a personal column must belong to a person by its contact or their Telegram id."""
    for table in personal.tables():
        personal.belongs(table, personal.Person((1,), (2,)))


async def test_nothing_personal_survives(office: Office, database: Database) -> None:
    """After the erasure no table holds the word, the phone, the address; the team's card says what became of it."""
    oksana = await a_full_life(database)
    said = await database.write(lambda tx: forgetting.erase(tx, office.place, oksana, now=NOW))
    for table in tables.metadata.sorted_tables:
        held = await dump(database, table)
        for word in (SECRET, "secret_oksana", "80671234567", "67 123 4567", "secret@example.com"):
            assert word not in held, table.name
    assert [(one.chat_id, one.revise) for one in said] == [(55, True)]


async def test_nothing_survives_of_who_was_two_cards(office: Office, database: Database) -> None:
    """The journal of the merge, the pair it was, a pair with a third person, what the team read of the card that went:
    all of it goes with the one card, whichever of the two names it bore."""
    oksana = await a_full_life(database)
    other = await makers.make_contact(database, name="Секунда", username="sekunda", telegram_id=902)
    third = await makers.make_contact(database, name="Третя")
    await makers.make_outbox_row(database, chat_id=55, payload={"text": "Секунда"}, memo={"contact": other})
    await makers.make_outbox_row(database, chat_id=55, payload={"text": "<b>@sekunda</b>"})
    pair = {"score": 0.5, "reasons": {"name": SECRET}, "found_at": NOW}

    async def unite(tx: Tx) -> None:
        for one in (oksana.id, other):
            await tx.run(insert(tables.duplicate_pairs).values(low_id=one, high_id=third, **pair))
        await merging.merge(tx, office.place, oksana.id, other, {}, staff_id=None, now=NOW)

    await database.write(unite)
    one = await known(database, oksana.id)
    await database.write(lambda tx: forgetting.erase(tx, office.place, one, now=NOW))
    for table in tables.metadata.sorted_tables:
        held = await dump(database, table)
        for word in (SECRET, "secret_oksana", "80671234567", "Секунда", "sekunda"):
            assert word not in held, table.name
    assert (await known(database, third)).name == "Третя"
    held = await dump(database, tables.facts)
    assert f"erased:{other}" in held, "a backup of before the merge must forget both cards"


async def test_a_neighbour_is_left_alone(office: Office, database: Database) -> None:
    """Another person with the same tags and the same manager loses nothing."""
    oksana = await a_full_life(database)
    petro = await makers.make_contact(database, name="Петро", phones=["+380509999999"], tags=["vip"])
    await makers.make_note(database, petro, "Сусід")
    await makers.make_outbox_row(database, chat_id=77, contact_id=petro, payload={"text": "Петре"}, state="sent")
    await database.write(lambda tx: forgetting.erase(tx, office.place, oksana, now=NOW))
    assert (await known(database, petro)).name == "Петро"
    assert "Сусід" in await dump(database, tables.notes)
    assert "Петре" in await dump(database, tables.outbox)


async def test_a_tombstone_says_when_and_no_more(office: Office, database: Database) -> None:
    """The card's number, the time and a count: enough to forget again after a restore."""
    oksana = await a_full_life(database)
    await database.write(lambda tx: forgetting.erase(tx, office.place, oksana, now=NOW))
    held = await dump(database, tables.facts)
    assert f"erased:{oksana.id}" in held
    assert str(oksana.telegram_id) not in held


async def test_writing_again_starts_afresh(office: Office, database: Database) -> None:
    """Who was erased and writes again is somebody new, with a number that was never used."""
    oksana = await a_full_life(database)
    await database.write(lambda tx: forgetting.erase(tx, office.place, oksana, now=NOW))
    await office.person(telegram_id=900).says("/start")
    async with database.read() as db:
        again = await contacts.by_telegram_id(db, 900)
    assert again is not None
    assert again.id > oksana.id
    assert (again.name, again.requests, again.consent_version) == (None, 0, None)


async def test_my_data_holds_every_personal_column_of_every_table(office: Office, database: Database) -> None:
    """The export is compared with the schema: each marked column of each table is in it, with its value."""
    oksana = await a_full_life(database)
    async with database.read() as db:
        readable, exact = await exporting.of_person(
            db, office.playbook, oksana, words_in("uk"), zone=ZoneInfo("Europe/Kyiv"), now=NOW
        )
    data = json.loads(exact.text or "")
    for table in personal.tables():
        marked = {column.name for column in table.columns if column.info.get("personal")}
        assert data[table.name], table.name
        assert marked <= set(data[table.name][0]), table.name
    for word in (SECRET, "+380671234567", "secret@example.com", "@secret_oksana"):
        assert word in (readable.text or "")


OWN = """
[[topic]]
id = "greetings"
title = "Поздоровлення"

[[field]]
id = "likes"
type = "choices"
title = "Любить"
option = [{ id = "tea", title = "Чай" }, { id = "coffee", title = "Кава" }]
"""


async def test_my_data_is_read_in_words(database: Database) -> None:
    """Languages, fields, options, days, topics and what happened are called as people call them, not by their ids; what
    the playbook no longer has keeps the name that is known."""
    office = await Office(database, EVERY_STEP + OWN).open(EVERY_STEP + OWN)
    fields = {"birthday": "1976-05-14", "city": "Київ", "likes": ["tea"], "gone": "x"}
    number = await makers.make_contact(database, telegram_id=901, language="uk", fields=fields, source_first="call")
    told = (
        *(("purchase", "Рушники", {"amount": 90_000}), ("refund", "Ваза", {"amount": 150_000, "currency": "UAH"})),
        *(("points", "вибачення", {"points": 50}), ("request", "Замовити", None), ("message", "Добрий день", None)),
        *(("tag", "опт", None), ("consent", None, {"purpose": "marketing", "granted": True})),
    )

    async def life(tx: Tx) -> None:
        for kind, text, data in told:
            events.add(tx, number, kind, text=text, data=data, now=NOW)
        refused = {"contact_id": number, "topics_off": ["greetings", "news"], "updated_at": NOW}
        await tx.run(insert(tables.preferences).values(**refused))

    await database.write(life)
    await makers.make_consent(database, number, purpose="marketing")
    contact = await known(database, number)
    async with database.read() as db:
        readable, _ = await exporting.of_person(
            db, office.playbook, contact, words_in("uk"), zone=ZoneInfo("Europe/Kyiv"), now=NOW
        )
    lines = (readable.text or "").splitlines()
    for line in ("Мова: Українська", "День народження: 14 травня 1976", "Місто: Київ", "Любить: Чай", "gone: x"):
        assert line in lines
    assert "Теми, від яких ви відмовилися: Поздоровлення і news" in lines
    happened = [line.partition("  ")[2] for line in lines[lines.index("ЩО ВИ ПИСАЛИ Й ЩО ВІДБУВАЛОСЯ") + 1 :]]
    refunded, given, said, tagged, agreed = happened
    assert (refunded, given, said) == ("↩️ Повернення 1\u00a0500\u00a0₴ Ваза", "🎁 Бали: +50 вибачення", "Добрий день")
    assert (tagged, agreed) == ("🏷 поставлено мітку: опт", "✅ згода: новини та акції")
    assert lines[lines.index("ВАШІ ЗГОДИ") + 1] == agreed
    assert "Статус: потенційний" in lines


async def test_an_export_does_not_hold_the_exports_before_it(office: Office, database: Database) -> None:
    """Asked for again and again, it grows by the words about the file and never by the file."""
    person = office.person()
    await person.says("/start")
    sizes = []
    for _ in range(6):
        said = await person.presses("pv:data")
        sizes.append(len(said[1]["attachment"]["text"]))
    grown = [after - before for before, after in itertools.pairwise(sizes)]
    assert max(grown) - min(grown) < 100
