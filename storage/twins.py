"""What both of two cards that become one were to get, or got, alike: a campaign's message, a way through a scenario, one
survey. It is said once: of the two what has come further stays, and the other never leaves.

Run inside a merge, whose journal watches every row that is touched here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, bindparam, delete, func, or_, select, update

from storage import campaign_people, journeys
from storage.engine import Tx
from storage.tables import campaign_people as people
from storage.tables import journeys as ways
from storage.tables import outbox as messages

MERGED: Final = "merged"
"""Why a message does not leave whose person has it, or gets it, by the other of two cards that became one."""
_ON_ITS_WAY: Final = "sending"
_CAMPAIGN_RANKS: Final = {
    "sent": 0,
    "unknown": 1,
    _ON_ITS_WAY: 2,
    "control": 3,
    "queued": 4,
    "planned": 5,
    "waiting": 6,
}
"""What may have reached the person goes before all; whoever is of the control group gets nothing rather than something."""
_WAY_RANKS: Final = {"goal": 1, "holdout": 2, "active": 3}
"""After the ways on which something was said: who reached the goal hears no more of it."""
_LAST: Final = 9
_MESSAGE_RANKS: Final = {"sent": 0, "unknown": 0, _ON_ITS_WAY: 1, "pending": 2}
_OF_ONE_PERSON: Final = r"^((?:survey|surveyagain|ask):[^:]+:(?:c\d+-(?={number}$)|(?={number}:))){number}"
"""Keys that name the person they are for; the last part of `survey:<survey>:<request>` is none."""
_DONE_BY_PERSON: Final = ("pressed_at", "replied_at", "unsubscribed_at")


class Spared(NamedTuple):
    """Messages that are not to leave: by their keys, and all of these ways."""

    keys: set[str]
    ways: set[int]


async def unite(tx: Tx, winner_id: int, loser_id: int) -> None:
    """Leads what waits for the loser to the winner, each thing once. The messages are still under both cards."""
    keys = await _unite_campaigns(tx, winner_id, loser_id)
    gone = await _unite_ways(tx, winner_id, loser_id)
    await _spare(tx, winner_id, loser_id, Spared(keys, gone))


# ------------------------------------------------------------------------------------------------------------ campaigns


async def _unite_campaigns(tx: Tx, winner_id: int, loser_id: int) -> set[str]:
    """Returns the keys of messages that the person has, or gets, by the other card."""
    leaving = select(messages.c.id).where(messages.c.key == campaign_people.KEY, messages.c.state == _ON_ITS_WAY)
    found = await tx.all(
        select(people, leaving.exists().label("leaving")).where(people.c.contact_id.in_((winner_id, loser_id)))
    )
    seats: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in found:
        seats[row.campaign_id][row.contact_id] = row
    twice = [(both[winner_id], both[loser_id]) for both in seats.values() if len(both) > 1]
    spared = {campaign_people.key(goes.campaign_id, _number(goes)) for _, goes in map(_by_rank, twice)}
    if twice:
        common = people.c.campaign_id.in_([mine.campaign_id for mine, _ in twice])
        await tx.run(delete(people).where(people.c.contact_id == loser_id, common))
        await tx.run(_AS_ONE, [{"of_contact": winner_id, **_as_one(mine, theirs)} for mine, theirs in twice])
    numbered = func.coalesce(people.c.key_number, people.c.contact_id)
    await tx.run(
        update(people).where(people.c.contact_id == loser_id).values(contact_id=winner_id, key_number=numbered)
    )
    return spared


_SEAT: Final = [column for column in people.columns if not column.primary_key]
_AS_ONE: Final = (
    update(people)
    .where(people.c.contact_id == bindparam("of_contact"), people.c.campaign_id == bindparam("of_campaign"))
    .values({column.name: bindparam(f"to_{column.name}", type_=column.type) for column in _SEAT})
)


def _as_one(mine: Any, theirs: Any) -> dict[str, Any]:
    """What the person's one row holds: that of the card which has come further, and what they did on either."""
    stays, _ = _by_rank((mine, theirs))
    values = {column.name: stays._mapping[column.name] for column in _SEAT}
    if stays is theirs:
        values["key_number"] = _number(theirs)
    for name in _DONE_BY_PERSON:
        done = [row._mapping[name] for row in (mine, theirs) if row._mapping[name] is not None]
        values[name] = min(done, default=None)
    return {"of_campaign": mine.campaign_id, **{f"to_{name}": value for name, value in values.items()}}


