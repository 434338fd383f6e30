"""What the jobs of time may use: built once at the start and given to each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aiogram import Bot

from services.workplace import Place
from storage.engine import Database


def _nobody() -> None:
    """Stands in until there is somebody to wake."""


@dataclass(slots=True)
class Office:
    """`now` is the product's clock (UTC). `wake_delivery`, `wake_work` and `wake_campaigns` are called after a commit
    that left something to send or to do."""

    database: Database
    place: Place
    bot: Bot
    now: Callable[[], datetime]
    wake_delivery: Callable[[], None] = _nobody
    wake_work: Callable[[], None] = _nobody
    wake_campaigns: Callable[[], None] = _nobody

    @property
    def data_folder(self) -> Path:
        return Path(self.place.data_folder)


Job = Callable[[Office], Awaitable[None]]
