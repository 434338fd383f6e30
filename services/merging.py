"""Merging: two cards of one person become one, and two again whenever that was a mistake.

Everything a card has follows to the one that stays (storage/merged.py walks the schema), its own fields are joined by
crm/card_joining.py, and every row that is touched is kept by the journal, so that undoing puts back every byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crm import card_joining, permissions
from crm.card_joining import Choices, Row
from crm.permissions import Right
from crm.purposes import Purpose
from services import ageing, alerting, permitting, showing
from services.refusals import Refused
from services.workplace import Place
from storage import aliases, consents, journal, loyalty_points, merged, pairs, purchases, search, wishes
from storage.engine import Reads, Tx
from storage.merged import Merge
from storage.staff import Member
from views import side_by_side
from views.messages import Say

FLOW: Final = "duplicate"
KIND: Final = "merge"


@dataclass(frozen=True, slots=True)
class Undone:
    """Two cards again. `kept` rows had been changed since, and keep what they were changed to."""

    winner_id: int
    loser_id: int
    kept: int


# ------------------------------------------------------------------------------------------------------------- merging


async def both(db: Reads, one_id: int, other_id: int) -> tuple[Row, Row]:
    """The two cards' own rows. Raises Refused when they are one card already, or one of them is not there."""
    rows: list[Row] = []
    for number in (one_id, other_id):
        found = await merged.row(db, number)
        if found is None:
            leads = await merged.leads_to(db, number)
            if leads is not None and {one_id, other_id} - {number, leads} == set():
                raise Refused("refused-dup-done", number=str(leads))
            if leads is None:
                raise Refused("refused-contact-gone", id=number)
            found = await merged.row(db, leads)
        if found is not None:
            rows.append(found)
    if len(rows) < 2 or rows[0]["id"] == rows[1]["id"]:
        raise Refused("refused-dup-same")
    return rows[0], rows[1]


async def merge(
    tx: Tx,
    place: Place,
    winner_id: int,
    loser_id: int,
    choices: Choices,
    *,
    staff_id: int | None,
    now: datetime,
) -> int:
    """Joins the loser's card to the winner's and returns the number of the change that undoes it.

    `choices` names by field the card whose value is taken (crm/card_joining.py; `phone` and `email` the one whose
    preferred number or address stays it); what is left out goes by the rules there. Raises Refused when the two are one
    card already, or one is gone.
    """
    winner, loser = await both(tx, winner_id, loser_id)
    if (winner["id"], loser["id"]) != (winner_id, loser_id):
        raise Refused("refused-dup-changed")
    in_force = place.playbooks.current.business.consent_version
    values = card_joining.joined(winner, loser, choices, consent_in_force=in_force)
    from_loser = {
        name
        for name in loser["fields"]
        if card_joining.taken(f"{card_joining.OWN}{name}", winner, loser, choices) == loser_id
    }
    change_id = await journal.begin(tx, kind=KIND, title=f"№ {loser_id} → № {winner_id}", staff_id=staff_id, now=now)
    best = await _best_points(tx, winner_id, loser_id, choices)
    refusals = await _refusals(tx, winner_id, loser_id)
    await merged.lead(tx, change_id, winner_id, loser_id)
    async with journal.watching(tx, change_id, await merged.watched(tx, winner_id, loser_id)):
        await merged.follow(tx, winner_id, loser_id, from_loser)
        await merged.replace(tx, change_id, winner_id, loser_id, values, now)
        await _keep_account(tx, winner, loser, values, now=now)
        for kind, key in best.items():
            await merged.prefer_point(tx, winner_id, kind, key)
        for word in refusals:
            await merged.refuse(tx, winner_id, word, now=now)
        held = [word["purpose"] for word in refusals]
        await merged.tell(tx, winner_id, loser_id, staff_id=staff_id, data={"held": held} if held else {}, now=now)
        await ageing.refresh(tx, place, winner_id, now=now)
    await search.index_many(tx, [winner_id, loser_id])
    await journal.finish(tx, change_id, {"winner": winner_id, "loser": loser_id})
    for number in (winner_id, loser_id):
        # What the one card has and the other had claimed is let go before its request begins.
        tx.tell(wishes.STANDING, number)
    return change_id


async def decide(
    tx: Tx,
    place: Place,
    member: Member | None,
    winner_id: int,
    loser_id: int,
    choices: Choices,
    *,
    versions: Mapping[int, int],
    now: datetime,
) -> int:
    """The same by one of the team, who looked at these versions of the two cards. Raises Refused without the right, or
    when a card has changed since it was looked at."""
    member = permitting.require(member, Right.EDIT)
    winner, loser = await both(tx, winner_id, loser_id)
    if any(versions.get(row["id"]) != row["version"] for row in (winner, loser)):
        raise Refused("refused-dup-changed")
    return await merge(tx, place, winner_id, loser_id, choices, staff_id=member.id, now=now)


async def by_rule(tx: Tx, place: Place, one_id: int, other_id: int, *, now: datetime) -> tuple[int, list[Say]] | None:
    """Joins two cards that are certainly one person's, and says what the team hears of it. None where that is not to be
    done without asking: they were said to be two people, or one of them is marked as spam."""
    one, other = await both(tx, one_id, other_id)
    known = await pairs.get(tx, one["id"], other["id"])
    if (known is not None and known.state == "distinct") or (one["spam_at"] is None) != (other["spam_at"] is None):
        return None
    winner, loser = card_joining.standing(one, other)
    change_id = await merge(tx, place, winner["id"], loser["id"], {}, staff_id=None, now=now)
    return change_id, await _heard(tx, place, change_id, winner["id"], loser["id"], now=now)


