"""The card's profile in the team's hands: fields of every kind, family, the preferred phone, status and level."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from locales import words_in
from services import profiling
from storage import contacts, personal
from storage.contacts import Contact
from storage.engine import Database
from tests.clocks import NOON
from tests.handlers.desk import Office
from tests.handlers.staff.rooms import SALON, Room, buttons, make_room
from tests.storage.makers import make_phone, make_request
from views import my_data

OWN = """
[[field]]
id = "bonus"
type = "money"
edit = "owner"
title = { ru = "Надбавка", uk = "Надбавка", en = "Bonus" }

[[field]]
id = "secret"
see = "owner"
edit = "owner"
title = { ru = "Тайна", uk = "Таємниця", en = "Secret" }

[[field]]
id = "likes"
type = "choices"
title = { ru = "Любит", uk = "Любить", en = "Likes" }
option = [
  { id = "tea", title = { ru = "Чай", uk = "Чай", en = "Tea" } },
  { id = "coffee", title = { ru = "Кофе", uk = "Кава", en = "Coffee" } },
]

[[level]]
id = "partner"
title = { ru = "Партнёр", uk = "Партнер", en = "Partner" }

[[pipeline]]
id = "visits"
"""


@pytest.fixture
async def room(database: Database) -> Room:
    made = await make_room(database)
    text = SALON.replace('[[pipeline]]\nid = "visits"\n', OWN.lstrip(), 1)
    office = await Office(database, text).open(text)
    office.clock = made.office.clock
    made.alice.office = made.bob.office = made.vera.office = made.charlie.office = made.office = office
    return made


async def olga(room: Room) -> Contact:
    async with room.database.read() as db:
        found = await contacts.get(db, room.olga)
    assert found is not None
    return found


async def change(room: Room, **values: Any) -> None:
    await room.database.write(lambda tx: contacts.change(tx, room.olga, now=NOON, **values))


async def card(room: Room, who: Any = None) -> str:
    shown, *_ = await (who or room.bob).says(f"/card {room.olga}")
    return str(shown["text"])


async def test_a_birthday_is_typed_with_its_year_or_without_it(room: Room) -> None:
    await room.bob.presses(f"edf:{room.olga}:birthday")
    await room.bob.says("29 February")
    assert (await olga(room)).fields == {"birthday": "--02-29"}
    await room.bob.presses(f"edf:{room.olga}:birthday")
    (asked,) = await room.bob.says("30.02.1990")
    assert "no such day" in asked["text"]
    await room.bob.says("8 March 1990")
    assert (await olga(room)).fields == {"birthday": "1990-03-08"}
    assert "Birthday: 8 Mar 1990" in await card(room)


async def test_several_options_are_switched_on_and_off_by_buttons(room: Room) -> None:
    """The screen stays open and shows what is on."""
    await room.bob.presses(f"edf:{room.olga}:likes")
    await room.bob.presses(f"setf:{room.olga}:likes:1")
    (shown,) = await room.bob.presses(f"setf:{room.olga}:likes:0")
    assert (await olga(room)).fields["likes"] == ["tea", "coffee"]
    assert [row[0]["text"][:1] for row in shown["buttons"][:2]] == ["✅", "✅"]
    await room.bob.presses(f"setf:{room.olga}:likes:1")
    assert "Likes: Tea" in await card(room)
    await room.bob.presses(f"setf:{room.olga}:likes:none")
    assert (await olga(room)).fields == {}


async def test_yes_and_no_are_two_buttons_and_no_is_an_answer(room: Room) -> None:
    await room.bob.presses(f"edf:{room.olga}:allergy")
    await room.bob.presses(f"setf:{room.olga}:allergy:1")
    assert (await olga(room)).fields == {"allergy": False}
    assert "Allergic to dye: no" in await card(room)
    await room.bob.presses(f"setf:{room.olga}:allergy:2")
    assert (await olga(room)).fields == {"allergy": False}


async def test_what_only_an_owner_may_change_a_manager_sees_and_cannot(room: Room) -> None:
    await room.alice.presses(f"edf:{room.olga}:bonus")
    await room.alice.says("1 500,50")
    assert (await olga(room)).fields == {"bonus": 1500.5}
    assert "Bonus: 1,500.5" in await card(room)
    (screen,) = await room.bob.presses(f"edit:{room.olga}")
    assert f"edf:{room.olga}:bonus" not in buttons(screen)
    assert await room.bob.presses(f"edf:{room.olga}:bonus") == []
    assert "Only an owner" in room.office.ears.toasts[-1]
    await room.bob.presses(f"setf:{room.olga}:bonus:none")
    assert (await olga(room)).fields == {"bonus": 1500.5}


async def test_what_only_an_owner_sees_is_on_nobody_elses_screen(room: Room) -> None:
    await change(room, fields={"secret": "Xyzzy"})
    assert "Xyzzy" in await card(room, room.alice)
    assert "Xyzzy" not in await card(room)
    (screen,) = await room.bob.presses(f"edit:{room.olga}")
    assert "Xyzzy" not in str((screen, await room.bob.presses(f"edf:{room.olga}:secret")))


async def test_personal_fields_wait_for_consent(room: Room) -> None:
    """Of a guest only what is not about them can be written down: where, not who."""
    await change(room, consent_version=None)
    (screen,) = await room.bob.presses(f"edit:{room.olga}")
    data = buttons(screen)
    assert f"edf:{room.olga}:city" in data
    assert f"edf:{room.olga}:birthday" not in data
    await room.bob.presses(f"setf:{room.olga}:sex:0")
    await room.bob.presses(f"kinadd:{room.olga}:child")
    await room.bob.says("Марія")
    assert (await olga(room)).fields == {}
    assert await room.rows("relatives") == []


async def test_children_are_told_in_a_line_and_shown_with_their_age(room: Room) -> None:
    await room.bob.presses(f"kinadd:{room.olga}:child")
    (shown,) = await room.bob.says("Марія, 8 березня 2015")
    assert "Марія · 8 Mar 2015 (11 years old)" in shown["text"]
    row = await room.row("relatives")
    assert (row.kind, row.name, row.birthday, row.month_day) == ("child", "Марія", "2015-03-08", 308)
    assert "Марія" in await card(room)
    await room.bob.presses(f"kindel:{room.olga}:{row.id}")
    assert await room.rows("relatives") == []


async def test_a_doubtful_birthday_of_a_child_is_asked_about(room: Room) -> None:
    """03/08 is two days in English: both are offered, and the name is not asked again."""
    await room.bob.presses(f"kinadd:{room.olga}:spouse")
    (asked,) = await room.bob.says("Ivan 03/08")
    assert [button["text"] for row in asked["buttons"][:2] for button in row] == ["8 Mar", "3 Aug"]
    await room.bob.presses("kinpick:1")
    row = await room.row("relatives")
    assert (row.name, row.birthday, row.month_day) == ("Ivan", "--08-03", 803)
    await room.bob.presses("kinpick:1")
    assert len(await room.rows("relatives")) == 1


async def test_a_birthday_that_is_none_is_asked_again_and_a_family_has_an_end(room: Room) -> None:
    await room.bob.presses(f"kinadd:{room.olga}:child")
    (asked,) = await room.bob.says("Петрик, 30.02.2015")
    assert "no such day" in asked["text"]
    await room.bob.says("Петрик")
    for number in range(profiling.MOST + 2):
        await room.bob.presses(f"kinadd:{room.olga}:child")
        await room.bob.says(f"Child no{number}")
    assert len(await room.rows("relatives")) == profiling.MOST


async def test_another_contacts_child_is_not_taken_off_by_a_forged_button(room: Room) -> None:
    await room.bob.presses(f"kinadd:{room.olga}:child")
    await room.bob.says("Марія")
    row = await room.row("relatives")
    await room.bob.presses(f"kindel:{room.olga + 1}:{row.id}")
    assert len(await room.rows("relatives")) == 1


async def test_one_of_several_phones_is_the_one_to_use_first(room: Room) -> None:
    other = await make_phone(room.database, room.olga, "+380671112233")
    (asked,) = await room.bob.presses(f"ed:{room.olga}:phone")
    assert f"prefp:{room.olga}:{other}" in buttons(asked)
    for _ in range(2):
        await room.bob.presses(f"prefp:{room.olga}:{other}")
        async with room.database.read() as db:
            points = await contacts.points(db, room.olga)
        assert [(one.id == other, one.preferred) for one in points] == [(True, True), (False, False)]
    assert "+380 67 111 2233</code> ⭐" in await card(room)


async def test_the_timeline_calls_fields_by_their_names(room: Room) -> None:
    """The owner's by the owner's words and options, ours by the reader's; what only became the first is said so."""
    await room.bob.presses(f"setf:{room.olga}:sex:0")
    await room.bob.presses(f"pick:{room.olga}:level:partner")
    await room.bob.presses(f"prefp:{room.olga}:1")
    await room.bob.presses(f"delp:{room.olga}:1")
    (page,) = await room.bob.presses(f"line:{room.olga}:0")
    for line in ("Пол: Женский", "Level: Партнёр", "Phone: ⭐", "Phone: —"):
        assert line in page["text"], line


