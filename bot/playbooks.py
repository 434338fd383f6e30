"""The owner's playbook from its file. What it must be is in `crm.playbook_reading`; here is only the file."""

from __future__ import annotations

from pathlib import Path

from crm import playbook_reading
from crm.playbook import Playbook
from crm.playbook_reading import PlaybookErrors, Problem

__all__ = ["PlaybookErrors", "Problem", "from_text", "load", "text_of"]


def text_of(path: Path) -> str:
    """The text of the file, as it is kept by its hash. Raises PlaybookErrors when it cannot be read."""
    name = path.name
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        hint = "copy one from playbooks/ and name it in the setting PLAYBOOK"
        raise PlaybookErrors([Problem(str(path), 0, "", "there is no such file", hint)]) from None
    except OSError as error:
        raise PlaybookErrors([Problem(str(path), 0, "", f"it cannot be read: {error.strerror or error}")]) from None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PlaybookErrors(
            [Problem(name, line, "", "it is not UTF-8", "save the file in the encoding UTF-8")]
        ) from None


def load(path: Path) -> Playbook:
    """The playbook of a file. Raises PlaybookErrors with every mistake in it."""
    return from_text(text_of(path), path.name)


def from_text(text: str, file: str = "playbook.toml") -> Playbook:
    """The playbook of a text, as from a file of that name. Raises PlaybookErrors."""
    return playbook_reading.read(text, file)
