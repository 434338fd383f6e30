"""Purchases as the team records them: what is read, shown, written once, and given back."""

from __future__ import annotations

from typing import Any

import pytest

from storage import contacts, loyalty_points, tables
from storage.contacts import Contact
from storage.engine import Tx
from tests.clocks import NOON
from tests.handlers.staff.rooms import ALICE, BOB, Room, buttons
from tests.storage.makers import make_contact, make_purchase


async def card(room: Room, contact_id: int | None = None) -> Contact:
    async with room.database.read() as db:
        found = await contacts.get(db, contact_id or room.olga)
    assert found is not None
    return found


async def give(room: Room, points: int, contact_id: int | None = None) -> None:
    async def unit(tx: Tx) -> None:
        await loyalty_points.move(tx, contact_id or room.olga, points, "gift", now=NOON)

    await room.database.write(unit)


async def pressed(room: Room, talker: Any, chat: int, data: str) -> list[dict[str, Any]]:
    """A button of the newest message in the chat."""
    latest = await room.latest(chat)
    assert data in buttons(latest.payload), buttons(latest.payload)
    said: list[dict[str, Any]] = await talker.presses(data, message_id=latest.message_id)
    return said


async def sold(room: Room, text: str) -> None:
    """Bob writes the command and confirms."""
    await room.bob.says(text)
    await pressed(room, room.bob, BOB, "sok")


async def test_a_sale_is_shown_as_it_was_read_and_recorded_when_confirmed(room: Room) -> None:
    (said,) = await room.bob.says(f"/sale {room.olga} 1 500,50 грн стрижка <b>")
    assert "1,500.50\u00a0₴" in said["text"]
    assert "стрижка &lt;b&gt;" in said["text"]
    assert said["protect"]
    assert not await room.rows("purchases")
    (receipt,) = await pressed(room, room.bob, BOB, "sok")
    bought = await room.row("purchases")
    assert (bought.amount, bought.currency, bought.value, bought.what) == (150050, "UAH", 150050, "стрижка <b>")
    assert (bought.staff_id, bought.points) == (room.bob_id, 75)
    olga = await card(room)
    assert (olga.purchases, olga.spent, olga.last_purchase_at, olga.points) == (1, 150050, NOON, 75)
    assert olga.status == "active"
    assert "75 points earned" in receipt["text"]
    event = await room.row("events", kind="purchase")
    assert (event.contact_id, event.staff_id, event.data["amount"]) == (room.olga, room.bob_id, 150050)


async def test_another_currency_is_brought_to_the_business_own(room: Room) -> None:
    (said,) = await room.bob.says(f"/sale {room.olga} $20 gift card")
    assert "$20</b> = 830\u00a0₴" in said["text"]
    await pressed(room, room.bob, BOB, "sok")
    bought = await room.row("purchases")
    assert (bought.amount, bought.currency, bought.value) == (2000, "USD", 83000)
    assert (await card(room)).spent == 83000


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("20 GEL", "no rate for GEL"),
        ("-500", "Refund"),
        ("стрижка", "no sum"),
        ("1,2,3", "cannot read"),
        ("10.123", "2 digits"),
        ("0", "above zero"),
    ],
)
async def test_what_is_no_sum_is_asked_again_with_what_to_write(room: Room, typed: str, hint: str) -> None:
    """The question stays open: a right sum goes on."""
    typed = "10.1234" if hint == "2 digits" else typed
    (said,) = await room.bob.says(f"/sale {room.olga} {typed}")
    assert hint in said["text"]
    assert (await room.bob.conversation()).flow == "sale"
    (again,) = await room.bob.says("500 стрижка")
    assert "500\u00a0₴" in again["text"]
    assert (await room.bob.conversation()).flow is None


async def test_a_sale_without_a_sum_asks_for_it(room: Room) -> None:
    """By the command, and from the card's button."""
    (asked,) = await room.bob.says(f"/sale {room.olga}")
    assert "How much" in asked["text"]
    (asked,) = await room.bob.presses(f"sale:{room.olga}")
    assert "Olga Koval" in asked["text"]
    await room.bob.says("700")
    await pressed(room, room.bob, BOB, "sok")
    assert (await room.row("purchases")).value == 70000


