"""Promo codes under campaigns: a code goes out only if a sale will take it on the day when it arrives."""

from __future__ import annotations

from datetime import date
from typing import Final

from crm import loyalty
from crm.campaign_letters import Choice, Letter
from crm.loyalty import Closed
from crm.playbook_sales import Promo
from services.refusals import Refused
from services.workplace import Place
from storage import purchases
from storage.engine import Reads

EXAMPLE: Final = "SPRING15"
"""What a code looks like where the playbook has none."""
NAMED: Final = 10
_LONGEST: Final = 40


def example(place: Place) -> str:
    """A code that tells how one is written: one of the business's own."""
    return next((one.code for one in place.playbooks.current.promos), EXAMPLE)


async def of_button(db: Reads, place: Place, choice: Choice, *, today: date) -> str:
    """The code as the playbook writes it. Raises Refused for one that no sale will take; one that is yet to begin is told
    of when the campaign's own day is known."""
    if not (choice.title and choice.value):
        raise Refused("refused-campaign-button-promo", code=example(place))
    promos, code = place.playbooks.current.promos, choice.value[:_LONGEST]
    promo = loyalty.promo_named(promos, choice.value)
    if promo is None and not promos:
        raise Refused("refused-campaign-promo-none", code=code)
    if promo is None:
        raise Refused("refused-campaign-promo", code=code, known=", ".join(one.code for one in promos[:NAMED]))
    if (closed := await _closed(db, promo, max(today, promo.since or today))) is not None:
        raise _refusal(promo, closed)
    return promo.code


async def check(db: Reads, place: Place, letter: Letter, *, day: date) -> None:
    """Raises Refused where a code under the message will not be taken on the day of the business when it arrives. One that
    the playbook has no longer is sent as it was written: the owner has promised it."""
    for choice in letter.choices:
        promo = loyalty.promo_named(place.playbooks.current.promos, choice.value) if choice.does == "promo" else None
        if promo is not None and (closed := await _closed(db, promo, day)) is not None:
            raise _refusal(promo, closed)


async def _closed(db: Reads, promo: Promo, day: date) -> Closed | None:
    return loyalty.promo_closed(promo, today=day, used=await purchases.uses_of_promo(db, promo.code))


def _refusal(promo: Promo, closed: Closed) -> Refused:
    # keys: refused-campaign-promo-early refused-campaign-promo-over refused-campaign-promo-spent
    day = promo.since if closed == "early" else promo.until
    return Refused(f"refused-campaign-promo-{closed}", code=promo.code, day=day or "", alert=True)
