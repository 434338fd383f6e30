"""`{name}` in the owner's texts: a closed list of plain words, checked when the playbook is read.

`str.format` would follow attributes into the program (`{x.__init__.__globals__}`), so it is not used here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final

from crm import name_forms

ABOUT_PERSON: Final = frozenset({"name", "business"})
"""`name`: what the person is called, without the family's name; `business`: the name of the business. These are known everywhere."""
ABOUT_REQUEST: Final = ABOUT_PERSON | {"number", "form"}
"""`number`: the request's number; `form`: the title of its form."""

_BRACES = re.compile(r"\{([^{}]*)\}")
# With the comma and the space that lead to it: they go when there is nothing to say.
_PLACE = re.compile(r"([,\s]*)\{([^{}]*)\}")


def names(text: str) -> list[str]:
    """Everything in braces, in order: what a check compares with the closed list."""
    return _BRACES.findall(text)


def stray_brace(text: str) -> bool:
    """Whether a brace is opened or closed alone."""
    rest = _BRACES.sub("", text)
    return "{" in rest or "}" in rest


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text as HTML: escaped whole, its placeholders replaced by escaped values. `name` is the whole name of the card.

    A value that is empty or not given leaves no hole: "Hello, {name}!" becomes "Hello!",
    "{name}, hello!" becomes "Hello!".
    """

    def put(found: re.Match[str]) -> str:
        value = spoken(found[2], values)
        return found[1] + html.escape(value, quote=False) if value else ""

    filled = _PLACE.sub(put, html.escape(text, quote=False))
    first = _PLACE.match(text)
    if first and not values.get(first[2]):
        filled = filled.lstrip(", \n")
        filled = filled[:1].upper() + filled[1:]
    return filled


def spoken(placeholder: str, values: Mapping[str, str]) -> str:
    """What is said in the place of one; empty where nothing is known."""
    value = values.get(placeholder, "")
    return name_forms.spoken(value) if placeholder == "name" else value
