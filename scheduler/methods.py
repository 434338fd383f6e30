"""Screens become the Bot API's methods: the only place that builds what is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiogram.methods import (
    CopyMessage,
    DeleteMessage,
    DeleteMessages,
    EditMessageCaption,
    EditMessageText,
    SendAudio,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendPoll,
    SendVideo,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    CopyTextButton,
    FSInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    InputPollOption,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from views.messages import Attachment, Button, Screen

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SENDERS: dict[str, Any] = {
    "document": SendDocument,
    "photo": SendPhoto,
    "video": SendVideo,
    "audio": SendAudio,
    "voice": SendVoice,
}
_IN_ALBUM: dict[str, Any] = {
    "document": InputMediaDocument,
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "audio": InputMediaAudio,
}


def build(
    payload: dict[str, Any], *, chat_id: int, thread_id: int | None, message_id: int | None, data_folder: Path
) -> TelegramMethod[Any]:
    """The method that says this payload: an edit when the message is already there (`message_id`)."""
    if "delete" in payload:
        gone = payload["delete"]
        if isinstance(gone, list):
            return DeleteMessages(chat_id=chat_id, message_ids=gone)
        return DeleteMessage(chat_id=chat_id, message_id=gone)
    screen = Screen.from_json(payload)
    if message_id is not None:
        return _edit(screen, chat_id, message_id)
    reply = ReplyParameters(message_id=screen.reply_to, allow_sending_without_reply=True) if screen.reply_to else None
    shared: dict[str, Any] = {
        "chat_id": chat_id,
        "message_thread_id": thread_id,
        "reply_markup": _markup(screen),
        "protect_content": screen.protect or None,
        "disable_notification": screen.silent or None,
        "reply_parameters": reply,
    }
    if screen.copy is not None:
        return CopyMessage(from_chat_id=screen.copy.chat_id, message_id=screen.copy.message_id, **shared)
    if screen.poll is not None:
        options: list[InputPollOption | str] = [InputPollOption(text=option) for option in screen.poll.options]
        return SendPoll(question=screen.poll.question, options=options, is_anonymous=False, **shared)
    if screen.album:
        del shared["reply_markup"]  # of which an album has none
        return SendMediaGroup(media=_album(screen), **shared)
    if screen.attachment is not None:
        sender = _SENDERS[screen.attachment.kind]
        file = _input_file(screen.attachment, data_folder)
        return sender(  # type: ignore[no-any-return]
            **{screen.attachment.kind: file}, caption=screen.text or None, parse_mode="HTML", **shared
        )
    return SendMessage(text=screen.text, parse_mode="HTML", link_preview_options=_NO_PREVIEW, **shared)


def size(payload: dict[str, Any], *, message_id: int | None) -> int:
    """For how many messages Telegram's limits count it: an album is as many as it has files. An edit is one request."""
    return len(payload.get("album", ())) or 1 if message_id is None else 1


def inline_keyboard(buttons: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """The buttons under a message; None when there are none."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(button) for button in row] for row in buttons])


def _button(button: Button) -> InlineKeyboardButton:
    if button.data is not None:
        return InlineKeyboardButton(text=button.text, callback_data=button.data)
    if button.url is not None:
        return InlineKeyboardButton(text=button.text, url=button.url)
    if button.copy is not None:
        return InlineKeyboardButton(text=button.text, copy_text=CopyTextButton(text=button.copy))
    return InlineKeyboardButton(text=button.text, switch_inline_query_current_chat=button.switch_inline or "")


def _markup(screen: Screen) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if screen.buttons:
        return inline_keyboard(screen.buttons)
    if screen.keys is None:
        return None
    if not screen.keys:
        return ReplyKeyboardRemove(remove_keyboard=True)
    return ReplyKeyboardMarkup(
        keyboard=[
            [
                KeyboardButton(
                    text=key.text,
                    request_contact=key.shares == "contact" or None,
                    request_location=key.shares == "location" or None,
                )
                for key in row
            ]
            for row in screen.keys
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
        input_field_placeholder=screen.placeholder,
    )


def _album(screen: Screen) -> list[Any]:
    """The files. The first has the words, which Telegram then shows under all of them; words with buttons follow by
    themselves."""
    caption = None if screen.buttons else screen.text or None
    return [
        _IN_ALBUM[one.kind](media=one.file_id, caption=None if place else caption, parse_mode="HTML")
        for place, one in enumerate(screen.album)
    ]


def _edit(screen: Screen, chat_id: int, message_id: int) -> TelegramMethod[Any]:
    markup = inline_keyboard(screen.buttons)
    if screen.attachment is not None or screen.album:
        return EditMessageCaption(
            chat_id=chat_id, message_id=message_id, caption=screen.text or None, parse_mode="HTML", reply_markup=markup
        )
    return EditMessageText(
        chat_id=chat_id,
        message_id=message_id,
        text=screen.text,
        parse_mode="HTML",
        link_preview_options=_NO_PREVIEW,
        reply_markup=markup,
    )


def _input_file(attachment: Attachment, data_folder: Path) -> Any:
    if attachment.file_id is not None:
        return attachment.file_id
    if attachment.path is not None:
        return FSInputFile(data_folder / attachment.path, filename=attachment.name)
    return BufferedInputFile((attachment.text or "").encode(), filename=attachment.name or "file.txt")
