"""The card's button for somebody who is not on Telegram yet: a link that joins them to the card, with its picture."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import claiming
from views import claim_links
from views.messages import Effect, Say


def routes() -> Routes:
    return Routes(presses={"claim": staffed(offer, Right.EDIT)})


async def offer(turn: Turn) -> Sequence[Effect]:
    """A new link; the one given before works no more."""
    made = await claiming.offer(turn.tx, turn.place, turn.staff, desk.numbers(turn, 1)[0], now=turn.now)
    await asyncio.to_thread(claiming.draw, made.url, Path(turn.place.data_folder) / made.file)
    until = made.until.astimezone(turn.zone).date()
    screen = claim_links.link(turn.words, await desk.who(turn, made.contact), made.url, until, made.file)
    return [Say(screen, memo={"contact": made.contact.id})]
