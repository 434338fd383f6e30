"""What is told of a person beside their name: their family, and what they bought, as lines of a card and as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from views import answered, money
from views.messages import Button, Screen
from views.staff_names import Reader, Who, called, escaped, label

KINDS = ("child", "spouse", "other")


@dataclass(frozen=True, slots=True)
class Kin:
    """One of the family. `birthday` is 1990-03-08, or --03-08."""

    id: int
    kind: str
    name: str | None
    birthday: str | None


@dataclass(frozen=True, slots=True)
class Spent:
    """What a contact bought: so many times, for so much (minor units), the last time then."""

    purchases: int
    minor: int
    currency: str
    last_at: datetime | None


def kin_line(reader: Reader, one: Kin) -> str:
    """A relative in a line of HTML: «👶 Марія · 8 марта 2015 (11 лет)»."""
    words = reader.words
    name = escaped(answered.cut(one.name, 64)) if one.name else words(f"kin-{one.kind}")
    # keys: kin-child kin-spouse kin-other
    parts = [f"{_mark(one.kind)} {name}"]
    if one.birthday:
        day = escaped(answered.cut(words.birthday(one.birthday), 32))
        years = _age(one.birthday, reader.now.astimezone(reader.zone).date())
        parts.append(f"{day} ({words('kin-age', count=years)})" if years is not None else day)
    return " · ".join(parts)


def spent_line(reader: Reader, spent: Spent) -> str:
    """«🛍 3 покупки, 4 500 ₴, последняя 2 недели назад», as HTML."""
    words = reader.words
    total = money.money(spent.minor, spent.currency, words.language)
    said = words("card-purchases", count=spent.purchases, total=total)
    if spent.last_at is not None:
        said = f"{said}, {words('card-purchase-last', ago=words.ago(spent.last_at, now=reader.now))}"
    return f"🛍 {said}"


def family(reader: Reader, who: Who, kin: Sequence[Kin]) -> Screen:
    """The family, each to be taken off, and more to be added."""
    words = reader.words
    lines = [f"<b>{words('kin-of', name=called(words, who))}</b>"]
    lines += [f"{place}. {kin_line(reader, one)}" for place, one in enumerate(kin, 1)]
    if not kin:
        lines.append(words("kin-nobody"))
    rows: list[tuple[Button, ...]] = []
    if reader.changes:
        rows = [
            (
                Button(
                    f"✖ {place}. {label(one.name or words.plain(f'kin-{one.kind}'), most=40)}",
                    f"kindel:{who.id}:{one.id}",
                ),
            )
            for place, one in enumerate(kin, 1)
        ]
        rows.append(tuple(Button(f"➕ {words.plain(f'kin-{kind}')}", f"kinadd:{who.id}:{kind}") for kind in KINDS))
    rows.append((Button(words.plain("button-to-card"), f"card:{who.id}:in"),))
    return Screen("\n".join(lines), tuple(rows), protect=True)


def ask_kin(
    reader: Reader,
    who: Who,
    kind: str,
    *,
    problem: str | None = None,
    params: Mapping[str, Any] | None = None,
    birthdays: Sequence[str] = (),
) -> Screen:
    """What is their name and birthday? `problem` is a form's reason to ask again; `birthdays` are readings to choose
    among."""
    words = reader.words
    lines = [words(f"reask-{problem}", **(params or {}))] if problem else []
    lines.append(words("kin-ask", kind=words.plain(f"kin-{kind}"), name=called(words, who)))
    rows: list[tuple[Button, ...]] = [
        (Button(label(words.birthday(day), most=32), f"kinpick:{place}"),) for place, day in enumerate(birthdays[:4])
    ]
    rows.append((Button(words.plain("button-back"), f"kin:{who.id}:end"),))
    return Screen("\n\n".join(lines), tuple(rows), protect=True)


def _mark(kind: str) -> str:
    return {"child": "👶", "spouse": "💍"}.get(kind, "👤")


def _age(birthday: str, today: date) -> int | None:
    """Full years, where the year is known. Who was born on 29 February is a year older on 1 March."""
    try:
        born = date.fromisoformat(birthday)
    except ValueError:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
