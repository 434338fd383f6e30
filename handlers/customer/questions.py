"""A question about one's own card: answered by a form of one step, or "not now"."""

from __future__ import annotations

from collections.abc import Sequence

from crm import card_questions
from handlers.customer import capture
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import asking
from views import question_screens
from views.messages import Edit, Effect, Say


def routes() -> Routes:
    return Routes(presses={"tell": Route(tell), "nottell": Route(decline)})


async def tell(turn: Turn) -> Sequence[Effect]:
    """The form that asks. What the person is in the middle of waits as a draft."""
    await asking.asked(turn.db, turn.args, turn.contact)
    return await capture.begin(turn, card_questions.form_id(turn.args))


async def decline(turn: Turn) -> Sequence[Effect]:
    """Not now: nobody asks again for a good while."""
    was_open = await asking.decline(turn.tx, turn.conversation, turn.args, turn.contact, now=turn.now)
    closed = Edit(question_screens.settled(turn.words, told=False))
    # A form that was open may have a key on the screen, which goes only with a message.
    return [closed, Say(question_screens.let_go(turn.words))] if was_open else [closed]
