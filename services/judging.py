"""Judging: what the contact policy says of a message to a contact now, in the state of this transaction.

Three queries a message, and a fourth where its purpose has a cap: who it is, what they said, what they prefer, and what
else they were sent or are to be sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from crm import policy
from crm.policy import Decision, Due, Person, Told
from crm.purposes import Purpose
from services import preferring
from services.workplace import Place
from storage import contact_mail, contacts
from storage.contact_mail import Around
from storage.engine import Reads
from storage.outbox import Claimed

_MOST_REASONS = 4
"""What held a message is kept by its latest reasons; more would say the same again."""


async def judge(db: Reads, place: Place, row: Claimed, *, now: datetime) -> tuple[Decision, dict[str, Any]]:
    """The decision for a claimed row, and what is stored with it: why, when, and what held it before."""
    contact = None if row.contact_id is None else await contacts.get(db, row.contact_id)
    if contact is None:
        gone = Decision("skip", "unreachable")
        return gone, stored(gone, now=now)
    person = await preferring.person(db, place, contact)
    rules = place.playbooks.current.policy
    mine = Due(Purpose(row.purpose), row.topic, row.valid_until, row.value, row.due_at, row.id)
    back = policy.horizon(rules, mine.purpose, person.fewer)
    around = await contact_mail.around(db, contact.id, mine=row.id, since=now - back, now=now) if back else []
    sent, others = told(around, but=row.id), due(around, but=row.id)
    decision = policy.decide_among(mine, others, person, rules, now=now, sent=sent)
    before = next((one.decision for one in around if one.id == row.id), None)
    return decision, stored(decision, now=now, before=before)


async def judge_rest(db: Reads, place: Place, row: Claimed, *, now: datetime) -> str | None:
    """What forbids the rest of a message of which a part has arrived; None: nothing does."""
    contact = None if row.contact_id is None else await contacts.get(db, row.contact_id)
    if contact is None:
        return "unreachable"
    person = await preferring.person(db, place, contact)
    return policy.forbidden(Purpose(row.purpose), person, now=now, valid_until=row.valid_until, topic=row.topic)


async def foreseen(
    db: Reads, place: Place, person: Person, waiting: Due, contact_id: int, *, now: datetime
) -> Decision:
    """What the policy would say of a message when it falls due, as things are now."""
    rules, at = place.playbooks.current.policy, max(now, waiting.due_at or now)
    back = policy.horizon(rules, waiting.purpose, person.fewer)
    around = await contact_mail.around(db, contact_id, mine=waiting.id, since=now - back, now=now) if back else []
    return policy.decide(
        waiting.purpose,
        person,
        rules,
        now=at,
        valid_until=waiting.valid_until,
        topic=waiting.topic,
        sent=told(around, but=waiting.id),
    )


def told(around: Sequence[Around], *, but: int) -> list[Told]:
    """What counts towards the caps."""
    return [Told(one.purpose, one.at, one.id) for one in around if one.counts and one.id != but]


def due(around: Sequence[Around], *, but: int) -> list[Due]:
    """What else wants to leave now."""
    return [
        Due(Purpose(one.purpose), one.topic, one.valid_until, one.value, one.due_at, one.id)
        for one in around
        if not one.counts and one.id != but
    ]


def stored(decision: Decision, *, now: datetime, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The decision as it is kept with its row. What had held the message earlier is kept on: `held` says since when, and
    by what."""
    why = {**decision.to_json(), "at": now.isoformat()}
    if before is not None and before.get("verdict") == "wait":
        held = before.get("held") or {"since": before.get("at"), "reasons": []}
        reasons = dict.fromkeys([*held["reasons"], before.get("reason")])
        why["held"] = {"since": held["since"], "reasons": list(reasons)[-_MOST_REASONS:]}
    return why
