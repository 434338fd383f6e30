"""Two cards become one, everything follows, and they can be two again at any time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, event, insert, select

from crm import card_joining
from services import delivering, meeting, merging, permitting
from services.refusals import Refused
from services.workplace import Place
from storage import aliases, consents, contacts, merged, pairs, search, staff, tables, wishes
from storage.engine import Database, Tx
from storage.staff import Member
from storage.wishes import Wishes
from tests.places import make_place
from tests.storage import makers
from tests.storage.makers import NOW

LATER = NOW.replace(hour=15)


@pytest.fixture
def place() -> Place:
    return make_place()


async def join(database: Database, place: Place, winner: int, loser: int, **choices: int) -> int:
    return await database.write(lambda tx: merging.merge(tx, place, winner, loser, choices, staff_id=None, now=LATER))


async def rows(database: Database, table: Table, **where: Any) -> list[Any]:
    async with database.read() as db:
        statement = select(table).where(*(table.c[name] == value for name, value in where.items()))
        return list(await db.all(statement.order_by(*table.primary_key.columns)))


async def card(database: Database, contact_id: int) -> Any:
    (found,) = await rows(database, tables.contacts, id=contact_id)
    return found


async def member(database: Database, role: str = "manager", **columns: Any) -> Member:
    staff_id = await makers.make_staff(database, role=role, **columns)
    async with database.read() as db:
        found = await staff.get(db, staff_id)
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------------- what follows


async def test_every_table_that_names_a_contact_follows_or_has_its_own_rule(database: Database) -> None:
    """A table added tomorrow follows by its column, or this fails until storage/merged.py says how it does."""
    following = {column.table for column in merged.followers()}
    for table in tables.metadata.sorted_tables:
        refers = any(key.column is tables.contacts.c.id for column in table.columns for key in column.foreign_keys)
        # The journal's own rows name whom they are about whatever became of the card: erasing goes by all its numbers.
        names = "contact_id" in table.c and table is not tables.change_rows
        assert not (refers or names) or table in following | merged.OWN_RULES, table.name
    async with database.read() as db:
        watched = {table for table, _ in await merged.watched(db, 1, 2)}
    assert merged.OWN_RULES | {tables.contacts} <= watched


def test_every_column_of_a_card_is_joined_by_a_rule() -> None:
    """A column added to the card tomorrow is named in crm/card_joining.py, or this fails."""
    assert {column.name for column in tables.contacts.columns} == card_joining.COLUMNS


async def test_whatever_the_loser_had_is_the_winners(database: Database, place: Place) -> None:
    anna = await makers.make_contact(database, name="Анна", phones=["+380501111111"], tags=["vip"])
    anya = await makers.make_contact(
        database, name="Анна Коваль", phones=["+380502222222"], emails=["anna@example.com"], tags=["vip", "sms"]
    )
    manager = await makers.make_staff(database)
    request = await makers.make_request(database, anya)
    await makers.make_note(database, anya, "любить чай")
    await makers.make_task(database, manager, contact_id=anya)
    await makers.make_event(database, anya, text="привіт")
    await makers.make_outbox_row(database, contact_id=anya, memo={"contact": anya}, key=f"remind:{anya}:1")
    await join(database, place, anna, anya)
    assert [row.value for row in await rows(database, tables.contact_points, contact_id=anna)] == [
        "+380501111111",
        "+380502222222",
        "anna@example.com",
    ]
    assert len(await rows(database, tables.contact_tags, contact_id=anna)) == 2
    assert [row.id for row in await rows(database, tables.requests, contact_id=anna)] == [request]
    for table in (tables.notes, tables.tasks, tables.outbox):
        assert [row.contact_id for row in await rows(database, table)] == [anna], table.name
    assert [row.kind for row in await rows(database, tables.events, contact_id=anna)] == ["message", "merged"]
    assert (await rows(database, tables.outbox))[0].memo == {"contact": anna}
    assert await rows(database, tables.contacts, id=anya) == []


async def test_a_phone_both_had_is_there_once_and_verified_if_it_was_on_either(
    database: Database, place: Place
) -> None:
    anna = await makers.make_contact(database, phones=["+380501111111"])
    anya = await makers.make_contact(database)
    await makers.make_phone(database, anya, "+380501111111", verified_at=NOW)
    await join(database, place, anna, anya)
    (phone,) = await rows(database, tables.contact_points)
    assert (phone.contact_id, phone.verified_at, phone.preferred) == (anna, NOW, True)


async def test_one_phone_is_preferred_and_it_is_the_chosen_one(database: Database, place: Place) -> None:
    anna, anya = await makers.make_contact(database), await makers.make_contact(database)
    await makers.make_phone(database, anna, "+380501111111", preferred=True)
    await makers.make_phone(database, anya, "+380502222222", preferred=True)
    await join(database, place, anna, anya, phone=anya)
    preferred = [(row.value, row.preferred) for row in await rows(database, tables.contact_points)]
    assert preferred == [("+380501111111", False), ("+380502222222", True)]


async def test_figures_of_both_are_added_up(database: Database, place: Place) -> None:
    anna = await makers.make_contact(database, requests=2, open_requests=1, purchases=3, spent=1000, points=5)
    anya = await makers.make_contact(
        database, requests=1, purchases=1, spent=500, points=7, first_purchase_at=NOW, last_purchase_at=LATER
    )
    await join(database, place, anna, anya)
    one = await card(database, anna)
    assert (one.requests, one.open_requests, one.purchases, one.spent, one.points) == (3, 1, 4, 1500, 12)
    assert (one.first_purchase_at, one.last_purchase_at) == (NOW, LATER)


async def test_fields_are_taken_as_chosen_and_gaps_are_filled(database: Database, place: Place) -> None:
    anna = await makers.make_contact(database, name="Анна", fields={"city": "Київ", "size": "S"})
    anya = await makers.make_contact(database, name="Ганна", fields={"city": "Львів", "shoe": 38})
    value = {"field": "city", "number": None}
    await database.write(
        lambda tx: tx.run(
            insert(tables.contact_values),
            [{"contact_id": anna, "key": "київ", **value}, {"contact_id": anya, "key": "львів", **value}],
        )
    )
    await join(database, place, anna, anya, **{"f:city": anya, "name": anya})
    one = await card(database, anna)
    assert (one.name, one.fields) == ("Ганна", {"city": "Львів", "size": "S", "shoe": 38})
    assert [(row.contact_id, row.key) for row in await rows(database, tables.contact_values)] == [(anna, "львів")]


async def test_the_status_is_what_the_rules_say_of_both_unless_it_was_set_by_hand(
    database: Database, place: Place
) -> None:
    """One purchase on each card is a customer who came back."""
    bought: dict[str, Any] = {"purchases": 1, "last_purchase_at": NOW, "status": "active"}
    anna, anya = [await makers.make_contact(database, **bought) for _ in range(2)]
    await join(database, place, anna, anya)
    assert (await card(database, anna)).status == "repeat"
    key = await makers.make_contact(database, status="vip", status_pinned=True)
    await join(database, place, anna, key)
    one = await card(database, anna)
    assert (one.status, one.status_pinned) == ("vip", True)


async def test_a_fuller_name_is_kept_when_nobody_chose(database: Database, place: Place) -> None:
    anna = await makers.make_contact(database, name="Анна")
    anya = await makers.make_contact(database, name="Коваль Анна")
    await join(database, place, anna, anya)
    assert (await card(database, anna)).name == "Коваль Анна"


async def test_the_one_card_is_found_by_the_names_and_numbers_of_both(database: Database, place: Place) -> None:
    anna = await makers.make_contact(database, name="Анна Коваль", emails=["anna@example.com"])
    anya = await makers.make_contact(database, name="Ганна Коваль", emails=["ganna@example.com"])
    await database.write(lambda tx: search.index_many(tx, [anna, anya]))
    await join(database, place, anna, anya)
    async with database.read() as db:
        for words in ("коваль", "ganna@example.com", "anna@example.com"):
            assert (await search.find(db, words, limit=5, now=NOW)).ids == (anna,), words


# ----------------------------------------------------------------------------------------------------- consents


async def latest_consents(database: Database, contact_id: int) -> dict[str, bool]:
    async with database.read() as db:
        return await consents.latest(db, contact_id)


@pytest.mark.parametrize("winner_refused", [True, False])
async def test_a_refusal_on_either_card_holds(database: Database, place: Place, winner_refused: bool) -> None:
    """Whoever said no, and whichever was said last: the no is the person's."""
    refused = await makers.make_contact(database)
    agreed = await makers.make_contact(database)
    await makers.make_consent(database, refused, purpose="marketing", granted=False, text="Ні")
    await makers.make_consent(database, agreed, purpose="marketing", granted=True)
    await makers.make_consent(database, agreed, purpose="survey", granted=True)
    winner, loser = (refused, agreed) if winner_refused else (agreed, refused)
    await join(database, place, winner, loser)
    assert await latest_consents(database, winner) == {"marketing": False, "survey": True}
    words = await rows(database, tables.consents, contact_id=winner)
    assert (words[-1].text, words[-1].at) == ("Ні", LATER)


