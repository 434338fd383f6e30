"""Selling: a purchase is written down as it was said, with its promo code and its points, and refunded whole or in part.

What is said at once («1 500 грн стрижка promo:ВЕСНА») is read at once, a missing sum is asked for, and nothing is
recorded before somebody has seen the sum as it was read. A `Draft` is how far that came: it lives in the conversation,
then under the message that asks for confirmation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from crm import amounts, folding, loyalty, pricing
from crm.amounts import Money, Unread
from crm.permissions import Right
from crm.pricing import Quote
from services import ageing, permitting, planning
from services.refusals import Refused
from services.workplace import Place
from storage import events, loyalty_points, purchases, requests, staff
from storage.contacts import Contact
from storage.engine import Reads, Tx
from storage.purchases import Purchase
from storage.staff import Member
from views.receipts import Bought

FLOW: Final = "sale"
REFUND_FLOW: Final = "refund"
WHAT_LENGTH: Final = 300
_PROMO: Final = re.compile(r"(?:^|\s)(?:promo|промо|промокод):\s?(\S{1,64})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A purchase in the making. `nth` is how many its request had brought before: two who record the first one by the
    same request mean the same. `minor` and `currency` are the price before what a code and points take off. `code` is a
    promo code as it was typed; `promo` is the one it names, `refused` why it cannot be used. `problem` is why the last
    words held no sum."""

    contact: int
    request: int | None = None
    nth: int = 0
    minor: int | None = None
    currency: str = ""
    what: str = ""
    code: str | None = None
    promo: str | None = None
    refused: str | None = None
    points: int = 0
    problem: str | None = None
    params: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "contact": self.contact,
            "request": self.request,
            "nth": self.nth,
            "minor": self.minor,
            "currency": self.currency,
            "what": self.what,
            "code": self.code,
            "promo": self.promo,
            "refused": self.refused,
            "points": self.points,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Draft:
        return cls(**kept)


@dataclass(frozen=True, slots=True)
class Sold:
    """A purchase that was recorded, and where the points of its buyer stand now."""

    purchase: Purchase
    used: int
    balance: int


@dataclass(frozen=True, slots=True)
class Refunded:
    """A refund that was recorded: its value, the points that went and those that came back."""

    purchase: Purchase
    value: int
    taken: int
    returned: int
    balance: int


# ----------------------------------------------------------------------------------------------------------- reading


async def of_request(db: Reads, member: Member | None, request_id: int) -> Draft:
    """The beginning of a purchase that a request brought. Raises Refused for a request there is not."""
    permitting.require(member, Right.SELL)
    request = await requests.get(db, request_id)
    if request is None:
        raise Refused("refused-request-unknown", number=str(request_id))
    return Draft(request.contact_id, request.id, len(await purchases.of_request(db, request.id)), what=request.title)


async def read(db: Reads, place: Place, draft: Draft, said: str, *, now: datetime) -> Draft:
    """What the words say: the sum, what was bought (a request's own title where nothing else is said), the code."""
    money = place.playbooks.current.money
    coded = _PROMO.search(said)
    if coded is not None:
        said = f"{said[: coded.start()]} {said[coded.end() :]}"
        draft = replace(draft, code=coded[1][:32])
    found, what = amounts.read_leading(said, currency=money.currency, known=money.rates)
    if isinstance(found, Unread):
        return replace(draft, problem=found.reason, params=dict(found.params))
    value = pricing.value_of(money, found)
    if value is None:
        return replace(draft, problem="no-rate", params={"currency": found.currency, "own": money.currency})
    if value <= 0:
        return replace(draft, problem="zero", params={})
    if value > amounts.LARGEST:
        return replace(draft, problem="too-large", params={})
    what = folding.visible(what)[:WHAT_LENGTH] or draft.what
    whole = replace(draft, minor=found.minor, currency=found.currency, what=what, points=0, problem=None, params={})
    return await _with_promo(db, place, whole, value, now=now)


