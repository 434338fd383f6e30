"""Which handler answers what: one table of commands, one of buttons, one of flows, found by a dictionary look-up.

Each topic of conversation builds a `Routes`; `handlers.everything()` joins them. An aiogram router asks its filters one
by one (a miss costs 54-111 µs, measured), which forty commands would make felt on every message of a form.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from handlers.turns import Turn
from views.messages import Effect

Handler = Callable[[Turn], Awaitable[Sequence[Effect]]]


class For(Enum):
    """Whose words these are. What a role may do is decided in services; this decides which handler is meant."""

    ANYONE = "anyone"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Route:
    """A handler and who it is for. `reading`: it only reads, perhaps slowly, so it gets a reading connection beside
    the writer. `heavy`: it may write many rows, so its statements run in the database's thread and hold nobody up."""

    handler: Handler
    audience: For = For.ANYONE
    reading: bool = False
    heavy: bool = False
    in_groups: bool = False


@dataclass(slots=True)
class Routes:
    """A topic's routes. `commands` and `presses` are found by their first word, `flows` by the conversation's.

    `at_rest` takes what a customer writes outside any flow, `staff_at_rest` what one of the team does, and
    `staff_replies` what the team writes as a reply to one of the bot's messages, and `staff_documents` a file it sends.
    """

    commands: dict[str, Route] = field(default_factory=dict)
    presses: dict[str, Route] = field(default_factory=dict)
    flows: dict[str, Route] = field(default_factory=dict)
    at_rest: Route | None = None
    staff_at_rest: Route | None = None
    staff_documents: Route | None = None
    staff_replies: Route | None = None
    edited: Route | None = None
    inline: Route | None = None
    membership: Route | None = None
    polls: Route | None = None

    def join(self, other: Routes) -> None:
        """Takes over the other's routes. Raises ValueError when both answer the same word."""
        for mine, theirs in (
            (self.commands, other.commands),
            (self.presses, other.presses),
            (self.flows, other.flows),
        ):
            if both := mine.keys() & theirs.keys():
                raise ValueError(f"two handlers answer {sorted(both)}")
            mine.update(theirs)
        for name in (
            "at_rest",
            "staff_at_rest",
            "staff_documents",
            "staff_replies",
            "edited",
            "inline",
            "membership",
            "polls",
        ):
            theirs_route = getattr(other, name)
            if theirs_route is not None:
                if getattr(self, name) is not None:
                    raise ValueError(f"two handlers take {name}")
                setattr(self, name, theirs_route)
