"""Points of loyalty: the page a customer sees of their own, and what the team sees of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.loyalty import Standing
from crm.playbook_sales import Loyalty
from locales import Words
from views import answered, receipts
from views.messages import Button, Screen
from views.money import money
from views.staff_names import Reader, Who, called, escaped


@dataclass(frozen=True, slots=True)
class Moved:
    """Points that came (above zero) or went. The note is the team's."""

    amount: int
    reason: str
    note: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """Where a person stands. `worth` is what the balance pays; sums are in minor units of `currency`."""

    rules: Loyalty
    balance: int
    worth: int
    standing: Standing
    moves: Sequence[Moved]
    currency: str


def none(words: Words) -> Screen:
    """The business gives no points."""
    return Screen(words("points-none"))


def own(words: Words, account: Account, *, zone: ZoneInfo, now: datetime) -> Screen:
    """A customer's own points: the balance, the level, the way to the next, the last moves."""
    lines = [*_standing(words, account)]
    if not account.moves:
        lines += ["", words("points-how")]
    return Screen("\n".join([*lines, *_moves(words, account.moves, zone=zone, now=now, notes=False)]))


def of(reader: Reader, who: Who, account: Account) -> Screen:
    """The same for the team, with the reasons they gave."""
    words = reader.words
    lines = [f"<b>{escaped(called(words, who))}</b>", *_standing(words, account)]
    lines += _moves(words, account.moves, zone=reader.zone, now=reader.now, notes=True)
    if reader.changes:
        lines += ["", words("points-hint", number=str(who.id))]
    return Screen("\n".join(lines), _card(words, who), protect=True)


def corrected(words: Words, who: Who, amount: int, balance: int) -> Screen:
    """The points were given, or taken."""
    key = "points-given" if amount > 0 else "points-taken"  # keys: points-given points-taken
    text = words(key, count=abs(amount), name=called(words, who), balance=words.number(balance))
    return Screen(text, _card(words, who), protect=True)


def _standing(words: Words, account: Account) -> list[str]:
    language, currency = words.language, account.currency
    worth = money(account.worth, currency, language)
    lines = [words("points-balance", count=account.balance, worth=worth)]
    if account.balance < 0:
        lines.append(words("points-owed"))
    standing = account.standing
    if standing.tier is not None:
        lines.append(words("points-level", title=standing.tier.title.say(language)))
    if standing.next is not None:
        missing, title = money(standing.missing, currency, language), standing.next.title.say(language)
        lines.append(words("points-missing", sum=missing, title=title))
    return lines


def _moves(words: Words, moves: Sequence[Moved], *, zone: ZoneInfo, now: datetime, notes: bool) -> list[str]:
    if not moves:
        return []
    lines = ["", words("points-last")]
    for move in moves:
        day = words.day(move.at.astimezone(zone).date(), today=now.astimezone(zone).date())
        # keys: points-for-purchase points-for-refund points-for-spent points-for-gift points-for-correction
        reason = words(f"points-for-{move.reason}")
        note = f": {escaped(answered.cut(move.note, 120))}" if notes and move.note else ""
        lines.append(f"<b>{receipts.signed(words, move.amount)}</b> · {day} · {reason}{note}")
    return lines


def _card(words: Words, who: Who) -> tuple[tuple[Button, ...], ...]:
    return ((Button(words.plain("button-card"), f"card:{who.id}"),),)
