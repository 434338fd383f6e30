"""Purchases on the team's screens: the question for the sum, what it comes to, the receipt, the history, refunds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crm.amounts import Money
from crm.pricing import Quote
from locales import Words
from views import answered
from views.cards import back
from views.messages import Button, Screen
from views.money import money
from views.staff_names import Reader, Who, called, escaped

Row = tuple[Button, ...]
MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True)
class Bought:
    """A purchase as it is shown. `paid` and `left` (what is not refunded) are in its own currency, `value` and
    `refunded` in minor units of `currency`, the business's; `by` is who recorded it."""

    id: int
    at: datetime
    paid: Money
    left: Money
    value: int
    refunded: int
    currency: str
    what: str | None
    promo: str | None
    points: int
    by: str | None
    request_id: int | None


def sum_(words: Words, amount: Money) -> str:
    """A sum in its currency. Plain."""
    return money(amount.minor, amount.currency, words.language)


# ------------------------------------------------------------------------------------------------------------- selling


def ask_sum(
    reader: Reader, who: Who, *, currency: str, problem: str | None = None, params: Mapping[str, Any] | None = None
) -> Screen:
    """How much did they pay? Why the last words held no sum is said first."""
    words = reader.words
    lines = [unread(words, problem, params or {})] if problem else []
    lines.append(words("sale-ask", name=called(words, who), example=money(150050, currency, words.language)))
    return Screen("\n\n".join(lines), (_drop(words),), protect=True)


def unread(words: Words, problem: str, params: Mapping[str, Any]) -> str:
    """Why no sum could be read, and what to write instead."""
    return words(f"amount-{problem}", **params)
    # keys: amount-none amount-invalid amount-negative amount-zero amount-too-fine amount-too-large
    # keys: amount-two-currencies amount-no-rate amount-over amount-other-currency


def confirm(
    reader: Reader,
    who: Who,
    quote: Quote,
    *,
    what: str,
    promo: str | None,
    refused: tuple[str, str] | None,
    before: int,
) -> Screen:
    """The sum as it was read, what it comes to and what it earns. `refused` is a code that cannot be used, and why;
    `before` is how many purchases the same request has brought already."""
    words = reader.words
    lines = [words("sale-confirm", name=called(words, who)), "", *_priced(words, quote, what, promo)]
    if refused is not None:
        # keys: promo-unknown promo-early promo-over promo-spent promo-yours-spent promo-whole
        lines += ["", f"⚠️ {words(f'promo-{refused[1]}', code=refused[0])}"]
    if before:
        lines += ["", f"⚠️ {words('sale-again', count=before)}"]
    rows: list[Row] = [(Button(words.plain("sale-record", sum=sum_(words, quote.paid)), "sok"),)]
    if quote.points:
        rows.append((Button(words.plain("sale-points-off"), "spts"),))
    elif quote.usable:
        rows.append((Button(words.plain("sale-points-on", count=quote.usable), "spts"),))
    rows.append((Button(words.plain("sale-change"), "schange"), Button(words.plain("button-cancel"), "drop")))
    return Screen("\n".join(lines), tuple(rows), protect=True)


def recorded(reader: Reader, who: Who, bought: Bought, *, used: int, balance: int | None) -> Screen:
    """It is written down. `balance` is None where the business gives no points."""
    words = reader.words
    lines = [words("sale-recorded", sum=sum_(words, bought.paid), name=called(words, who)), *_details(words, bought)]
    if used:
        lines.append(words("sale-used", count=used))
    if balance is not None:
        lines.append(words("sale-earned", count=bought.points, balance=words.number(balance)))
    seen = Button(words.plain("sale-open", number=str(bought.id)), f"buy:{bought.id}")
    return Screen("\n".join(lines), ((seen, Button(words.plain("button-card"), f"card:{who.id}")),), protect=True)


def _priced(words: Words, quote: Quote, what: str, promo: str | None) -> list[str]:
    own, language = quote.currency, words.language
    price = f"<b>{escaped(sum_(words, quote.price))}</b>"
    if quote.price.currency != own:
        price += f" = {escaped(money(quote.price_value, own, language))}"
    lines = [f"{price} · {escaped(answered.cut(what, 200))}" if what else price]
    if quote.discount:
        lines.append(words("sale-promo", code=promo or "", off=money(-quote.discount, own, language)))
    if quote.points:
        lines.append(words("sale-points", count=quote.points, off=money(-quote.points_value, own, language)))
    if quote.discount or quote.points:
        lines.append(words("sale-total", sum=sum_(words, quote.paid)))
    if quote.earns:
        lines.append(words("sale-earns", count=quote.earns))
    return lines


# ------------------------------------------------------------------------------------------------------------- history


def history(
    reader: Reader,
    who: Who,
    seen: Sequence[Bought],
    *,
    purchases: int,
    spent: int,
    currency: str,
    offset: int,
    size: int,
    more: bool,
) -> Screen:
    """What they bought, the newest first. `purchases` and `spent` are the card's roll-ups."""
    words = reader.words
    lines = [f"<b>{words('sales-of', name=called(words, who))}</b>"]
    if purchases:
        lines.append(words("sales-sum", count=purchases, sum=money(spent, currency, words.language)))
    lines.append("")
    lines += [_line(reader, one) for one in seen]
    if not seen:
        lines.append(words("sales-none"))
    buttons = [Button(f"№ {one.id}", f"buy:{one.id}") for one in seen]
    rows: list[Row] = [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]
    if reader.changes:
        rows.append((Button(words.plain("button-sale"), f"sale:{who.id}"),))
    turns = (
        *((Button("◀", f"sales:{who.id}:{max(offset - size, 0)}"),) if offset else ()),
        *((Button("▶", f"sales:{who.id}:{offset + size}"),) if more else ()),
    )
    return Screen("\n".join(lines), (*rows, *((turns,) if turns else ()), back(words, who.id)), protect=True)


