"""What a scenario brings: those who were written to beside those who were only watched."""

from __future__ import annotations

from dataclasses import dataclass

from crm import significance
from crm.significance import Share


@dataclass(frozen=True, slots=True)
class Group:
    """Those who were written to, or those who were only watched. `reached` did what the scenario is for within its
    time; `revenue` is what they paid in it, less refunds, in minor units of the business's currency."""

    entered: int = 0
    sent: int = 0
    reached: int = 0
    revenue: int = 0

    @property
    def share(self) -> Share:
        """So many of those who entered, written to or not: who was spared counts too, as they do among the others."""
        return Share(self.reached, self.entered)


@dataclass(frozen=True, slots=True)
class Effect:
    """One scenario so far. `spared` and `left` are by their reasons."""

    treated: Group
    watched: Group
    active: int
    spared: dict[str, int]
    left: dict[str, int]

    @property
    def better(self) -> bool | None:
        """Whether those written to did more than the others beyond chance, or less; None where chance could have made
        the difference, or nobody was only watched."""
        if not self.treated.entered or not self.watched.entered:
            return None
        if significance.p_value(self.treated.share, self.watched.share) >= significance.LEVEL:
            return None
        return self.treated.share.rate > self.watched.share.rate

    @property
    def gained(self) -> float | None:
        """What those written to paid beyond what they would have paid as the others did, in minor units."""
        if not self.treated.entered or not self.watched.entered:
            return None
        return self.treated.revenue - self.watched.revenue / self.watched.entered * self.treated.entered
