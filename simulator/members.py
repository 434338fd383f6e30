"""Members as the Bot API words them, and what changes of membership tell the bot."""

from typing import Any

from simulator.chats import Chat, Member
from simulator.refusals import Json
from simulator.world import World

_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def chat_member(user: Json, status: str, *, anonymous: bool = False, title: str | None = None) -> Json:
    """A ChatMember object of any status."""
    view: dict[str, Any] = {"status": status, "user": user}
    if status == "creator":
        view["is_anonymous"] = anonymous
    elif status == "administrator":
        view |= {"can_be_edited": False, "is_anonymous": anonymous, **dict.fromkeys(_RIGHTS, True)}
    elif status == "restricted":
        view |= {"is_member": True, "until_date": 0, **dict.fromkeys(_PERMISSIONS, False)}
    elif status == "kicked":
        view["until_date"] = 0
    if title and status in ("creator", "administrator"):
        view["custom_title"] = title
    return view


def bot_member(world: World, chat: Chat, status: str) -> Json:
    return chat_member(world.profile.user, status)


def member_view(world: World, member: Member) -> Json:
    user = world.people[member.user_id].user() if member.user_id in world.people else {"id": member.user_id}
    return chat_member(user, member.status, anonymous=member.anonymous, title=member.title)


def bot_moved(world: World, chat: Chat, by: Json, old: str, new: str) -> int | None:
    """Tell the bot that its own place in a chat is another (my_chat_member)."""
    change = {
        "chat": chat.face(),
        "from": by,
        "date": world.clock.date(),
        "old_chat_member": bot_member(world, chat, old),
        "new_chat_member": bot_member(world, chat, new),
    }
    return world.updates.add("my_chat_member", change, chat.id)


def set_member(world: World, chat: Chat, member: Member, by: int | None) -> Json:
    """Give somebody a place in a group: the service message and `chat_member` follow."""
    person = world.person(member.user_id)
    former = chat.members.get(member.user_id)
    was_here = chat.has(member.user_id)
    old = member_view(world, former or Member(member.user_id, "left"))
    chat.members[member.user_id] = member
    actor = world.person(by).user() if by is not None else person.user()
    message_id = None
    if chat.has(member.user_id) != was_here and chat.type != "channel":
        content = {"left_chat_member": person.user()} if was_here else {"new_chat_members": [person.user()]}
        message = world.store(chat, "service", content, sender={"from": actor})
        message_id = message.id
        world.updates.add("message", message.data, chat.id)
    change = {
        "chat": chat.face(),
        "from": actor,
        "date": world.clock.date(),
        "old_chat_member": old,
        "new_chat_member": member_view(world, member),
    }
    update_id = world.updates.add("chat_member", change, chat.id) if chat.bot_is_admin() else None
    world.chat_changed(chat)
    return {"update_id": update_id, "message_id": message_id}


def set_bot(world: World, chat: Chat, status: str, by: int | None) -> Json:
    """Invite, promote or remove the bot."""
    old, chat.bot_status = chat.bot_status, status
    actor = world.person(by).user() if by is not None else world.profile.user
    world.chat_changed(chat)
    return {"update_id": bot_moved(world, chat, actor, old, status)}


def migrate(world: World, chat: Chat) -> Chat:
    """A group becomes a supergroup under a new id; both chats say so."""
    supergroup = world.add_chat(
        {
            "type": "supergroup",
            "title": chat.title,
            "bot_status": chat.bot_status,
            "members": [member.view() for member in chat.members.values()],
        }
    )
    sender = {"from": world.profile.user}
    moved = world.store(chat, "service", {"migrate_to_chat_id": supergroup.id}, sender=sender)
    world.updates.add("message", moved.data, chat.id)
    arrived = world.store(supergroup, "service", {"migrate_from_chat_id": chat.id}, sender=sender)
    world.updates.add("message", arrived.data, supergroup.id)
    chat.migrated_to = supergroup.id
    world.chat_changed(chat)
    return supergroup
