"""Sending, editing, copying and deleting, and what Telegram says when it will not."""

import pytest

from simulator.client import Desk, Group, Person
from tests.simulator.conftest import Bot

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def test_a_person_who_never_started_is_not_found(bot: Bot, ivan: Person) -> None:
    assert await bot.refused("sendMessage", chat_id=ivan.id, text="hi") == "Bad Request: chat not found"
    assert await bot.refused("sendMessage", chat_id=99999, text="hi") == "Bad Request: chat not found"
    assert await bot.refused("sendMessage", text="hi") == "Bad Request: chat_id is empty"


async def test_a_group_mate_who_never_started_cannot_be_written_to(bot: Bot, desk: Desk, ivan: Person) -> None:
    await desk.group("Team", ivan)
    words = await bot.refused("sendMessage", chat_id=ivan.id, text="hi")
    assert words == "Forbidden: bot can't initiate conversation with a user"


async def test_blocked_and_deactivated_are_403(bot: Bot, olga: Person) -> None:
    await olga.blocks()
    words = await bot.refused("sendMessage", chat_id=olga.id, text="hi")
    assert words == "Forbidden: bot was blocked by the user"
    await olga.unblocks()
    await bot.does("sendMessage", chat_id=olga.id, text="hi")
    await olga.does("deactivates")
    words = await bot.refused("sendMessage", chat_id=olga.id, text="hi")
    assert words == "Forbidden: user is deactivated"


async def test_a_bot_thrown_out_of_a_group_is_403(bot: Bot, desk: Desk, olga: Person) -> None:
    group = await desk.group("Team", olga, type="group")
    await group.changes("bot", status="kicked", by=olga.id)
    words = await bot.refused("sendMessage", chat_id=group.id, text="hi")
    assert words == "Forbidden: bot was kicked from the group chat"
    moved = (await bot.updates())[-1]["my_chat_member"]
    assert moved["new_chat_member"]["status"] == "kicked"


async def test_an_upgraded_group_names_its_new_id(bot: Bot, desk: Desk, olga: Person) -> None:
    group = await desk.group("Team", olga, type="group")
    new = (await group.changes("migrate"))["chat_id"]
    answer = await bot.call("sendMessage", chat_id=group.id, text="hi")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    await bot.does("sendMessage", chat_id=new, text="hi")


async def test_a_text_has_1_to_4096_utf16_units_after_entities(bot: Bot, olga: Person) -> None:
    fits = "😀" * 2048
    sent = await bot.does("sendMessage", chat_id=olga.id, text=f"<b>{fits}</b>", parse_mode="HTML")
    assert sent["entities"][0]["length"] == 4096
    assert await bot.refused("sendMessage", chat_id=olga.id, text=fits + "x") == "Bad Request: message is too long"
    for empty in ("", "  \n ", "<b> </b>"):
        words = await bot.refused("sendMessage", chat_id=olga.id, text=empty, parse_mode="HTML")
        assert words == "Bad Request: message text is empty"
    words = await bot.refused("editMessageText", chat_id=olga.id, message_id=sent["message_id"], text="x" * 4097)
    assert words == "Bad Request: MESSAGE_TOO_LONG"


async def test_a_caption_has_up_to_1024_units(bot: Bot, olga: Person) -> None:
    await bot.does("sendPhoto", chat_id=olga.id, photo=b"bytes", caption="я" * 1024)
    words = await bot.refused("sendPhoto", chat_id=olga.id, photo=b"bytes", caption="я" * 1025)
    assert words == "Bad Request: message caption is too long"


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, olga: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sent = await bot.does("sendMessage", chat_id=olga.id, text="hi", reply_markup=keyboard)
    same = {"chat_id": olga.id, "message_id": sent["message_id"], "text": "hi", "reply_markup": keyboard}
    assert await bot.refused("editMessageText", **same) == NOT_MODIFIED
    edited = await bot.does("editMessageText", **{**same, "text": "hello"})
    assert edited["text"] == "hello"
    assert "edit_date" in edited
    shown = await olga.last()
    assert (shown.text, shown.edited) == ("hello", True)


