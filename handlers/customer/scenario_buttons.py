"""The buttons under a scenario's message, as the person presses them."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.customer import capture, inputs
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import meeting, scenario_presses
from services.refusals import Refused
from views.messages import Effect, Toast

_LARGEST = 2**53


def routes() -> Routes:
    return Routes(presses={"sc": Route(pressed)})


async def pressed(turn: Turn) -> Sequence[Effect]:
    """A form begins, or somebody is going to call."""
    journey_id, step, number = _numbers(turn.args)
    contact = await meeting.meet(turn.tx, turn.contact, inputs.profile(turn), now=turn.now)
    done = await scenario_presses.press(turn.tx, turn.place, contact, journey_id, step, number, now=turn.now)
    if done.button.form is not None:
        return await capture.begin(turn, done.button.form)
    return [*done.heard, Toast(turn.words.plain("scenario-call-heard"), alert=True)]


def _numbers(data: str) -> tuple[int, int, int]:
    """The way, the step and the button. Raises Refused for data that no button of ours has."""
    parts = data.split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and int(part[:20]) < _LARGEST for part in parts):
        raise Refused("refused-stale")
    return int(parts[0]), int(parts[1]), int(parts[2])
