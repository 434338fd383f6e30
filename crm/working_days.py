"""The business's calendar: on which days what nobody asked for does not leave. Days of the week, days of its own, and the
public holidays of its country (the library `holidays`, which reads each country's law).

Where the law gives no days off, there are none: in Ukraine none since martial law (law 2136-IX, article 6).
"""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from crm.playbook_policy import Policy

DayOff = Literal["closed", "holiday", "weekend"]
LONGEST_REST: Final = 366
"""Days. A business that does not open within a year does not open."""


def day_off(policy: Policy, day: date) -> DayOff | None:
    """Why this is a day off; None for a working day."""
    if policy.closed and (day.isoformat() in policy.closed or f"{day:%m-%d}" in policy.closed):
        return "closed"
    if day.weekday() not in policy.working_days.days:
        return "weekend"
    if policy.holidays_off and policy.country is not None and day in national(policy.country):
        return "holiday"
    return None


def next_working_day(policy: Policy, after: date) -> date | None:
    """The first working day later than this one; None where there is none within a year."""
    for days in range(1, LONGEST_REST + 1):
        day = after + timedelta(days=days)
        if day_off(policy, day) is None:
            return day
    return None


@lru_cache(maxsize=8)
def national(country: str) -> Container[date]:
    """The days on which a country rests: `UA`, or with its part `DE-BY`. Raises NotImplementedError for one that nobody
    has written down."""
    from holidays import country_holidays  # here: a business without a calendar does not wait for it

    code, _, part = country.partition("-")
    return country_holidays(code, subdiv=part or None)


def rests(policy: Policy) -> Callable[[date], DayOff | None] | None:
    """`day_off` of this policy; None where every day is a working one."""
    every_day = len(policy.working_days.days) == 7 and not policy.closed
    if every_day and not (policy.holidays_off and policy.country):
        return None
    return lambda day: day_off(policy, day)
