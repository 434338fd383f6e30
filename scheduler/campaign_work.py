"""Campaigns at work: one loop plans those whose time has come, keeps the outbox supplied, finds winners, takes messages
back, and shows in the message of each how far it is.

It sleeps until somebody presses, an outcome is recorded, or the next moment comes; the tick wakes it as well. Everything
it does can be done again: a death leaves nothing but what the next look goes on with.
"""

from __future__ import annotations

import asyncio
import functools
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

import structlog

from crm.purposes import Purpose
from scheduler.background import Background
from scheduler.office import Office
from services import alerting, campaigning_out, campaigning_plan, campaigning_show, speaking
from services.refusals import Refused
from storage import campaign_people, campaigns, staff
from storage.campaigns import Campaign
from storage.engine import Tx, Unavailable
from views import campaign_screens
from views.messages import Say

log = structlog.get_logger()

LOOK_SECONDS: Final = 1.0
"""Outcomes come thirty a second; one look answers for all of a second."""
STUMBLED: Final = timedelta(seconds=60)
TOLD_EVERY: Final = timedelta(seconds=3)
SETTLED_EVERY: Final = timedelta(seconds=30)
MEASURED: Final = timedelta(seconds=60)
RELEASED_AT_ONCE: Final = 2_000
WRITTEN_AT_ONCE: Final = 5_000
"""People written down in one transaction: each costs a wait for the disk."""

T = TypeVar("T")


async def wake(office: Office) -> None:
    """The tick: campaigns are looked at, whatever was announced or not."""
    office.wake_campaigns()


