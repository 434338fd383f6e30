"""Own questions of a survey: asked one by one with branches, kept as they come, gone on with, heard when they are bad."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from services import delivering, surveying
from storage import contacts, tables
from storage.engine import Database, Tx
from tests.handlers.desk import Office, Talker
from tests.storage.makers import make_staff

PLAYBOOK = """
[business]
name = "Linen"
languages = ["en"]

[[form]]
id = "booking"
title = "Book"
  [[form.step]]
  field = "wish"
  type = "text"
  ask = "What would you like?"

[[survey]]
id = "care"
kind = "own"
title = "About our care"
ask = "May we ask three things?"
score = "ease"
low = 2
remind_after = "1d"
thanks_high = "Hooray!"
review_url = "https://maps.example.com/linen"
  [[survey.step]]
  field = "ease"
  type = "number"
  min = 0
  max = 5
  ask = "How easy was it?"
  [[survey.step]]
  field = "what"
  type = "text"
  when = "ease<=2"
  ask = "What was hard?"
  [[survey.step]]
  field = "again"
  type = "yes_no"
  ask = "Will you come again?"
"""


class Asked:
    """Olga, to whom the survey was put, and the team that hears of it."""

    def __init__(self, office: Office, olga: Talker, contact_id: int) -> None:
        self.office = office
        self.olga = olga
        self.contact_id = contact_id
        self.key = f"care:{contact_id}:202611241000"

    async def rows(self, table: Any) -> list[Any]:
        async with self.office.database.read() as reads:
            return list(await reads.all(select(table)))

    async def answer(self) -> Any:
        (row,) = await self.rows(tables.survey_answers)
        return row

    async def leaves(self) -> list[str]:
        """The surveys that leave now, as everything else that is due does."""
        now, left = self.office.clock.now(), list[str]()

        async def arrive(tx: Tx) -> None:
            for row in claim.rows:
                await delivering.record_sent(tx, row, row.message_id or 4000 + row.id, now=now)

        while True:
            claim = await self.office.database.write(
                lambda tx: delivering.claim(tx, by="me", now=now, limit=50, busy=(), place=self.office.place)
            )
            if not claim.rows:
                return left
            await self.office.database.write(arrive)
            left += [row.key for row in claim.rows if row.key.startswith("survey") and not row.sent_revision]


async def put(database: Database, *, changes: tuple[str, str] = ("", "")) -> Asked:
    """The survey has just reached Olga."""
    playbook = PLAYBOOK.replace(*changes) if changes[0] else PLAYBOOK
    office = await Office(database, playbook).open(playbook)
    olga = office.person(501, "Olga", language_code="en")
    await olga.says("/start")
    await make_staff(database, name="Alice", role="owner", language="en")
    async with database.read() as reads:
        contact = await contacts.by_telegram_id(reads, 501)
    assert contact is not None
    survey = office.playbook.survey("care")
    assert survey is not None
    asked = Asked(office, olga, contact.id)
    await asked.leaves()

    async def unit(tx: Tx) -> None:
        now = office.clock.now()
        person = await surveying._member(tx, office.place, survey, contact.id, now=now)
        assert person is not None
        surveying.ask(tx, survey, person, key=f"survey:{asked.key}", at=now, now=now)

    await database.write(unit)
    assert await asked.leaves() == [f"survey:{asked.key}"]
    return asked


def texts(said: list[dict[str, Any]]) -> str:
    return "\n".join(one.get("text", "") for one in said)


async def test_questions_come_one_by_one_and_branch_on_the_answers(database: Database) -> None:
    at = await put(database)
    assert "How easy" in texts(await at.olga.presses(f"svgo:{at.key}"))
    assert "come again" in texts(await at.olga.says("5"))
    said = await at.olga.press("agree")
    assert "Hooray!" in texts(said)
    assert "maps.example.com" in str(said)
    kept = await at.answer()
    assert (kept.score, kept.comment, kept.finished_at is not None) == (5, None, True)
    assert [(one["field"], one["value"]) for one in kept.answers] == [("ease", 5), ("again", True)]
    assert (await at.olga.conversation()).flow is None
    assert await at.rows(tables.requests) == []


async def test_a_low_score_is_heard_before_the_last_question_and_the_words_at_the_end(database: Database) -> None:
    at = await put(database)
    await at.olga.presses(f"svgo:{at.key}")
    said = texts(await at.olga.says("1"))
    assert "low rating" in said
    assert "What was hard?" in said
    assert len(await at.rows(tables.tasks)) == 1
    await at.olga.says("Parking, mostly")
    said = texts(await at.olga.press("decline"))
    assert "Parking, mostly" in said
    assert (await at.answer()).comment == "Parking, mostly"
    assert len(await at.rows(tables.tasks)) == 1


async def test_what_was_answered_is_kept_and_gone_on_with(database: Database) -> None:
    at = await put(database)
    await at.olga.presses(f"svgo:{at.key}")
    await at.olga.says("1")
    assert "kept" in texts(await at.olga.says("/cancel"))
    kept = await at.answer()
    assert (kept.score, kept.finished_at) == (1, None)
    conversation = await at.olga.conversation()
    assert (conversation.flow, conversation.draft) == (None, None)
    assert "What was hard?" in texts(await at.olga.presses(f"svgo:{at.key}"))


async def test_who_stopped_half_way_is_reminded_once_and_who_finished_is_not(database: Database) -> None:
    at = await put(database)
    await at.olga.presses(f"svgo:{at.key}")
    await at.olga.says("4")
    at.office.clock.move(timedelta(days=1))
    assert await at.leaves() == [f"surveyagain:{at.key}"]
    await at.olga.press("agree")
    at.office.clock.move(timedelta(days=2))
    assert await at.leaves() == []
    (reminder,) = [row for row in await at.rows(tables.outbox) if row.key.startswith("surveyagain:")]
    assert reminder.payload["buttons"][0][0]["data"] == f"svgo:{at.key}"


async def test_answered_is_answered(database: Database) -> None:
    at = await put(database)
    await at.olga.presses(f"svgo:{at.key}")
    await at.olga.says("4")
    await at.olga.press("agree")
    assert await at.olga.presses(f"svgo:{at.key}") == []
    assert "answered already" in at.office.ears.toasts[-1]


async def test_an_old_button_does_not_begin_an_answered_survey_again(database: Database) -> None:
    at = await put(database)
    await at.olga.presses(f"svgo:{at.key}")
    await at.olga.says("4")
    await at.olga.press("agree")
    await at.olga.presses(f"anew:survey:{at.key}")
    await at.olga.says("1")
    assert (await at.answer()).score == 4


async def test_who_would_rather_not_is_left_alone(database: Database) -> None:
    at = await put(database)
    assert "we will not" in texts(await at.olga.presses(f"svno:{at.key}", message_id=await _message(at)))
    at.office.clock.move(timedelta(days=1))
    assert await at.leaves() == []


async def test_a_request_in_the_making_waits_and_is_offered_again(database: Database) -> None:
    at = await put(database)
    await at.olga.says("/new")
    await at.olga.presses(f"svgo:{at.key}")
    await at.olga.says("4")
    said = texts(await at.olga.press("agree"))
    assert "Book" in said
    assert (await at.olga.conversation()).draft is not None


@pytest.mark.parametrize("verb", ["svgo", "svno", "form", "anew"])
async def test_anothers_survey_cannot_be_answered(database: Database, verb: str) -> None:
    at = await put(database)
    taras = at.office.person(502, "Taras")
    await taras.says("/start")
    prefix = "survey:" if verb in ("form", "anew") else ""
    await taras.presses(f"{verb}:{prefix}{at.key}")
    await taras.says("1")
    assert await at.rows(tables.survey_answers) == []


async def test_anonymous_answers_are_kept_at_the_end_and_apart(database: Database) -> None:
    at = await put(
        database,
        changes=('thanks_high = "Hooray!"\nreview_url = "https://maps.example.com/linen"', "anonymous = true"),
    )
    assert "anonymous" in str([row.payload for row in await at.rows(tables.outbox)])
    await at.olga.presses(f"svgo:{at.key}")
    await at.olga.says("1")
    await at.olga.says("Parking")
    assert await at.rows(tables.anonymous_answers) == []
    await at.olga.press("agree")
    (row,) = await at.rows(tables.anonymous_answers)
    assert (row.score, row.comment) == (1, "Parking")
    assert await at.rows(tables.survey_answers) == []
    assert await at.rows(tables.tasks) == []
    assert "Parking" not in str(await at.rows(tables.events))
    assert "Parking" not in str(await at.rows(tables.conversations))


async def _message(at: Asked) -> int:
    """The message of the survey as it stands in the chat."""
    (row,) = [row for row in await at.rows(tables.outbox) if row.key.startswith("survey:")]
    assert row.message_id is not None
    return int(row.message_id)


async def test_the_message_that_asked_says_that_it_is_answered(database: Database) -> None:
    at = await put(database)
    await at.olga.presses(f"svgo:{at.key}", message_id=await _message(at))
    await at.olga.says("4")
    await at.olga.press("agree")
    (row,) = [row for row in await at.rows(tables.outbox) if row.key == f"survey:{at.key}"]
    assert "buttons" not in row.payload


async def test_after_the_deadline_nothing_is_begun(database: Database) -> None:
    at = await put(database, changes=('remind_after = "1d"', 'open_for = "2d"'))
    at.office.clock.move(timedelta(days=3))
    assert await at.olga.presses(f"svgo:{at.key}") == []
    assert "over" in at.office.ears.toasts[-1]


async def polled(database: Database) -> Asked:
    """The survey has reached Olga as one of Telegram's polls, whose id is 77."""
    own = PLAYBOOK[PLAYBOOK.index('kind = "own"') :]
    poll = 'kind = "csat"\nas = "poll"\nask = "{name}, how was it?"\nremind_after = "1d"\n'
    at = await put(database, changes=(own, poll))
    await _arrive(at, f"survey:{at.key}", "77")
    return at