async def test_a_withdrawal_holds_over_an_earlier_yes_of_the_other_card(database: Database, place: Place) -> None:
    anna, anya = await makers.make_contact(database), await makers.make_contact(database)
    await makers.make_consent(database, anna, purpose="marketing", granted=True)
    await makers.make_consent(database, anya, purpose="marketing", granted=True)
    await makers.make_consent(database, anya, purpose="marketing", granted=False)
    await join(database, place, anna, anya)
    assert await latest_consents(database, anna) == {"marketing": False}
    assert len(await rows(database, tables.consents)) == 3, "the latest word is a refusal already: nothing is added"


async def test_who_took_back_a_refusal_on_one_card_has_agreed_on_it(database: Database, place: Place) -> None:
    anna, anya = await makers.make_contact(database), await makers.make_contact(database)
    await makers.make_consent(database, anna, purpose="marketing", granted=False)
    await makers.make_consent(database, anna, purpose="marketing", granted=True)
    await makers.make_consent(database, anya, purpose="survey", granted=True)
    await join(database, place, anna, anya)
    assert await latest_consents(database, anna) == {"marketing": True, "survey": True}


async def test_processing_refused_on_one_card_is_refused(database: Database, place: Place) -> None:
    anna = await makers.make_contact(database, consent_version="2026-11")
    anya = await makers.make_contact(database, consent_refused="2026-11")
    await join(database, place, anna, anya)
    one = await card(database, anna)
    assert (one.consent_version, one.consent_refused) == (None, "2026-11")


