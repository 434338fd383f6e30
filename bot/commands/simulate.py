"""`simulate`: who is to get what in the next days, without sending anything."""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter, defaultdict
from datetime import UTC, date, datetime

from bot import settings
from bot.commands import Refused
from bot.settings import Settings

MOST_DAYS = 366


def run(arguments: argparse.Namespace) -> int:
    """Reads the base beside a running bot, or while it is stopped. Raises Refused for a number of days that is none."""
    if not 1 <= arguments.days <= MOST_DAYS:
        raise Refused(f"--days is a number from 1 to {MOST_DAYS}.")
    return asyncio.run(_simulate(settings.load(), arguments.days))


async def _simulate(chosen: Settings, days: int) -> int:
    # Here, because a command that is refused should not pay for them.
    from bot import playbooks
    from services import entering, scenario_keeping
    from services.versioning import Playbooks
    from services.workplace import Place
    from storage import schema
    from storage.engine import Database

    if schema.version(chosen.database_path) != schema.head():
        raise Refused("The database is of an earlier version: python -m bot migrate brings it to this one.")
    playbook = playbooks.load(chosen.playbook_path)
    place = Place(
        username="",
        timezone=chosen.zone,
        language=chosen.default_language,
        team_chat_id=chosen.team_chat_id,
        playbooks=Playbooks(playbook, playbooks.from_text),
    )
    database = Database(chosen.database_url)
    now = datetime.now(UTC)
    try:
        async with database.read() as reads:
            found = await scenario_keeping.coming(reads, place, days=days, now=now)
    finally:
        await database.close()
    zone = entering.zone_of(place)
    print(f"The next {days} days by {chosen.playbook_path}, as far as they are known today. Nothing is sent.")
    by_day: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for (day, scenario), number in found.counts.items():
        by_day[day][scenario] += number
    for day in sorted(by_day):
        what = ", ".join(f"{scenario} {number}" for scenario, number in sorted(by_day[day].items()))
        print(f"  {day:%Y-%m-%d %a}  {what}")
    if not by_day:
        print("  Nobody is to get anything.")
    for due, scenario, contact in found.first:
        print(f"First: {due.astimezone(zone):%Y-%m-%d %H:%M}  {scenario}  contact {contact}")
    for scenario in sorted(found.more):
        print(f"{scenario}: at least so many; it stopped counting at {scenario_keeping.MOST}.")
    print("Each is asked about once more when it is time: consent, quiet hours, limits (docs/policy.md).")
    return 0
