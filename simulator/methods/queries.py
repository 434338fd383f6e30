"""Answers to presses of inline buttons and to inline searches."""

from typing import Any

from simulator.keyboards import inline_rows
from simulator.methods.composing import MAX_TEXT, formatted
from simulator.methods.registry import method
from simulator.parameters import Parameters
from simulator.refusals import Json, bad_request
from simulator.world import World

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
MAX_ANSWER = 200
MAX_RESULTS = 50


@method("answerCallbackQuery")
def answer_callback_query(world: World, parameters: Parameters) -> bool:
    press = world.presses.waiting(parameters.text("callback_query_id") or "", world.clock.now())
    if press is None:
        raise bad_request(TOO_OLD)
    text = parameters.text("text")
    if text is not None and len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    url = parameters.text("url")
    if url and not url.startswith((f"https://t.me/{world.profile.username}?", f"t.me/{world.profile.username}?")):
        raise bad_request("URL_INVALID")
    world.toast(press, text, alert=parameters.flag("show_alert"), url=url or None)
    return True


@method("answerInlineQuery")
def answer_inline_query(world: World, parameters: Parameters) -> bool:
    search = world.searches.waiting(parameters.text("inline_query_id") or "", world.clock.now())
    if search is None:
        raise bad_request(TOO_OLD)
    results = parameters.object("results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: Expected an Array")
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    offset = parameters.text("next_offset") or ""
    if len(offset.encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    seen: set[str] = set()
    checked = [_result(result, seen) for result in results]
    search.answer = {"results": checked, "button": _button(parameters.object("button")), "next_offset": offset}
    search.answered.set()
    return True


def _result(result: Any, seen: set[str]) -> Json:
    if not isinstance(result, dict) or not result.get("type"):
        raise bad_request("can't parse inline query result: Can't find field \"type\"")
    result_id = str(result.get("id", ""))
    if not 1 <= len(result_id.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if result_id in seen:
        raise bad_request("RESULT_ID_DUPLICATE")
    seen.add(result_id)
    checked = {**result, "id": result_id}
    if result["type"] == "article":
        if not result.get("title"):
            raise bad_request("can't parse inline query result: Can't find field \"title\"")
        if "input_message_content" not in result:
            raise bad_request("can't parse inline query result: Can't find field \"input_message_content\"")
    content = result.get("input_message_content")
    if content is not None:
        checked["input_message_content"] = _content(content)
    if result.get("reply_markup"):
        checked["reply_markup"] = {"inline_keyboard": inline_rows(result["reply_markup"].get("inline_keyboard"))}
    return checked


def _content(content: Any) -> Json:
    if not isinstance(content, dict):
        raise bad_request("can't parse inline query result: InputMessageContent must be an Object")
    if "message_text" not in content:
        return content
    text, entities = formatted(str(content["message_text"]), content.get("parse_mode"), content.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return {"message_text": text, "entities": entities}


def _button(button: Any) -> Json | None:
    if button is None:
        return None
    start = button.get("start_parameter")
    if not button.get("text") or (start is None and button.get("web_app") is None):
        raise bad_request("can't parse inline query results button")
    if start is not None and not (1 <= len(start) <= 64 and start.replace("_", "").replace("-", "").isalnum()):
        raise bad_request("SWITCH_PM_PARAMETER_INVALID")
    return dict(button)
