"""Comparing: a card that was just written is looked for among the others, and a sweep's finds are taken in.

Certain by rule (the same phone, proved by Telegram) are joined at once, with an undo; others become open pairs of
/duplicates, of which the team hears once, without a sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from crm import doubles
from crm.doubles import Found, Person
from crm.linkage import Model
from crm.purposes import Purpose
from services import alerting, merging, showing, speaking
from services.sweeping import Swept
from services.workplace import Place
from storage import contacts, duplicates, facts, merged, work
from storage.engine import Reads, Tx
from views import likely_doubles
from views.messages import Say

COMPARE: Final = "compare"
"""The work of comparing one card with those near to it."""
SWEEP: Final = "sweep"
"""The work of comparing everybody with everybody."""
LEARNT: Final = "linkage"
"""The fact that holds what the latest sweep has learnt of the base."""
AT_ONCE: Final = 500
"""Pairs a transaction."""


def soon(tx: Tx, contact_id: int, *, now: datetime) -> None:
    """Has this card compared once this is committed: it was made, or what it can be known by has changed."""
    work.add(tx, COMPARE, f"{COMPARE}:{contact_id}:{now:%Y%m%d%H%M%S}", {"contact": contact_id}, now=now)


def sweep_soon(tx: Tx, *, key: str, now: datetime) -> None:
    """Has the whole base gone through, once for this key: the day, or the import that brought many cards."""
    work.add(tx, SWEEP, f"{SWEEP}:{key}", {}, now=now)


async def on_entry(tx: Tx, place: Place, contact_id: int, *, now: datetime) -> tuple[int, ...]:
    """Compares a card with those near to it, joins what is certain by rule and opens pairs of what is likely; the team
    is told. Returns the numbers of the changes that undo what was joined."""
    changes: list[int] = []
    person, others = await _near(tx, contact_id)
    if person is None:
        return ()
    model = await known_model(tx)
    found: list[Found] = []
    for other in others:
        score, reasons = doubles.compare(model, person, other)
        taken_for = doubles.taken_for(score, reasons)
        if doubles.proven(person, other, reasons):
            change = await join(tx, place, person.id, other.id, now=now)
            if change is not None:
                changes.append(change)
                continue
        if taken_for is not None:
            low, high = sorted((person.id, other.id))
            found.append(Found(low, high, score, reasons, taken_for))
    stands = await _leads(tx, person.id)
    if stands is not None and stands != person.id:
        # It went into another card, which is compared in its place.
        soon(tx, stands, now=now)
        return tuple(changes)
    new = await duplicates.note(tx, found, now=now)
    if new:
        for line in await _lines(tx, place, new[0], now=now):
            speaking.say(tx, line, now=now)
    return tuple(changes)


async def _near(db: Reads, contact_id: int) -> tuple[Person | None, list[Person]]:
    here = await duplicates.people(db, [contact_id])
    if not here:
        return None, []
    return here[0], await duplicates.people(db, await duplicates.near(db, here[0]))


async def known_model(db: Reads) -> Model:
    """The model as the latest sweep has left it; before the first one, as it begins."""
    model = Model(doubles.fields())
    learnt = await facts.get(db, LEARNT)
    if learnt:
        model.take(learnt)
    return model


async def join(tx: Tx, place: Place, one_id: int, other_id: int, *, told: bool = True, now: datetime) -> int | None:
    """Joins two cards that are one person's by rule, and tells the team where it is to be `told`. The number of the
    change that undoes it; None where the team has said that these are two people, or they are one card by now."""
    one, other = [await _leads(tx, number) for number in (one_id, other_id)]
    if one is None or other is None or one == other:
        return None
    joined = await merging.by_rule(tx, place, one, other, now=now)
    if joined is None:
        return None
    change_id, lines = joined
    for line in lines if told else ():
        speaking.say(tx, line, now=now)
    return change_id


async def _leads(db: Reads, contact_id: int) -> int | None:
    """The card this number stands for today; None when it is gone."""
    if await contacts.get(db, contact_id) is not None:
        return contact_id
    return await merged.leads_to(db, contact_id)


async def _lines(db: Reads, place: Place, pair: tuple[int, int], *, now: datetime) -> list[Say]:
    cards = await contacts.get_many(db, pair)
    if len(cards) < 2:
        return []
    one, other = [await showing.who(db, card) for card in cards]
    return [
        Say(
            likely_doubles.found(listener.reader, one, other),
            chat_id=listener.chat_id,
            key=f"double:{one.id}:{other.id}:{listener.chat_id}",
            purpose=Purpose.STAFF,
            memo={"contact": one.id},
        )
        for listener in await alerting.team(db, place, now=now)
    ]


# --------------------------------------------------------------------------------------------------------- after a sweep


async def take_in(tx: Tx, found: Sequence[Found], *, now: datetime) -> int:
    """Opens the pairs of one chunk of a sweep; how many are new."""
    return len(await duplicates.note(tx, found, now=now))


async def finish(
    tx: Tx, place: Place, swept: Swept, *, day: str, new: int, joined: int, began: datetime, now: datetime
) -> None:
    """Keeps what the sweep has learnt, closes the pairs it has not found again (it began at `began`), and tells the
    team, once a day, when there is something to look at."""
    await facts.put(tx, LEARNT, swept.learnt)
    gone = await duplicates.unfound(tx, before=began)
    for start in range(0, len(gone), AT_ONCE):
        await duplicates.close(tx, gone[start : start + AT_ONCE], before=began)
    if not new and not joined:
        return
    for listener in await alerting.team(tx, place, now=now):
        line = Say(
            likely_doubles.swept(listener.reader, new=new, joined=joined),
            chat_id=listener.chat_id,
            key=f"swept:{day}:{listener.chat_id}",
            purpose=Purpose.STAFF,
        )
        speaking.say(tx, line, now=now)