def one(reader: Reader, who: Who, bought: Bought) -> Screen:
    """One purchase, with what may be done about it."""
    words = reader.words
    lines = [
        f"{words('sale-number', number=str(bought.id))} · {escaped(called(words, who))}",
        f"<b>{escaped(sum_(words, bought.paid))}</b>",
        *_details(words, bought),
        words("sale-at", when=words.moment(bought.at, reader.zone, now=reader.now)),
    ]
    if bought.request_id is not None:
        lines.append(words("sale-of-request", number=str(bought.request_id)))
    if bought.points:
        lines.append(words("sale-points-of", count=bought.points))
    if bought.by:
        lines.append(words("sale-by", name=answered.cut(bought.by, 64)))
    rows: list[Row] = []
    if reader.changes and bought.refunded < bought.value:
        whole = Button(words.plain("refund-whole", sum=sum_(words, bought.left)), f"refall:{bought.id}")
        rows.append((whole, Button(words.plain("refund-part"), f"refpart:{bought.id}")))
    rows.append((Button(words.plain("button-sales"), f"sales:{who.id}:0"),))
    return Screen("\n".join(lines), (*rows, back(words, who.id)), protect=True)


def _line(reader: Reader, bought: Bought) -> str:
    words = reader.words
    today = reader.now.astimezone(reader.zone).date()
    day = words.day(bought.at.astimezone(reader.zone).date(), today=today)
    shown = escaped(sum_(words, bought.paid))
    if bought.refunded >= bought.value and bought.refunded:
        shown = f"<s>{shown}</s>"
    elif bought.refunded:
        shown = f"<s>{shown}</s> {escaped(sum_(words, bought.left))}"
    what = f" · {escaped(answered.cut(bought.what, 60))}" if bought.what else ""
    return f"№ {bought.id} · {day} · {shown}{what}"


def _details(words: Words, bought: Bought) -> list[str]:
    lines = []
    if bought.what:
        lines.append(escaped(answered.cut(bought.what, 300)))
    if bought.paid.currency != bought.currency:
        lines.append(words("sale-value", sum=money(bought.value, bought.currency, words.language)))
    if bought.promo:
        lines.append(words("sale-by-promo", code=bought.promo))
    if bought.refunded >= bought.value and bought.refunded:
        lines.append(f"↩️ {words('sale-refunded')}")
    elif bought.refunded:
        back_ = money(bought.refunded, bought.currency, words.language)
        lines.append(f"↩️ {words('sale-refunded-part', sum=back_, left=sum_(words, bought.left))}")
    return lines


# ------------------------------------------------------------------------------------------------------------- refunds


def ask_refund(
    reader: Reader,
    who: Who,
    bought: Bought,
    *,
    problem: str | None = None,
    params: Mapping[str, Any] | None = None,
) -> Screen:
    """How much of it goes back?"""
    words = reader.words
    known = {"left": sum_(words, bought.left), **(params or {})}
    lines = [unread(words, problem, known)] if problem else []
    lines.append(words("refund-ask", number=str(bought.id), name=called(words, who), left=sum_(words, bought.left)))
    return Screen("\n\n".join(lines), (_drop(words),), protect=True)


def confirm_refund(reader: Reader, who: Who, bought: Bought, value: int) -> Screen:
    """So much (in the business's currency) goes back: surely?"""
    words = reader.words
    whole = value == bought.value - bought.refunded
    shown = sum_(words, bought.left) if whole else money(value, bought.currency, words.language)
    text = words("refund-confirm", sum=shown, number=str(bought.id), name=called(words, who))
    yes = Button(words.plain("refund-yes", sum=shown), f"refok:{bought.id}:{bought.refunded}:{value}")
    return Screen(text, ((yes,), (Button(words.plain("button-back"), f"buy:{bought.id}:in"),)), protect=True)


def refunded(reader: Reader, who: Who, bought: Bought, value: int, *, points: int) -> Screen:
    """It went back; `points` is what that did to the balance."""
    words = reader.words
    shown = money(value, bought.currency, words.language)
    lines = [words("refund-done", sum=shown, number=str(bought.id), name=called(words, who))]
    if points:
        # keys: refund-points-back refund-points-gone
        lines.append(words(f"refund-points-{'back' if points > 0 else 'gone'}", count=abs(points)))
    seen = Button(words.plain("sale-open", number=str(bought.id)), f"buy:{bought.id}")
    return Screen("\n".join(lines), ((seen, Button(words.plain("button-card"), f"card:{who.id}")),), protect=True)


# ------------------------------------------------------------------------------------------------------------ timeline


def told(words: Words, kind: str, data: Mapping[str, Any]) -> str:
    """A purchase, a refund or a correction of points as one line of the timeline. HTML."""
    if kind == "points":
        return words("line-points", count=signed(words, int(data.get("points", 0))))
    shown = money(int(data.get("amount", 0)), str(data.get("currency", "")), words.language)
    return words(f"line-{kind}", sum=shown)  # keys: line-purchase line-refund


def signed(words: Words, points: int) -> str:
    """Points that came or went: "+50", "−50". Plain."""
    return f"{'+' if points > 0 else MINUS}{words.number(abs(points))}"


def _drop(words: Words) -> Row:
    return (Button(words.plain("button-cancel"), "drop:asked"),)
