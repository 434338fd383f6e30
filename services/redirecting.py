"""Redirecting: a counted link was opened. Where it leads, and whose press that was."""

from __future__ import annotations

import secrets
from datetime import datetime

from crm import counted_links
from crm.campaign_letters import Letter
from crm.counted_links import CountedLink
from services import campaigning_answers, journeying, pressing, scenario_presses
from storage import campaign_people, campaigns, facts, journeys, outbox
from storage.engine import Reads, Tx


async def secret(tx: Tx) -> bytes:
    """What the tokens of this base are made with. Made once: links that people have keep leading on."""
    kept = await facts.get(tx, facts.LINK_SECRET)
    if kept is None:
        kept = secrets.token_hex(counted_links.KEY_LENGTH)
        await facts.put(tx, facts.LINK_SECRET, kept)
    return bytes.fromhex(kept)


async def target(db: Reads, link: CountedLink) -> str | None:
    """Where it leads, by the message as it was written; None for one that is nowhere any more."""
    url: object = None
    if link.of == "campaign":
        campaign = await campaigns.get(db, link.number)
        choices = Letter.from_json(campaign.content).choices if campaign is not None else ()
        if link.place < len(choices) and choices[link.place].does == "link":
            url = choices[link.place].value
    else:
        row = await outbox.by_key(db, journeys.key(link.number, link.part))
        remembered = row.memo if row is not None else None
        url = ((remembered or {}).get(journeying.LINKS) or {}).get(str(link.place))
    return url if isinstance(url, str) and counted_links.can_be_counted(url) else None


async def count(tx: Tx, link: CountedLink, *, now: datetime) -> bool:
    """Keeps the press as one of whom the message is to by now: of cards that were merged, of the one that stayed. Whether
    it is the first of this button. That of a person who was erased is nobody's."""
    if link.of == "campaign":
        key = campaign_people.key(link.number, link.part)
        campaign = await campaigns.get(tx, link.number)
        choices = Letter.from_json(campaign.content).choices if campaign is not None else ()
        name = campaigning_answers.named(choices, link.place) if link.place < len(choices) else None
    else:
        key = journeys.key(link.number, link.part)
        name = scenario_presses.named("link", link.place)
        journeys.wake(tx, link.number, now=now)
    row = await outbox.by_key(tx, key)
    if name is None or row is None or row.contact_id is None:
        return False
    return await pressing.note(tx, key=key, button=name, contact_id=row.contact_id, now=now)
