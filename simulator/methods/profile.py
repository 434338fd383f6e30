"""The bot about itself: getMe, its texts, commands and menu button."""

from typing import Any

from simulator.methods.registry import method
from simulator.parameters import Parameters
from simulator.profile import Key, Profile
from simulator.refusals import Json, bad_request
from simulator.world import World


@method("getMe")
def get_me(world: World, parameters: Parameters) -> Json:
    return world.profile.me()


def _scope(world: World, parameters: Parameters) -> Key:
    scope = Profile.scope(parameters.object("scope"))
    if scope[1] is not None and world.find_chat(scope[1]).private and scope[0] != "chat":
        raise bad_request("can't change commands of this scope in private chats")
    return scope


def _language(parameters: Parameters) -> str:
    return Profile.language(parameters.text("language_code") or "")


@method("setMyCommands")
def set_my_commands(world: World, parameters: Parameters) -> bool:
    world.profile.set_commands(parameters.object("commands"), _scope(world, parameters), _language(parameters))
    _commands_changed(world)
    return True


@method("deleteMyCommands")
def delete_my_commands(world: World, parameters: Parameters) -> bool:
    world.profile.set_commands([], _scope(world, parameters), _language(parameters))
    _commands_changed(world)
    return True


@method("getMyCommands")
def get_my_commands(world: World, parameters: Parameters) -> list[Json]:
    return world.profile.commands(_scope(world, parameters), _language(parameters))


def _commands_changed(world: World) -> None:
    world.changes.next()
    world.changes.tell("commands", dict)


def _text_methods(which: str, title: str) -> None:
    def set_text(world: World, parameters: Parameters) -> bool:
        world.profile.set_text(which, parameters.text(which) or "", parameters.text("language_code") or "")
        world.changes.next()
        world.changes.tell("bot", lambda: {"bot": world.profile.user})
        return True

    def get_text(world: World, parameters: Parameters) -> Json:
        return {which: world.profile.text(which, _language(parameters))}

    method(f"setMy{title}")(set_text)
    method(f"getMy{title}")(get_text)


_text_methods("name", "Name")
_text_methods("description", "Description")
_text_methods("short_description", "ShortDescription")


@method("setChatMenuButton")
def set_chat_menu_button(world: World, parameters: Parameters) -> bool:
    button: Any = parameters.object("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: Unsupported type specified")
    if parameters.values.get("chat_id"):
        world.find_chat(parameters.values["chat_id"]).menu_button = button
    else:
        world.profile.menu_button = button
    _commands_changed(world)
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, parameters: Parameters) -> Json:
    if parameters.values.get("chat_id"):
        return world.find_chat(parameters.values["chat_id"]).menu_button or world.profile.menu_button
    return world.profile.menu_button
