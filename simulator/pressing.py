"""Buttons and inline search: what a person presses and chooses."""

import asyncio

from simulator import keyboards
from simulator.acts import act, message_of, post, say, where
from simulator.attachments import share_contact, share_location
from simulator.chats import Chat, Message
from simulator.entities import detect
from simulator.people import Person
from simulator.queries import Press, Search
from simulator.refusals import ControlError, Json
from simulator.world import World

MAX_QUERY = 256
MAX_WAIT = 60.0


async def _answered(event: asyncio.Event, body: Json, usual: float) -> None:
    """Wait for the bot as long as the caller asked."""
    seconds = min(float(body.get("wait", usual)), MAX_WAIT)
    if seconds > 0 and not event.is_set():
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return


def _button(chat: Chat, body: Json) -> tuple[Message, Json]:
    """The button to press: on the named message, or on the newest that has it."""
    data, text = body.get("data"), body.get("text")
    if data is None and text is None:
        raise ControlError(400, "Say which button: by `data` or by `text`.")
    if body.get("message_id") is not None:
        candidates = [message_of(chat, body["message_id"])]
    else:
        candidates = list(reversed(chat.messages.values()))
    for message in candidates:
        button = keyboards.find(message.markup, data=data, text=text)
        if button is not None:
            return message, button
    raise ControlError(404, f"There is no button {text if data is None else data!r}.")


@act("presses")
async def press_button(world: World, person: Person, body: Json) -> Json:
    """Press an inline button; `stale` presses one that is no longer there, as an app that lags would."""
    chat = where(world, person, body)
    if body.get("stale"):
        message = message_of(chat, body.get("message_id"))
        button: Json = {"callback_data": str(body.get("data"))}
    else:
        message, button = _button(chat, body)
    if "url" in button:
        return {"open": button["url"]}
    if "copy_text" in button:
        return {"copy": button["copy_text"]["text"]}
    for kind in ("switch_inline_query_current_chat", "switch_inline_query"):
        if kind in button:
            return {"inline": button[kind]}
    if "callback_data" not in button:
        raise ControlError(409, "This kind of button is not simulated.")
    press = world.presses.add(Press(world.presses.next_id(), person, chat, message, world.clock.now()))
    query: Json = {"id": press.id, "from": person.user(), "chat_instance": str(chat.id * 7919)}
    inline_id = message.data.get("via_bot") and _inline_id(world, message)
    if inline_id:
        query["inline_message_id"] = inline_id
    else:
        query["message"] = message.data
    query["data"] = button["callback_data"]
    update_id = world.updates.add("callback_query", query, chat.id)
    await _answered(press.answered, body, 0)
    return {"query_id": press.id, "update_id": update_id, "answer": press.toast}


def _inline_id(world: World, message: Message) -> str | None:
    known = world.inline_messages.items()
    return next((inline_id for inline_id, (_, one) in known if one is message), None)


@act("taps")
def tap(world: World, person: Person, body: Json) -> Json:
    """Press a button of the reply keyboard: its text is sent, or a contact, or a place."""
    chat = where(world, person, body)
    keyboard = chat.keyboard
    rows = keyboard["rows"] if keyboard is not None else []
    button = next((one for row in rows for one in row if one["text"] == body.get("text")), None)
    if keyboard is None or button is None:
        raise ControlError(404, f"There is no button {body.get('text')!r} under the input field.")
    plain = {name: value for name, value in body.items() if name != "text"}
    if button.get("request_contact"):
        made = share_contact(world, person, plain)
    elif button.get("request_location"):
        made = share_location(world, person, plain)
    else:
        made = say(world, person, body)
    if keyboard["one_time"] and chat.keyboard is keyboard:
        world.set_keyboard(chat, {**keyboard, "hidden": True}, None)
    return made


@act("inline")
async def search(world: World, person: Person, body: Json) -> Json:
    """Type `@bot words` and see what the bot finds."""
    words = str(body.get("query", ""))
    if len(words) > MAX_QUERY:
        raise ControlError(400, "An inline query has up to 256 characters.")
    chat = world.chat(int(body.get("chat") or person.id))
    asked = world.searches.add(Search(world.searches.next_id(), person, words, world.clock.now()))
    query = {
        "id": asked.id,
        "from": person.user(),
        "query": words,
        "offset": str(body.get("offset", "")),
        "chat_type": "sender" if chat.id == person.id else chat.type,
    }
    update_id = world.updates.add("inline_query", query, person.id)
    await _answered(asked.answered, body, 5)
    answer = asked.answer or {"results": None, "button": None, "next_offset": ""}
    return {"query_id": asked.id, "update_id": update_id, **answer}


@act("chooses")
def choose(world: World, person: Person, body: Json) -> Json:
    """Send a found result into a chat, as `via` the bot."""
    asked = world.searches.find(str(body.get("query_id")))
    results = (asked.answer or {}).get("results", []) if asked is not None else []
    result = next((one for one in results if one["id"] == str(body.get("result_id"))), None)
    if asked is None or result is None:
        raise ControlError(404, "There is no such result.")
    made = post(world, person, body, *_chosen(world, result))
    chat = world.chats[made["chat_id"]]
    message = chat.messages[made["message_id"]]
    choice: Json = {"result_id": result["id"], "from": person.user(), "query": asked.query}
    if message.markup is not None:
        choice["inline_message_id"] = f"inline-{asked.id}-{message.id}"
        world.inline_messages[choice["inline_message_id"]] = (chat, message)
    world.updates.add("chosen_inline_result", choice, person.id)
    return made


def _chosen(world: World, result: Json) -> tuple[str, Json]:
    """What a chosen result becomes in the chat."""
    via: Json = {"via_bot": world.profile.user}
    if result.get("reply_markup"):
        via["reply_markup"] = result["reply_markup"]
    content = result.get("input_message_content") or {}
    if "message_text" in content:
        text = content["message_text"]
        entities = detect(text, content["entities"])
        return "text", {**via, "text": text} | ({"entities": entities} if entities else {})
    if result["type"] == "contact" or "phone_number" in content:
        fields = content if "phone_number" in content else result
        names = ("phone_number", "first_name", "last_name")
        return "contact", {**via, "contact": {name: fields[name] for name in names if fields.get(name)}}
    return "text", {**via, "text": str(result.get("title") or result.get("caption") or result["type"])}
