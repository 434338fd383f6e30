"""A campaign on its way out: people are moved into the outbox a few hundred at a time, what becomes of each is noted in
the same transaction, and of a test the winner is found.

The people of a campaign are its truth. A message is made into words when it is claimed, so that it is in the language of
that moment; a death anywhere leaves each person in exactly one state, from which the next look goes on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from crm import campaign_letters, significance
from crm.campaign_letters import Letter, Options
from crm.purposes import Purpose
from locales import words_in
from services.speaking import Composed
from services.workplace import Place
from storage import albums, campaign_facts, campaign_people, campaigns, contacts, outbox
from storage.campaigns import Campaign
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.outbox import Claimed
from views import campaign_messages
from views.messages import Screen

PREFIX: Final = campaign_people.PREFIX
RECALL: Final = campaign_people.RECALL
RUNNING: Final = ("running", "testing")
IN_QUEUE: Final = 300
"""How many of one campaign wait in the outbox: ten seconds of sending."""
RECALLED_WITHIN: Final = timedelta(hours=48)
"""Telegram lets a bot delete its messages in private chats for so long."""
BULK: Final = Purpose.MARKETING.priority
CORRECTED: Final = campaigns.CORRECTED
_GIVEN_UP: Final = "cannot be judged"


# ------------------------------------------------------------------------------------------------------------ in words


async def compose(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> Composed | None:
    """The campaign's message for the person of this row; None when the campaign has stopped: who was on their way back
    from a retry meanwhile stays with it. Raises LookupError for a row that belongs to none."""
    recipe = row.recipe or {}
    campaign = await campaigns.get(tx, int(recipe["campaign"]))
    contact = await contacts.get(tx, row.contact_id or 0)
    if campaign is None or contact is None:
        raise LookupError("a message of no campaign")
    if campaign.state not in RUNNING:
        to, reason = ("planned", None) if campaign.state == "paused" else ("cancelled", "cancelled")
        campaign_people.move(tx, campaign.id, contact.id, was="queued", to=to, reason=reason)
        return None
    return Composed(said(place, campaign, contact, str(recipe["variant"]), key=row.key).to_json())


def said(place: Place, campaign: Campaign, contact: Contact, variant: str, *, key: str) -> Screen:
    """The message as this person gets it."""
    letter = Letter.from_json(campaign.content)
    playbook = place.playbooks.current
    values = {
        "name": contact.name or "",
        "business": playbook.business.name.say(contact.language),
        "city": str(contact.fields.get("city") or ""),
        "points": str(contact.points) if playbook.loyalty is not None else "",
    }
    _, number = campaign_people.of_key(key)
    links = place.links.urls("campaign", campaign.id, number, letter.targets) if place.links is not None else None
    return campaign_messages.letter(
        words_in(contact.language),
        letter.variant(variant),
        letter.choices,
        campaign_id=campaign.id,
        values=values,
        playbook=playbook,
        key=key if campaign.purpose == Purpose.MARKETING.value else None,
        links=links,
    )


# ------------------------------------------------------------------------------------------------------------- outcomes


def note_sent(tx: Tx, row: Claimed, *, now: datetime) -> None:
    """It has reached the person (or has left their chat)."""
    campaign_id, contact_id = _whose(row)
    if row.key.startswith(RECALL):
        campaign_people.mark_recalled(tx, campaign_id, contact_id, now=now)
    elif not row.sent_revision:
        campaign_people.move(tx, campaign_id, contact_id, was="queued", to="sent", sent_at=now)
    tx.announce("campaigns")


def note_settled(tx: Tx, row: Claimed, state: str, reason: str) -> None:
    """It is not going to reach the person."""
    if row.key.startswith(PREFIX) and not row.sent_revision:
        campaign_id, contact_id = _whose(row)
        campaign_people.move(tx, campaign_id, contact_id, was="queued", to=state, reason=_reason(state, reason))
    tx.announce("campaigns")


def note_put_off(tx: Tx, row: Claimed, until: datetime) -> None:
    """The policy holds it: its place in the queue is somebody else's meanwhile."""
    campaign_id, contact_id = _whose(row)
    campaign_people.put_off(tx, campaign_id, contact_id, until)
    tx.announce("campaigns")


