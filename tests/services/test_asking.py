"""Asking people what their cards lack: who may, when it leaves, and what counts as having been asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from services import asking, delivering
from services.refusals import Refused
from services.workplace import Place
from storage import staff, tables
from storage.engine import Database, Tx
from storage.outbox import Claimed
from storage.staff import Member
from tests.clocks import NOON
from tests.places import make_place
from tests.storage.makers import make_contact, make_staff

NIGHT = NOON + timedelta(hours=11)  # eleven in the evening in Kyiv
MORNING = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)  # nine o'clock there


class Hall:
    """A base of people without birthdays, and who of the team asks."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.place: Place = make_place()

    async def member(self, role: str) -> Member:
        number = await make_staff(self.database, name=role, role=role)
        async with self.database.read() as reads:
            found = await staff.get(reads, number)
        assert found is not None
        return found

    async def reach(self, member: Member, now: datetime = NOON) -> asking.Reach:
        async with self.database.read() as reads:
            return await asking.reach(reads, self.place, member, "no_birthday", now=now)

    async def ask(self, member: Member, now: datetime = NOON, round_id: str = "u1") -> None:
        found = await self.reach(member, now)

        async def unit(tx: Tx) -> None:
            await asking.begin(
                tx,
                self.place,
                member,
                "no_birthday",
                found.people,
                round_id=round_id,
                chat_id=1,
                message_id=2,
                now=now,
            )

        await self.database.write(unit)

    async def claim(self, now: datetime) -> list[Claimed]:
        async def unit(tx: Tx) -> list[Claimed]:
            claimed = await delivering.claim(tx, by="me", now=now, limit=9, busy=(), place=self.place)
            return claimed.rows

        return await self.database.write(unit)

    async def rows(self) -> list[Any]:
        async with self.database.read() as reads:
            return list(await reads.all(select(tables.outbox).order_by(tables.outbox.c.id)))

    async def settle(self, state: str) -> None:
        """What became of every question."""
        sent = {"sent_revision": 1, "sent_at": NOON} if state == "sent" else {}
        await self.database.write(lambda tx: tx.run(update(tables.outbox).values(state=state, **sent)))


@pytest.fixture
def hall(database: Database) -> Hall:
    return Hall(database)


async def test_a_viewer_counts_and_asks_nobody(hall: Hall) -> None:
    await make_contact(hall.database)
    with pytest.raises(Refused, match="refused-right"):
        await hall.reach(await hall.member("viewer"))


@pytest.mark.parametrize("line", ["no_way", "duplicates", "nothing"])
async def test_nobody_is_asked_about_what_they_cannot_mend(hall: Hall, line: str) -> None:
    with pytest.raises(Refused, match="refused-stale"):
        asking.asked_line(line)


async def test_it_waits_for_the_morning_of_the_person(hall: Hall) -> None:
    await make_contact(hall.database)
    await hall.ask(await hall.member("manager"), NIGHT)
    assert await hall.claim(NIGHT) == []
    (row,) = await hall.rows()
    assert (row.state, row.due_at) == ("pending", MORNING)
    (row,) = await hall.claim(MORNING)
    assert "днем народження" in row.payload["text"]


async def test_who_was_passed_over_may_be_asked_again(hall: Hall) -> None:
    """The period's key is taken: it is planned anew under it."""
    bob = await hall.member("manager")
    await make_contact(hall.database)
    await hall.ask(bob)
    await hall.settle("skipped")
    later = NOON + timedelta(hours=1)
    await hall.ask(bob, later, "u2")
    (row,) = await hall.rows()
    assert (row.state, row.due_at) == ("pending", later)


@pytest.mark.parametrize("state", ["sent", "pending", "sending", "unknown", "failed"])
async def test_who_got_it_or_may_have_or_cannot_get_it_is_not(hall: Hall, state: str) -> None:
    bob = await hall.member("manager")
    await make_contact(hall.database)
    await hall.ask(bob)
    await hall.settle(state)
    assert (await hall.reach(bob)).count == 0


async def test_a_round_of_many_is_one_piece_of_work(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "CHUNK", 1)
    for _ in range(2):
        await make_contact(hall.database)
    await hall.ask(await hall.member("owner"))
    async with hall.database.read() as reads:
        (job,) = await reads.all(select(tables.work))
    assert (job.kind, job.payload["line"], job.payload["message"]) == (asking.WORK, "no_birthday", 2)
    assert await hall.rows() == []
