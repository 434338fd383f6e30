"""The demo's base: thirty people whose story holds together, whatever the playbook."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import demo, demo_people, demo_seed, playbooks, settings
from crm import form_branches, segments, values
from crm.playbook import Playbook
from storage import contacts, schema, search, tables, tags
from storage.engine import Database
from tests import last_words

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Toronto")
SHIPPED = sorted((settings.SOURCE_TREE / "playbooks").glob("*.toml"))


@pytest.fixture(scope="module", params=SHIPPED, ids=lambda path: path.stem)
def sown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a base sown with one of the shipped playbooks, which the tests only read."""
    path = tmp_path_factory.mktemp(f"demo-{request.param.stem}-") / "kartoteka.db"
    schema.upgrade(path)
    address = f"sqlite+aiosqlite:///{path}"
    asyncio.run(_sow(address, request.param))
    return address


async def _sow(address: str, playbook: Path) -> None:
    database = Database(address, synchronous="OFF")
    await database.open()
    await demo_seed.sow(database, playbooks.load(playbook), zone=ZONE, now=NOW)
    await database.close()


@pytest.fixture
def playbook(sown: str) -> Playbook:
    """The one the base was sown with."""
    return playbooks.load(next(path for path in SHIPPED if f"-{path.stem}-" in sown))


@pytest.fixture
async def base(sown: str) -> AsyncIterator[Database]:
    database = Database(sown, synchronous="OFF")
    await database.open()
    yield database
    await database.close()


async def rows(database: Database, table: Any) -> list[Any]:
    async with database.read() as reads:
        return list(await reads.all(table.select()))


async def test_every_customer_but_the_new_one_has_a_card(base: Database) -> None:
    """Olga is met for the first time at the page; three languages are spoken."""
    cards = await rows(base, tables.contacts)
    known = {one.id for one in demo_people.CUSTOMERS if one.known}
    assert {card.telegram_id for card in cards} == known
    assert len(known) == 29
    assert demo_people.OLGA.id not in known
    assert {card.language for card in cards} == {"ru", "uk", "en"}


async def test_there_are_requests_in_every_stage_and_the_counts_agree(base: Database) -> None:
    """The roll-ups on the card say what the requests say."""
    requests = await rows(base, tables.requests)
    assert {request.stage for request in requests} == {"new", "taken", "done", "lost", "spam", "withdrawn"}
    all_of = Counter(request.contact_id for request in requests)
    open_of = Counter(request.contact_id for request in requests if request.stage in ("new", "taken"))
    for card in await rows(base, tables.contacts):
        assert (card.requests, card.open_requests) == (all_of[card.id], open_of[card.id])
    for request in requests:
        assert request.answers, "somebody answered something"
        assert request.created_at < NOW
        assert (request.closed_at is None) == (request.stage in ("new", "taken"))
        assert request.closed_at is None or request.created_at < request.closed_at < NOW


def test_every_card_says_the_last_words_of_its_consents(sown: str) -> None:
    assert last_words.mistaken(Path(sown.removeprefix("sqlite+aiosqlite:///"))) == []


async def test_numbers_of_requests_rise_with_time(base: Database) -> None:
    """The queue shows the oldest first: its numbers are the lowest."""
    made = [request.created_at for request in sorted(await rows(base, tables.requests), key=lambda one: one.id)]
    assert made == sorted(made)


async def test_every_question_has_an_answer_that_fits_it(base: Database, playbook: Playbook) -> None:
    """What is asked of who answered so is answered, in words for that question; nothing else is."""
    said: dict[str, set[str]] = {}
    for request in await rows(base, tables.requests):
        form = playbook.form(request.form_id)
        assert form is not None
        given = {answer["field"]: answer["value"] for answer in request.answers}
        for index, step in enumerate(form.steps):
            now = request.created_at
            asked = step.when is None or form_branches.holds(form, index, given, {}, now=now, zone=ZONE)
            if step.type in ("file", "consent") or not asked:
                assert step.field not in given, step.field
            else:
                assert step.optional or step.field in given, (form.id, step.field)
        if given.get("doctor") == "paed":
            assert given["patient"] == "child"
        for step in form.steps:
            if step.type == "text" and step.field in given and step.field != "name":
                said.setdefault(given[step.field], set()).add(step.field)
    assert all(len(fields) == 1 for fields in said.values()), said


