"""Delivering: from a due row to its outcome. Two transactions with the request to Telegram between them.

The first claims rows and asks the contact policy, in one transaction: a person who withdraws consent, blocks the bot
or is erased is asked about in the state of that commit, and what is already being sent counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crm import policy
from crm.playbook import Policy
from crm.purposes import Purpose
from storage import consents, contacts, events, facts, outbox
from storage.engine import Tx
from storage.outbox import Claimed

LONGEST_WINDOW = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be sent now, and when to look again when that is nothing.

    `next_due` in the past means that something is due in a chat that is busy.
    """

    rows: list[Claimed]
    judged: bool
    next_due: datetime | None


async def claim(
    tx: Tx, *, by: str, now: datetime, limit: int, busy: Collection[int], rules: Policy, zone: ZoneInfo
) -> Claim:
    """Takes up to `limit` rows that are due and that the policy lets go. `zone` is the business's own.

    `judged` says that the policy kept some back, so that there may be more to claim at once.
    """
    if await facts.get(tx, facts.HELD) is not None:
        return Claim([], False, None)
    rows = await outbox.claim(tx, by=by, now=now, limit=limit, busy=busy)
    going = [row for row in rows if await _may_go(tx, row, now=now, rules=rules, zone=zone)]
    if len(rows) == limit or len(going) < len(rows):
        return Claim(going, len(going) < len(rows), now)
    return Claim(going, False, await outbox.next_due(tx, now=now))


async def _may_go(tx: Tx, row: Claimed, *, now: datetime, rules: Policy, zone: ZoneInfo) -> bool:
    if row.valid_until is not None and now >= row.valid_until:
        outbox.record_settled(tx, row.id, "skipped", "too-late")
        return False
    purpose = Purpose(row.purpose)
    if not purpose.asks_policy or row.sent_revision:
        return True
    decision = await judge(
        tx, row.contact_id, purpose, rules, now=now, zone=zone, valid_until=row.valid_until, but=row.id
    )
    why = {**decision.to_json(), "at": now.isoformat()}
    if decision.verdict == "send":
        outbox.record_decision(tx, row.id, why)
        return True
    if decision.verdict == "wait" and decision.until is not None:
        outbox.record_deferred(tx, row.id, decision.until, why)
    else:
        outbox.record_settled(tx, row.id, "skipped", decision.reason, why)
    return False


async def judge(
    tx: Tx,
    contact_id: int | None,
    purpose: Purpose,
    rules: Policy,
    *,
    now: datetime,
    zone: ZoneInfo,
    valid_until: datetime | None = None,
    but: int | None = None,
) -> policy.Decision:
    """What the contact policy says of one message to one contact now. `but` leaves the message's own row out of count."""
    contact = None if contact_id is None else await contacts.get(tx, contact_id)
    if contact is None:
        return policy.Decision("skip", "unreachable")
    person = policy.Person(
        zone=ZoneInfo(contact.timezone) if contact.timezone else zone,
        reachable=contact.reachable and contact.telegram_id is not None,
        spam=contact.spam_at is not None,
        consents=await consents.latest(tx, contact.id),
    )
    cap = rules.cap(purpose)
    window = LONGEST_WINDOW if cap is None else max(cap.per, cap.gap)
    sent = [] if cap is None else await outbox.sent_to_contact(tx, contact.id, since=now - window, but=but)
    return policy.decide(purpose, person, rules, now=now, valid_until=valid_until, sent=sent)


async def mark_unreachable(tx: Tx, chat_id: int, *, reason: str, now: datetime) -> None:
    """Telegram refused for good to deliver to this person: nothing more is tried until they come back."""
    contact = await contacts.by_telegram_id(tx, chat_id)
    if contact is not None and contact.reachable:
        await contacts.change(tx, contact.id, reachable=False, now=now)
        events.add(tx, contact.id, "unreachable", text=reason, now=now)
