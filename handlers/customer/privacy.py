"""/privacy: what is kept, one's own data as a file, and being erased."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.customer import capture
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import consenting, exporting, forgetting
from services.refusals import Refused
from storage.conversations import Conversation
from views import my_data
from views.messages import Delete, Edit, Effect, Say


def routes() -> Routes:
    return Routes(commands={"privacy": Route(privacy)}, presses={"pv": Route(choose, heavy=True)})


async def privacy(turn: Turn) -> Sequence[Effect]:
    """The text, and what one can do."""
    screen = my_data.privacy(turn.words, turn.playbook, consenting.text_of(turn.playbook, turn.language))
    return [Say(screen), *await capture.where_stopped(turn)]


async def choose(turn: Turn) -> Sequence[Effect]:
    """A button of the screen; one that is not known brings the screen itself."""
    match turn.args:
        case "data":
            return await data(turn)
        case "erase":
            return [Edit(my_data.erase(turn.words))]
        case "erase2":
            return await erase(turn)
        case _:
            text = consenting.text_of(turn.playbook, turn.language)
            return [Edit(my_data.privacy(turn.words, turn.playbook, text))]


async def data(turn: Turn) -> Sequence[Effect]:
    """Everything known of the writer: once to be read, once for a program."""
    if turn.contact is None:
        return [Say(my_data.nothing(turn.words))]
    files = await exporting.of_person(turn.db, turn.playbook, turn.contact, turn.words, zone=turn.zone, now=turn.now)
    return [Say(my_data.file(turn.words, one)) for one in files]


async def erase(turn: Turn) -> Sequence[Effect]:
    """The second press: everything goes. The message that says so is the last one that knows this chat."""
    if turn.contact is None:
        raise Refused("refused-nothing-to-erase")
    words = turn.words
    alerts = await forgetting.erase(turn.tx, turn.place, turn.contact, now=turn.now)
    # What is said from here on is said to nobody the base knows.
    turn.contact, turn.conversation = None, Conversation(turn.chat_id, turn.user.id)
    return [Delete(), Say(my_data.erased(words)), *alerts]
