"""Changing many at once: whom it was counted for and nobody else, and undone as if it had never been."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert, select, text, update

from crm import id_sets
from services import bulk_changing
from services.bulk_changing import Action, Progress
from services.refusals import Refused
from services.workplace import Place
from storage import bulk_changes, saved_segments, search, staff, tables
from storage.engine import Database, Tx
from storage.staff import Member
from tests.clocks import NOON
from tests.places import make_place, make_playbook
from tests.storage.makers import (
    make_consent,
    make_contact,
    make_event,
    make_note,
    make_outbox_row,
    make_request,
    make_staff,
    make_task,
)

T = TypeVar("T")


class Hall:
    """A base with a few people in it, an owner and two managers."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.place: Place = make_place()

    async def open(self) -> Hall:
        self.alice = await self._member("owner")
        self.bob = await self._member("manager")
        self.carol = await self._member("manager")
        self.vera = await self._member("viewer")
        self.anna = await make_contact(
            self.database, name="Анна", phones=["+380501112233"], tags=["vip"], consent_version="1"
        )
        self.taras = await make_contact(self.database, name="Тарас", owner_id=self.bob.id, consent_version="1")
        self.guest = await make_contact(self.database, name=None)
        self.everybody = [self.anna, self.taras, self.guest]
        await self.write(lambda tx: search.index_many(tx, self.everybody))
        return self

    async def _member(self, role: str) -> Member:
        number = await make_staff(self.database, name=role, role=role)
        async with self.database.read() as reads:
            member = await staff.get(reads, number)
        assert member is not None
        return member

    async def write(self, unit: Callable[[Tx], Awaitable[T]]) -> T:
        return await self.database.write(unit)

    async def do(self, action: Action, ids: list[int] | None = None, member: Member | None = None) -> Progress:
        people = id_sets.packed(self.everybody if ids is None else ids)
        who = member or self.bob

        async def unit(tx: Tx) -> Progress:
            return await bulk_changing.begin(tx, self.place, who, action, people, chat_id=1, message_id=2, now=NOON)

        return await self.write(unit)

    async def undo(self, number: int, member: Member | None = None) -> Progress:
        who = member or self.bob

        async def unit(tx: Tx) -> Progress:
            return await bulk_changing.undo(tx, self.place, who, number, chat_id=1, message_id=2, now=NOON)

        return await self.write(unit)

    async def step(self, number: int, ids: list[int]) -> Progress:
        return await self.write(lambda tx: bulk_changing.step(tx, self.place, number, ids, now=NOON))

    async def dump(self) -> dict[str, list[Any]]:
        """Everything in the base but the journal itself and the work that is done, byte for byte."""
        mine = {"changes", "change_rows", "work"}
        found: dict[str, list[Any]] = {}
        async with self.database.read() as reads:
            for table in tables.metadata.sorted_tables:
                if table.name not in mine:
                    rows = await reads.all(text(f'SELECT * FROM "{table.name}"'))
                    found[table.name] = sorted(tuple(row) for row in rows) if rows else []
            found["search_docs"] = [tuple(one) for one in await reads.all(text("SELECT * FROM search_docs"))]
        found["tags"] = []  # a tag that nobody has is not seen
        return found

    async def tagged(self, name: str) -> set[int]:
        statement = (
            select(tables.contact_tags.c.contact_id).join(tables.tags).where(tables.tags.c.key == name.casefold())
        )
        async with self.database.read() as reads:
            return {row[0] for row in await reads.all(statement)}

    async def rows(self, name: str) -> list[Any]:
        async with self.database.read() as reads:
            return list(await reads.all(select(tables.metadata.tables[name])))


@pytest.fixture
async def hall(database: Database) -> Hall:
    return await Hall(database).open()


async def make_list(hall: Hall) -> int:
    number = await hall.write(lambda tx: saved_segments.create(tx, "Party", None, staff_id=None, now=NOON))
    assert number is not None
    await hall.write(lambda tx: saved_segments.add_members(tx, number, [hall.taras], staff_id=None, now=NOON))
    return number


