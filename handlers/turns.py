"""A turn of the conversation: one update, with everything a handler may look at or change while it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import types

from crm.playbook import Playbook
from locales import Words, nearest_language, words_in
from services.workplace import Place
from storage.contacts import Contact
from storage.conversations import Conversation
from storage.engine import Reads, Tx
from storage.staff import Member


@dataclass(slots=True)
class Turn:
    """One update being handled. Handlers change rows through `tx`, never commit, never send.

    `event` is the message (also an edited one), the press, the inline query, the change of membership or the vote; `user` is
    whoever wrote or pressed; `chat_id` is where answers go; `thread_id` the topic there.
    """

    db: Reads
    now: datetime
    place: Place
    event: types.Message | types.CallbackQuery | types.InlineQuery | types.ChatMemberUpdated | types.PollAnswer
    user: types.User
    chat_id: int
    private: bool
    conversation: Conversation
    contact: Contact | None
    staff: Member | None
    update_key: str
    thread_id: int | None = None
    args: str = ""
    edited: bool = False
    _words: Words | None = field(default=None, repr=False)

    @property
    def tx(self) -> Tx:
        """The unit of work. A handler of a reading route has none."""
        assert isinstance(self.db, Tx)
        return self.db

    @property
    def playbook(self) -> Playbook:
        """The playbook in force."""
        return self.place.playbooks.current

    @property
    def message(self) -> types.Message:
        """The message that was written."""
        assert isinstance(self.event, types.Message)
        return self.event

    @property
    def press(self) -> types.CallbackQuery:
        """The button that was pressed."""
        assert isinstance(self.event, types.CallbackQuery)
        return self.event

    @property
    def message_id(self) -> int | None:
        """The id of the message that was written, or of the one whose button was pressed."""
        if isinstance(self.event, types.Message):
            return self.event.message_id
        if isinstance(self.event, types.CallbackQuery) and self.event.message is not None:
            return self.event.message.message_id
        return None

    @property
    def text(self) -> str:
        """What was written: the text, or the caption."""
        if isinstance(self.event, types.Message):
            return self.event.text or self.event.caption or ""
        return ""

    @property
    def language(self) -> str:
        """The reader's language: chosen, or Telegram's, or the business's own."""
        if self.staff is not None and self.staff.language:
            return self.staff.language
        if self.contact is not None:
            return self.contact.language
        return nearest_language(self.user.language_code, self.place.language)

    @property
    def words(self) -> Words:
        if self._words is None or self._words.language != self.language:
            self._words = words_in(self.language)
        return self._words

    @property
    def role(self) -> str:
        """The role in the team of who writes; empty for a customer."""
        return self.staff.role if self.staff is not None else ""

    @property
    def zone(self) -> ZoneInfo:
        """The reader's time zone: their own, or the business's."""
        who = self.staff if self.staff is not None else self.contact
        return ZoneInfo(who.timezone) if who is not None and who.timezone else self.place.timezone