async def settle(tx: Tx, campaign: Campaign) -> int:
    """Catches up with what was settled elsewhere: by a death, by the deletion of a card, by a word taken back."""
    found = await campaign_people.settled(tx, campaign.id)
    for one in found:
        why = (one.decision or {}).get("reason") if one.state == "skipped" else one.error
        campaign_people.move(
            tx,
            campaign.id,
            one.contact_id,
            was="queued",
            to=one.state,
            reason=None if one.state == "sent" else _reason(one.state, why or ""),
            sent_at=one.sent_at if one.state == "sent" else None,
        )
    return len(found)


def _whose(row: Claimed) -> tuple[int, int]:
    """The campaign, and the person: of cards that were merged the one that stayed."""
    campaign_id, contact_id = campaign_people.of_key(row.key)
    return campaign_id, row.contact_id or contact_id


def _keys(campaign: Campaign) -> str:
    """How the keys of its messages begin."""
    return f"{PREFIX}{campaign.id}:"


def _reason(state: str, said: str) -> str:
    if state == "unknown":
        return "doubt"
    if state == "failed":
        return "mistake" if said.startswith((_GIVEN_UP, "cannot be built")) else campaign_letters.why_failed(said)
    return said[:40]


# --------------------------------------------------------------------------------------------------------------- feeding


async def feed(tx: Tx, campaign_id: int, *, now: datetime, most: int = IN_QUEUE) -> int:
    """Moves who is due into the outbox, up to `most` waiting there. Returns how many were moved."""
    campaign = await campaigns.get(tx, campaign_id)
    if campaign is None or campaign.state not in RUNNING:
        return 0
    room = most - await campaign_people.waiting(tx, campaign_id, now=now)
    if room <= 0:
        return 0
    moved = await campaign_people.next_ones(tx, campaign_id, limit=room, now=now)
    purpose = Purpose(campaign.purpose)
    useful = timedelta(hours=Options.from_json(campaign.options).useful)
    for one in moved:
        if one.chat_id is None:
            campaign_people.move(tx, campaign_id, one.contact_id, was="planned", to="skipped", reason="unreachable")
            continue
        row = outbox.row(
            key=campaign_people.key(campaign_id, one.number),
            chat_id=one.chat_id,
            contact_id=one.contact_id,
            payload={},
            recipe={"campaign": campaign_id, "variant": one.variant},
            purpose=purpose.value,
            priority=BULK,
            due_at=now,
            valid_until=now + useful,
            on_doubt="resend" if purpose is Purpose.SERVICE else "skip",
            topic=campaign.topic,
            value=campaign.value,
            now=now,
        )
        outbox.plan(tx, row)
        campaign_people.move(tx, campaign_id, one.contact_id, was="planned", to="queued")
    if moved:
        tx.announce("outbox")
    return len(moved)


async def finish(tx: Tx, campaign: Campaign, *, now: datetime) -> bool:
    """Ends a campaign of which nobody is left; whether it is over."""
    if campaign.state != "running" or not await campaign_people.is_through(tx, campaign.id):
        return False
    return await campaigns.change(tx, campaign.id, among=["running"], now=now, state="done", finished_at=now)


# ------------------------------------------------------------------------------------------------------------- the winner


async def shares(db: Reads, campaign: Campaign, options: Options) -> dict[str, significance.Share]:
    """How many of those each variant reached did what the campaign counts."""
    reached = await campaign_facts.by_variant(db, campaign.id)
    return {
        name: significance.Share(getattr(reached[name], options.metric), reached[name].sent)
        for name in (one.id for one in Letter.from_json(campaign.content).variants)
        if name in reached
    }


