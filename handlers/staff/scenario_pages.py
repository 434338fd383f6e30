"""/scenarios: the repeat contacts that happen by themselves, what each brings, who gets what next, a rest for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm import permissions
from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import scenario_keeping
from views import scenario_screens
from views.messages import Edit, Effect, Say, Screen
from views.scenario_screens import First, Line

DAYS: Final = 30


def routes() -> Routes:
    return Routes(
        commands={"scenarios": staffed(listed, Right.EDIT, reading=True)},
        presses={
            "scens": staffed(back, Right.EDIT, reading=True),
            "scen": staffed(page, Right.EDIT, reading=True),
            "scensoon": staffed(coming, Right.EDIT, reading=True),
            "scenrest": staffed(rest, Right.OWN),
        },
    )


async def listed(turn: Turn) -> Sequence[Effect]:
    return [Say(await _list(turn))]


async def back(turn: Turn) -> Sequence[Effect]:
    return [Edit(await _list(turn))]


async def page(turn: Turn) -> Sequence[Effect]:
    """One scenario, and what it brought beside those who were only watched."""
    return [Edit(await _page(turn, turn.args))]


async def coming(turn: Turn) -> Sequence[Effect]:
    """Who gets what in the next thirty days, by what is known today."""
    found = await scenario_keeping.coming(turn.db, turn.place, days=DAYS, now=turn.now)
    titles = {one.id: scenario_screens.title(turn.words, one) for one in turn.playbook.scenarios}
    first = [
        First(due, titles[name], found.names.get(contact) or turn.words.plain("guest", number=str(contact)))
        for due, name, contact in found.first
        if name in titles
    ]
    return [
        Edit(scenario_screens.coming(desk.reader(turn), found.counts, titles, first, days=DAYS, more=bool(found.more)))
    ]


async def rest(turn: Turn) -> Sequence[Effect]:
    """A pause, or an end to it."""
    await scenario_keeping.pause(turn.tx, turn.place, turn.staff, turn.args, now=turn.now)
    return [Edit(await _page(turn, turn.args))]


async def _list(turn: Turn) -> Screen:
    found = await scenario_keeping.listed(turn.db, turn.place, now=turn.now)
    lines = [Line(one.scenario, one.is_paused, one.entered, one.sent) for one in found]
    return scenario_screens.listed(desk.reader(turn), lines)


async def _page(turn: Turn, scenario_id: str) -> Screen:
    shown = await scenario_keeping.shown(turn.db, turn.place, scenario_id, now=turn.now)
    return scenario_screens.page(
        desk.reader(turn),
        shown.scenario,
        shown.effect,
        shown.goal,
        paused_at=shown.paused_at,
        currency=turn.playbook.money.currency,
        may_pause=permissions.allows(desk.role(turn), Right.OWN),
    )
