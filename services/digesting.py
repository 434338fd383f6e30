"""The morning digest: what the day holds for each of the team, gathered when the business opens its morning."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from crm import permissions, working_days, zones
from crm.permissions import Right
from crm.purposes import Purpose
from services import alerting, permitting, planning, showing
from services.workplace import Place
from storage import contacts, facts, mornings, staff, tasks
from storage.engine import Reads, Tx
from storage.mornings import Visit, Waiting
from storage.staff import Member
from views import digest_screens
from views.digest_screens import Booked, Hands, Morning, Team, Untaken
from views.messages import Say, Screen
from views.staff_names import Who

LINES: Final = 6
"""How much of each list is written out."""
OF_USE: Final = timedelta(hours=3)
"""A morning that is over needs no digest: after a longer downtime there is none that day."""
DONE: Final = "digest"
"""The fact that says for which day everybody has been told."""


def due(place: Place, now: datetime) -> date | None:
    """The working day whose digest is due now; None outside of its time."""
    playbook = place.playbooks.current
    zone = planning.zone_of_business(place)
    day = now.astimezone(zone).date()
    begins = zones.to_utc(datetime.combine(day, playbook.digest.clock), zone)
    if not begins <= now < begins + OF_USE or working_days.day_off(playbook.policy, day) is not None:
        return None
    return day


async def readers(db: Reads) -> list[Member]:
    """Who gets it: the owners and managers who have opened the bot and have not turned it off."""
    team = [one for one in await staff.active(db) if permissions.allows(one.role, Right.PLAN)]
    return [one for one in team if one.started_at is not None and await is_on(db, one)]


async def is_on(db: Reads, member: Member) -> bool:
    return not await facts.get(db, _off(member))


async def switch(tx: Tx, member: Member | None, *, on: bool) -> None:
    """Turns one's own digest on or off. Raises Refused for who has none."""
    member = permitting.require(member, Right.PLAN)
    await (facts.forget(tx, _off(member)) if on else facts.put(tx, _off(member), True))


async def say(db: Reads, place: Place, member: Member, day: date, *, now: datetime) -> Say | None:
    """The digest of that day as one message; None where there is nothing to say. Its key makes it one a day, whatever
    restarts."""
    morning = await gather(db, place, member, now=now)
    if morning.says_nothing:
        return None
    return Say(
        shown(place, member, morning, on=True, now=now),
        chat_id=member.telegram_id,
        key=f"digest:{member.id}:{day.isoformat()}",
        purpose=Purpose.STAFF,
        valid_until=now + OF_USE,
    )


def shown(place: Place, member: Member, morning: Morning, *, on: bool, now: datetime) -> Screen:
    """The digest in this member's words and by their clock."""
    return digest_screens.screen(alerting.listener(place, member, now=now).reader, morning, on=on)


async def gather(db: Reads, place: Place, member: Member, *, now: datetime) -> Morning:
    """What today holds for this member, by the business's days. An owner's has what is nobody's too, and the team's
    figures."""
    playbook = place.playbooks.current
    zone = planning.zone_of_business(place)
    day = now.astimezone(zone).date()
    yesterday, low, high = (
        zones.to_utc(datetime(one.year, one.month, one.day), zone)  # noqa: DTZ001 - a local midnight
        for one in (day - timedelta(days=1), day, day + timedelta(days=1))
    )
    owns = permissions.allows(member.role, Right.OWN)
    today, today_all = await tasks.due_between(db, member.id, low, high, limit=LINES)
    slipped, slipped_all = await tasks.due_between(db, member.id, None, low, limit=LINES)
    booked, booked_all = await mornings.visits_between(db, low, high, staff_id=None if owns else member.id, limit=LINES)
    born, born_all = await mornings.born_on(db, _celebrated(day), staff_id=member.id, unowned=owns, limit=LINES)
    late = playbook.digest.late_after
    waiting, waiting_all = await mornings.untaken(db, before=now - late, limit=LINES)
    people = await _people(db, [*born, *(visit.contact_id for visit in booked), *(one.contact_id for one in waiting)])
    return Morning(
        day=day,
        tasks=await showing.jobs(db, today),
        tasks_all=today_all,
        slipped=await showing.jobs(db, slipped),
        slipped_all=slipped_all,
        visits=_visits(place, booked, people),
        visits_all=booked_all,
        birthdays=[people[one] for one in born if one in people],
        birthdays_all=born_all,
        untaken=_waiting(waiting, people),
        untaken_all=waiting_all,
        late_hours=max(int(late.total_seconds() // 3600), 1),
        team=await _team(db, place, yesterday, low) if owns else None,
    )


async def _team(db: Reads, place: Place, low: datetime, high: datetime) -> Team:
    figures = await mornings.yesterday(db, low, high)
    loads = await mornings.loads(db, overdue_before=high)
    hands = tuple(Hands(one.name, one.open_requests, one.overdue_tasks) for one in loads)
    currency = place.playbooks.current.money.currency
    return Team(*figures, currency=currency, hands=hands)


async def _people(db: Reads, ids: Sequence[int]) -> dict[int, Who]:
    return {one.id: await showing.who(db, one) for one in await contacts.get_many(db, list(dict.fromkeys(ids)))}


def _visits(place: Place, booked: Sequence[Visit], people: dict[int, Who]) -> list[Booked]:
    return [
        Booked(one.at, people[one.contact_id], showing.asked(place, one.request), one.state == "confirmed")
        for one in booked
        if one.contact_id in people
    ]


def _waiting(waiting: Sequence[Waiting], people: dict[int, Who]) -> list[Untaken]:
    return [
        Untaken(one.request_id, people[one.contact_id], one.created_at) for one in waiting if one.contact_id in people
    ]


def _celebrated(day: date) -> list[int]:
    """The birthdays (MMDD) of a day: on 28 February of a common year those of the 29th too."""
    own = day.month * 100 + day.day
    return [228, 229] if own == 228 and not calendar.isleap(day.year) else [own]


def _off(member: Member) -> str:
    return f"digest-off:{member.id}"
