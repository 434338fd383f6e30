"""Ways of people through scenarios: who entered by what, where each stands, when it goes on, and how it ended.

A way is begun once by one occurrence (unique). `next_at` is when somebody is to look at it; it is NULL when it is over.
While its message waits in the outbox, under the key `scenario:<way>:<step>`, it is looked at now and then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, delete, func, literal, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import contacts, journeys, outbox, presses, purchases, requests, scenario_states

PREFIX: Final = "scenario:"
PAUSED: Final = "scenario paused"
"""Why a message was taken back that is planned again when its scenario goes on."""
AT_ONCE: Final = 100
STAGES: Final = ("new", "taken", "done", "lost")
"""Of requests that count: not spam, not taken back."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One way. `step` is the one that is next or on its way to the person; `moment` is what its wait counts from."""

    id: int
    scenario_id: str
    contact_id: int
    occurrence: str
    state: str
    variant: str | None
    step: int
    next_at: datetime | None
    moment: datetime
    request_id: int | None
    sent: int
    entered_at: datetime
    sent_at: datetime | None
    pressed_at: datetime | None
    answered_at: datetime | None


class Stand(NamedTuple):
    """A way that is to be looked at, with its person and the message of its step as far as there is one."""

    journey: Journey
    chat_id: int | None
    language: str
    timezone: str | None
    reachable: bool
    message: str | None
    reason: str | None
    message_due: datetime | None
    message_sent: datetime | None
    wrote_at: datetime | None
    bought_at: datetime | None
    requested_at: datetime | None


@dataclass(frozen=True, slots=True)
class State:
    """Where a scenario stands: since when it is known, up to where its trigger was looked for, whether it rests."""

    scenario_id: str
    since: datetime
    looked_at: datetime | None
    paused_at: datetime | None
    planned_hash: str | None


COLUMNS = [journeys.c[name] for name in Journey.__slots__]
KEY: Final[Any] = literal(PREFIX).concat(journeys.c.id).concat(":").concat(journeys.c.step)
"""The key of the message of a way's step, in a query."""
_STATE = [scenario_states.c[name] for name in State.__slots__]


def key(journey_id: int, step: int) -> str:
    """The key of the message of one step."""
    return f"{PREFIX}{journey_id}:{step}"


# ------------------------------------------------------------------------------------------------------------ entering


