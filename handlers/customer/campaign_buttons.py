"""The buttons under a campaign's message, as the person presses them."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.customer import capture, inputs
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import campaigning_answers, meeting
from services.campaigning_answers import Pressed
from services.refusals import Refused
from views import campaign_messages
from views.messages import Button, Edit, Effect, Say, Screen, Toast

LARGEST = 2**53


def routes() -> Routes:
    return Routes(presses={"camp": Route(pressed)})


async def pressed(turn: Turn) -> Sequence[Effect]:
    """What the button stands for. Under a test message it only says that it works."""
    number, place = _parts(turn)
    if turn.staff is not None and turn.contact is None:
        return [Toast(turn.words.plain("campaign-only-test"))]
    contact = await meeting.meet(turn.tx, turn.contact, inputs.profile(turn), now=turn.now)
    done = await campaigning_answers.press(turn.tx, turn.place, contact, number, place, now=turn.now)
    match done.choice.does:
        case "link":
            return _link(turn, done)
        case "form":
            return await capture.begin(turn, done.choice.value)
        case "call":
            return [*done.heard, Toast(turn.words.plain("campaign-call-soon"), alert=True)]
    return [*done.heard]


def _link(turn: Turn, done: Pressed) -> Sequence[Effect]:
    """The first tap is counted, the second opens: Telegram tells a bot of no tap on an address."""
    toast = Toast(turn.words.plain("campaign-tap-again"))
    if done.said is None:
        link = Button(done.choice.title, url=done.choice.value)
        return [Say(Screen(turn.words("campaign-tap-again"), ((link,),))), toast]
    return [Edit(campaign_messages.opened(done.said, done.place, done.choice.value)), toast]


def _parts(turn: Turn) -> tuple[int, int]:
    """The campaign's number and the button's place. Raises Refused for data that no button of ours has."""
    number, _, place = turn.args.partition(":")
    for part in (number, place):
        if not (part.isascii() and part.isdecimal() and int(part[:20]) < LARGEST):
            raise Refused("refused-stale")
    return int(number), int(place)