async def test_the_past_is_past_and_the_ratings_are_of_both_kinds(base: Database) -> None:
    """No event and no rating lies in the future; some praise and some blame."""
    assert all(event.at <= NOW for event in await rows(base, tables.events))
    answers = await rows(base, tables.survey_answers)
    assert all(answer.scored_at <= NOW for answer in answers)
    assert {answer.score >= 4 for answer in answers} <= {True, False}


@pytest.mark.parametrize("playbook", demo.PLAYBOOKS)
def test_the_greeting_offers_the_other_playbooks(playbook: str) -> None:
    said = demo.greeting("http://127.0.0.1:8081", settings.find_playbook(playbook))
    assert f"The playbook is {playbook};" in said
    assert all(said.count(name) == 1 for name in demo.PLAYBOOKS)


async def test_tasks_ring_in_working_hours(base: Database) -> None:
    planned = await rows(base, tables.tasks)
    assert all(task.due_at > NOW and 10 <= task.due_at.astimezone(ZONE).hour < 17 for task in planned)
    rings = [row for row in await rows(base, tables.outbox) if row.memo and "task" in row.memo]
    assert {(row.memo["task"], row.due_at) for row in rings} == {(task.id, task.due_at) for task in planned}


async def test_there_are_customers_of_every_kind(base: Database) -> None:
    """Two years of purchases, which cards, points and statuses agree with; some never bought, some are long silent."""
    bought, cards = await rows(base, tables.purchases), await rows(base, tables.contacts)
    assert all(NOW - timedelta(days=740) < one.at < NOW for one in bought)
    assert {0, 1, 2} == {0 if not one.refunded else one.value // one.refunded for one in bought}
    points: Counter[int] = Counter()
    for move in await rows(base, tables.point_moves):
        points[move.contact_id] += move.amount
    for card in cards:
        kept = [one for one in bought if one.contact_id == card.id and one.value > one.refunded]
        assert (card.purchases, card.spent) == (len(kept), sum(one.value - one.refunded for one in kept))
        assert card.last_purchase_at == max((one.at for one in kept), default=None)
        assert all(one.at >= card.created_at for one in kept)
        assert card.points == points[card.id] >= 0
        assert card.fields["city"]
    assert {"--", "19"} <= {card.fields["birthday"][:2] for card in cards if "birthday" in card.fields}
    statuses = Counter(card.status for card in cards)
    assert {"potential", "active", "vip", "sleeping"} <= set(statuses)
    assert max(statuses.values()) < len(cards) // 2
    kinds = Counter(event.kind for event in await rows(base, tables.events))
    assert (kinds["purchase"], kinds["refund"]) == (len(bought), 2)


async def test_people_are_found_and_tagged(base: Database) -> None:
    """What a visitor types first works: a surname in another alphabet, the last digits, a tag."""
    async with base.read() as reads:
        for words, name in (("ivanov", "Иван Иванов"), ("0016", "Екатерина Морозова"), ("дяченко", "Мар’яна Д’яченко")):
            found = await search.find(reads, segments.parse(words, lenient=True), limit=5, now=NOW)
            names = [card.name for card in await contacts.get_many(reads, found.ids)]
            assert name in names, words
        counts = {tag.name: tag.contacts for tag in await tags.counts(reads)}
    assert counts["vip"] == sum("vip" in one.tags for one in demo_people.CUSTOMERS)


def test_the_simulator_gets_the_same_people() -> None:
    """Four columns on the page, a team of two, and nobody's id or phone twice."""
    seed = demo_people.for_the_simulator()
    people = seed["people"]
    assert len({person["id"] for person in people}) == len({person["phone"] for person in people}) == len(people) == 32
    assert sorted(person["role"] for person in people if person["role"]) == ["customer", "customer", "manager", "owner"]
    started = {person["id"] for person in people if person["started"]}
    assert demo_people.OLGA.id not in started
    assert {demo_people.MANAGER.id, demo_people.OWNER.id} <= started
    assert {member["user_id"] for member in seed["chats"][0]["members"]} == {
        demo_people.MANAGER.id,
        demo_people.OWNER.id,
    }


def test_the_phones_are_phones() -> None:
    """A made-up number that is none would be refused when it is offered again: Still +380…?"""
    for one in demo_people.CUSTOMERS:
        assert isinstance(values.phone(one.phone, regions=("UA",)), values.Accepted), one.phone