async def _with_promo(db: Reads, place: Place, draft: Draft, value: int, *, now: datetime) -> Draft:
    """The draft with its code looked up: the promo it names, or why it cannot be used."""
    if draft.code is None:
        return draft
    promos, currency = place.playbooks.current.promos, place.playbooks.current.money.currency
    promo = loyalty.promo_named(promos, draft.code)
    problem = loyalty.promo_problem(
        promo,
        value,
        currency,
        today=now.astimezone(planning.zone_of_business(place)).date(),
        used=await purchases.uses_of_promo(db, promo.code) if promo is not None else 0,
        used_by_them=await purchases.uses_of_promo(db, promo.code, contact_id=draft.contact) if promo else 0,
    )
    if promo is None or problem is not None:
        return replace(draft, promo=None, refused=problem or "unknown")
    return replace(draft, promo=promo.code, refused=None)


def quote(place: Place, contact: Contact, draft: Draft) -> Quote:
    """What a draft that has its sum comes to now. Raises Refused for one that has none, or none that counts here any
    more."""
    playbook = place.playbooks.current
    said = pricing.quote(
        playbook.money,
        playbook.loyalty,
        loyalty.promo_named(playbook.promos, draft.promo) if draft.promo is not None else None,
        Money(draft.minor or 0, draft.currency),
        points=draft.points,
        balance=contact.points,
        spent=contact.spent,
    )
    if said is None:
        raise Refused("refused-sale-gone")
    return said


# --------------------------------------------------------------------------------------------------------- recording


def key(draft: Draft, chat_id: int, message_id: int) -> str:
    """The decision that a confirmation stands for: the next purchase of its request, or else the message itself."""
    if draft.request is not None:
        return f"request:{draft.request}:{draft.nth}"
    return f"message:{chat_id}:{message_id}"


async def record(tx: Tx, place: Place, member: Member | None, draft: Draft, *, key: str, now: datetime) -> Sold:
    """Writes the purchase down: its row, the timeline, the card's roll-ups, the points it costs and earns.

    Raises Refused when this decision (`key`) has recorded one already, and when the code or the points that were shown
    cannot be used any more.
    """
    member = permitting.require(member, Right.SELL)
    contact = await permitting.contact(tx, draft.contact)
    if (earlier := await purchases.by_key(tx, key)) is not None:
        raise await _twice(tx, earlier)
    if draft.promo is not None:
        value = pricing.value_of(place.playbooks.current.money, Money(draft.minor or 0, draft.currency)) or 0
        again = await _with_promo(tx, place, draft, value, now=now)
        if again.promo is None:
            raise Refused("refused-sale-promo", alert=True, code=draft.promo)
    said = quote(place, contact, draft)
    if said.points < draft.points:
        raise Refused("refused-sale-points", alert=True)
    bought = await purchases.add(
        tx,
        contact.id,
        key=key,
        amount=said.paid.minor,
        currency=said.paid.currency,
        value=said.value,
        at=now,
        now=now,
        request_id=draft.request,
        what=draft.what or None,
        promo=draft.promo,
        points=said.earns,
        staff_id=member.id,
    )
    if bought is None:
        raise Refused("refused-sale-gone")
    await _move(tx, bought, -said.points, "spent", member, now=now)
    balance = await _move(tx, bought, said.earns, "purchase", member, now=now)
    data = {
        "purchase": bought.id,
        "amount": bought.amount,
        "currency": bought.currency,
        "points": said.earns,
        "used": said.points,
        "promo": draft.promo,
    }
    events.add(
        tx,
        contact.id,
        "purchase",
        staff_id=member.id,
        request_id=draft.request,
        text=draft.what or None,
        data=data,
        now=now,
    )
    await ageing.refresh(tx, place, contact.id, now=now)
    return Sold(bought, said.points, balance)