async def decide(tx: Tx, campaign_id: int, *, now: datetime) -> significance.Verdict | None:
    """Ends a test whose time has come: the winner goes to who waited, or, where chance could have made the difference,
    each of them gets one of the variants. None where it is not its time."""
    campaign = await campaigns.get(tx, campaign_id)
    if campaign is None or campaign.state != "testing" or campaign.decide_at is None or now < campaign.decide_at:
        return None
    verdict = significance.verdict(await shares(tx, campaign, Options.from_json(campaign.options)))
    counts = {**(campaign.counts or {}), "verdict": [verdict.winner, verdict.leader, round(verdict.p, 6)]}
    await campaigns.change(
        tx, campaign_id, among=["testing"], now=now, state="running", winner=verdict.winner, counts=counts
    )
    return verdict


async def release(tx: Tx, campaign: Campaign, *, limit: int, now: datetime) -> int:
    """Gives the next of those who waited for the winner their variant. Returns how many."""
    if campaign.state != "running":
        return 0
    letter, options = Letter.from_json(campaign.content), Options.from_json(campaign.options)
    names = [campaign.winner] if campaign.winner else [one.id for one in letter.variants]
    waited = await campaign_people.with_state(tx, campaign.id, "waiting", limit=limit)
    for contact_id in waited:
        gets = campaign_letters.any_variant(campaign.id, contact_id, names)
        at = now + timedelta(minutes=options.spread) * campaign_letters.share(campaign.id, contact_id, "spread")
        campaign_people.release(tx, campaign.id, contact_id, gets, due_at=at)
    return len(waited)


# ----------------------------------------------------------------------------------------------------------- correcting


async def feed_correction(tx: Tx, place: Place, campaign: Campaign, *, now: datetime, most: int = IN_QUEUE) -> bool:
    """Says anew to the next of those who have it, as edits of their messages; whether there are more of them."""
    after = (campaign.counts or {}).get(CORRECTED)
    if after is None:
        return False
    under = await albums.edits_waiting(tx, _keys(campaign))
    room = most - under - await campaign_people.edits_waiting(tx, campaign.id)
    if room <= 0:
        return True
    found = await campaign_people.to_correct(tx, campaign.id, after=after, limit=room)
    for one in found:
        contact = await contacts.get(tx, one.contact_id)
        if contact is None:
            continue
        screen = said(place, campaign, contact, one.variant, key=one.key)
        if screen.under_album is not None:
            under_it = screen.under_album.to_json()
            await albums.revise(tx, one.key, screen.to_json(), under_it, now=now, priority=BULK)
        else:
            await outbox.revise_message(tx, one.chat_id, one.message_id, screen.to_json(), None, now=now, priority=BULK)
    is_over = len(found) < room
    counts = {name: value for name, value in (campaign.counts or {}).items() if name != CORRECTED or not is_over}
    if not is_over:
        counts[CORRECTED] = found[-1].contact_id
    # Corrected once more meanwhile: that goes on from the beginning.
    await campaigns.change(tx, campaign.id, among=None, version=campaign.version, now=now, counts=counts)
    return not is_over


# ------------------------------------------------------------------------------------------------------------- recalling


async def feed_recall(tx: Tx, campaign: Campaign, *, now: datetime, most: int = IN_QUEUE) -> int:
    """Asks for the next messages to be taken away. Returns how many are still on their way to be, or were asked now."""
    waiting = await campaign_people.recalls_waiting(tx, campaign.id)
    since = now - RECALLED_WITHIN
    has_albums = any(one.is_album for one in Letter.from_json(campaign.content).variants)
    if has_albums:
        await albums.take_back(tx, _keys(campaign), reason="recalled")
    found = await campaign_people.to_recall(tx, campaign.id, since=since, limit=max(0, most - waiting))
    for one in found:
        gone: int | list[int] | None = one.message_id
        if has_albums:
            gone = await albums.messages(tx, one.chat_id, one.message_id)
        if gone is None:
            continue  # its words are just being said: it is its turn at the next look
        row: dict[str, Any] = outbox.row(
            key=campaign_people.recall_key(campaign.id, one.contact_id),
            chat_id=one.chat_id,
            contact_id=one.contact_id,
            payload={"delete": gone},
            purpose=Purpose.STAFF.value,
            priority=BULK,
            due_at=now,
            now=now,
        )
        outbox.add(tx, row)
    return waiting + len(found)
