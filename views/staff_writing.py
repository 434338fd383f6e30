"""Words outside a form, both ways: what a customer wrote as the team sees it, and what the team answers."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from locales import Words
from views import answered
from views.messages import Button, Screen
from views.staff_names import Reader, Who, called, escaped, heading

QUOTE: Final = 3000


def wrote(
    reader: Reader,
    who: Who,
    *,
    text: str | None,
    request_id: int | None = None,
    edited: bool = False,
) -> Screen:
    """A customer wrote. `text` is None where the message itself is copied below."""
    words = reader.words
    said = words("wrote-edited") if edited else words("wrote")
    lines = [f"{'✏️' if edited else '💬'} {heading(words, who)} {said}"]
    if request_id is not None:
        lines.append(words("wrote-request", number=str(request_id)))
    lines.append(f"<blockquote>{escaped(answered.cut(text, QUOTE))}</blockquote>" if text else words("wrote-below"))
    return Screen("\n".join(lines), buttons(words, who.id), protect=True)


def answered_by(words: Words, by: str, at: datetime) -> str:
    """The line added under a message that somebody has answered, at a local time. HTML."""
    return "\n" + words("wrote-answered", name=answered.cut(by, 64), clock=words.clock(at.time()))


def buttons(words: Words, contact_id: int) -> tuple[tuple[Button, ...], ...]:
    return (
        (
            Button(words.plain("button-reply"), f"write:{contact_id}"),
            Button(words.plain("button-card"), f"card:{contact_id}"),
        ),
    )


def asked(words: Words, who: Who) -> Screen:
    """What to write to this person?"""
    return Screen(
        words("write-ask", name=called(words, who)),
        ((Button(words.plain("button-cancel"), "drop:asked"),),),
        protect=True,
    )


def sent(words: Words, who: Who, *, waits_until: str | None) -> Screen:
    """It is on its way; `waits_until` (a moment in words) when it is kept until the morning."""
    name = called(words, who)
    if waits_until is not None:
        return Screen(words("write-waits", name=name, when=waits_until), protect=True)
    return Screen(words("write-sent", name=name), protect=True)


def undelivered(words: Words, who: Who) -> Screen:
    """Telegram refused to bring it."""
    return Screen(
        words("write-failed", name=called(words, who)),
        ((Button(words.plain("button-card"), f"card:{who.id}"),),),
        protect=True,
    )