# ----------------------------------------------------------------------------------------------------- Telegram


async def test_a_card_without_telegram_gets_the_others(database: Database, place: Place) -> None:
    anna = await makers.make_contact(database, telegram_id=None, reachable=False)
    anya = await makers.make_contact(database, telegram_id=5, username="anya")
    await join(database, place, anna, anya)
    one = await card(database, anna)
    assert (one.telegram_id, one.username, one.reachable) == (5, "anya", True)
    assert await rows(database, tables.telegram_aliases) == []


async def test_both_accounts_of_a_person_reach_the_one_card(database: Database, place: Place) -> None:
    anna = await makers.make_contact(database, telegram_id=5)
    anya = await makers.make_contact(database, telegram_id=6)
    await join(database, place, anna, anya)
    async with database.read() as db:
        for account in (5, 6):
            found = await contacts.by_telegram_id(db, account)
            assert found is not None
            assert (found.id, found.telegram_id) == (anna, 5)


async def test_an_account_that_cannot_be_reached_is_not_the_main_one(database: Database, place: Place) -> None:
    anna = await makers.make_contact(database, telegram_id=5, reachable=False)
    anya = await makers.make_contact(database, telegram_id=6)
    await join(database, place, anna, anya)
    one = await card(database, anna)
    assert (one.telegram_id, one.reachable) == (6, True)
    (alias,) = await rows(database, tables.telegram_aliases)
    assert (alias.telegram_id, alias.contact_id, alias.reachable) == (5, anna, False)


@pytest.fixture
async def two_accounts(database: Database, place: Place) -> int:
    """One card, its main account 5, another of the person's 6."""
    anna = await makers.make_contact(database, telegram_id=5)
    anya = await makers.make_contact(database, telegram_id=6)
    await join(database, place, anna, anya)
    return anna


async def leave(database: Database, account: int) -> None:
    async def unit(tx: Tx) -> None:
        contact = await contacts.by_telegram_id(tx, account)
        assert contact is not None
        await meeting.go_away(tx, contact, account, now=LATER)

    await database.write(unit)


async def test_when_the_main_account_blocks_the_bot_the_other_takes_its_place(
    database: Database, two_accounts: int
) -> None:
    await leave(database, 5)
    one = await card(database, two_accounts)
    assert (one.telegram_id, one.reachable) == (6, True)
    await leave(database, 6)
    assert not (await card(database, two_accounts)).reachable


async def test_an_account_that_is_not_written_to_may_block_the_bot_unfelt(
    database: Database, two_accounts: int
) -> None:
    await leave(database, 6)
    one = await card(database, two_accounts)
    assert (one.telegram_id, one.reachable) == (5, True)
    await database.write(lambda tx: delivering.mark_unreachable(tx, 5, reason="blocked", now=LATER))
    one = await card(database, two_accounts)
    assert (one.telegram_id, one.reachable) == (5, False), "there is nobody left to take its place"


