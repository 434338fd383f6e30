"""What every sent message has in common: text, captions, replies, topics, keyboards, protection."""

from typing import Any

from simulator import keyboards
from simulator.chats import Chat, Message
from simulator.entities import detect, parse_html, trim, units
from simulator.keyboards import Markup
from simulator.parameters import Parameters
from simulator.refusals import Json, bad_request
from simulator.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024


def formatted(text: str, mode: str | None, given: Any) -> tuple[str, list[Json]]:
    """Plain text and entities, after `parse_mode` or a list of entities."""
    if mode:
        if mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        text, entities = parse_html(text)
    else:
        entities = _given(given, units(text)) if given else []
    text, entities = trim(text, entities)
    return text, detect(text, entities)


def _given(given: Any, length: int) -> list[Json]:
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    for entity in given:
        if not isinstance(entity, dict) or not all(isinstance(entity.get(n), int) for n in ("offset", "length")):
            raise bad_request("can't parse entities: MessageEntity must be an Object")
        if entity["offset"] < 0 or entity["length"] < 0 or entity["offset"] + entity["length"] > length:
            raise bad_request(f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the text")
    return list(given)


def text_content(parameters: Parameters, *, too_long: str = "message is too long") -> Json:
    """The checked `text` of a message: 1-4096 units after entities."""
    text = parameters.text("text")
    if not text:
        raise bad_request("message text is empty")
    given = parameters.object("entities") if "entities" in parameters.values else None
    text, entities = formatted(text, parameters.text("parse_mode"), given)
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MAX_TEXT / 2 and units(text) > MAX_TEXT:
        raise bad_request(too_long)
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(parameters: Parameters) -> Json:
    """The checked `caption`; empty when there is none."""
    caption = parameters.text("caption")
    if not caption:
        return {}
    text, entities = formatted(caption, parameters.text("parse_mode"), parameters.object("caption_entities"))
    if units(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    content: Json = {"caption": text}
    if entities:
        content["caption_entities"] = entities
    return content


def deliver(
    world: World,
    parameters: Parameters,
    kind: str,
    content: Json,
    *,
    chat: Chat | None = None,
    count: int = 1,
) -> Message:
    """Send one message of the bot's: checks the chat, the reply, the topic, the keyboard and the flood.

    `count`: how many messages of the call to count here (all of an album with its first, then none).
    """
    values = parameters.values
    if chat is None:
        chat = target(world, parameters)
    markup = read_markup(parameters, chat)
    extra = _thread(parameters, chat)
    extra.update(_reply(parameters, chat))
    if count:
        world.flood.take(chat.id, group=not chat.private, count=count)
    content = {**extra, **content}
    if markup is not None and markup.inline is not None:
        content["reply_markup"] = markup.inline
    protected = "protect_content" in values and parameters.flag("protect_content")
    message = world.store(chat, kind, content, protected=protected)
    if "message_effect_id" in values:
        message.effect = parameters.text("message_effect_id")
    if markup is not None:
        _under_the_field(world, chat, message, markup)
    return message


def target(world: World, parameters: Parameters) -> Chat:
    """The chat the bot wants to write to, checked."""
    return world.writable(world.find_chat(parameters.values.get("chat_id")))


def read_markup(parameters: Parameters, chat: Chat) -> Markup | None:
    if "reply_markup" not in parameters.values:
        return None
    return keyboards.check(parameters.object("reply_markup"), private=chat.private)


def _under_the_field(world: World, chat: Chat, message: Message, markup: Markup) -> None:
    if markup.keyboard is not None:
        world.set_keyboard(chat, {"message_id": message.id, **markup.keyboard}, None)
    elif markup.remove:
        world.set_keyboard(chat, None, None)
    elif markup.force is not None:
        world.set_keyboard(chat, chat.keyboard, {"message_id": message.id, **markup.force})


def _thread(parameters: Parameters, chat: Chat) -> Json:
    thread = parameters.integer("message_thread_id") if "message_thread_id" in parameters.values else None
    if thread is None or (thread == 1 and chat.is_forum):
        return {}
    if not chat.is_forum or thread not in chat.topics:
        raise bad_request("message thread not found")
    if chat.topics[thread].closed and not chat.bot_is_admin():
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply(parameters: Parameters, chat: Chat) -> Json:
    values = parameters.values
    if "reply_parameters" in values:
        given = parameters.object("reply_parameters")
        if not isinstance(given, dict) or "message_id" not in given:
            raise bad_request("can't parse reply parameters: Can't find field \"message_id\"")
        wanted, lenient = int(given["message_id"]), bool(given.get("allow_sending_without_reply"))
    elif "reply_to_message_id" in values:
        wanted = parameters.integer("reply_to_message_id") or 0
        lenient = parameters.flag("allow_sending_without_reply")
    else:
        return {}
    replied = chat.messages.get(wanted)
    if replied is not None:
        return {"reply_to_message": replied.short()}
    if lenient or not wanted:
        return {}
    raise bad_request("message to be replied not found")
