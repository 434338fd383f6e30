"""`{name|friend}` in what the owner sends: a closed list of placeholders, each with what stands in its place when nothing
is known. The text is Telegram's HTML as the owner formatted it; values are escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from crm import folding, placeholders

KNOWN: Final = ("name", "business", "city", "points")
"""name: what the person is called, without the family's name · business: its name · city: from their card · points: of loyalty."""
ALIASES: Final[Mapping[str, str]] = {
    "имя": "name",
    "ім’я": "name",
    "first_name": "name",
    "компания": "business",
    "бизнес": "business",
    "бізнес": "business",
    "компанія": "business",
    "город": "city",
    "місто": "city",
    "баллы": "points",
    "бали": "points",
}
"""What else people call them."""
# An apostrophe is typed in more ways than one.
_FOLDED: Final = {folding.fold(alias): name for alias, name in ALIASES.items()}
TEXT_LENGTH: Final = 4096
CAPTION_LENGTH: Final = 1024
LONGEST_VALUE: Final = 64
_LIKE_ENOUGH: Final = 60

_PLACE: Final = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")
_TAG: Final = re.compile(r"<[^>]*>")
_HOLE: Final = re.compile(r"[,\s]*\x00")
# In a name of a campaign: \x00…\x02 stands for a person's name (and what is said for none), \x01 for anything else.
_FIRST_HOLES: Final = re.compile(r"^(\W*?)(?:\x00[^\x02]*\x02[\s,.:;!?–—]*|\x01\s*[,.:;!?–—]+\s*)+(\w?)")
_SPOKEN_TO: Final = re.compile(r"(?:\s*,\s*\x00[^\x02]*\x02(?=\s*(?:[,.:;!?–—]|$))|\s*\x00\x02(?=\s*[,.:;!?–—]))")
_LEFT: Final = re.compile(r"\x00([^\x02]*)\x02|\x01")
_WORD: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text: `unknown` placeholder (with the `nearest` known one), a stray `brace`, or `long` by so
    many letters. `what` is the placeholder as it was written."""

    kind: str
    what: str = ""
    nearest: str | None = None
    over: int = 0


def problems(text: str, *, caption: bool) -> list[Problem]:
    """Everything that is wrong with a text (HTML); nothing for one that can be sent to anybody."""
    found: list[Problem] = []
    for match in _PLACE.finditer(text):
        name = _TAG.sub("", match[1])
        if name != match[1] or _meant(name) is None:
            found.append(Problem("unknown", html.unescape(name)[:40], _nearest(name)))
    rest = _PLACE.sub("", text)
    if "{" in rest or "}" in rest:
        found.append(Problem("brace"))
    limit = CAPTION_LENGTH if caption else TEXT_LENGTH
    length = seen_length(_PLACE.sub("", text)) + LONGEST_VALUE * len(_PLACE.findall(text))
    if length > limit:
        found.append(Problem("long", over=length - limit))
    return found


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text for one person. A value that is not known is replaced by what was written for that case; where nothing
    was, it leaves no hole: "Hello, {name}!" becomes "Hello!"."""

    def put(match: re.Match[str]) -> str:
        name = _meant(match[1])
        value = placeholders.spoken(name or "", values)
        return html.escape(value[:LONGEST_VALUE], quote=False) if value else (match[2] or "\x00")

    return _HOLE.sub("", _PLACE.sub(put, text)).lstrip(", \n") if "{" in text else text


def seen_length(text: str) -> int:
    """How long the text is for Telegram: without tags, in UTF-16 units."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def first_words(text: str, most: int) -> str:
    """The beginning of a text, plain, with its placeholders as they were written."""
    return _begun(_plain(text), most)


def called(text: str, most: int) -> str:
    """What the campaign of this text is called: its beginning, without the name that it speaks to; in the place of what
    else is filled in there is what would be said where nothing is known, or "…". Empty where no word is left."""

    def hole(match: re.Match[str]) -> str:
        other = match[2] or ""
        return f"\x00{other}\x02" if _meant(match[1]) == "name" else other or "\x01"

    holed = _PLACE.sub(hole, _plain(text))
    said = _FIRST_HOLES.sub(lambda match: match[1] + match[2].upper(), holed)
    said = _LEFT.sub(lambda match: match[1] or "…", _SPOKEN_TO.sub("", said)).strip()
    return _begun(said, most) if _WORD.search(said) else ""


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _begun(plain: str, most: int) -> str:
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def _meant(name: str) -> str | None:
    name = html.unescape(name).strip().lower()
    return name if name in KNOWN else _FOLDED.get(folding.fold(name))


def _nearest(name: str) -> str | None:
    known = [*KNOWN, *ALIASES]
    found = process.extractOne(name.strip().lower(), known, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return None if found is None else ALIASES.get(found[0], found[0])
