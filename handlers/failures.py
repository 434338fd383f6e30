"""What is said when there is nothing better to say: an unknown command, a button of a message gone stale, a mistake
of ours."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import CallbackQuery

from handlers.customer import capture
from handlers.routes import Route
from handlers.turns import Turn
from locales import words_in
from services.refusals import Refused
from storage import staff
from views import apologies
from views.messages import Effect, Say, Screen, Toast


async def unknown_command(turn: Turn) -> Sequence[Effect]:
    """One line instead of silence, and where a form stands; in a group the command may well be another bot's."""
    if not turn.private:
        return []
    return [Say(apologies.unknown_command(turn.words)), *await capture.where_stopped(turn)]


async def unknown_button(turn: Turn) -> Sequence[Effect]:
    """A button from an older version, or one that is not this person's to press."""
    return [Toast(apologies.stale_button(turn.words))]


async def nothing(turn: Turn) -> Sequence[Effect]:
    """Updates that need no answer."""
    return []


async def apologise(turn: Turn, where: str) -> Sequence[Effect]:
    """After the last attempt: the person hears that it was our mistake, each owner hears of it once a day."""
    said: list[Effect] = []
    if turn.private:
        said.append(Say(apologies.apology(turn.words), key=f"{turn.update_key}.sorry"))
    said += [
        Say(
            apologies.parked(words_in(owner.language or turn.place.language), where),
            chat_id=owner.telegram_id,
            key=f"trouble:{owner.id}:{turn.now:%Y-%m-%d}:{where}"[:120],
        )
        for owner in await staff.active(turn.db, "owner")
    ]
    return said


def refused(refusal: Refused) -> Route:
    """Says why a service would not do what was asked: over the button that was pressed, or as a message."""

    async def handler(turn: Turn) -> Sequence[Effect]:
        if isinstance(turn.event, CallbackQuery):
            return [Toast(turn.words.plain(refusal.key, **refusal.values), alert=refusal.alert)]
        return [Say(Screen(turn.words(refusal.key, **refusal.values)))]

    return Route(handler)


UNKNOWN_COMMAND = Route(unknown_command)
UNKNOWN_BUTTON = Route(unknown_button)
NOTHING = Route(nothing)
