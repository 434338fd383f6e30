"""The demo's base: thirty people whose story holds together, whatever the playbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import demo_people, demo_seed, playbooks, settings
from crm import segments, values
from storage import contacts, schema, search, tables, tags
from storage.engine import Database

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SHIPPED = sorted((settings.SOURCE_TREE / "playbooks").glob("*.toml"))


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
async def base(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A base sown with one of the shipped playbooks."""
    path = tmp_path / "kartoteka.db"
    schema.upgrade(path)
    database = Database(f"sqlite+aiosqlite:///{path}", synchronous="OFF")
    await database.open()
    await demo_seed.sow(database, playbooks.load(request.param), now=NOW)
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


async def test_the_past_is_past_and_the_ratings_are_of_both_kinds(base: Database) -> None:
    """No event and no rating lies in the future; some praise and some blame."""
    assert all(event.at <= NOW for event in await rows(base, tables.events))
    answers = await rows(base, tables.survey_answers)
    assert all(answer.scored_at <= NOW for answer in answers)
    assert {answer.score >= 4 for answer in answers} <= {True, False}
    assert all(task.due_at > NOW for task in await rows(base, tables.tasks))


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
