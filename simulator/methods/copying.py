"""Copies, forwards and deletions."""

from simulator.chats import Chat, Message
from simulator.entities import units
from simulator.methods.composing import MAX_CAPTION, deliver, formatted, target
from simulator.methods.registry import method
from simulator.parameters import Parameters
from simulator.refusals import Json, RefusalError, bad_request
from simulator.world import World

DELETE_WITHIN = 48 * 3600
MAX_MESSAGES = 100
CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "video",
    "audio",
    "voice",
    "video_note",
    "animation",
    "sticker",
    "location",
    "venue",
    "contact",
    "dice",
    "poll",
)


def content(message: Message) -> Json:
    """What a copy of a message carries."""
    return {name: message.data[name] for name in CONTENT if name in message.data}


def origin(message: Message) -> Json:
    """The `forward_origin` of a message; a forward of a forward keeps the first."""
    data = message.data
    if "forward_origin" in data:
        return dict(data["forward_origin"])
    if "sender_chat" in data:
        sender = data["sender_chat"]
        if sender["type"] == "channel":
            return {"type": "channel", "chat": sender, "message_id": message.id, "date": message.date}
        return {"type": "chat", "sender_chat": sender, "date": message.date}
    return {"type": "user", "sender_user": data["from"], "date": message.date}


def _source(world: World, parameters: Parameters) -> Chat:
    return world.find_chat(parameters.values.get("from_chat_id"), "from_chat_id is empty")


def _forward(world: World, parameters: Parameters, chat: Chat, source: Message | None, count: int = 1) -> Message:
    if source is None or source.kind == "service":
        raise bad_request("message to forward not found")
    if source.protected:
        raise bad_request("the message can't be forwarded")
    carried = {"forward_origin": origin(source), **content(source)}
    return deliver(world, parameters, source.kind, carried, chat=chat, count=count)


@method("forwardMessage")
def forward_message(world: World, parameters: Parameters) -> Json:
    chat = target(world, parameters)
    source = _source(world, parameters).messages.get(parameters.integer("message_id") or 0)
    return _forward(world, parameters, chat, source).data


@method("forwardMessages")
def forward_messages(world: World, parameters: Parameters) -> list[Json]:
    return _several(world, parameters, forwarding=True)


@method("copyMessages")
def copy_messages(world: World, parameters: Parameters) -> list[Json]:
    return _several(world, parameters, forwarding=False)


def _several(world: World, parameters: Parameters, *, forwarding: bool) -> list[Json]:
    chat = target(world, parameters)
    source = _source(world, parameters)
    ids = message_ids(parameters)
    if ids != sorted(set(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    work = _forward if forwarding else _copy
    made: list[Json] = []
    for message_id in ids:
        count = 0 if made else len(ids)
        try:
            made.append({"message_id": work(world, parameters, chat, source.messages.get(message_id), count).id})
        except RefusalError as refusal:
            if refusal.code != 400:
                raise
    if not made:
        raise bad_request("there are no messages to forward" if forwarding else "there are no messages to copy")
    return made


def message_ids(parameters: Parameters) -> list[int]:
    """The checked `message_ids`: 1-100 whole numbers."""
    ids = parameters.object("message_ids")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MAX_MESSAGES:
        raise bad_request("too many message identifiers specified")
    return [int(message_id) for message_id in ids]


def _copy(world: World, parameters: Parameters, chat: Chat, source: Message | None, count: int = 1) -> Message:
    if source is None:
        raise bad_request("message to copy not found")
    if source.kind == "service" or (source.protected and not source.out):
        raise bad_request("message can't be copied")
    carried = content(source)
    caption = parameters.text("caption")
    if caption is not None and source.kind != "text":
        text, entities = formatted(caption, parameters.text("parse_mode"), parameters.object("caption_entities"))
        if units(text) > MAX_CAPTION:
            raise bad_request("message caption is too long")
        carried = {n: v for n, v in carried.items() if not n.startswith("caption")} | (
            {"caption": text} if text else {}
        )
        if entities:
            carried["caption_entities"] = entities
    return deliver(world, parameters, source.kind, carried, chat=chat, count=count)


@method("copyMessage")
def copy_message(world: World, parameters: Parameters) -> Json:
    chat = target(world, parameters)
    source = _source(world, parameters).messages.get(parameters.integer("message_id") or 0)
    return {"message_id": _copy(world, parameters, chat, source).id}


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    if not chat.private and not message.out and not chat.bot_is_admin():
        raise bad_request("message can't be deleted")
    if message.date + DELETE_WITHIN < world.clock.now():
        raise bad_request("message can't be deleted for everyone")
    if message.kind == "dice" and chat.private and message.date + 24 * 3600 > world.clock.now():
        raise bad_request("message can't be deleted for everyone")


@method("deleteMessage")
def delete_message(world: World, parameters: Parameters) -> bool:
    chat = world.find_chat(parameters.values.get("chat_id"))
    message = chat.messages.get(parameters.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(world, chat, message)
    world.delete(chat, [message.id])
    return True


@method("deleteMessages")
def delete_messages(world: World, parameters: Parameters) -> bool:
    chat = world.find_chat(parameters.values.get("chat_id"))
    found = [chat.messages[one] for one in message_ids(parameters) if one in chat.messages]
    for message in found:
        _check_deletable(world, chat, message)
    world.delete(chat, [message.id for message in found])
    return True
