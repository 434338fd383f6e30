"""What Telegram's answer to a request means: the one place that classifies it, by a closed list.

The words are matched in lower case and in part: Telegram has changed their case before. What is not on the list is
refused for ever, so that a new kind of refusal can never become an endless retry.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum

import aiohttp
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)


class Answer(Enum):
    """What happened to a request, as far as its sender must know."""

    SENT = "sent"
    RETRY_AFTER = "retry after"  # surely not sent; Telegram said when
    NOT_SENT = "not sent"  # surely not sent; try again soon
    IN_DOUBT = "in doubt"  # it may have been sent: what to do is the message's own word
    UNREACHABLE = "unreachable"  # blocked, deactivated, never started, kicked
    MOVED = "moved"  # the group has a new id
    SAME = "same"  # an edit that changes nothing: as good as sent
    GONE = "gone"  # the message to edit is no longer there
    NO_TOPIC = "no topic"  # the topic is gone: the chat itself is not
    REFUSED = "refused"  # never to be tried again
    UNAUTHORIZED = "unauthorized"  # the token is no longer good: nothing can be sent


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, and what came with it. `reason` is Telegram's wording; it holds no person's data."""

    answer: Answer
    reason: str = ""
    retry_after: float = 0.0
    moved_to: int | None = None


_UNREACHABLE_WORDS = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "bot was blocked",
    "bot was kicked",
    "bot can't initiate conversation",
    "bot is not a member",
    "have no rights to send a message",
    "not enough rights to send",
    "chat_write_forbidden",
)


def classify(error: BaseException) -> Verdict:
    """What this exception of a request means."""
    reason = _words(error)
    match error:
        case TelegramRetryAfter():
            return Verdict(Answer.RETRY_AFTER, reason, retry_after=float(error.retry_after))
        case TelegramMigrateToChat():
            return Verdict(Answer.MOVED, reason, moved_to=error.migrate_to_chat_id)
        case TelegramForbiddenError():
            return Verdict(Answer.UNREACHABLE, reason)
        case TelegramUnauthorizedError():
            return Verdict(Answer.UNAUTHORIZED, reason)
        case TelegramBadRequest() | TelegramNotFound() | TelegramEntityTooLarge() | TelegramConflictError():
            return _refusal(reason)
        case TelegramServerError():
            # 5xx: the request may have been carried out before the server failed.
            return Verdict(Answer.IN_DOUBT, reason)
        case TelegramNetworkError():
            return _network(error.__cause__ or error.__context__ or error)
        case ClientDecodeError():
            # A proxy's page in place of JSON: nobody knows what happened behind it.
            return Verdict(Answer.IN_DOUBT, "the answer is not JSON")
        case TelegramAPIError():
            return _refusal(reason)
        case aiohttp.ClientError() | TimeoutError() | OSError():
            return _network(error)
    return Verdict(Answer.REFUSED, type(error).__name__)


def _refusal(reason: str) -> Verdict:
    words = reason.lower()
    if "message is not modified" in words:
        return Verdict(Answer.SAME, reason)
    if (
        "message to edit not found" in words
        or "message can't be edited" in words
        or "message to delete not found" in words
    ):
        return Verdict(Answer.GONE, reason)
    if "message thread not found" in words or "topic_deleted" in words or "topic_closed" in words:
        return Verdict(Answer.NO_TOPIC, reason)
    if any(marker in words for marker in _UNREACHABLE_WORDS):
        return Verdict(Answer.UNREACHABLE, reason)
    return Verdict(Answer.REFUSED, reason)


def _network(cause: BaseException) -> Verdict:
    """A connection that was never made sent nothing; one that broke later may have."""
    if isinstance(cause, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Verdict(Answer.NOT_SENT, type(cause).__name__)
    if isinstance(cause, TelegramNetworkError) and "Cannot connect" in str(cause):
        return Verdict(Answer.NOT_SENT, "cannot connect")
    if isinstance(cause, asyncio.TimeoutError):
        return Verdict(Answer.IN_DOUBT, "no answer in time")
    return Verdict(Answer.IN_DOUBT, type(cause).__name__)


def _words(error: BaseException) -> str:
    return str(getattr(error, "message", "") or type(error).__name__)[:200]
