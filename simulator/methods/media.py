"""Messages with files, albums, and getFile."""

from typing import Any

from simulator.chats import Chat, Message
from simulator.entities import units
from simulator.files import MAX_UPLOAD, File
from simulator.methods.composing import MAX_CAPTION, caption_content, deliver, formatted, target
from simulator.methods.registry import method
from simulator.parameters import Parameters
from simulator.refusals import Json, bad_request
from simulator.world import World

MEDIA = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVideo": "video",
    "sendAudio": "audio",
    "sendVoice": "voice",
    "sendVideoNote": "video_note",
    "sendAnimation": "animation",
    "sendSticker": "sticker",
}
ALBUM_KINDS = ("photo", "video", "document", "audio")
UNCAPTIONED = ("video_note", "sticker")


def content_of(file: File, kind: str) -> Json:
    """The part of a Message that shows a file."""
    if kind == "photo":
        small = {**file.short(), "width": 90, "height": 90}
        return {"photo": [small, {**file.short(), "width": 512, "height": 512}]}
    view = file.view()
    if kind == "animation":
        return {"animation": view, "document": view}
    return {kind: view}


def file_named(world: World, parameters: Parameters, kind: str, value: Any) -> File:
    """What a bot sends: an upload, `attach://name`, a `file_id` or an address."""
    upload = parameters.uploads.get(kind) if value is None else None
    if isinstance(value, str) and value.startswith("attach://"):
        upload = parameters.uploads.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f'can\'t find file "{value.removeprefix("attach://")}" in the request')
    if upload is not None:
        return world.files.upload(kind, upload.content, upload.name, upload.mime)
    if not isinstance(value, str) or not value:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    if value.startswith(("http://", "https://")):
        name = value.rsplit("/", 1)[1].partition("?")[0] or kind
        return world.files.add(kind, b"from the address " + value.encode(), name=name)
    file = world.files.known(value)
    if kind != file.kind and kind != "document":
        raise bad_request(f"type of file mismatch: can't use file of type {file.kind.title()} as {kind.title()}")
    if file.size > MAX_UPLOAD:
        raise bad_request("file is too big")
    return file


def _sender(kind: str) -> Any:
    def send(world: World, parameters: Parameters) -> Json:
        chat = target(world, parameters)
        content = {} if kind in UNCAPTIONED else caption_content(parameters)
        file = file_named(world, parameters, kind, parameters.values.get(kind))
        return deliver(world, parameters, kind, {**content_of(file, kind), **content}, chat=chat).data

    return send


for _name, _kind in MEDIA.items():
    method(_name)(_sender(_kind))


@method("sendMediaGroup")
def send_media_group(world: World, parameters: Parameters) -> list[Json]:
    chat = target(world, parameters)
    given = parameters.object("media")
    if not isinstance(given, list) or not 2 <= len(given) <= 10:
        raise bad_request("message album must include 2-10 items")
    kinds = [item.get("type") if isinstance(item, dict) else None for item in given]
    if any(kind not in ALBUM_KINDS for kind in kinds):
        raise bad_request("can't parse InputMedia: type must be one of photo, video, document, audio")
    if len(set(kinds)) > 1 and ("document" in kinds or "audio" in kinds):
        raise bad_request("document and audio can't be mixed with other media types")
    contents = [_album_item(world, parameters, item) for item in given]
    # The method has no such parameter, and what it does not have is not looked at.
    without_buttons = {name: value for name, value in parameters.values.items() if name != "reply_markup"}
    made = _deliver_album(world, Parameters(without_buttons, parameters.uploads), chat, contents)
    return [message.data for message in made]


def _album_item(world: World, parameters: Parameters, item: Json) -> tuple[str, Json]:
    kind = str(item["type"])
    content = content_of(file_named(world, parameters, kind, item.get("media")), kind)
    if item.get("caption"):
        text, entities = formatted(str(item["caption"]), item.get("parse_mode"), item.get("caption_entities"))
        if units(text) > MAX_CAPTION:
            raise bad_request("message caption is too long")
        content["caption"] = text
        if entities:
            content["caption_entities"] = entities
    return kind, content


def _deliver_album(world: World, parameters: Parameters, chat: Chat, contents: list[tuple[str, Json]]) -> list[Message]:
    album = {"media_group_id": str(world.bot_id + world.next_id())}
    made: list[Message] = []
    for kind, content in contents:
        count = 0 if made else len(contents)
        made.append(deliver(world, parameters, kind, {**album, **content}, chat=chat, count=count))
    return made


@method("getFile")
def get_file(world: World, parameters: Parameters) -> Json:
    return world.files.describe(parameters.text("file_id") or "")
