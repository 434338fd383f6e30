"""Scenarios go on: who has begun one enters it, and whose next step has come is written to.

Looking is done beside the writer, page by page; each page enters in one transaction. Where each scenario has been looked
for is noted last, so a round that is killed is begun again and finds in what it did.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import Final

from crm.playbook_scenarios import Scenario
from scheduler.office import Office
from services import entering, journeying
from storage import journeys
from storage.engine import Tx
from storage.journeys import Stand, State

ENTERED_AT_ONCE: Final = 250
NOTED_EVERY: Final = timedelta(minutes=15)
"""How often a look that found nothing is noted: the next one goes further back than that anyway."""
MOST_STEPS: Final = 20
"""How often one round comes back to the same way: as often as a scenario has steps."""


async def go_round(office: Office) -> None:
    """The tick: scenarios that were dropped or changed, then those who enter, then those who go on."""
    playbook = office.place.playbooks.current
    async with office.database.read() as reads:
        known = await journeys.states(reads)
    now = office.now()
    for scenario_id in known.keys() - {one.id for one in playbook.scenarios}:
        await office.database.write(partial(journeys.drop, scenario_id=scenario_id, now=now))
    paused = {scenario_id for scenario_id, state in known.items() if state.paused_at is not None}
    for scenario in playbook.scenarios:
        state = await _kept(office, scenario, known.get(scenario.id))
        if state is None or scenario.id in paused:
            continue
        if scenario.goal is not None:
            await _end_reached(office, scenario, state)
        if entering.is_time(scenario, state, now=office.now()):
            await _enter(office, scenario, state)
    await _make_up(office, paused)
    await _go_on(office, paused)


async def _kept(office: Office, scenario: Scenario, state: State | None) -> State | None:
    """Where the scenario stands; None for one that is new, which counts from now. One that was changed is planned anew."""
    now, digest = office.now(), entering.digest(scenario, office.place)
    if state is None:
        await office.database.write(lambda tx: journeys.begin(tx, scenario.id, digest, now=now))
        return None
    if state.planned_hash == digest:
        return state
    await office.database.write(lambda tx: journeys.plan_anew(tx, scenario.id, digest, now=now))
    return State(state.scenario_id, state.since, None, state.paused_at, digest)


async def _enter(office: Office, scenario: Scenario, state: State) -> None:
    now, place = office.now(), office.place
    wanted = entering.span(scenario, state, now=now)
    where = entering.look(place, scenario, state, wanted, now=now)
    after: int | None = 0
    entered = 0
    while where is not None and after is not None:
        async with office.database.read() as reads:
            entries, after = await entering.page(reads, place, scenario, where, wanted, after=after, now=now)
        rows = entering.rows(place, scenario, entries)
        entered += len(rows)
        for start in range(0, len(rows), ENTERED_AT_ONCE):
            await office.database.write(partial(journeys.enter, rows=rows[start : start + ENTERED_AT_ONCE]))
        await asyncio.sleep(0)
    if entered or state.looked_at is None or not timedelta(0) <= now - state.looked_at < NOTED_EVERY:
        await office.database.write(lambda tx: journeys.note_look(tx, scenario.id, at=now))


async def _end_reached(office: Office, scenario: Scenario, state: State) -> None:
    goal, now = scenario.goal, office.now()
    if goal is None or len(scenario.plan) == 1:
        return  # there is nothing left to be spared: the report counts who got there
    since = (state.looked_at or state.since) - timedelta(hours=2)
    await office.database.write(
        lambda tx: journeys.end_reached(tx, scenario.id, goal.deed, since=since, within=goal.within, now=now)
    )


async def _make_up(office: Office, paused: set[str]) -> None:
    """After a downtime nobody gets more than one message that is late."""
    now = office.now()
    values = {one.id: one.value for one in office.place.playbooks.current.scenarios if one.id not in paused}
    late = now - journeying.LATE
    async with office.database.read() as reads:
        missed = await journeys.is_any_due(reads, upto=late)
    if values and missed:
        await office.database.write(lambda tx: journeys.spare_catch_ups(tx, values, late_since=late, now=now))


async def _go_on(office: Office, paused: set[str]) -> None:
    """Whoever is due, a few hundred at a time. What is due within a moment is written ahead, and leaves on time."""
    looked: dict[int, int] = {}
    while True:
        now = office.now()
        async with office.database.read() as reads:
            due = await journeys.due(reads, upto=now + entering.AT_ONCE, paused=paused)
        due = [one for one in due if looked.get(one.journey.id, 0) < MOST_STEPS]
        if not due:
            return
        for one in due:
            looked[one.journey.id] = looked.get(one.journey.id, 0) + 1

        async def unit(tx: Tx, due: list[Stand] = due) -> None:
            for one in due:
                await journeying.go_on(tx, office.place, one, now=office.now())

        await office.database.write(unit)
        office.wake_delivery()
