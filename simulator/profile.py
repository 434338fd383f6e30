"""The bot's own face: its name, descriptions, commands by scope and language, menu buttons."""

import re
from typing import Any

from simulator.chats import ADMINISTRATORS, Chat
from simulator.people import Person
from simulator.refusals import Json, bad_request

MAX_COMMANDS = 100
TEXTS = {"name": 64, "description": 512, "short_description": 120}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
)
Key = tuple[str, int | None, int | None]


class Profile:
    """Texts by (which, language) and commands by (scope, language)."""

    def __init__(self, bot_id: int, username: str, name: str) -> None:
        self.username = username
        self._default_name = name
        self._texts: dict[tuple[str, str], str] = {}
        self._commands: dict[tuple[Key, str], list[Json]] = {}
        self.menu_button: Json = {"type": "default"}
        self.user: Json = {"id": bot_id, "is_bot": True, "first_name": name, "username": username}

    def me(self) -> Json:
        """The answer of getMe."""
        return {
            **self.user,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
        }

    def set_text(self, which: str, text: str, language: str) -> None:
        """Raises 400 above the length Telegram allows."""
        if len(text) > TEXTS[which]:
            raise bad_request(f"BOT_{which.upper()}_TOO_LONG" if which != "name" else "BOT_TITLE_INVALID")
        key = (which, self.language(language))
        if text:
            self._texts[key] = text
        else:
            self._texts.pop(key, None)
        if which == "name" and not language:
            self.user = {**self.user, "first_name": text or self._default_name}

    def text(self, which: str, language: str) -> str:
        fallback = self._default_name if which == "name" else ""
        return self._texts.get((which, language)) or self._texts.get((which, "")) or fallback

    @staticmethod
    def language(code: str) -> str:
        if code and not _LANGUAGE.fullmatch(code):
            raise bad_request("invalid language code specified")
        return code

    @staticmethod
    def scope(given: Any) -> Key:
        """Read a BotCommandScope; the chat's number is checked by who knows the chats."""
        if given is None:
            return "default", None, None
        if not isinstance(given, dict) or given.get("type") not in SCOPES:
            raise bad_request("can't parse BotCommandScope: Unsupported type specified")
        kind = str(given["type"])
        if not kind.startswith("chat"):
            return kind, None, None
        if given.get("chat_id") is None:
            raise bad_request("can't parse BotCommandScope: Can't find field \"chat_id\"")
        try:
            chat_id = int(given["chat_id"])
            user_id = int(given["user_id"]) if kind == "chat_member" else None
        except (KeyError, TypeError, ValueError):
            raise bad_request("can't parse BotCommandScope: Can't find field \"user_id\"") from None
        return kind, chat_id, user_id

    def set_commands(self, commands: Any, scope: Key, language: str) -> None:
        """Raises 400 for too many, a bad name or a bad description."""
        if not isinstance(commands, list):
            raise bad_request("can't parse commands: Expected an Array of BotCommand")
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        checked = [_command(command) for command in commands]
        key = (scope, self.language(language))
        if checked:
            self._commands[key] = checked
        else:
            self._commands.pop(key, None)

    def commands(self, scope: Key, language: str) -> list[Json]:
        return self._commands.get((scope, language), [])

    def menu(self, person: Person, chat: Chat) -> list[Json]:
        """The commands a person sees in a chat: the narrowest scope first, in each their language first."""
        for scope in _narrowest_first(person, chat):
            for language in ((person.language_code or "")[:2], ""):
                found = self._commands.get((scope, language))
                if found is not None:
                    return found
        return []


def _narrowest_first(person: Person, chat: Chat) -> list[Key]:
    """The order of the Bot API's "Determining list of commands"."""
    if chat.private:
        return [("chat", chat.id, None), ("all_private_chats", None, None), ("default", None, None)]
    scopes: list[Key] = [("chat_member", chat.id, person.id)]
    member = chat.members.get(person.id)
    admin = member is not None and member.status in ADMINISTRATORS
    if admin:
        scopes.append(("chat_administrators", chat.id, None))
    scopes.append(("chat", chat.id, None))
    if admin:
        scopes.append(("all_chat_administrators", None, None))
    return [*scopes, ("all_group_chats", None, None), ("default", None, None)]


def _command(command: Any) -> Json:
    if not isinstance(command, dict) or not isinstance(command.get("command"), str):
        raise bad_request("can't parse BotCommand: Can't find field \"command\"")
    name = command["command"].removeprefix("/")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    description = command.get("description")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