async def test_another_sum_may_be_written_before_it_is_recorded(room: Room) -> None:
    await room.bob.says(f"/sale {room.olga} 5000 стрижка")
    await pressed(room, room.bob, BOB, "schange")
    (said,) = await room.bob.says("500")
    assert "стрижка" in said["text"]
    await pressed(room, room.bob, BOB, "sok")
    assert (await room.row("purchases")).value == 50000


async def test_pressed_twice_it_is_one_purchase(room: Room) -> None:
    """The second press, also of a button that looks as before, hears who has done it."""
    await room.bob.says(f"/sale {room.olga} 500")
    message = (await room.latest(BOB)).message_id
    await room.bob.presses("sok", message_id=message)
    await room.bob.presses("sok", message_id=message)
    assert "Bob has recorded" in room.office.ears.toasts[-1]
    await room.bob.presses("spts", message_id=message)
    await room.bob.presses("schange", message_id=message)
    assert len(await room.rows("purchases")) == 1
    assert (await card(room)).spent == 50000


async def test_two_managers_record_what_a_request_brought_once(room: Room) -> None:
    """Each in their own chat, each with a confirmation open. A second purchase by it is another, and is said to be."""
    done = await room.bob.presses(f"done:{room.request}")
    assert any(f"bought:{room.request}" in buttons(one) for one in done)
    for talker in (room.bob, room.alice):
        await talker.presses(f"bought:{room.request}")
        (said,) = await talker.says("900")
        assert "Записатися" in said["text"]
    await pressed(room, room.alice, ALICE, "sok")
    await pressed(room, room.bob, BOB, "sok")
    assert "Alice has recorded" in room.office.ears.toasts[-1]
    bought = await room.row("purchases")
    assert (bought.request_id, bought.value) == (room.request, 90000)
    await room.bob.presses(f"bought:{room.request}")
    (said,) = await room.bob.says("100")
    assert "brought a purchase already" in said["text"]
    await pressed(room, room.bob, BOB, "sok")
    assert len(await room.rows("purchases", request_id=room.request)) == 2


async def test_a_promo_code_takes_its_share_off(room: Room) -> None:
    (said,) = await room.bob.says(f"/sale {room.olga} 1000 стрижка promo:лён10")
    assert "\u2212100\u00a0₴" in said["text"]
    assert "900\u00a0₴" in said["text"]
    await pressed(room, room.bob, BOB, "sok")
    bought = await room.row("purchases")
    assert (bought.value, bought.promo, bought.what) == (90000, "ЛЁН10", "стрижка")


@pytest.mark.parametrize(
    ("code", "why"), [("NOPE", "no promo code"), ("СВЯТО", "not valid yet"), ("<b>", "no promo code")]
)
async def test_a_wrong_code_is_told_and_the_price_is_whole(room: Room, code: str, why: str) -> None:
    (said,) = await room.bob.says(f"/sale {room.olga} promo:{code} 1000")
    assert why in said["text"]
    assert "<b><b>" not in said["text"]
    await pressed(room, room.bob, BOB, "sok")
    bought = await room.row("purchases")
    assert (bought.value, bought.promo) == (100000, None)


async def test_a_spent_code_is_told_and_comes_back_with_the_money(room: Room) -> None:
    """Also when it was spent between the confirmation and the press."""
    await room.bob.says(f"/sale {room.olga} 1000 promo:ЛЁН10")
    early = (await room.latest(BOB)).message_id
    await sold(room, f"/sale {room.olga} 1000 promo:ЛЁН10")
    await room.bob.presses("sok", message_id=early)
    assert "cannot be used any more" in room.office.ears.toasts[-1]
    (said,) = await room.bob.says(f"/sale {room.olga} 1000 promo:ЛЁН10")
    assert "has used the promo code" in said["text"]
    bought = await room.row("purchases")
    await room.bob.presses(f"refok:{bought.id}:0:{bought.value}")
    (said,) = await room.bob.says(f"/sale {room.olga} 1000 promo:ЛЁН10")
    assert "\u2212100" in said["text"]


