"""Refusals: what a service says when it will not do what was asked. Typed, with a text key; one place words them."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The action was refused and nothing of it was done. `key` and `values` are the reader's words for why, and what
    to do next (locales/*/refusals.ftl). `alert` asks for a note the reader must close."""

    def __init__(self, key: str, *, alert: bool = False, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.alert = alert
        self.values = values
