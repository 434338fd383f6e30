"""People with a Telegram account, and Telegram's own pseudo-users."""

from dataclasses import dataclass, field

from simulator.refusals import Json

ANONYMOUS_ADMIN: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_SENDER: Json = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


@dataclass(slots=True)
class Person:
    """Somebody the bot may meet. `started`: the bot may write to them.

    `role` (customer, manager, owner) is for the chat page alone, which opens a column for each person who has one.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "en"
    phone: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    role: str | None = None
    _user: Json = field(default_factory=dict, repr=False)

    def user(self) -> Json:
        """The Bot API's User object; shared between messages, so never changed in place."""
        if not self._user:
            fields = {
                "id": self.id,
                "is_bot": False,
                "first_name": self.first_name,
                "last_name": self.last_name,
                "username": self.username,
                "language_code": self.language_code,
            }
            self._user = {name: value for name, value in fields.items() if value is not None}
        return self._user

    def change(self, fields: Json) -> None:
        """Take new values for the named fields."""
        for name in EDITABLE:
            if name in fields:
                setattr(self, name, fields[name])
        self._user = {}

    def own_contact(self) -> Json:
        """What pressing "share my contact" sends: the server vouches for it by `user_id`."""
        contact: Json = {"phone_number": self.phone or f"+99900{self.id}", "first_name": self.first_name}
        if self.last_name:
            contact["last_name"] = self.last_name
        contact["user_id"] = self.id
        return contact

    def view(self) -> Json:
        return {name: getattr(self, name) for name in ("id", *EDITABLE)}


EDITABLE = (
    "first_name",
    "last_name",
    "username",
    "language_code",
    "phone",
    "started",
    "blocked",
    "deactivated",
    "role",
)
