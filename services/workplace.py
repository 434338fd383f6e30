"""Where this bot works: what the settings say of it, what Telegram says, and the playbook in force."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from crm.counted_links import CountedLinks
from services.versioning import Playbooks


@dataclass(slots=True)
class Place:
    """One bot of one business. Built once at the start and handed to whoever needs to know. `links` is there when the bot
    has a public address."""

    username: str
    timezone: ZoneInfo
    language: str
    team_chat_id: int | None
    playbooks: Playbooks
    data_folder: str = "data"
    links: CountedLinks | None = None

    def move_team_chat(self, chat_id: int) -> None:
        """The team's group became a supergroup, which has another id."""
        self.team_chat_id = chat_id
