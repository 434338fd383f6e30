"""aiogram's models, each built when it is first used.

aiogram builds the pydantic validators of its 500 types and methods at import: 5 s of CPU and 105 MB, of which the bot uses
one type (Update) and two dozen methods. Here aiogram is imported without that. pydantic then builds a model when it is
first used, by calling its `model_rebuild`, which finds the names that aiogram's annotations speak of.

Whoever starts the bot calls `load` before anything else imports aiogram. Without it all works the same, and costs more.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any, Literal, Optional, Union

from pydantic import BaseModel

_USED_AT_ONCE = ("SendMessage", "EditMessageText", "AnswerCallbackQuery")


def load() -> None:
    """Imports aiogram, and builds what the first message needs. Does nothing where aiogram is imported already."""
    if "aiogram" in sys.modules:
        return
    build = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(_not_yet)  # type: ignore[assignment, method-assign]  # while it is imported
    try:
        importlib.import_module("aiogram")
    finally:
        BaseModel.model_rebuild = build  # type: ignore[method-assign]  # what it was
    from aiogram import methods, types
    from aiogram.client.default import Default
    from aiogram.methods.base import Response, TelegramMethod
    from aiogram.types.base import TelegramObject

    # What aiogram itself gives to pydantic, at the end of aiogram/types/__init__.py.
    names = {"List": list, "Optional": Optional, "Union": Union, "Literal": Literal, "Default": Default}
    names |= {name: getattr(types, name) for name in types.__all__}

    def model_rebuild(
        cls: type[BaseModel], /, *, force: bool = False, raise_errors: bool = True, **_: Any
    ) -> bool | None:
        done: bool | None = build.__func__(cls, force=force, raise_errors=raise_errors, _types_namespace=names)
        return done

    for base in (TelegramObject, TelegramMethod, Response):
        base.model_rebuild = classmethod(model_rebuild)  # type: ignore[assignment, method-assign]  # see above
    types.Update.model_rebuild()
    for name in _USED_AT_ONCE:
        getattr(methods, name).model_rebuild()


def _not_yet(cls: type[BaseModel], /, **_: Any) -> None:
    """In the place of `model_rebuild` while aiogram is imported."""
