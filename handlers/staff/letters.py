"""Letters to customers: the Reply button and what is written after it, and Telegram's own reply to any of the bot's
messages about somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm.permissions import Right
from handlers.routes import Route, Routes
from handlers.staff import desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import permitting, planning, replying
from services.replying import Letter
from storage import outbox
from views import staff_writing
from views.messages import Edit, Effect, Say, Screen, Toast


def routes(flows: Mapping[str, Route], at_rest: Route) -> Routes:
    """`flows` and `at_rest` take a reply to a message that is about nobody: it answers the question that is open, or is
    something to look for."""

    async def replied(turn: Turn) -> Sequence[Effect]:
        contact_id = await _meant(turn)
        if contact_id is not None:
            return await _send(turn, contact_id)
        open_flow = flows.get(turn.conversation.flow or "")
        if open_flow is not None and (turn.private or open_flow.in_groups):
            return await open_flow.handler(turn)
        return await at_rest.handler(turn) if turn.private else []

    return Routes(
        presses={"write": staffed(ask, Right.WRITE), "drop": staffed(drop)},
        flows={replying.FLOW: waiting(written, Right.WRITE)},
        staff_replies=staffed(replied, keeps_question=True),
    )


async def ask(turn: Turn) -> Sequence[Effect]:
    """The Reply button: the next message goes to this customer."""
    (contact_id,) = desk.numbers(turn, 1)
    contact = await replying.may_write(turn.tx, turn.staff, contact_id)
    desk.enter(turn, replying.FLOW, {"contact": contact.id})
    return [Say(staff_writing.asked(turn.words, await desk.who(turn, contact)), memo={"contact": contact.id})]


async def written(turn: Turn) -> Sequence[Effect]:
    """What was asked for. An album comes as several messages: those that belong to it follow the first."""
    state = desk.state(turn)
    album = turn.message.media_group_id
    if "album" in state and (album is None or album != state["album"]):
        turn.conversation.leave()
        return [Say(Screen(turn.words("write-over")))]
    said = await _send(turn, int(state["contact"]), again="album" in state)
    if album is not None:
        turn.conversation.enter(replying.FLOW, {**state, "album": album})
    return said


async def drop(turn: Turn) -> Sequence[Effect]:
    """Cancel under any question of the team's: it is not waited for any more. Under one that was `asked` and answered
    there is nothing left to cancel: it must not look as if what was recorded were gone, nor close the question that is
    open now."""
    if turn.args == "asked" and not await _is_open(turn):
        return [Edit(Screen(turn.words("dropped-late")))]
    if turn.conversation.flow in desk.FLOWS:
        turn.conversation.leave()
    return [Edit(Screen(turn.words("dropped"))), Toast(turn.words.plain("dropped"))]


async def _is_open(turn: Turn) -> bool:
    """Whether the question under which a button was pressed still waits."""
    open_ = desk.question(turn)
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0) or {}
    return open_ is not None and memo.get("question", open_) == open_


async def _send(turn: Turn, contact_id: int, *, again: bool = False) -> Sequence[Effect]:
    said = turn.message
    letter = Letter(turn.chat_id, said.message_id, said.text, said.caption, said.content_type)
    key = f"reply:{turn.update_key}"
    sent = await replying.reply(turn.tx, turn.place, turn.staff, contact_id, letter, key=key, now=turn.now)
    if turn.conversation.flow == replying.FLOW:
        turn.conversation.leave()
    if again:
        return sent.said
    zone = planning.zone_of(turn.place, sent.contact)
    until = None if sent.waits_until is None else turn.words.moment(sent.waits_until, zone, now=turn.now)
    receipt = staff_writing.sent(turn.words, await desk.who(turn, sent.contact), waits_until=until)
    return [*sent.said, Say(receipt, memo={"contact": sent.contact.id})]


async def _meant(turn: Turn) -> int | None:
    """Whom a reply is for. A reply to the very message whose question is open answers that question."""
    replied = turn.message.reply_to_message
    open_at = desk.state(turn).get("at") if turn.conversation.flow in desk.FLOWS else None
    if replied is not None and open_at is not None and replied.message_id == open_at:
        return None
    contact_id = await desk.replied_contact(turn)
    if contact_id is not None:
        permitting.require(turn.staff, Right.WRITE)
    return contact_id
