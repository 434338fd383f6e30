"""The whole of the simulated Telegram: one bot, the people and chats it may meet, and what waits between them."""

from collections.abc import Iterable

from simulator import showing
from simulator.calls import Calls
from simulator.changes import Changes
from simulator.chats import ADMINISTRATORS, PRESENT, Chat, Member, Message
from simulator.clock import Clock
from simulator.faults import Faults
from simulator.files import Files
from simulator.flood import Flood, FloodLimits
from simulator.people import Person
from simulator.profile import Profile
from simulator.queries import Press, Queries, Search
from simulator.refusals import ControlError, Json, bad_request, forbidden, upgraded
from simulator.updates import Updates
from simulator.webhook import Webhook

DEFAULT_TOKEN = "4242424242:simulator"  # noqa: S105 - a made-up token of a made-up Telegram
KINDS_OF_CHAT = ("private", "group", "supergroup", "channel")


class World:
    """All state. `keep_messages` bounds each chat, `keep_calls` the log, `first_message_id` begins each chat."""

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        *,
        flood: FloodLimits | None = None,
        keep_calls: int = 100_000,
        keep_messages: int = 5_000,
        first_message_id: int = 1,
        username: str = "kartoteka_bot",
        name: str = "Kartoteka",
    ) -> None:
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.profile = Profile(self.bot_id, username, name)
        self.clock = Clock()
        self.changes = Changes()
        self.updates = Updates(self.clock)
        self.webhook = Webhook(self.updates)
        self.files = Files()
        self.calls = Calls(keep_calls)
        self.faults = Faults()
        self.flood = Flood(flood or FloodLimits(enabled=False))
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: Queries[Press] = Queries()
        self.searches: Queries[Search] = Queries()
        self.inline_messages: dict[str, tuple[Chat, Message]] = {}
        self.polls: dict[str, tuple[Chat, Message, dict[int, list[int]]]] = {}
        self.messages_sent = 0
        self.last_id = 0
        self._keep_messages = keep_messages
        self._first_message_id = first_message_id

    # People and chats

    def person(self, person_id: int) -> Person:
        """Raises ControlError 404."""
        person = self.people.get(person_id)
        if person is None:
            raise ControlError(404, f"There is no person {person_id}.")
        return person

    def chat(self, chat_id: int) -> Chat:
        """Raises ControlError 404."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise ControlError(404, f"There is no chat {chat_id}.")
        return chat

    def next_id(self) -> int:
        """A number nothing has had before: for albums, polls, people and groups."""
        self.last_id += 1
        return self.last_id

    def add_person(self, fields: Json) -> Person:
        """Create somebody and their private chat with the bot, or change them when the id is known."""
        person_id = fields.get("id")
        if person_id is None:
            person_id = 1000 + self.next_id()
            while person_id in self.people:
                person_id = 1000 + self.next_id()
        person = self.people.get(person_id)
        if person is None:
            if not fields.get("first_name"):
                raise ControlError(400, "A person needs a first_name.")
            person = self.people[person_id] = Person(person_id, fields["first_name"])
            self.chats[person_id] = self._new_chat(Chat(person_id, "private", person=person, bot_status="member"))
        person.change(fields)
        self.person_changed(person)
        return person

    def person_changed(self, person: Person) -> None:
        chat = self.chats[person.id]
        chat.changed()
        chat.seq = self.changes.next(chat.id)
        self.changes.tell("person", lambda: {"person": person.view()})

    def add_chat(self, fields: Json) -> Chat:
        """Create a group or a channel. Raises ControlError for a wrong type or an id in use."""
        kind = fields.get("type", "supergroup")
        if kind not in KINDS_OF_CHAT[1:]:
            raise ControlError(400, "A chat is a group, a supergroup or a channel.")
        chat_id = fields.get("id")
        if chat_id is None:
            chat_id = -(1_000_000_000_000 + self.next_id()) if kind != "group" else -self.next_id()
        if chat_id in self.chats:
            raise ControlError(409, f"The id {chat_id} is taken.")
        chat = Chat(
            chat_id,
            kind,
            title=fields.get("title", "Group"),
            username=fields.get("username"),
            is_forum=bool(fields.get("is_forum")),
            bot_status=fields.get("bot_status", "administrator"),
        )
        for given in fields.get("members", ()):
            wanted = {"user_id": given} if isinstance(given, int) else given
            chat.members[wanted["user_id"]] = Member(**wanted)
        self.chats[chat_id] = self._new_chat(chat)
        self.chat_changed(chat)
        return chat

    def _new_chat(self, chat: Chat) -> Chat:
        # 1 is the id of a forum's General topic: no topic made later may take it.
        chat.next_message_id = max(2, self._first_message_id) if chat.is_forum else self._first_message_id
        return chat

    def chat_changed(self, chat: Chat) -> None:
        chat.changed()
        chat.seq = self.changes.next(chat.id)
        self.changes.tell("chat", lambda: {"chat": chat.view()})

    # What the bot may reach

    def find_chat(self, value: object, missing: str = "chat_id is empty") -> Chat:
        """The chat a bot names by number or @username. Raises Telegram's refusals."""
        if value is None or value == "":
            raise bad_request(missing)
        try:
            chat = self.chats.get(int(value))  # type: ignore[call-overload]
        except (TypeError, ValueError):
            wanted = str(value).removeprefix("@").lower()
            named = (one for one in self.chats.values() if one.username and one.username.lower() == wanted)
            chat = next(named, None)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise upgraded(chat.migrated_to)
        if chat.person is not None and not chat.person.started:
            if any(other.has(chat.id) and other.bot_status in PRESENT for other in self.chats.values()):
                raise forbidden("bot can't initiate conversation with a user")
            raise bad_request("chat not found")
        return chat

    def writable(self, chat: Chat) -> Chat:
        """The chat itself when the bot may write there. Raises 403."""
        if chat.person is not None:
            if chat.person.deactivated:
                raise forbidden("user is deactivated")
            if chat.person.blocked:
                raise forbidden("bot was blocked by the user")
        elif chat.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        elif chat.bot_status == "left":
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def administrator(self, chat: Chat, words: str) -> None:
        """Raise 400 unless the bot is an administrator there."""
        if chat.bot_status not in ADMINISTRATORS:
            raise bad_request(words)

    # Messages

    def store(
        self,
        chat: Chat,
        kind: str,
        content: Json,
        *,
        sender: Json | None = None,
        protected: bool = False,
    ) -> Message:
        """Put a message into a chat; without `sender` it is the bot's. Everybody who looks is told."""
        out = sender is None
        message_id = chat.next_message_id
        chat.next_message_id = message_id + 1
        data: Json = {"message_id": message_id}
        data.update({"from": self.profile.user} if sender is None else sender)
        data["chat"] = chat.face()
        data["date"] = self.clock.date()
        data.update(content)
        if protected:
            data["has_protected_content"] = True
        message = Message(data, kind, out=out, protected=protected)
        messages = chat.messages
        messages[message_id] = message
        messages.pop(message_id - self._keep_messages, None)
        if out:
            chat.typing = None
        self.messages_sent += 1
        message.seq = chat.seq = self.changes.next(chat.id)
        self.changes.tell("message", lambda: {"chat_id": chat.id, "message": showing.message(message)})
        return message

    def edited(self, chat: Chat, message: Message) -> None:
        """Tell everybody that a message is another now."""
        message.seq = chat.seq = self.changes.next(chat.id)
        self.changes.tell("edited", lambda: {"chat_id": chat.id, "message": showing.message(message)})

    def delete(self, chat: Chat, message_ids: Iterable[int]) -> None:
        gone = [message_id for message_id in message_ids if chat.messages.pop(message_id, None) is not None]
        if not gone:
            return
        chat.seq = self.changes.next(chat.id)
        chat.deleted.extend((chat.seq, message_id) for message_id in gone)
        chat.pinned = [message_id for message_id in chat.pinned if message_id not in gone]
        if chat.keyboard is not None and chat.keyboard["message_id"] in gone:
            self.set_keyboard(chat, None, None)
        self.changes.tell("deleted", lambda: {"chat_id": chat.id, "message_ids": gone})

    def set_keyboard(self, chat: Chat, keyboard: Json | None, force_reply: Json | None) -> None:
        """Change what is under the input field of a chat."""
        chat.keyboard = keyboard
        chat.force_reply = force_reply
        chat.seq = self.changes.next(chat.id)
        fields = {"chat_id": chat.id, "keyboard": keyboard, "force_reply": force_reply}
        self.changes.tell("keyboard", lambda: fields)

    def reacted(self, chat: Chat, message: Message) -> None:
        message.seq = chat.seq = self.changes.next(chat.id)
        fields = {"chat_id": chat.id, "message_id": message.id}
        self.changes.tell("reaction", lambda: {**fields, "reactions": showing.reactions(message)})

    def toast(self, press: Press, text: str | None, *, alert: bool, url: str | None) -> None:
        """Show a person what their press was answered with."""
        chat_id = press.chat.id if press.chat is not None else press.person.id
        seq = self.changes.next(chat_id)
        press.toast = {
            "query_id": press.id,
            "person": press.person.id,
            "chat_id": chat_id,
            "message_id": press.message.id if press.message is not None else None,
            "text": text or None,
            "alert": alert,
            "url": url,
            "date": self.clock.date(),
            "seq": seq,
        }
        if press.chat is not None:
            press.chat.seq = seq
            press.chat.toasts.append(press.toast)
        toast = press.toast
        self.changes.tell("toast", lambda: toast)
        press.answered.set()

    def clear_messages(self) -> None:
        """Empty every chat."""
        for chat in self.chats.values():
            chat.messages.clear()
            chat.pinned.clear()
            chat.deleted.clear()
            chat.toasts.clear()
        self.changes.next()
        self.changes.tell("cleared", dict)
