"""Surveys by the calendar: each occurrence once to each member, whatever dies or how often the tick runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler import survey_rounds
from scheduler.office import Office
from storage import facts, tables
from storage.engine import Database, Tx
from tests.clocks import FakeClock
from tests.places import make_office, make_place, make_playbook
from tests.storage.makers import make_contact, make_request

NOVEMBER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 10, 0, tzinfo=UTC)  # noon in Kyiv
EVERYBODY = {'segment = "requests>=1 last_survey>90d"\n': ""}


class Desk:
    """An office with a clock to move, and what has been planned."""

    def __init__(self, database: Database, changes: Mapping[str, str] = EVERYBODY) -> None:
        self.database = database
        self.clock = FakeClock(NOVEMBER)
        self.woken = 0
        self.office = self._office(changes)

    def _office(self, changes: Mapping[str, str]) -> Office:
        office = make_office(self.database, place=make_place(make_playbook("salon", changes)), clock=self.clock)
        office.wake_delivery = self._wake
        return office

    def change_playbook(self, changes: Mapping[str, str]) -> None:
        self.office = self._office(changes)

    def _wake(self) -> None:
        self.woken += 1

    async def tick(self, at: datetime | None = None) -> None:
        if at is not None:
            self.clock.move_to(at)
        await survey_rounds.ask(self.office)

    async def planned(self) -> list[Any]:
        async with self.database.read() as reads:
            return list(await reads.all(select(tables.outbox).order_by(tables.outbox.c.id)))


async def test_nobody_is_asked_before_the_day_and_everybody_once_on_it(database: Database) -> None:
    desk = Desk(database)
    people = [await make_contact(database) for _ in range(3)]
    await desk.tick()
    await desk.tick(NEW_YEAR - timedelta(minutes=1))
    assert await desk.planned() == []
    for _ in range(3):
        await desk.tick(NEW_YEAR + timedelta(minutes=3))
    rows = await desk.planned()
    assert [row.contact_id for row in rows] == people
    assert {row.key for row in rows} == {f"survey:nps:{one}:202701011000" for one in people}
    assert {(row.purpose, row.due_at, row.on_doubt) for row in rows} == {("survey", NEW_YEAR, "skip")}
    assert desk.woken


async def test_a_survey_that_is_new_in_the_playbook_makes_up_for_nothing(database: Database) -> None:
    desk = Desk(database)
    await make_contact(database)
    await desk.tick(NEW_YEAR + timedelta(minutes=5))
    await desk.tick(NEW_YEAR + timedelta(days=30))
    assert await desk.planned() == []


async def test_only_members_who_can_be_written_to_are_asked(database: Database) -> None:
    desk = Desk(database, {})
    await desk.tick()
    asked = await make_contact(database, requests=1)
    await make_contact(database, requests=0)
    await make_contact(database, requests=2, last_survey_at=NEW_YEAR - timedelta(days=30))
    await make_contact(database, requests=2, spam_at=NOVEMBER)
    await make_contact(database, requests=2, reachable=False)
    await make_contact(database, requests=2, telegram_id=None)
    await desk.tick(NEW_YEAR)
    assert [row.contact_id for row in await desk.planned()] == [asked]


async def test_after_a_downtime_one_occurrence_is_made_up_for(database: Database) -> None:
    desk = Desk(database, EVERYBODY | {'at = "quarterly"': 'at = "0 12 * * *"'})
    await make_contact(database)
    await desk.tick()
    await desk.tick(NOVEMBER + timedelta(days=40, hours=1))
    assert [row.due_at for row in await desk.planned()] == [NOVEMBER + timedelta(days=40)]
    await desk.tick()
    assert len(await desk.planned()) == 1


async def test_what_was_missed_for_more_than_a_week_is_let_go(database: Database) -> None:
    desk = Desk(database)
    await make_contact(database)
    await desk.tick()
    await desk.tick(NEW_YEAR + timedelta(days=8))
    assert await desk.planned() == []
    await desk.tick(datetime(2027, 4, 1, 9, 0, tzinfo=UTC))
    assert len(await desk.planned()) == 1


async def test_a_large_base_is_asked_in_chunks_and_a_killed_tick_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_rounds, "CHUNK", 4)
    desk = Desk(database)
    people = [await make_contact(database) for _ in range(10)]
    await desk.tick()
    chunk = survey_rounds._chunk
    done: list[int] = []

    async def dies_in_the_second(*args: Any, **more: Any) -> Any:
        if done:
            raise KeyboardInterrupt
        done.append(1)
        return await chunk(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(survey_rounds, "_chunk", dies_in_the_second)
        with pytest.raises(KeyboardInterrupt):
            await desk.tick(NEW_YEAR)
    assert [row.contact_id for row in await desk.planned()] == people[:4]
    await desk.tick(NEW_YEAR + timedelta(hours=1))
    rows = await desk.planned()
    assert [row.contact_id for row in rows] == people
    assert {row.due_at for row in rows} == {NEW_YEAR}


async def test_a_calendar_that_was_changed_counts_from_the_change(database: Database) -> None:
    desk = Desk(database)
    await make_contact(database)
    await desk.tick()
    desk.change_playbook(EVERYBODY | {'at = "quarterly"': 'at = "weekly"'})
    await desk.tick(NEW_YEAR)
    assert await desk.planned() == []
    await desk.tick(NEW_YEAR + timedelta(days=7))
    assert len(await desk.planned()) == 1


async def test_a_clock_that_was_ahead_does_not_silence_a_survey_until_it_is_overtaken(database: Database) -> None:
    desk = Desk(database)
    await make_contact(database)
    await desk.tick(NEW_YEAR + timedelta(days=3650))
    await desk.tick(NOVEMBER)
    await desk.tick(NEW_YEAR)
    assert len(await desk.planned()) == 1


async def test_where_a_survey_stands_is_a_fact_and_holds_no_person(database: Database) -> None:
    desk = Desk(database)
    await make_contact(database)
    await desk.tick()
    await desk.tick(NEW_YEAR)
    async with database.read() as reads:
        stands = await facts.get(reads, "survey:nps")
    assert stands == {"calendar": "quarterly", "since": NEW_YEAR.isoformat(), "running": False, "reached": 0}


VISIT = {
    'after = "request_done + 2h"\nlow = 3': 'after = "visit + 2h"\nlow = 3',
}


async def _booked(desk: Desk, at: datetime, **visit: Any) -> int:
    contact = await make_contact(desk.database)
    request = await make_request(desk.database, contact, stage="taken")
    values = {"state": "booked", "updated_at": NOVEMBER, "field": "visit_at"} | visit

    async def unit(tx: Tx) -> None:
        await tx.run(tables.visits.insert().values(request_id=request, contact_id=contact, at=at, **values))

    await desk.database.write(unit)
    return request


async def test_a_visit_is_asked_about_once_it_has_been(database: Database) -> None:
    desk = Desk(database, VISIT)
    await desk.tick()
    request = await _booked(desk, NOVEMBER + timedelta(hours=5))
    await _booked(desk, NOVEMBER + timedelta(hours=5), state="cancelled")
    await _booked(desk, NOVEMBER - timedelta(hours=5))
    await desk.tick(NOVEMBER + timedelta(hours=6, minutes=55))
    assert await desk.planned() == []
    for minutes in (0, 5, 10):
        await desk.tick(NOVEMBER + timedelta(hours=7, minutes=minutes))
    rows = await desk.planned()
    assert [(row.key, row.purpose) for row in rows] == [(f"survey:visit:{request}", "service")]
    assert rows[0].due_at == NOVEMBER + timedelta(hours=7)


async def test_visits_of_a_long_downtime_are_not_asked_about(database: Database) -> None:
    desk = Desk(database, VISIT)
    await desk.tick()
    await _booked(desk, NOVEMBER + timedelta(hours=5))
    await desk.tick(NOVEMBER + timedelta(days=5))
    assert await desk.planned() == []


async def test_who_left_own_questions_a_day_ago_is_let_out_of_them(database: Database) -> None:
    desk = Desk(database)

    async def unit(tx: Tx) -> None:
        hours = {1: 25, 2: 23, 3: 25}
        for chat, form in ((1, "survey:care:5:202611241000"), (2, "survey:care:6:202611241000"), (3, "booking")):
            left = {"flow": "form", "state": {"form": form}, "updated_at": NOVEMBER - timedelta(hours=hours[chat])}
            await tx.run(tables.conversations.insert().values(chat_id=chat, user_id=chat, **left))

    await database.write(unit)
    await desk.tick()
    async with database.read() as reads:
        found = await reads.all(select(tables.conversations).order_by(tables.conversations.c.chat_id))
    assert [(row.flow, row.state is None) for row in found] == [(None, True), ("form", False), ("form", False)]
