"""Surveying: who is asked, what is kept of what they say, and who hears of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from services import delivering, surveying
from services.refusals import Refused
from services.surveying import Rated
from services.workplace import Place
from storage import contacts, tables, tasks
from storage.engine import Database, Tx
from tests.clocks import NOON, FakeClock
from tests.places import make_place, make_playbook
from tests.storage.makers import make_contact, make_request, make_staff


class Salon:
    """A salon that asks how the visit was, and Olga, whose visit is done."""

    def __init__(self, database: Database, place: Place, olga: int, request: int, bob: int) -> None:
        self.database = database
        self.place = place
        self.olga = olga
        self.request = request
        self.bob = bob
        self.clock = FakeClock()

    async def done(self, *, contact: int | None = None) -> None:
        await self.database.write(
            lambda tx: surveying.after_event(
                tx,
                self.place,
                event="request_done",
                contact_id=contact or self.olga,
                request_id=self.request,
                staff_id=self.bob,
                now=self.clock.now(),
            )
        )

    async def rates(self, score: int, *, key: str | None = None, by: int | None = None) -> Rated:
        async def unit(tx: Tx) -> Rated:
            contact = await contacts.get(tx, by or self.olga)
            return await surveying.rate(
                tx, self.place, key or f"visit:{self.request}", score, contact, now=self.clock.now()
            )

        return await self.database.write(unit)

    async def adds(self, words: str) -> Rated:
        async def unit(tx: Tx) -> Rated:
            contact = await contacts.get(tx, self.olga)
            return await surveying.comment(
                tx, self.place, f"visit:{self.request}", contact, words, message_id=9, now=self.clock.now()
            )

        return await self.database.write(unit)

    async def claims(self) -> list[str]:
        claim = await self.database.write(
            lambda tx: delivering.claim(tx, by="me", now=self.clock.now(), limit=9, busy=(), place=self.place)
        )
        return [row.key for row in claim.rows]

    async def rows(self, table: Any) -> list[Any]:
        async with self.database.read() as reads:
            return list(await reads.all(select(table)))


async def salon(database: Database, *, segment: str = "", agreed: bool = True, **olga: Any) -> Salon:
    changes = {'id = "visit"\nkind': f'id = "visit"\nsegment = "{segment}"\nkind'} if segment else {}
    place = make_place(make_playbook("salon", changes))
    bob = await make_staff(database)
    version = place.playbooks.current.business.consent_version if agreed else None
    contact = await make_contact(database, telegram_id=1001, owner_id=bob, consent_version=version, **olga)
    request = await make_request(database, contact, stage="done")
    return Salon(database, place, contact, request, bob)


async def test_a_visit_that_is_done_is_asked_about_two_hours_later(database: Database) -> None:
    at = await salon(database)
    await at.done()
    [row] = await at.rows(tables.outbox)
    assert (row.key, row.due_at, row.purpose) == (f"survey:visit:{at.request}", NOON + timedelta(hours=2), "service")
    assert await at.claims() == []
    at.clock.move(timedelta(hours=2))
    assert await at.claims() == [row.key]


async def test_two_questions_at_once_say_which_request_each_is_about(database: Database) -> None:
    at = await salon(database)
    other = await make_request(database, at.olga, stage="done")

    await at.done()
    first, at.request = at.request, other
    await at.done()
    at.clock.move(timedelta(hours=2))
    while await at.claims():
        for row in await at.rows(tables.outbox):
            if row.state == "sending" and row.message_id is None:
                await database.write(partial(delivering.record_sent, row=row, message_id=row.id, now=at.clock.now()))
    one, two = [row.payload["text"] for row in await at.rows(tables.outbox)]
    assert one.startswith(f"«Записатися», № {first}, пн, 16 листопада\n")
    assert two.startswith(f"«Записатися», № {other}, пн, 16 листопада\n")


async def test_the_only_question_needs_no_number(database: Database) -> None:
    at = await salon(database)
    await make_request(database, at.olga, stage="done")
    await at.done()
    at.clock.move(timedelta(hours=2))
    await at.claims()
    [row] = await at.rows(tables.outbox)
    assert "№" not in row.payload["text"]


async def test_every_button_fits_into_telegrams_64_bytes(database: Database) -> None:
    at = await salon(database)
    await at.done()
    at.clock.move(timedelta(hours=2))
    await at.claims()
    [row] = await at.rows(tables.outbox)
    longest = "n" * 24 + ":9999999999:202611241000"
    data = [button["data"] for line in row.payload["buttons"] for button in line]
    assert data
    assert len(f"rerate:{longest}".encode()) <= 64
    assert len(f"rate:{longest}:10".encode()) <= 64


async def test_who_is_not_of_the_segment_is_not_asked(database: Database) -> None:
    at = await salon(database, segment="tag:vip")
    await at.done()
    assert await at.rows(tables.outbox) == []


async def test_who_left_the_segment_meanwhile_is_not_asked(database: Database) -> None:
    at = await salon(database, segment="requests>=1", requests=1)
    await at.done()
    await database.write(lambda tx: contacts.change(tx, at.olga, requests=0, now=NOON))
    at.clock.move(timedelta(hours=2))
    assert await at.claims() == []
    [row] = await at.rows(tables.outbox)
    assert (row.state, row.decision["reason"]) == ("skipped", "not-wanted")


async def test_the_last_of_several_scores_is_kept_and_the_comment_with_it(database: Database) -> None:
    at = await salon(database)
    await at.done()
    await at.rates(5)
    await at.adds("Дякую майстрині!")
    await at.rates(4)
    [answer] = await at.rows(tables.survey_answers)
    assert (answer.score, answer.comment, answer.staff_id) == (4, "Дякую майстрині!", at.bob)
    assert [row.data["score"] for row in await at.rows(tables.events) if row.kind == "survey"] == [5, 5, 4]


async def test_the_card_knows_the_latest_rating(database: Database) -> None:
    here = await salon(database)
    await here.done()
    await here.rates(2)
    await here.rates(5)
    (card,) = await here.rows(tables.contacts)
    assert (card.rating, card.nps) == (5, None)


async def test_a_low_score_is_heard_by_the_contacts_manager_and_becomes_one_task(database: Database) -> None:
    at = await salon(database)
    await make_staff(database, name="Аліса", role="owner")
    await at.done()
    first, second = await at.rates(2), await at.rates(1)
    [bob] = [row for row in await at.rows(tables.staff) if row.id == at.bob]
    alert, ringing = first.heard
    assert (alert.chat_id, alert.due_at) == (bob.telegram_id, None)
    assert [say.key for say in second.heard] == [alert.key, ringing.key]
    assert all(say.revise for say in second.heard)
    assert all(say.screen.protect for say in first.heard)
    [task] = await at.rows(tables.tasks)
    assert (task.staff_id, task.contact_id) == (at.bob, at.olga)
    assert (ringing.chat_id, ringing.due_at) == (bob.telegram_id, task.due_at)


async def test_a_score_that_is_raised_says_so_in_the_alert_and_in_the_task(database: Database) -> None:
    at = await salon(database)
    await at.done()
    await at.rates(2)
    for raised in (4, 5):
        alert, ringing = (await at.rates(raised)).heard
        assert "Оцінку підвищили:</b> 2 з 5 → " in alert.screen.text
        assert f"{raised} з 5" in alert.screen.text
        assert f"Розібратися з оцінкою 2 з 5 (тепер {raised})" in ringing.screen.text
        [task] = await at.rows(tables.tasks)
        assert (task.text, task.done_at) == (f"Розібратися з оцінкою 2 з 5 (тепер {raised})", None)
    assert (await at.rates(5)).heard == []


async def test_a_score_that_is_low_again_is_the_same_task(database: Database) -> None:
    at = await salon(database)
    await at.done()
    for score in (2, 4, 1):
        heard = (await at.rates(score)).heard
    assert "Низька оцінка:" in heard[0].screen.text
    [task] = await at.rows(tables.tasks)
    assert task.text == "Розібратися з оцінкою 1 з 5"


async def test_a_task_that_is_done_stays_as_it_was_done(database: Database) -> None:
    at = await salon(database)
    await at.done()
    await at.rates(2)
    [task] = await at.rows(tables.tasks)
    await database.write(lambda tx: tasks.finish(tx, task.id, now=NOON))
    [alert] = (await at.rates(5)).heard
    assert "Оцінку підвищили" in alert.screen.text
    assert [task.text for task in await at.rows(tables.tasks)] == ["Розібратися з оцінкою 2 з 5"]


async def test_a_task_that_was_put_off_rings_with_the_score_of_now(database: Database) -> None:
    at = await salon(database)
    await at.done()
    await at.rates(2)
    [task] = await at.rows(tables.tasks)
    later = task.due_at + timedelta(days=2)
    await database.write(lambda tx: tasks.put_off(tx, task.id, until=later))
    _, ringing = (await at.rates(5)).heard
    assert ringing.due_at == later


async def test_a_high_score_disturbs_nobody(database: Database) -> None:
    at = await salon(database)
    await at.done()
    assert (await at.rates(5)).heard == []
    assert await at.rows(tables.tasks) == []


async def test_a_low_score_of_nobodys_contact_is_heard_by_the_whole_team(database: Database) -> None:
    at = await salon(database)
    owner = await make_staff(database, name="Аліса", role="owner")
    await at.done()
    await database.write(lambda tx: contacts.change(tx, at.olga, owner_id=None, now=NOON))

    async def leaves(tx: Tx) -> None:
        await tx.run(tables.staff.update().where(tables.staff.c.id == at.bob).values(removed_at=NOON))

    await database.write(leaves)
    alerted = [say for say in (await at.rates(1)).heard if say.due_at is None]
    assert len(alerted) == 1
    assert [task.staff_id for task in await at.rows(tables.tasks)] == [owner]


async def test_who_was_marked_as_spam_is_heard_by_nobody(database: Database) -> None:
    at = await salon(database)
    await at.done()
    await database.write(lambda tx: contacts.change(tx, at.olga, spam_at=NOON, now=NOON))
    assert (await at.rates(1)).heard == []
    assert (await at.adds("!!!")).heard == []


async def test_without_consent_the_words_are_passed_on_and_not_kept(database: Database) -> None:
    at = await salon(database, agreed=False, name=None)
    await at.done()
    await at.rates(2)
    heard = (await at.adds("Мене звати Ольга")).heard
    assert [say.screen.copy is not None for say in heard] == [False, True]
    assert [answer.comment for answer in await at.rows(tables.survey_answers)] == [None]
    assert "Ольга" not in str(await at.rows(tables.events))


async def test_the_owners_second_question_is_for_whom_it_is_meant(database: Database) -> None:
    at = await salon(database)
    await at.done()
    assert "не ідеально" in str((await at.rates(3)).question)
    assert (await at.rates(5)).question is None


@pytest.mark.parametrize("score", [-1, 0, 6, 10])
async def test_a_score_the_survey_does_not_have_is_refused(database: Database, score: int) -> None:
    at = await salon(database)
    await at.done()
    with pytest.raises(Refused):
        await at.rates(score)


@pytest.mark.parametrize("key", ["visit:999", "", "nps:1:202701011000", "visit"])
async def test_a_survey_that_was_never_put_is_refused(database: Database, key: str) -> None:
    at = await salon(database)
    await at.done()
    with pytest.raises(Refused):
        await at.rates(5, key=key or ":")


async def test_anothers_survey_is_refused(database: Database) -> None:
    at = await salon(database)
    await at.done()
    taras = await make_contact(database, telegram_id=1002)
    with pytest.raises(Refused):
        await at.rates(1, by=taras)
    assert await at.rows(tables.survey_answers) == []


async def test_an_old_survey_is_answered_and_an_old_answer_is_not_changed(database: Database) -> None:
    at = await salon(database)
    await at.done()
    at.clock.move(timedelta(days=60))
    assert (await at.rates(4)).score == 4
    at.clock.move(timedelta(days=8))
    with pytest.raises(Refused):
        await at.rates(1)


async def test_a_survey_the_owner_has_dropped_is_still_answered_but_no_longer_put(database: Database) -> None:
    at = await salon(database)
    await at.done()
    without = at.place.playbooks.current.model_copy(update={"surveys": ()})
    at.place.playbooks.current = without
    at.clock.move(timedelta(hours=2))
    assert await at.claims() == []
    assert (await at.rates(2)).heard