@pytest.mark.parametrize(
    ("action", "changes"),
    [
        (Action("tag", "VIP"), 2),
        (Action("tag", "new one"), 3),
        (Action("untag", "vip"), 1),
        (Action("owner", None), 1),
        (Action("status", "vip"), 3),
        (Action("field", "olena", field="master"), 3),
        (Action("field", None, field="master"), 0),
        (Action("list", 1), 2),
        (Action("unlist", 1), 1),
    ],
    ids=lambda one: f"{one.do}-{one.value}" if isinstance(one, Action) else "",
)
async def test_who_differs_is_changed_and_undoing_leaves_no_trace(hall: Hall, action: Action, changes: int) -> None:
    await make_list(hall)
    before = await hall.dump()
    done = await hall.do(action)
    assert (done.state, done.of, done.changed) == ("done", 3, changes)
    assert (await hall.dump() == before) is (changes == 0)
    undone = await hall.undo(done.change_id)
    assert undone.state == "undone"
    assert await hall.dump() == before


async def test_each_timeline_says_what_was_done_to_its_person_and_by_whom(hall: Hall) -> None:
    await hall.do(Action("tag", "vip"))
    lines = {(row.contact_id, row.kind, row.text, row.staff_id) for row in await hall.rows("events")}
    assert lines == {(hall.taras, "tag", "vip", hall.bob.id), (hall.guest, "tag", "vip", hall.bob.id)}


async def test_a_status_set_by_hand_is_pinned(hall: Hall) -> None:
    await hall.do(Action("status", "vip"), [hall.anna])
    card = next(row for row in await hall.rows("contacts") if row.id == hall.anna)
    assert (card.status, card.status_pinned, card.status_at) == ("vip", True, NOON)


async def test_what_others_changed_since_stays_when_it_is_undone(hall: Hall) -> None:
    done = await hall.do(Action("owner", None))
    contacts = tables.contacts

    async def meanwhile(tx: Tx) -> None:
        await tx.run(update(contacts).where(contacts.c.id == hall.taras).values(owner_id=hall.carol.id))

    await hall.write(meanwhile)
    await hall.undo(done.change_id)
    assert next(row.owner_id for row in await hall.rows("contacts") if row.id == hall.taras) == hall.carol.id


async def fill(hall: Hall, contact_id: int) -> None:
    """Rows of every kind that a card can have."""
    request = await make_request(hall.database, contact_id)
    await make_note(hall.database, contact_id)
    await make_event(hall.database, contact_id, text="Добрий день")
    await make_consent(hall.database, contact_id)
    await make_task(hall.database, hall.bob.id, contact_id=contact_id)
    await make_outbox_row(hall.database, contact_id=contact_id, purpose="service", due_at=NOON + timedelta(days=1))
    await make_outbox_row(hall.database, contact_id=contact_id, purpose="service", state="sent", sent_revision=1)

    async def unit(tx: Tx) -> None:
        await tx.run(
            insert(tables.purchases).values(
                contact_id=contact_id, request_id=request, amount=1, currency="UAH", value=1, at=NOON, created_at=NOON
            )
        )
        await tx.run(
            insert(tables.files).values(
                contact_id=contact_id, request_id=request, file_id="f", unique_id="u", kind="photo", at=NOON
            )
        )
        await tx.run(insert(tables.relatives).values(contact_id=contact_id, kind="child", name="Мар'яна", at=NOON))
        pair = {"low_id": contact_id, "high_id": hall.guest, "score": 1.0, "reasons": {}, "found_at": NOON}
        await tx.run(insert(tables.duplicate_pairs).values(**pair))
        telegram = (await tx.first(select(tables.contacts.c.telegram_id).where(tables.contacts.c.id == contact_id)))[0]
        await tx.run(
            insert(tables.conversations).values(chat_id=telegram, user_id=telegram, draft={"a": 1}, updated_at=NOON)
        )

    await hall.write(unit)


async def test_who_is_deleted_comes_back_whole(hall: Hall) -> None:
    await make_list(hall)
    await fill(hall, hall.anna)
    await fill(hall, hall.taras)
    before = await hall.dump()
    done = await hall.do(Action("delete"), [hall.anna, hall.taras], hall.alice)
    assert [row.id for row in await hall.rows("contacts")] == [hall.guest]
    for name in ("requests", "notes", "events", "purchases", "conversations", "contact_points"):
        assert await hall.rows(name) == [], name
    assert {row.state for row in await hall.rows("outbox")} == {"cancelled", "sent"}
    assert await hall.dump() != before
    assert (await hall.undo(done.change_id, hall.alice)).state == "undone"
    assert await hall.dump() == before


