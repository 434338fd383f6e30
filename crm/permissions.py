"""Who of the team may do what: the rights of each role, asked by the services at every action."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Right(StrEnum):
    """One kind of action. see: find and read · serve: move requests · write: speak to customers · edit: change cards,
    tags and notes · add: make cards · plan: keep tasks of one's own · sell: record purchases and refunds, correct
    points · own: carry the base away, undo imports, delete in bulk, see what the base brings."""

    SEE = "see"
    SERVE = "serve"
    WRITE = "write"
    EDIT = "edit"
    ADD = "add"
    PLAN = "plan"
    SELL = "sell"
    OWN = "own"


ROLES: Final = ("owner", "manager", "viewer")
"""From the one who may most to the one who may least."""

_EVERYTHING: Final = frozenset(Right)
_RIGHTS: Final[dict[str, frozenset[Right]]] = {
    "owner": _EVERYTHING,
    "manager": _EVERYTHING - {Right.OWN},
    "viewer": frozenset({Right.SEE}),
}


def allows(role: str, right: Right) -> bool:
    """Whether the role has the right. A role nobody knows has none."""
    return right in _RIGHTS.get(role, frozenset())


def is_at_least(role: str, least: str) -> bool:
    """Whether the role may as much as `least`, or more. A role nobody knows may nothing."""
    return role in ROLES and ROLES.index(role) <= ROLES.index(least)
