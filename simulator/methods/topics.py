"""Forum topics: opened, renamed, closed, reopened, deleted by a bot that may."""

from simulator.chats import Chat, Topic
from simulator.methods.registry import method
from simulator.parameters import Parameters
from simulator.refusals import Json, bad_request
from simulator.world import World

MAX_NAME = 128
COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def _forum(world: World, parameters: Parameters) -> Chat:
    chat = world.writable(world.find_chat(parameters.values.get("chat_id")))
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    world.administrator(chat, "not enough rights to manage topics")
    return chat


def _topic(world: World, parameters: Parameters) -> tuple[Chat, Topic]:
    chat = _forum(world, parameters)
    topic = chat.topics.get(parameters.integer("message_thread_id") or 0)
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return chat, topic


def _name(parameters: Parameters) -> str:
    name = (parameters.text("name") or "").strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")
    return name


def _say(world: World, chat: Chat, topic: Topic, content: Json) -> None:
    thread = {"message_thread_id": topic.message_thread_id, "is_topic_message": True}
    world.store(chat, "service", {**thread, **content})
    world.chat_changed(chat)


@method("createForumTopic")
def create_forum_topic(world: World, parameters: Parameters) -> Json:
    chat = _forum(world, parameters)
    name = _name(parameters)
    color = parameters.integer("icon_color") or COLORS[0]
    if color not in COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    icon = parameters.text("icon_custom_emoji_id")
    world.flood.take(chat.id, group=True)
    thread = chat.next_message_id
    topic = chat.topics[thread] = Topic(thread, name, color, icon or None)
    created: Json = {"name": name, "icon_color": color}
    if icon:
        created["icon_custom_emoji_id"] = icon
    _say(world, chat, topic, {"forum_topic_created": created})
    return {"message_thread_id": thread, **created}


@method("editForumTopic")
def edit_forum_topic(world: World, parameters: Parameters) -> bool:
    chat, topic = _topic(world, parameters)
    edited: Json = {}
    if parameters.text("name"):
        edited["name"] = _name(parameters)
    icon = parameters.text("icon_custom_emoji_id")
    if icon is not None:
        edited["icon_custom_emoji_id"] = icon
    if all(getattr(topic, field) == (value or None) for field, value in edited.items()):
        raise bad_request("TOPIC_NOT_MODIFIED")
    for field, value in edited.items():
        setattr(topic, field, value or None)
    _say(world, chat, topic, {"forum_topic_edited": edited})
    return True


def _set_closed(world: World, parameters: Parameters, *, closed: bool) -> bool:
    chat, topic = _topic(world, parameters)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _say(world, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


@method("closeForumTopic")
def close_forum_topic(world: World, parameters: Parameters) -> bool:
    return _set_closed(world, parameters, closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(world: World, parameters: Parameters) -> bool:
    return _set_closed(world, parameters, closed=False)


@method("deleteForumTopic")
def delete_forum_topic(world: World, parameters: Parameters) -> bool:
    chat, topic = _topic(world, parameters)
    thread = topic.message_thread_id
    del chat.topics[thread]
    world.delete(chat, [one.id for one in chat.messages.values() if one.data.get("message_thread_id") == thread])
    world.chat_changed(chat)
    return True
