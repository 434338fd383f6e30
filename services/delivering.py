"""Delivering: from a due row to its outcome. Two transactions with the request to Telegram between them.

The first claims rows and asks the contact policy, in one transaction: a person who withdraws consent, blocks the bot
or is erased is asked about in the state of that commit, and what is already being sent counts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

import structlog

from crm import policy
from crm.purposes import Purpose
from services import asking, campaigning_out, journeying, judging, meeting, nudging, surveying, visiting
from services.speaking import Composed
from services.workplace import Place
from storage import albums, aliases, contacts, events, outbox, outcomes
from storage.engine import Tx
from storage.outbox import Claimed
from views.messages import Screen

log = structlog.get_logger()


class StillWanted(Protocol):
    """Whether a message whose time has come still makes sense. What it is about may have been undone since it was
    planned, above all while the policy kept it waiting. A word instead of False is the reason that /why tells."""

    def __call__(self, tx: Tx, place: Place, row: Claimed, *, now: datetime) -> Awaitable[bool | str]: ...


STILL_WANTED: Final[Mapping[str, StillWanted]] = {
    surveying.PREFIX: surveying.still_wanted,
    surveying.AGAIN: surveying.reminder_still_wanted,
    nudging.PREFIX: nudging.still_wanted,
    asking.PREFIX: asking.still_wanted,
}
"""Who knows, by the beginning of the row's key."""


class Compose(Protocol):
    """What a row with a recipe says, in the person's language and with what their card holds now. None: it has become
    pointless. Raises ValueError or LookupError for a recipe that cannot be made."""

    def __call__(self, tx: Tx, place: Place, row: Claimed, *, now: datetime) -> Awaitable[Composed | None]: ...


COMPOSERS: Final[dict[str, Compose]] = {
    asking.PREFIX: asking.compose,
    campaigning_out.PREFIX: campaigning_out.compose,
    journeying.PREFIX: journeying.compose,
    surveying.PREFIX: surveying.compose,
    surveying.AGAIN: surveying.compose,
    visiting.PREFIX: visiting.compose,
}
"""Who makes it, by the beginning of the row's key."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be sent now, and when to look again. `more`: there may be more to claim at once. `full`: and for some of it
    there was no room. `held`: something is due already and waits for its chat to be free. `next_due` is of the chats that
    neither are busy nor are written to now. All as it was `at` that time: by the commit, more may be due."""

    rows: list[Claimed]
    more: bool
    next_due: datetime | None
    at: datetime
    held: bool = False
    full: bool = False


async def claim(
    tx: Tx,
    *,
    by: str,
    now: datetime,
    limit: int,
    busy: Collection[int],
    place: Place,
    limits: Mapping[int, int] | None = None,
    ahead: bool = True,
) -> Claim:
    """Takes up to `limit` rows that are due and that the policy lets go, and of each priority no more than make `limits` of
    it with all that are more urgent. Who has others to wake them needs no look `ahead` beyond what was taken or left:
    `next_due` is None then."""
    limits = limits or {}
    rows = await outbox.claim(tx, by=by, now=now, limit=limit, limits=limits, busy=busy)
    judged = [await _going(tx, row, now=now, place=place) for row in rows]
    going = [row for row in judged if row is not None]
    more = bool(rows) and (len(going) < len(rows) or len(rows) == limit)
    full = len(rows) >= min(limits.values(), default=limit)
    if more or full or (rows and not ahead):
        return Claim(going, more, None, now, full=full)
    if rows:
        due = await outbox.next_due(tx, now=now, busy={*busy, *(row.chat_id for row in rows)})
        return Claim(going, False, due, now)
    due = await outbox.next_due(tx, now=now)
    if due is None or due > now:
        return Claim([], False, due, now)
    return Claim([], False, await outbox.next_due(tx, now=now, busy=busy), now, held=True)


async def _going(tx: Tx, row: Claimed, *, now: datetime, place: Place) -> Claimed | None:
    """The row as it leaves now; None where it does not, and what becomes of it is recorded. One that cannot be judged
    or made fails alone."""
    if row.sent_revision:
        return row  # an edit of what the person has: it rings nowhere, and is no use to anybody later
    if row.valid_until is not None and now >= row.valid_until:
        record_settled(tx, row, "skipped", "too-late")
        return None
    try:
        if not await _judged(tx, row, now=now, place=place):
            return None
        return row if row.recipe is None else await _made(tx, row, now=now, place=place)
    except (ValueError, LookupError, TypeError) as error:
        log.error("a message that cannot be judged", key=row.key, error=type(error).__name__)
        record_settled(tx, row, "failed", f"cannot be judged: {type(error).__name__}")
        return None


