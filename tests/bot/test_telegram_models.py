"""aiogram's models are built when they are first used, and are then what aiogram makes of them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from aiogram import methods, types
from aiogram.methods.base import Response
from pydantic import ValidationError

COUNTED = """
from bot import telegram_models
telegram_models.load()
from aiogram import methods, types
models = {getattr(room, name) for room in (types, methods) for name in room.__all__}
models = [model for model in models if hasattr(model, "model_rebuild")]
print(len(models), sum(bool(model.__dict__.get("__pydantic_complete__")) for model in models))
"""


def test_importing_builds_little() -> None:
    """A newer aiogram may build its models some other way: then the saving is gone, and this says so."""
    counted = subprocess.run([sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True, timeout=60)
    models, built = map(int, counted.stdout.split())
    assert models > 500
    assert built < models / 4


@pytest.mark.parametrize(
    "model",
    [
        types.Gift,
        types.WebhookInfo,
        types.StarTransactions,
        types.InputMediaVideo,
        methods.SendInvoice,
        methods.GetFile,
    ],
)
def test_what_nobody_has_used_is_built_when_it_is(model: type[types.TelegramObject]) -> None:
    with pytest.raises(ValidationError, match="Field required"):
        model.model_validate({})


def test_an_answer_holds_what_its_method_returns() -> None:
    answer = Response[methods.GetChatMember.__returning__].model_validate(  # type: ignore[valid-type]
        {"ok": True, "result": {"status": "member", "user": {"id": 1, "is_bot": False, "first_name": "Olga"}}}
    )
    assert isinstance(answer.result, types.ChatMemberMember)
    assert answer.result.user.first_name == "Olga"
