"""The contact policy: may this be sent to this person now? Consent, reachability, quiet hours, caps; in that order.

Pure: everything it looks at is an argument. Its answer is stored with the message, so that "why did, or didn't, this
person get it?" can be told later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from crm import zones
from crm.playbook import Cap, Policy
from crm.purposes import Purpose


@dataclass(frozen=True, slots=True)
class Person:
    """What the policy needs to know of a contact. `consents` holds the latest word given for each purpose."""

    zone: ZoneInfo
    reachable: bool
    spam: bool
    consents: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Decision:
    """send now; wait `until`; or skip for good. `reason` is a key a person's language can word."""

    verdict: Literal["send", "wait", "skip"]
    reason: str = "ok"
    until: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is stored with the message."""
        out: dict[str, Any] = {"verdict": self.verdict, "reason": self.reason}
        if self.until is not None:
            out["until"] = self.until.isoformat()
        return out


def decide(
    purpose: Purpose,
    person: Person,
    policy: Policy,
    *,
    now: datetime,
    valid_until: datetime | None = None,
    sent: Sequence[tuple[str, datetime]] = (),
) -> Decision:
    """The decision for one message.

    `sent` is what this person was sent lately, or is being sent: (purpose, time). A service message that is only of
    use for a while (`valid_until`) is not held past its use by quiet hours: it leaves in them rather than never.
    Whatever else would have to wait past its use is skipped at once, for the reason that holds it.
    """
    if not purpose.asks_policy:
        return Decision("send")
    if valid_until is not None and now >= valid_until:
        return Decision("skip", "too-late")
    if not person.reachable:
        return Decision("skip", "unreachable")
    if person.spam:
        return Decision("skip", "spam")
    if not _agreed(purpose, person):
        return Decision("skip", "no-consent")
    of_no_use_later = False
    waits: list[Decision] = []
    if (until := quiet_until(policy, person.zone, now)) is not None:
        if purpose is Purpose.SERVICE and valid_until is not None and until >= valid_until:
            of_no_use_later = True
        else:
            waits.append(Decision("wait", "quiet-hours", until))
    if (cap := policy.cap(purpose)) is not None and (wait := _capped(cap, purpose, sent, now)) is not None:
        waits.append(wait)
    for wait in waits:
        if wait.until is None or (valid_until is not None and wait.until >= valid_until):
            return Decision("skip", wait.reason)
    if waits:
        return max(waits, key=lambda one: one.until or now)
    return Decision("send", "no-use-later" if of_no_use_later else "ok")


def quiet_until(policy: Policy, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the quiet hours that hold now are over (UTC); None outside them. Equal ends mean there are none."""
    span = policy.quiet_hours
    if span is None or span.start == span.end:
        return None
    local = now.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    inside = span.start <= clock < span.end if span.start < span.end else clock >= span.start or clock < span.end
    if not inside:
        return None
    day = local.date()
    if clock >= span.end:
        day += timedelta(days=1)
    return zones.next_after(now, datetime.combine(day, span.end), zone)


def _agreed(purpose: Purpose, person: Person) -> bool:
    """What a person asked for needs no further consent; a survey may be refused; advertising must have been agreed to
    (38-FZ, article 18: a separate prior consent)."""
    word = person.consents.get(purpose.value)
    if purpose is Purpose.MARKETING:
        return word is True
    if purpose is Purpose.SURVEY:
        return word is not False
    return True


def _capped(cap: Cap, purpose: Purpose, sent: Sequence[tuple[str, datetime]], now: datetime) -> Decision | None:
    """The wait that the cap of the purpose asks for: a rolling window, and a gap between two."""
    times = sorted(at for of, at in sent if of == purpose.value and at > now - max(cap.per, cap.gap))
    if cap.max == 0:
        return Decision("skip", "cap")
    until = now
    reason = ""
    window = [at for at in times if at > now - cap.per]
    if len(window) >= cap.max:
        until, reason = window[-cap.max] + cap.per, "cap"
    if times and times[-1] + cap.gap > until:
        until, reason = times[-1] + cap.gap, "gap"
    return Decision("wait", reason, until) if until > now else None
