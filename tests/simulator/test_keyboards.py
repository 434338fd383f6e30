"""Keyboards: their shape, and what pressing does."""

from typing import Any

import pytest

from simulator.client import Desk, Group, Person
from simulator.refusals import ControlError
from tests.simulator.conftest import Bot

PREFIX = "Bad Request: can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x"}, PREFIX + "Text buttons are unallowed in the inline keyboard"),
        (
            {"text": "x", "callback_data": "a", "url": "https://a.com"},
            PREFIX + "Exactly one optional field must be used",
        ),
        ({"callback_data": "a"}, PREFIX + 'Can\'t find field "text"'),
        ({"text": "x", "callback_data": "ж" * 33}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "Bad Request: BUTTON_DATA_INVALID"),
        (
            {"text": "x", "url": "not a url"},
            "Bad Request: inline keyboard button URL 'not a url' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "copy_text": {"text": "c" * 257}}, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_a_wrong_inline_button_is_refused(bot: Bot, olga: Person, button: dict[str, Any], words: str) -> None:
    keyboard = {"inline_keyboard": [[button]]}
    assert await bot.refused("sendMessage", chat_id=olga.id, text="x", reply_markup=keyboard) == words


async def test_callback_data_has_up_to_64_bytes_and_empty_rows_vanish(bot: Bot, olga: Person) -> None:
    keyboard = {"inline_keyboard": [[], [{"text": "x", "callback_data": "ж" * 32}], []]}
    sent = await bot.does("sendMessage", chat_id=olga.id, text="x", reply_markup=keyboard)
    assert len(sent["reply_markup"]["inline_keyboard"]) == 1
    big = {"inline_keyboard": [[{"text": "x", "callback_data": "a"}] * 8] * 13}
    words = await bot.refused("sendMessage", chat_id=olga.id, text="x", reply_markup=big)
    assert words == "Bad Request: REPLY_MARKUP_TOO_LONG"


async def test_a_reply_keyboard_stays_until_it_is_removed(bot: Bot, olga: Person) -> None:
    keyboard = {"keyboard": [["Yes", {"text": "No"}]], "resize_keyboard": True, "input_field_placeholder": "Answer"}
    sent = await bot.does("sendMessage", chat_id=olga.id, text="?", reply_markup=keyboard)
    assert "reply_markup" not in sent
    assert await olga.keyboard() == ["Yes", "No"]
    await olga.presses("Yes")
    assert await olga.keyboard() == ["Yes", "No"]
    await bot.does("sendMessage", chat_id=olga.id, text="ok", reply_markup={"remove_keyboard": True})
    assert await olga.keyboard() == []


async def test_a_one_time_keyboard_hides_after_use(bot: Bot, olga: Person) -> None:
    keyboard = {"keyboard": [["Yes"]], "one_time_keyboard": True}
    await bot.does("sendMessage", chat_id=olga.id, text="?", reply_markup=keyboard)
    await olga.presses("Yes")
    assert await olga.keyboard() == []
    assert (await bot.updates())[-1]["message"]["text"] == "Yes"


async def test_the_contact_button_shares_ones_own_verified_contact(bot: Bot, olga: Person) -> None:
    keyboard = {"keyboard": [[{"text": "My phone", "request_contact": True}]]}
    await bot.does("sendMessage", chat_id=olga.id, text="?", reply_markup=keyboard)
    await olga.presses("My phone")
    message = (await bot.updates())[-1]["message"]
    assert message["contact"] == {
        "phone_number": "+380501112233",
        "first_name": "Olga",
        "user_id": message["from"]["id"],
    }
    await olga.shares_contact(phone="+49301234567", first_name="Hans")
    assert "user_id" not in (await bot.updates())[-1]["message"]["contact"]


async def test_contact_and_location_buttons_are_for_private_chats(bot: Bot, team: Group) -> None:
    for field, words in (("request_contact", "phone number"), ("request_location", "location")):
        keyboard = {"keyboard": [[{"text": "x", field: True}]]}
        said = await bot.refused("sendMessage", chat_id=team.id, text="x", reply_markup=keyboard)
        assert said == f"Bad Request: {words} can be requested in private chats only"


async def test_a_reply_keyboard_must_have_buttons_and_a_short_placeholder(bot: Bot, olga: Person) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"keyboard": []},
        {"keyboard": [[""]]},
        {"keyboard": [["x"]], "input_field_placeholder": "x" * 65},
    )
    for keyboard in wrong:
        assert (await bot.call("sendMessage", chat_id=olga.id, text="x", reply_markup=keyboard))["error_code"] == 400


async def test_force_reply_shows_until_the_person_writes(bot: Bot, olga: Person) -> None:
    await bot.does("sendMessage", chat_id=olga.id, text="Name?", reply_markup={"force_reply": True})
    assert (await olga.window())["force_reply"] is not None
    await olga.says("Olga")
    assert (await olga.window())["force_reply"] is None


async def _question(bot: Bot, olga: Person) -> None:
    keyboard = {
        "inline_keyboard": [[{"text": "Take", "callback_data": "take:7"}, {"text": "Site", "url": "https://a.com"}]]
    }
    await bot.does("sendMessage", chat_id=olga.id, text="New request", reply_markup=keyboard)


async def test_a_press_is_answered_once_and_its_toast_is_shown(bot: Bot, olga: Person) -> None:
    await _question(bot, olga)
    press = await olga.presses("Take", wait=0)
    query = (await bot.updates())[-1]["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (press["query_id"], "take:7", olga.id)
    assert query["message"]["text"] == "New request"
    await bot.does("answerCallbackQuery", callback_query_id=query["id"], text="Taken", show_alert=True)
    toast = (await olga.window())["toasts"][0]
    assert (toast["text"], toast["alert"], toast["query_id"]) == ("Taken", True, query["id"])
    words = await bot.refused("answerCallbackQuery", callback_query_id=query["id"])
    assert words == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_press_older_than_150_seconds_is_too_old(bot: Bot, desk: Desk, olga: Person) -> None:
    await _question(bot, olga)
    press = await olga.presses("Take", wait=0)
    await desk.advance(151)
    words = await bot.refused("answerCallbackQuery", callback_query_id=press["query_id"])
    assert words.startswith("Bad Request: query is too old")
    words = await bot.refused("answerCallbackQuery", callback_query_id="1")
    assert words.startswith("Bad Request: query is too old")


async def test_an_answer_to_a_press_has_up_to_200_characters(bot: Bot, olga: Person) -> None:
    await _question(bot, olga)
    press = await olga.presses("Take", wait=0)
    words = await bot.refused("answerCallbackQuery", callback_query_id=press["query_id"], text="x" * 201)
    assert words == "Bad Request: MESSAGE_TOO_LONG"
    await bot.does("answerCallbackQuery", callback_query_id=press["query_id"], text="x" * 200)


async def test_other_buttons_open_and_missing_ones_are_named(bot: Bot, olga: Person) -> None:
    await _question(bot, olga)
    assert (await olga.presses("Site"))["open"] == "https://a.com"
    with pytest.raises(AssertionError, match="no button 'Drop'"):
        await olga.presses("Drop")
    with pytest.raises(ControlError):
        await olga.does("presses", data="drop")


async def test_an_old_button_can_still_be_pressed_by_an_app_that_lags(bot: Bot, olga: Person) -> None:
    sent = await bot.does("sendMessage", chat_id=olga.id, text="hi")
    await olga.does("presses", message_id=sent["message_id"], data="gone", stale=True)
    assert (await bot.updates())[-1]["callback_query"]["data"] == "gone"
