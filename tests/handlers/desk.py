"""A person talking to the bot without the network: raw updates go through the real edge into a real database, and
what the bot wants to say is read from the outbox."""

from __future__ import annotations

import itertools
import json
import sqlite3
import weakref
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.methods import AnswerCallbackQuery, TelegramMethod

from bot.edge import Edge
from crm import playbook_reading
from crm.playbook import Playbook
from handlers import table
from services.versioning import Playbooks
from services.workplace import Place
from storage import inbox, playbook_versions
from storage.conversations import Conversation, load
from storage.engine import Database, Tx
from tests.clocks import FakeClock
from tests.places import read_playbook

_updates = itertools.count(1000)
_messages = itertools.count(1000)


class Ears:
    """Stands where the gate does: remembers what is said directly."""

    def __init__(self) -> None:
        self.toasts: list[str] = []

    def say_directly(self, method: TelegramMethod[Any]) -> None:
        assert isinstance(method, AnswerCallbackQuery)
        self.toasts.append(method.text or "")


class Office:
    """The bot over one database, with a playbook and a clock that stands still."""

    def __init__(self, database: Database, playbook: str) -> None:
        self.database = database
        self.clock = FakeClock()
        self.ears = Ears()
        self.playbook: Playbook = read_playbook(playbook)
        self.place = Place(
            username="kartoteka_bot",
            timezone=ZoneInfo("Europe/Kyiv"),
            language="ru",
            team_chat_id=None,
            playbooks=Playbooks(self.playbook, playbook_reading.read),
        )
        gate: Any = self.ears
        self.edge = Edge(database, self.place, table.everything(), self.clock, gate)
        self._direct: sqlite3.Connection | None = None

    async def open(self, playbook: str) -> Office:
        now = self.clock.now()
        await self.database.write(lambda tx: playbook_versions.keep(tx, self.playbook.hash, playbook, now=now))
        return self

    def outbox(self) -> dict[int, tuple[int, str]]:
        """Every row of the outbox: its revision and its payload. By a connection of its own: what every update asks
        takes no trip through the bot's threads."""
        if self._direct is None:
            self._direct = sqlite3.connect(str(self.database.url.database))
            weakref.finalize(self, self._direct.close)
        rows = self._direct.execute("SELECT id, revision, payload FROM outbox ORDER BY id").fetchall()
        return {row: (revision, payload) for row, revision, payload in rows}

    def person(self, telegram_id: int = 501, first_name: str = "Olga", **fields: Any) -> Talker:
        return Talker(self, {"id": telegram_id, "is_bot": False, "first_name": first_name, **fields})


class Talker:
    """One person in their private chat with the bot."""

    def __init__(self, office: Office, user: Mapping[str, Any]) -> None:
        self.office = office
        self.user = {"language_code": "ru", **user}
        self.chat = {"id": user["id"], "type": "private", "first_name": user["first_name"]}

    async def update(self, **body: Any) -> list[dict[str, Any]]:
        """One update through the edge; the payloads it added to the outbox, in their order."""
        update_id = next(_updates)
        text = json.dumps({"update_id": update_id, **body}, ensure_ascii=False)
        now = self.office.clock.now()

        async def store(tx: Tx) -> list[inbox.Stored]:
            return await inbox.store(tx, 1, [(update_id, int(self.user["id"]), text)], now=now)

        before = self.office.outbox()
        (stored,) = await self.office.database.write(store)
        await self.office.edge.handle(stored)
        unknown = (None, "")
        return [
            json.loads(one[1]) for row, one in self.office.outbox().items() if before.get(row, unknown)[0] != one[0]
        ]

    async def sends(self, **content: Any) -> list[dict[str, Any]]:
        """A message with this content."""
        return await self.update(message=self._message(content))

    async def edits(self, **content: Any) -> list[dict[str, Any]]:
        return await self.update(edited_message={**self._message(content), "edit_date": 1})

    async def says(self, text: str) -> list[dict[str, Any]]:
        return await self.sends(text=text)

    async def presses(self, data: str, message_id: int = 77) -> list[dict[str, Any]]:
        """A button with this data."""
        message = {"message_id": message_id, "date": 1, "chat": self.chat, "text": "?"}
        press = {"id": "1", "from": self.user, "chat_instance": "1", "data": data, "message": message}
        return await self.update(callback_query=press)

    async def conversation(self) -> Conversation:
        """Where the person stands."""
        async with self.office.database.read() as db:
            return (await load(db, self.chat["id"], self.chat["id"])).conversation

    async def state(self) -> dict[str, Any]:
        """The state of the flow the person is in."""
        state = (await self.conversation()).state
        assert state is not None
        return state

    async def press(self, what: str) -> list[dict[str, Any]]:
        """A button of the question that is open now."""
        state = await self.state()
        return await self.presses(f"f:{state['run']}:{state['turn']}:{what}")

    def _message(self, content: Mapping[str, Any]) -> dict[str, Any]:
        at = int(datetime(2026, 11, 24, tzinfo=UTC).timestamp())
        return {"message_id": next(_messages), "date": at, "chat": self.chat, "from": self.user, **content}