async def _arrive(at: Asked, key: str, poll_id: str) -> None:
    (row,) = [row for row in await at.rows(tables.outbox) if row.key == key]
    now = at.office.clock.now()
    await at.office.database.write(lambda tx: surveying.note_poll(tx, row, poll_id, now=now))


async def votes(who: Talker, poll_id: str, *options: int) -> list[dict[str, Any]]:
    chosen = {"option_ids": list(options), "option_persistent_ids": [str(option) for option in options]}
    return await who.update(poll_answer={"poll_id": poll_id, "user": who.user, **chosen})


async def test_a_survey_may_be_one_of_telegrams_polls(database: Database) -> None:
    at = await polled(database)
    (row,) = [row for row in await at.rows(tables.outbox) if row.key.startswith("survey:")]
    question, options = row.payload["poll"]
    assert (question, options[0], options[-1]) == ("How was it?", "★☆☆☆☆", "★★★★★")
    said = texts(await votes(at.olga, "77", 1))
    assert "★★☆☆☆" in said
    assert "low rating" in said
    await at.olga.says("Cold")
    kept = await at.answer()
    assert (kept.score, kept.kind) == (2, "csat")


async def in_doubt(at: Asked) -> None:
    """The process died between Telegram's taking the poll and our noting its id."""
    row = tables.outbox
    forgotten = {"state": "unknown", "sent_revision": 0, "sent_at": None, "message_id": None}

    async def unit(tx: Tx) -> None:
        await tx.run(tables.polls.delete())
        await tx.run(update(row).where(row.c.key == f"survey:{at.key}").values(**forgotten))

    await at.office.database.write(unit)


