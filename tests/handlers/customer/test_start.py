"""The door: greeted again and again, with any payload, and nothing is lost by it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from storage import consents, contacts, outbox, staff, tables
from storage.contacts import Contact
from storage.engine import Database
from tests.handlers.customer.playbooks import EVERY_STEP
from tests.handlers.desk import Office
from tests.storage import makers


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database, EVERY_STEP).open(EVERY_STEP)


async def known(office: Office, telegram_id: int = 501) -> Contact:
    async with office.database.read() as db:
        contact = await contacts.by_telegram_id(db, telegram_id)
    assert contact is not None
    return contact


async def test_start_pressed_ten_times_greets_and_changes_nothing(office: Office) -> None:
    """One card; a half-filled form stays at its question."""
    person = office.person()
    await person.says("/start form_all")
    await person.says("Мои слова")
    before = await person.state()
    for _ in range(10):
        said = await person.says("/start")
        assert "Студия" in said[0]["text"]
        assert "Вы не закончили" in said[1]["text"]
    assert await person.state() == before
    await person.press("o:a")
    assert "one" in (await person.state())["answers"]


async def test_the_source_is_kept_first_and_last(office: Office) -> None:
    """The first payload stays the first touch; each later one is the last."""
    person = office.person()
    for payload in ("ads_spring", "qr-door", "qr-door"):
        await person.says(f"/start {payload}")
    contact = await known(office)
    assert (contact.source_first, contact.source_last) == ("ads_spring", "qr-door")


async def test_a_link_that_opens_a_form_is_no_source(office: Office) -> None:
    """Whoever came by an advertisement and later by the menu's link still came by the advertisement."""
    person = office.person()
    await person.says("/start ads_spring")
    await person.says("/start form_all")
    assert (await known(office)).source_last == "ads_spring"


@pytest.mark.parametrize("payload", ["<b>x</b>", "a b", "'; --", "ы", "x" * 65, "form_", "form_nothing", "form_' OR 1"])
async def test_a_hostile_payload_is_a_greeting(office: Office, payload: str) -> None:
    """A payload typed by hand may be anything: it opens nothing and breaks nothing."""
    person = office.person()
    said = await person.says(f"/start {payload}")
    assert "Студия" in said[0]["text"]
    assert (await person.conversation()).flow is None


async def test_the_language_is_telegrams_until_it_is_chosen(office: Office) -> None:
    """A Ukrainian Telegram is greeted in Ukrainian; what is chosen stays when Telegram's own changes."""
    person = office.person(language_code="uk")
    await person.says("/start")
    assert (await known(office)).language == "uk"
    await person.presses("set:lang:en")
    person.user["language_code"] = "ru"
    (said,) = await person.says("/settings")
    assert said["text"].startswith("<b>Settings</b>")


async def test_a_manager_is_known_by_the_first_start(office: Office) -> None:
    """From then on Telegram delivers to them: when, their name and language are kept."""
    bob = await makers.make_staff(office.database, name="", telegram_id=600, started_at=None)
    await office.person(600, "Bob", language_code="en").says("/start")
    async with office.database.read() as db:
        member = await staff.get(db, bob)
    assert member is not None
    assert (member.name, member.language, member.started_at is not None) == ("Bob", "en", True)


async def contacts_of(office: Office) -> int:
    async with office.database.read() as db:
        return int(await db.scalar(select(func.count()).select_from(tables.contacts)))


async def test_one_of_the_team_chooses_without_becoming_a_customer(office: Office) -> None:
    """Language and zone are of their row in the team. They get no card: neither at the door nor in the settings."""
    bob = await makers.make_staff(office.database, telegram_id=600, language="en")
    person = office.person(600, "Bob")
    await person.says("/start ads_spring")
    (said,) = await person.says("/settings")
    assert [button["data"] for row in said["buttons"] for button in row] == [
        *("set:lang:ru", "set:lang:uk", "set:lang:en"),
        "set:zone",
    ]
    (said,) = await person.presses("set:lang:uk")
    assert "Мова: Українська" in said["text"]
    await person.presses("set:zone")
    (said,) = await person.says("Варшава")
    assert "Запам’ятали: Варшава" in said["text"]
    async with office.database.read() as db:
        member = await staff.get(db, bob)
    assert member is not None
    assert (member.language, member.timezone) == ("uk", "Europe/Warsaw")
    for data in ("set:quiet", "set:often:fewer", "set:topics", "set:marketing:on", "set:processing:yes"):
        await person.presses(data)
    assert await contacts_of(office) == 0


async def test_one_of_the_team_who_was_a_customer_chooses_as_both(office: Office) -> None:
    await office.person(600, "Bob").says("/start")
    await makers.make_staff(office.database, telegram_id=600)
    await office.person(600, "Bob").presses("set:lang:en")
    assert (await known(office, 600)).language == "en"
    assert await contacts_of(office) == 1


@pytest.mark.parametrize(
    "data", ["set:lang:xx", "set:zone:Mars/Olympus", "set:other:on", "set:marketing:maybe", "set:zone:../x"]
)
async def test_a_hostile_choice_of_the_settings_is_refused(office: Office, data: str) -> None:
    """Buttons may be altered: what is not on offer is not taken."""
    person = office.person()
    await person.says("/start")
    before = await known(office)
    await person.presses(data)
    after = await known(office)
    assert (after.language, after.timezone) == (before.language, before.timezone)
    async with office.database.read() as db:
        assert await consents.latest(db, after.id) == {}


async def test_taking_a_consent_back_takes_back_what_was_waiting(office: Office) -> None:
    """A campaign's row that is due later is cancelled in the same commit."""
    person = office.person()
    await person.says("/start")
    await person.presses("set:marketing:on")
    contact = await known(office)
    await makers.make_outbox_row(office.database, chat_id=501, contact_id=contact.id, purpose="marketing", key="ad")
    await person.presses("set:marketing:off")
    async with office.database.read() as db:
        row = await outbox.by_key(db, "ad")
    assert row is not None
    assert row.state == "cancelled"


async def test_ten_messages_are_receipted_once(office: Office) -> None:
    """All of them reach the team; the person is not answered ten times."""
    await makers.make_staff(office.database, telegram_id=600)
    person = office.person()
    said = [await person.says(f"Вопрос {number}") for number in range(10)]
    receipts = [payload for some in said for payload in some if payload.get("text", "").startswith("Передали")]
    assert len(receipts) == 1
    assert all(any("copy" in payload for payload in some) for some in said)
