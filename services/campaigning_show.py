"""A campaign as it is shown: how far it is, and the draft with everything chosen in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from crm.campaign_letters import Options
from services.campaigning import Draft
from services.workplace import Place
from storage import campaign_people, campaigns
from storage.campaigns import Campaign
from storage.engine import Reads
from views.campaign_drafts import Drafted
from views.campaign_screens import Progress

WESTERNMOST: Final = timedelta(hours=12)
"""How far the last clocks of the world are behind UTC."""
_ENDED: Final = ("sent", "failed", "unknown", "skipped", "cancelled")


async def progress(db: Reads, campaign: Campaign, *, now: datetime) -> Progress:
    """How far it is: everybody of it counted."""
    by_state = dict.fromkeys((*_ENDED, "planned", "queued", "waiting", "control"), 0)
    for one in await campaign_people.tally(db, campaign.id):
        by_state[one.state] += one.people
    recalled = 0
    if campaign.state in ("recalling", "recalled"):
        recalled = await campaign_people.count_recalled(db, campaign.id)
    later = await campaign_people.later(db, campaign.id, last_turn=_last_turn(campaign, now=now), now=now)
    verdict = (campaign.counts or {}).get("verdict")
    return Progress(
        id=campaign.id,
        name=campaign.name,
        state=campaign.state,
        people=sum(by_state.values()),
        sent=by_state["sent"],
        failed=by_state["failed"],
        unknown=by_state["unknown"],
        skipped=by_state["skipped"],
        cancelled=by_state["cancelled"],
        control=by_state["control"],
        left=by_state["planned"] + by_state["queued"],
        waiting=by_state["waiting"],
        later=later.people,
        held=later.held,
        held_until=later.held_until,
        recalled=recalled,
        start_at=campaign.start_at,
        decide_at=campaign.decide_at,
        ends_at=_ends_at(campaign),
        verdict=None if verdict is None else (verdict[0], verdict[1], float(verdict[2])),
    )


def _last_turn(campaign: Campaign, *, now: datetime) -> datetime:
    """The latest moment that planning gives anybody: where a clock shows the hour last, at the end of what it is spread
    over."""
    options, begins = Options.from_json(campaign.options), campaign.decide_at or campaign.started_at or now
    if options.local is not None:
        begins = max(begins, datetime.fromisoformat(options.local).replace(tzinfo=UTC) + WESTERNMOST)
    return begins + timedelta(minutes=options.spread)


def _ends_at(campaign: Campaign) -> datetime | None:
    """When the last turn comes of a campaign that is spread over hours: after a test it is spread anew. None for one that
    is not spread, or goes by everybody's own clock."""
    options, begins = Options.from_json(campaign.options), campaign.decide_at or campaign.started_at
    if begins is None or not options.spread or options.local is not None:
        return None
    return begins + timedelta(minutes=options.spread)


async def drafted(db: Reads, place: Place, draft: Draft, *, language: str) -> Drafted:
    """A draft with the names of what it is about."""
    row = draft.row
    topic = next((one for one in place.playbooks.current.topics if one.id == row.topic), None)
    repeats = await campaigns.get(db, row.repeat_of) if row.repeat_of is not None else None
    return Drafted(
        id=row.id,
        letter=draft.letter,
        options=draft.options,
        purpose=row.purpose,
        topic=topic.title.say(language) if topic is not None else None,
        has_topics=bool(place.playbooks.current.topics),
        aim=row.aim,
        repeat_of=repeats.name if repeats is not None else None,
        start_at=row.start_at,
    )