async def test_points_pay_a_part_and_come_back_with_a_refund(room: Room) -> None:
    await give(room, 1000)
    await room.bob.says(f"/sale {room.olga} 1000")
    (said,) = await pressed(room, room.bob, BOB, "spts")
    assert "300 points" in said["text"]
    assert "700\u00a0₴" in said["text"]
    await pressed(room, room.bob, BOB, "sok")
    bought = await room.row("purchases")
    assert (bought.value, bought.points) == (70000, 35)
    assert (await card(room)).points == 1000 - 300 + 35
    await room.bob.presses(f"refok:{bought.id}:0:35000")
    assert (await card(room)).points == 1000 - 150 + 17
    await room.bob.presses(f"refok:{bought.id}:35000:35000")
    olga = await card(room)
    assert (olga.points, olga.purchases, olga.spent, olga.last_purchase_at) == (1000, 0, 0, None)


async def test_points_that_went_meanwhile_pay_nothing(room: Room) -> None:
    await give(room, 300)
    await room.bob.says(f"/sale {room.olga} 1000")
    await pressed(room, room.bob, BOB, "spts")
    message = (await room.latest(BOB)).message_id
    await give(room, -200)
    await room.bob.presses("sok", message_id=message)
    assert "have changed" in room.office.ears.toasts[-1]
    assert not await room.rows("purchases")


async def test_a_level_multiplies_what_is_earned(room: Room) -> None:
    await make_purchase(room.database, room.olga, 2000000)
    await sold(room, f"/sale {room.olga} 1000")
    assert (await card(room)).points == 75


async def test_the_history_is_paged_and_opens_each_purchase(room: Room) -> None:
    for number in range(10):
        await make_purchase(room.database, room.olga, 10000 + number, what=f"Visit {number} <i>")
    (said,) = await room.vera.presses(f"sales:{room.olga}:0")
    assert "10 purchases" in said["text"]
    assert "Visit 9 &lt;i&gt;" in said["text"]
    assert "Visit 1 " not in said["text"]
    assert f"sales:{room.olga}:8" in buttons(said)
    assert f"sale:{room.olga}" not in buttons(said)
    (said,) = await room.bob.presses(f"sales:{room.olga}:8")
    assert "Visit 1 " in said["text"]
    (said,) = await room.vera.presses("buy:1")
    assert not any(one.startswith("ref") for one in buttons(said))
    (said,) = await room.bob.presses("buy:1")
    assert {"refall:1", "refpart:1"} <= set(buttons(said))


async def test_a_part_goes_back_by_its_sum(room: Room) -> None:
    await sold(room, f"/sale {room.olga} $20")
    bought = await room.row("purchases")
    await room.bob.presses(f"refpart:{bought.id}")
    (asked,) = await room.bob.says("21")
    assert "more than is left" in asked["text"]
    (asked,) = await room.bob.says("5")
    assert "207.50\u00a0₴" in asked["text"]
    await pressed(room, room.bob, BOB, f"refok:{bought.id}:0:20750")
    assert (await room.row("purchases")).refunded == 20750
    assert (await card(room)).spent == 83000 - 20750
    (seen,) = await room.bob.presses(f"buy:{bought.id}")
    assert "$15 left" in seen["text"]
    (asked,) = await room.bob.presses(f"refall:{bought.id}")
    assert f"refok:{bought.id}:20750:62250" in buttons(asked)
    assert (await room.row("events", kind="refund")).data["amount"] == 20750


async def test_a_refund_pressed_twice_is_one(room: Room) -> None:
    bought = await make_purchase(room.database, room.olga, 50000)
    await room.bob.presses(f"refok:{bought}:0:20000")
    await room.alice.presses(f"refok:{bought}:0:20000")
    assert "meanwhile" in room.office.ears.toasts[-1]
    await room.bob.presses(f"refok:{bought}:20000:40000")
    assert "more than is left" in room.office.ears.toasts[-1]
    await room.bob.presses(f"refok:{bought}:20000:0")
    assert (await room.row("purchases")).refunded == 20000


async def test_points_are_given_and_taken_with_a_reason(room: Room) -> None:
    (said,) = await room.bob.says(f"/points {room.olga} +1 000 день <народження>")
    assert "1,000 points" in said["text"]
    (said,) = await room.bob.says(f"/points {room.olga} -400, помилка")
    assert (await card(room)).points == 600
    moves = [(one.amount, one.reason, one.note, one.staff_id) for one in await room.rows("point_moves")]
    assert moves == [
        (1000, "gift", "день <народження>", room.bob_id),
        (-400, "correction", "помилка", room.bob_id),
    ]
    (said,) = await room.vera.says(f"/points {room.olga}")
    assert "600" in said["text"]
    assert "день &lt;народження&gt;" in said["text"]
    assert said["protect"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("+50", "What for"),
        ("50 birthday", "Write /points"),
        ("-1 too many", "only 0 points"),
        ("+99999999999 much", "too many"),
        ("+0 nothing", "too many or too few"),
    ],
)
async def test_a_correction_that_makes_no_sense_is_refused(room: Room, said: str, why: str) -> None:
    (answer,) = await room.bob.says(f"/points {room.olga} {said}")
    assert why in answer["text"]
    assert not await room.rows("point_moves")