async def test_what_telegram_refuses_to_deliver_goes_to_the_other_account_from_then_on(
    database: Database, two_accounts: int
) -> None:
    await database.write(lambda tx: delivering.mark_unreachable(tx, 5, reason="blocked", now=LATER))
    one = await card(database, two_accounts)
    assert (one.telegram_id, one.reachable) == (6, True)


# -------------------------------------------------------------------------------------------------- old numbers


async def test_an_old_number_leads_on_however_often_it_was_merged(database: Database, place: Place) -> None:
    one, two, three = [await makers.make_contact(database) for _ in range(3)]
    await join(database, place, two, one)
    await join(database, place, three, two)
    async with database.read() as db:
        assert (await permitting.contact(db, one)).id == three
        assert (await permitting.contact(db, two)).id == three
        assert await merged.numbers(db, three) == [three, one, two]


async def test_pairs_with_others_name_the_winner_and_two_people_stay_two(database: Database, place: Place) -> None:
    anna, anya, other, third = [await makers.make_contact(database) for _ in range(4)]
    pair = {"score": 0.5, "reasons": {}, "found_at": NOW}

    async def seed(tx: Tx) -> None:
        await tx.run(insert(tables.duplicate_pairs).values(low_id=anna, high_id=anya, **pair))
        await tx.run(insert(tables.duplicate_pairs).values(low_id=anna, high_id=other, **pair))
        await tx.run(insert(tables.duplicate_pairs).values(low_id=anya, high_id=third, **pair))
        await pairs.part(tx, anya, other, staff_id=None, now=NOW)

    await database.write(seed)
    await join(database, place, anna, anya)
    left = [(row.low_id, row.high_id, row.state) for row in await rows(database, tables.duplicate_pairs)]
    assert left == [(anna, other, "distinct"), (anna, third, "open")]


async def test_a_question_that_waits_for_both_is_asked_once(database: Database, place: Place) -> None:
    anna, anya = await makers.make_contact(database), await makers.make_contact(database)
    for one in (anna, anya):
        await makers.make_outbox_row(database, contact_id=one, key=f"survey:nps:{one}:2026-10")
    await join(database, place, anna, anya)
    states = {row.key: row.state for row in await rows(database, tables.outbox)}
    assert states == {f"survey:nps:{anna}:2026-10": "pending", f"survey:nps:{anya}:2026-10": "cancelled"}


# ---------------------------------------------------------------------------------------------- two at once, rights


async def test_of_two_managers_who_merge_at_once_one_wins(database: Database, place: Place) -> None:
    bob = await member(database)
    anna, anya = await makers.make_contact(database), await makers.make_contact(database)
    versions = {anna: 0, anya: 0}

    async def press(tx: Tx, winner: int, loser: int) -> int:
        return await merging.decide(tx, place, bob, winner, loser, {}, versions=versions, now=NOW)

    await database.write(lambda tx: press(tx, anna, anya))
    for winner, loser in ((anna, anya), (anya, anna)):
        with pytest.raises(Refused, match="refused-dup-done"):
            await database.write(lambda tx, winner=winner, loser=loser: press(tx, winner, loser))  # type: ignore[misc]


async def test_a_card_changed_since_it_was_looked_at_is_not_merged(database: Database, place: Place) -> None:
    bob = await member(database)
    anna, anya = await makers.make_contact(database), await makers.make_contact(database)
    await database.write(lambda tx: contacts.change(tx, anya, now=NOW, name="Інша"))
    with pytest.raises(Refused, match="refused-dup-changed"):
        await database.write(
            lambda tx: merging.decide(tx, place, bob, anna, anya, {}, versions={anna: 0, anya: 0}, now=NOW)
        )


async def test_a_viewer_neither_merges_nor_undoes(database: Database, place: Place) -> None:
    vera = await member(database, "viewer")
    anna, anya = await makers.make_contact(database), await makers.make_contact(database)
    with pytest.raises(Refused, match="refused-right"):
        await database.write(lambda tx: merging.decide(tx, place, vera, anna, anya, {}, versions={}, now=NOW))
    change = await join(database, place, anna, anya)
    with pytest.raises(Refused, match="refused-right"):
        await database.write(lambda tx: merging.undo(tx, place, vera, change, now=NOW))


