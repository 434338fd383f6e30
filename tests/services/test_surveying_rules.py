"""Rules over surveys: thanks and requests that fit the score, rest between surveys, one reminder, an end, no names."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from crm import playbook_reading
from services import surveying
from services.refusals import Refused
from storage import consents, contacts, outcomes, tables
from storage.engine import Database, Tx
from tests.clocks import NOON
from tests.places import make_place
from tests.services.test_surveying import Salon
from tests.storage.makers import make_contact, make_request, make_staff

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
  ask = "What?"

[policy]
quiet_hours = "23:00-05:00"

[[survey]]
id = "visit"
after = "request_done + 2h"
ask = "{name}, how was request {number}?"
"""


async def asking(database: Database, survey: str, **olga: Any) -> Salon:
    """A salon with one survey after a visit; Olga, whose visit is done."""
    place = make_place(playbook_reading.read(PLAYBOOK + survey))
    bob = await make_staff(database)
    given: dict[str, Any] = {"name": "Olga", "language": "en", "owner_id": bob, "consent_version": "1"} | olga
    contact = await make_contact(database, **given)
    request = await make_request(database, contact, stage="done")
    return Salon(database, place, contact, request, bob)


async def sent(at: Salon, *, after: timedelta = timedelta(hours=2)) -> list[str]:
    """What leaves when so much time has passed."""
    at.clock.move(after)
    keys = await at.claims()
    for row in await at.rows(tables.outbox):
        if row.key in keys:
            await at.database.write(partial(_arrived, row=row, at=at))
    return keys


async def _arrived(tx: Tx, row: Any, at: Salon) -> None:
    outcomes.record_sent(tx, row.id, row.revision, 5, now=at.clock.now())
    if row.key.startswith(surveying.PREFIX):
        await surveying.note_asked(tx, row, now=at.clock.now())


async def test_a_survey_is_worded_in_the_language_of_the_moment_it_leaves(database: Database) -> None:
    at = await asking(database, 'kind = "ces"\n')
    await at.done()
    await database.write(lambda tx: contacts.change(tx, at.olga, name="Olha", now=NOON))
    await sent(at)
    (row,) = await at.rows(tables.outbox)
    assert row.payload["text"] == f"Olha, how was request {at.request}?"
    assert [len(line) for line in row.payload["buttons"]] == [7]


async def test_effort_is_kept_and_a_low_one_is_heard(database: Database) -> None:
    at = await asking(database, 'kind = "ces"\n')
    await at.done()
    assert (await at.rates(6)).heard == []
    assert len((await at.rates(4)).heard) == 2
    [answer] = await at.rows(tables.survey_answers)
    assert (answer.kind, answer.score) == ("ces", 4)
    assert len(await at.rows(tables.tasks)) == 1


async def test_only_who_gave_a_high_score_is_asked_for_a_review_and_a_friend(database: Database) -> None:
    at = await asking(database, 'kind = "csat"\nreferral = true\nreview_url = "https://maps.example.com/linen"\n')
    await at.done()
    assert (await at.rates(4)).links == ()
    review, friend = (await at.rates(5)).links
    assert review.url == "https://maps.example.com/linen"
    assert friend.url == f"https://t.me/kartoteka_bot?start=ref_{at.olga}"


async def test_who_was_surveyed_lately_is_spared_the_next_one_but_rates_their_own_visit(database: Database) -> None:
    rules = '\n[[survey]]\nid = "nps"\nkind = "nps"\nask = "?"\n\n[surveys]\ngap = "20d"\n'
    at = await asking(database, 'kind = "csat"\n' + rules, last_survey_at=NOON - timedelta(days=19))
    nps = at.place.playbooks.current.survey("nps")
    assert nps is not None
    async with database.read() as reads:
        person = await surveying._member(reads, at.place, nps, at.olga, now=NOON)
    assert person is not None
    key = f"survey:nps:{at.olga}:202611241000"
    await database.write(lambda tx: _put(tx, nps, person, key))
    assert await sent(at, after=timedelta(0)) == []
    assert [(row.state, row.decision["reason"]) for row in await at.rows(tables.outbox)] == [("skipped", "surveyed")]
    await at.done()
    assert await sent(at) == [f"survey:visit:{at.request}"]


async def _put(tx: Tx, survey: Any, person: Any, key: str) -> None:
    surveying.ask(tx, survey, person, key=key, at=NOON, now=NOON)


async def test_the_rating_of_a_visit_is_held_too_where_the_owner_says_so(database: Database) -> None:
    rules = '\n[surveys]\ngap = "20d"\nhold_service = true\n'
    at = await asking(database, 'kind = "csat"\n' + rules, last_survey_at=NOON - timedelta(days=19))
    await at.done()
    assert await sent(at) == []


