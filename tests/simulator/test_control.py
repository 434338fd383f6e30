"""The control API, the page's socket, and the client tests are written with."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError

from simulator.client import Desk, Person
from simulator.refusals import ControlError
from tests.patience import PATIENCE_SECONDS
from tests.simulator.conftest import Bot, Json


async def test_the_clock_moves_forward_and_messages_follow_it(bot: Bot, desk: Desk, olga: Person) -> None:
    before = await bot.does("sendMessage", chat_id=olga.id, text="now")
    await desk.advance(86_400)
    after = await bot.does("sendMessage", chat_id=olga.id, text="tomorrow")
    assert 86_400 <= after["date"] - before["date"] <= 86_410
    for wrong in ({"advance": -1}, {"offset": 0}, {"to": "2020-01-01T00:00:00+00:00"}, {"to": "2099-01-01T00:00:00"}):
        with pytest.raises(ControlError):
            await desk.ask("POST", "clock", wrong)
    assert (await desk.ask("POST", "clock", {"to": "2099-01-01T00:00:00+00:00"}))["offset"] > 86_400


async def test_who_waits_for_the_clock_hears_of_a_new_offset(desk: Desk) -> None:
    waiting = asyncio.create_task(desk.ask("GET", "clock", known=0, wait=20))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await desk.advance(3600)
    assert (await asyncio.wait_for(waiting, PATIENCE_SECONDS))["offset"] == 3600
    assert (await desk.ask("GET", "clock", known=3600, wait=0.05))["offset"] == 3600


async def test_the_log_of_calls_tells_rates_as_the_server_saw_them(bot: Bot, desk: Desk, olga: Person) -> None:
    begun = time.monotonic()
    for text in ("a", "b"):
        await bot.does("sendMessage", chat_id=olga.id, text=text)
    await bot.refused("sendMessage", chat_id=404, text="x")
    calls = await desk.calls("sendMessage")
    assert [(call["chat_id"], call["ok"], call["error_code"]) for call in calls] == [
        (olga.id, True, None),
        (olga.id, True, None),
        (404, False, 400),
    ]
    assert [call["params"]["text"] for call in calls] == ["a", "b", "x"]
    assert all(begun <= call["accepted"] <= call["replied"] <= time.monotonic() for call in calls)
    assert len(await desk.calls(chat=404)) == 1
    assert len(await desk.calls(after=calls[1]["n"])) == 1
    assert await desk.counts() == {"sendMessage": 3}
    await desk.ask("DELETE", "calls")
    assert await desk.calls() == []


async def test_stats_tell_what_waits_for_the_bot(bot: Bot, desk: Desk, olga: Person) -> None:
    update_id = (await olga.says("hello"))["update_id"]
    assert (await desk.stats())["pending"] == 1
    await bot.updates(offset=update_id + 1)
    stats = await desk.stats()
    assert (stats["pending"], stats["confirmed_offset"]) == (0, update_id + 1)
    await desk.settled()


async def test_many_updates_are_put_in_at_once(bot: Bot, desk: Desk, olga: Person) -> None:
    ids = await desk.inject(*({"from": olga.id, "text": f"{number}"} for number in range(50)))
    updates = await bot.updates()
    assert [update["update_id"] for update in updates] == ids
    assert [update["message"]["text"] for update in updates] == [f"{number}" for number in range(50)]


async def test_what_makes_no_sense_is_a_sentence_and_not_a_crash(desk: Desk, olga: Person) -> None:
    for path, body in (
        (f"people/{olga.id}/dances", {}),
        ("people/77/says", {"text": "x"}),
        (f"people/{olga.id}/says", {"text": ""}),
        (f"people/{olga.id}/presses", {}),
        ("people", {}),
        ("chats", {"type": "salon"}),
        ("faults", {"kind": "earthquake"}),
        ("flood", {"speed": 9}),
        ("clock", {}),
        ("nothing", {}),
    ):
        with pytest.raises(ControlError) as error:
            await desk.ask("POST", path, body)
        assert error.value.status in (400, 404, 409)
        assert error.value.sentence.endswith(".")


async def test_seeing_waits_for_the_message_and_fails_with_the_transcript(bot: Bot, olga: Person) -> None:
    seeing = asyncio.create_task(olga.sees("Hello", "Book"))
    await asyncio.sleep(0.05)
    markup = {"inline_keyboard": [[{"text": "Book", "callback_data": "b"}]]}
    await bot.does("sendMessage", chat_id=olga.id, text="Hello, Olga", reply_markup=markup)
    shown = await asyncio.wait_for(seeing, PATIENCE_SECONDS)
    assert (shown.buttons, shown.data("Book")) == (["Book"], "b")
    await olga.sees_nothing("Hello", within=0.05)
    with pytest.raises(AssertionError, match=r"bot: Hello, Olga  \['Book'\]"):
        await olga.sees("Goodbye", patience=0.05)
    olga.catch_up()
    await olga.sees("Hello")


async def test_messages_are_seen_in_their_order_and_edits_again(bot: Bot, olga: Person) -> None:
    for text in ("one", "two"):
        sent = await bot.does("sendMessage", chat_id=olga.id, text=text)
    assert (await olga.sees("o")).text == "one"
    assert (await olga.sees("o")).text == "two"
    await bot.does("editMessageText", chat_id=olga.id, message_id=sent["message_id"], text="two o'clock")
    assert (await olga.sees("o")).text == "two o'clock"


async def _next(socket: ClientWebSocketResponse, event: str) -> Json:
    """The next event of a kind, or the answer to an action."""
    while True:
        body: Json = await asyncio.wait_for(socket.receive_json(), PATIENCE_SECONDS)
        if body.get("event", "answer") == event:
            return body


async def test_the_page_gets_a_snapshot_then_every_event(bot: Bot, desk: Desk, olga: Person) -> None:
    await bot.does("sendMessage", chat_id=olga.id, text="<b>before</b>", parse_mode="HTML")
    async with ClientSession() as session, session.ws_connect(f"{desk.url}/sim/ws") as page:
        snapshot = await _next(page, "snapshot")
        assert [person["first_name"] for person in snapshot["people"]] == ["Olga"]
        assert [message["html"] for message in snapshot["chats"][0]["messages"]] == ["<b>before</b>"]
        keyboard = {"keyboard": [["Yes"]]}
        sent = await bot.does("sendMessage", chat_id=olga.id, text="hi", reply_markup=keyboard)
        assert (await _next(page, "message"))["message"]["text"] == "hi"
        assert (await _next(page, "keyboard"))["keyboard"]["rows"] == [[{"text": "Yes"}]]
        await bot.does("editMessageText", chat_id=olga.id, message_id=sent["message_id"], text="hello")
        assert (await _next(page, "edited"))["message"]["text"] == "hello"
        await bot.does("sendChatAction", chat_id=olga.id, action="typing")
        assert (await _next(page, "typing"))["action"] == "typing"
        await olga.reacts(sent["message_id"], "👍")
        assert (await _next(page, "reaction"))["reactions"] == [{"user_id": olga.id, "emoji": "👍"}]
        await bot.does("deleteMessage", chat_id=olga.id, message_id=sent["message_id"])
        assert (await _next(page, "deleted"))["message_ids"] == [sent["message_id"]]
        await olga.blocks()
        assert (await _next(page, "person"))["person"]["blocked"] is True
        await desk.advance(60)
        assert (await _next(page, "clock"))["offset"] == 60
        await bot.does("setMyCommands", commands=[{"command": "help", "description": "Help"}])
        await _next(page, "commands")
        await bot.does("setMyName", name="Studio")
        assert (await _next(page, "bot"))["bot"]["first_name"] == "Studio"


async def test_the_page_acts_by_the_same_verbs(bot: Bot, desk: Desk, olga: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "Take", "callback_data": "take"}]]}
    sent = await bot.does("sendMessage", chat_id=olga.id, text="?", reply_markup=markup)
    async with ClientSession() as session, session.ws_connect(f"{desk.url}/sim/ws") as page:
        await page.send_json({"id": 1, "do": "says", "person": olga.id, "text": "hello"})
        answer = await _next(page, "answer")
        assert (answer["re"], answer["ok"]) == (1, True)
        press = {"id": 2, "do": "presses", "person": olga.id, "message_id": sent["message_id"], "data": "take"}
        await page.send_json(press)
        query_id = (await _next(page, "answer"))["query_id"]
        await bot.does("answerCallbackQuery", callback_query_id=query_id, text="Yours")
        toast = await _next(page, "toast")
        assert (toast["query_id"], toast["text"], toast["person"]) == (query_id, "Yours", olga.id)
        for body, key in (
            ({"do": "commands", "person": olga.id}, "commands"),
            ({"do": "history", "chat": olga.id, "before": 10}, "messages"),
            ({"do": "clock", "advance": 60}, "offset"),
            ({"do": "create_person", "first_name": "Anna"}, "person"),
            ({"do": "create_chat", "title": "Team", "members": [olga.id]}, "chat"),
        ):
            await page.send_json({"id": 3, **body})
            assert key in await _next(page, "answer")
        for wrong in ({"do": "dance", "person": olga.id}, {"do": "says"}, {}):
            await page.send_json({"id": 4, **wrong})
            answer = await _next(page, "answer")
            assert (answer["re"], answer["ok"]) == (4, False)
        await page.send_str("not json")
        await page.send_json({"id": 5, "do": "ping"})
        assert (await _next(page, "answer"))["re"] == 5


async def test_a_page_from_elsewhere_may_not_connect(desk: Desk) -> None:
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError) as refusal:
            await session.ws_connect(f"{desk.url}/sim/ws", origin="https://evil.example")
    assert refusal.value.status == 403


async def test_a_full_chat_forgets_its_oldest_messages(bot: Bot, olga: Person) -> None:
    bot.simulator.world._keep_messages = 3
    for number in range(5):
        await bot.does("sendMessage", chat_id=olga.id, text=f"{number}")
    assert [message.text for message in await olga.messages()] == ["2", "3", "4"]


def test_the_command_line_serves_a_seed_until_it_is_told_to_stop(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"people": [{"id": 5, "first_name": "Анна"}], "chats": [{"title": "Team"}]}))
    command = [sys.executable, "-m", "simulator", "--port", "0", "--seed", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    wrong = subprocess.run([*command[:-1], str(tmp_path / "none.json")], capture_output=True, text=True, check=False)
    assert wrong.returncode != 0
    assert wrong.stderr.startswith("The simulator cannot start: ")
    assert "Traceback" not in wrong.stderr
