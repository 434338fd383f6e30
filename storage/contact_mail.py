"""The outbox as one contact meets it: what they were sent, what is coming, what was taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select, update

from storage import campaign_people
from storage import journeys as begun
from storage.engine import Reads, Tx
from storage.tables import campaigns, journeys, outbox


class Around(NamedTuple):
    """A message of a contact's that the policy looks at: it counts, or it is due as well. `decision` is told of the one
    that is being judged only."""

    id: int
    purpose: str
    counts: bool
    at: datetime
    topic: str | None
    value: int
    due_at: datetime
    valid_until: datetime | None
    decision: dict[str, Any] | None


_mine = outbox.c.id == bindparam("mine")
_counts = or_(
    outbox.c.sent_at >= bindparam("since"),
    and_(
        outbox.c.sent_at.is_(None),
        outbox.c.state.in_(["sending", "unknown"]),
        outbox.c.due_at >= bindparam("since"),
    ),
)
_is_due = and_(
    outbox.c.state == "pending",
    outbox.c.sent_revision == 0,
    outbox.c.due_at <= bindparam("now"),
    or_(outbox.c.retry_at.is_(None), outbox.c.retry_at <= bindparam("now")),
)
_is_whole = outbox.c.after_id.is_(None)
"""What is said under an album is a part of it, and neither counted nor told of by itself."""
_AROUND = select(
    outbox.c.id,
    outbox.c.purpose,
    _counts.label("counts"),
    func.coalesce(outbox.c.sent_at, outbox.c.due_at, type_=outbox.c.sent_at.type),
    outbox.c.topic,
    outbox.c.value,
    outbox.c.due_at,
    outbox.c.valid_until,
    case((_mine, outbox.c.decision)),
).where(
    outbox.c.contact_id == bindparam("contact"),
    outbox.c.purpose.in_(["service", "survey", "marketing"]),
    _is_whole,
    or_(_mine, _counts, _is_due),
)


async def around(db: Reads, contact_id: int, *, mine: int, since: datetime, now: datetime) -> list[Around]:
    """What a contact was sent since then, or is being sent, or may have got; what else is due to them now; and the row
    `mine` itself, which is being judged."""
    rows = await db.all(_AROUND, {"contact": contact_id, "mine": mine, "since": since, "now": now})
    return [Around(*row) for row in rows]


async def waiting(db: Reads, contact_id: int, purpose: str) -> list[int]:
    """The rows of this purpose that wait for a contact."""
    which = and_(outbox.c.contact_id == contact_id, outbox.c.purpose == purpose, outbox.c.state == "pending")
    return [row[0] for row in await db.all(select(outbox.c.id).where(which, outbox.c.sent_revision == 0))]


async def wait_again(tx: Tx, contact_id: int, rows: Sequence[int], *, reason: str) -> None:
    """What was taken back from this contact for that reason waits as it did before."""
    theirs = and_(outbox.c.id.in_(rows), outbox.c.contact_id == contact_id)
    taken_back = and_(outbox.c.state == "cancelled", outbox.c.error == reason)
    await tx.run(update(outbox).where(theirs, taken_back).values(state="pending", error=None))
    tx.announce("outbox")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to a contact, as it is told of. `at` is when it left, or is due; `payload` what it says now, which may be
    an edit of what was sent."""

    id: int
    key: str
    purpose: str
    topic: str | None
    value: int
    state: str
    at: datetime
    valid_until: datetime | None
    decision: dict[str, Any]
    error: str | None
    payload: dict[str, Any]
    is_edited: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A way through a scenario: what is next in it, or how it ended (`reason`). `request_id` is of what began it."""

    id: int
    scenario_id: str
    state: str
    step: int
    at: datetime
    reason: str | None
    request_id: int | None


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in a campaign that has come to no message: it waits for its turn, or never will. `options` are the
    campaign's as it keeps them."""

    campaign_id: int
    name: str
    is_paused: bool
    options: dict[str, Any]
    purpose: str
    topic: str | None
    value: int
    state: str
    at: datetime
    reason: str | None


_RESTS = and_(outbox.c.state == "cancelled", outbox.c.error.in_([campaign_people.PAUSED, begun.PAUSED]))
"""What only a pause took back: it is written anew when its campaign, or its scenario, goes on."""
_MOMENT = func.coalesce(outbox.c.sent_at, outbox.c.due_at, type_=outbox.c.sent_at.type)
_LETTER = (
    select(
        outbox.c.id,
        outbox.c.key,
        outbox.c.purpose,
        outbox.c.topic,
        outbox.c.value,
        outbox.c.state,
        _MOMENT,
        outbox.c.valid_until,
        func.coalesce(outbox.c.decision, "{}", type_=outbox.c.decision.type),
        outbox.c.error,
        outbox.c.payload,
        outbox.c.revision > 1,
    )
    .where(
        outbox.c.contact_id == bindparam("contact"),
        outbox.c.purpose.in_(["service", "survey", "marketing"]),
        _is_whole,
        # What a manager answers is a conversation, told by the timeline.
        outbox.c.key.not_like("reply:%"),
    )
    .limit(bindparam("most"))
)
_LATEST_FIRST = (_MOMENT.desc(), outbox.c.id.desc())