async def test_a_viewer_gives_no_points(room: Room) -> None:
    (answer,) = await room.vera.says(f"/points {room.olga} +50 birthday")
    assert "not change" in answer["text"]
    assert not await room.rows("point_moves")


async def test_a_purchase_is_read_on_the_timeline(room: Room) -> None:
    await sold(room, f"/sale {room.olga} 500 стрижка")
    await room.bob.says(f"/points {room.olga} +50 birthday")
    await room.bob.presses(f"refok:{(await room.row('purchases')).id}:0:50000")
    (line,) = await room.bob.presses(f"line:{room.olga}:0")
    for words in ("Bought for 500\u00a0₴", "Refunded 500\u00a0₴", "Points: +50", "стрижка"):
        assert words in line["text"]


async def test_a_customer_sees_their_own_points_and_no_notes(room: Room) -> None:
    """The balance, the level, what is missing to the next, the last moves."""
    charlie = await make_contact(room.database, telegram_id=904, name="Charlie", language="ru")
    await make_purchase(room.database, charlie, 600000)
    await give(room, 21, charlie)
    await room.bob.says(f"/points {charlie} +1 sorry for the rude master")
    (said,) = await room.charlie.says("/points")
    assert "<b>22</b> балла" in said["text"]
    assert "Свои" in said["text"]
    assert "«Семья» осталось 14\u00a0000\u00a0₴" in said["text"]
    assert "rude" not in said["text"]


async def test_who_has_no_card_yet_hears_how_points_come(room: Room) -> None:
    (said,) = await room.charlie.says("/points")
    assert "Баллы начисляются" in said["text"]
    (said,) = await room.charlie.says("/help")
    assert "/points" in said["text"]
    assert [one.id for one in await room.rows("contacts")] == [room.olga]


async def test_a_business_without_points_gives_none(room: Room) -> None:
    room.office.place.playbooks.current = room.office.playbook.model_copy(update={"loyalty": None})
    (said,) = await room.charlie.says("/points")
    assert "программы у нас сейчас нет" in said["text"]
    (said,) = await room.charlie.says("/help")
    assert "/points" not in said["text"]
    for words in ("", " +50 birthday"):
        (said,) = await room.bob.says(f"/points {room.olga}{words}")
        assert "gives no points" in said["text"]
    await sold(room, f"/sale {room.olga} 500")
    assert (await room.row("purchases")).points == 0
    assert not await room.rows("point_moves")


async def test_what_was_erased_with_a_person_is_gone(room: Room) -> None:
    """Their purchases and points go with their card; an old button says so."""
    await sold(room, f"/sale {room.olga} 500 стрижка")
    bought = await room.row("purchases")

    async def erase(tx: Tx) -> None:
        await tx.run(tables.contacts.delete().where(tables.contacts.c.id == room.olga))

    await room.database.write(erase)
    assert not await room.rows("purchases")
    assert not await room.rows("point_moves")
    await room.bob.presses(f"buy:{bought.id}")
    assert "no purchase" in room.office.ears.toasts[-1]


async def test_a_cancel_that_comes_after_the_sum_was_recorded_does_not_say_that_it_is_cancelled(room: Room) -> None:
    (asked,) = await room.bob.presses(f"sale:{room.olga}")
    (cancel,) = buttons(asked)
    await room.bob.says("1500")
    await pressed(room, room.bob, BOB, "sok")
    (said,) = await room.bob.presses(cancel)
    assert "what was recorded stays" in said["text"]
    assert said["text"] != "Cancelled."
    await room.row("purchases")


async def test_a_cancel_while_the_sum_is_asked_for_is_one(room: Room) -> None:
    (asked,) = await room.bob.presses(f"sale:{room.olga}")
    (said,) = await room.bob.presses(buttons(asked)[0])
    assert said["text"] == "Cancelled."
    assert (await room.bob.conversation()).flow is None