async def test_a_person_is_told_of_their_family_with_their_data(room: Room) -> None:
    await room.bob.presses(f"kinadd:{room.olga}:child")
    await room.bob.says("Марія, 8 березня 2015")
    async with room.database.read() as db:
        found = await personal.everything(db, room.olga, (await olga(room)).telegram_id)
    readable = my_data.readable(words_in("uk"), room.office.playbook, found, zone=ZoneInfo("Europe/Kyiv"), now=NOON)
    assert "ВАША РОДИНА\nМарія, 8 березня 2015" in readable


async def test_a_status_set_by_hand_stays_until_it_is_given_back_to_the_rules(room: Room) -> None:
    await change(room, purchases=2, spent=150_000, last_purchase_at=NOON - timedelta(days=15))
    await room.bob.presses(f"pick:{room.olga}:status:vip")
    found = await olga(room)
    assert (found.status, found.status_pinned, found.status_at) == ("vip", True, NOON)
    assert "Status: VIP (set by hand)" in await card(room)
    assert (await room.row("events", kind="status")).data == {"from": "potential", "to": "vip"}
    await room.bob.presses(f"pick:{room.olga}:status:rules")
    found = await olga(room)
    assert (found.status, found.status_pinned) == ("repeat", False)
    text = await card(room)
    assert "Status: regular" in text
    assert "set by hand" not in text
    assert "2 purchases, 1,500\u00a0₴, the last 2 weeks ago" in text
    (page,) = await room.bob.presses(f"line:{room.olga}:0")
    assert "status: VIP → regular" in page["text"]