async def _made(tx: Tx, row: Claimed, *, now: datetime, place: Place) -> Claimed | None:
    """The row with what its recipe comes to today."""
    composed = await COMPOSERS[_prefix(row)](tx, place, row, now=now)
    if composed is None:
        record_settled(tx, row, "skipped", "not-wanted", policy.Decision("skip", "not-wanted").to_json())
        return None
    outcomes.record_composed(tx, row.id, composed.payload, composed.memo)
    return row._replace(payload=composed.payload)


def _prefix(row: Claimed) -> str:
    return row.key[: row.key.find(":") + 1]


async def _judged(tx: Tx, row: Claimed, *, now: datetime, place: Place) -> bool:
    still_wanted = STILL_WANTED.get(_prefix(row))
    wanted = True if still_wanted is None else await still_wanted(tx, place, row, now=now)
    if wanted is not True:
        reason = wanted or "not-wanted"
        record_settled(tx, row, "skipped", reason, policy.Decision("skip", reason).to_json())
        return False
    if not Purpose(row.purpose).asks_policy:
        return True
    if row.key.startswith(albums.UNDER):
        forbidden = await judging.judge_rest(tx, place, row, now=now)
        if forbidden is not None:
            record_settled(tx, row, "skipped", forbidden, policy.Decision("skip", forbidden).to_json())
        return forbidden is None
    decision, why = await judging.judge(tx, place, row, now=now)
    if decision.verdict == "send":
        outcomes.record_decision(tx, row.id, why)
        return True
    if decision.verdict == "wait" and decision.until is not None:
        outcomes.record_deferred(tx, row.id, decision.until, why)
        if _is_of_campaign(row):
            campaigning_out.note_put_off(tx, row, decision.until)
    else:
        record_settled(tx, row, "skipped", decision.reason, why)
    return False


async def record_sent(
    tx: Tx, row: Claimed, message_id: int | None, *, album: Sequence[int] = (), now: datetime
) -> None:
    """Telegram has it; what that means beyond the row is noted. `album` are the messages it became, where it is one: what
    has no place under their files follows."""
    outcomes.record_sent(tx, row.id, row.revision, message_id, now=now)
    if album:
        await albums.note_messages(tx, row.id, album)
        under = Screen.from_json(row.payload).under_album
        if under is not None:
            await albums.add_under(tx, row, under.to_json(), now=now)
    if not row.sent_revision and row.key.startswith(surveying.PREFIX):
        await surveying.note_asked(tx, row, now=now)
    journeying.note_sent(tx, row, now=now)
    if _is_of_campaign(row):
        campaigning_out.note_sent(tx, row, now=now)


def record_settled(tx: Tx, row: Claimed, state: str, reason: str, why: dict[str, Any] | None = None) -> None:
    """It is not going to be sent (failed, unknown, skipped), and what that means beyond the row is noted."""
    outcomes.record_settled(tx, row.id, state, reason, why)
    journeying.note_settled(tx, row)
    if _is_of_campaign(row):
        campaigning_out.note_settled(tx, row, state, reason)


def _is_of_campaign(row: Claimed) -> bool:
    return row.key.startswith((campaigning_out.PREFIX, campaigning_out.RECALL))


async def mark_unreachable(tx: Tx, chat_id: int, *, reason: str, now: datetime) -> None:
    """Telegram refused for good to deliver to this person: nothing more is tried until they come back; where they have
    another account that can be reached, that is the one to be written to."""
    contact = await contacts.by_telegram_id(tx, chat_id)
    if contact is None:
        return
    if contact.telegram_id != chat_id or await aliases.of_contact(tx, contact.id):
        await meeting.go_away(tx, contact, chat_id, now=now)
    elif contact.reachable:
        await contacts.change(tx, contact.id, reachable=False, now=now)
        events.add(tx, contact.id, "unreachable", text=reason, now=now)
