"""Whom each campaign is for and what became of it for each: the campaign's truth. The outbox holds the next few hundred.

A person is planned, or waits for the winner of a test; then queued (a row in the outbox), and then sent, failed, unknown,
skipped or cancelled; or is of the control group and gets nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, String, and_, bindparam, case, cast, func, literal, null, or_, select, update

from storage.consents import LAST_WORDS
from storage.engine import Reads, Tx
from storage.tables import campaign_people, contacts, outbox, preferences

PREFIX: Final = "campaign:"
RECALL: Final = "recall:"
PAUSED: Final = "the campaign was paused"
_RAW_MOMENT: Final = "%Y-%m-%d %H:%M:%S.%f"

people = campaign_people

_NUMBER = func.coalesce(people.c.key_number, people.c.contact_id)
KEY: Final = literal(PREFIX) + cast(people.c.campaign_id, String) + ":" + cast(_NUMBER, String)
"""The key of each one's message, in a query: of cards that were merged, of the message that counts."""


class Facts(NamedTuple):
    """What is looked at when a campaign is planned or counted. `consent` is the latest word on its purpose."""

    id: int
    telegram_id: int | None
    reachable: bool
    language: str
    spam_at: datetime | None
    consent: bool | None
    paused_until: datetime | None
    topics_off: list[str] | None
    fewer: int | None


class Planned(NamedTuple):
    """A person as they are planned."""

    contact_id: int
    variant: str
    state: str
    reason: str | None
    due_at: datetime


class Next(NamedTuple):
    """Who is next: `chat_id` is None for who has no Telegram; `number` is that of the message's key."""

    contact_id: int
    number: int
    variant: str
    chat_id: int | None
    due_at: datetime


class Later(NamedTuple):
    """Who cannot be written to yet: all of them; of them those whom the policy has put off, and when the first of these
    may be written to."""

    people: int
    held: int
    held_until: datetime | None


class Tally(NamedTuple):
    """How many of a variant are in a state for a reason."""

    variant: str
    state: str
    reason: str | None
    people: int


def key(campaign_id: int, contact_id: int) -> str:
    """The key of the message of a campaign to one person."""
    return f"{PREFIX}{campaign_id}:{contact_id}"


def of_key(text: str) -> tuple[int, int]:
    """The campaign and the person of such a key, or of a recall's. Raises ValueError for any other."""
    _, campaign_id, contact_id = text.split(":")
    return int(campaign_id), int(contact_id)


# -------------------------------------------------------------------------------------------------------------- planning


async def facts(db: Reads, ids: Sequence[int], purpose: str) -> list[Facts]:
    """What is known of these people now, in the order of their cards."""
    statement = (
        select(
            contacts.c.id,
            contacts.c.telegram_id,
            contacts.c.reachable,
            contacts.c.language,
            contacts.c.spam_at,
            LAST_WORDS.get(purpose, null()),
            preferences.c.paused_until,
            preferences.c.topics_off,
            preferences.c.fewer,
        )
        .select_from(contacts.outerjoin(preferences, preferences.c.contact_id == contacts.c.id))
        .where(contacts.c.id.in_(select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)))
        .order_by(contacts.c.id)
    )
    return [Facts(*row) for row in await db.all(statement)]


async def told_lately(db: Reads, ids: Sequence[int], *, since: datetime) -> dict[int, list[tuple[str, datetime]]]:
    """(purpose, time) of what nobody asked for and these people were sent since then: of those who were."""
    among = select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)
    statement = select(outbox.c.contact_id, outbox.c.purpose, outbox.c.sent_at).where(
        outbox.c.contact_id.in_(among),
        outbox.c.sent_at >= since,
        outbox.c.purpose.in_(["survey", "marketing"]),
        outbox.c.after_id.is_(None),  # a part of what counts already
    )
    told: dict[int, list[tuple[str, datetime]]] = {}
    for row in await db.all(statement):
        told.setdefault(row[0], []).append((row[1], row[2]))
    return told


