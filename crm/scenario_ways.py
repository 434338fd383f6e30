"""The way of one person through a scenario: which variant, whether only watched, where it goes on after each step."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from crm import zones
from crm.playbook_scenarios import Saying, Scenario, ScenarioStep

_WHOLE: Final = 2**64


def drawn(scenario_id: str, contact_id: int, lot: str) -> float:
    """A number from 0 to 1 that is always the same for this person in this scenario: a draw by lot that a repetition
    does not change. SHA-256 spreads it evenly."""
    digest = hashlib.sha256(f"{scenario_id}:{contact_id}:{lot}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / _WHOLE


def is_held_out(scenario: Scenario, contact_id: int) -> bool:
    """Whether this person is one of those who get nothing, so that the others can be compared with them."""
    return scenario.holdout is not None and Decimal(drawn(scenario.id, contact_id, "holdout")) < scenario.holdout.share


def variant(scenario: Scenario, saying: Saying, contact_id: int) -> str | None:
    """The message that is this person's by lot; None where there is nothing to choose."""
    if not saying.variant:
        return None
    return saying.variant[int(drawn(scenario.id, contact_id, "variant") * len(saying.variant))]


@dataclass(frozen=True, slots=True)
class Way:
    """Where it goes on: the step (None: it is over) and from when its wait counts; or `ask_again` while a branch waits."""

    step: int | None = None
    since: datetime | None = None
    ask_again: datetime | None = None


def after(
    scenario: Scenario, index: int, *, sent_at: datetime, deeds: Mapping[str, datetime | None], now: datetime
) -> Way:
    """Where a way goes on after the step of this index, which was sent. `deeds` says when each was done last."""
    plan = scenario.plan
    if index >= len(plan):
        return Way()
    follow = plan[index].next
    if follow is None:
        return Way(index + 1, sent_at) if index + 1 < len(plan) else Way()
    if not follow.deed:
        return _to(scenario, follow.no, sent_at)
    done = deeds.get(follow.deed)
    until = sent_at + follow.within
    if done is not None and sent_at <= done <= until:
        return _to(scenario, follow.yes, done)
    return _to(scenario, follow.no, until) if now >= until else Way(ask_again=until)


def without(scenario: Scenario, index: int) -> int | None:
    """Where a way goes on at once when a step that asks something turned out not to be wanted: as if nothing was
    answered. None: nowhere."""
    follow = scenario.plan[index].next
    if follow is not None:
        return scenario.index(follow.no)
    return index + 1 if index + 1 < len(scenario.plan) else None


def due(step: ScenarioStep, since: datetime, zone: ZoneInfo) -> datetime:
    """When a later step is due: its wait after `since`, at its hour if it has one, counted where the person lives."""
    if step.hour is None:
        return since + step.wait
    earliest = zones.to_utc(since.astimezone(zone).replace(tzinfo=None) + step.wait, zone)
    # A moment before: what falls on that very hour need not wait for tomorrow's.
    return zones.next_local(earliest - timedelta(seconds=1), zone, hour=step.hour.hour, minute=step.hour.minute)


def _to(scenario: Scenario, name: str, since: datetime) -> Way:
    index = scenario.index(name)
    return Way() if index is None else Way(index, since)
