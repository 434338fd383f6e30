"""Cards that became one: what every table does when a card's rows go to another, and where an old number leads.

The schema is walked: each table that names a contact either follows by its column alone, or is named below with a rule
of its own, or is a mistake that a test finds the day the table is added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from storage import journal, twins
from storage.engine import Reads, Tx
from storage.journal import Watched
from storage.requests import OPEN
from storage.tables import (
    campaign_people,
    consents,
    contact_points,
    contact_tags,
    contact_values,
    contacts,
    duplicate_pairs,
    events,
    journeys,
    merged_contacts,
    metadata,
    outbox,
    preferences,
    requests,
    segment_members,
    telegram_aliases,
)

EVENT: Final = "merged"
"""The kind of the timeline's line that says so."""

OWN_RULES: Final = frozenset(
    {
        contact_points,
        contact_tags,
        contact_values,
        segment_members,
        duplicate_pairs,
        merged_contacts,
        outbox,
        preferences,
        campaign_people,
        journeys,
    }
)
"""Tables whose rows of both cards can be the same thing, or that name the card in more than one place."""


def followers() -> list[Column[Any]]:
    """The columns by which rows simply follow the card: nothing in their table is unique to a contact. Raises
    LookupError for a table that needs a rule of its own and has none."""
    found: list[Column[Any]] = []
    for table in metadata.sorted_tables:
        named = [one for one in table.columns if any(key.column is contacts.c.id for key in one.foreign_keys)]
        if table in OWN_RULES or not named:
            continue
        for column in named:
            if any(column.name in unique for unique in _uniques(table)):
                raise LookupError(f"{table.name} is unique by {column.name}: say in storage/merged.py how it follows")
        found += named
    return found


