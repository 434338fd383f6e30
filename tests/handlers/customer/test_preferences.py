"""The preference centre: how often, at which hours, about what; and "stop" and "fewer" in one tap, with a way back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from services import delivering
from storage import consents, contacts, tables, wishes
from storage.contacts import Contact
from storage.engine import Database
from storage.wishes import Wishes
from tests.clocks import NOON
from tests.handlers.customer.playbooks import EVERY_STEP
from tests.handlers.desk import Office, Talker
from tests.storage.makers import make_consent, make_contact, make_outbox_row, make_phone

TOPICS = EVERY_STEP + '[[topic]]\nid = "news"\ntitle = "Новинки"\n[[topic]]\nid = "sales"\ntitle = "Скидки"\n'


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database, TOPICS).open(TOPICS)


@pytest.fixture
async def olga(office: Office) -> Talker:
    """Olga agreed to advertising; her number is of Warsaw."""
    contact = await make_contact(office.database, telegram_id=501, language="ru", name="Ольга")
    await make_consent(office.database, contact, purpose="marketing")
    await make_phone(office.database, contact, "+48600100200")
    return office.person()


async def card(talker: Talker) -> Contact:
    async with talker.office.database.read() as db:
        contact = await contacts.by_telegram_id(db, talker.user["id"])
    assert contact is not None
    return contact


async def wished(talker: Talker) -> Wishes:
    contact = await card(talker)
    async with talker.office.database.read() as db:
        return await wishes.get(db, contact.id)


async def agreed(talker: Talker) -> dict[str, bool]:
    contact = await card(talker)
    async with talker.office.database.read() as db:
        return await consents.latest(db, contact.id)


async def advert(talker: Talker, key: str = "campaign:3:1", **columns: Any) -> int:
    given: dict[str, Any] = {
        "chat_id": 501,
        "contact_id": (await card(talker)).id,
        "purpose": "marketing",
        "due_at": NOON,
    } | columns
    return await make_outbox_row(talker.office.database, key=key, **given)


async def state(talker: Talker, row_id: int) -> str:
    async with talker.office.database.read() as db:
        return str(await db.scalar(select(tables.outbox.c.state).where(tables.outbox.c.id == row_id)))


async def answered(talker: Talker) -> int:
    """The id of the bot's latest message, as if Telegram had sent it: its buttons remember what they undo."""
    async with talker.office.database.read() as db:
        row = (await db.all(select(tables.outbox.c.id).order_by(tables.outbox.c.id.desc())))[0]
    statement = tables.outbox.update().where(tables.outbox.c.id == row.id).values(message_id=900, state="sent")
    await talker.office.database.write(lambda tx: tx.run(statement))
    return 900


def labels(said: dict[str, Any]) -> list[str]:
    return [button["text"] for row in said["buttons"] for button in row]


# ------------------------------------------------------------------------------------------------------------- choosing


async def test_a_zone_nobody_gave_is_said_to_be_guessed_and_by_what(olga: Talker) -> None:
    (said,) = await olga.says("/settings")
    assert "Варшава" in said["text"]
    assert "по номеру телефона" in said["text"]
    await olga.presses("set:zone:Europe/Berlin")
    (said,) = await olga.presses("set")
    assert "Берлин" in said["text"]
    assert "телефон" not in said["text"]


async def test_a_place_that_is_sent_gives_the_zone_and_takes_its_key_away(olga: Talker) -> None:
    (asked,) = await olga.presses("set:here")
    assert asked["keys"] == [[["📍 Отправить, где я", "location"]]]
    thanks, chosen = await olga.sends(location={"latitude": 52.4, "longitude": 13.1})
    assert thanks["keys"] == []
    assert "Берлин" in chosen["text"]
    assert (await card(olga)).timezone == "Europe/Berlin"


async def test_a_city_written_in_words_gives_the_zone(olga: Talker) -> None:
    await olga.presses("set:zone")
    await olga.says("г. Казань")
    assert (await card(olga)).timezone == "Europe/Moscow"


async def test_hours_of_ones_own_are_written_in_words_and_given_back(olga: Talker) -> None:
    await olga.presses("set:quiet")
    (again,) = await olga.says("ночью")
    assert "Не разобрали" in again["text"]
    (said,) = await olga.says("с 22 до 9:30")
    assert "22:00–09:30" in said["text"]
    assert await wished(olga) == Wishes(quiet_from=22 * 60, quiet_until=9 * 60 + 30)
    assert (await olga.conversation()).flow is None
    await olga.presses("set:quiet:usual")
    assert await wished(olga) == Wishes()


