"""Edits of the bot's own messages, pins, reactions, and polls that end."""

from simulator import keyboards
from simulator.chats import Chat, Message
from simulator.methods.composing import caption_content, read_markup, text_content
from simulator.methods.media import content_of, file_named
from simulator.methods.registry import method
from simulator.parameters import Parameters
from simulator.refusals import Json, bad_request
from simulator.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
# The set Telegram offers to everybody; others are REACTION_INVALID (ReactionTypeEmoji).
REACTIONS = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)


def _find(world: World, parameters: Parameters) -> tuple[Chat, Message, bool]:
    """The message to edit, and whether it was named as an inline one. Raises Telegram's refusals."""
    inline_id = parameters.text("inline_message_id")
    if inline_id:
        found = world.inline_messages.get(inline_id)
        if found is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return *found, True
    chat = world.find_chat(parameters.values.get("chat_id"))
    world.writable(chat)
    message_id = parameters.integer("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.out or message.kind == "service" or "forward_origin" in message.data:
        raise bad_request("message can't be edited")
    return chat, message, False


def _apply(
    world: World,
    parameters: Parameters,
    found: tuple[Chat, Message, bool],
    content: Json,
    removed: tuple[str, ...],
    *,
    dated: bool = True,
) -> Json | bool:
    """Replace the named fields and the buttons; refuse what changes nothing."""
    chat, message, inline = found
    markup = read_markup(parameters, chat)
    if markup is not None and markup.inline is None:
        raise bad_request("inline keyboard expected")
    buttons = markup.inline if markup is not None else None
    data = message.data
    unchanged = all(data.get(name) == content.get(name) for name in removed)
    if unchanged and keyboards.same(message.markup, buttons):
        raise bad_request(NOT_MODIFIED)
    kept = {name: value for name, value in data.items() if name not in removed and name != "reply_markup"}
    if dated:
        kept["edit_date"] = world.clock.date()
    kept.update(content)
    if buttons is not None:
        kept["reply_markup"] = buttons
    message.data, message.markup = kept, buttons
    world.edited(chat, message)
    return True if inline else kept


@method("editMessageText")
def edit_message_text(world: World, parameters: Parameters) -> Json | bool:
    found = _find(world, parameters)
    content = text_content(parameters, too_long="MESSAGE_TOO_LONG")
    if found[1].kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _apply(world, parameters, found, content, ("text", "entities"))


@method("editMessageCaption")
def edit_message_caption(world: World, parameters: Parameters) -> Json | bool:
    found = _find(world, parameters)
    if found[1].kind not in ("photo", "video", "document", "audio", "voice", "animation"):
        raise bad_request("there is no caption in the message to edit")
    return _apply(world, parameters, found, caption_content(parameters), ("caption", "caption_entities"))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, parameters: Parameters) -> Json | bool:
    return _apply(world, parameters, _find(world, parameters), {}, (), dated=False)


@method("editMessageMedia")
def edit_message_media(world: World, parameters: Parameters) -> Json | bool:
    found = _find(world, parameters)
    given = parameters.object("media")
    if not isinstance(given, dict) or given.get("type") not in ("photo", "video", "document", "audio", "animation"):
        raise bad_request("can't parse InputMedia: type is invalid")
    kind = str(given["type"])
    named = {name: given[name] for name in ("caption", "parse_mode", "caption_entities") if name in given}
    content = content_of(file_named(world, parameters, kind, given.get("media")), kind)
    content.update(caption_content(Parameters(named)))
    fields = ("photo", "video", "document", "audio", "animation", "text", "entities", "caption", "caption_entities")
    edited = _apply(world, parameters, found, content, fields)
    found[1].kind = kind
    return edited


@method("pinChatMessage")
def pin_chat_message(world: World, parameters: Parameters) -> bool:
    chat, message = _pinnable(world, parameters)
    if message.id in chat.pinned:
        return True
    chat.pinned.append(message.id)
    world.store(chat, "service", {"pinned_message": message.short()})
    world.chat_changed(chat)
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, parameters: Parameters) -> bool:
    if parameters.integer("message_id") is None:
        chat = world.find_chat(parameters.values.get("chat_id"))
        chat.pinned[-1:] = []
    else:
        chat, message = _pinnable(world, parameters)
        chat.pinned = [one for one in chat.pinned if one != message.id]
    world.chat_changed(chat)
    return True


def _pinnable(world: World, parameters: Parameters) -> tuple[Chat, Message]:
    chat = world.writable(world.find_chat(parameters.values.get("chat_id")))
    if not chat.private:
        world.administrator(chat, "not enough rights to manage pinned messages in the chat")
    message = chat.messages.get(parameters.integer("message_id") or 0)
    if message is None or message.kind == "service":
        raise bad_request("message to pin not found")
    return chat, message


@method("setMessageReaction")
def set_message_reaction(world: World, parameters: Parameters) -> bool:
    chat = world.writable(world.find_chat(parameters.values.get("chat_id")))
    message = chat.messages.get(parameters.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to react not found")
    given = parameters.object("reaction") or []
    if not isinstance(given, list) or len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    reactions = dict(message.reactions or {})
    reactions.pop(world.bot_id, None)
    for reaction in given:
        emoji = reaction.get("emoji") if isinstance(reaction, dict) else None
        if emoji not in REACTIONS:
            raise bad_request("REACTION_INVALID")
        reactions[world.bot_id] = str(emoji)
    message.reactions = reactions
    world.reacted(chat, message)
    return True


@method("stopPoll")
def stop_poll(world: World, parameters: Parameters) -> Json:
    chat, message, _ = _find(world, parameters)
    if message.kind != "poll":
        raise bad_request("message with poll to stop not found")
    if message.data["poll"]["is_closed"]:
        raise bad_request("poll has already been closed")
    closed: Json = {**message.data["poll"], "is_closed": True}
    message.data = {**message.data, "poll": closed}
    world.edited(chat, message)
    return closed