async def plan(tx: Tx, campaign_id: int, rows: Iterable[Planned]) -> None:
    """Writes people into the campaign. Who is in it already stays as they are, so that planning again changes nothing."""
    await tx.run_raw(
        "INSERT INTO campaign_people (campaign_id, contact_id, variant, state, reason, due_at) "
        "SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM contacts WHERE id = ?2) ON CONFLICT DO NOTHING",
        [(campaign_id, one.contact_id, one.variant, one.state, one.reason, _raw(one.due_at)) for one in rows],
    )


# --------------------------------------------------------------------------------------------------------------- feeding


async def waiting(db: Reads, campaign_id: int, *, now: datetime) -> int:
    """How many messages of it are in the outbox and could leave now: what the policy put off is not counted."""
    queued = and_(people.c.campaign_id == campaign_id, people.c.state == "queued", people.c.due_at <= now)
    return int(await db.scalar(select(func.count()).select_from(people).where(queued)))


async def later(db: Reads, campaign_id: int, *, last_turn: datetime, now: datetime) -> Later:
    """Who of it has to wait. The plan gives nobody a turn after `last_turn`: who is planned for later was put off before
    a pause took their message back."""
    due = people.c.due_at
    held = case((or_(people.c.state == "queued", due > last_turn), due))
    statement = select(func.count(), func.count(held), func.min(held, type_=due.type)).where(
        people.c.campaign_id == campaign_id, people.c.state.in_(["queued", "planned"]), due > now
    )
    row = await db.first(statement)
    return Later(0, 0, None) if row is None else Later(*row)


async def next_ones(db: Reads, campaign_id: int, *, limit: int, now: datetime) -> list[Next]:
    """Who is due, the longest due first."""
    statement = (
        select(people.c.contact_id, _NUMBER, people.c.variant, contacts.c.telegram_id, people.c.due_at)
        .join(contacts, contacts.c.id == people.c.contact_id)
        .where(people.c.campaign_id == campaign_id, people.c.state == "planned", people.c.due_at <= now)
        .order_by(people.c.due_at, people.c.contact_id)
        .limit(limit)
    )
    return [Next(*row) for row in await db.all(statement)]


async def next_due(db: Reads, campaign_id: int) -> datetime | None:
    """When somebody planned is due next; None when nobody is planned."""
    planned = and_(people.c.campaign_id == campaign_id, people.c.state == "planned")
    return await db.scalar(select(func.min(people.c.due_at)).where(planned))  # type: ignore[no-any-return]


_MOVE = (
    update(people)
    .where(people.c.campaign_id == bindparam("campaign"), people.c.contact_id == bindparam("contact"))
    .where(people.c.state == bindparam("from_state"))
    .values(state=bindparam("to"), reason=bindparam("why"), sent_at=bindparam("at"))
)


def move(
    tx: Tx,
    campaign_id: int,
    contact_id: int,
    *,
    was: str,
    to: str,
    reason: str | None = None,
    sent_at: datetime | None = None,
) -> None:
    """One person from one state to another; nothing happens to one who is in a third."""
    values = {"campaign": campaign_id, "contact": contact_id, "from_state": was, "to": to, "why": reason, "at": sent_at}
    tx.later(_MOVE, values)


_PUT_OFF = (
    update(people)
    .where(people.c.campaign_id == bindparam("campaign"), people.c.contact_id == bindparam("contact"))
    .where(people.c.state == "queued")
    .values(due_at=bindparam("until"))
)


def put_off(tx: Tx, campaign_id: int, contact_id: int, until: datetime) -> None:
    """The contact policy said: later. Till then somebody else takes the place in the queue."""
    tx.later(_PUT_OFF, {"campaign": campaign_id, "contact": contact_id, "until": until})


