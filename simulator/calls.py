"""The log of calls: what the bot asked for and when, as the server saw it."""

from collections import Counter, deque
from dataclasses import dataclass

from simulator.refusals import Json


@dataclass(slots=True)
class Call:
    """One call. Times are monotonic seconds; None: it was not accepted, or not answered."""

    n: int
    method: str
    chat_id: int | None
    parameters: Json
    accepted: float | None = None
    replied: float | None = None
    ok: bool = False
    error_code: int | None = None
    fault: str | None = None

    def view(self, *, parameters: bool) -> Json:
        view: Json = {
            "n": self.n,
            "method": self.method,
            "chat_id": self.chat_id,
            "accepted": self.accepted,
            "replied": self.replied,
            "ok": self.ok,
            "error_code": self.error_code,
            "fault": self.fault,
        }
        if parameters:
            view["params"] = self.parameters
        return view


class Calls:
    """The newest `keep` calls (0 keeps none) and the counts of all since the last clearing."""

    def __init__(self, keep: int) -> None:
        self.counts: Counter[str] = Counter()
        self.last = 0
        self._keep = keep
        self._log: deque[Call] = deque(maxlen=keep)

    def begin(self, method: str, chat_id: int | None, parameters: Json) -> Call | None:
        """Note a call that has come in; None when no log is kept."""
        self.counts[method] += 1
        self.last += 1
        if not self._keep:
            return None
        call = Call(self.last, method, chat_id, parameters)
        self._log.append(call)
        return call

    def select(self, *, method: str | None, chat: int | None, after: int, limit: int) -> list[Call]:
        """Calls newer than `after`, oldest first."""
        found: list[Call] = []
        for call in self._log:
            if call.n <= after:
                continue
            if method is not None and call.method.lower() != method.lower():
                continue
            if chat is not None and call.chat_id != chat:
                continue
            found.append(call)
            if len(found) >= limit:
                break
        return found

    def clear(self) -> None:
        self._log.clear()
        self.counts.clear()
