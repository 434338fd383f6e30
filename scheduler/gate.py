"""The one door to Telegram: what is said directly goes through it too, and so obeys the same silence."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from aiogram import Bot
from aiogram.methods import AnswerInlineQuery, TelegramMethod
from aiogram.types import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions

from scheduler import answers, methods
from scheduler.answers import Answer, Verdict
from scheduler.limiter import Limiter
from views.messages import InlineResults

log = structlog.get_logger()


class Gate:
    """Makes requests and says what became of them. It never raises for what Telegram or the network does."""

    def __init__(self, bot: Bot, limiter: Limiter) -> None:
        self.bot = bot
        self.limiter = limiter
        self._direct: set[asyncio.Task[None]] = set()

    async def call(self, method: TelegramMethod[Any]) -> tuple[Verdict, Any]:
        """The verdict, and Telegram's result when it was carried out."""
        try:
            result = await self.bot(method)
        except Exception as error:
            return answers.classify(error), None
        return Verdict(Answer.SENT), result

    def say_directly(self, method: TelegramMethod[Any]) -> None:
        """Says what cannot wait and need not survive, beside the outbox. A refusal (an old press) is nothing to mend."""
        if self.limiter.silent_for:
            return
        task = asyncio.create_task(self._say(method))
        self._direct.add(task)
        task.add_done_callback(self._direct.discard)

    async def _say(self, method: TelegramMethod[Any]) -> None:
        verdict, _ = await self.call(method)
        if verdict.answer is Answer.RETRY_AFTER:
            self.limiter.silence_all(verdict.retry_after)
        elif verdict.answer is not Answer.SENT:
            log.debug("not said", method=type(method).__name__, reason=verdict.reason)

    async def drain(self, *, within: float) -> None:
        """Waits for what is being said directly."""
        if self._direct:
            await asyncio.wait(self._direct, timeout=within)

    @staticmethod
    def inline_answer(query_id: str, results: InlineResults) -> AnswerInlineQuery:
        """Inline results for one person only, never kept by Telegram for another."""
        return AnswerInlineQuery(
            inline_query_id=query_id,
            results=[
                InlineQueryResultArticle(
                    id=found.id,
                    title=found.title,
                    description=found.description or None,
                    input_message_content=InputTextMessageContent(
                        message_text=found.text,
                        parse_mode="HTML",
                        link_preview_options=LinkPreviewOptions(is_disabled=True),
                    ),
                    reply_markup=methods.inline_keyboard(found.buttons),
                )
                for found in results.results
            ],
            is_personal=True,
            cache_time=0,
            next_offset=results.next_offset,
        )
