"""Chats: private ones, groups with members and topics, channels; and what is in them."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from simulator.people import Person
from simulator.refusals import Json

ADMINISTRATORS = ("creator", "administrator")
PRESENT = ("creator", "administrator", "member", "restricted")


class Message:
    """One message: Telegram's object as the bot sees it, and what only the server knows."""

    __slots__ = ("data", "effect", "kind", "markup", "out", "protected", "reactions", "seq")

    def __init__(self, data: Json, kind: str, *, out: bool, protected: bool = False) -> None:
        self.data = data
        self.kind = kind
        self.out = out
        self.protected = protected
        self.markup: Json | None = data.get("reply_markup")
        self.reactions: dict[int, str] | None = None
        self.effect: str | None = None
        self.seq = 0

    @property
    def id(self) -> int:
        return int(self.data["message_id"])

    @property
    def date(self) -> int:
        return int(self.data["date"])

    def short(self) -> Json:
        """As it appears inside another message: without its own reply."""
        return {name: value for name, value in self.data.items() if name not in ("reply_to_message", "pinned_message")}


@dataclass(slots=True)
class Member:
    """Somebody in a group. `title` is the signature of an anonymous administrator."""

    user_id: int
    status: str = "member"
    anonymous: bool = False
    title: str | None = None

    def view(self) -> Json:
        return {"user_id": self.user_id, "status": self.status, "anonymous": self.anonymous, "title": self.title}


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is the id of the service message that opened it."""

    message_thread_id: int
    name: str
    icon_color: int = 7322096
    icon_custom_emoji_id: str | None = None
    closed: bool = False

    def view(self) -> Json:
        return {
            "message_thread_id": self.message_thread_id,
            "name": self.name,
            "closed": self.closed,
            "icon_custom_emoji_id": self.icon_custom_emoji_id,
        }


@dataclass(slots=True)
class Chat:
    """A chat and its messages, oldest first. `person` is set in a private chat."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    person: Person | None = None
    bot_status: str = "administrator"
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    next_message_id: int = 1
    migrated_to: int | None = None
    keyboard: Json | None = None
    force_reply: Json | None = None
    typing: tuple[str, float] | None = None
    toasts: deque[Json] = field(default_factory=lambda: deque(maxlen=200))
    deleted: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=5000))
    menu_button: Json | None = None
    seq: int = 0
    _face: Json = field(default_factory=dict)

    def face(self) -> Json:
        """The Bot API's Chat object; shared between messages, so never changed in place."""
        if not self._face:
            fields: dict[str, Any]
            if self.person is not None:
                person = self.person
                fields = {
                    "id": self.id,
                    "first_name": person.first_name,
                    "last_name": person.last_name,
                    "username": person.username,
                    "type": "private",
                }
            else:
                forum = True if self.is_forum else None
                fields = {
                    "id": self.id,
                    "title": self.title,
                    "username": self.username,
                    "is_forum": forum,
                    "type": self.type,
                }
            self._face = {name: value for name, value in fields.items() if value is not None}
        return self._face

    def changed(self) -> None:
        """Forget the ready-made Chat object after a change of name or title."""
        self._face = {}

    @property
    def private(self) -> bool:
        return self.type == "private"

    def has(self, user_id: int) -> bool:
        member = self.members.get(user_id)
        return member is not None and member.status in PRESENT

    def bot_is_admin(self) -> bool:
        return self.bot_status in ADMINISTRATORS

    def view(self) -> Json:
        """Without messages, for the page and the control API."""
        view: Json = {
            "id": self.id,
            "type": self.type,
            "title": self.title,
            "username": self.username,
            "is_forum": self.is_forum,
            "bot_status": self.bot_status,
            "members": [member.view() for member in self.members.values()],
            "topics": [topic.view() for topic in self.topics.values()],
            "pinned": list(self.pinned),
            "seq": self.seq,
        }
        if self.person is not None:
            view["person"] = self.person.id
        return view
