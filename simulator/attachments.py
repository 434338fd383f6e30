"""What a person can attach: contacts, places, files, albums, dice, polls, forwards."""

import base64
import binascii
import random

from simulator.acts import act, message_of, post, where
from simulator.entities import detect
from simulator.files import File
from simulator.methods.copying import content, origin
from simulator.methods.media import content_of
from simulator.methods.sending import DICE, poll
from simulator.people import Person
from simulator.refusals import ControlError, Json
from simulator.world import World

FILES = ("photo", "document", "video", "audio", "voice", "video_note", "animation", "sticker")


@act("contact")
def share_contact(world: World, person: Person, body: Json) -> Json:
    """One's own contact, which the server vouches for by `user_id`; or somebody's from the address book."""
    if body.get("phone") is None and body.get("user_id") is None:
        contact = person.own_contact()
    else:
        contact = {"phone_number": str(body.get("phone") or ""), "first_name": body.get("first_name") or "Contact"}
        for field in ("last_name", "user_id"):
            if body.get(field) is not None:
                contact[field] = body[field]
    return post(world, person, body, "contact", {"contact": contact})


@act("location")
def share_location(world: World, person: Person, body: Json) -> Json:
    place = {"latitude": float(body.get("latitude", 50.4501)), "longitude": float(body.get("longitude", 30.5234))}
    return post(world, person, body, "location", {"location": place})


def _file(world: World, kind: str, body: Json) -> File:
    """The file of an act: uploaded before, sent along, or made up."""
    if body.get("file_id"):
        known = world.files.find(str(body["file_id"]))
        if known is None:
            raise ControlError(404, "There is no such file.")
        if known.kind == kind:
            return known
        return world.files.add(kind, known.content, name=known.name, mime=known.mime, size=known.size)
    sent = None
    if body.get("content") is not None:
        try:
            sent = base64.b64decode(str(body["content"]), validate=True)
        except binascii.Error:
            raise ControlError(400, "`content` must be base64.") from None
    return world.files.add(kind, sent, name=body.get("name"), mime=body.get("mime"), size=body.get("size"))


def _file_content(world: World, kind: str, body: Json) -> Json:
    made = content_of(_file(world, kind, body), kind)
    if kind == "sticker" and body.get("emoji"):
        made["sticker"] = {**made["sticker"], "emoji": body["emoji"]}
    caption = str(body.get("caption") or "").strip()
    if caption:
        made["caption"] = caption
        entities = detect(caption, [])
        if entities:
            made["caption_entities"] = entities
    return made


def _attach(kind: str) -> None:
    @act(kind)
    def attach(world: World, person: Person, body: Json) -> Json:
        where(world, person, body)
        return post(world, person, body, kind, _file_content(world, kind, body))


for _kind in FILES:
    _attach(_kind)


@act("album")
def send_album(world: World, person: Person, body: Json) -> Json:
    """Several files at once: as many updates, joined by `media_group_id`."""
    items = body.get("items")
    if not isinstance(items, list) or not 2 <= len(items) <= 10:
        raise ControlError(400, "An album has 2 to 10 items.")
    where(world, person, body)
    album = {"media_group_id": str(world.bot_id + world.next_id())}
    made = []
    for item in items:
        kind = str(item.get("kind", "photo"))
        if kind not in FILES:
            raise ControlError(400, f"An album cannot have a {kind}.")
        made.append(post(world, person, body, kind, {**album, **_file_content(world, kind, item)}))
    return {
        "message_ids": [one["message_id"] for one in made],
        "update_ids": [one["update_id"] for one in made],
        "chat_id": made[0]["chat_id"],
    }


@act("dice")
def throw_dice(world: World, person: Person, body: Json) -> Json:
    emoji = str(body.get("emoji") or "🎲")
    value = int(body.get("value") or random.randint(1, DICE.get(emoji, 6)))
    return post(world, person, body, "dice", {"dice": {"emoji": emoji, "value": value}})


@act("poll")
def send_poll(world: World, person: Person, body: Json) -> Json:
    options = [str(option) for option in body.get("options") or ("Yes", "No")]
    made = poll(world, str(body.get("question") or "?"), options, {})
    return post(world, person, body, "poll", {"poll": made})


@act("forwards")
def forward(world: World, person: Person, body: Json) -> Json:
    """Pass a message on; a protected one cannot be."""
    source_chat = world.chat(int(body.get("from_chat") or person.id))
    if source_chat.private and source_chat.id != person.id:
        raise ControlError(409, "This is somebody else's private chat.")
    source = message_of(source_chat, body.get("message_id"))
    if source.protected:
        raise ControlError(409, "This message is protected: it can't be forwarded or copied.")
    return post(world, person, body, source.kind, {"forward_origin": origin(source), **content(source)})


@act("votes")
def vote(world: World, person: Person, body: Json) -> Json:
    """Choose in a poll of the bot's; an empty choice takes the vote back."""
    chat = where(world, person, body)
    message = message_of(chat, body.get("message_id"))
    given = message.data.get("poll")
    if given is None or given["id"] not in world.polls:
        raise ControlError(409, "This is not a poll of the bot's.")
    if given["is_closed"]:
        raise ControlError(409, "The poll is closed.")
    votes = world.polls[given["id"]][2]
    chosen = sorted({int(option) for option in body.get("options") or ()})
    if any(not 0 <= option < len(given["options"]) for option in chosen):
        raise ControlError(400, "There is no such option.")
    if len(chosen) > 1 and not given["allows_multiple_answers"]:
        raise ControlError(409, "Only one option can be chosen.")
    if chosen:
        votes[person.id] = chosen
    else:
        votes.pop(person.id, None)
    counts = [sum(number in choice for choice in votes.values()) for number in range(len(given["options"]))]
    options = [{**option, "voter_count": n} for option, n in zip(given["options"], counts, strict=True)]
    message.data = {**message.data, "poll": {**given, "options": options, "total_voter_count": len(votes)}}
    world.edited(chat, message)
    world.updates.add("poll", message.data["poll"], chat.id)
    update_id = None
    if not given["is_anonymous"]:
        ids = {"option_ids": chosen, "option_persistent_ids": [str(option) for option in chosen]}
        update_id = world.updates.add("poll_answer", {"poll_id": given["id"], "user": person.user(), **ids}, chat.id)
    return {"message_id": message.id, "update_id": update_id, "chat_id": chat.id}
