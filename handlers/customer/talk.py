"""Words outside a form: they reach the team. Also words corrected later, and the bot being blocked or let back in."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import types

from crm.form_types import Unexpected
from handlers.customer import advertising, capture, inputs
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import capturing, listening, meeting
from services.listening import Heard
from views import customers
from views.messages import Effect, Say


def routes() -> Routes:
    return Routes(at_rest=Route(hear), edited=Route(edited), membership=Route(membership))


async def hear(turn: Turn) -> Sequence[Effect]:
    """Anything said when no question is open: a message to the team. The person is told so once in a while."""
    if advertising.says_stop(turn.text):
        return await advertising.stop_typed(turn)
    contact = await meeting.meet(turn.tx, turn.contact, inputs.profile(turn), now=turn.now)
    alerts = await listening.hear(turn.tx, turn.place, contact, heard(turn), now=turn.now)
    # One key an hour: of ten messages in a row one is answered.
    receipt = Say(customers.passed_on(turn.words), key=f"heard:{contact.id}:{turn.now:%Y%m%d%H}")
    return [receipt, *alerts]


async def edited(turn: Turn) -> Sequence[Effect]:
    """A message changed after it was sent: in mid-form the question stands as it was, else the team sees the change."""
    if turn.conversation.flow == capturing.FLOW:
        return await capture.advance(turn, Unexpected("edited"))
    if turn.contact is None or turn.staff is not None:
        return []
    return await listening.hear(turn.tx, turn.place, turn.contact, heard(turn), now=turn.now, edited=True)


async def membership(turn: Turn) -> Sequence[Effect]:
    """The person blocked the bot, or let it back in."""
    assert isinstance(turn.event, types.ChatMemberUpdated)
    if not turn.private or turn.contact is None:
        return []
    if turn.event.new_chat_member.status in ("kicked", "left"):
        await meeting.go_away(turn.tx, turn.contact, turn.user.id, now=turn.now)
    else:
        contact = turn.contact
        if contact.telegram_id != turn.user.id:
            contact = await meeting.answer_there(turn.tx, contact, turn.user.id, now=turn.now)
        await meeting.come_back(turn.tx, contact, now=turn.now)
    return []


def heard(turn: Turn) -> Heard:
    """The message as the team is to get it."""
    said = turn.message
    file = inputs.sent_file(said)
    return Heard(
        chat_id=turn.chat_id,
        message_id=said.message_id,
        text=said.text,
        caption=said.caption,
        kind=said.content_type,
        file=None if file is None else file.kept(),
    )