async def test_an_edit_without_buttons_takes_them_away(bot: Bot, olga: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sent = await bot.does("sendMessage", chat_id=olga.id, text="hi", reply_markup=keyboard)
    await bot.does("editMessageReplyMarkup", chat_id=olga.id, message_id=sent["message_id"])
    shown = await olga.last()
    assert (shown.buttons, shown.edited) == ([], False)


async def test_what_cannot_be_edited_is_said_in_telegrams_words(bot: Bot, olga: Person) -> None:
    his = (await olga.says("mine"))["message_id"]
    photo = await bot.does("sendPhoto", chat_id=olga.id, photo=b"bytes")
    cases = {
        999: "message to edit not found",
        his: "message can't be edited",
        photo["message_id"]: "there is no text in the message to edit",
    }
    for message_id, words in cases.items():
        said = await bot.refused("editMessageText", chat_id=olga.id, message_id=message_id, text="x")
        assert said == f"Bad Request: {words}"
    text = await bot.does("sendMessage", chat_id=olga.id, text="x")
    said = await bot.refused("editMessageCaption", chat_id=olga.id, message_id=text["message_id"], caption="x")
    assert said == "Bad Request: there is no caption in the message to edit"


async def test_a_message_is_deleted_within_48_hours_and_once(bot: Bot, desk: Desk, olga: Person) -> None:
    sent = await bot.does("sendMessage", chat_id=olga.id, text="hi")
    old = await bot.does("sendMessage", chat_id=olga.id, text="old")
    await bot.does("deleteMessage", chat_id=olga.id, message_id=sent["message_id"])
    words = await bot.refused("deleteMessage", chat_id=olga.id, message_id=sent["message_id"])
    assert words == "Bad Request: message to delete not found"
    await desk.advance(48 * 3600 + 1)
    words = await bot.refused("deleteMessage", chat_id=olga.id, message_id=old["message_id"])
    assert words == "Bad Request: message can't be deleted for everyone"
    assert [message.text for message in await olga.messages()] == ["old"]


async def test_many_messages_are_deleted_at_once_and_missing_ones_skipped(bot: Bot, olga: Person) -> None:
    ids = [(await bot.does("sendMessage", chat_id=olga.id, text="x"))["message_id"] for _ in range(3)]
    assert await bot.does("deleteMessages", chat_id=olga.id, message_ids=[*ids, 900])
    assert await olga.messages() == []
    words = await bot.refused("deleteMessages", chat_id=olga.id, message_ids=list(range(1, 102)))
    assert words == "Bad Request: too many message identifiers specified"


async def test_a_reply_needs_its_message_unless_it_may_do_without(bot: Bot, olga: Person) -> None:
    his = (await olga.says("question"))["message_id"]
    sent = await bot.does("sendMessage", chat_id=olga.id, text="answer", reply_parameters={"message_id": his})
    assert sent["reply_to_message"]["text"] == "question"
    words = await bot.refused("sendMessage", chat_id=olga.id, text="x", reply_parameters={"message_id": 77})
    assert words == "Bad Request: message to be replied not found"
    lenient = {"message_id": 77, "allow_sending_without_reply": True}
    await bot.does("sendMessage", chat_id=olga.id, text="x", reply_parameters=lenient)


async def test_a_protected_message_is_not_passed_on_by_people_or_bots(bot: Bot, olga: Person, team: Group) -> None:
    sent = await bot.does("sendMessage", chat_id=olga.id, text="secret", protect_content=True)
    assert sent["has_protected_content"] is True
    with pytest.raises(Exception, match="protected"):
        await olga.forwards(sent["message_id"], chat=team.id)
    where = {"chat_id": team.id, "from_chat_id": olga.id, "message_id": sent["message_id"]}
    assert await bot.refused("forwardMessage", **where) == "Bad Request: the message can't be forwarded"


async def test_copies_have_no_origin_and_forwards_have(bot: Bot, olga: Person, team: Group) -> None:
    his = (await olga.says("hello"))["message_id"]
    where = {"chat_id": team.id, "from_chat_id": olga.id, "message_id": his}
    copied = await bot.does("copyMessage", **where)
    assert set(copied) == {"message_id"}
    forwarded = await bot.does("forwardMessage", **where)
    assert forwarded["forward_origin"]["sender_user"]["id"] == olga.id
    assert await bot.refused("copyMessage", **{**where, "message_id": 99}) == "Bad Request: message to copy not found"
    words = await bot.refused("forwardMessage", **{**where, "message_id": 99})
    assert words == "Bad Request: message to forward not found"
    made = await bot.does("forwardMessages", chat_id=team.id, from_chat_id=olga.id, message_ids=[his, 99])
    assert len(made) == 1


async def test_reactions_are_of_the_usual_set_and_one_a_bot(bot: Bot, olga: Person) -> None:
    his = (await olga.says("done?"))["message_id"]
    where = {"chat_id": olga.id, "message_id": his}
    await bot.does("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👀"}])
    words = await bot.refused("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "✅"}])
    assert words == "Bad Request: REACTION_INVALID"
    two = [{"type": "emoji", "emoji": "👀"}, {"type": "emoji", "emoji": "👍"}]
    assert await bot.refused("setMessageReaction", **where, reaction=two) == "Bad Request: REACTIONS_TOO_MANY"
    assert (await olga.messages())[0].view["reactions"] == [{"user_id": bot.simulator.world.bot_id, "emoji": "👀"}]


async def test_polls_have_up_to_12_options_and_votes_reach_the_bot(bot: Bot, olga: Person) -> None:
    options = [{"text": str(number)} for number in range(11)]
    sent = await bot.does("sendPoll", chat_id=olga.id, question="0-10?", options=options, is_anonymous=False)
    await olga.does("votes", message_id=sent["message_id"], options=[9])
    answers = [u["poll_answer"] for u in await bot.updates() if "poll_answer" in u]
    assert [(a["option_ids"], a["user"]["id"]) for a in answers] == [([9], olga.id)]
    words = await bot.refused("sendPoll", chat_id=olga.id, question="?", options=["x"] * 13)
    assert words == "Bad Request: poll can't have more than 12 options"
    closed = await bot.does("stopPoll", chat_id=olga.id, message_id=sent["message_id"])
    assert closed["is_closed"]


async def test_other_kinds_are_sent_and_shown(bot: Bot, olga: Person) -> None:
    await bot.does("sendLocation", chat_id=olga.id, latitude=50.45, longitude=30.52)
    await bot.does("sendContact", chat_id=olga.id, phone_number="+380", first_name="Ivan")
    await bot.does("sendDice", chat_id=olga.id)
    await bot.does("sendVenue", chat_id=olga.id, latitude=1, longitude=1, title="Studio", address="Main st. 1")
    assert [m.kind for m in await olga.messages()] == ["location", "contact", "dice", "venue"]
    words = await bot.refused("sendLocation", chat_id=olga.id, latitude=91, longitude=0)
    assert words == "Bad Request: invalid location specified"


async def test_typing_is_seen_until_the_message_comes(bot: Bot, olga: Person) -> None:
    await bot.does("sendChatAction", chat_id=olga.id, action="typing")
    assert (await olga.window())["typing"] == "typing"
    await bot.does("sendMessage", chat_id=olga.id, text="hi")
    assert (await olga.window())["typing"] is None
    words = await bot.refused("sendChatAction", chat_id=olga.id, action="thinking")
    assert words == "Bad Request: wrong parameter action in request"


async def test_pins_need_rights_in_a_group(bot: Bot, olga: Person, team: Group) -> None:
    sent = await bot.does("sendMessage", chat_id=team.id, text="card")
    await bot.does("pinChatMessage", chat_id=team.id, message_id=sent["message_id"])
    assert (await bot.does("getChat", chat_id=team.id))["pinned_message"]["text"] == "card"
    await team.changes("bot", status="member", by=olga.id)
    words = await bot.refused("pinChatMessage", chat_id=team.id, message_id=sent["message_id"])
    assert words == "Bad Request: not enough rights to manage pinned messages in the chat"
