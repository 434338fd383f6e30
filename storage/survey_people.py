"""Whom a survey put by hand reaches: who can be written to, has not refused surveys, and was not asked lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import ColumnElement, and_, bindparam, false, func, literal_column, or_, select, update

from crm.segment_tree import Query
from storage import conditions, members, merged
from storage.engine import Reads, Tx
from storage.members import Recipient
from storage.segment_sets import Meant
from storage.tables import contacts, conversations, outbox, requests
from storage.tables import visits as visits_table


def of_contact(contact_id: int) -> Meant:
    """One person."""
    return Meant(contacts.c.id == contact_id)


def both(meant: Meant, query: Query, *, now: datetime, zone: tzinfo) -> Meant:
    """Those of a set whom a question means too."""
    return Meant(and_(meant.condition, conditions.condition(query, now=now, zone=zone)), meant.more)


async def counts(db: Reads, meant: Meant, *, rested_before: datetime) -> tuple[int, int, int]:
    """How many a set holds, how many of them a survey may be put to, and how many of those were not surveyed since."""
    free, rested = _free(), _rested(rested_before)
    statement = select(func.count(), func.count().filter(free), func.count().filter(and_(free, rested))).select_from(
        contacts
    )
    row = await db.first(statement.where(meant.condition))
    return (0, 0, 0) if row is None else (row[0], row[1], row[2])


async def chunk(db: Reads, meant: Meant, *, rested_before: datetime, after: int, limit: int) -> list[Recipient]:
    """Up to `limit` of those it may be put to, with ids greater than `after`, in their order."""
    statement = (
        select(*members.COLUMNS)
        .where(contacts.c.id > after, meant.condition, _free(), _rested(rested_before))
        .order_by(contacts.c.id)
        .limit(limit)
    )
    return [Recipient(*row) for row in await db.all(statement)]


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that has been: whose, by which request, and who of the team served it."""

    request_id: int
    contact_id: int
    staff_id: int | None
    at: datetime


async def visits(db: Reads, *, after: datetime, until: datetime) -> list[Visit]:
    """The visits between two moments, the later one included, that nobody called off or is about to move."""
    statement = (
        select(visits_table.c.request_id, visits_table.c.contact_id, requests.c.owner_id, visits_table.c.at)
        .join(requests, requests.c.id == visits_table.c.request_id)
        .where(visits_table.c.at > after, visits_table.c.at <= until, visits_table.c.state.in_(["booked", "confirmed"]))
        .order_by(visits_table.c.at, visits_table.c.request_id)
    )
    return [Visit(*row) for row in await db.all(statement)]


_REFERRED = select(func.count()).where(
    contacts.c.source_first.in_(bindparam("links", expanding=True)),
    contacts.c.id != bindparam("contact"),  # who tried their own link
    # As the partial index has it, which is found by nothing else.
    func.substr(contacts.c.source_first, literal_column("1"), literal_column("4")) == literal_column("'ref_'"),
)


async def referred(db: Reads, contact_id: int) -> int:
    """How many came by this person's link: the payload of their first start is the link's, of any number of theirs."""
    links = [f"ref_{number}" for number in await merged.numbers(db, contact_id)]
    return int(await db.scalar(_REFERRED, {"links": links, "contact": contact_id}))


async def leave_idle(tx: Tx, *, before: datetime) -> int:
    """Lets out of own questions whoever has said nothing to them since; of how many conversations. What they answered
    with their name on it is kept with the answers."""
    idle = (
        conversations.c.flow == "form",
        conversations.c.updated_at < before,
        conversations.c.state["form"].as_string().startswith("survey:"),
    )
    found = await tx.run(update(conversations).where(*idle).values(flow=None, state=None))
    return int(found.rowcount)


async def planned(db: Reads, survey_id: str, stamp: str) -> int:
    """To how many a survey was put by one decision."""
    begins = f"survey:{survey_id}:"
    statement = select(func.count()).where(
        # A range of the unique index on keys: ":" is followed by ";".
        outbox.c.key >= begins,
        outbox.c.key < f"{begins[:-1]};",
        outbox.c.key.endswith(f":{stamp}"),
    )
    return int(await db.scalar(statement))


def _free() -> ColumnElement[bool]:
    return and_(*members.CAN_BE_WRITTEN_TO, contacts.c.consent_survey.is_not(false()))


def _rested(before: datetime) -> ColumnElement[bool]:
    return or_(contacts.c.last_survey_at.is_(None), contacts.c.last_survey_at <= before)
