"""What Telegram answers, in its own words, and what the network does: each means one thing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.methods import SendMessage

from bot.session import Session
from scheduler.answers import Answer, classify
from simulator.client import Desk, sitting_at
from simulator.server import Simulator, running

SAID = [
    (403, "Forbidden: bot was blocked by the user", Answer.UNREACHABLE),
    (403, "Forbidden: user is deactivated", Answer.UNREACHABLE),
    (403, "Forbidden: bot was kicked from the supergroup chat", Answer.UNREACHABLE),
    (403, "Forbidden: bot can't initiate conversation with a user", Answer.UNREACHABLE),
    (400, "Bad Request: chat not found", Answer.UNREACHABLE),
    (400, "Bad Request: PEER_ID_INVALID", Answer.UNREACHABLE),
    (400, "Bad Request: not enough rights to send text messages to the chat", Answer.UNREACHABLE),
    (400, "Bad Request: message is not modified: specified new message content is exactly the same", Answer.SAME),
    (400, "Bad Request: message to edit not found", Answer.GONE),
    (400, "Bad Request: message can't be edited", Answer.GONE),
    (400, "Bad Request: message to delete not found", Answer.GONE),
    (400, "Bad Request: message thread not found", Answer.NO_TOPIC),
    (400, "Bad Request: TOPIC_CLOSED", Answer.NO_TOPIC),
    (400, "Bad Request: can't parse entities: Unsupported start tag", Answer.REFUSED),
    (400, "Bad Request: message is too long", Answer.REFUSED),
    (400, "Bad Request: a refusal that nobody has seen yet", Answer.REFUSED),
    (413, "Request Entity Too Large", Answer.REFUSED),
    (409, "Conflict: terminated by other getUpdates request", Answer.REFUSED),
    (401, "Unauthorized", Answer.UNAUTHORIZED),
    (500, "Internal Server Error", Answer.IN_DOUBT),
    (502, "Bad Gateway", Answer.IN_DOUBT),
]


@pytest.fixture
async def desk() -> AsyncIterator[tuple[Desk, Bot]]:
    async with running(Simulator()) as simulator, sitting_at(simulator.url) as desk:
        await desk.person("Olga", id=1001)
        bot = Bot(simulator.token, session=Session(simulator.url))
        yield desk, bot
        await bot.session.close()


async def answer(bot: Bot) -> Answer:
    with pytest.raises(Exception) as raised:
        await bot(SendMessage(chat_id=1001, text="hi"))
    return classify(raised.value).answer


async def test_every_refusal_of_telegrams_means_one_thing(desk: tuple[Desk, Bot]) -> None:
    at, bot = desk
    got = []
    for code, words, _ in SAID:
        await at.fault("error", "sendMessage", code=code, description=words, times=1)
        got.append((words, await answer(bot)))
    assert got == [(words, meant) for _, words, meant in SAID]


async def test_a_flood_says_how_long_to_wait(desk: tuple[Desk, Bot]) -> None:
    at, bot = desk
    await at.fault("flood", "sendMessage", retry_after=37, times=1)
    with pytest.raises(Exception) as raised:
        await bot(SendMessage(chat_id=1001, text="hi"))
    verdict = classify(raised.value)
    assert (verdict.answer, verdict.retry_after) == (Answer.RETRY_AFTER, 37)


@pytest.mark.parametrize("kind", ["reset", "lost", "html", "server"])
async def test_what_breaks_after_the_request_went_out_is_in_doubt(desk: tuple[Desk, Bot], kind: str) -> None:
    at, bot = desk
    await at.fault(kind, "sendMessage", times=1)
    assert await answer(bot) is Answer.IN_DOUBT


async def test_a_connection_that_was_refused_sent_nothing() -> None:
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    bot = Bot("42:x", session=Session(f"http://127.0.0.1:{port}"))
    assert await answer(bot) is Answer.NOT_SENT
    await bot.session.close()


def test_a_mistake_of_ours_is_never_retried() -> None:
    assert classify(KeyError("x")).answer is Answer.REFUSED