async def test_at_any_hour_is_a_choice_too(olga: Talker) -> None:
    (said,) = await olga.presses("set:quiet:never")
    assert "✅ Писать можно в любое время" in labels(said)
    assert (await wished(olga)).quiet_from == (await wished(olga)).quiet_until


async def test_a_topic_that_is_refused_is_refused_and_taken_again(olga: Talker) -> None:
    (said,) = await olga.presses("set:topic:sales:off")
    assert labels(said)[:2] == ["✅ Новинки", "Скидки"]
    assert (await wished(olga)).topics_off == ("sales",)
    await olga.presses("set:topic:sales:on")
    assert (await wished(olga)).topics_off == ()


async def test_how_often_is_as_usual_fewer_paused_or_nothing(olga: Talker) -> None:
    await olga.presses("set:often:fewer")
    (said,) = await olga.presses("set:often:fewer")
    assert labels(said)[1:3] == ["✅ Реже", "Ещё реже"]
    await olga.presses("set:often:pause")
    assert await wished(olga) == Wishes(fewer=2, paused_until=NOON + timedelta(days=30))
    (said,) = await olga.presses("set:often:nothing")
    assert "не присылаем" in said["text"]
    assert await agreed(olga) == {"marketing": False, "survey": False}
    await olga.presses("set:often:usual")
    assert await wished(olga) == Wishes()
    assert await agreed(olga) == {"marketing": True, "survey": True}


async def test_how_often_names_only_what_is_on(olga: Talker) -> None:
    async def shown() -> str:
        return str((await olga.says("/settings"))[0]["text"])

    assert "Новости, предложения и опросы: как обычно" in await shown()
    await olga.says("стоп")
    assert "\nОпросы: как обычно" in await shown()
    await olga.presses("set:often:fewer")
    assert "\nОпросы: реже обычного" in await shown()
    await olga.presses("set:survey:off")
    assert "Новости, предложения и опросы: не присылаем" in await shown()
    await olga.presses("set:marketing:on")
    assert "\nНовости и предложения: реже обычного" in await shown()


async def test_as_usual_agrees_to_no_advertising_that_was_never_agreed_to(office: Office) -> None:
    """The law wants a word of its own for it."""
    person = office.person(777)
    await person.says("/settings")
    await person.presses("set:often:nothing")
    await person.presses("set:often:usual")
    assert await agreed(person) == {"marketing": False, "survey": True}


@pytest.mark.parametrize("data", ["set:often:x", "set:quiet:9", "set:quiet:10:00-10:00", "set:topic:x:on", "set:topic"])
async def test_a_choice_that_no_button_has_changes_nothing(olga: Talker, data: str) -> None:
    await olga.presses(data)
    assert await wished(olga) == Wishes()


# ----------------------------------------------------------------------------------------------------- stop and fewer


@pytest.mark.parametrize("word", ["стоп", "СТОП!", "Stop", "отписаться", "відписатися", "/stop"])
async def test_the_word_alone_withdraws_advertising_and_can_be_taken_back(olga: Talker, word: str) -> None:
    waiting = await advert(olga, due_at=NOON + timedelta(days=9))
    (said,) = await olga.says(word)
    assert "больше не будет" in said["text"]
    assert await agreed(olga) == {"marketing": False}
    assert await state(olga, waiting) == "cancelled"
    (back,) = await olga.presses("unstop", await answered(olga))
    assert "как было" in back["text"]
    assert await agreed(olga) == {"marketing": True}
    assert await state(olga, waiting) == "pending"


async def test_the_word_among_others_is_a_message_to_the_team(olga: Talker) -> None:
    await olga.says("стоп, а можно перенести?")
    assert await agreed(olga) == {"marketing": True}


async def test_undoing_agrees_to_nothing_that_was_not_agreed_to(office: Office) -> None:
    person = office.person(777)
    await person.says("/settings")
    await person.says("стоп")
    await person.presses("unstop", await answered(person))
    assert await agreed(person) == {"marketing": False}