async def settled(db: Reads, campaign_id: int) -> list[Any]:
    """Whose message is through although they are still queued here: (contact_id, state, error, decision, sent_at), of a
    death in doubt, a card that was deleted, a word withdrawn. Empty where nothing went by."""
    left = outbox.c.sent_revision > 0
    statement = (
        select(
            people.c.contact_id,
            case((left, "sent"), else_=func.coalesce(outbox.c.state, "cancelled")).label("state"),
            outbox.c.error,
            outbox.c.decision,
            outbox.c.sent_at,
        )
        .outerjoin(outbox, outbox.c.key == KEY)
        .where(
            people.c.campaign_id == campaign_id,
            people.c.state == "queued",
            or_(left, outbox.c.id.is_(None), outbox.c.state.not_in(["pending", "sending"])),
        )
    )
    return list(await db.all(statement))


async def take_back(tx: Tx, campaign_id: int) -> int:
    """What waits in the outbox goes back to being planned; what is on its way goes on. Returns how many went back."""
    queued = and_(people.c.campaign_id == campaign_id, people.c.state == "queued")
    keys = select(KEY).where(queued)
    pending = and_(outbox.c.key.in_(keys), outbox.c.state == "pending", outbox.c.sent_revision == 0)
    await tx.run(update(outbox).where(pending).values(state="cancelled", error=PAUSED))
    back = select(outbox.c.id).where(outbox.c.key == KEY, outbox.c.state == "cancelled", outbox.c.error == PAUSED)
    result = await tx.run(update(people).where(queued, back.exists()).values(state="planned"))
    return int(result.rowcount)


async def cancel_rest(tx: Tx, campaign_id: int, reason: str) -> int:
    """Who is still planned, or waits, is not going to get it."""
    rest = and_(people.c.campaign_id == campaign_id, people.c.state.in_(["planned", "waiting"]))
    result = await tx.run(update(people).where(rest).values(state="cancelled", reason=reason))
    return int(result.rowcount)


async def with_state(db: Reads, campaign_id: int, state: str, *, limit: int, after: int = 0) -> list[int]:
    """The next people in a state, in the order of their cards."""
    statement = (
        select(people.c.contact_id)
        .where(people.c.campaign_id == campaign_id, people.c.state == state, people.c.contact_id > after)
        .order_by(people.c.contact_id)
        .limit(limit)
    )
    return [row[0] for row in await db.all(statement)]


_RELEASE = (
    update(people)
    .where(people.c.campaign_id == bindparam("campaign"), people.c.contact_id == bindparam("contact"))
    .where(people.c.state == "waiting")
    .values(state="planned", variant=bindparam("gets"), due_at=bindparam("at"))
)


def release(tx: Tx, campaign_id: int, contact_id: int, variant: str, *, due_at: datetime) -> None:
    """One who waited for the winner gets this variant."""
    tx.later(_RELEASE, {"campaign": campaign_id, "contact": contact_id, "gets": variant, "at": due_at})


# ------------------------------------------------------------------------------------------------------------- recalling


def recall_key(campaign_id: int, contact_id: int) -> str:
    """The key of the message's removal."""
    return f"{RECALL}{campaign_id}:{contact_id}"


_RECALL_KEY = literal(RECALL) + cast(people.c.campaign_id, String) + ":" + cast(people.c.contact_id, String)
_removal = outbox.alias("removal")


async def to_recall(db: Reads, campaign_id: int, *, since: datetime, limit: int) -> list[Any]:
    """Messages that can still be taken away and are not yet asked to be: (contact_id, chat_id, message_id), the oldest
    first."""
    statement = (
        select(people.c.contact_id, outbox.c.chat_id, outbox.c.message_id)
        .join(outbox, outbox.c.key == KEY)
        .outerjoin(_removal, _removal.c.key == _RECALL_KEY)
        .where(
            people.c.campaign_id == campaign_id,
            people.c.state == "sent",
            people.c.recalled_at.is_(None),
            people.c.sent_at > since,
            outbox.c.message_id.is_not(None),
            _removal.c.id.is_(None),
        )
        .order_by(people.c.sent_at, people.c.contact_id)
        .limit(limit)
    )
    return list(await db.all(statement))