def _by_rank(both: tuple[Any, Any]) -> tuple[Any, Any]:
    """The row that stays, and the one that goes: of equals the winner's stays."""
    mine, theirs = both
    return (theirs, mine) if _rank(theirs) < _rank(mine) else (mine, theirs)


def _rank(row: Any) -> int:
    state = _ON_ITS_WAY if row.state == "queued" and row.leaving else row.state
    return _CAMPAIGN_RANKS.get(state, _LAST)


def _number(row: Any) -> int:
    return int(row.contact_id if row.key_number is None else row.key_number)


# ----------------------------------------------------------------------------------------------------------------- ways


async def _unite_ways(tx: Tx, winner_id: int, loser_id: int) -> set[int]:
    """A way that the same thing began on both cards is gone once. Returns those that end here."""
    leaving = select(messages.c.id).where(messages.c.key == journeys.KEY, messages.c.state == _ON_ITS_WAY)
    named = [ways.c.id, ways.c.contact_id, ways.c.scenario_id, ways.c.occurrence, ways.c.state, ways.c.sent]
    found = await tx.all(
        select(*named, leaving.exists().label("leaving")).where(ways.c.contact_id.in_((winner_id, loser_id)))
    )
    begun: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in found:
        begun[row.scenario_id, row.occurrence].append(row)
    # The winner's of two that have come equally far.
    gone = [
        max(both, key=lambda row: (_way_rank(row), row.contact_id != winner_id)).id
        for both in begun.values()
        if len(both) > 1
    ]
    if gone:
        await tx.run(delete(ways).where(ways.c.id.in_(gone)))
    await tx.run(update(ways).where(ways.c.contact_id == loser_id).values(contact_id=winner_id))
    return set(gone)


def _way_rank(row: Any) -> tuple[int, int]:
    said = row.sent + row.leaving
    return (0, -said) if said else (_WAY_RANKS.get(row.state, _LAST), 0)


# ------------------------------------------------------------------------------------------------------------- messages


async def _spare(tx: Tx, winner_id: int, loser_id: int, spared: Spared) -> None:
    """Takes back what waits and is not to leave, and what is claimed: the sender hears of both cards, and lets go of what
    it has not begun. What it has begun it records as sent."""
    unsent = and_(messages.c.sent_revision == 0, messages.c.state.in_(["pending", _ON_ITS_WAY]))
    columns = [messages.c.id, messages.c.key, messages.c.state, messages.c.contact_id]
    waiting = await tx.all(select(*columns).where(messages.c.contact_id.in_((winner_id, loser_id)), unsent))
    twins = {row.id: _twin(row, winner_id, loser_id) for row in waiting}
    standing = await _standing(tx, [key for key in twins.values() if key is not None])
    not_to_leave = []
    for row in waiting:
        theirs, mine = standing.get(twins[row.id] or "", _LAST), _MESSAGE_RANKS[row.state]
        beaten = theirs < mine or (theirs == mine and row.contact_id == loser_id)
        if beaten or row.key in spared.keys or _is_of(row.key, spared.ways):
            not_to_leave.append(row.id)
    taken_back = {"state": "cancelled", "error": MERGED}
    await tx.run(update(messages).where(messages.c.id.in_(not_to_leave)).values(**taken_back))


def _twin(row: Any, winner_id: int, loser_id: int) -> str | None:
    """The key that the same message to the other card has; None for one that is about something else than a person."""
    own, other = (winner_id, loser_id) if row.contact_id == winner_id else (loser_id, winner_id)
    twin, changed = re.subn(_OF_ONE_PERSON.format(number=own), rf"\g<1>{other}", row.key)
    return twin if changed else None


async def _standing(tx: Tx, keys: Sequence[str]) -> Mapping[str, int]:
    """How far the messages with these keys have come, of those that left or are going to."""
    live = or_(messages.c.sent_revision > 0, messages.c.state.in_(list(_MESSAGE_RANKS)))
    columns = [messages.c.key, messages.c.state, messages.c.sent_revision]
    found = await tx.all(select(*columns).where(messages.c.key.in_(list(keys)), live))
    return {row.key: 0 if row.sent_revision else _MESSAGE_RANKS[row.state] for row in found}


def _is_of(key: str, gone: Collection[int]) -> bool:
    """Whether it is a step's message, or a survey that a step puts, of one of these ways."""
    found = re.match(r"scenario:(\d+):|survey(?:again)?:[^:]+:s(\d+)\.", key)
    return found is not None and int(found[1] or found[2]) in gone
