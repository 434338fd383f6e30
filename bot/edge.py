"""The edge of the conversation: one update is one unit of work.

It opens the transaction, loads who is writing, finds the handler, writes what the handler wants to say as outbox rows,
and marks the update done. Whatever dies, the update takes effect once: all of that is one commit.
"""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram import types
from aiogram.methods import AnswerCallbackQuery
from pydantic import ValidationError

from bot.clock import Clock
from handlers import failures
from handlers.routes import For, Route, Routes
from handlers.turns import Turn
from scheduler.gate import Gate
from services import speaking
from services.refusals import Refused
from services.workplace import Place
from storage import conversations, inbox, outbox
from storage.engine import Database, Reads, Tx, Unavailable
from storage.inbox import Stored
from views.messages import Delete, Edit, Effect, InlineResults, Say, Toast

log = structlog.get_logger()

MAX_ATTEMPTS = 3
RETRY_SECONDS = (0.2, 1.0)
UNAVAILABLE_SECONDS = 1.0

# Pseudo-users: nobody to answer and nobody's rights (Telegram: service messages, anonymous admins, channels).
NOBODY = frozenset({777000, 1087968824, 136817688})


@dataclass(slots=True)
class _Arrival:
    """An update as the edge reads it, before anything is known of its writer."""

    event: types.Message | types.CallbackQuery | types.InlineQuery | types.ChatMemberUpdated | types.PollAnswer
    user: types.User
    chat_id: int
    private: bool
    thread_id: int | None
    edited: bool
    command: str | None
    args: str


class _ReadFirst(Exception):
    """The handler only reads: it is to be run on a reading connection."""