async def got(db: Reads, contact_id: int, *, most: int) -> list[Letter]:
    """What has reached the contact, the latest first."""
    statement = _LETTER.where(outbox.c.state == "sent").order_by(*_LATEST_FIRST)
    return [Letter(*row) for row in await db.all(statement, {"contact": contact_id, "most": most})]


async def recalled(db: Reads, contact_id: int) -> set[int]:
    """The campaigns whose message was taken out of their chat."""
    people = campaign_people.people
    gone = people.c.contact_id == contact_id, people.c.recalled_at.is_not(None)
    return {row[0] for row in await db.all(select(people.c.campaign_id).where(*gone))}


async def coming(db: Reads, contact_id: int, *, most: int) -> list[Letter]:
    """What waits for them, the soonest first."""
    unsent = and_(outbox.c.state.in_(["pending", "sending"]), outbox.c.sent_revision == 0)
    statement = _LETTER.where(unsent).order_by(outbox.c.due_at, outbox.c.id)
    return [Letter(*row) for row in await db.all(statement, {"contact": contact_id, "most": most})]


async def spared(db: Reads, contact_id: int, *, most: int) -> list[Letter]:
    """What was to reach them and is not going to, the latest first."""
    kept = outbox.c.state.in_(["skipped", "cancelled", "failed", "unknown"])
    statement = _LETTER.where(kept, ~_RESTS).order_by(*_LATEST_FIRST)
    return [Letter(*row) for row in await db.all(statement, {"contact": contact_id, "most": most})]


async def ways(db: Reads, contact_id: int, *, going: bool, most: int) -> list[Way]:
    """The contact's ways through scenarios: those that go on and have not come to their step's message, the next step
    first; or those that ended otherwise than in order, the latest first."""
    moment = func.coalesce(
        journeys.c.next_at, journeys.c.ended_at, journeys.c.entered_at, type_=journeys.c.entered_at.type
    )
    has_row = exists().where(outbox.c.key == begun.KEY, ~_RESTS)
    which: ColumnElement[bool] = journeys.c.state.in_(["left", "spared", "holdout", "goal"])
    if going:
        which = and_(journeys.c.state == "active", ~has_row)
    of_way = journeys.c.id, journeys.c.scenario_id, journeys.c.state, journeys.c.step
    statement = (
        select(*of_way, moment, journeys.c.reason, journeys.c.request_id)
        .where(journeys.c.contact_id == contact_id, which)
        .order_by(moment.asc() if going else moment.desc())
        .limit(most)
    )
    return [Way(*row) for row in await db.all(statement)]


async def seats(db: Reads, contact_id: int, *, waiting: bool, most: int) -> list[Seat]:
    """The contact's seats in campaigns that have come to no message: those that wait, the soonest first; or those that
    never will, the latest first."""
    states = ["planned", "waiting"] if waiting else ["skipped", "cancelled", "control"]
    people = campaign_people.people
    has_row = exists().where(outbox.c.key == campaign_people.KEY, ~_RESTS)
    # Who was to get it after the campaign's end was spared at its end.
    ended = func.coalesce(campaigns.c.finished_at, people.c.due_at)
    at = people.c.due_at if waiting else func.min(people.c.due_at, ended, type_=people.c.due_at.type)
    statement = (
        select(
            campaigns.c.id,
            campaigns.c.name,
            campaigns.c.state == "paused",
            campaigns.c.options,
            campaigns.c.purpose,
            campaigns.c.topic,
            campaigns.c.value,
            people.c.state,
            at,
            people.c.reason,
        )
        .join(campaigns, campaigns.c.id == people.c.campaign_id)
        .where(people.c.contact_id == contact_id, people.c.state.in_(states), ~has_row)
        .order_by(at.asc() if waiting else at.desc())
        .limit(most)
    )
    return [Seat(*row) for row in await db.all(statement)]


async def names(
    db: Reads, campaign_ids: Collection[int], journey_ids: Collection[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """What campaigns are called, and of which scenario each way is: by number."""
    called = await db.all(select(campaigns.c.id, campaigns.c.name).where(campaigns.c.id.in_(campaign_ids)))
    of = await db.all(select(journeys.c.id, journeys.c.scenario_id).where(journeys.c.id.in_(journey_ids)))
    return {row[0]: row[1] for row in called}, {row[0]: row[1] for row in of}


async def by_ids(db: Reads, contact_id: int, ids: Collection[int]) -> list[Letter]:
    """These messages to the contact."""
    statement = _LETTER.where(outbox.c.id.in_(ids))
    return [Letter(*row) for row in await db.all(statement, {"contact": contact_id, "most": max(len(ids), 1)})]
