"""Two cards that may be one person's: side by side, what goes into the one card, what was done and how to undo it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crm.card_fields import CardField, Option
from crm.card_joining import OWN
from locales import Words, cities
from views import answered, cards
from views.messages import Button, Screen
from views.staff_names import Reader, Who, called, escaped, fitted, heading

Row = tuple[Button, ...]
FIELDS: Final = ("name", "phone", "email", "telegram", "language", "timezone", "owner", "status", "level")
"""The fields every card has, in the order in which they are compared."""
REACHES: Final = ("phone", "email")
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two cards. `values` are its fields by key, the playbook's own as `f:<id>`; phones and e-mails are
    lists as people read them, the preferred first."""

    who: Who
    values: Mapping[str, Any]
    created_at: datetime
    last_in_at: datetime | None
    requests: int
    purchases: int
    notes: int
    reachable: bool
    spam: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """The two cards, with the fields that can be shown to this reader, in their order. `score` is how likely they are
    one person's (0 to 1), where that was ever asked; `place` is their place in the queue of `waiting` pairs."""

    one: Side
    other: Side
    fields: tuple[CardField, ...] = ()
    levels: tuple[Option, ...] = ()
    score: float | None = None
    distinct: bool = False
    place: int | None = None
    waiting: int = 0

    def asked(self) -> tuple[str, ...]:
        """The keys of what is compared, in their order."""
        return (*FIELDS, *(f"{OWN}{field.id}" for field in self.fields))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which card stays, and for each field that differs whose value: by key, the card's number."""

    winner_id: int
    loser_id: int
    choices: Mapping[str, int]


def pair(reader: Reader, seen: Compared) -> Screen:
    """Both cards: what agrees, what differs, what only one of them knows."""
    words, one, other = reader.words, seen.one, seen.other
    title = words("dup-title")
    if seen.score:
        title += f" · {round(seen.score * 100)} %"
    if seen.place is not None:
        title += f" · {words('dup-place', place=str(min(seen.place + 1, seen.waiting)), count=seen.waiting)}"
    lines = [f"👥 <b>{title}</b>", "", *_who(reader, one), *_who(reader, other)]
    if seen.distinct:
        lines += ["", words("dup-were-distinct")]
    same, differ, only = _sorted(reader, seen)
    if same:
        lines += ["", f"✅ {words('dup-same')}", *same]
    if differ:
        lines += ["", f"↔️ {words('dup-differ')}", *differ]
    for side in (one, other):
        if only[side.who.id]:
            lines += ["", f"➕ {words('dup-only', number=str(side.who.id))}", *only[side.who.id]]
    return Screen("\n".join(fitted(lines, most=3800)), _pair_buttons(reader, seen), protect=True)


def _who(reader: Reader, side: Side) -> list[str]:
    words = reader.words
    day = words.day(side.created_at.astimezone(reader.zone).date(), today=reader.now.astimezone(reader.zone).date())
    facts = [words("dup-since", day=day)]
    if side.requests:
        facts.append(words("dup-requests", count=side.requests))
    if side.purchases:
        facts.append(words("dup-purchases", count=side.purchases))
    if side.notes:
        facts.append(words("dup-notes", count=side.notes))
    facts.append(words("dup-on-telegram" if side.reachable else "dup-off-telegram"))
    # keys: dup-on-telegram dup-off-telegram
    if side.spam:
        facts.append(words("card-spam"))
    return [f"№ {side.who.id} · {heading(words, side.who)}", f"<i>{' · '.join(facts)}</i>"]


