"""Groups, topics, members, and who speaks there."""

import pytest

from simulator.client import Desk, Group, Person
from simulator.refusals import ControlError
from tests.simulator.conftest import Bot


async def test_a_topic_is_opened_renamed_closed_reopened_and_deleted(bot: Bot, team: Group) -> None:
    topic = await bot.does("createForumTopic", chat_id=team.id, name="Olga")
    where = {"chat_id": team.id, "message_thread_id": topic["message_thread_id"]}
    sent = await bot.does("sendMessage", **where, text="card")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic["message_thread_id"], True)
    await bot.does("editForumTopic", **where, name="Olga ✓")
    assert await bot.refused("editForumTopic", **where, name="Olga ✓") == "Bad Request: TOPIC_NOT_MODIFIED"
    await bot.does("closeForumTopic", **where)
    assert await bot.refused("closeForumTopic", **where) == "Bad Request: TOPIC_NOT_MODIFIED"
    await bot.does("reopenForumTopic", **where)
    await bot.does("deleteForumTopic", **where)
    assert await bot.refused("sendMessage", **where, text="x") == "Bad Request: message thread not found"
    assert await bot.refused("closeForumTopic", **where) == "Bad Request: TOPIC_ID_INVALID"


async def test_a_topic_needs_a_forum_a_name_and_rights(bot: Bot, desk: Desk, olga: Person, team: Group) -> None:
    plain = await desk.group("Plain", olga)
    assert await bot.refused("createForumTopic", chat_id=plain.id, name="x") == "Bad Request: the chat is not a forum"
    assert await bot.refused("createForumTopic", chat_id=team.id, name=" ") == "Bad Request: TOPIC_TITLE_EMPTY"
    assert (await bot.call("createForumTopic", chat_id=team.id, name="x" * 129))["error_code"] == 400
    await team.changes("bot", status="member", by=olga.id)
    words = await bot.refused("createForumTopic", chat_id=team.id, name="x")
    assert words == "Bad Request: not enough rights to manage topics"


async def test_an_anonymous_administrator_and_a_channel_have_their_pseudo_users(
    bot: Bot, desk: Desk, olga: Person, team: Group
) -> None:
    channel = await desk.group("News", type="channel")
    await olga.says("as the group", chat=team.id, anonymous=True)
    await olga.says("as a channel", chat=team.id, as_channel=channel.id)
    first, second = (update["message"] for update in await bot.updates())
    assert (first["from"]["id"], first["sender_chat"]["id"]) == (1087968824, team.id)
    assert (second["from"]["id"], second["sender_chat"]["id"]) == (136817688, channel.id)


async def test_in_privacy_mode_only_commands_and_replies_are_seen(bot: Bot, olga: Person, team: Group) -> None:
    await team.changes("bot", status="member", by=olga.id)
    sent = await bot.does("sendMessage", chat_id=team.id, text="card")
    here = olga.at(team)
    assert (await here.says("chatter"))["update_id"] is None
    assert (await here.says("/id"))["update_id"] is not None
    assert (await here.says("/id@other_bot"))["update_id"] is None
    assert (await here.says("yes", reply_to=sent["message_id"]))["update_id"] is not None


async def test_members_come_and_go_and_chat_member_must_be_asked_for(bot: Bot, ivan: Person, team: Group) -> None:
    await bot.updates(allowed_updates=["message", "chat_member"])
    await team.changes("members", user_id=ivan.id)
    updates = await bot.updates()
    assert [list(update)[1] for update in updates] == ["message", "chat_member"]
    assert updates[0]["message"]["new_chat_members"][0]["id"] == ivan.id
    assert updates[1]["chat_member"]["old_chat_member"]["status"] == "left"
    assert (await bot.does("getChatMember", chat_id=team.id, user_id=ivan.id))["status"] == "member"
    await team.changes("members", user_id=ivan.id, status="administrator")
    admins = await bot.does("getChatAdministrators", chat_id=team.id)
    assert {member["user"]["id"] for member in admins} == {ivan.id, bot.simulator.world.bot_id}


async def test_who_is_not_in_a_group_cannot_write_there(ivan: Person, team: Group) -> None:
    with pytest.raises(ControlError, match="not in this chat"):
        await ivan.says("hello", chat=team.id)


async def test_blocking_and_unblocking_are_told_at_once(bot: Bot, olga: Person) -> None:
    await olga.blocks()
    with pytest.raises(ControlError, match="unblock it first"):
        await olga.says("hello")
    await olga.starts()
    moved = [u["my_chat_member"]["new_chat_member"]["status"] for u in await bot.updates() if "my_chat_member" in u]
    assert moved == ["kicked", "member"]
    assert (await bot.updates())[-1]["message"]["text"] == "/start"


async def test_a_bot_that_left_is_no_member(bot: Bot, team: Group) -> None:
    await bot.does("leaveChat", chat_id=team.id)
    words = await bot.refused("sendMessage", chat_id=team.id, text="x")
    assert words == "Forbidden: bot is not a member of the supergroup chat"


async def test_start_carries_a_payload_of_64_safe_characters(bot: Bot, ivan: Person) -> None:
    await ivan.starts("ads_vk-1")
    message = (await bot.updates())[-1]["message"]
    assert message["text"] == "/start ads_vk-1"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    for payload in ("x" * 65, "ads vk", "реклама"):
        with pytest.raises(ControlError):
            await ivan.starts(payload)


async def test_an_edited_message_is_a_new_kind_of_update(bot: Bot, olga: Person) -> None:
    sent = await olga.says("helo")
    await olga.edits(sent["message_id"], "hello")
    edited = (await bot.updates())[-1]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("hello", sent["message_id"])
    assert "edit_date" in edited


async def test_a_forward_names_where_it_is_from(bot: Bot, olga: Person, team: Group) -> None:
    sent = await olga.at(team).says("/take 7")
    await olga.forwards(sent["message_id"], from_chat=team.id)
    message = (await bot.updates())[-1]["message"]
    assert (message["forward_origin"]["sender_user"]["id"], message["chat"]["id"]) == (olga.id, olga.id)
