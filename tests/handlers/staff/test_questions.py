"""Asking the people what their cards lack: counted first, put once, answered by a small form or declined."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from scheduler import asking_work
from services import asking
from services.workplace import Place
from storage import contacts, outbox, outcomes, work
from storage.engine import Tx
from tests.clocks import NOON
from tests.handlers.staff.rooms import BOB, CHARLIE, Room, buttons
from tests.places import make_office
from tests.storage.makers import make_contact

AGREED = "2026-11"


@pytest.fixture(autouse=True)
async def olga(room: Room) -> None:
    """Olga's card lacks nothing."""
    known = {"birthday": "1990-03-08", "city": "Київ"}
    await room.database.write(lambda tx: contacts.change(tx, room.olga, fields=known, last_in_at=NOON, now=NOON))


@pytest.fixture
async def charlie(room: Room) -> int:
    """Charlie's card: agreed to be kept, known by name and phone, without a birthday and a city."""
    return await make_contact(
        room.database,
        name="Charlie",
        telegram_id=CHARLIE,
        language="en",
        phones=["+380671112233"],
        consent_version=AGREED,
        last_in_at=NOON,
    )


class Manager:
    """Bob before a line of /quality."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def offers(self, line: str) -> dict[str, Any]:
        """The count of a line."""
        (said,) = await self.room.bob.presses(f"qask:{line}")
        self.message = (await self.room.latest(BOB)).message_id
        return said

    async def asks(self, line: str) -> dict[str, Any]:
        """Counts and says yes."""
        assert "qaskgo" in buttons(await self.offers(line))
        said = await self.room.bob.presses("qaskgo", self.message)
        return next(one for one in said if "qaskhow" in buttons(one))

    async def looks(self) -> str:
        """How many have answered, by the button under the round."""
        (said,) = await self.room.bob.presses("qaskhow", self.message)
        return str(said["text"])


@pytest.fixture
def bob(room: Room) -> Manager:
    return Manager(room)


async def questions(room: Room) -> list[Any]:
    return [row for row in await room.rows("outbox") if row.key.startswith("ask:")]


async def test_a_line_that_people_can_mend_has_the_button_and_others_have_not(room: Room, charlie: int) -> None:
    await make_contact(room.database, name=None, telegram_id=None, reachable=False)
    (said,) = await room.bob.says("/quality")
    assert {"qask:no_birthday", "qask:no_name", "qask:no_city"} <= set(buttons(said))
    assert not {"qask:no_way", "qask:no_source", "qask:duplicates"} & set(buttons(said))
    (seen,) = await room.vera.says("/quality")
    assert "qask" not in str(seen)


async def test_who_would_be_asked_is_counted_before_anybody_is(room: Room, charlie: int, bob: Manager) -> None:
    """Unreachable ones, and who refused to be kept, are told apart; nothing is said to anybody."""
    await make_contact(room.database, telegram_id=None, reachable=False)
    await make_contact(room.database, reachable=False)
    await make_contact(room.database, spam_at=NOON)
    await make_contact(room.database, consent_refused=AGREED)
    said = await bob.offers("no_birthday")
    assert "4 cards have it" in said["text"]
    assert "cannot write to 2 people" in said["text"]
    assert "1 person was asked within a month, or would rather not say" in said["text"]
    assert "<b>1 person</b> will get this message" in said["text"]
    assert "wish you a happy birthday" in said["text"]
    assert await questions(room) == []


async def test_what_is_not_personal_is_asked_of_who_refused_too(room: Room, charlie: int, bob: Manager) -> None:
    await make_contact(room.database, consent_refused=AGREED)
    assert "<b>2 people</b>" in (await bob.offers("no_city"))["text"]


async def test_one_message_is_planned_for_each_as_service_that_goes_last(
    room: Room, charlie: int, bob: Manager
) -> None:
    taras = await make_contact(room.database, name="Тарас")
    said = await bob.asks("no_birthday")
    assert "Sent: 0 of 2" in said["text"]
    first, second = await questions(room)
    assert [first.contact_id, second.contact_id] == [charlie, taras]
    assert {(row.purpose, row.priority, row.on_doubt) for row in (first, second)} == {("service", 4, "skip")}
    assert second.due_at - first.due_at == asking.APART


async def test_it_is_put_in_the_language_that_is_read_on_the_day(room: Room, charlie: int, bob: Manager) -> None:
    await bob.asks("no_birthday")
    await room.database.write(lambda tx: contacts.change(tx, charlie, language="uk", now=NOON))

    async def unit(tx: Tx) -> dict[str, Any]:
        (row,) = [one for one in await outbox.claim(tx, by="t", now=NOON, limit=9, busy=()) if one.key[:4] == "ask:"]
        composed = await asking.compose(tx, room.office.place, row, now=NOON)
        assert composed is not None
        return composed.payload

    said = await room.database.write(unit)
    assert "днем народження" in said["text"]
    assert buttons(said) == ["tell:birthday", "nottell:birthday"]


async def test_an_answer_goes_to_the_card_and_the_one_who_asked_sees_it(room: Room, charlie: int, bob: Manager) -> None:
    await bob.asks("no_birthday")
    await room.delivered()
    (asked,) = await room.charlie.presses("tell:birthday")
    assert "When is your birthday?" in asked["text"]
    assert "1 of 1" not in asked["text"]
    thanks, closed = await room.charlie.says("8 March 1990")
    assert {thanks["text"], closed["text"]} == {
        "✓ Birthday: <b>8 Mar 1990</b>\n\nThank you, we have written it down!",
        "Thank you, we have written it down!",
    }
    card = await room.row("contacts", id=charlie)
    assert card.fields == {"birthday": "1990-03-08"}
    assert (await room.charlie.conversation()).flow is None
    assert await room.rows("requests", contact_id=charlie) == []
    (event,) = await room.rows("events", contact_id=charlie, kind="field")
    assert (event.staff_id, event.data["field"], event.data["value"]) == (None, "birthday", "8 марта 1990")
    (question,) = await questions(room)
    assert buttons(question.payload) == []
    assert "Answered: 1" in await bob.looks()
    assert await room.charlie.presses("tell:birthday") == []
    assert "told us already" in room.office.ears.toasts[-1]


async def test_a_bad_answer_is_asked_again_and_the_card_waits(room: Room, charlie: int, bob: Manager) -> None:
    await bob.asks("no_birthday")
    await room.delivered()
    await room.charlie.presses("tell:birthday")
    (again,) = await room.charlie.says("in spring")
    assert "When is your birthday?" in again["text"]
    assert (await room.row("contacts", id=charlie)).fields == {}
    await room.charlie.says("8 March")
    assert (await room.row("contacts", id=charlie)).fields == {"birthday": "--03-08"}


async def test_an_impossible_birthday_is_asked_about_and_not_offered(room: Room, charlie: int, bob: Manager) -> None:
    await room.database.write(lambda tx: _born(tx, charlie, "1901-01-01"))
    await bob.asks("impossible")
    await room.delivered()
    (asked,) = await room.charlie.presses("tell:birthday")
    assert "1901" not in asked["text"]
    await room.charlie.says("1 January 1991")
    assert (await room.row("contacts", id=charlie)).fields == {"birthday": "1991-01-01"}
    assert "qaskgo" not in buttons(await bob.offers("impossible"))


async def _born(tx: Tx, contact_id: int, day: str) -> None:
    await contacts.change(tx, contact_id, fields={"birthday": day}, now=NOON)


async def test_a_phone_is_shared_by_the_key_and_compared(room: Room, charlie: int, bob: Manager) -> None:
    dana = room.office.person(905, "Dana", language_code="en")
    card = await make_contact(
        room.database, name="Dana", telegram_id=905, language="en", consent_version=AGREED, last_in_at=NOON
    )
    await bob.asks("no_phone")
    await room.delivered()
    (asked,) = await dana.presses("tell:phone")
    assert asked["keys"][0][0][1] == "contact"
    said = await dana.sends(contact={"phone_number": "380509998877", "first_name": "Dana", "user_id": 905})
    assert [] in [one.get("keys") for one in said]  # the key is taken away
    (point,) = await room.rows("contact_points", contact_id=card)
    assert (point.value, point.verified_at is not None) == ("+380509998877", True)
    assert [row.payload for row in await room.rows("work", kind="compare")] == [{"contact": card}]


async def test_who_has_been_silent_is_asked_whether_the_number_is_the_same(
    room: Room, charlie: int, bob: Manager
) -> None:
    room.office.clock.move(timedelta(days=400))
    await bob.asks("stale")
    await room.delivered()
    (asked,) = await room.charlie.presses("tell:phone")
    assert "+380 67 111 2233" in asked["text"]
    await room.charlie.press("keep")
    assert "Answered: 1" in await bob.looks()
    (point,) = await room.rows("contact_points", contact_id=charlie)
    assert point.value == "+380671112233"
    assert (await room.row("contacts", id=charlie)).last_in_at == room.office.clock.now()


async def test_who_has_not_agreed_is_asked_for_it_first(room: Room, bob: Manager) -> None:
    await room.charlie.says("Hello")
    await bob.asks("no_birthday")
    await room.delivered()
    (gate,) = await room.charlie.presses("tell:birthday")
    assert "birthday" not in gate["text"]
    await room.charlie.press("agree")
    await room.charlie.says("8 марта 1990")
    card = await room.row("contacts", telegram_id=CHARLIE)
    assert (card.consent_version, card.fields) == (AGREED, {"birthday": "1990-03-08"})


async def test_who_refuses_to_be_kept_has_declined(room: Room, bob: Manager) -> None:
    await room.charlie.says("Hello")
    await bob.asks("no_birthday")
    await room.delivered()
    await room.charlie.presses("tell:birthday")
    await room.charlie.press("decline")
    card = await room.row("contacts", telegram_id=CHARLIE)
    assert (card.consent_refused, card.fields) == (AGREED, {})
    assert "“Not now”: 1" in await bob.looks()


async def test_nobody_is_asked_twice_within_a_month(room: Room, charlie: int, bob: Manager) -> None:
    await bob.asks("no_birthday")
    await room.delivered()
    again = await bob.offers("no_birthday")
    assert "qaskgo" not in buttons(again)
    assert "The last 30 days: asked 1, answered 0" in again["text"]
    room.office.clock.move(timedelta(days=31))
    assert "qaskgo" in buttons(await bob.offers("no_birthday"))


async def test_another_field_may_be_asked_the_same_day(room: Room, charlie: int, bob: Manager) -> None:
    await bob.asks("no_birthday")
    await bob.asks("no_city")
    assert {row.key.split(":")[1] for row in await questions(room)} == {"birthday", "city"}


async def test_not_now_is_remembered_for_three_months(room: Room, charlie: int, bob: Manager) -> None:
    await bob.asks("no_birthday")
    await room.delivered()
    (closed,) = await room.charlie.presses("nottell:birthday")
    assert buttons(closed) == []
    assert "“Not now”: 1" in await bob.looks()
    room.office.clock.move(timedelta(days=85))
    assert "qaskgo" not in buttons(await bob.offers("no_birthday"))
    room.office.clock.move(timedelta(days=6))
    assert "qaskgo" in buttons(await bob.offers("no_birthday"))


async def test_not_now_closes_the_form_that_was_open(room: Room, charlie: int, bob: Manager) -> None:
    await bob.asks("no_birthday")
    await room.delivered()
    await room.charlie.presses("tell:birthday")
    await room.charlie.presses("nottell:birthday")
    assert (await room.charlie.conversation()).flow is None


async def test_a_question_interrupts_no_form_and_loses_no_draft(room: Room, charlie: int, bob: Manager) -> None:
    """The booking waits while the birthday is told, and is offered again; a question that was left is no draft."""
    await bob.asks("no_birthday")
    await room.delivered()
    await room.charlie.presses("form:booking")
    booking = await room.charlie.state()
    await room.charlie.presses("tell:birthday")
    (left,) = await room.charlie.says("/cancel")
    assert "press “Answer”" in left["text"]
    assert ((await room.charlie.conversation()).draft or {})["run"] == booking["run"]
    await room.charlie.presses("tell:birthday")
    said = await room.charlie.says("8 March 1990")
    assert any("go" in buttons(one) for one in said)
    await room.charlie.presses("go")
    assert (await room.charlie.state())["run"] == booking["run"]


async def test_a_forged_button_asks_and_writes_nothing(room: Room, charlie: int) -> None:
    for data in ("tell:birthday", "tell:", "tell:master", "nottell:birthday", "nottell:🙂", "tell:ask:city"):
        assert await room.charlie.presses(data) == []
        assert room.office.ears.toasts[-1]
    assert (await room.charlie.conversation()).flow is None


async def test_a_second_press_of_yes_asks_nobody_again(room: Room, charlie: int, bob: Manager) -> None:
    await bob.asks("no_birthday")
    assert await room.bob.presses("qaskgo", bob.message) == []
    assert len(await questions(room)) == 1


async def test_what_was_stopped_before_it_left_is_not_sent(room: Room, charlie: int, bob: Manager) -> None:
    await make_contact(room.database, name="Тарас")
    said = await bob.asks("no_birthday")
    assert "qaskstop" in buttons(said)
    await room.delivered()
    (said,) = await room.bob.presses("qaskstop", bob.message)
    assert "Sent: 1 of 1" in said["text"]
    assert "Not delivered: 1" in said["text"]
    assert [row.state for row in await questions(room)] == ["sent", "cancelled"]


async def test_it_is_planned_by_long_work_which_a_death_does_not_double(
    room: Room, charlie: int, bob: Manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "CHUNK", 2)
    people = [charlie, *[await make_contact(room.database, name=f"Ivan {one}") for one in range(4)]]
    await bob.offers("no_birthday")
    (said,) = await room.bob.presses("qaskgo", bob.message)
    assert "0 of 5" in said["text"]
    assert await questions(room) == []
    office = make_office(room.database, place=room.office.place, clock=room.office.clock)
    job = await room.database.write(lambda tx: work.claim(tx, by="me", now=NOON))
    assert job is not None
    assert job.kind == asking.WORK
    done: list[int] = []
    chunk = asking_work._chunk

    async def dies(*args: Any) -> bool:
        done.append(1)
        if len(done) == 2:
            raise SystemError("killed")
        return await chunk(*args)

    monkeypatch.setattr(asking_work, "_chunk", dies)
    with pytest.raises(SystemError):
        await asking_work.ask(office, job.payload)
    assert len(await questions(room)) == 2
    await asking_work.ask(office, job.payload)
    await asking_work.ask(office, job.payload)
    rows = await questions(room)
    assert [row.contact_id for row in rows] == people
    assert [row.due_at - NOON for row in rows] == [place * asking.APART for place in range(5)]
    assert "Sent: 0 of 5" in (await room.latest(BOB)).payload["text"]


async def test_long_work_that_was_stopped_plans_no_more(
    room: Room, charlie: int, bob: Manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "CHUNK", 0)
    await bob.offers("no_birthday")
    await room.bob.presses("qaskgo", bob.message)
    await room.bob.presses("qaskstop", bob.message)
    monkeypatch.setattr(asking, "CHUNK", 2)
    (job,) = await room.rows("work", kind=asking.WORK)
    await asking_work.ask(make_office(room.database, place=room.office.place, clock=room.office.clock), job.payload)
    assert await questions(room) == []


async def test_who_was_mended_or_refused_since_the_planning_is_not_asked(
    room: Room, charlie: int, bob: Manager
) -> None:
    await bob.asks("no_birthday")
    assert await wanted(room)
    await room.database.write(lambda tx: _born(tx, charlie, "1990-03-08"))
    assert not await wanted(room)


async def test_a_question_is_still_put_to_who_was_silent_about_consent_but_not_to_who_refused(
    room: Room, bob: Manager
) -> None:
    await room.charlie.says("Hello")
    await bob.asks("no_birthday")
    assert await wanted(room)
    card = await room.row("contacts", telegram_id=CHARLIE)
    await room.database.write(lambda tx: contacts.change(tx, card.id, consent_refused=AGREED, now=NOON))
    assert not await wanted(room)


async def wanted(room: Room) -> bool:
    """Whether the one question that waits still makes sense."""
    place: Place = room.office.place

    async def unit(tx: Tx) -> bool:
        (row,) = [one for one in await outbox.claim(tx, by="t", now=NOON, limit=99, busy=()) if one.key[:4] == "ask:"]
        outcomes.record_deferred(tx, row.id, NOON, {})
        return await asking.still_wanted(tx, place, row, now=NOON)

    return await room.database.write(unit)
