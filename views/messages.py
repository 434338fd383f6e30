"""What the bot can say, as plain values.

A view returns a `Screen`; a handler returns a list of `Effect`s, most of them a `Say` with a screen in it. Nothing
here knows aiogram or the database: the edge writes effects as outbox rows, the sender builds the Bot API's methods.
A screen survives as JSON (`to_json`, `from_json`): that is what an outbox row holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from crm.purposes import Purpose


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: exactly one of data (comes back as a press), url, switch_inline, or copy (a text that is
    put into the clipboard; nobody hears of it)."""

    text: str
    data: str | None = None
    url: str | None = None
    switch_inline: str | None = None
    copy: str | None = None

    def to_json(self) -> dict[str, str]:
        """The text, and the one thing the button does."""
        if self.data is not None:
            return {"text": self.text, "data": self.data}
        if self.url is not None:
            return {"text": self.text, "url": self.url}
        if self.copy is not None:
            return {"text": self.text, "copy": self.copy}
        return {"text": self.text, "switch_inline": self.switch_inline or ""}


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the keyboard that replaces the letters: sends its text, or shares the phone or the place."""

    text: str
    shares: Literal["", "contact", "location"] = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send: one Telegram already has (file_id), one on disk (path), or bytes made here (text)."""

    kind: Literal["document", "photo", "video", "audio", "voice"]
    file_id: str | None = None
    path: str | None = None
    text: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A message to be copied from another chat, as it is: the bot keeps none of its words."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Poll:
    """One of Telegram's polls, of one choice, whose answers come with who gave them. Plain: at most 300 characters and
    12 options of 100."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """Text (Telegram's HTML, values escaped) and buttons.

    `keys` replaces the letters' keyboard; an empty tuple takes it away; None leaves it.
    `protect` forbids forwarding and saving: set for everything about a customer that staff see.
    `album` is 2 to 10 files that Telegram has (`file_id`), shown together. Telegram puts no buttons under an album: where
    there are any, the words leave it and follow as a message of their own, with the buttons (`under_album`).
    """

    text: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    keys: tuple[tuple[Key, ...], ...] | None = None
    placeholder: str | None = None
    attachment: Attachment | None = None
    album: tuple[Attachment, ...] = ()
    copy: Copy | None = None
    poll: Poll | None = None
    protect: bool = False
    silent: bool = False
    reply_to: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Only what differs from the default, so that a row stays small."""
        out: dict[str, Any] = {}
        if self.text:
            out["text"] = self.text
        if self.buttons:
            out["buttons"] = [[button.to_json() for button in row] for row in self.buttons]
        if self.keys is not None:
            out["keys"] = [[[k.text, k.shares] for k in row] for row in self.keys]
        if self.placeholder:
            out["placeholder"] = self.placeholder
        if self.attachment is not None:
            a = self.attachment
            out["attachment"] = {"kind": a.kind, "file_id": a.file_id, "path": a.path, "text": a.text, "name": a.name}
        if self.album:
            out["album"] = [[one.kind, one.file_id] for one in self.album]
        if self.copy is not None:
            out["copy"] = [self.copy.chat_id, self.copy.message_id]
        if self.poll is not None:
            out["poll"] = [self.poll.question, list(self.poll.options)]
        for flag in ("protect", "silent"):
            if getattr(self, flag):
                out[flag] = True
        if self.reply_to is not None:
            out["reply_to"] = self.reply_to
        return out

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Screen:
        keys = value.get("keys")
        return cls(
            text=value.get("text", ""),
            buttons=tuple(tuple(Button(**b) for b in row) for row in value.get("buttons", ())),
            keys=None if keys is None else tuple(tuple(Key(text, shares) for text, shares in row) for row in keys),
            placeholder=value.get("placeholder"),
            attachment=Attachment(**value["attachment"]) if "attachment" in value else None,
            album=tuple(Attachment(kind, file_id=file_id) for kind, file_id in value.get("album", ())),
            copy=Copy(*value["copy"]) if "copy" in value else None,
            poll=Poll(value["poll"][0], tuple(value["poll"][1])) if "poll" in value else None,
            protect=value.get("protect", False),
            silent=value.get("silent", False),
            reply_to=value.get("reply_to"),
        )

    @property
    def under_album(self) -> Screen | None:
        """What follows the album as a message of its own; None where it says everything itself."""
        return replace(self, album=(), reply_to=None) if self.album and self.buttons else None


# ------------------------------------------------------------------------------------------------------------- effects


@dataclass(frozen=True, slots=True)
class Say:
    """A message to send: becomes one outbox row, written in the transaction of the update that caused it.

    chat_id None is the chat of the update. `key` names the decision, so that it is made once; None makes an answer's
    key of the update's own. A row with this key that exists already is left alone, unless `revise`: then it gets a new
    revision (an edit, if it was sent). `memo` is what the buttons under the message will want to know.
    """

    screen: Screen
    chat_id: int | None = None
    thread_id: int | None = None
    key: str | None = None
    revise: bool = False
    purpose: Purpose = Purpose.ANSWER
    due_at: datetime | None = None
    valid_until: datetime | None = None
    on_doubt: Literal["resend", "skip"] = "resend"
    contact_id: int | None = None
    memo: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A new revision of a message the bot sent: by default the one whose button was pressed."""

    screen: Screen
    chat_id: int | None = None
    message_id: int | None = None
    memo: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """Take a message away: by default the one whose button was pressed."""

    chat_id: int | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """The short note over the chat that answers a press (at most 200 characters). Said directly: it cannot wait and
    need not survive."""

    text: str = ""
    alert: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One result of an inline query; choosing it sends `text`."""

    id: str
    title: str
    description: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class InlineResults:
    """Answers an inline query: personal, uncached."""

    results: tuple[Found, ...] = field(default=())
    next_offset: str = ""


Effect = Say | Edit | Delete | Toast | InlineResults
