"""How good the base is: the figure, the faults with their people, how it changes."""

from __future__ import annotations

from datetime import timedelta

from scheduler import quality_round
from tests.clocks import NOON
from tests.handlers.staff.rooms import ALICE, Room, buttons
from tests.places import make_office
from tests.storage.makers import make_contact


async def test_each_fault_is_counted_and_leads_to_its_people(room: Room) -> None:
    await make_contact(room.database, name=None, telegram_id=None, reachable=False)
    (said,) = await room.bob.says("/quality")
    assert "of 100" in said["text"]
    assert "No name: 1 (50 %)" in said["text"]
    assert "qline:no_name" in buttons(said)
    (people,) = await room.bob.presses("qline:no_name", (await room.latest(902)).message_id)
    assert "Guest" in people["text"]


async def test_a_card_that_is_mended_raises_the_figure(room: Room) -> None:
    async def score() -> int:
        (said,) = await room.alice.says("/quality")
        return int(said["text"].split("base: ")[1].split(" of")[0])

    before = await score()
    await make_contact(room.database, name=None, telegram_id=None, reachable=False)
    assert await score() < before


async def test_the_last_month_is_drawn(room: Room) -> None:
    office = make_office(room.database, place=room.office.place, clock=room.office.clock)
    room.office.clock.move_to(NOON)
    await quality_round.assess(office)
    for day in range(1, 4):
        room.office.clock.move_to(NOON + timedelta(days=day))
        await make_contact(room.database, name=None)
        await quality_round.assess(office)
        await quality_round.assess(office)  # twice a day is one day
    (said,) = await room.alice.says("/quality")
    assert "This month:" in said["text"]
    assert len({row.day for row in await room.rows("quality_counts")}) == 4


async def test_the_month_ends_with_the_figure_of_now(room: Room) -> None:
    office = make_office(room.database, place=room.office.place, clock=room.office.clock)
    room.office.clock.move_to(NOON)
    await quality_round.assess(office)
    room.office.clock.move_to(NOON + timedelta(days=1))
    await make_contact(room.database, name=None, telegram_id=None, reachable=False)
    for _ in range(2):
        (said,) = await room.alice.says("/quality")
        figure = said["text"].split("base: ")[1].split(" of")[0]
        month = said["text"].split("This month: ")[1].splitlines()[0]
        assert month.endswith(f" to {figure}")
        assert len(month.split(" from ")[0]) == 2  # today is drawn once, noted or not
        await quality_round.assess(office)


async def test_a_line_there_is_not_and_a_customer_get_nothing(room: Room) -> None:
    await room.alice.presses("qline:everything")
    for said in await room.charlie.says("/quality"):
        assert "100" not in said["text"]
    assert not [row for row in await room.rows("outbox", chat_id=ALICE) if "Olga" in str(row.payload)]
