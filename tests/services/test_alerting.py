"""Alerting: each of the team hears at once, in their language, and a rush becomes one digest."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services import alerting, speaking
from storage import contacts, outbox
from storage.engine import Database, Tx
from storage.outbox import Claimed
from tests.clocks import NOON
from tests.places import make_place
from tests.storage.makers import make_contact, make_request, make_staff
from views.messages import Say

TEAM = -100500


async def _created(database: Database, contact_id: int, *, at: datetime, team: int | None = TEAM) -> list[Say]:
    """A request comes in, as capturing writes it."""
    place = make_place(team_chat_id=team)

    async def unit(tx: Tx) -> list[Say]:
        number = await make_request(tx, contact_id, created_at=at)
        said = await alerting.request_created(tx, place, number, at)
        for say in said:
            speaking.say(tx, say, now=at)
        return said

    return await database.write(unit)


async def _due(database: Database, now: datetime) -> list[Claimed]:
    return await database.write(lambda tx: outbox.claim(tx, by="test", now=now, limit=100, busy=()))


async def test_without_a_group_each_manager_and_owner_hears_in_their_language(database: Database) -> None:
    """Viewers and those who left do not."""
    await make_staff(database, name="Alice", role="owner", telegram_id=1, language="en")
    await make_staff(database, name="Bob", role="manager", telegram_id=2, language="ru")
    await make_staff(database, name="Vera", role="viewer", telegram_id=3)
    await make_staff(database, name="Gone", role="manager", telegram_id=4, removed_at=NOON)
    olga = await make_contact(database, name="Olga")
    said = await _created(database, olga, at=NOON, team=None)
    assert {say.chat_id: say.screen.text.split("</b>")[0] for say in said} == {
        1: "🆕 <b>Request no. 1",
        2: "🆕 <b>Заявка № 1",
    }
    assert all(say.screen.protect and say.purpose.value == "staff" for say in said)


async def test_with_a_group_only_the_group_hears(database: Database) -> None:
    """Nobody is told twice."""
    await make_staff(database)
    olga = await make_contact(database)
    assert [say.chat_id for say in await _created(database, olga, at=NOON)] == [TEAM]


async def test_spam_alerts_nobody(database: Database) -> None:
    """Neither by a request nor by words."""
    olga = await make_contact(database, spam_at=NOON)
    assert await _created(database, olga, at=NOON) == []

    async def wrote(tx: Tx) -> list[Say]:
        contact = await contacts.get(tx, olga)
        assert contact is not None
        return await alerting.customer_wrote(tx, make_place(team_chat_id=TEAM), contact, 5, 6, "Buy!", NOON)

    assert await database.write(wrote) == []


async def test_a_rush_is_one_digest_at_the_end_of_its_minute(database: Database) -> None:
    """Forty requests in twenty seconds: fewer messages than a group may have, and no request is forgotten."""
    olga = await make_contact(database)
    for number in range(40):
        await _created(database, olga, at=NOON + timedelta(seconds=number / 2))
    async with database.read() as db:
        alone = [await outbox.by_key(db, f"request:{number}:{TEAM}") for number in range(1, 41)]
        digest = await outbox.by_key(db, f"digest:{TEAM}:{NOON:%Y%m%d%H%M}")
    assert [row is not None for row in alone] == [True] * alerting.ALONE + [False] * (40 - alerting.ALONE)
    assert digest is not None
    assert digest.due_at == NOON + timedelta(minutes=1)
    assert "40 нових заявок" in digest.payload["text"]
    assert digest.payload["buttons"][0][0]["data"] == "queue:0:new"


async def test_after_the_rush_requests_are_told_one_by_one_again(database: Database) -> None:
    """A minute without too many is enough."""
    olga = await make_contact(database)
    for number in range(20):
        await _created(database, olga, at=NOON + timedelta(seconds=number))
    (said,) = await _created(database, olga, at=NOON + timedelta(seconds=90))
    assert said.key == f"request:21:{TEAM}"


@pytest.mark.parametrize(("text", "messages"), [("Добрий день <b>", 1), (None, 2)])
async def test_words_are_quoted_only_where_they_may_be_kept(
    database: Database, text: str | None, messages: int
) -> None:
    """Without consent the message itself is copied, and no word of it is in the base."""
    olga = await make_contact(database, name=None)
    place = make_place(team_chat_id=TEAM)

    async def wrote(tx: Tx) -> list[Say]:
        contact = await contacts.get(tx, olga)
        assert contact is not None
        return await alerting.customer_wrote(tx, place, contact, 77, 5, text, NOON)

    said = await database.write(wrote)
    assert len(said) == messages
    assert f"Гість № {olga}" in said[0].screen.text
    if text is None:
        copy = said[1].screen.copy
        assert copy is not None
        assert (copy.chat_id, copy.message_id) == (77, 5)
        assert said[1].screen.text == ""
    else:
        assert "Добрий день &lt;b&gt;" in said[0].screen.text
    assert all(say.memo == {"contact": olga} and say.screen.protect for say in said)


async def test_an_edited_message_reaches_the_team_as_an_edit(database: Database) -> None:
    """What they wrote first stays as it was told."""
    olga = await make_contact(database)
    place = make_place(team_chat_id=TEAM)

    async def wrote(tx: Tx, text: str, at: datetime) -> list[Say]:
        contact = await contacts.get(tx, olga)
        assert contact is not None
        said = await alerting.customer_wrote(tx, place, contact, 77, 5, text, at)
        for say in said:
            speaking.say(tx, say, now=at)
        return said

    await database.write(lambda tx: wrote(tx, "о 15", NOON))
    (edit,) = await database.write(lambda tx: wrote(tx, "о 16", NOON + timedelta(seconds=30)))
    assert "виправляє" in edit.screen.text
    assert len(await _due(database, NOON + timedelta(minutes=1))) == 1
    async with database.read() as db:
        first = await outbox.by_key(db, f"wrote:{olga}:5:{TEAM}")
    assert first is not None
    assert "о 15" in first.payload["text"]