def _sorted(reader: Reader, seen: Compared) -> tuple[list[str], list[str], dict[int, list[str]]]:
    """Lines of what is the same, what differs, and what only one of the two knows."""
    same: list[str] = []
    differ: list[str] = []
    only: dict[int, list[str]] = {seen.one.who.id: [], seen.other.who.id: []}
    for key in seen.asked():
        mine, theirs = seen.one.values.get(key), seen.other.values.get(key)
        title = escaped(label(reader.words, key, seen))
        if mine and theirs:
            if key in REACHES:
                if both := [one for one in mine if one in theirs]:
                    same.append(f"{title}: {escaped(', '.join(both))}")
                    continue
            elif mine == theirs:
                if key not in ("language", "status"):
                    same.append(f"{title}: {_html(reader, key, mine, seen)}")
                continue
            differ.append(f"{title}: {_html(reader, key, mine, seen)} ↔ {_html(reader, key, theirs, seen)}")
        elif mine or theirs:
            whose = seen.one if mine else seen.other
            only[whose.who.id].append(f"{title}: {_html(reader, key, mine or theirs, seen)}")
    return same, differ, only


def _pair_buttons(reader: Reader, seen: Compared) -> tuple[Row, ...]:
    words, two = reader.words, f"{seen.one.who.id}:{seen.other.who.id}"
    place = "" if seen.place is None else f":{seen.place}"
    open_cards = tuple(
        Button(words.plain("dup-card", number=str(side.who.id)), f"card:{side.who.id}")
        for side in (seen.one, seen.other)
    )
    if not reader.changes:
        return (open_cards,)
    rows: list[Row] = [
        (Button(words.plain("dup-merge"), f"dup:join:{two}{place}"),),
        (Button(words.plain("dup-apart"), f"dup:apart:{two}{place}"),),
        open_cards,
    ]
    if seen.place is not None and seen.waiting > 1:
        rows.append((Button(words.plain("dup-later"), f"dup:queue:{(seen.place + 1) % seen.waiting}"),))
    return tuple(rows)


def choosing(reader: Reader, seen: Compared, chosen: Chosen, *, place: int | None) -> Screen:
    """Which card stays and whose value of each field that differs, changed by pressing."""
    words = reader.words
    winner, loser = str(chosen.winner_id), str(chosen.loser_id)
    sides = {side.who.id: side for side in (seen.one, seen.other)}
    name = called(words, sides[chosen.winner_id].who)
    lines = [f"🤝 <b>{words('dup-into-one')}</b>", "", words("dup-stays", winner=winner, loser=loser, name=name)]
    rows: list[Row] = []
    for at, (key, whose) in enumerate(chosen.choices.items()):
        title, value = label(words, key, seen), _plain(reader, key, _first(sides[whose].values.get(key)), seen)
        rejected = next(side for number, side in sides.items() if number != whose)
        other = _plain(reader, key, _first(rejected.values.get(key)), seen)
        lines.append(f"{escaped(title)}: <b>{escaped(value)}</b> <s>{escaped(other)}</s>")
        rows.append((Button(answered.cut(f"🔁 {title}: {other}", 60), f"dup:pick:{at}"),))
    if chosen.choices:
        lines.insert(3, f"\n{words('dup-choose')}")
    if "telegram" in chosen.choices:
        lines += ["", words("dup-two-accounts")]
    if any(side.spam for side in sides.values()):
        lines += ["", words("dup-spam", winner=winner)]
    lines += ["", words("dup-follows")]
    back = f"dup:show:{seen.one.who.id}:{seen.other.who.id}" + ("" if place is None else f":{place}")
    rows += [
        (Button(words.plain("dup-swap", number=loser), "dup:swap"),),
        (Button(words.plain("dup-do", winner=winner, loser=loser), "dup:do"),),
        (Button(words.plain("dup-back"), back),),
    ]
    return Screen("\n".join(fitted(lines, most=3800)), tuple(rows), protect=True)


def joined(reader: Reader, who: Who, loser_id: int, change_id: int, *, place: int | None) -> Screen:
    """It is one card now."""
    words = reader.words
    text = words("dup-joined", loser=str(loser_id), winner=str(who.id), name=called(words, who))
    rows: list[Row] = [
        (
            Button(words.plain("dup-undo"), f"dup:undo:{change_id}"),
            Button(words.plain("button-card"), f"card:{who.id}"),
        )
    ]
    if place is not None:
        rows.append((Button(words.plain("dup-next"), f"dup:queue:{place}"),))
    return Screen(f"🔗 {text}", tuple(rows), protect=True)


