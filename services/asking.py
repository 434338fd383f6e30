"""Asking the people themselves what is missing or doubtful on their cards: counted first, one message each, answered by
a form of one step, or not.

Nobody is asked the same within `AGAIN_AFTER`, nor within `DECLINED_FOR` of a "not now". The rows of the outbox are the
record: a key holds the field, the contact and the period, so that a round begun again after a death asks nobody twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from crm import card_questions, id_sets, quality, segments
from crm.form_types import Outcome
from crm.permissions import Right
from crm.purposes import Purpose
from crm.quality import Line
from crm.segment_tree import Query
from locales import words_in
from services import capturing, permitting, planning, segmenting
from services.capturing import Filling
from services.refusals import Refused
from services.segmenting import Aim
from services.speaking import Composed
from services.workplace import Place
from storage import askings, contacts, events, members, outbox, segment_sets, work
from storage.askings import Asked, Counts, Rule
from storage.contacts import Contact
from storage.conversations import Conversation
from storage.engine import Reads, Tx
from storage.members import Recipient
from storage.outbox import Claimed
from storage.staff import Member
from views import answered, question_screens
from views.messages import Screen
from views.staff_names import Reader

WORK: Final = "asking"
PREFIX: Final = card_questions.PREFIX
CHUNK: Final = 500
"""People a transaction."""
AGAIN_AFTER: Final = timedelta(days=30)
DECLINED_FOR: Final = timedelta(days=90)
OF_USE: Final = timedelta(days=7)
"""How long a question may wait for a good hour: later it is asked anew, or nobody wants to know any more."""
APART: Final = timedelta(seconds=2)
"""Between two questions of a round: who answers with a question of their own should find somebody free."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a round would ask: `faulty` cards have the fault, the bot can write to `reachable` of them, and `people`
    (`id_sets.packed`), `count` of them, may be asked now. `lately` is what became of the questions of the last
    `AGAIN_AFTER`."""

    line: Line
    faulty: int
    reachable: int
    count: int
    people: str
    lately: Counts


@dataclass(frozen=True, slots=True)
class Round:
    """One decision of the team to ask. `id` tells it from others; `at` is when it began, `by` the member."""

    id: str
    line: Line
    at: datetime
    by: int | None

    def to_json(self) -> dict[str, Any]:
        return {"round": self.id, "line": self.line.id, "at": self.at.isoformat(), "by": self.by}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Round:
        """Raises Refused for a line that there is no longer."""
        return cls(kept["round"], asked_line(kept["line"]), datetime.fromisoformat(kept["at"]), kept["by"])

    @property
    def field(self) -> str:
        return self.line.asks or ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a question ended: by an answer or without one. `asked` is the message that put it, if there was one."""

    answered: bool
    asked: Asked | None


def asked_line(line_id: str) -> Line:
    """A fault that people can be asked about. Raises Refused for any other."""
    found = quality.line(line_id)
    if found is None or found.asks is None:
        raise Refused("refused-stale")
    return found


# ------------------------------------------------------------------------------------------------------- by the team


async def reach(db: Reads, place: Place, member: Member | None, line_id: str, *, now: datetime) -> Reach:
    """Counts whom a round would ask. Slow on a large base: for a reading connection. Raises Refused for who may not
    write to people, and for a fault that nobody is asked about."""
    permitting.require(member, Right.WRITE)
    line = asked_line(line_id)
    meant = await segmenting.meant(db, place, Aim(find=line.query or ""), now=now)
    rule = _rule(place, line, now=now)
    ids = await askings.ids(db, meant, rule)
    return Reach(
        line=line,
        faulty=await segment_sets.count(db, meant),
        reachable=await askings.count_reachable(db, meant),
        count=len(ids),
        people=await asyncio.to_thread(id_sets.packed, ids),
        lately=await askings.counts(db, rule.field, since=now - AGAIN_AFTER),
    )


async def begin(
    tx: Tx,
    place: Place,
    member: Member | None,
    line_id: str,
    people: str,
    *,
    round_id: str,
    chat_id: int,
    message_id: int | None,
    now: datetime,
) -> tuple[Round, Counts | None]:
    """Asks these people (`id_sets.packed`): plans every question at once, or has long work do it, of which there is
    nothing to count yet. Raises Refused as `reach` does, and when there is nobody."""
    who = permitting.require(member, Right.WRITE)
    this = Round(round_id, asked_line(line_id), now, who.id)
    ids = id_sets.unpacked(people)
    if not ids:
        raise Refused("refused-asking-nobody")
    if len(ids) <= CHUNK:
        return this, Counts(waiting=await plan(tx, place, this, ids, now=now))
    payload = {**this.to_json(), "people": people, "chat": chat_id, "message": message_id}
    work.add(tx, WORK, f"{WORK}:{round_id}", payload, now=now)
    return this, None


async def plan(tx: Tx, place: Place, this: Round, ids: Sequence[int], *, now: datetime) -> int:
    """Plans the questions to those of `ids` who (still) may be asked; to how many. Who was planned before a death is
    among those who were asked."""
    meant = await segmenting.meant(tx, place, Aim(find=this.line.query or ""), now=now)
    people = await askings.people(tx, meant, _rule(place, this.line, now=now), ids)
    before = (await askings.counts(tx, this.field, of=this.id)).asked
    for number, person in enumerate(people, before):
        _put(tx, this, person, at=max(now, this.at + number * APART), now=now)
    tx.announce("outbox")
    return len(people)


async def stands(db: Reads, member: Member | None, this: Round) -> Counts:
    """What has become of a round so far. Raises Refused for who may not write to people."""
    permitting.require(member, Right.WRITE)
    return await askings.counts(db, this.field, of=this.id)


