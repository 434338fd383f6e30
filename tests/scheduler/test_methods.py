"""Screens become requests: each kind of message its method, an edit its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiogram.methods import CopyMessage, DeleteMessage, EditMessageCaption, EditMessageText, SendDocument, SendMessage
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


def test_files_copies_and_deletions_have_methods_of_their_own() -> None:
    sent = build(Screen("your data", attachment=Attachment("document", text="{}", name="data.json")))
    assert isinstance(sent, SendDocument)
    assert isinstance(build(Screen(copy=Copy(2, 3), protect=True)), CopyMessage)
    gone = methods.build({"delete": 4}, chat_id=1, thread_id=None, message_id=None, data_folder=FOLDER)
    assert isinstance(gone, DeleteMessage)