async def test_who_wrote_again_after_being_deleted_keeps_writing_to_the_new_card(hall: Hall) -> None:
    account = next(row.telegram_id for row in await hall.rows("contacts") if row.id == hall.anna)
    done = await hall.do(Action("delete"), [hall.anna], hall.alice)
    newer = await make_contact(hall.database, name="Анна", telegram_id=account)
    assert (await hall.undo(done.change_id, hall.alice)).state == "undone"
    cards = {row.id: row.telegram_id for row in await hall.rows("contacts")}
    assert (cards[newer], cards[hall.anna]) == (account, None)


async def test_only_an_owner_deletes_many_and_brings_them_back(hall: Hall) -> None:
    with pytest.raises(Refused):
        await hall.do(Action("delete"), [hall.anna], hall.bob)
    assert len(await hall.rows("contacts")) == 3
    done = await hall.do(Action("delete"), [hall.anna], hall.alice)
    with pytest.raises(Refused):
        await hall.undo(done.change_id, hall.bob)
    late = done.created_at + bulk_changing.DELETED_KEPT
    assert bulk_changing.may_undo(hall.alice, done, now=NOON)
    assert not bulk_changing.may_undo(hall.alice, done, now=late)
    assert not bulk_changing.may_undo(hall.bob, done, now=NOON)


async def test_a_viewer_changes_nobody(hall: Hall) -> None:
    before = await hall.dump()
    with pytest.raises(Refused):
        await hall.do(Action("tag", "vip"), None, hall.vera)
    assert await hall.dump() == before


async def test_a_colleagues_change_is_undone_by_them_or_an_owner(hall: Hall) -> None:
    done = await hall.do(Action("tag", "new"))
    with pytest.raises(Refused):
        await hall.undo(done.change_id, hall.carol)
    await hall.undo(done.change_id, hall.alice)
    assert [(row.staff_id, row.undone_by) for row in await hall.rows("changes")] == [(hall.bob.id, hall.alice.id)]
    assert await hall.tagged("new") == set()
    with pytest.raises(Refused):
        await hall.undo(done.change_id, hall.alice)


async def test_personal_data_is_written_only_on_cards_of_who_agreed(hall: Hall) -> None:
    personal = {'id = "master"\ntype = "choice"': 'id = "master"\npersonal = true\ntype = "choice"'}
    hall.place = make_place(playbook=make_playbook(changes=personal))
    done = await hall.do(Action("field", "olena", field="master"))
    assert done.changed == 2
    guest = next(row for row in await hall.rows("contacts") if row.id == hall.guest)
    assert guest.fields == {}


async def test_many_are_changed_chunk_by_chunk_and_a_killed_change_goes_on_where_it_was(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_changes, "CHUNK", 2)
    begun = await hall.do(Action("tag", "new"))
    assert (begun.state, begun.done) == ("running", 0)
    (job,) = await hall.rows("work")
    ids = id_sets.unpacked(job.payload["people"])
    assert ids == sorted(hall.everybody)
    first = await hall.step(begun.change_id, ids)
    assert (first.state, first.done, await hall.tagged("new")) == ("running", 2, set(ids[:2]))
    last = await hall.step(begun.change_id, ids)
    assert (last.state, last.done, last.changed) == ("done", 3, 3)
    assert (await hall.step(begun.change_id, ids)) == last


async def test_a_change_that_is_stopped_is_undone_whole(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_changes, "CHUNK", 2)
    before = await hall.dump()
    begun = await hall.do(Action("tag", "new"))
    ids = sorted(hall.everybody)
    await hall.step(begun.change_id, ids)
    stopped = await hall.write(lambda tx: bulk_changing.stop(tx, hall.bob, begun.change_id, now=NOON))
    assert stopped.state == "undoing"
    while not (stands := await hall.step(begun.change_id, ids)).is_over:
        continue
    assert stands.state == "undone"
    assert await hall.dump() == before
    with pytest.raises(Refused):
        await hall.write(lambda tx: bulk_changing.stop(tx, hall.bob, begun.change_id, now=NOON))