def shown(reader: Reader, this: Round, counts: Counts, *, stopped: bool = False) -> Screen:
    """What became of a round, for whoever asked."""
    return question_screens.stands(
        reader,
        this.line,
        sent=counts.sent,
        waiting=counts.waiting,
        answered=counts.answered,
        declined=counts.declined,
        lost=counts.lost,
        stopped=stopped,
    )


async def stop(tx: Tx, member: Member | None, this: Round) -> int:
    """Takes back what of a round has not left; how many questions. Raises Refused for who may not write to people."""
    permitting.require(member, Right.WRITE)
    return await askings.stop(tx, this.field, this.id)


def _put(tx: Tx, this: Round, person: Recipient, *, at: datetime, now: datetime) -> None:
    period = (now - datetime(1970, 1, 1, tzinfo=UTC)) // AGAIN_AFTER
    outbox.plan(
        tx,
        outbox.row(
            key=f"{card_questions.form_id(this.field)}:{person.contact_id}:{period}",
            chat_id=person.chat_id,
            contact_id=person.contact_id,
            payload={},
            recipe={"line": this.line.id},
            memo=this.to_json(),
            purpose=Purpose.SERVICE.value,
            # The policy of service, but after everything else that is due: nobody waits for it.
            priority=Purpose.MARKETING.priority,
            due_at=at,
            valid_until=at + OF_USE,
            on_doubt="skip",
            now=now,
        ),
    )


def _rule(place: Place, line: Line, *, now: datetime) -> Rule:
    playbook, field = place.playbooks.current, line.asks or ""
    (step,) = card_questions.form(playbook, field).steps
    return Rule(
        field=field,
        version=playbook.business.consent_version if step.is_personal else None,
        asked_since=now - AGAIN_AFTER,
        declined_since=now - DECLINED_FOR,
    )


# --------------------------------------------------------------------------------------------------------- in its time

_queries: dict[tuple[str, str], Query] = {}


async def still_wanted(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> bool:
    """Whether a question whose time has come still makes sense: the card has the fault still, and its person has not
    refused meanwhile that such things are kept."""
    line, contact = _line(row), await contacts.get(tx, row.contact_id or 0)
    if line is None or contact is None:
        return False
    version = _rule(place, line, now=now).version
    if version is not None and contact.consent_refused == version:
        return False
    zone = planning.zone_of_business(place)
    return await members.find(tx, contact.id, _query(place, line), now=now, zone=zone) is not None


async def compose(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> Composed | None:
    """The question in the language its person reads today."""
    line, contact = _line(row), await contacts.get(tx, row.contact_id or 0)
    if line is None or contact is None:
        return None
    business = place.playbooks.current.business.name.say(contact.language)
    return Composed(question_screens.put(words_in(contact.language), line, business=business).to_json())


def _line(row: Claimed) -> Line | None:
    """The fault that a question is about; None where there is no such line any more."""
    found = quality.line(str((row.recipe or {}).get("line")))
    return found if found is not None and found.asks is not None else None


def _query(place: Place, line: Line) -> Query:
    playbook = place.playbooks.current
    key = (playbook.hash, line.id)
    if key not in _queries:
        if len(_queries) > 64:
            _queries.clear()
        _queries[key] = segments.parse(line.query or "", segmenting.fields(place, "owner"))
    return _queries[key]


# ------------------------------------------------------------------------------------------------------ by the person


async def asked(db: Reads, field: str, contact: Contact | None) -> Asked:
    """The question behind a button. Raises Refused for one that was not put to this person, which buttons from outside
    may name, and for one that they have answered."""
    known = contact is not None and field in card_questions.FIELDS
    found = await askings.latest(db, contact.id, field) if contact is not None and known else None
    if found is None:
        raise Refused("refused-stale")
    if found.outcome == "answered":
        raise Refused("refused-told")
    return found


async def decline(tx: Tx, conversation: Conversation, field: str, contact: Contact | None, *, now: datetime) -> bool:
    """Keeps that the person would rather not say; whether its form was open, which is closed. Raises Refused as
    `asked` does."""
    found = await asked(tx, field, contact)
    await askings.settle(tx, found.row_id, "declined", now=now)
    is_open = capturing.is_open(conversation, card_questions.form_id(field))
    if is_open:
        conversation.leave()
    return is_open


async def end(
    tx: Tx,
    place: Place,
    conversation: Conversation,
    filling: Filling,
    outcome: Outcome,
    contact: Contact,
    *,
    now: datetime,
) -> Ended:
    """The end of a question's form: the answer goes to the card as from every form. Without one, since consent to
    keeping it was refused, it is as if the person had said "not now"."""
    field = card_questions.field_of(filling.form.id) or ""
    conversation.leave()
    given = (outcome.answers or {}).get(field)
    found = await askings.latest(tx, contact.id, field)
    if given is not None:
        await capturing.fill_card(tx, contact, filling.playbook, {field: given}, now=now)
        contacts.touch(tx, contact.id, now=now)
        events.add(tx, contact.id, "field", data=_said(place, filling, field, given.value, now=now), now=now)
    if found is not None:
        await askings.settle(tx, found.row_id, "declined" if given is None else "answered", now=now)
    return Ended(given is not None, found)


def _said(place: Place, filling: Filling, field: str, value: Any, *, now: datetime) -> dict[str, Any]:
    """What the timeline says of an answer, in the business's words of today."""
    playbook, (step,) = filling.playbook, filling.form.steps
    words = words_in(playbook.business.language)
    return {
        "field": field,
        "own": playbook.field(field) is not None,
        "label": answered.label(words, step),
        "value": answered.value(words, step, value, zone=capturing.zone_of(place, playbook), now=now),
    }
