"""What a person sent, as the form engine reads it."""

from __future__ import annotations

from aiogram import types
from aiogram.enums import ContentType

from crm.form_types import (
    ChoicePressed,
    ContactShared,
    FileSent,
    Input,
    LocationShared,
    Pressed,
    State,
    TextInput,
    Unexpected,
    Verb,
)
from handlers.turns import Turn
from services.meeting import Profile

_VERBS: dict[str, Verb] = {
    "back": "back",
    "skip": "skip",
    "done": "done",
    "keep": "keep",
    "change": "change",
    "agree": "agree",
    "decline": "decline",
    "confirm": "confirm",
    "cancel": "cancel",
}


def message(turn: Turn) -> Input:
    """A message as an input. What is forwarded or edited, and what no question asks for, is unexpected."""
    said = turn.message
    if turn.edited:
        return Unexpected("edited")
    if said.forward_origin is not None:
        return Unexpected("forwarded")
    if said.text is not None:
        return TextInput(said.text)
    if said.contact is not None:
        # Anybody's card can be sent; only one's own, says the Bot API, has the sender's id in it.
        own = said.contact.user_id == turn.user.id
        return ContactShared(said.contact.phone_number, own=True) if own else Unexpected("stranger")
    if said.location is not None and said.venue is None:
        return LocationShared(said.location.latitude, said.location.longitude)
    return sent_file(said) or Unexpected(_kind(said))


def press(state: State, number: str, what: str) -> Input:
    """A button of a form: the turn it belongs to and what it stands for. Anything else is a button of nothing."""
    turn = int(number) if number.isdecimal() and len(number) < 9 else -1
    verb, _, arg = what.partition(":")
    if verb == "o":
        return ChoicePressed(arg, state.step, turn)
    if verb == "edit" and arg.isdecimal() and len(arg) < 4:
        return Pressed("edit", turn, int(arg))
    known = _VERBS.get(verb)
    return Pressed(known, turn) if known is not None else Pressed("back", -1)


def sent_file(said: types.Message) -> FileSent | None:
    """The file of a message: a photo in its largest size, a document, anything recorded. A sticker is not one."""
    if said.photo:
        photo = said.photo[-1]
        return FileSent(photo.file_id, photo.file_unique_id, "photo", size=photo.file_size, album=said.media_group_id)
    file = said.animation or said.document or said.video or said.audio or said.voice or said.video_note
    if file is None:
        return None
    return FileSent(
        file.file_id,
        file.file_unique_id,
        _kind(said),
        name=getattr(file, "file_name", None),
        size=file.file_size,
        mime=getattr(file, "mime_type", None),
        album=said.media_group_id,
    )


def _kind(said: types.Message) -> str:
    """What kind of message it is, as the words for it are called; aiogram has an enum here, which says its own name."""
    return ContentType(said.content_type).value


def profile(turn: Turn) -> Profile:
    """What Telegram says of the writer."""
    user = turn.user
    return Profile(user.id, user.first_name, user.full_name, user.username, turn.language)
