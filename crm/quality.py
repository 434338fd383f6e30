"""How good the base is: what may be wrong with a card, each fault a segment, and one figure for all of them.

The score is 100 less the weighted mean of the shares of cards that have each fault: 100 where no card has any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Line:
    """One fault. `query` finds the cards that have it; none where it is not a matter of one card. `weight` is how much
    it costs the score, against 1 for what is merely missing. `asks` is the field by which the person can mend it
    themselves (crm/card_questions.py); none where they cannot."""

    id: str
    query: str | None
    weight: int = 1
    asks: str | None = None


DUPLICATES: Final = "duplicates"

LINES: Final = (
    Line("no_name", "-name:*", 3, asks="name"),
    Line("no_way", "-phone:* -email:* reachable:no", 3),
    Line(DUPLICATES, None, 3),
    Line("unreachable", "reachable:no -(-phone:* -email:*)", 1),
    Line("impossible", "age>=110", 2, asks="birthday"),
    Line("no_phone", "-phone:*", 2, asks="phone"),
    Line("no_consent", "-consent:processing", 2),
    Line("nobodys", "open_requests>=1 -owner:*", 2),
    Line("stale", "last_in>365d or (-last_in:* created>365d)", asks="phone"),
    Line("no_source", "-source:*"),
    Line("no_city", "-city:*", asks="city"),
    Line("no_birthday", "-birthday:*", asks="birthday"),
    # Told, but no reason to think less of a base: many businesses never write to an e-mail address.
    Line("no_email", "-email:*", 0, asks="email"),
)
"""From the worst to the least."""


def line(line_id: str) -> Line | None:
    """The line with this id."""
    return next((one for one in LINES if one.id == line_id), None)


def score(faults: Mapping[str, int], cards: int) -> int:
    """The figure of a base with so many cards, `faults` being how many have each fault: 0 to 100."""
    if not cards:
        return 100
    weighed = [(one.weight, min(faults.get(one.id, 0), cards) / cards) for one in LINES]
    return round(100 - 100 * sum(weight * share for weight, share in weighed) / sum(weight for weight, _ in weighed))