async def _heard(tx: Tx, place: Place, change_id: int, winner_id: int, loser_id: int, *, now: datetime) -> list[Say]:
    contact = await permitting.contact(tx, winner_id)
    if contact.spam_at is not None:
        return []
    who = await showing.who(tx, contact)
    return [
        Say(
            side_by_side.joined_by_rule(one.reader, who, loser_id, change_id),
            chat_id=one.chat_id,
            key=f"merged:{change_id}:{one.chat_id}",
            purpose=Purpose.STAFF,
            memo={"contact": winner_id},
        )
        for one in await alerting.team(tx, place, now=now)
    ]


async def _best_points(db: Reads, winner_id: int, loser_id: int, choices: Choices) -> dict[str, str]:
    """The phone and the e-mail that will be preferred: as chosen, else the winner's, else the loser's."""
    mine, theirs = await merged.best_points(db, winner_id), await merged.best_points(db, loser_id)
    chosen = {kind: theirs[kind] for kind in theirs if choices.get(kind) == loser_id}
    return {**theirs, **mine, **chosen}


async def _refusals(db: Reads, winner_id: int, loser_id: int) -> list[Mapping[str, Any]]:
    """The latest words of either card by which a purpose is refused, where the other's would be taken for the latest:
    of two words on one purpose the stricter holds."""
    latest: dict[str, list[Mapping[str, Any]]] = {}
    for number in (winner_id, loser_id):
        said = {word["purpose"]: word for word in await consents.history(db, number)}
        for purpose, word in said.items():
            latest.setdefault(purpose, []).append(word)
    held = []
    for words in latest.values():
        refused = [word for word in words if not word["granted"]]
        if refused and max(words, key=lambda word: int(word["id"]))["granted"]:
            held.append(max(refused, key=lambda word: int(word["id"])))
    return held


async def _keep_account(tx: Tx, winner: Row, loser: Row, values: Row, *, now: datetime) -> None:
    """The Telegram account that is not the main one goes on reaching the card (ADR 10)."""
    for row in (winner, loser):
        if row["telegram_id"] is not None and row["telegram_id"] != values["telegram_id"]:
            await aliases.add(
                tx,
                winner["id"],
                row["telegram_id"],
                username=row["username"],
                reachable=bool(row["reachable"]),
                now=now,
            )


# ------------------------------------------------------------------------------------------------------------- undoing


async def undo(tx: Tx, place: Place, member: Member | None, change_id: int, *, now: datetime) -> Undone:
    """Makes two cards of the one again. What came since stays with the one that stood.

    Raises Refused for who may not (whoever merged may, and an owner; what a rule merged, any manager), when it was
    undone before, and when the card has itself been merged since: then that is to be undone first.
    """
    member = permitting.require(member, Right.EDIT)
    change = await journal.get(tx, change_id)
    if change is None or change.kind != KIND:
        raise Refused("refused-dup-unknown")
    if change.staff_id not in (None, member.id) and not permissions.is_at_least(member.role, "owner"):
        raise Refused("refused-dup-not-yours")
    if change.state != "done":
        raise Refused("refused-dup-undone")
    made = await _standing(tx, change)
    await _take_back_account(tx, change_id, made.winner_id, now=now)
    undone = await journal.undo(tx, change_id, staff_id=member.id, now=now)
    two = [made.winner_id, made.loser_id]
    # Whatever was kept: a word given since may be the very one that the merge had left.
    await consents.recompute(tx, two)
    if undone.kept:
        await merged.recount_requests(tx, two)
        await purchases.recompute(tx, two)
        await loyalty_points.recompute(tx, two)
        for one in two:
            await ageing.refresh(tx, place, one, now=now)
    if change.staff_id is None:
        # What a rule took for one person a person took apart: the rule must not do it again.
        await pairs.part(tx, *two, staff_id=member.id, now=now)
    await search.index_many(tx, two)
    return Undone(made.winner_id, made.loser_id, undone.kept)


async def _standing(db: Reads, change: journal.Change) -> Merge:
    """The merge as it stands. Raises Refused where it does not any more."""
    made = await merged.of_change(db, change.id)
    if made is None:
        raise Refused("refused-dup-erased")
    winner_id = int((change.counts or {}).get("winner", made.winner_id))
    if made.winner_id != winner_id:
        raise Refused("refused-dup-later", number=str(winner_id), into=str(made.winner_id))
    return made


async def _take_back_account(tx: Tx, change_id: int, winner_id: int, *, now: datetime) -> None:
    """Where the person has written from another of their accounts since, the main one is again what the merge made it:
    each card is to get its own back."""
    was = await journal.after(tx, change_id, "contacts", (winner_id,))
    if was is not None and was.get("telegram_id") is not None:
        await aliases.prefer(tx, winner_id, was["telegram_id"], now=now)


# --------------------------------------------------------------------------------------------------------------- pairs


async def not_same(tx: Tx, member: Member | None, one_id: int, other_id: int, *, now: datetime) -> None:
    """These two are not one person: they are never offered again. Raises Refused without the right, or when they are
    one card already."""
    member = permitting.require(member, Right.EDIT)
    one, other = await both(tx, one_id, other_id)
    await pairs.part(tx, one["id"], other["id"], staff_id=member.id, now=now)
