"""Messages without files: text, location, contact, venue, dice, poll; and what the bot is doing."""

import random
import time

from simulator.entities import units
from simulator.methods.composing import deliver, target, text_content
from simulator.methods.registry import method
from simulator.parameters import Parameters
from simulator.refusals import Json, bad_request
from simulator.world import World

CHAT_ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)
DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
MAX_OPTIONS = 12
MAX_QUESTION = 300
MAX_OPTION = 100


@method("sendMessage")
def send_message(world: World, parameters: Parameters) -> Json:
    chat = target(world, parameters)
    return deliver(world, parameters, "text", text_content(parameters), chat=chat).data


def location_content(parameters: Parameters) -> Json:
    latitude, longitude = parameters.number("latitude"), parameters.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("invalid location specified")
    return {"latitude": latitude, "longitude": longitude}


@method("sendLocation")
def send_location(world: World, parameters: Parameters) -> Json:
    return deliver(world, parameters, "location", {"location": location_content(parameters)}).data


@method("sendVenue")
def send_venue(world: World, parameters: Parameters) -> Json:
    title, address = parameters.text("title"), parameters.text("address")
    if not title or not address:
        raise bad_request("venue title and address must be non-empty")
    place = location_content(parameters)
    content = {"venue": {"location": place, "title": title, "address": address}, "location": place}
    return deliver(world, parameters, "venue", content).data


@method("sendContact")
def send_contact(world: World, parameters: Parameters) -> Json:
    phone, first_name = parameters.text("phone_number"), parameters.text("first_name")
    if not phone:
        raise bad_request("phone_number must be non-empty")
    if not first_name:
        raise bad_request("first_name must be non-empty")
    contact: Json = {"phone_number": phone, "first_name": first_name}
    for name in ("last_name", "vcard"):
        value = parameters.text(name)
        if value:
            contact[name] = value
    return deliver(world, parameters, "contact", {"contact": contact}).data


@method("sendDice")
def send_dice(world: World, parameters: Parameters) -> Json:
    emoji = parameters.text("emoji") or "🎲"
    if emoji not in DICE:
        raise bad_request("wrong dice emoji specified")
    value = random.randint(1, DICE[emoji])
    return deliver(world, parameters, "dice", {"dice": {"emoji": emoji, "value": value}}).data


def poll(world: World, question: str, options: list[str], fields: Json) -> Json:
    """A Poll object nobody has voted in."""
    return {
        "id": str(world.bot_id + world.next_id()),
        "question": question,
        "options": [
            {"persistent_id": str(number), "text": text, "voter_count": 0} for number, text in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
        **fields,
    }


@method("sendPoll")
def send_poll(world: World, parameters: Parameters) -> Json:
    chat = target(world, parameters)
    question = (parameters.text("question") or "").strip()
    if not question:
        raise bad_request("poll question must be non-empty")
    if units(question) > MAX_QUESTION:
        raise bad_request(f"poll question length must not exceed {MAX_QUESTION}")
    given = parameters.object("options")
    if not isinstance(given, list) or not given:
        raise bad_request("poll must have at least 1 option")
    if len(given) > MAX_OPTIONS:
        raise bad_request(f"poll can't have more than {MAX_OPTIONS} options")
    options = [str(option.get("text", "") if isinstance(option, dict) else option).strip() for option in given]
    if not all(options):
        raise bad_request("poll options must be non-empty")
    if any(units(option) > MAX_OPTION for option in options):
        raise bad_request(f"poll options length must not exceed {MAX_OPTION}")
    fields: Json = {
        "is_anonymous": parameters.flag("is_anonymous") if "is_anonymous" in parameters.values else True,
        "allows_multiple_answers": parameters.flag("allows_multiple_answers"),
        "is_closed": parameters.flag("is_closed"),
    }
    message = deliver(world, parameters, "poll", {"poll": poll(world, question, options, fields)}, chat=chat)
    world.polls[message.data["poll"]["id"]] = (chat, message, {})
    return message.data


@method("sendChatAction")
def send_chat_action(world: World, parameters: Parameters) -> bool:
    chat = target(world, parameters)
    action = parameters.text("action")
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.typing = (action, time.monotonic())
    chat.seq = world.changes.next(chat.id)
    fields = {"chat_id": chat.id, "action": action, "thread": parameters.integer("message_thread_id")}
    world.changes.tell("typing", lambda: fields)
    return True
