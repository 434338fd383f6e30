"""The HTTP edge: tokens, methods, encodings; and what a mistaken client is told."""

import asyncio
import json

import pytest
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters

from simulator.client import Desk, Person
from simulator.methods import METHODS
from simulator.parameters import form
from simulator.server import Simulator
from tests.simulator.conftest import Bot


async def test_a_wrong_token_is_401_and_an_unknown_method_404(bot: Bot) -> None:
    async with bot.session.get(f"{bot.simulator.url}/bot1:wrong/getMe") as response:
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert await bot.refused("doMagic") == "Not Found"


async def test_method_names_are_of_any_case_and_get_works(bot: Bot, olga: Person) -> None:
    url = f"{bot.simulator.url}/bot{bot.simulator.token}/SENDMESSAGE"
    async with bot.session.get(url, params={"chat_id": str(olga.id), "text": "Привіт + 1"}) as response:
        assert (await response.json())["result"]["text"] == "Привіт + 1"


async def test_json_urlencoded_and_multipart_mean_the_same(bot: Bot, olga: Person) -> None:
    url = f"{bot.simulator.url}/bot{bot.simulator.token}/sendMessage"
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    body = {"chat_id": olga.id, "text": "Ї & 1+1=2%", "reply_markup": markup, "disable_notification": True}
    flat = {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
    async with bot.session.post(url, json=body) as response:
        first = (await response.json())["result"]
    async with bot.session.post(url, data=flat) as response:
        second = (await response.json())["result"]
    third = await bot.does("sendMessage", **body, unused=b"makes it multipart")
    for answer in (first, second, third):
        assert (answer["text"], answer["reply_markup"]) == (body["text"], markup)


def test_forms_are_decoded_as_they_were_encoded() -> None:
    assert form(b"a=1+2&b=%D0%AF%20%2B&c=&=x&d=%ZZ") == {"a": "1 2", "b": "Я +", "c": "", "": "x", "d": "%ZZ"}


async def test_a_broken_body_is_a_400(bot: Bot, olga: Person) -> None:
    url = f"{bot.simulator.url}/bot{bot.simulator.token}/sendMessage"
    async with bot.session.post(url, data=b"{", headers={"Content-Type": "application/json"}) as response:
        assert (await response.json())["error_code"] == 400
    words = await bot.refused("sendMessage", chat_id=olga.id, text="x", reply_markup="{")
    assert words == "Bad Request: can't parse reply_markup JSON object"


@pytest.mark.parametrize("garbage", ["[]", "[1]", "{}", '{"type": 1}', "nonsense", '["x", {}]', "-1", ""])
async def test_garbage_is_answered_by_every_method_and_never_a_crash(bot: Bot, olga: Person, garbage: str) -> None:
    await bot.does("sendMessage", chat_id=olga.id, text="x")
    names = ("text", "media", "options", "commands", "scope", "results", "reaction", "message_ids", "menu_button")
    given = dict.fromkeys((*names, "reply_parameters", "reply_markup", "entities", "question", "offset"), garbage)
    for name, _ in METHODS.values():
        answer = await bot.call(name, chat_id=olga.id, from_chat_id=olga.id, message_id=1, **given)
        assert answer["ok"] or answer["error_code"] in (400, 403)


async def test_nothing_outside_the_pages_folder_is_served(bot: Bot) -> None:
    for path in ("/../server.py", "/%2e%2e/server.py", "//etc/passwd"):
        async with bot.session.get(f"{bot.simulator.url}{path}") as response:
            assert response.status == 404


async def test_aiogram_talks_to_it_as_to_telegram(simulator: Simulator, desk: Desk, olga: Person) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(simulator.url))
    async with AiogramBot(simulator.token, session=session) as bot:
        assert (await bot.me()).username == "kartoteka_bot"
        asked = await olga.says("hello")
        (update,) = await bot.get_updates(allowed_updates=["message", "callback_query"])
        assert update.message is not None
        assert update.message.text == "hello"
        markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ok", callback_data="ok")]])
        await bot.send_message(
            olga.id,
            "<b>Hi</b>",
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
            reply_parameters=ReplyParameters(message_id=asked["message_id"]),
        )
        sent = await bot.send_document(olga.id, BufferedInputFile(b"a,b", "base.csv"), caption="Your data")
        assert sent.document is not None
        downloaded = await bot.download(sent.document)
        assert downloaded is not None
        assert downloaded.read() == b"a,b"
        press = asyncio.create_task(olga.toast("Ok"))
        (pressed,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert pressed.callback_query is not None
        await bot.answer_callback_query(pressed.callback_query.id, text="Done")
        assert await press == "Done"
