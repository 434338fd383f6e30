"""Less advertising in one tap: "fewer of these" and "stop" under each advertisement, the same word typed, and undoing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from crm import folding
from handlers.customer import inputs
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import meeting, preferring
from services.preferring import Stopped
from storage import outbox
from storage.contacts import Contact
from views import preferences
from views.messages import Edit, Effect, Say

_WORDS: Final = frozenset(
    map(
        folding.fold,
        ("stop", "unsubscribe", "стоп", "отписаться", "отписка", "отпишите", "відписатися", "відписатись", "відписка"),
    )
)


def routes() -> Routes:
    return Routes(
        commands={"stop": Route(stop_typed)},
        presses={
            "stop": Route(stop),
            "unstop": Route(unstop),
            "fewer": Route(fewer),
            "unfewer": Route(unfewer),
        },
    )


def says_stop(text: str) -> bool:
    """Whether a message is nothing but the word by which people unsubscribe, in any of the three languages."""
    return len(text) < 32 and folding.fold(text.strip(" .!/")) in _WORDS


async def stop_typed(turn: Turn) -> Sequence[Effect]:
    """The word itself, or /stop."""
    turn.args = ""
    return await stop(turn)


async def stop(turn: Turn) -> Sequence[Effect]:
    """No more of it, at once; the button's data is the message's key."""
    contact = await _contact(turn)
    was = await preferring.stop(turn.tx, turn.place, contact, turn.args, message_id=turn.message_id, now=turn.now)
    return [Say(preferences.stopped(turn.words, was.purpose), memo=was.to_json())]


async def unstop(turn: Turn) -> Sequence[Effect]:
    contact, memo = await _contact(turn), await _memo(turn)
    was = Stopped.from_json(memo)
    await preferring.unstop(turn.tx, turn.place, contact, was, message_id=turn.message_id, now=turn.now)
    return [Edit(preferences.taken_back(turn.words), memo={})]


async def fewer(turn: Turn) -> Sequence[Effect]:
    """About half as much; what it was before is remembered under the answer."""
    before = await preferring.ease(turn.tx, await _contact(turn), turn.args, now=turn.now)
    return [Say(preferences.eased(turn.words), memo={"fewer": before})]


async def unfewer(turn: Turn) -> Sequence[Effect]:
    await preferring.unease(turn.tx, await _contact(turn), await _memo(turn), now=turn.now)
    return [Edit(preferences.taken_back(turn.words), memo={})]


async def _contact(turn: Turn) -> Contact:
    return await meeting.meet(turn.tx, turn.contact, inputs.profile(turn), now=turn.now)


async def _memo(turn: Turn) -> dict[str, Any]:
    return await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0) or {}
