"""Pairing: two cards put side by side for whoever decides whether they are one person's, and the choices they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from crm import card_joining, segments
from crm.card_joining import OWN, Row
from crm.permissions import Right
from services import merging, permitting, planning, showing
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, notes, pairs, search, staff
from storage.engine import Reads
from storage.pairs import Pair
from storage.staff import Member
from views.side_by_side import REACHES, Chosen, Compared, Side
from views.staff_names import Who

FOUND_MOST = 8


@dataclass(frozen=True, slots=True)
class Choosing:
    """How far a choice between two cards has come; it lives under the message that shows it. `versions` are the cards
    as they were looked at, `place` is the pair's place in the queue."""

    winner_id: int
    loser_id: int
    choices: Mapping[str, int]
    versions: Mapping[int, int]
    place: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "winner": self.winner_id,
            "loser": self.loser_id,
            "choices": dict(self.choices),
            "versions": [[number, version] for number, version in self.versions.items()],
            "place": self.place,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Choosing:
        return cls(
            winner_id=kept["winner"],
            loser_id=kept["loser"],
            choices=dict(kept["choices"]),
            versions=dict(kept["versions"]),
            place=kept["place"],
        )

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.winner_id, self.loser_id, self.choices)

    def picked(self, at: int) -> Choosing:
        """The other card's value of the field at this place of the list. Raises Refused where there is none."""
        if at >= len(self.choices):
            raise Refused("refused-stale")
        key = list(self.choices)[at]
        other = self.loser_id if self.choices[key] == self.winner_id else self.winner_id
        return replace(self, choices={**self.choices, key: other})

    def swapped(self) -> Choosing:
        """The other card stays. What was chosen field by field stays chosen."""
        return replace(self, winner_id=self.loser_id, loser_id=self.winner_id)


async def compared(
    db: Reads, place: Place, member: Member | None, one_id: int, other_id: int, *, at: int | None = None
) -> Compared:
    """The two cards as the reader may see them; `at` is the pair's place in the queue. Raises Refused when they are one
    card already, or one is gone."""
    member = permitting.require(member, Right.SEE)
    one, other = await merging.both(db, one_id, other_id)
    known = await pairs.get(db, one["id"], other["id"])
    playbook = place.playbooks.current
    return Compared(
        one=await _side(db, one),
        other=await _side(db, other),
        fields=tuple(field for field in playbook.card_fields if field.is_seen_by(member.role)),
        levels=playbook.levels,
        score=known.score if known is not None else None,
        distinct=known is not None and known.state == "distinct",
        place=at,
        waiting=0 if at is None else await pairs.count(db),
    )


async def next_open(db: Reads, at: int) -> tuple[Pair, int] | None:
    """The open pair at this place of the queue, else the first one; None when none is open."""
    found = await pairs.queue(db, offset=at)
    if found is not None:
        return found, at
    first = await pairs.queue(db, offset=0) if at else None
    return None if first is None else (first, 0)


async def begin(
    db: Reads, place: Place, member: Member | None, one_id: int, other_id: int, *, at: int | None
) -> tuple[Compared, Choosing]:
    """What is chosen before anybody has: which card stays, whose values. Raises Refused like `compared`."""
    permitting.require(member, Right.EDIT)
    seen = await compared(db, place, member, one_id, other_id, at=at)
    one, other = await merging.both(db, one_id, other_id)
    winner, loser = card_joining.standing(one, other)
    shown = set(seen.asked())
    keys = [key for key in card_joining.differing(winner, loser) if key in shown]
    choices = {key: card_joining.default(key, winner, loser) for key in keys}
    sides = {side.who.id: side for side in (seen.one, seen.other)}
    for kind in REACHES:
        mine, theirs = (sides[row["id"]].values.get(kind) for row in (winner, loser))
        if mine and theirs and mine[0] != theirs[0]:
            choices[kind] = winner["id"]
    versions = {row["id"]: row["version"] for row in (winner, loser)}
    return seen, Choosing(winner["id"], loser["id"], choices, versions, at)


async def candidates(db: Reads, place: Place, contact_id: int, said: str, *, now: Any) -> list[Who]:
    """Whom the words name, a number or anything to search by, but for the card itself."""
    number = said.strip().lstrip("#№").strip()
    if number.isascii() and number.isdecimal() and len(number) < 12:
        known = await contacts.get(db, int(number))
        if known is not None and known.id != contact_id:
            return [await showing.who(db, known)]
    zone = planning.zone_of_business(place)
    query = segments.parse(said, lenient=True)
    found = await search.find(db, query, limit=FOUND_MOST + 1, now=now, zone=zone)
    people = await contacts.get_many(db, [one for one in found.ids if one != contact_id][:FOUND_MOST])
    return [await showing.who(db, one) for one in people]


async def _side(db: Reads, row: Row) -> Side:
    contact = await permitting.contact(db, row["id"])
    reaches = await showing.reaches(db, contact.id)
    names = await staff.names(db)
    account = f"@{row['username']}" if row["username"] else f"ID {row['telegram_id']}"
    values: dict[str, Any] = {
        "name": row["name"],
        "phone": [one.shown for one in reaches if one.kind == "phone"],
        "email": [one.shown for one in reaches if one.kind == "email"],
        "telegram": account if row["telegram_id"] is not None else None,
        "language": row["language"],
        "timezone": row["timezone"],
        "owner": names.get(row["owner_id"]) if row["owner_id"] is not None else None,
        "status": row["status"],
        "level": row["level"],
        **{f"{OWN}{name}": value for name, value in row["fields"].items()},
    }
    return Side(
        who=await showing.who(db, contact),
        values=values,
        created_at=row["created_at"],
        last_in_at=row["last_in_at"],
        requests=row["requests"],
        purchases=row["purchases"],
        notes=await notes.count(db, contact.id),
        reachable=row["telegram_id"] is not None and bool(row["reachable"]),
        spam=row["spam_at"] is not None,
    )