class Edge:
    """Handles stored updates."""

    def __init__(self, database: Database, place: Place, routes: Routes, clock: Clock, gate: Gate) -> None:
        self._database = database
        self._place = place
        self._routes = routes
        self._clock = clock
        self._gate = gate

    async def handle(self, stored: Stored) -> None:
        """Handles one update, with its retries. Never raises for a mistake of a handler: the update is parked then."""
        attempt = stored.attempts
        while True:
            try:
                await self._once(stored)
                return
            except Unavailable as error:
                # Not the handler's fault: nothing was written, the update waits in the inbox until the base is back.
                log.warning("database unavailable", error=str(error))
                await asyncio.sleep(UNAVAILABLE_SECONDS)
            except Exception as error:
                attempt += 1
                log.error("handler failed", update=stored.update_id, attempt=attempt, **_place_of(error))
                await self._failed(stored, error)
                if attempt >= MAX_ATTEMPTS:
                    return
                await asyncio.sleep(RETRY_SECONDS[min(attempt, len(RETRY_SECONDS)) - 1])

    # ------------------------------------------------------------------------------------------------ one attempt

    async def _once(self, stored: Stored) -> None:
        arrival = self._read(stored.payload)
        if arrival is None:
            await self._database.write(lambda tx: self._done(tx, stored), brief=True)
            return
        route = self._named_route(arrival)
        try:
            if route.reading:
                raise _ReadFirst
            said = await self._database.write(lambda tx: self._unit(tx, arrival, stored, None), brief=not route.heavy)
        except _ReadFirst:
            said = await self._look(arrival, stored)
            await self._database.write(lambda tx: self._unit(tx, arrival, stored, said), brief=True)
        except Refused as refusal:
            said = await self._refuse(arrival, stored, refusal)
        self._say_directly(arrival, said)

    async def _refuse(self, arrival: _Arrival, stored: Stored, refusal: Refused) -> Sequence[Effect]:
        """What the handler did is undone; the reader hears why, and the update is done."""

        async def unit(tx: Tx) -> Sequence[Effect]:
            return await self._unit(tx, arrival, stored, None, answer=failures.refused(refusal))

        return await self._database.write(unit, brief=True)

    async def _done(self, tx: Tx, stored: Stored) -> None:
        inbox.mark_done(tx, stored.id, now=self._clock.now())

    async def _look(self, arrival: _Arrival, stored: Stored) -> Sequence[Effect]:
        """Runs a reading handler beside the writer."""
        async with self._database.read() as reads:
            turn = await self._turn(reads, arrival, stored)
            try:
                return await self._route(arrival, turn).handler(turn)
            except Refused as refusal:
                return await failures.refused(refusal).handler(turn)

    async def _unit(
        self,
        tx: Tx,
        arrival: _Arrival,
        stored: Stored,
        effects: Sequence[Effect] | None,
        *,
        answer: Route | None = None,
    ) -> Sequence[Effect]:
        turn = await self._turn(tx, arrival, stored)
        if effects is None:
            route = answer or self._route(arrival, turn)
            if route.reading:
                raise _ReadFirst
            effects = await route.handler(turn)
            if turn.conversation.moved:
                conversations.save(tx, turn.conversation, now=turn.now)
        await self._write_effects(tx, turn, effects)
        inbox.mark_done(tx, stored.id, now=turn.now)
        return effects

    async def _turn(self, db: Reads, arrival: _Arrival, stored: Stored) -> Turn:
        known = await conversations.load(db, arrival.chat_id, arrival.user.id)
        return Turn(
            db=db,
            now=self._clock.now(),
            place=self._place,
            event=arrival.event,
            user=arrival.user,
            chat_id=arrival.chat_id,
            private=arrival.private,
            conversation=known.conversation,
            contact=known.contact,
            staff=known.staff,
            update_key=f"u{stored.id}",
            thread_id=arrival.thread_id,
            args=arrival.args,
            edited=arrival.edited,
        )

    # ------------------------------------------------------------------------------------------- reading an update

    def _read(self, payload: str) -> _Arrival | None:
        """The update as aiogram's types; None for one that says nothing to this bot."""
        try:
            update = types.Update.model_validate(json.loads(payload))
        except (ValidationError, ValueError):
            log.warning("an update that cannot be read is left aside")
            return None
        if update.callback_query is not None:
            press = update.callback_query
            data = press.data or ""
            where = press.message
            chat = where.chat if where is not None else None
            verb, _, args = data.partition(":")
            topic = where.message_thread_id if isinstance(where, types.Message) and where.is_topic_message else None
            return _Arrival(
                event=press,
                user=press.from_user,
                chat_id=chat.id if chat else press.from_user.id,
                private=chat is None or chat.type == "private",
                thread_id=topic,
                edited=False,
                command=verb,
                args=args,
            )
        if update.inline_query is not None:
            asked = update.inline_query
            who = asked.from_user
            return _Arrival(asked, who, who.id, True, None, False, None, asked.query)
        if update.my_chat_member is not None:
            change = update.my_chat_member
            return _Arrival(
                change, change.from_user, change.chat.id, change.chat.type == "private", None, False, None, ""
            )
        if update.poll_answer is not None and (voter := update.poll_answer.user) is not None:
            return _Arrival(update.poll_answer, voter, voter.id, True, None, False, None, "")
        message = update.message or update.edited_message
        if message is None or message.from_user is None or message.from_user.id in NOBODY or message.from_user.is_bot:
            return None
        command, args = (None, "") if update.edited_message else self._command(message)
        return _Arrival(
            event=message,
            user=message.from_user,
            chat_id=message.chat.id,
            private=message.chat.type == "private",
            thread_id=message.message_thread_id if message.is_topic_message else None,
            edited=update.edited_message is not None,
            command=command,
            args=args,
        )

    def _command(self, message: types.Message) -> tuple[str | None, str]:
        """A command the person typed: not one in a forwarded message, nor one meant for another bot."""
        text = message.text or ""
        if not text.startswith("/") or message.forward_origin is not None:
            return None, ""
        head, _, args = text.partition(" ")
        head, newline, more = head.partition("\n")
        name, _, bot = head[1:].partition("@")
        if bot and bot.lower() != self._place.username.lower():
            return None, ""
        return name.lower(), (more + " " + args if newline else args).strip()

    # ---------------------------------------------------------------------------------------------- finding a handler

    def _named_route(self, arrival: _Arrival) -> Route:
        """The route that the update alone decides: a command, a button, an inline query."""
        if isinstance(arrival.event, types.CallbackQuery):
            return self._routes.presses.get(arrival.command or "", failures.UNKNOWN_BUTTON)
        if isinstance(arrival.event, types.InlineQuery):
            return self._routes.inline or failures.NOTHING
        if arrival.command is not None:
            return self._routes.commands.get(arrival.command, failures.UNKNOWN_COMMAND)
        return failures.NOTHING

    def _route(self, arrival: _Arrival, turn: Turn) -> Route:
        """The route for this writer at this point of the conversation."""
        routes = self._routes
        if isinstance(arrival.event, types.ChatMemberUpdated):
            return routes.membership or failures.NOTHING
        if isinstance(arrival.event, types.PollAnswer):
            return routes.polls or failures.NOTHING
        if isinstance(arrival.event, types.CallbackQuery | types.InlineQuery) or arrival.command is not None:
            route = self._named_route(arrival)
            if route.audience is For.STAFF and turn.staff is None:
                route = (
                    failures.UNKNOWN_BUTTON
                    if isinstance(arrival.event, types.CallbackQuery)
                    else failures.UNKNOWN_COMMAND
                )
            return route if turn.private or route.in_groups else failures.NOTHING
        if not turn.private:
            return self._route_in_group(turn)
        if arrival.edited:
            return routes.edited or failures.NOTHING
        if turn.staff is not None and routes.staff_replies is not None and turn.message.reply_to_message is not None:
            return routes.staff_replies
        if turn.conversation.flow is not None and turn.conversation.flow in routes.flows:
            return routes.flows[turn.conversation.flow]
        if turn.staff is not None and turn.message.document is not None and routes.staff_documents is not None:
            return routes.staff_documents
        if turn.staff is not None:
            return routes.staff_at_rest or failures.NOTHING
        return routes.at_rest or failures.NOTHING

    def _route_in_group(self, turn: Turn) -> Route:
        """In a group the bot hears only the team: a reply to one of its messages, or the answer it is waiting for."""
        routes = self._routes
        if turn.staff is None or turn.chat_id != self._place.team_chat_id or turn.edited:
            return failures.NOTHING
        replied = turn.message.reply_to_message
        ours = (
            replied is not None and replied.from_user is not None and replied.from_user.username == self._place.username
        )
        if ours and routes.staff_replies is not None:
            return routes.staff_replies
        flow = routes.flows.get(turn.conversation.flow or "")
        return flow if flow is not None and flow.in_groups else failures.NOTHING

    # --------------------------------------------------------------------------------------------- writing what is said

    async def _write_effects(self, tx: Tx, turn: Turn, effects: Sequence[Effect]) -> None:
        """Writes what is to be said as outbox rows."""
        for place, effect in enumerate(effects):
            key = f"{turn.update_key}.{place}"
            if isinstance(effect, Say):
                self._write_say(tx, turn, effect, key)
            elif isinstance(effect, Edit):
                await self._write_edit(tx, turn, effect, key)
            elif isinstance(effect, Delete):
                chat_id, message_id = self._target(turn, effect)
                outbox.add(tx, self._row(turn, chat_id, {"delete": message_id}, key))

    @staticmethod
    def _write_say(tx: Tx, turn: Turn, say: Say, key: str) -> None:
        here = say.chat_id is None or say.chat_id == turn.chat_id
        to_customer = here and turn.private and turn.staff is None and turn.contact is not None
        speaking.say(
            tx,
            say,
            now=turn.now,
            key=key,
            chat_id=turn.chat_id,
            thread_id=turn.thread_id if here else None,
            contact_id=turn.contact.id if to_customer and turn.contact is not None else None,
        )

    async def _write_edit(self, tx: Tx, turn: Turn, edit: Edit, key: str) -> None:
        chat_id, message_id = self._target(turn, edit)
        payload = edit.screen.to_json()
        if not await outbox.revise_message(tx, chat_id, message_id, payload, edit.memo, now=turn.now, priority=0):
            outbox.add(tx, self._row(turn, chat_id, payload, key, message_id=message_id, memo=edit.memo))

    @staticmethod
    def _row(
        turn: Turn,
        chat_id: int,
        payload: dict[str, Any],
        key: str,
        *,
        message_id: int | None = None,
        memo: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        return outbox.row(
            key=key,
            chat_id=chat_id,
            payload=payload,
            memo=memo,
            purpose="answer",
            priority=0,
            due_at=turn.now,
            now=turn.now,
            message_id=message_id,
        )

    @staticmethod
    def _target(turn: Turn, effect: Edit | Delete) -> tuple[int, int]:
        message_id = effect.message_id if effect.message_id is not None else turn.message_id
        if message_id is None:
            raise ValueError("there is no message to change: the update came without one")
        return (effect.chat_id if effect.chat_id is not None else turn.chat_id), message_id

    def _say_directly(self, arrival: _Arrival, effects: Sequence[Effect]) -> None:
        """What cannot wait and need not survive: a press is always answered, an inline query gets its results."""
        event = arrival.event
        if isinstance(event, types.CallbackQuery):
            toast = next((effect for effect in effects if isinstance(effect, Toast)), Toast())
            self._gate.say_directly(
                AnswerCallbackQuery(
                    callback_query_id=event.id,
                    text=toast.text[:200] or None,
                    show_alert=toast.alert or None,
                    url=toast.url,
                    cache_time=0,
                )
            )
        elif isinstance(event, types.InlineQuery):
            results = next((effect for effect in effects if isinstance(effect, InlineResults)), InlineResults())
            self._gate.say_directly(self._gate.inline_answer(event.id, results))

    # ------------------------------------------------------------------------------------------------------- failing

    async def _failed(self, stored: Stored, error: Exception) -> None:
        """Counts a failed attempt; after the last one parks the update, with an apology and one word to the owner."""
        arrival = self._read(stored.payload)
        where = _place_of(error)["where"]
        apologises = arrival is not None

        async def unit(tx: Tx) -> None:
            attempts = await inbox.count_failure(tx, stored.id, where)
            if attempts < MAX_ATTEMPTS:
                return
            inbox.park(tx, stored.id, now=self._clock.now())
            if arrival is not None and apologises:
                turn = await self._turn(tx, arrival, stored)
                await self._write_effects(tx, turn, await failures.apologise(turn, where))

        while True:
            try:
                await self._database.write(unit)
                break
            except Unavailable:
                await asyncio.sleep(UNAVAILABLE_SECONDS)
            except Exception as another:
                if not apologises:
                    raise
                # The same mistake may be met by the apology: the update is parked without one.
                log.error("an apology failed", update=stored.update_id, **_place_of(another))
                apologises = False
        if arrival is not None and isinstance(arrival.event, types.CallbackQuery):
            self._say_directly(arrival, ())


def _place_of(error: Exception) -> dict[str, str]:
    """The error's type and the line it came from: what a developer needs, and nothing a person said."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    where = (
        f"{type(error).__name__} at {last.filename.rsplit('/', 2)[-1]}:{last.lineno}" if last else type(error).__name__
    )
    return {"where": where}
