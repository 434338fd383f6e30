"""A request on its way: what each press changes, for the team, for the customer and on the card."""

from __future__ import annotations

from datetime import timedelta

from services import alerting, speaking
from storage import contacts
from storage.engine import Tx
from tests.handlers.staff.rooms import ALICE, BOB, Room, buttons
from tests.storage.makers import make_contact, make_request


async def _contact(room: Room) -> contacts.Contact:
    async with room.database.read() as db:
        found = await contacts.get(db, room.olga)
    assert found is not None
    return found


async def test_the_taker_has_the_request_and_its_contact(room: Room) -> None:
    """Taking makes the taker the owner of both; the customer hears one line; the timeline knows who."""
    said = await room.bob.presses(f"take:{room.request}")
    request = await room.row("requests", id=room.request)
    assert (request.stage, request.owner_id) == ("taken", room.bob_id)
    assert (await _contact(room)).owner_id == room.bob_id
    assert (await room.row("events", kind="stage")).staff_id == room.bob_id
    news = await room.row("outbox", contact_id=room.olga)
    assert "у роботі" in news.payload["text"]
    assert any("Bob is on it" in payload.get("text", "") for payload in said)


async def test_the_second_to_take_hears_who_was_first(room: Room) -> None:
    """Nothing changes by the second press."""
    await room.bob.presses(f"take:{room.request}")
    before = await room.snapshot()
    await room.alice.presses(f"take:{room.request}")
    assert "Bob was first" in room.office.ears.toasts[-1]
    await room.bob.presses(f"take:{room.request}")
    assert room.office.ears.toasts[-1] == "You have it already."
    assert await room.snapshot() == before


async def test_done_thanks_the_customer_and_plans_the_survey(room: Room) -> None:
    """It leaves the queue; reopened, the survey is taken back and it is in work again."""
    await room.bob.presses(f"done:{room.request}")
    assert (await room.row("requests", id=room.request)).stage == "done"
    assert (await _contact(room)).open_requests == 0
    said = await room.rows("outbox", contact_id=room.olga)
    assert [row.purpose for row in said if row.key.startswith("news:")] == ["service"]
    surveys = [row for row in said if row.key.startswith("survey:")]
    assert surveys
    assert all(row.due_at > room.office.clock.now() for row in surveys)
    await room.bob.presses(f"reopen:{room.request}")
    assert (await room.row("requests", id=room.request)).stage == "taken"
    assert (await _contact(room)).open_requests == 1
    assert {row.state for row in await room.rows("outbox", contact_id=room.olga) if row.key.startswith("survey:")} == {
        "cancelled"
    }


async def test_a_closed_request_is_not_closed_again(room: Room) -> None:
    """A stale button says what it is now; the roll-ups are counted once."""
    await room.bob.presses(f"done:{room.request}")
    await room.alice.presses(f"done:{room.request}")
    assert "done already" in room.office.ears.toasts[-1]
    await room.alice.presses(f"why:{room.request}:0")
    assert (await room.row("requests", id=room.request)).stage == "done"
    assert (await _contact(room)).open_requests == 0


async def test_lost_has_a_reason_of_the_pipeline_or_ones_own(room: Room) -> None:
    """The reasons are the owner's, in the reader's language; what is kept is in the business's."""
    (asked,) = await room.bob.presses(f"lost:{room.request}")
    assert f"why:{room.request}:1" in buttons(asked)
    await room.bob.presses(f"why:{room.request}:1")
    request = await room.row("requests", id=room.request)
    assert (request.stage, request.lost_reason) == ("lost", "Дорого")
    await room.bob.presses(f"reopen:{room.request}")
    assert (await room.row("requests", id=room.request)).lost_reason is None
    await room.bob.presses(f"why:{room.request}:own")
    await room.bob.says("Moved <away>")
    request = await room.row("requests", id=room.request)
    assert (request.stage, request.lost_reason) == ("lost", "Moved <away>")


async def test_spam_hides_and_silences_until_undone(room: Room) -> None:
    """The request leaves the queue and the search; what they write alerts nobody; undone, all is as before."""
    before = await room.row("requests", id=room.request)
    await room.bob.presses(f"spam:{room.request}")
    assert (await _contact(room)).spam_at is not None
    assert (await _contact(room)).open_requests == 0
    assert "empty" in (await room.bob.says("/queue"))[0]["text"]
    assert "Nobody" in (await room.bob.says("Koval"))[0]["text"]
    olga = room.office.person((await _contact(room)).telegram_id or 0, "Olga")
    await olga.says("Buy now!")
    assert not [row for row in await room.rows("outbox") if row.key.startswith("wrote:")]
    await room.bob.presses(f"unspam:{room.olga}:{room.request}")
    after = await room.row("requests", id=room.request)
    assert (after.stage, after.owner_id) == (before.stage, before.owner_id)
    assert (await _contact(room)).open_requests == 1
    await olga.says("I meant it well")
    assert len([row for row in await room.rows("outbox") if row.key.startswith("wrote:")]) == 2


async def test_the_card_of_a_request_changes_wherever_the_team_has_it(room: Room) -> None:
    """Alice's message shows that Bob took it, in Alice's words."""
    now = room.office.clock.now()

    async def alert(tx: Tx) -> None:
        for say in await alerting.request_created(tx, room.office.place, room.request, now):
            speaking.say(tx, say, now=now)

    await room.database.write(alert)
    await room.delivered()
    keys = {f"request:{room.request}:{chat}" for chat in (ALICE, BOB)}
    assert {row.key for row in await room.rows("outbox") if row.key.startswith("request:")} == keys
    await room.bob.presses(f"take:{room.request}")
    for row in await room.rows("outbox"):
        if row.key in keys:
            assert "Bob is on it" in row.payload["text"]
            assert row.revision > row.sent_revision
            assert row.payload["protect"] is True


async def test_the_queue_is_the_oldest_first(room: Room) -> None:
    """With how long each has waited."""
    taras = await make_contact(room.database, name="Taras")
    old = await make_request(room.database, taras, created_at=room.office.clock.now() - timedelta(days=3))
    (queue,) = await room.bob.says("/queue")
    assert buttons(queue)[:2] == [f"open:{old}", f"open:{room.request}"]
    assert "3 days" in queue["text"]
