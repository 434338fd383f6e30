"""The bot's commands, texts and menu button, and inline search."""

from typing import Any

import pytest

from simulator.client import Desk, Group, Person
from tests.simulator.conftest import Bot


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": "does it"} for name in names]


async def test_the_narrowest_scope_and_ones_own_language_win(bot: Bot, olga: Person, team: Group) -> None:
    await bot.does("setMyCommands", commands=commands("help"))
    await bot.does("setMyCommands", commands=commands("new"), scope={"type": "all_private_chats"})
    await bot.does("setMyCommands", commands=commands("nove"), scope={"type": "all_private_chats"}, language_code="uk")
    assert await olga.menu() == ["nove"]
    assert await olga.menu(team.id) == ["help"]
    await bot.does("setMyCommands", commands=commands("find"), scope={"type": "chat", "chat_id": olga.id})
    assert await olga.menu() == ["find"]
    await bot.does("deleteMyCommands", scope={"type": "chat", "chat_id": olga.id})
    assert await olga.menu() == ["nove"]
    assert await bot.does("getMyCommands", scope={"type": "all_private_chats"}, language_code="uk") == commands("nove")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (commands(*[f"c{n}" for n in range(101)]), "BOT_COMMANDS_TOO_MUCH"),
        (commands("Help"), "BOT_COMMAND_INVALID"),
        (commands("x" * 33), "BOT_COMMAND_INVALID"),
        ([{"command": "help", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "help", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_are_checked(bot: Bot, given: list[Any], words: str) -> None:
    assert await bot.refused("setMyCommands", commands=given) == f"Bad Request: {words}"


async def test_name_and_descriptions_have_their_lengths_and_languages(bot: Bot) -> None:
    await bot.does("setMyName", name="Studio")
    await bot.does("setMyName", name="Студія", language_code="uk")
    assert (await bot.does("getMyName", language_code="uk"))["name"] == "Студія"
    assert (await bot.does("getMyName", language_code="de"))["name"] == "Studio"
    assert (await bot.does("getMe"))["first_name"] == "Studio"
    await bot.does("setMyDescription", description="x" * 512)
    await bot.does("setMyShortDescription", short_description="x" * 120)
    for method, field, length in (
        ("setMyName", "name", 65),
        ("setMyDescription", "description", 513),
        ("setMyShortDescription", "short_description", 121),
    ):
        assert (await bot.call(method, **{field: "x" * length}))["error_code"] == 400


async def test_the_menu_button_is_per_chat_or_for_all(bot: Bot, olga: Person) -> None:
    await bot.does("setChatMenuButton", menu_button={"type": "commands"})
    assert await bot.does("getChatMenuButton", chat_id=olga.id) == {"type": "commands"}
    words = await bot.refused("setChatMenuButton", menu_button={"type": "disco"})
    assert words == "Bad Request: can't parse menu button: Unsupported type specified"


def article(result_id: str, text: str = "<b>Ivan</b>") -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": result_id, "title": "Ivan", "input_message_content": content}


async def test_an_inline_search_is_answered_and_a_result_chosen(bot: Bot, olga: Person, team: Group) -> None:
    asked = await olga.searches("ivan", wait=0, chat=team.id)
    query = (await bot.updates())[-1]["inline_query"]
    assert (query["query"], query["chat_type"], query["id"]) == ("ivan", "supergroup", asked["query_id"])
    await bot.does(
        "answerInlineQuery", inline_query_id=query["id"], results=[article("1")], is_personal=True, cache_time=0
    )
    made = await olga.does("chooses", query_id=query["id"], result_id="1")
    shown = (await olga.messages())[-1]
    assert (shown.id, shown.text, shown.html) == (made["message_id"], "Ivan", "<b>Ivan</b>")
    assert shown.view["via_bot"]["id"] == bot.simulator.world.bot_id
    assert [u["chosen_inline_result"]["result_id"] for u in await bot.updates() if "chosen_inline_result" in u] == ["1"]
    words = await bot.refused("answerInlineQuery", inline_query_id=query["id"], results=[])
    assert words.startswith("Bad Request: query is too old")


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([article(str(n)) for n in range(51)], "RESULTS_TOO_MUCH"),
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("1", "<b>")], "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ([article("1", " ")], "message text is empty"),
    ],
)
async def test_inline_results_are_checked(bot: Bot, olga: Person, results: list[Any], words: str) -> None:
    asked = await olga.searches("x", wait=0)
    said = await bot.refused("answerInlineQuery", inline_query_id=asked["query_id"], results=results)
    assert said == f"Bad Request: {words}"


async def test_an_inline_query_has_up_to_256_characters(desk: Desk, olga: Person) -> None:
    with pytest.raises(Exception, match="256"):
        await olga.searches("x" * 257, wait=0)