async def test_stop_under_a_campaign_is_noted_with_it_until_it_is_taken_back(olga: Talker) -> None:
    contact = (await card(olga)).id
    key = f"campaign:3:{contact}"
    await make_campaign(olga.office.database, 3, contact)
    await advert(olga, key, state="sent", sent_at=NOON)
    await olga.presses(f"stop:{key}")
    assert await unsubscribed(olga) == [True]
    await olga.presses("unstop", await answered(olga))
    assert await unsubscribed(olga) == [False]


async def test_a_key_of_somebody_elses_message_stops_only_ones_own(olga: Talker) -> None:
    boris = await make_contact(olga.office.database, telegram_id=502, name="Борис")
    await make_campaign(olga.office.database, 3, boris)
    await make_outbox_row(olga.office.database, key=f"campaign:3:{boris}", contact_id=boris, purpose="marketing")
    await olga.presses(f"stop:campaign:3:{boris}")
    assert await unsubscribed(olga) == [False]
    assert await agreed(olga) == {"marketing": False}


async def test_stop_under_a_survey_stops_surveys(olga: Talker) -> None:
    await advert(olga, "survey:nps:1:7", purpose="survey", state="sent", sent_at=NOON)
    (said,) = await olga.presses("stop:survey:nps:1:7")
    assert "опросов больше не будет" in said["text"]
    assert await agreed(olga) == {"marketing": True, "survey": False}


async def test_fewer_is_heard_once_under_one_message_and_can_be_taken_back(olga: Talker) -> None:
    await advert(olga, state="sent", sent_at=NOON)
    await olga.presses("fewer:campaign:3:1")
    await olga.presses("fewer:campaign:3:1")
    assert (await wished(olga)).fewer == 1
    await advert(olga, "campaign:4:1", state="sent", sent_at=NOON)
    await olga.presses("fewer:campaign:4:1")
    assert (await wished(olga)).fewer == 2
    await olga.presses("unfewer", await answered(olga))
    assert (await wished(olga)).fewer == 1


@pytest.mark.parametrize("verb", ["unstop", "unfewer"])
async def test_undoing_under_a_message_that_remembers_nothing_changes_nothing(olga: Talker, verb: str) -> None:
    await olga.presses(verb, 12345)
    assert (await agreed(olga), await wished(olga)) == ({"marketing": True}, Wishes())


async def test_stop_while_fifty_are_queued_lets_none_of_them_leave(olga: Talker) -> None:
    """Those that are due now, and those that come later."""
    for number in range(50):
        await advert(olga, f"campaign:{number}:9", due_at=NOON + timedelta(hours=number % 2))
    await olga.says("стоп")
    place, database = olga.office.place, olga.office.database
    for hours in (0, 1, 48):
        at = NOON + timedelta(hours=hours)
        claiming = partial(delivering.claim, by="me", now=at, limit=60, busy=(), place=place)
        claim = await database.write(claiming)
        assert [row.key for row in claim.rows if row.purpose == "marketing"] == []


async def make_campaign(database: Database, campaign_id: int, contact_id: int) -> None:
    async def unit(tx: Any) -> None:
        values = {"id": campaign_id, "name": "Осень", "content": {}, "options": {}, "created_at": NOON}
        await tx.run(tables.campaigns.insert().values(**values, updated_at=NOON))
        person = {"campaign_id": campaign_id, "contact_id": contact_id, "due_at": NOON, "state": "sent"}
        await tx.run(tables.campaign_people.insert().values(**person))

    await database.write(unit)


async def unsubscribed(talker: Talker) -> list[bool]:
    """Whether each row of campaigns says that its person unsubscribed."""
    async with talker.office.database.read() as db:
        rows = await db.all(select(tables.campaign_people.c.unsubscribed_at))
    return [row[0] is not None for row in rows]


async def test_my_data_tell_of_every_wish(olga: Talker) -> None:
    """Of all of them at once, and of none: the file is made whatever was chosen."""
    for wish in ("", "set:often:fewer", "set:often:pause", "set:topic:news:off", "set:quiet:22:00-08:00"):
        if wish:
            await olga.presses(wish)
        said = await olga.presses("pv:data")
        readable = next(
            one["attachment"]["text"] for one in said if one.get("attachment", {}).get("name", "").endswith(".txt")
        )
    assert "Новости, предложения и опросы: пауза, до" in readable
    assert "22:00–08:00" in readable