async def test_an_unanswered_survey_is_reminded_of_once(database: Database) -> None:
    at = await asking(database, 'kind = "csat"\nremind_after = "1d"\n')
    await at.done()
    key = f"survey:visit:{at.request}"
    assert await sent(at) == [key]
    assert await sent(at, after=timedelta(hours=23)) == []
    assert await sent(at) == [f"surveyagain:visit:{at.request}"]
    assert await sent(at, after=timedelta(days=1)) == []
    assert await sent(at, after=timedelta(days=30)) == []
    first, again = await at.rows(tables.outbox)
    assert first.payload["buttons"] == again.payload["buttons"]
    assert "waiting" in again.payload["text"]


async def test_who_has_answered_is_not_reminded(database: Database) -> None:
    at = await asking(database, 'kind = "csat"\nremind_after = "1d"\n')
    await at.done()
    await sent(at)
    await at.rates(5)
    assert await sent(at, after=timedelta(days=1, hours=1)) == []


async def test_after_its_deadline_a_survey_takes_no_first_answer(database: Database) -> None:
    at = await asking(database, 'kind = "csat"\nopen_for = "2d"\n')
    await at.done()
    await sent(at)
    at.clock.move(timedelta(days=2, minutes=1))
    with pytest.raises(Refused, match="over"):
        await at.rates(5)
    assert await at.rows(tables.survey_answers) == []


async def test_who_answered_in_time_may_still_change_their_mind(database: Database) -> None:
    at = await asking(database, 'kind = "csat"\nopen_for = "2d"\n')
    await at.done()
    await sent(at)
    await at.rates(4)
    at.clock.move(timedelta(days=3))
    assert (await at.rates(5)).score == 5


async def test_an_anonymous_answer_is_kept_without_anything_that_leads_to_the_person(database: Database) -> None:
    at = await asking(database, 'kind = "csat"\nanonymous = true\n')
    await at.done()
    await sent(at)
    rated = await at.rates(1)
    assert (rated.score, rated.heard, rated.links) == (None, [], ())
    (kept,) = await at.rows(tables.anonymous_answers)
    assert (kept.survey_id, kept.score, kept.day) == ("visit", 1, "2026-11-24")
    assert await at.rows(tables.survey_answers) == []
    assert await at.rows(tables.tasks) == []
    assert [row for row in await at.rows(tables.events) if row.kind == "survey"] == []
    (card,) = await at.rows(tables.contacts)
    assert card.rating is None
    with pytest.raises(Refused, match="told"):
        await at.rates(5)


async def test_an_anonymous_survey_stays_so_when_the_owner_drops_it(database: Database) -> None:
    at = await asking(database, 'kind = "csat"\nanonymous = true\n')
    await at.done()
    await sent(at)
    at.place.playbooks.current = at.place.playbooks.current.model_copy(update={"surveys": ()})
    await at.rates(1)
    assert await at.rows(tables.survey_answers) == []
    assert len(await at.rows(tables.anonymous_answers)) == 1


async def test_what_is_added_to_an_anonymous_score_stands_apart_from_it(database: Database) -> None:
    at = await asking(database, 'kind = "csat"\nanonymous = true\n')
    await at.done()
    await sent(at)
    await at.rates(1)

    async def add(tx: Tx) -> None:
        contact = await contacts.get(tx, at.olga)
        await surveying.unnamed_comment(tx, at.place, f"visit:{at.request}", contact, " Cold ", now=at.clock.now())

    await database.write(add)
    assert [(row.score, row.comment) for row in await at.rows(tables.anonymous_answers)] == [(1, None), (None, "Cold")]


async def test_a_reminder_is_not_for_who_has_refused_surveys_meanwhile(database: Database) -> None:
    at = await asking(
        database, 'kind = "csat"\n\n[[survey]]\nid = "nps"\nkind = "nps"\nask = "?"\nremind_after = "1d"\n'
    )
    nps = at.place.playbooks.current.survey("nps")
    assert nps is not None
    async with database.read() as reads:
        person = await surveying._member(reads, at.place, nps, at.olga, now=NOON)
    assert person is not None
    await database.write(lambda tx: _put(tx, nps, person, f"survey:nps:{at.olga}:202611241000"))
    assert len(await sent(at, after=timedelta(0))) == 1

    async def refuse(tx: Tx) -> None:
        await consents.add(tx, at.olga, "survey", granted=False, version="1", text="?", message_id=None, now=NOON)

    await database.write(refuse)
    assert await sent(at, after=timedelta(days=1)) == []