async def test_a_level_of_ones_own_is_put_on_and_taken_off(room: Room) -> None:
    await room.bob.presses(f"pick:{room.olga}:level:partner")
    assert (await olga(room)).level == "partner"
    assert "Level: Partner" in await card(room)
    await room.bob.presses(f"pick:{room.olga}:level:emperor")
    assert (await olga(room)).level == "partner"
    await room.bob.presses(f"pick:{room.olga}:level:0")
    assert (await olga(room)).level is None


async def test_who_asked_and_never_bought_is_remembered_with_the_reason(room: Room) -> None:
    """Until they buy: then it is no longer what stands between us."""
    await make_request(
        room.database, room.olga, stage="lost", lost_reason="Too <expensive>", closed_at=NOON - timedelta(days=3)
    )
    assert "came to nothing: Too &lt;expensive&gt;" in await card(room)
    await change(room, purchases=1, last_purchase_at=NOON)
    assert "came to nothing" not in await card(room)


async def test_a_requests_card_shows_the_fields_that_are_for_all_cards(room: Room) -> None:
    """In the team's group, where everybody reads: what only some may see is not there."""
    await change(room, fields={"city": "Львів", "allergy": True, "colour": "7/1", "secret": "Xyzzy"})
    (shown,) = await room.alice.presses(f"open:{room.request}")
    assert "City: Львів" in shown["text"]
    assert "Allergic to dye: yes" in shown["text"]
    assert "7/1" not in shown["text"]
    assert "Xyzzy" not in shown["text"]
