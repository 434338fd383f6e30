"""The team's door: the greeting, help by role, and a chat's number."""

from __future__ import annotations

from locales import Words
from views.messages import Button, Screen


def greeting(words: Words, *, name: str, role: str, open_requests: int, tasks: int) -> Screen:
    """What /start says to one of the team: who they are here, and what waits."""
    lines = [
        words("door-hello", name=name, role=words.plain(f"role-{role}")),  # keys: role-owner role-manager role-viewer
        words("door-queue", count=open_requests),
    ]
    if tasks:
        lines.append(words("door-tasks", count=tasks))
    lines.append(words("door-find"))
    buttons = [(Button(words.plain("door-open-queue"), "queue:0:new"),)]
    if tasks:
        buttons.append((Button(words.plain("door-open-tasks"), "tasks:0"),))
    return Screen("\n".join(lines), tuple(buttons))


def help_page(words: Words, *, role: str) -> Screen:
    """The commands, those that this role may use."""
    lines = [words("staff-help-see")]
    if role != "viewer":
        lines.append(words("staff-help-do"))
        lines.append(words("staff-help-sell"))
        lines.append(words("staff-help-base"))
    else:
        lines.append(words("staff-help-viewer"))
    if role == "owner":
        lines.append(words("staff-help-owner"))
    return Screen("\n\n".join(lines))


def chat_number(words: Words, chat_id: int, *, private: bool) -> Screen:
    """This chat's number, with the line for .env where it is of use."""
    number = str(chat_id)
    return Screen(words("id-private", id=number) if private else words("id-group", id=number))
