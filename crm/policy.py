"""The contact policy: may this be sent to this person now? The one gate of everything that is not an answer.

Asked in this order: is it of use still, can the person be reached, have they agreed, do they want this subject, have
they asked for a pause, how much they got lately, and which hours and days these are. docs/policy.md tells it to owners.

Pure: everything it looks at is an argument. Its answer is stored with the message, so that "why did, or didn't, this
person get it?" can be told later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from crm import working_days, zones
from crm.playbook_policy import Cap, Caps, Policy
from crm.playbook_types import Span
from crm.purposes import Purpose

UNASKED: Final = frozenset({Purpose.SURVEY.value, Purpose.MARKETING.value})
"""What nobody asked for: it needs a word, keeps pauses and days off, and is counted together."""
MOST_FEWER: Final = 4
"""How often "fewer of these" is heard: a sixteenth of the business's own measure is as good as never."""
LOOK_AGAIN: Final = timedelta(minutes=10)
"""What was outdone by a more valuable message looks again then: that one may come to nothing yet."""


@dataclass(frozen=True, slots=True)
class Person:
    """What the policy needs to know of a contact. `consents` holds the latest word given for each purpose; `quiet` the
    hours of their own, which hold in place of the business's (equal ends: none at all)."""

    zone: ZoneInfo
    reachable: bool
    spam: bool
    consents: Mapping[str, bool]
    quiet: Span | None = None
    topics_off: frozenset[str] = frozenset()
    fewer: int = 0
    paused_until: datetime | None = None


class Told(NamedTuple):
    """A message that counts: it was sent, is being sent, or may have arrived. `id` is its row's."""

    purpose: str
    at: datetime
    id: int = 0


class Due(NamedTuple):
    """A message that waits for its turn. The higher `value` goes first, then the earlier."""

    purpose: Purpose
    topic: str | None = None
    valid_until: datetime | None = None
    value: int = 0
    due_at: datetime | None = None
    id: int = 0

    def is_before(self, other: Due) -> bool:
        """Whether this one has the better claim to a place that only one can have."""
        if self.value != other.value:
            return self.value > other.value
        if self.due_at is not None and other.due_at is not None and self.due_at != other.due_at:
            return self.due_at < other.due_at
        return self.id < other.id


