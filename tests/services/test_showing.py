"""What a card says of a person is all of it, however much there is."""

from __future__ import annotations

import pytest

from services import showing
from storage import contacts, files
from storage.engine import Database, Tx
from tests.handlers.customer.playbooks import EVERY_STEP
from tests.handlers.desk import Office
from tests.storage import makers
from tests.storage.makers import NOW


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database, EVERY_STEP).open(EVERY_STEP)


async def test_a_card_counts_all_files(office: Office) -> None:
    oksana = await makers.make_contact(office.database, name="Оксана")
    sent = [{"file_id": f"f{number}", "unique_id": f"u{number}", "kind": "photo"} for number in range(130)]

    async def unit(tx: Tx) -> None:
        await files.add(tx, oksana, sent, now=NOW)

    await office.database.write(unit)
    async with office.database.read() as db:
        contact = await contacts.get(db, oksana)
        assert contact is not None
        assert (await showing.card(db, office.place, contact)).files == 130


async def test_a_list_names_each_person_by_their_own_phone(office: Office) -> None:
    first = await makers.make_contact(office.database, name="Оксана", phones=["+380671234567"])
    none = await makers.make_contact(office.database, name="Олена", emails=["o@ukr.net"])
    last = await makers.make_contact(office.database, name="Ольга", phones=["+380501112233", "+380509998877"])
    async with office.database.read() as db:
        hits = await showing.hits(db, [last, none, first])
    assert [(hit.who.id, hit.digits) for hit in hits] == [(last, "2233"), (none, None), (first, "4567")]
