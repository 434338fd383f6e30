"""Ageing: contacts move through the life cycle by the owner's rules, forth and back, unless their status was set by hand.

One contact at once, when something happens to them; everybody at night, in pieces that hold up nobody.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, Final

from crm import currencies
from crm.life_cycle import Rules
from services.workplace import Place
from storage import facts, standings
from storage.engine import Reads, Tx

NIGHT: Final = 3
"""The hour, in the business's zone, from which a new night's round may begin."""
_ROUND: Final = "ageing"


def rules_of(place: Place) -> Rules:
    """The rules of the playbook in force."""
    playbook = place.playbooks.current
    return playbook.life_cycle.rules(10 ** currencies.minor_digits(playbook.money.currency))


async def refresh(tx: Tx, place: Place, contact_id: int, *, now: datetime) -> str | None:
    """Counts a contact's status anew: to be called, in the same unit of work, after a purchase, a refund or a request.
    The new status, or None where it stays."""
    moved = await standings.settle(tx, [contact_id], rules_of(place), now=now)
    return moved[0].after if moved else None


async def is_due(db: Reads, place: Place, *, now: datetime) -> bool:
    """Whether everybody is to be counted anew: once a night, and after a change of the rules."""
    return bool(
        await _begun(db) != _round(place, now=now) and (await _rules_changed(db, place) or _is_night(place, now))
    )


async def is_first(db: Reads) -> bool:
    """Whether no round was ever made: statuses set until then were set by hand."""
    return await _begun(db) is None


async def note_round(tx: Tx, place: Place, *, now: datetime) -> None:
    """Remembers that a round that began now is through."""
    await facts.put(tx, _ROUND, _round(place, now=now))


async def _begun(db: Reads) -> Any:
    return await facts.get(db, _ROUND)


async def _rules_changed(db: Reads, place: Place) -> bool:
    return (await _begun(db) or {}).get("rules") != _digest(place)


def _is_night(place: Place, now: datetime) -> bool:
    return _local(place, now).hour >= NIGHT


def _round(place: Place, *, now: datetime) -> dict[str, str]:
    return {"day": _local(place, now).date().isoformat(), "rules": _digest(place)}


def _digest(place: Place) -> str:
    return hashlib.sha256(repr(rules_of(place)).encode()).hexdigest()[:16]


def _local(place: Place, now: datetime) -> datetime:
    return now.astimezone(place.playbooks.current.business.zone(place.timezone.key))
