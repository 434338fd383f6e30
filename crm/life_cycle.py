"""The life cycle: which status a contact has by what is known of their purchases and of how long they have been quiet.

Pure. `storage.contacts` asks the same of a whole base in SQL; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from crm.playbook_types import Duration, Part
from crm.statuses import POTENTIAL

Count = Annotated[int, Field(ge=1, le=1_000_000)]


class LifeCycle(Part):
    """The owner's rules. `vip_spent` is in whole units of the business's currency; of the two rules of a VIP either is
    enough, and one that is not written says nothing. Quiet is who neither bought nor wrote nor asked for anything."""

    active: Count = 1
    repeat: Count = 2
    vip_purchases: Count | None = 10
    vip_spent: Annotated[float, Field(gt=0, le=1e12)] | None = None
    sleeping_after: Duration = timedelta(days=180)
    gone_after: Duration = timedelta(days=540)

    def rules(self, minor_units: int = 100) -> Rules:
        """The same with amounts in minor units, of which the currency's unit has so many."""
        spent = None if self.vip_spent is None else round(self.vip_spent * minor_units)
        return Rules(self.active, self.repeat, self.vip_purchases, spent, self.sleeping_after, self.gone_after)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules as they are applied: `vip_spent` in minor units."""

    active: int
    repeat: int
    vip_purchases: int | None
    vip_spent: int | None
    sleeping_after: timedelta
    gone_after: timedelta


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a contact. `purchases` and `spent` (minor units) are less refunds; times are aware UTC."""

    purchases: int
    spent: int
    last_purchase_at: datetime | None = None
    last_request_at: datetime | None = None
    last_in_at: datetime | None = None


def status_of(facts: Facts, rules: Rules, now: datetime) -> str:
    """The status of a contact. Who never bought is potential, however long ago they asked: they can still be won."""
    if facts.purchases < rules.active:
        return POTENTIAL
    seen = [at for at in (facts.last_purchase_at, facts.last_request_at, facts.last_in_at) if at is not None]
    if seen:
        if max(seen) <= now - rules.gone_after:
            return "gone"
        if max(seen) <= now - rules.sleeping_after:
            return "sleeping"
    if rules.vip_purchases is not None and facts.purchases >= rules.vip_purchases:
        return "vip"
    if rules.vip_spent is not None and facts.spent >= rules.vip_spent:
        return "vip"
    return "repeat" if facts.purchases >= rules.repeat else "active"
