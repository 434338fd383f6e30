"""Screens become requests: each kind of message its method, an edit its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiogram.methods import (
    CopyMessage,
    DeleteMessage,
    DeleteMessages,
    EditMessageCaption,
    EditMessageText,
    SendDocument,
    SendMediaGroup,
    SendMessage,
)
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from scheduler import methods
from views.messages import Attachment, Button, Copy, Key, Screen

FOLDER = Path("data")


def build(screen: Screen, *, message_id: int | None = None, thread_id: int | None = None) -> Any:
    return methods.build(screen.to_json(), chat_id=1, thread_id=thread_id, message_id=message_id, data_folder=FOLDER)


def test_a_text_is_html_with_its_buttons_and_no_preview() -> None:
    sent = build(Screen("<b>hi</b>", ((Button("Take", "take:1"), Button("Site", url="https://a.b")),)))
    assert isinstance(sent, SendMessage)
    assert (sent.parse_mode, sent.text) == ("HTML", "<b>hi</b>")
    assert isinstance(sent.reply_markup, InlineKeyboardMarkup)
    assert [button.callback_data for button in sent.reply_markup.inline_keyboard[0]] == ["take:1", None]
    assert sent.link_preview_options is not None


def test_what_is_about_a_customer_is_protected_and_what_is_silent_rings_nowhere() -> None:
    sent = build(Screen("card", protect=True, silent=True, reply_to=7), thread_id=5)
    assert (sent.protect_content, sent.disable_notification, sent.message_thread_id) == (True, True, 5)
    assert sent.reply_parameters.message_id == 7


def test_a_keyboard_is_shown_taken_away_or_left() -> None:
    shown = build(Screen("?", keys=((Key("Share", "contact"), Key("Cancel")),))).reply_markup
    assert isinstance(shown, ReplyKeyboardMarkup)
    assert [key.request_contact for key in shown.keyboard[0]] == [True, None]
    assert isinstance(build(Screen("?", keys=())).reply_markup, ReplyKeyboardRemove)
    assert build(Screen("?")).reply_markup is None


def test_an_edit_changes_the_text_or_the_caption() -> None:
    assert isinstance(build(Screen("new"), message_id=9), EditMessageText)
    file = Attachment("document", file_id="AgAD")
    edit = build(Screen("new", attachment=file), message_id=9)
    assert isinstance(edit, EditMessageCaption)
    assert edit.message_id == 9


ALBUM = (Attachment("photo", file_id="one"), Attachment("video", file_id="two"))


def test_an_album_has_its_words_under_the_first_file() -> None:
    sent = build(Screen("<b>new</b>", album=ALBUM, protect=True), thread_id=5)
    assert isinstance(sent, SendMediaGroup)
    assert [(one.type, one.media, one.caption) for one in sent.media] == [
        ("photo", "one", "<b>new</b>"),
        ("video", "two", None),
    ]
    assert (sent.media[0].parse_mode, sent.protect_content, sent.message_thread_id) == ("HTML", True, 5)
    edit = build(Screen("newer", album=ALBUM), message_id=9)
    assert isinstance(edit, EditMessageCaption)


def test_words_with_buttons_leave_the_album_and_follow_it() -> None:
    """Telegram puts no buttons under an album."""
    screen = Screen("new", ((Button("Take", "take:1"),),), album=ALBUM)
    sent = build(screen)
    assert isinstance(sent, SendMediaGroup)
    assert [one.caption for one in sent.media] == [None, None]
    assert screen.under_album == Screen("new", screen.buttons)
    assert Screen("new", album=ALBUM).under_album is None
    assert Screen("new", screen.buttons).under_album is None
    assert Screen.from_json(screen.to_json()) == screen


def test_an_album_counts_as_its_files_and_its_edit_as_one() -> None:
    payload = Screen("new", album=ALBUM).to_json()
    assert methods.size(payload, message_id=None) == 2
    assert methods.size(payload, message_id=9) == 1
    assert methods.size(Screen("new").to_json(), message_id=None) == 1


def test_files_copies_and_deletions_have_methods_of_their_own() -> None:
    sent = build(Screen("your data", attachment=Attachment("document", text="{}", name="data.json")))
    assert isinstance(sent, SendDocument)
    assert isinstance(build(Screen(copy=Copy(2, 3), protect=True)), CopyMessage)
    gone = methods.build({"delete": 4}, chat_id=1, thread_id=None, message_id=None, data_folder=FOLDER)
    assert isinstance(gone, DeleteMessage)
    several = methods.build({"delete": [4, 5]}, chat_id=1, thread_id=None, message_id=None, data_folder=FOLDER)
    assert isinstance(several, DeleteMessages)
    assert several.message_ids == [4, 5]
