"""Faults to order: what goes wrong on the way to Telegram and back."""

import random
from dataclasses import dataclass, field
from typing import Any

from simulator.refusals import ControlError, Json, RefusalError, forbidden, too_many

KINDS = ("delay", "flood", "error", "blocked", "server", "html", "reset", "lost")
SERVER_ERRORS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    """One order. `times` None lasts until it is deleted; `chance` is the generator of its own seed."""

    id: int
    kind: str
    methods: frozenset[str]
    chat: int | None
    times: int | None
    probability: float
    skip: int
    fields: Json
    chance: random.Random = field(repr=False)
    hits: int = 0

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is hit; counts it when it is."""
        if self.methods and method.lower() not in self.methods:
            return False
        if self.chat is not None and chat_id != self.chat:
            return False
        if self.times is not None and self.hits >= self.times:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.probability < 1 and self.chance.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def seconds(self) -> float:
        """How long a delay lasts this time."""
        jitter = float(self.fields.get("jitter", 0))
        return max(0.0, float(self.fields.get("seconds", 0)) + self.chance.uniform(-jitter, jitter))

    def refusal(self) -> RefusalError | None:
        """What the bot is told, for the kinds that are refusals."""
        if self.kind == "flood":
            return too_many(int(self.fields.get("retry_after", 1)))
        if self.kind == "error":
            return RefusalError(int(self.fields.get("code", 400)), str(self.fields.get("description", "Bad Request")))
        if self.kind == "blocked":
            return forbidden("bot was blocked by the user")
        if self.kind == "server":
            code = int(self.fields.get("code", 500))
            return RefusalError(code, SERVER_ERRORS.get(code, "Internal Server Error"))
        return None

    def view(self) -> Json:
        return {
            "id": self.id,
            "kind": self.kind,
            "method": sorted(self.methods) or None,
            "chat": self.chat,
            "times": self.times,
            "probability": self.probability,
            "hits": self.hits,
            **self.fields,
        }


@dataclass(frozen=True, slots=True)
class Trouble:
    """What befalls one call: waits before and after acceptance, and at most one fault."""

    before: float = 0.0
    after: float = 0.0
    fault: Fault | None = None


NO_TROUBLE = Trouble()


class Faults:
    """The orders in force, oldest first."""

    def __init__(self) -> None:
        self.orders: list[Fault] = []
        self._last = 0

    def order(self, body: Json) -> Fault:
        """Take an order as the control API words it. Raises ControlError for one that makes no sense."""
        kind = body.get("kind")
        if kind not in KINDS:
            raise ControlError(400, f"Unknown fault {kind!r}; there are: {', '.join(KINDS)}.")
        method: Any = body.get("method") or []
        methods = frozenset(name.lower() for name in ([method] if isinstance(method, str) else method))
        known = ("kind", "method", "chat", "times", "probability", "seed", "skip")
        self._last += 1
        fault = Fault(
            id=self._last,
            kind=kind,
            methods=methods,
            chat=body.get("chat"),
            times=body.get("times"),
            probability=float(body.get("probability", 1)),
            skip=int(body.get("skip", 0)),
            fields={name: value for name, value in body.items() if name not in known},
            chance=random.Random(body.get("seed", self._last)),
        )
        self.orders.append(fault)
        return fault

    def cancel(self, fault_id: int | None = None) -> None:
        """Delete one order, or all."""
        self.orders = [fault for fault in self.orders if fault_id is not None and fault.id != fault_id]

    def befall(self, method: str, chat_id: int | None) -> Trouble:
        """What happens to this call."""
        if not self.orders:
            return NO_TROUBLE
        before = after = 0.0
        hit: Fault | None = None
        for fault in self.orders:
            if hit is not None and fault.kind != "delay":
                continue
            if not fault.matches(method, chat_id):
                continue
            if fault.kind != "delay":
                hit = fault
            elif fault.fields.get("at") == "accept":
                before += fault.seconds()
            else:
                after += fault.seconds()
        return Trouble(before, after, hit)
