"""/digest: what the day holds, now; and whether it comes by itself."""

from __future__ import annotations

from collections.abc import Sequence

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import digesting, permitting
from services.refusals import Refused
from views import digest_screens
from views.messages import Edit, Effect, Say


def routes() -> Routes:
    return Routes(
        commands={"digest": staffed(digest, Right.PLAN, reading=True)},
        presses={"digest": staffed(switch, Right.PLAN)},
    )


async def digest(turn: Turn) -> Sequence[Effect]:
    """/digest: one's own, as of now."""
    member = permitting.require(turn.staff, Right.PLAN)
    morning = await digesting.gather(turn.db, turn.place, member, now=turn.now)
    on = await digesting.is_on(turn.db, member)
    return [Say(digest_screens.screen(desk.reader(turn), morning, on=on))]


async def switch(turn: Turn) -> Sequence[Effect]:
    """`on` or `off`: from the next morning on."""
    if turn.args not in ("on", "off"):
        raise Refused("refused-stale")
    await digesting.switch(turn.tx, turn.staff, on=turn.args == "on")
    at = turn.playbook.digest.at
    return [Edit(digest_screens.switched(desk.reader(turn), on=turn.args == "on", at=at))]
