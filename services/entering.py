"""Entering scenarios: what began since the last look, for whom, when it is due where they live, and who only is watched.

A day's greeting is looked for once an hour, a day ahead; what follows a purchase at once is looked for every minute. Each
look begins where the last one ended, or as far back as a message would still be of use: a downtime is made up for, years
before the scenario are not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from crm import occurrences, scenario_triggers, scenario_ways, segments
from crm.playbook_scenarios import Scenario
from crm.scenario_triggers import DAILY
from crm.segment_tree import Query
from services import preferring
from services.workplace import Place
from storage import trigger_events
from storage.engine import Reads
from storage.journeys import State
from storage.trigger_events import Begun, Look

ONCE: Final = "once"
AHEAD: Final = timedelta(hours=26)
"""How far ahead what is due at an hour of the day is looked for: a day, and the longest one of the year."""
AT_ONCE: Final = timedelta(minutes=2)
"""How far ahead everything else is looked for: until the next look."""
CALENDAR_AT_ONCE: Final = 8
"""Of a calendar the occurrences that one look is for, the last ones: a daily one has so few within its days."""
SLACK: Final = timedelta(hours=1)
"""Looks overlap: who wrote something down a little late, or in a transaction that ended late, is found."""
EVERY_HOUR: Final = timedelta(hours=1)
EVERY_FEW: Final = timedelta(minutes=5)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """What is due later than `after` and not later than `upto`."""

    after: datetime
    upto: datetime


class Entry(NamedTuple):
    """Somebody who is to enter, and when their first message is due."""

    begun: Begun
    due: datetime


def digest(scenario: Scenario, place: Place) -> str:
    """SHA-256 of all that decides who gets what when: a change of it plans anew what is not sent yet."""
    said = scenario.model_dump_json(by_alias=True, exclude={"title", "topic", "value", "goal"})
    return hashlib.sha256(f"{said}|{zone_of(place).key}".encode()).hexdigest()


def zone_of(place: Place) -> ZoneInfo:
    """Where calendars and the days of segments are counted: at the business's door."""
    return place.playbooks.current.business.zone(place.timezone.key)


def is_time(scenario: Scenario, state: State, *, now: datetime) -> bool:
    """Whether its trigger is to be looked for again. A clock that was ahead must not keep it silent."""
    every = EVERY_HOUR if _is_by_the_hour(scenario) else EVERY_FEW if scenario.trigger.kind == "tag" else None
    looked = state.looked_at
    return looked is None or looked > now or every is None or now - looked >= every


def span(scenario: Scenario, state: State, *, now: datetime) -> Span:
    """Which dues the next look is for."""
    looked = state.since if state.looked_at is None else min(state.looked_at, now)
    after = max(state.since, looked - SLACK, now - scenario.of_use)
    return Span(after, now + (AHEAD if _is_by_the_hour(scenario) else AT_ONCE))


def _is_by_the_hour(scenario: Scenario) -> bool:
    trigger = scenario.trigger
    is_moved = trigger.kind == "calendar" and bool(trigger.offset)
    return scenario.hour is not None or is_moved or trigger.kind in (*DAILY, "silence")


_queries: dict[tuple[str, str], Query] = {}


def query(place: Place, text: str | None) -> Query | None:
    """A segment of the playbook, read; None for none. The playbook's check has read it before."""
    if not text:
        return None
    playbook = place.playbooks.current
    key = (playbook.hash, text)
    if key not in _queries:
        if len(_queries) > 256:
            _queries.clear()
        _queries[key] = segments.parse(text, segments.contact_fields(playbook))
    return _queries[key]


def look(place: Place, scenario: Scenario, state: State, wanted: Span, *, now: datetime) -> Look | None:
    """Where in the base to look for what is due then; None where nothing can be."""
    trigger, days, moments = scenario.trigger, dict[int, date](), list[datetime]()
    leeway = _DAY if scenario.hour is not None else timedelta(0)
    # By the wall clock a day may be an hour longer or shorter.
    leeway += timedelta(hours=1) if trigger.delay else timedelta(0)
    low, high = wanted.after - trigger.delay - leeway, wanted.upto - trigger.delay + leeway
    if trigger.kind in DAILY:
        days = scenario_triggers.month_days(scenario_triggers.days_between(trigger, wanted.after, wanted.upto))
    elif trigger.calendar is not None:
        # What is due by the minute is due at the latest; of what is looked for a day ahead several may be near.
        most = CALENDAR_AT_ONCE if _is_by_the_hour(scenario) else 1
        moments = occurrences.latest_few(trigger.calendar, after=low, until=high, zone=zone_of(place), most=most)
        if not moments:
            return None
    elif trigger.kind not in ("silence", "visit"):
        low = max(low, state.since)
    gap = scenario.repeat.gap
    return Look(
        scenario.id,
        trigger,
        low,
        high,
        days,
        tuple(moments),
        once=scenario.repeat.once,
        entered_since=now - gap if gap else None,
    )


async def page(
    db: Reads,
    place: Place,
    scenario: Scenario,
    where: Look,
    wanted: Span,
    *,
    after: int,
    now: datetime,
    only: int | None = None,
) -> tuple[list[Entry], int | None]:
    """The next people who are to enter, of contacts with numbers greater than `after`; and from where to go on, None
    when these were the last. `only` asks about one contact."""
    meant = query(place, scenario.segment)
    field = place.playbooks.current.field(scenario.trigger.what or "birthday")
    found = await trigger_events.page(
        db,
        where,
        [meant] if meant is not None else [],
        after=after,
        now=now,
        zone=zone_of(place),
        yearless=field is None or field.type == "birthday",
        only=only,
    )
    following = found[-1].contact_id if len(found) >= trigger_events.PAGE // 2 else None
    zones = await preferring.zones(db, place, [one.contact_id for one in found])
    entries: list[Entry] = []
    seen: set[int] = set()
    for begun in found:
        if begun.contact_id in seen and (scenario.repeat.once or scenario.repeat.gap):
            continue
        due = due_of(scenario, begun, zones.get(begun.contact_id, zone_of(place)))
        if wanted.after < due <= wanted.upto:
            seen.add(begun.contact_id)
            entries.append(Entry(begun, due))
    return entries, following


def due_of(scenario: Scenario, begun: Begun, zone: ZoneInfo) -> datetime:
    """When the first message is due for one person."""
    first = scenario.plan[0]
    if begun.day is not None:
        due = scenario_triggers.due_on(scenario.trigger, date.fromisoformat(begun.day), scenario.hour, zone)
    else:
        assert begun.at is not None
        due = scenario_triggers.due_after(scenario.trigger, begun.at, scenario.hour, zone)
    return scenario_ways.due(first, due, zone)


def rows(place: Place, scenario: Scenario, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The ways of these people, ready to be entered."""
    return [_row(place, scenario, *entry) for entry in entries]


def _row(place: Place, scenario: Scenario, begun: Begun, due: datetime) -> dict[str, Any]:
    held_out = scenario_ways.is_held_out(scenario, begun.contact_id)
    return {
        "scenario_id": scenario.id,
        "contact_id": begun.contact_id,
        "occurrence": ONCE if scenario.repeat.once else begun.occurrence[:64],
        "playbook_hash": place.playbooks.current.hash or None,
        "state": "holdout" if held_out else "active",
        "variant": scenario_ways.variant(scenario, scenario.plan[0], begun.contact_id),
        "step": 0,
        "next_at": None if held_out else due,
        "moment": due,
        "request_id": begun.request_id,
        "entered_at": due,
    }
