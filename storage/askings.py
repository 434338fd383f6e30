"""Questions about the card that were put to people: rows of the outbox whose keys begin with the id of the question's
form, with what became of each in its memo. Who may be asked is a condition over contacts, so that any number of them is
counted at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from crm import card_questions
from storage import members
from storage.engine import Reads, Tx
from storage.members import Recipient
from storage.segment_sets import Meant
from storage.tables import contacts, outbox

Outcome = Literal["answered", "declined"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may be asked for a field: nobody who was asked for it since `asked_since`, or said "not now" since
    `declined_since`; nor, where it is personal, who refused this `version` of the text of consent."""

    field: str
    version: str | None
    asked_since: datetime
    declined_since: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of questions. `waiting` have not left yet; `lost` never will: the policy, Telegram or a stop kept
    them."""

    sent: int = 0
    waiting: int = 0
    answered: int = 0
    declined: int = 0
    lost: int = 0

    @property
    def asked(self) -> int:
        """Who was asked, or is about to be."""
        return self.sent + self.waiting


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was put: where its message is, and what came of it."""

    row_id: int
    chat_id: int
    message_id: int | None
    outcome: str | None


_PUT = or_(outbox.c.sent_revision > 0, *(outbox.c.state == one for one in ("pending", "sending", "sent", "unknown")))
_AT = func.coalesce(outbox.c.sent_at, outbox.c.due_at, type_=outbox.c.sent_at.type)
_OUTCOME = outbox.c.memo["outcome"].as_string()


def _of(field: str) -> ColumnElement[bool]:
    # A range of the unique index on keys: ":" is followed by ";".
    named = card_questions.form_id(field)
    return and_(outbox.c.key >= f"{named}:", outbox.c.key < f"{named};")


def _free(rule: Rule) -> ColumnElement[bool]:
    # Whom Telegram refused is let be as well: it would refuse again.
    lately = and_(or_(_PUT, outbox.c.state == "failed"), rule.asked_since <= _AT)
    declined = and_(_OUTCOME == "declined", outbox.c.memo["at"].as_string() >= rule.declined_since.isoformat())
    # Not correlated: it is read once, however many people are counted.
    asked = select(outbox.c.contact_id).where(_of(rule.field), outbox.c.contact_id.is_not(None), or_(lately, declined))
    free = contacts.c.id.not_in(asked)
    if rule.version is None:
        return free
    return and_(free, contacts.c.consent_refused.is_distinct_from(rule.version))


async def count_reachable(db: Reads, meant: Meant) -> int:
    """How many of a set the bot can write to."""
    statement = select(func.count()).select_from(contacts).where(meant.condition, *members.CAN_BE_WRITTEN_TO)
    return int(await db.scalar(statement))


async def ids(db: Reads, meant: Meant, rule: Rule) -> list[int]:
    """Those of a set who may be asked now, in the order of their cards."""
    statement = select(contacts.c.id).where(meant.condition, *members.CAN_BE_WRITTEN_TO, _free(rule))
    return [row[0] for row in await db.all(statement.order_by(contacts.c.id))]


async def people(db: Reads, meant: Meant, rule: Rule, among: Sequence[int]) -> list[Recipient]:
    """Those of `among` who are in the set and may be asked now, in the order of their cards."""
    wanted = func.json_each(json.dumps(list(among))).table_valued("value", name="wanted")
    statement = select(*members.COLUMNS).where(
        contacts.c.id.in_(select(wanted.c.value)), meant.condition, *members.CAN_BE_WRITTEN_TO, _free(rule)
    )
    return [Recipient(*row) for row in await db.all(statement.order_by(contacts.c.id))]


async def counts(db: Reads, field: str, *, since: datetime | None = None, of: str | None = None) -> Counts:
    """What became of the questions about a field since a moment, or of those of one round."""
    which = [_of(field)]
    if since is not None:
        which.append(since <= _AT)
    if of is not None:
        which.append(outbox.c.memo["round"].as_string() == of)
    waiting = and_(outbox.c.sent_revision == 0, outbox.c.state == "pending")
    number = func.count()
    statement = select(
        number.filter(_PUT, ~waiting),
        number.filter(waiting),
        number.filter(_OUTCOME == "answered"),
        number.filter(_OUTCOME == "declined"),
        number.filter(~_PUT),
    ).where(*which)
    row = await db.first(statement)
    return Counts() if row is None else Counts(*row)


async def latest(db: Reads, contact_id: int, field: str) -> Asked | None:
    """The newest question about a field that this contact was sent; None where there was none."""
    # By the contact's rows, which are few: the range of keys holds everybody's.
    named = f"{card_questions.form_id(field)}:"
    about = func.substr(outbox.c.key, 1, len(named)) == named
    statement = (
        select(outbox.c.id, outbox.c.chat_id, outbox.c.message_id, _OUTCOME)
        .where(outbox.c.contact_id == contact_id, about, _PUT)
        .order_by(_AT.desc(), outbox.c.id.desc())
        .limit(1)
    )
    row = await db.first(statement)
    return None if row is None else Asked(*row)


async def settle(tx: Tx, row_id: int, outcome: Outcome, *, now: datetime) -> None:
    """Keeps what came of a question; an answer is not undone by a later "not now"."""
    memo = func.json_set(outbox.c.memo, "$.outcome", outcome, "$.at", now.isoformat())
    which = and_(outbox.c.id == row_id, or_(_OUTCOME.is_(None), _OUTCOME != "answered"))
    await tx.run(update(outbox).where(which).values(memo=memo))


async def stop(tx: Tx, field: str, round_id: str) -> int:
    """Takes back the questions of a round that have not left; how many."""
    waiting = and_(outbox.c.state == "pending", outbox.c.sent_revision == 0)
    statement = update(outbox).where(_of(field), outbox.c.memo["round"].as_string() == round_id, waiting)
    return int((await tx.run(statement.values(state="cancelled", error="stopped"))).rowcount)
