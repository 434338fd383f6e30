"""Nudges: a form left half-way is reminded of once, at the owner's time, and not to who went on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update

from scheduler import nudges
from scheduler.office import Office
from services import delivering
from storage import tables
from storage.engine import Database, Tx
from tests.clocks import NOON, FakeClock
from tests.places import make_office, make_place, make_playbook
from tests.storage.makers import make_contact

OLGA = 1001


class Desk:
    """A form that Olga left, and the tick that looks for such."""

    def __init__(self, database: Database, office: Office, clock: FakeClock) -> None:
        self.database = database
        self.office = office
        self.clock = clock

    async def tick(self, after: timedelta) -> None:
        self.clock.move(after)
        await nudges.nudge(self.office)

    async def planned(self) -> list[Any]:
        async with self.database.read() as reads:
            return list(await reads.all(select(tables.outbox)))

    async def moves(self, **values: Any) -> None:
        """Olga answers, or leaves the form: what the edge writes then."""
        changed = {"nudged_at": None, "updated_at": self.clock.now()} | values

        async def unit(tx: Tx) -> None:
            await tx.run(update(tables.conversations).values(**changed))

        await self.database.write(unit)

    async def claims(self) -> list[str]:
        claim = await self.database.write(
            lambda tx: delivering.claim(tx, by="me", now=self.clock.now(), limit=5, busy=(), place=self.office.place)
        )
        return [row.key for row in claim.rows]


async def left(database: Database, *, nudge_after: str | None = "2h", form: str | None = None) -> Desk:
    playbook = make_playbook("salon")
    forms = tuple(
        one.model_copy(update={"nudge_after": timedelta(hours=2) if nudge_after else None}) for one in playbook.forms
    )
    place = make_place(playbook.model_copy(update={"forms": forms}))
    clock = FakeClock()
    await make_contact(database, telegram_id=OLGA)
    state = {"form": form or forms[0].id, "playbook": "", "run": "77"}

    async def unit(tx: Tx) -> None:
        await tx.run(
            insert(tables.conversations).values(
                chat_id=OLGA, user_id=OLGA, flow="form", state=state, updated_at=clock.now()
            )
        )

    await database.write(unit)
    return Desk(database, make_office(database, place=place, clock=clock), clock)


async def test_a_form_left_half_way_is_reminded_of_once(database: Database) -> None:
    desk = await left(database)
    await desk.tick(timedelta(hours=1))
    assert await desk.planned() == []
    await desk.tick(timedelta(hours=1, minutes=1))
    for _ in range(3):
        await desk.tick(timedelta(minutes=5))
    [row] = await desk.planned()
    assert (row.key, row.chat_id, row.purpose) == ("nudge:77", OLGA, "service")


async def test_who_goes_on_and_leaves_again_is_not_reminded_a_second_time(database: Database) -> None:
    desk = await left(database)
    await desk.tick(timedelta(hours=3))
    await desk.moves()
    await desk.tick(timedelta(hours=3))
    assert len(await desk.planned()) == 1


async def test_nobody_is_reminded_where_the_owner_does_not_want_it(database: Database) -> None:
    desk = await left(database, nudge_after=None)
    await desk.tick(timedelta(hours=30))
    assert await desk.planned() == []


async def test_a_form_forgotten_for_days_is_not_dug_up(database: Database) -> None:
    desk = await left(database)
    await desk.tick(timedelta(days=3))
    assert await desk.planned() == []


async def test_a_form_that_no_longer_exists_is_not_reminded_of(database: Database) -> None:
    desk = await left(database, form="gone")
    await desk.tick(timedelta(hours=3))
    assert await desk.planned() == []


async def test_the_reminder_leaves_if_the_form_is_still_where_it_was_left(database: Database) -> None:
    desk = await left(database)
    await desk.tick(timedelta(hours=3))
    assert await desk.claims() == ["nudge:77"]


async def test_the_reminder_is_dropped_for_who_finished_or_went_on_meanwhile(database: Database) -> None:
    for change in ({"flow": None, "state": None}, {}):
        desk = await left(database)
        await desk.tick(timedelta(hours=3))
        await desk.moves(**change)
        assert await desk.claims() == []
        [row] = await desk.planned()
        assert (row.state, row.decision["reason"]) == ("skipped", "not-wanted")

        async def clean(tx: Tx) -> None:
            for table in (tables.outbox, tables.conversations, tables.contacts):
                await tx.run(table.delete())

        await database.write(clean)


async def test_reminders_wait_for_the_morning_like_everything_else(database: Database) -> None:
    desk = await left(database)
    desk.clock.move(timedelta(hours=8))  # six in the evening in Kyiv
    await desk.moves()
    await desk.tick(timedelta(hours=4))
    assert await desk.claims() == []
    [row] = await desk.planned()
    assert row.decision["reason"] == "quiet-hours"
    assert row.due_at == NOON.replace(hour=7) + timedelta(days=1)