class Limit(NamedTuple):
    """The cap that holds a message: of a purpose or of `all`, so many within so long, or the gap between two."""

    of: str
    max: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Decision:
    """send now; wait `until`; or skip for good. `reason` is a key a person's language can word; `limit` is the cap that
    was reached and `by` the row of the message that took the place."""

    verdict: Literal["send", "wait", "skip"]
    reason: str = "ok"
    until: datetime | None = None
    limit: Limit | None = None
    by: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is stored with the message."""
        out: dict[str, Any] = {"verdict": self.verdict, "reason": self.reason}
        if self.until is not None:
            out["until"] = self.until.isoformat()
        if self.limit is not None:
            out["limit"] = list(self.limit)
        if self.by is not None:
            out["by"] = self.by
        return out


def decide(
    purpose: Purpose,
    person: Person,
    policy: Policy,
    *,
    now: datetime,
    valid_until: datetime | None = None,
    topic: str | None = None,
    sent: Sequence[Told] = (),
) -> Decision:
    """The decision for one message, as if no other waited.

    `sent` is what this person was sent lately, or is being sent. A service message that is only of use for a while
    (`valid_until`) is not held past its use by quiet hours: it leaves in them rather than never. Whatever else would
    have to wait past its use is skipped at once, for the reason that holds it.
    """
    if not purpose.asks_policy:
        return Decision("send")
    refusal = _refused(purpose, person, now=now, valid_until=valid_until, topic=topic)
    if refusal is not None:
        return Decision("skip", refusal)
    waits = [Decision("wait", "paused", person.paused_until)] if _is_paused(purpose, person, now) else []
    waits += _capped(purpose, person, policy, sent, now)
    held = max(waits, key=lambda one: one.until or datetime.max.replace(tzinfo=now.tzinfo), default=None)
    if held is not None and (held.until is None or (valid_until is not None and held.until >= valid_until)):
        return replace(held, verdict="skip", until=None)
    free = now if held is None or held.until is None else held.until
    opening, closed_by = _opening(purpose, person, policy, free)
    if closed_by and (opening is None or (valid_until is not None and opening >= valid_until)):
        if purpose is not Purpose.SERVICE:
            return Decision("skip", closed_by)
        return held if held is not None else Decision("send", "no-use-later")
    if opening is None or opening == now:
        return Decision("send")
    if held is None or opening - free > free - now:
        return Decision("wait", closed_by, opening)
    return replace(held, until=opening)


def forbidden(
    purpose: Purpose, person: Person, *, now: datetime, valid_until: datetime | None = None, topic: str | None = None
) -> str | None:
    """What forbids the rest of a message that was let go and has begun to arrive; None: nothing does. Words taken back
    and pauses hold at once; hours and caps were asked for the whole."""
    if _is_paused(purpose, person, now):
        return "paused"
    return _refused(purpose, person, now=now, valid_until=valid_until, topic=topic)


def decide_among(
    mine: Due, others: Iterable[Due], person: Person, policy: Policy, *, now: datetime, sent: Sequence[Told] = ()
) -> Decision:
    """The decision for one message while others of the same person are due too: of those that cannot all leave the most
    valuable does, and this one waits, or lapses, with that one named."""
    alone = _decide_due(mine, person, policy, now=now, sent=sent)
    if alone.verdict != "send" or not mine.purpose.asks_policy:
        return alone
    told = list(sent)
    for other in sorted((one for one in others if one.is_before(mine)), key=_rank):
        if _decide_due(other, person, policy, now=now, sent=told).verdict == "send":
            told.append(Told(other.purpose.value, now, other.id))
    together = _decide_due(mine, person, policy, now=now, sent=told)
    if together.verdict == "send":
        return alone
    again = now + LOOK_AGAIN
    if mine.valid_until is not None and again >= mine.valid_until:
        return replace(together, verdict="skip", until=None)
    return replace(together, verdict="wait", reason="outdone", until=min(together.until or again, again))


def _decide_due(one: Due, person: Person, policy: Policy, *, now: datetime, sent: Sequence[Told]) -> Decision:
    return decide(one.purpose, person, policy, now=now, valid_until=one.valid_until, topic=one.topic, sent=sent)


def _rank(one: Due) -> tuple[int, float, int]:
    """In the order of `Due.is_before`."""
    return -one.value, one.due_at.timestamp() if one.due_at is not None else 0.0, one.id


def horizon(policy: Policy, purpose: Purpose, fewer: int) -> timedelta:
    """How far back what was sent is looked at; nothing when there is no cap to count for."""
    caps = (*eased(policy.caps(purpose), _fewer(purpose, fewer)), *_overall(policy, purpose, fewer))
    return max((max(cap.per, cap.gap) for cap in caps), default=timedelta(0))


# ------------------------------------------------------------------------------------------------- consent and wishes


def _refused(
    purpose: Purpose, person: Person, *, now: datetime, valid_until: datetime | None, topic: str | None
) -> str | None:
    """What forbids it for good, whatever the hour."""
    if valid_until is not None and now >= valid_until:
        return "too-late"
    if not person.reachable:
        return "unreachable"
    if person.spam:
        return "spam"
    if not _agreed(purpose, person):
        return "no-consent"
    if purpose.value in UNASKED and topic is not None and topic in person.topics_off:
        return "topic-off"
    return None


def _agreed(purpose: Purpose, person: Person) -> bool:
    """What a person asked for needs no further consent; a survey may be refused; advertising must have been agreed to
    (38-FZ, article 18: a separate prior consent)."""
    word = person.consents.get(purpose.value)
    if purpose is Purpose.MARKETING:
        return word is True
    if purpose is Purpose.SURVEY:
        return word is not False
    return True


def _is_paused(purpose: Purpose, person: Person, now: datetime) -> bool:
    return purpose.value in UNASKED and person.paused_until is not None and person.paused_until > now


# ------------------------------------------------------------------------------------------------------ hours and days


def quiet_until(hours: Span | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the quiet hours that hold now are over (UTC); None outside them. Equal ends mean there are none."""
    if hours is None or hours.start == hours.end:
        return None
    local = now.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    if clock not in hours:
        return None
    day = local.date()
    if clock >= hours.end:
        day += timedelta(days=1)
    return zones.next_after(now, datetime.combine(day, hours.end), zone)


