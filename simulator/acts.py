"""What a person can do in Telegram; each act changes the world and tells the bot what Telegram would tell it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from simulator.chats import Chat, Message
from simulator.entities import detect, units
from simulator.members import bot_moved
from simulator.people import ANONYMOUS_ADMIN, CHANNEL_SENDER, Person
from simulator.refusals import ControlError, Json
from simulator.world import World

Act = Callable[[World, Person, Json], Json | Awaitable[Json]]
A = TypeVar("A", bound=Act)
ACTS: dict[str, Act] = {}
MAX_TEXT = 4096


def act(name: str) -> Callable[[A], A]:
    """Register an act under the control API's verb."""

    def register(function: A) -> A:
        ACTS[name] = function
        return function

    return register


def where(world: World, person: Person, body: Json) -> Chat:
    """The chat of an act, checked: the person can write there now. Raises ControlError."""
    chat = world.chat(int(body.get("chat") or person.id))
    if chat.migrated_to is not None:
        chat = world.chat(chat.migrated_to)
    if person.deactivated:
        raise ControlError(409, "This account is deleted.")
    if chat.private:
        if chat.id != person.id:
            raise ControlError(409, "This is somebody else's private chat.")
        if person.blocked:
            raise ControlError(409, "The bot is blocked by this person: unblock it first.")
    elif not chat.has(person.id) and not body.get("as_channel"):
        raise ControlError(409, f"{person.first_name} is not in this chat.")
    return chat


def message_of(chat: Chat, message_id: object) -> Message:
    """Raises ControlError 404."""
    message = chat.messages.get(int(str(message_id))) if message_id is not None else None
    if message is None:
        raise ControlError(404, f"There is no message {message_id} in this chat.")
    return message


def sender(world: World, person: Person, chat: Chat, body: Json) -> Json:
    """Who the message is from: the person, the group for an anonymous administrator, or a channel."""
    if chat.type == "channel":
        return {"sender_chat": chat.face()}
    if body.get("as_channel"):
        return {"from": CHANNEL_SENDER, "sender_chat": world.chat(int(body["as_channel"])).face()}
    member = chat.members.get(person.id)
    if not chat.private and (body.get("anonymous") or (member is not None and member.anonymous)):
        signature = {"author_signature": member.title} if member is not None and member.title else {}
        return {"from": ANONYMOUS_ADMIN, "sender_chat": chat.face(), **signature}
    return {"from": person.user()}


def post(world: World, person: Person, body: Json, kind: str, content: Json) -> Json:
    """Put a person's message into a chat and tell the bot if it may see it."""
    chat = where(world, person, body)
    if chat.private and not person.started:
        person.started = True
        world.person_changed(person)
    extra: Json = {}
    thread = body.get("thread")
    if thread is not None and int(thread) != 1:
        topic = chat.topics.get(int(thread))
        if topic is None:
            raise ControlError(404, f"There is no topic {thread}.")
        if topic.closed and chat.members[person.id].status not in ("creator", "administrator"):
            raise ControlError(409, "The topic is closed.")
        extra = {"message_thread_id": int(thread), "is_topic_message": True}
    if body.get("reply_to") is not None:
        extra["reply_to_message"] = message_of(chat, body["reply_to"]).short()
    message = world.store(chat, kind, {**extra, **content}, sender=sender(world, person, chat, body))
    if chat.force_reply is not None:
        world.set_keyboard(chat, chat.keyboard, None)
    return told(world, chat, message)


def told(world: World, chat: Chat, message: Message) -> Json:
    """Queue the update of a new message; what the control API answers."""
    update_id = None
    if bot_sees(world, chat, message):
        kind = "channel_post" if chat.type == "channel" else "message"
        update_id = world.updates.add(kind, message.data, chat.id)
    return {"message_id": message.id, "update_id": update_id, "chat_id": chat.id}


def bot_sees(world: World, chat: Chat, message: Message) -> bool:
    """Privacy mode: in a group a bot that is no administrator sees commands, replies to it and service messages."""
    if chat.private:
        return True
    if chat.bot_status not in ("administrator", "creator", "member"):
        return False
    if chat.bot_is_admin() or message.kind == "service":
        return True
    replied = message.data.get("reply_to_message", {}).get("from", {}).get("id")
    if replied == world.bot_id or message.data.get("via_bot", {}).get("id") == world.bot_id:
        return True
    text = str(message.data.get("text", ""))
    name = f"@{world.profile.username}"
    return (text.startswith("/") and ("@" not in text.split()[0] or name in text)) or name in text


