"""The team's door: /start, /help, /cancel and /points, which customers have too, and /id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm.permissions import Right
from handlers.routes import Handler, Route, Routes
from handlers.staff import desk, pages, sales
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import permitting
from storage import requests, tasks
from views import staff_door
from views.messages import Effect, Say, Screen

_CARD = "card_"


def routes() -> Routes:
    return Routes(commands={"id": Route(chat_number, in_groups=True)})


def share(whole: Routes) -> None:
    """Gives the team its own answers to the commands that customers have too. Called when all topics are joined."""
    ours = {"start": start, "help": assist, "cancel": cancel, "points": sales.points}
    for command, handler in ours.items():
        theirs = whole.commands[command]
        whole.commands[command] = Route(_either(staffed(handler).handler, theirs.handler), in_groups=True)


def _either(ours: Handler, theirs: Handler) -> Handler:
    async def handler(turn: Turn) -> Sequence[Effect]:
        if turn.staff is not None and _is_ours(turn):
            return await ours(turn)
        if not turn.private:
            return []
        if turn.args.startswith(_CARD):
            # A link to a card in the hands of somebody else: it opens nothing, and is no source of theirs.
            turn.args = ""
        return await theirs(turn)

    return handler


def _is_ours(turn: Turn) -> bool:
    """In a form that one of the team tries out, /cancel is the form's. A form's link opens the form for them too."""
    if turn.conversation.flow is not None and turn.conversation.flow not in desk.FLOWS:
        return not turn.private or turn.args.startswith(_CARD)
    return not turn.args.startswith("form_")


async def start(turn: Turn) -> Sequence[Effect]:
    """/start: what waits; or the card that a link names."""
    member = permitting.require(turn.staff, Right.SEE)
    number = turn.args.removeprefix(_CARD)
    if number != turn.args and desk.is_id(number):
        return await pages.opened(turn, await permitting.contact(turn.db, int(number)))
    screen = staff_door.greeting(
        turn.words,
        name=turn.user.full_name[:64],
        role=member.role,
        open_requests=await requests.count_open(turn.db),
        tasks=await tasks.count_open(turn.db, member.id),
    )
    return [Say(replace(screen, protect=True))]


async def assist(turn: Turn) -> Sequence[Effect]:
    """/help: what this role can do."""
    return [Say(staff_door.help_page(turn.words, role=permitting.require(turn.staff, Right.SEE).role))]


async def cancel(turn: Turn) -> Sequence[Effect]:
    """/cancel: the question that was open was closed by the command itself."""
    return [Say(Screen(turn.words("dropped")))]


async def chat_number(turn: Turn) -> Sequence[Effect]:
    """/id, in any chat: so that TEAM_CHAT_ID and OWNER_IDS can be found. In a group only the team is heard."""
    if not turn.private and turn.staff is None:
        return []
    return [Say(staff_door.chat_number(turn.words, turn.chat_id, private=turn.private))]
