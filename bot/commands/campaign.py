"""`campaign`: the same as /broadcasts by command: what there is, who would get one, start, pause, resume, cancel, take
back, and what came of it. Through the running bot, which takes it up within a minute, or while it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot import settings
from bot.commands import Refused
from bot.settings import Settings

if TYPE_CHECKING:
    from services.campaigning import Draft
    from services.workplace import Place
    from storage.engine import Database
    from storage.staff import Member

ACTIONS = ("list", "plan", "start", "pause", "resume", "cancel", "recall", "report")
LISTED = 30
_TAGS = re.compile(r"<[^>]+>")


def run(arguments: argparse.Namespace) -> int:
    """Raises Refused with what to do instead."""
    if (arguments.action == "list") != (arguments.number is None):
        raise Refused("Say which campaign by its number; python -m bot campaign list shows them.")
    return asyncio.run(_run(settings.load(), arguments.action, arguments.number))


async def _run(chosen: Settings, action: str, number: int | None) -> int:
    # Here, because a command that is refused should not pay for them.
    from bot import playbooks
    from services import refusals
    from services.versioning import Playbooks
    from services.workplace import Place
    from storage import schema, staff
    from storage.engine import Database

    if schema.version(chosen.database_path) != schema.head():
        raise Refused("The database is of an earlier version: python -m bot migrate brings it to this one.")
    playbook = playbooks.load(chosen.playbook_path)
    place = Place(
        username="",
        timezone=playbook.business.zone(chosen.timezone),
        language=chosen.default_language,
        team_chat_id=None,
        playbooks=Playbooks(playbook, playbooks.from_text),
    )
    database = Database(chosen.database_url)
    await database.open()
    try:
        async with database.read() as reads:
            # Whoever may use the server's shell stands in for the owner.
            owner = next(iter(await staff.active(reads, "owner")), None)
        if owner is None:
            raise Refused("There is no owner yet: put your Telegram id into OWNER_IDS and start the bot once.")
        if number is None:
            return await _list(database)
        try:
            return await _one(database, place, owner, action, number)
        except refusals.Refused as refusal:
            raise Refused(_worded(refusal)) from None
    finally:
        await database.close()


async def _list(database: Database) -> int:
    from storage import campaigns

    async with database.read() as reads:
        found = await campaigns.latest(reads, limit=LISTED)
    for one in found:
        print(f"{one.id:>5}  {one.state:<10} {one.created_at:%Y-%m-%d}  {one.name}")
    if not found:
        print("There are no campaigns yet: /broadcast in the bot makes one.")
    return 0


async def _one(database: Database, place: Place, owner: Member, action: str, number: int) -> int:
    from services import campaigning

    now = datetime.now(UTC)
    if action == "plan":
        return await _plan(database, place, owner, number, now)
    if action == "report":
        return await _report(database, place, owner, number)
    doing: dict[str, Callable[[Any], Awaitable[Draft]]] = {
        "start": lambda tx: campaigning.start(tx, place, owner, number, chat_id=owner.telegram_id, now=now),
        "pause": lambda tx: campaigning.pause(tx, owner, number, now=now),
        "resume": lambda tx: campaigning.resume(tx, owner, number, now=now),
        "cancel": lambda tx: campaigning.cancel(tx, owner, number, now=now),
        "recall": lambda tx: campaigning.recall(tx, owner, number, now=now),
    }
    done = await database.write(doing[action])
    print(f"Campaign {number} is {done.row.state}. The running bot takes it up within a minute.")
    return 0


async def _plan(database: Database, place: Place, owner: Member, number: int, now: datetime) -> int:
    """The honest count."""
    from services import campaigning, campaigning_plan

    async with database.read() as reads:
        draft = await campaigning.get(reads, owner, number)
        found = await campaigning_plan.count(reads, place, draft, now=now)
    print(f"{found.meant:>9,} in the segment")
    for reason in campaigning_plan.STEPS:
        if found.lost.get(reason):
            print(f"{-found.lost[reason]:>9,} {reason}")
    if found.control:
        print(f"{-found.control:>9,} control group")
    print(f"{found.gets:>9,} will get it")
    return 0


async def _report(database: Database, place: Place, owner: Member, number: int) -> int:
    from locales import words_in
    from services import campaigning, campaigning_report
    from views import campaign_report_screens
    from views.staff_names import Reader

    async with database.read() as reads:
        draft = await campaigning.get(reads, owner, number)
        seen = campaigning_report.seen(place, draft, await campaigning_report.report(reads, draft))
    reader = Reader(words_in("en"), place.timezone, datetime.now(UTC))
    print(f"{draft.row.state}: {_plain(campaign_report_screens.report(reader, seen).text)}")
    return 0


def _worded(refusal: Any) -> str:
    from locales import words_in

    return _plain(words_in("en")(refusal.key, **refusal.values))


def _plain(text: str) -> str:
    import html

    return html.unescape(_TAGS.sub("", text))
