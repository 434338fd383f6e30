"""An import, end to end over HTTP: a file sent to the bot, the questions, the cards, a person who comes by their link, and
the way back."""

from __future__ import annotations

import base64
import re

from storage import contacts
from storage.contacts import Contact
from storage.engine import Tx
from tests.end_to_end.conftest import World

PEOPLE = (
    "ФИО;Телефон;E-mail;Дата рождения;Теги\r\n"
    "Кравчук Ольга Петрівна;050 123 45 90;olha.k@example.com;12.03.1988;vip, імпорт\r\n"
    "Іван <b>Петренко</b>;8 (067) 123-45-92;;31.02.1990;опт\r\n"
    ";123;;;\r\n"
)


async def sends(world: World, name: str, content: bytes) -> None:
    """Alice sends a file."""
    await world.alice.sends("document", name=name, content=base64.b64encode(content).decode())


async def card(world: World, phone: str) -> Contact | None:
    async def unit(tx: Tx) -> Contact | None:
        found = await contacts.with_point(tx, "phone", phone)
        return await contacts.get(tx, found[0]) if found else None

    return await world.bot.database.write(unit)


async def test_a_file_becomes_cards_one_of_them_comes_by_its_link_and_the_rest_goes_back(world: World) -> None:
    """What the dry run promises comes; the report holds the wrong rows alone; who has come since stays."""
    alice = world.alice
    await alice.starts()
    await alice.sees("Alice")
    await sends(world, "people.csv", PEOPLE.encode("cp1251"))
    columns = await alice.sees("people.csv", "3 rows", "Phone", "Birthday", "Next ▶")
    assert columns.protected
    await alice.presses("Next ▶", on=columns)
    asked = await alice.sees("about the file as a whole", "Check the file ▶")
    assert "Did these people agree" in asked.text
    await alice.presses("They did not", on=asked)
    await alice.sees("They did not agree to advertising")
    await alice.presses("Check the file ▶", on=asked)
    ready = await alice.sees("This is what would happen", "Import 2 rows")
    for said in (
        "2 new",
        "1 row in part",
        "1 row left out",
        "row 3, Дата рождения «31.02.1990»",
        "row 4, Телефон «123»",
    ):
        assert said in ready.text
    assert await card(world, "+380501234590") is None
    await alice.presses("Import 2 rows", on=ready)
    report = await alice.sees("2 rows with mistakes")
    assert report.view["document"]["file_name"] == "people-to-mend.csv"
    assert any("✅ Done." in one.text and "2 new" in one.text for one in await alice.messages())

    olha = await card(world, "+380501234590")
    assert olha is not None
    await alice.says("олга кравчук")
    shown = await alice.sees("Ольга Петрівна Кравчук", f"№ {olha.id}", "#vip")
    await alice.presses("🔗 Link for the customer", on=shown)
    offered = await alice.sees("A link for", "works once")
    link = re.search(r"start=([\w-]+)", offered.text)
    assert link is not None
    await world.taras.starts(link[1])
    await world.taras.sees("знакомы и в Telegram")

    await alice.says("/imports")
    listed = await alice.sees("people.csv", "№ 1")
    await alice.presses("№ 1", on=listed)
    standing = await alice.sees("✅ Done.", "↩️ Undo the import")
    await alice.presses("↩️ Undo the import", on=standing)
    await alice.presses("Yes, take it back", on=await alice.sees("Take back everything", "2 cards"))
    await alice.sees("The import is undone", "1 card stayed")
    assert await card(world, "+380671234592") is None
    stayed = await card(world, "+380501234590")
    assert stayed is not None
    assert stayed.telegram_id == world.taras.id


async def test_a_file_that_is_no_table_is_refused_with_what_to_do(world: World) -> None:
    """Nothing is kept of it but the answer."""
    await world.alice.starts()
    await world.alice.sees("Alice")
    await sends(world, "holiday.xlsx", b"PK\x03\x04 cut short")
    await world.alice.sees("holiday.xlsx", "Nothing has changed in the base", "damaged or cut off")
    await sends(world, "holiday.exe", b"MZ")
    await world.alice.sees("CSV, XLSX, XLS, ODS")
