"""ABC: which contacts bring most of the revenue (Dickie, ABC Inventory Analysis, 1951, after Pareto).

Contacts are put in the order of what they spent, the largest first. A contact is of class A while those before it
brought less than the first limit of the revenue, of class B until the second, and of class C after that; so the contact
that crosses a limit belongs to the better class. Contacts that spent the same are of the same class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

CLASSES: Final = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares of the revenue, per cent, at which A and B end."""

    a: float = 80.0
    b: float = 95.0


@dataclass(frozen=True, slots=True)
class Floors:
    """The least that a contact of class A, and of class B, has spent; None where the class is empty."""

    a: int | None
    b: int | None


def class_of(spent: int, floors: Floors) -> str:
    if floors.a is not None and spent >= floors.a:
        return "A"
    if floors.b is not None and spent >= floors.b:
        return "B"
    return "C"


def floors_of(spent: Sequence[int], limits: Limits) -> Floors:
    """The floors for these buyers."""
    total, before = sum(spent), 0
    least: dict[str, int] = {}
    for value, peers in groupby(sorted(spent, reverse=True)):
        share = 100 * before / total if total else 100.0
        least["A" if share < limits.a else "B" if share < limits.b else "C"] = value
        before += value * len(list(peers))
    return Floors(least.get("A"), least.get("B"))
