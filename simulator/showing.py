"""What people see: messages and chats as the control API and the page are given them."""

import time

from simulator.chats import Chat, Message
from simulator.refusals import Json
from simulator.rendering import html

TYPING_SECONDS = 5.0


def message(shown: Message) -> Json:
    """Telegram's Message and the simulator's own fields."""
    data = shown.data
    if "text" in data:
        words = html(data["text"], data.get("entities"))
    else:
        words = html(data.get("caption", ""), data.get("caption_entities"))
    return {
        **data,
        "kind": shown.kind,
        "html": words,
        "out": shown.out,
        "reactions": reactions(shown),
        "effect": shown.effect,
        "seq": shown.seq,
    }


def reactions(shown: Message) -> list[Json]:
    return [{"user_id": user_id, "emoji": emoji} for user_id, emoji in (shown.reactions or {}).items()]


def chat(shown: Chat, newest: int) -> Json:
    """A chat with its newest messages, as in the snapshot."""
    messages = list(shown.messages.values())[-newest:] if newest > 0 else []
    return {
        **shown.view(),
        "messages": [message(one) for one in messages],
        "keyboard": shown.keyboard,
        "force_reply": shown.force_reply,
    }


def window(shown: Chat, *, after: int, limit: int) -> Json:
    """What changed in a chat after `after`, oldest first."""
    messages = [one for one in shown.messages.values() if one.seq > after]
    return {
        "seq": shown.seq,
        "chat": shown.view(),
        "messages": [message(one) for one in messages[-limit:]],
        "deleted": [message_id for seq, message_id in shown.deleted if seq > after],
        "keyboard": shown.keyboard,
        "force_reply": shown.force_reply,
        "toasts": [toast for toast in shown.toasts if toast["seq"] > after],
        "typing": typing(shown),
    }


def typing(shown: Chat) -> str | None:
    """What the bot is doing, for five seconds or until its next message."""
    if shown.typing is None or shown.typing[1] + TYPING_SECONDS < time.monotonic():
        return None
    return shown.typing[0]