def joined_by_rule(reader: Reader, who: Who, loser_id: int, change_id: int) -> Screen:
    """What the team hears when two cards were certainly one person's."""
    words = reader.words
    text = words("dup-joined-by-rule", loser=str(loser_id), winner=str(who.id), name=called(words, who))
    row = (
        Button(words.plain("dup-undo"), f"dup:undo:{change_id}"),
        Button(words.plain("button-card"), f"card:{who.id}"),
    )
    return Screen(f"🔗 {text}", (row,), protect=True, silent=True)


def taken_apart(reader: Reader, winner: Who, loser: Who, *, kept: int) -> Screen:
    """Two cards again."""
    words, one, other = reader.words, str(winner.id), str(loser.id)
    lines = [
        f"↩️ {words('dup-undone', winner=one, loser=other)}",
        f"№ {one} · {heading(words, winner)}",
        f"№ {other} · {heading(words, loser)}",
        "",
        words("dup-stayed", winner=one),
    ]
    if kept:
        lines.append(words("dup-kept", count=kept))
    open_cards = tuple(Button(words.plain("dup-card", number=number), f"card:{number}") for number in (one, other))
    apart = Button(words.plain("dup-apart"), f"dup:apart:{one}:{other}")
    return Screen("\n".join(lines), (open_cards, (apart,)), protect=True)


def none_left(reader: Reader) -> Screen:
    """The queue is empty."""
    return Screen(reader.words("dup-none"))


def ask_other(reader: Reader, who: Who) -> Screen:
    """Whose duplicate is this card?"""
    words = reader.words
    text = words("dup-ask-other", number=str(who.id), name=called(words, who))
    return Screen(text, ((Button(words.plain("button-cancel"), "drop:asked"),),), protect=True)


def which(reader: Reader, who: Who, found: Sequence[Who]) -> Screen:
    """Who of those found is the same person; nobody found is said so, and asked again."""
    words = reader.words
    drop = (Button(words.plain("button-cancel"), "drop"),)
    if not found:
        return Screen(words("dup-nobody"), (drop,), protect=True)
    rows = tuple(
        (Button(answered.cut(f"№ {one.id} · {called(words, one)}", 60), f"dup:show:{who.id}:{one.id}"),)
        for one in found
    )
    return Screen(words("dup-which", number=str(who.id), name=called(words, who)), (*rows, drop), protect=True)


# --------------------------------------------------------------------------------------------------------------- values


def label(words: Words, key: str, seen: Compared) -> str:
    """What a field is called. Plain."""
    if key.startswith(OWN):
        field = _field(key, seen)
        return answered.cut(field.title.say(words.language), 40) if field is not None else key.removeprefix(OWN)
    return words.plain(f"dup-field-{key}")
    # keys: dup-field-name dup-field-phone dup-field-email dup-field-telegram dup-field-language dup-field-timezone
    # keys: dup-field-owner dup-field-status dup-field-level


def _field(key: str, seen: Compared) -> CardField | None:
    return next((field for field in seen.fields if f"{OWN}{field.id}" == key), None)


def _plain(reader: Reader, key: str, value: Any, seen: Compared) -> str:
    """A value as a person reads it."""
    words = reader.words
    if isinstance(value, list) and key in REACHES:
        return ", ".join(value)
    if key == "language":
        return cards.language(words, value)
    if key == "status":
        return cards.status(words, value)
    if key == "timezone":
        return cities.city_of(value, words.language)
    if key == "level":
        return next((one.title.say(words.language) for one in seen.levels if one.id == value), str(value))
    field = _field(key, seen)
    shown = cards.own_value(words, field, value, reader=reader) if field is not None else str(value)
    return answered.cut(shown, _LONGEST)


def _html(reader: Reader, key: str, value: Any, seen: Compared) -> str:
    return escaped(_plain(reader, key, value, seen))


def _first(value: Any) -> Any:
    """The preferred one of several phones or e-mails."""
    return value[:1] if isinstance(value, list) else value
