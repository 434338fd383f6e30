"""Results of surveys as files: every answer as a sheet for an owner, the scores and months as a picture."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import insert, select, update

from scheduler import survey_files
from services import extracting, picturing
from services.refusals import Refused
from storage import staff, tables
from storage.engine import Database, Tx
from tests.clocks import NOON, FakeClock
from tests.places import make_office, make_place, make_playbook
from tests.storage.makers import make_contact, make_staff


class Desk:
    """A salon with answers to its surveys."""

    def __init__(self, database: Database, folder: Path, playbook: str = "salon") -> None:
        self.database, self.folder = database, folder
        place = make_place(make_playbook(playbook), data_folder=str(folder))
        self.office = make_office(database, place=place, clock=FakeClock(NOON))

    async def answered(self, scores: list[int], **more: Any) -> None:
        olga = await make_contact(self.database, name="=Ольга")
        values = {"survey_id": "nps", "kind": "nps", "asked_at": NOON, "scored_at": NOON, "finished_at": NOON} | more

        async def unit(tx: Tx) -> None:
            for number, score in enumerate(scores):
                key = f"survey:nps:{values['scored_at']:%m}{number}"
                await tx.run(insert(tables.survey_answers).values(key=key, contact_id=olga, score=score, **values))

        await self.database.write(unit)

    async def takes(self, role: str, survey: str = "nps") -> None:
        member_id = await make_staff(self.database, name="Аліса", role=role, language="en")

        async def unit(tx: Tx) -> None:
            member = await staff.get(tx, member_id)
            await extracting.order_answers(tx, member, survey, language="en", now=NOON)

        await self.database.write(unit)

    async def last(self, table: Any) -> Any:
        async with self.database.read() as reads:
            return await reads.first(select(table).order_by(table.c.id.desc()))

    async def wrote(self) -> list[list[Any]]:
        """The lines of the sheet that was sent."""
        await survey_files.write(self.office, (await self.last(tables.work)).payload)
        said = await self.last(tables.outbox)
        path = self.folder / said.payload["attachment"]["path"]
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


async def test_an_owner_takes_every_answer_and_it_is_known(database: Database, tmp_path: Path) -> None:
    desk = Desk(database, tmp_path)
    await desk.answered([10, 3], comment="=1+1")
    await desk.takes("owner")
    heading, *lines = await desk.wrote()
    assert heading[:4] == ["Asked", "Answered", "Who", "Username"]
    assert [(line[2], line[7], line[8]) for line in lines] == [("=Ольга", 10, "=1+1"), ("=Ольга", 3, "=1+1")]
    log = await desk.last(tables.exports)
    assert (log.segment, log.contacts, log.state) == ("answered:nps", 2, "sent")


async def test_a_manager_takes_none(database: Database, tmp_path: Path) -> None:
    desk = Desk(database, tmp_path)
    with pytest.raises(Refused):
        await desk.takes("manager")


async def test_who_is_no_owner_any_more_gets_nothing(database: Database, tmp_path: Path) -> None:
    desk = Desk(database, tmp_path)
    await desk.takes("owner")
    await database.write(lambda tx: tx.run(update(tables.staff).values(role="manager")))
    await survey_files.write(desk.office, (await desk.last(tables.work)).payload)
    assert await desk.last(tables.outbox) is None


async def test_an_anonymous_sheet_holds_no_person(database: Database, tmp_path: Path) -> None:
    desk = Desk(database, tmp_path, "courses")

    async def unit(tx: Tx) -> None:
        for score in range(1, 6):
            told = [{"field": "homework", "label": "Час", "value": True, "shown": "Так"}]
            values = {"survey_id": "lessons", "kind": "own", "score": score, "day": "2026-11-20", "answers": told}
            await tx.run(insert(tables.anonymous_answers).values(**values))

    await database.write(unit)
    await desk.takes("owner", "lessons")
    heading, *lines = await desk.wrote()
    assert heading[:3] == ["Day", "Score", "Words"]
    assert [(line[0], line[1], line[-1]) for line in lines] == [("2026-11-20", score, "Так") for score in range(1, 6)]


@pytest.mark.parametrize("months", [1, 3])
async def test_the_scores_and_months_are_drawn(database: Database, tmp_path: Path, months: int) -> None:
    desk = Desk(database, tmp_path)
    for month in range(months):
        await desk.answered([10, 9, 2], scored_at=NOON - timedelta(days=31 * month))
    await database.write(lambda tx: _ordered(tx))
    await survey_files.draw(desk.office, (await desk.last(tables.work)).payload)
    said = await desk.last(tables.outbox)
    picture = (tmp_path / said.payload["attachment"]["path"]).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
    assert said.payload["protect"]


async def _ordered(tx: Tx) -> None:
    picturing.order_survey(tx, "nps", language="uk", chat_id=5, thread_id=None, key="u1", now=NOON)
