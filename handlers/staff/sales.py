"""Purchases by /sale, from the card and from a request; their history, refunds, and points given by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm.amounts import Unread
from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import permitting, rewarding, selling
from services.refusals import Refused
from services.selling import Draft
from storage import outbox, purchases
from storage.contacts import Contact
from storage.purchases import Purchase
from views import point_pages, receipts
from views.messages import Edit, Effect, Say, Screen, Toast
from views.receipts import Bought

PAGE = 8


def routes() -> Routes:
    return Routes(
        commands={"sale": staffed(sale, Right.SELL)},
        presses={
            "sale": staffed(sale_to, Right.SELL),
            "bought": staffed(bought_by_request, Right.SELL),
            "sok": staffed(record, Right.SELL),
            "spts": staffed(toggle_points, Right.SELL),
            "schange": staffed(change, Right.SELL),
            "sales": staffed(history, reading=True),
            "buy": staffed(one, reading=True),
            "refall": staffed(refund_whole, Right.SELL),
            "refpart": staffed(refund_part, Right.SELL),
            "refok": staffed(refund, Right.SELL),
        },
        flows={
            selling.FLOW: waiting(sum_typed, Right.SELL),
            selling.REFUND_FLOW: waiting(refund_typed, Right.SELL),
        },
    )


async def sale(turn: Turn) -> Sequence[Effect]:
    """/sale ID amount [currency] [what] [promo:CODE]; without a sum it is asked for."""
    contact, said = await desk.subject(turn, "sale")  # keys: usage-sale
    draft = Draft(contact.id)
    return await _go_on(turn, await _read(turn, draft, said) if said else draft)


async def sale_to(turn: Turn) -> Sequence[Effect]:
    """A purchase of whom the card shows."""
    contact = await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
    return await _go_on(turn, Draft(contact.id))


async def bought_by_request(turn: Turn) -> Sequence[Effect]:
    """What a request brought."""
    return await _go_on(turn, await selling.of_request(turn.db, turn.staff, desk.numbers(turn, 1)[0]))


async def sum_typed(turn: Turn) -> Sequence[Effect]:
    """The sum that was asked for."""
    return await _go_on(turn, await _read(turn, Draft.from_json(desk.state(turn)["sale"]), turn.text))


async def record(turn: Turn) -> Sequence[Effect]:
    """The sum was looked at and is right. Pressed again, by whomever, it records nothing more."""
    draft = await _shown_draft(turn, recorded_too=True)
    key = selling.key(draft, turn.chat_id, turn.message_id or 0)
    sold = await selling.record(turn.tx, turn.place, turn.staff, draft, key=key, now=turn.now)
    contact = await permitting.contact(turn.db, draft.contact)
    screen = receipts.recorded(
        desk.reader(turn),
        await desk.who(turn, contact),
        await _seen(turn, sold.purchase),
        used=sold.used,
        balance=sold.balance if turn.playbook.loyalty is not None else None,
    )
    memo = {"contact": contact.id, "sale": draft.to_json(), "recorded": sold.purchase.id}
    return [Edit(screen, memo=memo), Toast(turn.words.plain("did-sale"))]


async def toggle_points(turn: Turn) -> Sequence[Effect]:
    """With points, as many as may be used, or without."""
    draft = await _shown_draft(turn)
    contact = await permitting.contact(turn.db, draft.contact)
    quote = selling.quote(turn.place, contact, draft)
    draft = replace(draft, points=0 if quote.points else quote.usable)
    return [Edit(await _confirmation(turn, contact, draft), memo=_memo(draft))]


async def change(turn: Turn) -> Sequence[Effect]:
    """Another sum for the same."""
    draft = await _shown_draft(turn)
    return await _go_on(turn, replace(draft, minor=None, points=0))


async def history(turn: Turn) -> Sequence[Effect]:
    """What somebody bought, the newest first."""
    contact_id, offset = desk.numbers(turn, 2)
    contact = await permitting.contact(turn.db, contact_id)
    found = await purchases.of_contact(turn.db, contact.id, limit=PAGE + 1, offset=offset)
    screen = receipts.history(
        desk.reader(turn),
        await desk.who(turn, contact),
        await selling.shown(turn.db, turn.place, found[:PAGE]),
        purchases=contact.purchases,
        spent=contact.spent,
        currency=turn.playbook.money.currency,
        offset=offset,
        size=PAGE,
        more=len(found) > PAGE,
    )
    return [Edit(screen, memo={"contact": contact.id})]


async def one(turn: Turn) -> Sequence[Effect]:
    """One purchase, and what may be done about it."""
    bought, contact = await _purchase(turn)
    screen = receipts.one(desk.reader(turn), await desk.who(turn, contact), await _seen(turn, bought))
    return [Edit(screen, memo={"contact": contact.id})]


async def refund_whole(turn: Turn) -> Sequence[Effect]:
    """All that is left of it: surely?"""
    bought, contact = await _purchase(turn)
    return [Edit(await _refund_asked(turn, bought, contact, bought.value - bought.refunded))]


async def refund_part(turn: Turn) -> Sequence[Effect]:
    """How much?"""
    bought, contact = await _purchase(turn)
    desk.enter(turn, selling.REFUND_FLOW, {"purchase": bought.id})
    who = await desk.who(turn, contact)
    return [Say(receipts.ask_refund(desk.reader(turn), who, await _seen(turn, bought)))]


async def refund_typed(turn: Turn) -> Sequence[Effect]:
    """The sum that goes back."""
    bought = await selling.purchase(turn.db, int(desk.state(turn)["purchase"]))
    contact = await permitting.contact(turn.db, bought.contact_id)
    value = selling.read_refund(turn.place, bought, turn.text)
    if isinstance(value, Unread):
        who, seen = await desk.who(turn, contact), await _seen(turn, bought)
        return [Say(receipts.ask_refund(desk.reader(turn), who, seen, problem=value.reason, params=value.params))]
    turn.conversation.leave()
    return [Say(await _refund_asked(turn, bought, contact, value), memo={"contact": contact.id})]


async def refund(turn: Turn) -> Sequence[Effect]:
    """Surely. The button says what had been refunded when it was shown: pressed again it gives back nothing more."""
    purchase_id, seen, value = desk.numbers(turn, 3)
    done = await selling.refund(turn.tx, turn.place, turn.staff, purchase_id, value, seen=seen, now=turn.now)
    contact = await permitting.contact(turn.db, done.purchase.contact_id)
    screen = receipts.refunded(
        desk.reader(turn),
        await desk.who(turn, contact),
        await _seen(turn, done.purchase),
        done.value,
        points=done.returned - done.taken,
    )
    return [Edit(screen, memo={"contact": contact.id}), Toast(turn.words.plain("did-refund"))]


async def points(turn: Turn) -> Sequence[Effect]:
    """/points ID: how somebody stands; /points ID +50 reason: given by hand."""
    contact, said = await desk.subject(turn, "points")
    who, memo = await desk.who(turn, contact), {"contact": contact.id}
    if said:
        amount, balance = await rewarding.correct(turn.tx, turn.place, turn.staff, contact.id, said, now=turn.now)
        return [Say(point_pages.corrected(turn.words, who, amount, balance), memo=memo)]
    account = await rewarding.account(turn.db, turn.place, contact)
    if account is None:
        raise Refused("refused-points-off")
    return [Say(point_pages.of(desk.reader(turn), who, account), memo=memo)]


# -------------------------------------------------------------------------------------------------- what is asked next


async def _go_on(turn: Turn, draft: Draft) -> Sequence[Effect]:
    """The question for the sum; or, when it is there, what it comes to."""
    contact = await permitting.contact(turn.db, draft.contact)
    if draft.minor is not None and draft.problem is None:
        if turn.conversation.flow == selling.FLOW:
            turn.conversation.leave()
        return [Say(await _confirmation(turn, contact, draft), memo=_memo(draft))]
    desk.enter(turn, selling.FLOW, {"sale": draft.to_json()})
    currency = turn.playbook.money.currency
    who = await desk.who(turn, contact)
    asked = receipts.ask_sum(desk.reader(turn), who, currency=currency, problem=draft.problem, params=draft.params)
    return [Say(asked)]


async def _read(turn: Turn, draft: Draft, said: str) -> Draft:
    return await selling.read(turn.db, turn.place, draft, said, now=turn.now)


async def _confirmation(turn: Turn, contact: Contact, draft: Draft) -> Screen:
    return receipts.confirm(
        desk.reader(turn),
        await desk.who(turn, contact),
        selling.quote(turn.place, contact, draft),
        what=draft.what,
        promo=draft.promo,
        refused=(draft.code or "", draft.refused) if draft.refused is not None else None,
        before=draft.nth,
    )


def _memo(draft: Draft) -> dict[str, object]:
    return {"contact": draft.contact, "sale": draft.to_json()}


async def _shown_draft(turn: Turn, *, recorded_too: bool = False) -> Draft:
    """What the confirmation under which the button was pressed is about; not of one that is recorded, but for whoever
    says who did it."""
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0) or {}
    if "sale" not in memo or ("recorded" in memo and not recorded_too):
        raise Refused("refused-sale-gone")
    return Draft.from_json(memo["sale"])


async def _purchase(turn: Turn) -> tuple[Purchase, Contact]:
    """The purchase that a button names, and whose it is."""
    bought = await selling.purchase(turn.db, desk.numbers(turn, 1)[0])
    return bought, await permitting.contact(turn.db, bought.contact_id)


async def _seen(turn: Turn, bought: Purchase) -> Bought:
    (seen,) = await selling.shown(turn.db, turn.place, [bought])
    return seen


async def _refund_asked(turn: Turn, bought: Purchase, contact: Contact, value: int) -> Screen:
    who = await desk.who(turn, contact)
    return receipts.confirm_refund(desk.reader(turn), who, await _seen(turn, bought), value)
