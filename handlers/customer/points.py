"""A customer's own points: /points."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.customer import capture
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import rewarding
from views import point_pages
from views.messages import Effect, Say


def routes() -> Routes:
    return Routes(commands={"points": Route(mine)})


async def mine(turn: Turn) -> Sequence[Effect]:
    """The balance, the level, what is missing to the next, the last moves."""
    account = await rewarding.account(turn.db, turn.place, turn.contact)
    screen = (
        point_pages.none(turn.words)
        if account is None
        else point_pages.own(turn.words, account, zone=turn.zone, now=turn.now)
    )
    return [Say(screen), *await capture.where_stopped(turn)]