async def _move(
    tx: Tx, bought: Purchase, points: int, reason: loyalty_points.Reason, member: Member, *, now: datetime
) -> int:
    """Moves points for a purchase; returns the balance."""
    return await loyalty_points.move(
        tx, bought.contact_id, points, reason, purchase_id=bought.id, staff_id=member.id, now=now
    )


async def _twice(db: Reads, earlier: Purchase) -> Refused:
    names = await staff.names(db)
    return Refused("refused-sale-twice", alert=True, name=names.get(earlier.staff_id or 0) or "—")


# --------------------------------------------------------------------------------------------------------- refunding


async def purchase(db: Reads, purchase_id: int) -> Purchase:
    """Raises Refused for one there is not (any more)."""
    found = await purchases.get(db, purchase_id)
    if found is None:
        raise Refused("refused-purchase-gone", number=str(purchase_id))
    return found


def read_refund(place: Place, bought: Purchase, said: str) -> int | Unread:
    """The value, in the business's currency, of the sum to give back; in the purchase's own currency where none is
    named. More than is left is no answer."""
    money = place.playbooks.current.money
    found = amounts.read(said, currency=bought.currency, known={*money.rates, money.currency})
    if isinstance(found, Unread):
        return found
    rest = pricing.left(Money(bought.amount, bought.currency), bought.value, bought.refunded)
    whole = bought.value - bought.refunded
    if found == rest:
        return whole  # to the last unit, whatever the rounding of a rate
    if found.currency == bought.currency and bought.amount:
        value = amounts.share(found.minor, bought.value, bought.amount)
    elif found.currency == money.currency:
        value = found.minor
    else:
        return Unread("other-currency", {"currency": bought.currency})
    return value if 0 < value <= whole else Unread("over")


async def refund(
    tx: Tx, place: Place, member: Member | None, purchase_id: int, value: int, *, seen: int, now: datetime
) -> Refunded:
    """Gives back so much (in minor units of the business's currency) of a purchase that had `seen` refunded: the card's
    roll-ups are counted anew, the points it earned go, those that paid for it come back, in the same share.

    Raises Refused when somebody has refunded it since, or when it is more than is left.
    """
    member = permitting.require(member, Right.SELL)
    bought = await purchase(tx, purchase_id)
    if bought.refunded != seen:
        raise Refused("refused-refund-twice", alert=True)
    changed = await purchases.refund(tx, bought, value) if value > 0 else None
    if changed is None:
        raise Refused("refused-refund-over", alert=True)
    share = {"before": bought.refunded, "now": changed.refunded}
    taken = loyalty.taken_back(bought.points, bought.value, **share)
    paid_with = await loyalty_points.paid_with(tx, bought.id)
    returned = loyalty.given_back(paid_with, bought.value, **share)
    await _move(tx, bought, -taken, "refund", member, now=now)
    balance = await _move(tx, bought, returned, "refund", member, now=now)
    own = place.playbooks.current.money.currency
    data = {"purchase": bought.id, "amount": value, "currency": own, "points": returned - taken}
    events.add(
        tx,
        bought.contact_id,
        "refund",
        staff_id=member.id,
        request_id=bought.request_id,
        text=bought.what,
        data=data,
        now=now,
    )
    await ageing.refresh(tx, place, bought.contact_id, now=now)
    return Refunded(changed, value, taken, returned, balance)


async def shown(db: Reads, place: Place, found: Sequence[Purchase]) -> list[Bought]:
    """Purchases as the screens show them."""
    names, own = await staff.names(db), place.playbooks.current.money.currency
    return [
        Bought(
            id=one.id,
            at=one.at,
            paid=Money(one.amount, one.currency),
            left=pricing.left(Money(one.amount, one.currency), one.value, one.refunded),
            value=one.value,
            refunded=one.refunded,
            currency=own,
            what=one.what,
            promo=one.promo,
            points=one.points,
            by=names.get(one.staff_id) if one.staff_id is not None else None,
            request_id=one.request_id,
        )
        for one in found
    ]
