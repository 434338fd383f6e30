"""/quality: how good the base is, and the people behind each fault."""

from __future__ import annotations

from collections.abc import Sequence

from crm import quality
from handlers.routes import Routes
from handlers.staff import desk, lookup
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import assessing
from services.refusals import Refused
from views import quality_screens
from views.messages import Effect, Say


def routes() -> Routes:
    return Routes(
        commands={"quality": staffed(overview, reading=True)},
        presses={"qline": staffed(people, reading=True)},
    )


async def overview(turn: Turn) -> Sequence[Effect]:
    found = await assessing.state(turn.db, turn.place, now=turn.now)
    before = await assessing.scores(turn.db, turn.place, now=turn.now)
    screen = quality_screens.overview(
        desk.reader(turn), cards=found.cards, faults=found.faults, score=found.score, before=before
    )
    return [Say(screen)]


async def people(turn: Turn) -> Sequence[Effect]:
    """Who has this fault: a segment like any other, to be looked through and mended."""
    line = quality.line(turn.args)
    if line is None or line.query is None:
        raise Refused("refused-stale")
    return await lookup.listed(turn, line.query)