class Feeder(Background):
    """The loop. `in_queue` is how many messages of one campaign may wait in the outbox."""

    def __init__(self, office: Office, *, in_queue: int = campaigning_out.IN_QUEUE) -> None:
        super().__init__("campaigns", apart=LOOK_SECONDS)
        self._office = office
        self._in_queue = in_queue
        self._told: dict[int, datetime] = {}
        self._shown: dict[int, str] = {}
        self._settled: dict[int, datetime] = {}
        self._samples: dict[int, deque[tuple[datetime, int]]] = {}

    async def _once(self) -> float | None:
        due = await self.look()
        return None if due is None else (due - self._office.now()).total_seconds()

    async def look(self) -> datetime | None:
        """Does what is due for every campaign; when something is due next, None when nothing is planned."""
        async with self._office.database.read() as reads:
            found = await campaigns.unfinished(reads)
        due = [await self._safely(one) for one in found]
        for ended in list(self._shown.keys() - {one.id for one in found}):
            await self._tell(ended, at_once=True)
            self._forget(ended)
        return min((at for at in due if at is not None), default=None)

    async def _safely(self, campaign: Campaign) -> datetime | None:
        """One campaign that cannot go on does not stop the others."""
        try:
            return await self._one(campaign)
        except Unavailable:
            raise
        except Refused as refusal:
            # Its segment is gone or can no longer be read: whoever started it sees that it did not go out.
            log.warning("a campaign cannot be planned", campaign=campaign.id, reason=refusal.key)
            await self._write(lambda tx: _give_up(tx, campaign.id, now=self._office.now()))
            await self._tell(campaign.id)
            return None
        except Exception:
            log.exception("a campaign stumbled", campaign=campaign.id)
            return self._office.now() + STUMBLED

    async def _one(self, campaign: Campaign) -> datetime | None:
        now = self._office.now()
        if campaigning_out.CORRECTED in (campaign.counts or {}):
            due = await self._correct(campaign)
            if campaign.state in ("done", "cancelled"):
                return due
        match campaign.state:
            case "planned" if campaign.start_at is not None and campaign.start_at > now:
                await self._tell(campaign.id, but_once=True)
                return campaign.start_at
            case "planned":
                await self._plan(campaign)
                return now
            case "paused":
                await self._settle(campaign)
                # What was being sent when it was paused may have come back for a retry.
                await self._write(lambda tx: campaign_people.take_back(tx, campaign.id))
                await self._tell(campaign.id, but_once=True)
                return None
            case "recalling":
                return await self._recall(campaign)
            case "cancelled":
                await self._settle(campaign)
                return None
        return await self._feed(campaign)

    # ------------------------------------------------------------------------------------------------------ planning

    async def _plan(self, campaign: Campaign) -> None:
        """Everybody of it is written down, in pieces; then it begins. Begun again after a death it changes nobody."""
        office, now = self._office, self._office.now()
        async with office.database.read() as reads:
            ids = await campaigning_plan.people(reads, office.place, campaign, now=now)
        size, rows = campaigning_plan.AT_ONCE, list[campaign_people.Planned]()
        for at in range(0, len(ids), size):
            async with office.database.read() as reads:
                piece = await campaigning_plan.piece(reads, office.place, campaign, ids[at : at + size])
            zone = office.place.timezone
            rows += await asyncio.to_thread(campaigning_plan.planned, campaign, piece, zone=zone, now=now)
            if len(rows) >= WRITTEN_AT_ONCE or at + size >= len(ids):
                await self._write(functools.partial(campaign_people.plan, campaign_id=campaign.id, rows=rows))
                rows = []
            if self.stopping:
                return
        if not await self._write(lambda tx: campaigning_plan.begin_sending(tx, campaign.id, now=now)):
            # Cancelled meanwhile: nobody who was planned since then is left waiting.
            await self._write(lambda tx: campaign_people.cancel_rest(tx, campaign.id, "cancelled"))

    # ------------------------------------------------------------------------------------------------------- feeding

    async def _feed(self, campaign: Campaign) -> datetime | None:
        now, number = self._office.now(), campaign.id
        await self._settle(campaign)
        if campaign.state == "testing" and campaign.decide_at is not None and now >= campaign.decide_at:
            await self._write(lambda tx: campaigning_out.decide(tx, number, now=now))
            return now
        released = 0
        if campaign.state == "running":
            released = await self._write(
                lambda tx: campaigning_out.release(tx, campaign, limit=RELEASED_AT_ONCE, now=now)
            )
        await self._write(lambda tx: campaigning_out.feed(tx, number, now=now, most=self._in_queue))
        over = not released and await self._write(lambda tx: campaigning_out.finish(tx, campaign, now=now))
        told = await self._tell(number, at_once=over)
        if over:
            return None
        if released:
            return now
        async with self._office.database.read() as reads:
            due = await campaign_people.next_due(reads, number)
        later = (due, campaign.decide_at if campaign.state == "testing" else None, None if told else now + TOLD_EVERY)
        moments = [at if at > now else now + TOLD_EVERY for at in later if at is not None]
        return min(moments, default=None)

    async def _settle(self, campaign: Campaign) -> None:
        """Now and then, what went by is caught up with; always at the first look after a start."""
        now, last = self._office.now(), self._settled.get(campaign.id)
        if last is None or not timedelta(0) <= now - last < SETTLED_EVERY:
            self._settled[campaign.id] = now
            await self._write(lambda tx: campaigning_out.settle(tx, campaign))

    async def _correct(self, campaign: Campaign) -> datetime:
        """The next edits; it is looked at again when they may have left."""
        now, place = self._office.now(), self._office.place
        await self._write(lambda tx: campaigning_out.feed_correction(tx, place, campaign, now=now, most=self._in_queue))
        return now + TOLD_EVERY

    async def _recall(self, campaign: Campaign) -> datetime | None:
        now = self._office.now()
        left = await self._write(lambda tx: campaigning_out.feed_recall(tx, campaign, now=now, most=self._in_queue))
        if not left:
            await self._write(
                lambda tx: campaigns.change(tx, campaign.id, among=["recalling"], now=now, state="recalled")
            )
        await self._tell(campaign.id, at_once=not left)
        return now + TOLD_EVERY if left else None

    # ------------------------------------------------------------------------------------------------------- telling

    async def _tell(self, campaign_id: int, *, at_once: bool = False, but_once: bool = False) -> bool:
        """The campaign's message shows where it stands: every few seconds, and at once when something began or ended.
        False where it is too early to say more."""
        now = self._office.now()
        async with self._office.database.read() as reads:
            campaign = await campaigns.get(reads, campaign_id)
            if campaign is None or campaign.chat_id is None or campaign.staff_id is None:
                return True
            is_new = self._shown.get(campaign_id) != campaign.state
            last = self._told.get(campaign_id)
            if not (is_new or at_once) and (but_once or (last is not None and timedelta(0) <= now - last < TOLD_EVERY)):
                return but_once
            member = await staff.get(reads, campaign.staff_id)
            if member is None:
                return True
            seen = await campaigning_show.progress(reads, campaign, now=now)
        seen = replace(seen, rate=self._rate(campaign_id, seen.done, now))
        self._told[campaign_id], self._shown[campaign_id] = now, campaign.state
        reader = alerting.listener(self._office.place, member, now=now).reader
        screen = campaign_screens.progress(reader, seen)
        say = Say(
            screen,
            chat_id=campaign.chat_id,
            key=f"campaign-progress:{campaign_id}:{campaign.chat_id}",
            revise=True,
            purpose=Purpose.STAFF,
            memo={"campaign": campaign_id},
        )

        async def unit(tx: Tx) -> None:
            speaking.say(tx, say, now=now)

        await self._write(unit)
        return True

    def _rate(self, campaign_id: int, done: int, now: datetime) -> float | None:
        """Messages a second over the last minute; None until there is something to compare with."""
        samples = self._samples.setdefault(campaign_id, deque())
        samples.append((now, done))
        while now - samples[0][0] > MEASURED:
            samples.popleft()
        (since, before), passed = samples[0], (now - samples[0][0]).total_seconds()
        return (done - before) / passed if passed > 0 and since < now else None

    def _forget(self, campaign_id: int) -> None:
        for known in (self._told, self._shown, self._settled, self._samples):
            known.pop(campaign_id, None)

    async def _write(self, unit: Callable[[Tx], Awaitable[T]]) -> T:
        return await self._office.database.write(unit)


async def _give_up(tx: Tx, campaign_id: int, *, now: datetime) -> None:
    await campaigns.change(tx, campaign_id, among=["planned"], now=now, state="cancelled", finished_at=now)
    await campaign_people.cancel_rest(tx, campaign_id, "no-segment")