async def test_whoever_merged_undoes_and_so_does_an_owner_and_nobody_else(database: Database, place: Place) -> None:
    bob, carl, alice = await member(database), await member(database), await member(database, "owner")
    anna, anya = await makers.make_contact(database), await makers.make_contact(database)

    async def press(tx: Tx) -> int:
        return await merging.merge(tx, place, anna, anya, {}, staff_id=bob.id, now=NOW)

    for who in (bob, alice):
        change = await database.write(press)
        with pytest.raises(Refused, match="refused-dup-not-yours"):
            await database.write(lambda tx, change=change: merging.undo(tx, place, carl, change, now=NOW))  # type: ignore[misc]
        await database.write(lambda tx, who=who, change=change: merging.undo(tx, place, who, change, now=NOW))  # type: ignore[misc]
    with pytest.raises(Refused, match="refused-dup-undone"):
        await database.write(lambda tx: merging.undo(tx, place, alice, change, now=NOW))


# ------------------------------------------------------------------------------------------------------- undoing


async def test_what_came_since_stays_with_the_winner_and_is_counted(database: Database, place: Place) -> None:
    bob = await member(database)
    anna = await makers.make_contact(database, requests=1, open_requests=1)
    anya = await makers.make_contact(database, requests=1, open_requests=1)
    await makers.make_request(database, anna)
    await makers.make_request(database, anya)
    change = await join(database, place, anna, anya)

    async def since(tx: Tx) -> None:
        await makers.make_note(tx, anna, "після злиття")
        await makers.make_request(tx, anna)
        await contacts.count_request(tx, anna, opened=1, total=1, now=LATER)
        await contacts.change(tx, anna, now=LATER, name="Анна Нова")

    await database.write(since)
    undone = await database.write(lambda tx: merging.undo(tx, place, bob, change, now=LATER))
    assert (undone.winner_id, undone.loser_id) == (anna, anya)
    assert undone.kept
    one, other = await card(database, anna), await card(database, anya)
    assert (one.name, one.requests, one.open_requests) == ("Анна Нова", 2, 2)
    assert (other.requests, other.open_requests) == (1, 1)
    assert [row.contact_id for row in await rows(database, tables.notes)] == [anna]
    assert len(await rows(database, tables.requests, contact_id=anya)) == 1


async def test_each_card_gets_its_account_back_whichever_the_person_wrote_from_since(
    database: Database, place: Place
) -> None:
    bob = await member(database)
    anna = await makers.make_contact(database, telegram_id=5, username="anna")
    anya = await makers.make_contact(database, telegram_id=6, username="anya")
    change = await join(database, place, anna, anya)
    assert await database.write(lambda tx: aliases.prefer(tx, anna, 6, now=LATER))
    assert (await card(database, anna)).telegram_id == 6
    await database.write(lambda tx: merging.undo(tx, place, bob, change, now=LATER))
    one, other = await card(database, anna), await card(database, anya)
    assert (one.telegram_id, one.username, other.telegram_id, other.username) == (5, "anna", 6, "anya")
    assert await rows(database, tables.telegram_aliases) == []


async def test_merges_one_on_another_are_undone_from_the_last(database: Database, place: Place) -> None:
    bob = await member(database)
    one, two, three = [await makers.make_contact(database, name=name) for name in ("Раз", "Два", "Три")]
    await makers.make_note(database, one, "перша")
    first = await join(database, place, two, one)
    second = await join(database, place, three, two)
    with pytest.raises(Refused, match="refused-dup-later"):
        await database.write(lambda tx: merging.undo(tx, place, bob, first, now=LATER))
    await database.write(lambda tx: merging.undo(tx, place, bob, second, now=LATER))
    await database.write(lambda tx: merging.undo(tx, place, bob, first, now=LATER))
    assert [row.name for row in await rows(database, tables.contacts)] == ["Раз", "Два", "Три"]
    assert [row.contact_id for row in await rows(database, tables.notes)] == [one]


async def test_a_merge_whose_card_was_deleted_cannot_be_undone_and_says_so(database: Database, place: Place) -> None:
    bob = await member(database)
    anna, anya = await makers.make_contact(database), await makers.make_contact(database)
    change = await join(database, place, anna, anya)
    await database.write(lambda tx: tx.run(tables.contacts.delete().where(tables.contacts.c.id == anna)))
    with pytest.raises(Refused, match="refused-dup-erased"):
        await database.write(lambda tx: merging.undo(tx, place, bob, change, now=LATER))