@act("start")
def start(world: World, person: Person, body: Json) -> Json:
    """Press Start, or follow a deep link; a blocked bot is unblocked first, as the Restart button does."""
    if person.blocked:
        unblock(world, person, {})
    payload = str(body.get("payload") or "")
    if payload and (
        len(payload) > 64 or not payload.replace("_", "").replace("-", "").isalnum() or not payload.isascii()
    ):
        raise ControlError(400, "A deep link's payload is 1-64 characters of A-Z a-z 0-9 _ and -.")
    text = f"/start {payload}" if payload else "/start"
    return say(world, person, {"text": text})


@act("says")
def say(world: World, person: Person, body: Json) -> Json:
    """Send text; what an app would cut or refuse is refused."""
    text = str(body.get("text", "")).strip()
    if not 1 <= units(text) <= MAX_TEXT:
        raise ControlError(400, "A text has 1 to 4096 characters.")
    entities = detect(text, list(body.get("entities") or ()))
    return post(world, person, body, "text", {"text": text, "entities": entities} if entities else {"text": text})


@act("edits")
def edit(world: World, person: Person, body: Json) -> Json:
    """Change one's own message."""
    chat = where(world, person, body)
    message = message_of(chat, body.get("message_id"))
    if message.data.get("from", {}).get("id") != person.id:
        raise ControlError(409, "Only one's own message can be edited.")
    text = str(body.get("text", "")).strip()
    if not text or message.kind in ("sticker", "dice", "poll", "contact", "location", "service", "video_note"):
        raise ControlError(409, "This message can't be edited.")
    field, marks = ("text", "entities") if message.kind == "text" else ("caption", "caption_entities")
    entities = detect(text, [])
    data = {name: value for name, value in message.data.items() if name != marks}
    message.data = {**data, field: text, "edit_date": world.clock.date()} | ({marks: entities} if entities else {})
    world.edited(chat, message)
    seen = bot_sees(world, chat, message)
    update_id = world.updates.add("edited_message", message.data, chat.id) if seen else None
    return {"message_id": message.id, "update_id": update_id, "chat_id": chat.id}


@act("deletes")
def delete(world: World, person: Person, body: Json) -> Json:
    """Delete one's own message (in a private chat any); Telegram does not tell bots."""
    chat = where(world, person, body)
    message = message_of(chat, body.get("message_id"))
    if not chat.private and message.data.get("from", {}).get("id") != person.id:
        raise ControlError(409, "Only one's own message can be deleted.")
    world.delete(chat, [message.id])
    return {"message_id": message.id, "update_id": None, "chat_id": chat.id}


@act("reacts")
def react(world: World, person: Person, body: Json) -> Json:
    """Put an emoji on a message, or take it off."""
    chat = where(world, person, body)
    message = message_of(chat, body.get("message_id"))
    reactions = dict(message.reactions or {})
    old = reactions.pop(person.id, None)
    emoji = body.get("emoji")
    if emoji:
        reactions[person.id] = str(emoji)
    message.reactions = reactions
    world.reacted(chat, message)
    change: Json = {
        "chat": chat.face(),
        "message_id": message.id,
        "user": person.user(),
        "date": world.clock.date(),
        "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
        "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
    }
    allowed = chat.private or chat.bot_is_admin()
    update_id = world.updates.add("message_reaction", change, chat.id) if allowed else None
    return {"message_id": message.id, "update_id": update_id, "chat_id": chat.id}


@act("blocks")
def block(world: World, person: Person, body: Json) -> Json:
    """Block the bot: it is told at once (my_chat_member: kicked)."""
    if person.blocked:
        raise ControlError(409, "The bot is blocked already.")
    return _set_blocked(world, person, blocked=True)


@act("unblocks")
def unblock(world: World, person: Person, body: Json) -> Json:
    """Unblock the bot (my_chat_member: member)."""
    if not person.blocked:
        raise ControlError(409, "The bot is not blocked.")
    return _set_blocked(world, person, blocked=False)


def _set_blocked(world: World, person: Person, *, blocked: bool) -> Json:
    person.blocked = blocked
    chat = world.chats[person.id]
    chat.bot_status = "kicked" if blocked else "member"
    old = "member" if blocked else "kicked"
    world.person_changed(person)
    return {"update_id": bot_moved(world, chat, person.user(), old, chat.bot_status), "chat_id": chat.id}


@act("deactivates")
def deactivate(world: World, person: Person, body: Json) -> Json:
    """Delete the person's Telegram account; the bot learns of it only from a 403."""
    person.deactivated = True
    world.person_changed(person)
    return {"chat_id": person.id, "update_id": None}


@act("language")
def set_language(world: World, person: Person, body: Json) -> Json:
    """Change the language of the person's Telegram."""
    person.change({"language_code": body.get("language_code")})
    world.person_changed(person)
    world.changes.tell("commands", dict)
    return {"person": person.view()}