def _uniques(table: Table) -> list[set[str]]:
    keys = [{column.name for column in table.primary_key.columns}]
    keys += [{column.name for column in one.columns} for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys += [{column.name for column in one.columns} for one in table.indexes if one.unique]
    return keys


@dataclass(frozen=True, slots=True)
class Merge:
    """How a number leads on: to which card, by which change."""

    loser_id: int
    winner_id: int
    change_id: int
    at: datetime


# --------------------------------------------------------------------------------------------------------- old numbers


async def leads_to(db: Reads, contact_id: int) -> int | None:
    """The card that a merged card's number leads to; None for a number that was never merged."""
    found = await db.scalar(select(merged_contacts.c.winner_id).where(merged_contacts.c.loser_id == contact_id))
    return None if found is None else int(found)


_NUMBERS = (
    select(merged_contacts.c.loser_id)
    .where(merged_contacts.c.winner_id == bindparam("contact"))
    .order_by(merged_contacts.c.loser_id)
)


async def numbers(db: Reads, contact_id: int) -> list[int]:
    """The numbers this card goes by: its own, then those of the cards merged into it."""
    rows = await db.all(_NUMBERS, {"contact": contact_id})
    return [contact_id, *(row[0] for row in rows)]


async def of_change(db: Reads, change_id: int) -> Merge | None:
    """The merge that a change made, while it stands."""
    row = await db.first(
        select(
            merged_contacts.c.loser_id,
            merged_contacts.c.winner_id,
            merged_contacts.c.change_id,
            merged_contacts.c.at,
        )
        .where(merged_contacts.c.change_id == change_id)
        .order_by(merged_contacts.c.at)
    )
    return None if row is None else Merge(*row)


# ------------------------------------------------------------------------------------------------------- following


async def watched(db: Reads, winner_id: int, loser_id: int) -> list[Watched]:
    """The rows that merging these two may touch, but for those that only follow: a card with a long life costs nothing
    to be merged into."""
    both = (winner_id, loser_id)
    newest = await db.scalar(select(func.coalesce(func.max(events.c.id), 0)))
    waits = and_(outbox.c.state.in_(["pending", "sending"]), outbox.c.sent_revision == 0)
    return [
        (contacts, contacts.c.id.in_(both)),
        (contact_points, contact_points.c.contact_id.in_(both)),
        (contact_tags, contact_tags.c.contact_id.in_(both)),
        (contact_values, contact_values.c.contact_id.in_(both)),
        (segment_members, segment_members.c.contact_id.in_(both)),
        (duplicate_pairs, or_(duplicate_pairs.c.low_id.in_(both), duplicate_pairs.c.high_id.in_(both))),
        (merged_contacts, merged_contacts.c.winner_id.in_(both)),
        (outbox, or_(outbox.c.contact_id == loser_id, and_(outbox.c.contact_id == winner_id, waits))),
        (preferences, preferences.c.contact_id.in_(both)),
        (campaign_people, campaign_people.c.contact_id.in_(both)),
        (journeys, journeys.c.contact_id.in_(both)),
        # What merging itself says: the line on the timeline, a refusal that holds, the other account.
        (events, events.c.id > newest),
        (consents, consents.c.contact_id == winner_id),
        (telegram_aliases, telegram_aliases.c.contact_id == winner_id),
    ]


async def lead(tx: Tx, change_id: int, winner_id: int, loser_id: int) -> None:
    """The rows that only follow become the winner's. All that changes in them is whose they are, so that is all the
    journal keeps of them."""
    for one in followers():
        await journal.move(tx, change_id, one, loser_id, winner_id)


async def follow(tx: Tx, winner_id: int, loser_id: int, fields: Collection[str]) -> None:
    """The loser's rows of the tables with rules of their own become the winner's; of the values to be asked for, those
    of these fields. Neither card's own row is touched."""
    await _unite(tx, contact_tags, "tag_id", winner_id, loser_id)
    await _unite(tx, segment_members, "segment_id", winner_id, loser_id)
    await _unite_points(tx, winner_id, loser_id)
    await twins.unite(tx, winner_id, loser_id)
    await _unite_preferences(tx, winner_id, loser_id)
    await tx.run(
        delete(contact_values).where(contact_values.c.contact_id == winner_id, contact_values.c.field.in_(fields))
    )
    await tx.run(
        update(contact_values)
        .where(contact_values.c.contact_id == loser_id, contact_values.c.field.in_(fields))
        .values(contact_id=winner_id)
    )
    await _lead_pairs(tx, winner_id, loser_id)
    await _lead_messages(tx, winner_id, loser_id)
    await tx.run(update(merged_contacts).where(merged_contacts.c.winner_id == loser_id).values(winner_id=winner_id))


async def _unite(tx: Tx, table: Table, other: str, winner_id: int, loser_id: int) -> None:
    """What both cards have stays as the winner has it."""
    mine = select(table.c[other]).where(table.c.contact_id == winner_id)
    await tx.run(delete(table).where(table.c.contact_id == loser_id, table.c[other].in_(mine)))
    await tx.run(update(table).where(table.c.contact_id == loser_id).values(contact_id=winner_id))


async def _unite_preferences(tx: Tx, winner_id: int, loser_id: int) -> None:
    """Of two wishes to be left alone the stricter holds; quiet hours are the winner's, where the winner has any."""
    rows = {
        row.contact_id: dict(row._mapping)
        for row in await tx.all(select(preferences).where(preferences.c.contact_id.in_((winner_id, loser_id))))
    }
    if loser_id not in rows:
        return
    theirs = rows[loser_id]
    mine = rows.get(winner_id, theirs)
    hours = mine if mine["quiet_from"] is not None else theirs
    pauses = [row["paused_until"] for row in (mine, theirs) if row["paused_until"] is not None]
    values = {
        "quiet_from": hours["quiet_from"],
        "quiet_until": hours["quiet_until"],
        "topics_off": sorted({*(mine["topics_off"] or ()), *(theirs["topics_off"] or ())}),
        "fewer": max(mine["fewer"], theirs["fewer"]),
        "paused_until": max(pauses, default=None),
        "updated_at": max(mine["updated_at"], theirs["updated_at"]),
    }
    await tx.run(delete(preferences).where(preferences.c.contact_id == loser_id))
    statement = upsert(preferences).values(contact_id=winner_id, **values)
    await tx.run(statement.on_conflict_do_update(index_elements=["contact_id"], set_=values))


async def _unite_points(tx: Tx, winner_id: int, loser_id: int) -> None:
    """Phones and e-mails together. One that both have is verified if it was on either card."""
    mine, theirs = contact_points.alias("mine"), contact_points.alias("theirs")
    same = and_(mine.c.kind == theirs.c.kind, mine.c.key == theirs.c.key)
    both = await tx.all(
        select(mine.c.id, theirs.c.id, mine.c.verified_at, theirs.c.verified_at)
        .select_from(mine.join(theirs, same))
        .where(mine.c.contact_id == winner_id, theirs.c.contact_id == loser_id)
    )
    for my_id, _, my_time, their_time in both:
        times = [one for one in (my_time, their_time) if one is not None]
        if times:
            await tx.run(update(contact_points).where(contact_points.c.id == my_id).values(verified_at=min(times)))
    await tx.run(delete(contact_points).where(contact_points.c.id.in_([row[1] for row in both])))
    await tx.run(update(contact_points).where(contact_points.c.contact_id == loser_id).values(contact_id=winner_id))


async def prefer_point(tx: Tx, contact_id: int, kind: str, key: str) -> None:
    """Of all phones, or e-mails, of the card this one is the preferred."""
    of_kind = and_(contact_points.c.contact_id == contact_id, contact_points.c.kind == kind)
    await tx.run(update(contact_points).where(of_kind).values(preferred=contact_points.c.key == key))


async def best_points(db: Reads, contact_id: int) -> dict[str, str]:
    """The phone and the e-mail that the card prefers, or would: by kind, as they are compared."""
    rows = await db.all(
        select(contact_points.c.kind, contact_points.c.key)
        .where(contact_points.c.contact_id == contact_id)
        .order_by(contact_points.c.preferred.desc(), contact_points.c.verified_at.is_(None), contact_points.c.id)
    )
    best: dict[str, str] = {}
    for row in rows:
        best.setdefault(row.kind, row.key)
    return best


async def _lead_pairs(tx: Tx, winner_id: int, loser_id: int) -> None:
    """Pairs with others name the winner from now on; what was said to be two people stays so."""
    theirs = await tx.all(
        select(duplicate_pairs).where(or_(duplicate_pairs.c.low_id == loser_id, duplicate_pairs.c.high_id == loser_id))
    )
    await tx.run(
        delete(duplicate_pairs).where(or_(duplicate_pairs.c.low_id == loser_id, duplicate_pairs.c.high_id == loser_id))
    )
    for pair in theirs:
        other = pair.low_id if pair.high_id == loser_id else pair.high_id
        if other == winner_id:
            continue
        values = dict(pair._mapping) | {"low_id": min(other, winner_id), "high_id": max(other, winner_id)}
        statement = upsert(duplicate_pairs).values(**values)
        new = statement.excluded
        decided = and_(duplicate_pairs.c.state != "distinct", new.state == "distinct")
        await tx.run(
            statement.on_conflict_do_update(
                index_elements=["low_id", "high_id"],
                set_={
                    "state": case((decided, new.state), else_=duplicate_pairs.c.state),
                    "staff_id": case((decided, new.staff_id), else_=duplicate_pairs.c.staff_id),
                    "decided_at": case((decided, new.decided_at), else_=duplicate_pairs.c.decided_at),
                    "score": func.max(duplicate_pairs.c.score, new.score),
                },
            )
        )


async def _lead_messages(tx: Tx, winner_id: int, loser_id: int) -> None:
    """Messages to the loser, said and still to be said, were to the winner."""
    theirs = outbox.c.contact_id == loser_id
    # Its buttons compare whom the message remembers with who presses.
    remembers = func.json_extract(outbox.c.memo, "$.contact") == loser_id
    await tx.run(
        update(outbox).where(theirs, remembers).values(memo=func.json_set(outbox.c.memo, "$.contact", winner_id))
    )
    await tx.run(update(outbox).where(theirs).values(contact_id=winner_id))


# ------------------------------------------------------------------------------------------------------ the cards' rows


async def row(db: Reads, contact_id: int) -> dict[str, Any] | None:
    """The card's own row, every column."""
    found = await db.first(select(contacts).where(contacts.c.id == contact_id))
    return None if found is None else dict(found._mapping)


async def replace(tx: Tx, change_id: int, winner_id: int, loser_id: int, values: dict[str, Any], now: datetime) -> None:
    """The loser's card goes, the winner's gets these columns, and the loser's number leads to it."""
    await tx.run(delete(contacts).where(contacts.c.id == loser_id))
    await tx.run(update(contacts).where(contacts.c.id == winner_id).values(**values, updated_at=now))
    await tx.run(insert(merged_contacts).values(loser_id=loser_id, winner_id=winner_id, change_id=change_id, at=now))


async def tell(
    tx: Tx, winner_id: int, loser_id: int, *, staff_id: int | None, data: Mapping[str, Any], now: datetime
) -> None:
    """A line on the winner's timeline. Written at once and not `later`: undoing takes it away with the rest."""
    values = {"contact_id": winner_id, "at": now, "kind": EVENT, "staff_id": staff_id}
    await tx.run(insert(events).values(**values, data={"number": loser_id, **data}))


async def refuse(tx: Tx, contact_id: int, word: Mapping[str, Any], *, now: datetime) -> None:
    """Says a refusal once more, so that it is the latest word on its purpose: a row of `consents` of either card."""
    again = {name: word[name] for name in ("purpose", "granted", "version", "text", "message_id")}
    await tx.run(insert(consents).values(**again, contact_id=contact_id, at=now))


async def recount_requests(tx: Tx, ids: Iterable[int]) -> None:
    """Makes what these cards say of their requests what the requests say."""
    theirs = requests.c.contact_id == contacts.c.id
    of_card = contacts.c.id.in_(sorted(set(ids)))
    await tx.run(
        update(contacts)
        .where(of_card)
        .values(
            requests=select(func.count()).where(theirs).scalar_subquery(),
            open_requests=select(func.count()).where(theirs, requests.c.stage.in_(OPEN)).scalar_subquery(),
            last_request_at=select(func.max(requests.c.created_at)).where(theirs).scalar_subquery(),
        )
    )
