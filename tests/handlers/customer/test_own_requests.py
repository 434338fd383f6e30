"""One's own requests, and nobody else's, whatever number a button is made to carry."""

from __future__ import annotations

import pytest

from storage import contacts, requests
from storage.engine import Database
from tests.handlers.customer.playbooks import EVERY_STEP
from tests.handlers.desk import Office, Talker
from tests.storage import makers


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database, EVERY_STEP).open(EVERY_STEP)


async def with_request(office: Office, telegram_id: int, stage: str = "new") -> tuple[Talker, int]:
    """Somebody who is known and has one request in this stage."""
    person = office.person(telegram_id)
    open_ones = 1 if stage in requests.OPEN else 0
    contact = await makers.make_contact(
        office.database, telegram_id=telegram_id, language="ru", requests=1, open_requests=open_ones
    )
    return person, await makers.make_request(office.database, contact, title="Окна", stage=stage, form_id=None)


@pytest.mark.parametrize("verb", ["rq1", "rqmore", "rqoff", "rqoff2"])
async def test_anothers_request_is_not_shown_or_touched(office: Office, verb: str) -> None:
    """An altered number in a button is refused in the same words as one that is not there."""
    _, foreign = await with_request(office, 11)
    mallory, _ = await with_request(office, 22)
    for number in (str(foreign), "999", "-1", "", "1;DROP", "9" * 40, "١"):
        said = await mallory.presses(f"{verb}:{number}")
        assert said == [], number
    assert set(office.ears.toasts) == {"Такой заявки у вас нет. Ваши заявки: /requests"}
    async with office.database.read() as db:
        untouched = await requests.get(db, foreign)
    assert untouched is not None
    assert untouched.stage == "new"


async def test_a_withdrawal_happens_once(office: Office) -> None:
    """Pressed again it says that the request is closed, and the count of open ones does not move twice."""
    olga, number = await with_request(office, 11)
    await olga.presses(f"rqoff2:{number}")
    await olga.presses(f"rqoff2:{number}")
    assert office.ears.toasts == ["", "Эта заявка уже закрыта."]
    async with office.database.read() as db:
        contact = await contacts.by_telegram_id(db, 11)
        request = await requests.get(db, number)
    assert contact is not None
    assert request is not None
    assert (contact.open_requests, request.stage) == (0, "withdrawn")


async def test_spam_is_not_a_word_customers_read(office: Office) -> None:
    """What the team hid is shown as received."""
    olga, number = await with_request(office, 11, stage="spam")
    (shown,) = await olga.presses(f"rq1:{number}")
    assert "Принята" in shown["text"]
    assert "spam" not in shown["text"].lower()


async def test_words_for_a_request_closed_meanwhile_are_not_lost(office: Office) -> None:
    """They reach the team as any other words, and the person is told so."""
    await makers.make_staff(office.database, telegram_id=77)
    olga, number = await with_request(office, 11)
    await olga.presses(f"rqmore:{number}")
    await office.database.write(lambda tx: requests.move(tx, number, from_stages=("new",), to="done"))
    said = await olga.says("Ещё вопрос")
    assert said[0]["text"].startswith("Передали")
    assert len(said) > 1
    assert (await olga.conversation()).flow is None
