"""The commands of the command line, one module each: `run(arguments) -> exit code`; and how a refusal is worded."""

from __future__ import annotations

REFUSED = 1
WRONG_SETTINGS = 2
INTERRUPTED = 130


class Refused(Exception):
    """A command cannot do what it is asked; the message says why and what to do."""


def worded(error: Exception) -> tuple[str, int]:
    """What to say about a failure, and the exit code. Raises the error again when nobody foresaw it."""
    from bot.settings import SettingsError
    from storage.troubles import Trouble

    if isinstance(error, SettingsError):
        return f"The settings cannot be used:\n{error}", WRONG_SETTINGS
    if isinstance(error, Trouble | Refused):
        return str(error), REFUSED
    # Named rather than imported: a command that reads no playbook and runs no bot should not pay for their modules.
    if type(error).__name__ == "PlaybookErrors":
        return f"The playbook cannot be used:\n{error}", WRONG_SETTINGS
    if type(error).__name__ == "StartError":
        return str(error), REFUSED
    raise error
