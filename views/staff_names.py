"""How people are called on the team's screens. What is said plain is escaped by whoever shows it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm import segments
from locales import Words
from views import answered

_HASHTAG: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who of the team reads: in which words, on whose clock, whether they may change what they see, and take it out."""

    words: Words
    zone: ZoneInfo
    now: datetime
    changes: bool = True
    owns: bool = False


@dataclass(frozen=True, slots=True)
class Who:
    """A contact as it is named on a screen. A name is known only of who agreed to be known."""

    id: int
    name: str | None
    username: str | None = None
    tags: tuple[str, ...] = ()


def source(words: Words, name: str) -> str:
    """Where somebody came from: one that the product itself offers in words, any other as it is. Plain."""
    key = f"source-{name}"
    return words.plain(key) if words.has(key) else name
    # keys: source-walk-in source-call source-advice


def called(words: Words, who: Who, *, most: int = 64) -> str:
    """The person's name, or a guest's number. Plain."""
    return answered.cut(who.name, most) if who.name else words.plain("guest", number=str(who.id))


def heading(words: Words, who: Who) -> str:
    """One line of HTML: the name, the username, the tags."""
    parts = [f"<b>{escaped(called(words, who))}</b>"]
    if who.username:
        parts.append(f"@{escaped(who.username)}")
    if who.tags:
        parts.append(tagged(who.tags))
    return " · ".join(parts)


def tagged(tags: Sequence[str], *, most: int = 8) -> str:
    """Tags as HTML, with a # each; past `most` only how many more there are."""
    shown = " ".join(escaped(hashtag(tag, most=40)) for tag in tags[:most])
    return f"{shown} +{len(tags) - most}" if len(tags) > most else shown


def hashtag(tag: str, *, most: int = 64) -> str:
    """A tag with a #, in quotes where Telegram would end it sooner, so that it finds the same whether it is pressed or
    typed. Plain."""
    shown = answered.cut(tag, most)
    return f"#{shown}" if _HASHTAG.fullmatch(shown) else f"#{segments.quote(shown)}"


def label(text: str, *, most: int = 48) -> str:
    """Somebody's words on a button, which may not be empty. Plain."""
    return answered.cut(text, most).strip() or "—"


def age(words: Words, since: datetime, now: datetime) -> str:
    """How long ago, in the coarsest unit that says enough: «3 мин», «5 ч», «2 дн.». Plain."""
    minutes = max(int((now - since).total_seconds() // 60), 0)
    if minutes < 60:
        return words.plain("age-minutes", count=minutes)
    if minutes < 48 * 60:
        return words.plain("age-hours", count=minutes // 60)
    return words.plain("age-days", count=minutes // (24 * 60))


def fitted(lines: Sequence[str], *, most: int) -> list[str]:
    """As many of the lines (HTML, each whole in itself) as make at most so many UTF-16 units; an ellipsis for the rest."""
    kept: list[str] = []
    for line in lines:
        most -= len(line.encode("utf-16-le")) // 2 + 1
        if most < 0:
            return [*kept, "…"]
        kept.append(line)
    return kept


def escaped(text: str) -> str:
    """Plain text as Telegram's HTML."""
    return html.escape(text, quote=False)
