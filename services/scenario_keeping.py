"""Keeping scenarios: what each has brought so far, who gets what in the next days, and whether it rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from crm import scenario_ways
from crm.permissions import Right
from crm.playbook_scenarios import Goal, Scenario
from crm.scenario_effects import Effect
from services import entering, permitting
from services.entering import Entry, Span
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, journey_counts, journeys
from storage.engine import Reads, Tx
from storage.journeys import State
from storage.staff import Member

COUNTED_WITHOUT_GOAL: Final = Goal("purchase", timedelta(days=30))
"""What is counted of a scenario whose owner did not say what it is for."""
MOST: Final = 20_000
"""People of one scenario that a preview counts; past that it says "more than"."""
SAMPLE: Final = 8


@dataclass(frozen=True, slots=True)
class Summary:
    """A scenario in the list."""

    scenario: Scenario
    is_paused: bool
    entered: int
    sent: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One scenario with what it brought."""

    scenario: Scenario
    paused_at: datetime | None
    goal: Goal
    effect: Effect


@dataclass(slots=True)
class Coming:
    """What is to come in the next days: how many a day and scenario, and who first. `more`: scenarios that have more
    than were counted."""

    counts: Counter[tuple[date, str]] = field(default_factory=Counter)
    first: list[tuple[datetime, str, int]] = field(default_factory=list)
    names: dict[int, str | None] = field(default_factory=dict)
    more: set[str] = field(default_factory=set)


async def listed(db: Reads, place: Place, *, now: datetime) -> list[Summary]:
    """Every scenario of the playbook in force, in its order."""
    known, counts = await journeys.states(db), await journey_counts.overview(db, now=now)
    return [
        Summary(one, _is_paused(known.get(one.id)), *counts.get(one.id, (0, 0)))
        for one in place.playbooks.current.scenarios
    ]


async def shown(db: Reads, place: Place, scenario_id: str, *, now: datetime) -> Shown:
    """One scenario. Raises Refused for one there is not."""
    scenario = named(place, scenario_id)
    goal = scenario.goal or COUNTED_WITHOUT_GOAL
    effect = await journey_counts.effect(db, scenario.id, goal.deed, goal.within, now=now)
    state = (await journeys.states(db)).get(scenario.id)
    return Shown(scenario, state.paused_at if state is not None else None, goal, effect)


def named(place: Place, scenario_id: str) -> Scenario:
    """The scenario of this id. Raises Refused for one there is not."""
    scenario = place.playbooks.current.scenario(scenario_id)
    if scenario is None:
        raise Refused("refused-scenario")
    return scenario


async def pause(tx: Tx, place: Place, member: Member | None, scenario_id: str, *, now: datetime) -> bool:
    """Pauses a scenario, or lets it go on; whether it rests now. Raises Refused for who is no owner."""
    member = permitting.require(member, Right.OWN)
    scenario = named(place, scenario_id)
    state = (await journeys.states(tx)).get(scenario.id)
    if state is None:
        # It was put into the playbook a moment ago: it may rest before its first look.
        await journeys.begin(tx, scenario.id, entering.digest(scenario, place), now=now)
    if _is_paused(state):
        await journeys.resume(tx, scenario.id, staff_id=member.id, now=now)
        return False
    await journeys.pause(tx, scenario.id, staff_id=member.id, now=now)
    return True


async def coming(db: Reads, place: Place, *, days: int, now: datetime) -> Coming:
    """Who is to get what in the next days by what is known today: for a reading connection. What has not happened yet,
    a purchase say, is not guessed, and the contact policy is asked only at sending."""
    found, known = Coming(), await journeys.states(db)
    zone = entering.zone_of(place)
    until = now + timedelta(days=days)
    for scenario in place.playbooks.current.scenarios:
        number = 0
        async for entries in _entering(db, place, scenario, known, until=until, now=now):
            number += len(entries)
            for one in entries:
                found.counts[one.due.astimezone(zone).date(), scenario.id] += 1
                found.first.append((one.due, scenario.id, one.begun.contact_id))
            found.first = sorted(found.first)[:SAMPLE]
            if number >= MOST:
                break
        if number >= MOST:
            found.more.add(scenario.id)
    for due, scenario_id, contact_id in await journeys.planned(db, after=now, upto=until, limit=MOST):
        found.counts[due.astimezone(zone).date(), scenario_id] += 1
        found.first.append((due, scenario_id, contact_id))
    found.first = sorted(found.first)[:SAMPLE]
    cards = await contacts.get_many(db, [contact_id for _, _, contact_id in found.first])
    found.names = {one.id: one.name for one in cards}
    return found


async def coming_to(
    db: Reads, place: Place, contact_id: int, *, days: int, now: datetime
) -> list[tuple[datetime, Scenario]]:
    """What one person is to enter in the next days by what is known today, and when its first message is due. Whom the
    lot has put into a control group gets nothing, and is told of nothing here."""
    found, known = list[tuple[datetime, Scenario]](), await journeys.states(db)
    until = now + timedelta(days=days)
    for scenario in place.playbooks.current.scenarios:
        if scenario_ways.is_held_out(scenario, contact_id):
            continue
        async for entries in _entering(db, place, scenario, known, until=until, now=now, only=contact_id):
            found += [(one.due, scenario) for one in entries]
    return sorted(found, key=lambda one: one[0])


async def _entering(
    db: Reads,
    place: Place,
    scenario: Scenario,
    known: Mapping[str, State],
    *,
    until: datetime,
    now: datetime,
    only: int | None = None,
) -> AsyncIterator[list[Entry]]:
    """Who is to enter a scenario till then, page by page; nobody while it rests."""
    state = known.get(scenario.id) or State(scenario.id, now, None, None, None)
    if _is_paused(state):
        return
    for span in _spans(place, scenario, now, until):
        where = entering.look(place, scenario, state, span, now=now)
        after: int | None = 0
        while where is not None and after is not None:
            entries, after = await entering.page(db, place, scenario, where, span, after=after, now=now, only=only)
            yield entries


def _spans(place: Place, scenario: Scenario, now: datetime, until: datetime) -> Iterator[Span]:
    """The whole time at once; of a calendar from one occurrence to the next, since a look finds the latest few only."""
    calendar = scenario.trigger.calendar
    if calendar is None:
        yield Span(now, until)
        return
    zone, at = entering.zone_of(place), now
    while (following := calendar.next_after(at, zone)) <= until:
        yield Span(at, following + timedelta(seconds=1))
        at = following
    if scenario.trigger.offset or scenario.hour is not None:
        yield Span(at, until)


def _is_paused(state: State | None) -> bool:
    return state is not None and state.paused_at is not None