async def test_a_poll_whose_id_was_lost_in_a_death_is_known_by_who_votes_in_it(database: Database) -> None:
    at = await polled(database)
    await in_doubt(at)
    said = texts(await votes(at.olga, "77", 3))
    assert "★★★★☆" in said
    assert (await at.answer()).score == 4
    (row,) = [row for row in await at.rows(tables.outbox) if row.key == f"survey:{at.key}"]
    assert (row.state, row.sent_at) == ("sent", at.office.clock.now())
    await votes(at.olga, "77", 4)
    assert (await at.answer()).score == 5


async def test_a_strangers_vote_and_one_of_several_lost_polls_are_let_go(database: Database) -> None:
    at = await polled(database)
    await in_doubt(at)
    taras = at.office.person(502, "Taras")
    await taras.says("/start")
    await votes(taras, "77", 3)
    (row,) = [row for row in await at.rows(tables.outbox) if row.key == f"survey:{at.key}"]
    twin = {**row._mapping, "id": row.id + 1000, "key": f"{row.key}0"}
    await at.office.database.write(lambda tx: tx.run(insert(tables.outbox).values(**twin)))
    assert await votes(at.olga, "77", 3) == []
    assert await at.rows(tables.survey_answers) == []


async def test_a_vote_may_be_changed_and_one_taken_back_leaves_the_last(database: Database) -> None:
    at = await polled(database)
    await votes(at.olga, "77", 1)
    await votes(at.olga, "77", 4)
    assert await votes(at.olga, "77") == []
    assert (await at.answer()).score == 5


