"""Keyboards under a message and under the input field: their shape, checked as Telegram checks it."""

import json
from dataclasses import dataclass
from typing import Any

from simulator.entities import good_url, units
from simulator.refusals import Json, bad_request

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
MAX_BUTTONS = 100
MAX_CALLBACK_DATA = 64
MAX_COPY_TEXT = 256
MAX_PLACEHOLDER = 64
STYLES = ("danger", "success", "primary")


@dataclass(frozen=True, slots=True)
class Markup:
    """What a message brings with it; exactly one field is set."""

    inline: Json | None = None
    keyboard: Json | None = None
    remove: bool = False
    force: Json | None = None


def check(markup: Any, *, private: bool) -> Markup | None:
    """Read `reply_markup`; None when there is none. Raises Telegram's refusals."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = inline_rows(markup["inline_keyboard"])
        return Markup(inline={"inline_keyboard": rows}) if rows else None
    if "keyboard" in markup:
        return Markup(keyboard=_keyboard(markup, private=private))
    if markup.get("remove_keyboard"):
        return Markup(remove=True)
    if markup.get("force_reply"):
        return Markup(force={"placeholder": _placeholder(markup)})
    return None


def inline_rows(rows: Any) -> list[list[Json]]:
    """Check an inline keyboard; empty rows are dropped, as Telegram drops them."""
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    checked: list[list[Json]] = []
    count = 0
    for row in rows:
        if not isinstance(row, list):
            raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
        count += len(row)
        if row:
            checked.append([_inline_button(button) for button in row])
    if count > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return checked


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: Exactly one optional field must be used")
    if button.get("style") is not None and button["style"] not in STYLES:
        raise bad_request("can't parse inline keyboard button: Invalid button style specified")
    _check_action(actions[0], button[actions[0]])
    return button


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        if not isinstance(value, str) or good_url(value) is None:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    elif action == "web_app":
        address = value.get("url") if isinstance(value, dict) else None
        if not isinstance(address, str) or not address.startswith("https://"):
            raise bad_request(
                f"inline keyboard button Web App URL '{address}' is invalid: Only HTTPS links are allowed"
            )
    elif action == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= MAX_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _placeholder(markup: Json) -> str | None:
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= units(str(placeholder)) <= MAX_PLACEHOLDER:
        raise bad_request("input field placeholder must be 1-64 characters long")
    return placeholder


def _keyboard(markup: Json, *, private: bool) -> Json:
    rows: list[list[Json]] = []
    count = 0
    for row in markup["keyboard"] if isinstance(markup["keyboard"], list) else [None]:
        if not isinstance(row, list):
            raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
        buttons = [_reply_button(button, private=private) for button in row]
        count += len(buttons)
        if buttons:
            rows.append(buttons)
    if not rows:
        raise bad_request("reply keyboard must be non-empty")
    if count > MAX_BUTTONS * 3:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {
        "rows": rows,
        "one_time": bool(markup.get("one_time_keyboard")),
        "resize": bool(markup.get("resize_keyboard")),
        "persistent": bool(markup.get("is_persistent")),
        "placeholder": _placeholder(markup),
        "hidden": False,
    }


def _reply_button(button: Any, *, private: bool) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    if not private:
        if button.get("request_contact"):
            raise bad_request("phone number can be requested in private chats only")
        if button.get("request_location"):
            raise bad_request("location can be requested in private chats only")
    return button


def same(one: Json | None, other: Json | None) -> bool:
    """Whether two inline keyboards are the same for "message is not modified"."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def find(markup: Json | None, *, data: str | None, text: str | None) -> Json | None:
    """The first inline button with this data, or with this label."""
    for row in (markup or {}).get("inline_keyboard", ()):
        for button in row:
            if data is not None and button.get("callback_data") == data:
                return dict(button)
            if data is None and text is not None and button["text"] == text:
                return dict(button)
    return None
