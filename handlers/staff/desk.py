"""The desk of the team: who may sit there and where it stands. Every staff handler is made a route here.

Rights are asked once more by the services, for each action; here it is only decided who is heard at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from aiogram import types

from crm import permissions
from crm.permissions import Right
from handlers.routes import For, Handler, Route
from handlers.turns import Turn
from services import (
    adding,
    annotating,
    attending,
    bulk_changing,
    campaigning,
    capturing,
    composing,
    importing,
    merging,
    permitting,
    planning,
    profiling,
    rebooking,
    replying,
    segmenting,
    selling,
    serving,
    showing,
    tagging,
)
from services.refusals import Refused
from storage import outbox
from storage.contacts import Contact
from views import staff_editing
from views.messages import Button, Effect, Say, Screen
from views.staff_names import Reader, Who

FLOWS: Final = frozenset(
    {
        replying.FLOW,
        serving.LOST_FLOW,
        annotating.NOTE_FLOW,
        annotating.FIELD_FLOW,
        tagging.FLOW,
        planning.FLOW,
        planning.WHOM_FLOW,
        adding.FLOW,
        segmenting.FLOW,
        bulk_changing.FLOW,
        campaigning.FLOW,
        composing.FLOW,
        profiling.FLOW,
        merging.FLOW,
        importing.FLOW,
        selling.FLOW,
        selling.REFUND_FLOW,
        rebooking.FLOW,
    }
)
PATIENCE: Final = timedelta(minutes=30)
"""How long a question waits for its answer: a name typed next morning to be found must not be sent to a customer."""
LARGEST_ID: Final = 2**53
ASKED: Final = "drop:asked"
"""The button under a question, which closes that question and no other."""
_ABOUT: Final = ("contact", "request", "purchase", "task", "import", "campaign")
GATHERS: Final = "gathers"
"""In the state of a question that was answered by the first file of this album: its other files are still to come, and
nothing else is waited for."""


def staffed(
    handler: Handler,
    right: Right = Right.SEE,
    *,
    reading: bool = False,
    heavy: bool = False,
    keeps_question: bool = False,
) -> Route:
    """A command or a button of the team's, in private and in the team's group. Another group hears nothing of
    customers. A command closes the question that is open, unless it `keeps_question`."""

    async def guarded(turn: Turn) -> Sequence[Effect]:
        permitting.require(turn.staff, right)
        if not turn.private and turn.chat_id != turn.place.team_chat_id:
            raise Refused("refused-elsewhere")
        typed = isinstance(turn.event, types.Message)
        if reading:
            said = await handler(turn)
            return [*said, *_still_open(turn)] if typed else said
        await _attend(turn)
        if typed and not keeps_question and turn.conversation.flow in FLOWS:
            # A command is no answer to the question that is open, and what follows it is none either.
            turn.conversation.leave()
        return _of_question(turn, await handler(turn))

    return Route(guarded, audience=For.STAFF, reading=reading, heavy=heavy, in_groups=True)


def waiting(handler: Handler, right: Right) -> Route:
    """A flow: the message that answers a question. Who has lost the right, or comes too late, is let out of it."""

    async def guarded(turn: Turn) -> Sequence[Effect]:
        if turn.staff is None or not permissions.allows(turn.staff.role, right):
            turn.conversation.leave()
            return [Say(Screen(turn.words(permitting.refusal(right))))]
        until = state(turn).get("until")
        if GATHERS not in state(turn) and (until is None or turn.now > datetime.fromisoformat(until)):
            turn.conversation.leave()
            return [Say(Screen(turn.words("flow-expired")))]
        return _of_question(turn, await handler(turn))

    return Route(guarded, in_groups=True)


def enter(turn: Turn, flow: str, state: dict[str, Any]) -> None:
    """The next message of this member in this chat answers a question. A form they were trying out is put aside."""
    capturing.put_aside(turn.conversation)
    at = turn.message_id if isinstance(turn.event, types.CallbackQuery) else None
    until = (turn.now + PATIENCE).isoformat()
    turn.conversation.enter(flow, {**state, "until": until, "at": at})


def state(turn: Turn) -> dict[str, Any]:
    """What the open question remembers."""
    return turn.conversation.state or {}


def question(turn: Turn) -> str | None:
    """Which question is open: what is asked, and of whom."""
    if turn.conversation.flow not in FLOWS:
        return None
    about = (state(turn)[name] for name in _ABOUT if name in state(turn))
    return f"{turn.conversation.flow}:{next(about, '')}"


def _of_question(turn: Turn, effects: Sequence[Effect]) -> list[Effect]:
    """A message with a Cancel remembers which question it cancels: another one may be open when it is pressed."""
    asked = question(turn)
    return [
        replace(one, memo={**(one.memo or {}), "question": asked})
        if asked is not None
        and isinstance(one, Say)
        and any(button.data == ASKED for row in one.screen.buttons for button in row)
        else one
        for one in effects
    ]


def reader(turn: Turn) -> Reader:
    """Who reads the answer."""
    changes, owns = (permissions.allows(turn.role, right) for right in (Right.EDIT, Right.OWN))
    return Reader(turn.words, turn.zone, turn.now, changes, owns)


def numbers(turn: Turn, count: int) -> list[int]:
    """The first numbers of a button's data. Raises Refused for data that no button of ours has."""
    parts = turn.args.split(":")[:count]
    if len(parts) < count or not all(map(is_id, parts)):
        raise Refused("refused-stale")
    return [int(part) for part in parts]


def is_id(text: str) -> bool:
    """Whether it is a number that a row could have."""
    return text.isascii() and text.isdecimal() and int(text[:20]) < LARGEST_ID


async def subject(turn: Turn, command: str) -> tuple[Contact, str]:
    """Whom a command is about, and the rest of its words: the contact of the message it replies to, or the number it
    begins with. Raises Refused, with how the command is written, when it names nobody."""
    found = await replied_contact(turn)
    if found is not None:
        return await permitting.contact(turn.db, found), turn.args
    first, _, rest = turn.args.replace("\n", " \n", 1).partition(" ")
    number = first.lstrip("#№")
    if not is_id(number):
        raise Refused(f"usage-{command}")
        # keys: usage-card usage-tag usage-untag usage-note usage-remind usage-why
    return await permitting.contact(turn.db, int(number)), rest.strip()


async def replied_contact(turn: Turn) -> int | None:
    """The contact that the replied-to message of the bot is about."""
    replied = turn.message.reply_to_message if isinstance(turn.event, types.Message) else None
    if replied is None:
        return None
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, replied.message_id)
    return (memo or {}).get("contact")


def role(turn: Turn) -> str:
    """What they are in the team; of nobody of it, a role that may nothing."""
    return turn.staff.role if turn.staff is not None else ""


async def who(turn: Turn, contact: Contact) -> Who:
    return await showing.who(turn.db, contact)


def usage(turn: Turn, command: str) -> Sequence[Effect]:
    return [Say(staff_editing.usage(turn.words, command))]


async def _attend(turn: Turn) -> None:
    if turn.staff is not None:
        await attending.note(
            turn.tx,
            turn.staff,
            name=turn.user.full_name,
            username=turn.user.username,
            language=turn.language,
            now=turn.now,
        )


def _still_open(turn: Turn) -> Sequence[Effect]:
    """A command that only reads cannot close the question: it is said that the next message still answers it."""
    if turn.conversation.flow not in FLOWS or GATHERS in state(turn):
        return []
    drop = Button(turn.words.plain("button-cancel"), "drop")
    return [Say(Screen(turn.words("flow-open"), ((drop,),)))]