@pytest.mark.parametrize(("poll_id", "option"), [("78", 1), ("77", 5), ("77", -1)])
async def test_votes_in_other_polls_and_for_what_there_is_not_change_nothing(
    database: Database, poll_id: str, option: int
) -> None:
    at = await polled(database)
    await votes(at.olga, poll_id, option)
    assert await at.rows(tables.survey_answers) == []


async def test_anothers_vote_is_nobodys(database: Database) -> None:
    at = await polled(database)
    taras = at.office.person(502, "Taras")
    await taras.says("/start")
    await votes(taras, "77", 1)
    assert await at.rows(tables.survey_answers) == []


async def test_the_reminder_of_a_poll_is_a_poll_of_the_same_survey(database: Database) -> None:
    at = await polled(database)
    at.office.clock.move(timedelta(days=1))
    assert await at.leaves() == [f"surveyagain:{at.key}"]
    await _arrive(at, f"surveyagain:{at.key}", "79")
    await votes(at.olga, "79", 4)
    assert (await at.answer()).score == 5


async def _seen(at: Asked) -> datetime | None:
    seen: datetime | None
    (seen,) = [row.last_in_at for row in await at.rows(tables.contacts) if row.id == at.contact_id]
    return seen


async def rated_with(database: Database, more: str = "") -> Asked:
    """The survey has reached Olga with the stars as its buttons, and an hour has passed."""
    own = PLAYBOOK[PLAYBOOK.index('kind = "own"') :]
    at = await put(database, changes=(own, f'kind = "csat"\nask = "How was it?"\n{more}'))
    at.office.clock.move(timedelta(hours=1))
    return at


async def test_who_rates_and_explains_it_was_here(database: Database) -> None:
    """Nobody is written to as one who has fallen silent a moment after they answered."""
    at = await rated_with(database)
    await at.olga.presses(f"rate:{at.key}:4")
    assert await _seen(at) == at.office.clock.now()
    at.office.clock.move(timedelta(minutes=20))
    await at.olga.says("Warm")
    assert await _seen(at) == at.office.clock.now()


async def test_who_votes_was_here(database: Database) -> None:
    at = await polled(database)
    at.office.clock.move(timedelta(hours=1))
    await votes(at.olga, "77", 4)
    assert await _seen(at) == at.office.clock.now()


async def test_an_anonymous_answer_leaves_no_moment_on_the_card(database: Database) -> None:
    """It counts from when it was asked for: by the minute one could tell whose it is."""
    at = await rated_with(database, "anonymous = true\n")
    asked_at = at.office.clock.now() - timedelta(hours=1)
    long_ago = tables.contacts.update().values(last_in_at=asked_at - timedelta(days=60))
    await at.office.database.write(lambda tx: tx.run(long_ago))
    await at.olga.presses(f"rate:{at.key}:4")
    assert len(await at.rows(tables.anonymous_answers)) == 1
    assert await _seen(at) == asked_at