async def test_what_is_gone_meanwhile_is_no_obstacle(database: Database, place: Place) -> None:
    """A tag deleted since, a third card erased since: the rest comes back."""
    bob = await member(database)
    anna, anya, third = [await makers.make_contact(database) for _ in range(3)]
    tag = await makers.make_tag(database, anya, "vip")
    await database.write(
        lambda tx: tx.run(
            insert(tables.duplicate_pairs).values(low_id=anya, high_id=third, score=0.5, reasons={}, found_at=NOW)
        )
    )
    change = await join(database, place, anna, anya)

    async def since(tx: Tx) -> None:
        await tx.run(tables.tags.delete().where(tables.tags.c.id == tag))
        await tx.run(tables.contacts.delete().where(tables.contacts.c.id == third))

    await database.write(since)
    undone = await database.write(lambda tx: merging.undo(tx, place, bob, change, now=LATER))
    assert undone.kept
    assert (await card(database, anya)).id == anya


# ------------------------------------------------------------------------------------------------------- by rule


async def test_by_rule_the_team_hears_of_it_and_a_person_taking_it_apart_is_remembered(
    database: Database, place: Place
) -> None:
    bob = await member(database)
    old = await makers.make_contact(database, name="Анна", telegram_id=None, reachable=False)
    new = await makers.make_contact(database, name="Anna", telegram_id=5)

    async def rule(tx: Tx) -> Any:
        return await merging.by_rule(tx, place, old, new, now=NOW)

    done = await database.write(rule)
    assert done is not None
    change, said = done
    (line,) = said
    assert line.chat_id == bob.telegram_id
    assert f"dup:undo:{change}" in [button.data for row in line.screen.buttons for button in row]
    assert (await rows(database, tables.contacts))[0].id == new, "who can be written to stays"
    await database.write(lambda tx: merging.undo(tx, place, bob, change, now=LATER))
    assert await database.write(rule) is None
    assert len(await rows(database, tables.contacts)) == 2


async def test_a_rule_never_joins_spam_with_who_is_none(database: Database, place: Place) -> None:
    one, spam = await makers.make_contact(database), await makers.make_contact(database, spam_at=NOW)
    assert await database.write(lambda tx: merging.by_rule(tx, place, one, spam, now=NOW)) is None


# --------------------------------------------------------------------------------------------------------- speed


async def test_a_long_story_costs_no_more_statements_than_a_short_one(database: Database, place: Place) -> None:
    """What only follows is led by one statement a table, however many rows it is; `make bench` tells the time."""
    statements: list[str] = []
    counted: list[int] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    event.listen(database._write_engine.sync_engine, "before_cursor_execute", note)
    for number in (10, 1_000):
        anna, anya = await makers.make_contact(database), await makers.make_contact(database)

        async def seed(tx: Tx, anna: int = anna, anya: int = anya, number: int = number) -> None:
            said = {"at": NOW, "kind": "message", "text": "слова " * 10, "data": {"a": 1}}
            await tx.run(insert(tables.events), [{"contact_id": who, **said} for who in (anna, anya)] * number)

        async def press(tx: Tx, anna: int = anna, anya: int = anya) -> int:
            return await merging.merge(tx, place, anna, anya, {}, staff_id=None, now=LATER)

        await database.write(seed)
        statements.clear()
        await database.write(press)
        counted.append(len(statements))
        assert len(await rows(database, tables.events, contact_id=anna)) == 2 * number + 1
    assert counted[1] <= counted[0] + 2, counted


async def test_of_two_wishes_to_be_left_alone_the_stricter_holds(database: Database, place: Place) -> None:
    """Whichever card stays: fewer is fewer, a pause lasts to the later day, and a topic refused once is refused."""
    anna, anya = await makers.make_contact(database), await makers.make_contact(database)
    soon, later = NOW + timedelta(days=3), NOW + timedelta(days=30)

    async def wish(tx: Tx) -> None:
        await wishes.change(tx, anna, fewer=2, paused_until=soon, topics_off=["news"], now=NOW)
        await wishes.change(
            tx, anya, fewer=1, paused_until=later, topics_off=["sales"], quiet_from=60, quiet_until=120, now=NOW
        )

    await database.write(wish)
    await join(database, place, anna, anya)
    async with database.read() as db:
        both = await wishes.get(db, anna)
    assert both == Wishes(60, 120, ("news", "sales"), 2, later)
    assert len(await rows(database, tables.preferences)) == 1