async def enter(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> int:
    """Begins these ways; those that were begun by the same occurrence already are left alone. How many are new."""
    if not rows:
        return 0
    statement = upsert(journeys).on_conflict_do_nothing(index_elements=["scenario_id", "contact_id", "occurrence"])
    return int((await tx.run(statement, list(rows))).rowcount)


async def spare_catch_ups(tx: Tx, values: Mapping[str, int], *, late_since: datetime, now: datetime) -> int:
    """Of several first messages that one person missed while the bot was down, only the most valuable is made up for.

    `values` are those of the scenarios by id. Returns how many are spared.
    """
    late = and_(
        journeys.c.state == "active",
        journeys.c.step == 0,
        journeys.c.sent == 0,
        journeys.c.next_at.is_not(None),
        journeys.c.next_at <= late_since,
        journeys.c.scenario_id.in_(values),
    )
    worth = case(dict(values), value=journeys.c.scenario_id, else_=0)
    # One whose message is in the outbox already is on its way: it is the one.
    queued = select(outbox.c.id).where(outbox.c.key == KEY).exists()
    place = func.row_number().over(
        partition_by=journeys.c.contact_id, order_by=(queued.desc(), worth.desc(), journeys.c.entered_at, journeys.c.id)
    )
    ranked = select(journeys.c.id, place.label("place")).where(late).subquery()
    beaten = select(ranked.c.id).where(ranked.c.place > 1)
    ended = {"state": "spared", "reason": "catch-up", "next_at": None, "ended_at": now}
    return int((await tx.run(update(journeys).where(journeys.c.id.in_(beaten)).values(**ended))).rowcount)


# ------------------------------------------------------------------------------------------------------------ going on


async def due(db: Reads, *, upto: datetime, paused: Collection[str]) -> list[Stand]:
    """The next ways that somebody is to look at, those waiting longest first."""
    statement = (
        select(
            *COLUMNS,
            contacts.c.telegram_id,
            contacts.c.language,
            contacts.c.timezone,
            and_(contacts.c.reachable, contacts.c.telegram_id.is_not(None), contacts.c.spam_at.is_(None)),
            outbox.c.state,
            outbox.c.error,
            outbox.c.due_at,
            outbox.c.sent_at,
            contacts.c.last_in_at,
            contacts.c.last_purchase_at,
            contacts.c.last_request_at,
        )
        .join(contacts, contacts.c.id == journeys.c.contact_id)
        .outerjoin(outbox, outbox.c.key == KEY)
        .where(journeys.c.next_at.is_not(None), journeys.c.next_at <= upto, journeys.c.scenario_id.not_in(paused))
        .order_by(journeys.c.next_at)
        .limit(AT_ONCE)
    )
    count = len(COLUMNS)
    return [Stand(Journey(*row[:count]), *row[count:]) for row in await db.all(statement)]


async def is_any_due(db: Reads, *, upto: datetime) -> bool:
    """Whether any way should have been looked at by then."""
    waiting = select(journeys.c.id).where(journeys.c.next_at.is_not(None), journeys.c.next_at <= upto)
    return await db.first(waiting.limit(1)) is not None


async def get(db: Reads, journey_id: int) -> Journey | None:
    row = await db.first(select(*COLUMNS).where(journeys.c.id == journey_id))
    return None if row is None else Journey(*row)


_MOVE = (
    update(journeys)
    .where(journeys.c.id == bindparam("way"), journeys.c.state == "active")
    .values(step=bindparam("to"), moment=bindparam("since"), next_at=bindparam("at"))
)
_LOOK = (
    update(journeys)
    .where(journeys.c.id == bindparam("way"), journeys.c.state == "active")
    .values(next_at=bindparam("at"))
)
_END = (
    update(journeys)
    .where(journeys.c.id == bindparam("way"), journeys.c.state == "active")
    .values(state=bindparam("to"), reason=bindparam("why"), next_at=None, ended_at=bindparam("at"))
)
_SENT = (
    update(journeys).where(journeys.c.id == bindparam("way")).values(sent=journeys.c.sent + 1, sent_at=bindparam("at"))
)


def move(tx: Tx, journey_id: int, step: int, *, since: datetime, next_at: datetime) -> None:
    """The way goes on to a step, whose wait counts from `since`."""
    tx.later(_MOVE, {"way": journey_id, "to": step, "since": since, "at": next_at})


def look_again(tx: Tx, journey_id: int, at: datetime) -> None:
    tx.later(_LOOK, {"way": journey_id, "at": at})


def end(tx: Tx, journey_id: int, state: str, reason: str | None, *, now: datetime) -> None:
    """The way is over: done | goal | left | spared, and why."""
    tx.later(_END, {"way": journey_id, "to": state, "why": reason, "at": now})


def note_sent(tx: Tx, journey_id: int, *, now: datetime) -> None:
    tx.later(_SENT, {"way": journey_id, "at": now})


_WAKE = (
    update(journeys)
    .where(journeys.c.id == bindparam("way"), journeys.c.state == "active", journeys.c.next_at > bindparam("at"))
    .values(next_at=bindparam("at"))
)


def wake(tx: Tx, journey_id: int, *, now: datetime) -> None:
    """Something happened on this way: it is looked at at the next tick."""
    tx.later(_WAKE, {"way": journey_id, "at": now})


async def end_reached(tx: Tx, scenario_id: str, deed: str, *, since: datetime, within: timedelta, now: datetime) -> int:
    """Ends the ways whose person did what the scenario is for: bought, left a request or pressed after they entered.
    `since`: deeds before it were seen at the last look. Returns how many."""
    theirs, entered = journeys.c.contact_id, journeys.c.entered_at
    done: ColumnElement[bool]
    match deed:
        case "purchase":
            lately = select(purchases.c.contact_id).where(purchases.c.at > since)
            done = select(purchases.c.id).where(purchases.c.contact_id == theirs, purchases.c.at > entered).exists()
        case "request":
            lately = select(requests.c.contact_id).where(requests.c.stage.in_(STAGES), requests.c.created_at > since)
            done = (
                select(requests.c.id).where(requests.c.contact_id == theirs, requests.c.created_at > entered).exists()
            )
        case _:
            lately = select(presses.c.contact_id).where(presses.c.journey_id == journeys.c.id)
            done = journeys.c.pressed_at > entered
    reached = and_(
        journeys.c.scenario_id == scenario_id,
        journeys.c.state == "active",
        entered > now - within,
        entered <= now,
        theirs.in_(lately),
        done,
    )
    ended = {"state": "goal", "reason": deed, "next_at": None, "goal_at": now, "ended_at": now}
    return int((await tx.run(update(journeys).where(reached).values(**ended))).rowcount)


# ----------------------------------------------------------------------------------------------------- whole scenarios


async def states(db: Reads) -> dict[str, State]:
    """Every scenario that was ever in force, by id."""
    return {row[0]: State(*row) for row in await db.all(select(*_STATE))}


async def begin(tx: Tx, scenario_id: str, digest: str, *, now: datetime) -> None:
    """The scenario is new: what happened before begins nothing."""
    values = {"scenario_id": scenario_id, "since": now, "planned_hash": digest}
    await tx.run(upsert(scenario_states).values(**values).on_conflict_do_nothing())


async def note_look(tx: Tx, scenario_id: str, *, at: datetime | None) -> None:
    """Its trigger was looked for up to here."""
    await tx.run(update(scenario_states).where(scenario_states.c.scenario_id == scenario_id).values(looked_at=at))


async def plan_anew(tx: Tx, scenario_id: str, digest: str, *, now: datetime) -> None:
    """The scenario was changed: who has got nothing yet is found anew, others go on by the new steps."""
    theirs = and_(journeys.c.scenario_id == scenario_id, journeys.c.sent == 0, journeys.c.step == 0)
    unsent = or_(journeys.c.state == "active", and_(journeys.c.state == "holdout", journeys.c.entered_at > now))
    queued = select(outbox.c.id).where(outbox.c.key == KEY).exists()
    await tx.run(delete(journeys).where(theirs, unsent, ~queued))
    active = and_(journeys.c.scenario_id == scenario_id, journeys.c.state == "active")
    await tx.run(update(journeys).where(active).values(next_at=now))
    values = {"planned_hash": digest, "looked_at": None}
    await tx.run(update(scenario_states).where(scenario_states.c.scenario_id == scenario_id).values(**values))


async def drop(tx: Tx, scenario_id: str, *, now: datetime) -> None:
    """The scenario stands in the playbook no more: whoever is on their way in it is let go."""
    active = and_(journeys.c.scenario_id == scenario_id, journeys.c.state == "active")
    ended = {"state": "left", "reason": "dropped", "next_at": None, "ended_at": now}
    await tx.run(update(journeys).where(active).values(**ended))


async def pause(tx: Tx, scenario_id: str, *, staff_id: int, now: datetime) -> bool:
    """Nothing of it leaves and nobody enters from now on. False where it rests already."""
    at_work = and_(scenario_states.c.scenario_id == scenario_id, scenario_states.c.paused_at.is_(None))
    paused = await tx.run(update(scenario_states).where(at_work).values(paused_at=now, staff_id=staff_id))
    waiting = and_(
        outbox.c.key >= PREFIX,
        outbox.c.key < PREFIX[:-1] + ";",
        outbox.c.state == "pending",
        outbox.c.sent_revision == 0,
        func.json_extract(outbox.c.recipe, "$.scenario") == scenario_id,
    )
    await tx.run(update(outbox).where(waiting).values(state="cancelled", error=PAUSED))
    return bool(paused.rowcount)


async def resume(tx: Tx, scenario_id: str, *, staff_id: int, now: datetime) -> bool:
    """It goes on from now: what happened while it rested begins nothing. False where it did not rest."""
    resting = and_(scenario_states.c.scenario_id == scenario_id, scenario_states.c.paused_at.is_not(None))
    values = {"paused_at": None, "staff_id": staff_id, "looked_at": now}
    resumed = await tx.run(update(scenario_states).where(resting).values(**values))
    if resumed.rowcount:
        active = and_(journeys.c.scenario_id == scenario_id, journeys.c.state == "active", journeys.c.next_at > now)
        await tx.run(update(journeys).where(active, journeys.c.entered_at <= now).values(next_at=now))
    return bool(resumed.rowcount)


async def planned(db: Reads, *, after: datetime, upto: datetime, limit: int) -> list[tuple[datetime, str, int]]:
    """What ways that were begun have to say in this time: when, in which scenario, and to whom."""
    statement = (
        select(journeys.c.next_at, journeys.c.scenario_id, journeys.c.contact_id)
        .where(
            journeys.c.next_at.is_not(None),
            journeys.c.next_at > after,
            journeys.c.next_at <= upto,
            journeys.c.state == "active",
            # One that waits for what became of its message says nothing then.
            ~select(outbox.c.id).where(outbox.c.key == KEY).exists(),
        )
        .order_by(journeys.c.next_at)
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in await db.all(statement)]