async def to_correct(db: Reads, campaign_id: int, *, after: int, limit: int) -> list[Any]:
    """The next who have its message: (contact_id, variant, key, chat_id, message_id), in the order of their cards."""
    statement = (
        select(people.c.contact_id, people.c.variant, outbox.c.key, outbox.c.chat_id, outbox.c.message_id)
        .join(outbox, outbox.c.key == KEY)
        .where(
            people.c.campaign_id == campaign_id,
            people.c.state == "sent",
            people.c.recalled_at.is_(None),
            people.c.contact_id > after,
            outbox.c.message_id.is_not(None),
        )
        .order_by(people.c.contact_id)
        .limit(limit)
    )
    return list(await db.all(statement))


async def edits_waiting(db: Reads, campaign_id: int) -> int:
    """How many messages of it wait to be edited."""
    prefix = f"{PREFIX}{campaign_id}:"
    waiting = and_(
        outbox.c.key >= prefix,
        outbox.c.key < prefix[:-1] + ";",
        outbox.c.state.in_(["pending", "sending"]),
        outbox.c.sent_revision > 0,
    )
    return int(await db.scalar(select(func.count()).select_from(outbox).where(waiting)))


async def recalls_waiting(db: Reads, campaign_id: int) -> int:
    """How many removals are in the outbox and not through."""
    prefix = f"{RECALL}{campaign_id}:"
    waiting = and_(outbox.c.key >= prefix, outbox.c.key < prefix[:-1] + ";", outbox.c.state.in_(["pending", "sending"]))
    return int(await db.scalar(select(func.count()).select_from(outbox).where(waiting)))


_RECALLED = (
    update(people)
    .where(people.c.campaign_id == bindparam("campaign"), people.c.contact_id == bindparam("contact"))
    .values(recalled_at=bindparam("at"))
)


def mark_recalled(tx: Tx, campaign_id: int, contact_id: int, *, now: datetime) -> None:
    """The message is gone from their chat."""
    tx.later(_RECALLED, {"campaign": campaign_id, "contact": contact_id, "at": now})


# ---------------------------------------------------------------------------------------------------------------- counts


async def tally(db: Reads, campaign_id: int) -> list[Tally]:
    """Everybody of a campaign, counted by variant, state and reason."""
    statement = (
        select(people.c.variant, people.c.state, people.c.reason, func.count())
        .where(people.c.campaign_id == campaign_id)
        .group_by(people.c.variant, people.c.state, people.c.reason)
    )
    return [Tally(*row) for row in await db.all(statement)]


async def count_recalled(db: Reads, campaign_id: int) -> int:
    """From how many chats its message was taken away."""
    gone = and_(people.c.campaign_id == campaign_id, people.c.recalled_at.is_not(None))
    return int(await db.scalar(select(func.count()).select_from(people).where(gone)))


async def is_through(db: Reads, campaign_id: int) -> bool:
    """Whether nobody of it is planned, waits or is queued."""
    left = people.c.state.in_(["planned", "waiting", "queued"])
    found = await db.first(select(people.c.contact_id).where(people.c.campaign_id == campaign_id, left).limit(1))
    return found is None


async def of_contact(db: Reads, campaign_id: int, contact_id: int) -> Any | None:
    """What became of it for one person."""
    theirs = and_(people.c.campaign_id == campaign_id, people.c.contact_id == contact_id)
    return await db.first(select(people).where(theirs))


async def key_of(db: Reads, campaign_id: int, contact_id: int) -> str | None:
    """The key of its message to one person; None for who is not of the campaign."""
    theirs = and_(people.c.campaign_id == campaign_id, people.c.contact_id == contact_id)
    return await db.scalar(select(KEY).where(theirs))  # type: ignore[no-any-return]


def never_pressed(campaign_id: int) -> ColumnElement[bool]:
    """A condition on contacts: whom the campaign reached, and who pressed nothing of it."""
    reached = select(people.c.contact_id).where(
        people.c.campaign_id == campaign_id,
        people.c.state == "sent",
        people.c.pressed_at.is_(None),
        people.c.unsubscribed_at.is_(None),
    )
    return contacts.c.id.in_(reached)


def _raw(at: datetime) -> str:
    """A moment as it lies in the file."""
    return at.astimezone(UTC).replace(tzinfo=None).strftime(_RAW_MOMENT)
