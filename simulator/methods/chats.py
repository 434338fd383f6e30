"""Chats and members as the bot may look at them."""

from simulator.chats import ADMINISTRATORS, Chat, Member
from simulator.members import bot_member, bot_moved, member_view
from simulator.methods.registry import method
from simulator.parameters import Parameters
from simulator.refusals import Json, bad_request
from simulator.world import World

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def _chat(world: World, parameters: Parameters) -> Chat:
    chat = world.find_chat(parameters.values.get("chat_id"))
    return chat if chat.private else world.writable(chat)


@method("getChat")
def get_chat(world: World, parameters: Parameters) -> Json:
    chat = _chat(world, parameters)
    full: Json = {
        **chat.face(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    pinned = [chat.messages[one] for one in chat.pinned if one in chat.messages]
    if pinned:
        full["pinned_message"] = pinned[-1].short()
    if chat.username:
        full["active_usernames"] = [chat.username]
    return full


@method("getChatMember")
def get_chat_member(world: World, parameters: Parameters) -> Json:
    chat = _chat(world, parameters)
    user_id = parameters.integer("user_id")
    if user_id is None:
        raise bad_request("invalid user_id specified")
    if user_id == world.bot_id:
        return bot_member(world, chat, chat.bot_status)
    if user_id not in world.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.private and user_id == chat.id:
        return member_view(world, Member(user_id))
    return member_view(world, chat.members.get(user_id) or Member(user_id, "left"))


@method("getChatAdministrators")
def get_chat_administrators(world: World, parameters: Parameters) -> list[Json]:
    chat = _chat(world, parameters)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    found = [member_view(world, one) for one in chat.members.values() if one.status in ADMINISTRATORS]
    if chat.bot_is_admin():
        found.append(bot_member(world, chat, chat.bot_status))
    return found


@method("getChatMemberCount")
def get_chat_member_count(world: World, parameters: Parameters) -> int:
    chat = _chat(world, parameters)
    return 2 if chat.private else 1 + sum(chat.has(user_id) for user_id in chat.members)


@method("leaveChat")
def leave_chat(world: World, parameters: Parameters) -> bool:
    chat = _chat(world, parameters)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    old, chat.bot_status = chat.bot_status, "left"
    world.chat_changed(chat)
    bot_moved(world, chat, world.profile.user, old, "left")
    return True