def hours_of(person: Person, policy: Policy) -> Span | None:
    """The quiet hours that hold for this person: their own, else the business's."""
    return person.quiet if person.quiet is not None else policy.quiet_hours


def _opening(purpose: Purpose, person: Person, policy: Policy, at: datetime) -> tuple[datetime | None, str]:
    """The first moment from `at` on that is neither in quiet hours nor, for what nobody asked for, on a day off; and
    what held it longest until then. None: there is no such moment within a year."""
    hours = hours_of(person, policy)
    rests = working_days.rests(policy) if purpose.value in UNASKED else None
    longest, why = timedelta(0), ""
    while True:  # every push leads forward, and the hours of a working day end on that day
        reason: str = "quiet-hours"
        until = quiet_until(hours, person.zone, at)
        if until is None and rests is not None:
            day = at.astimezone(person.zone).date()
            if rests(day) is not None:
                reason = "day-off"
                working = working_days.next_working_day(policy, day)
                if working is None:
                    return None, reason
                until = zones.next_after(at, datetime.combine(working, time()), person.zone)
        if until is None:
            return at, why
        if until - at > longest:
            longest, why = until - at, reason
        at = until


# --------------------------------------------------------------------------------------------------------------- caps


@lru_cache(maxsize=256)
def eased(caps: Caps, fewer: int) -> Caps:
    """The caps for who asked for fewer, so many times: each time half as many, and where that is less than one, one in
    twice the time."""
    out = []
    for cap in caps:
        most, per = cap.max, cap.per
        for _ in range(min(fewer, MOST_FEWER)):
            if most > 1:
                most //= 2
            else:
                per *= 2
        out.append(Cap.model_construct(max=most, per=per, gap=cap.gap))
    return tuple(out)


def _fewer(purpose: Purpose, fewer: int) -> int:
    """A visit's reminder is not what anybody has too many of."""
    return fewer if purpose.value in UNASKED else 0


def _overall(policy: Policy, purpose: Purpose, fewer: int) -> Caps:
    return eased(policy.overall, fewer) if purpose.value in UNASKED else ()


def _capped(purpose: Purpose, person: Person, policy: Policy, sent: Sequence[Told], now: datetime) -> list[Decision]:
    """The waits that the caps ask for: of the purpose by itself, and of all that nobody asked for."""
    own = [one for one in sent if one.purpose == purpose.value]
    unasked = [one for one in sent if one.purpose in UNASKED]
    waits = [
        *(_held(cap, purpose.value, own, now) for cap in eased(policy.caps(purpose), _fewer(purpose, person.fewer))),
        *(_held(cap, "all", unasked, now) for cap in _overall(policy, purpose, person.fewer)),
    ]
    return [wait for wait in waits if wait is not None]


def _held(cap: Cap, of: str, sent: Sequence[Told], now: datetime) -> Decision | None:
    """The wait of one cap: a rolling window, and a gap between two."""
    limit = Limit(of, cap.max, int(cap.per.total_seconds()))
    if cap.max == 0:
        return Decision("skip", "cap", limit=limit)
    counted = sorted((one for one in sent if one.at > now - max(cap.per, cap.gap)), key=lambda one: one.at)
    held: Decision | None = None
    window = [one for one in counted if one.at > now - cap.per]
    if len(window) >= cap.max:
        # The place comes free when this one is out of the window; who took it is whoever came last.
        held = Decision("wait", "cap", window[-cap.max].at + cap.per, limit, window[-1].id or None)
    if counted and counted[-1].at + cap.gap > (now if held is None or held.until is None else held.until):
        apart = limit._replace(max=1, seconds=int(cap.gap.total_seconds()))
        held = Decision("wait", "gap", counted[-1].at + cap.gap, apart, counted[-1].id or None)
    return held
