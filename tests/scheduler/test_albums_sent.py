"""An album leaves in one request, and what has no place under it follows."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import EditMessageText, SendMediaGroup, SendMessage
from aiogram.types import InlineKeyboardMarkup

from scheduler.limiter import Limiter
from storage.engine import Database
from tests.clocks import NOON
from tests.scheduler.test_delivery import METHOD, Message, Post, Telegram
from tests.storage.makers import make_consent, make_contact
from views.messages import Attachment, Button, Screen

FILES = tuple(Attachment("photo", file_id=f"file-{number}") for number in range(3))
WITH_BUTTON = Screen("Look", ((Button("Open", "open"),),), album=FILES).to_json()
PLAIN = Screen("Look", album=FILES).to_json()


class Albums(Telegram):
    """Answers an album with its messages. `words_lost`: the answers to texts are lost."""

    words_lost = False

    async def __call__(self, method: Any) -> Any:
        if self.words_lost and isinstance(method, SendMessage):
            self.ordered = [TelegramServerError(method=METHOD, message="Bad Gateway")]
        first = await super().__call__(method)
        if not isinstance(method, SendMediaGroup):
            return first
        return [Message(first.message_id * 10 + place) for place in range(len(method.media))]


@pytest.fixture
async def post(database: Database) -> Post:
    return Post(database, Albums())


async def test_the_words_and_buttons_follow_the_files_as_their_own_message(post: Post) -> None:
    await post.add("album", payload=WITH_BUTTON, memo={"contact": 7})
    await post.work()
    files, words = post.telegram.requests
    assert [one.caption for one in files.media] == [None, None, None]
    assert isinstance(words, SendMessage)
    assert isinstance(words.reply_markup, InlineKeyboardMarkup)
    assert (words.text, words.reply_markup.inline_keyboard[0][0].callback_data) == ("Look", "open")
    row, under = await post.row("album"), await post.row("under:album")
    assert (row.state, row.message_id, row.memo) == ("sent", 1010, {"contact": 7, "album": [1010, 1011, 1012]})
    assert (under.state, under.after_id, under.memo["contact"]) == ("sent", row.id, 7)


async def test_without_buttons_it_is_one_message(post: Post) -> None:
    await post.add("album", payload=PLAIN)
    await post.work()
    (files,) = post.telegram.requests
    assert files.media[0].caption == "Look"
    assert await post.row("under:album") is None


async def test_in_doubt_an_advertisement_is_not_repeated_and_nothing_follows(post: Post) -> None:
    post.telegram.ordered = [TelegramServerError(method=METHOD, message="Bad Gateway")]
    await advertise(post)
    await post.work()
    assert len(post.telegram.requests) == 1
    assert (await post.row("campaign:1:1")).state == "unknown"
    assert await post.row("under:campaign:1:1") is None


async def test_words_in_doubt_are_not_repeated_either(post: Post) -> None:
    assert isinstance(post.telegram, Albums)
    post.telegram.words_lost = True
    await advertise(post)
    await post.work()
    assert [type(one) for one in post.telegram.requests] == [SendMediaGroup, SendMessage]
    assert ((await post.row("campaign:1:1")).state, (await post.row("under:campaign:1:1")).state) == ("sent", "unknown")


async def test_who_blocked_the_bot_gets_no_words(post: Post) -> None:
    post.telegram.ordered = [TelegramForbiddenError(method=METHOD, message="Forbidden: bot was blocked by the user")]
    await advertise(post)
    await post.work()
    assert len(post.telegram.requests) == 1
    assert (await post.row("campaign:1:1")).state == "failed"


async def test_an_album_that_was_told_to_wait_goes_again_whole(post: Post) -> None:
    post.telegram.ordered = [TelegramRetryAfter(method=METHOD, message="", retry_after=0)]
    await post.add("album", payload=PLAIN)
    await post.work()
    assert [type(one) for one in post.telegram.requests] == [SendMediaGroup, SendMediaGroup]
    assert (await post.row("album")).state == "sent"


async def test_an_edit_of_what_is_under_an_album_is_an_edit_of_a_text(post: Post) -> None:
    await post.add("album", payload=WITH_BUTTON)
    await post.work()
    await post.add("under:album", payload=Screen("Better").to_json(), revise=True)
    await post.work()
    edit = post.telegram.requests[-1]
    assert isinstance(edit, EditMessageText)
    assert edit.text == "Better"


async def test_an_album_waits_until_there_is_room_for_all_of_it(post: Post) -> None:
    """What is less urgent waits behind it, or it would wait for ever; who waits for an answer does not."""
    moments = {"now": 0.0}
    post.limited(Limiter(rate=4, per_chat=10_000, monotonic=lambda: moments["now"]))
    for chat in (11, 12):
        post.limiter.begin(chat)
    moments["now"] = 1.0
    await post.add("album", payload=PLAIN, purpose="staff", priority=1)
    await post.delivery.step()
    await post.add("another", chat=2, purpose="staff", priority=1)
    await post.add("answer", chat=3)
    await post.delivery.step()
    await post.landed()
    assert post.telegram.texts == ["answer"]
    for chat in (11, 12):
        post.limiter.end(chat)
    moments["now"] = 2.5
    post.delivery._departures.go()
    await post.landed()
    assert isinstance(post.telegram.requests[1], SendMediaGroup)


async def advertise(post: Post) -> None:
    """An album with a button, to somebody who agreed to advertising."""
    contact = await make_contact(post.database, telegram_id=1)
    await make_consent(post.database, contact, purpose="marketing")
    await post.add(
        "campaign:1:1",
        payload=WITH_BUTTON,
        purpose="marketing",
        priority=4,
        on_doubt="skip",
        contact_id=contact,
        due_at=NOON,
    )
