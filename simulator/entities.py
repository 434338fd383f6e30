"""HTML as strictly as Telegram reads it, and the entities it finds by itself. Offsets are UTF-16 units."""

import re
from typing import NoReturn

from simulator.refusals import Json, bad_request

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
SPACE = " \t\r\n\0\v"
NAMED = {"lt": "<", "gt": ">", "quot": '"', "amp": "&"}
_PLAIN = re.compile(r"(?:[^<&]+|&(?:lt|gt|amp|quot);)+")
_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities. Raises Telegram's own "can't parse entities" refusals."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


def _unescaped(text: str) -> str:
    """What these four references stand for; the ampersand last, so that what it begins is no reference."""
    if "&" in text:
        for name, character in NAMED.items():
            text = text.replace(f"&{name};", character)
    return text


class _Reader:
    """One pass over the source; every refusal names the byte where it went wrong, as Telegram does."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.parts: list[str] = []
        self.offset = 0
        self.entities: list[Json] = []
        self.open: list[tuple[str, Json, int]] = []

    def read(self) -> tuple[str, list[Json]]:
        source = self.source
        while self.at < len(source):
            if (plain := _PLAIN.match(source, self.at)) is not None:
                self.at = plain.end()
                self._text(_unescaped(plain.group()))
            elif source[self.at] == "&":
                self._text(self._reference())
            elif source.startswith("/", self.at + 1):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            self._refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities

    def _refuse(self, words: str) -> NoReturn:
        raise bad_request(f"can't parse entities: {words}")

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _text(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.offset += units(text)

    def _reference(self) -> str:
        """The character a reference stands for; a bare ampersand stays what it is."""
        match = _REFERENCE.match(self.source, self.at)
        if match is not None:
            hexadecimal, decimal, name = match.groups()
            code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else ord(NAMED[name])
            if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
                self.at = match.end()
                return chr(code)
        self.at += 1
        return "&"

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in SPACE:
            self.at += 1

    def _word(self, stops: str) -> str:
        begin = self.at
        while self._peek() and self._peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._word(SPACE + ">").lower()
        if not self._peek():
            self._refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in TAGS:
            self._refuse(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            attributes[name] = value
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            self._refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append((tag, self._entity(tag, attributes, begin), len(self.parts)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        unclosed = f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}'
        if not self._peek():
            self._refuse(unclosed)
        name = self._word(SPACE + "=>").lower()
        if not name:
            self._refuse(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
        self._skip_space()
        if self._peek() != "=":
            return name, ""
        self.at += 1
        self._skip_space()
        quote = self._peek()
        if quote not in ("'", '"'):
            token = _NAME_TOKEN.match(self.source, self.at)
            assert token is not None
            start, self.at = self.at, token.end()
            if self._peek() and self._peek() not in SPACE + ">":
                self._refuse(f"Unexpected end of name token at byte offset {self._byte(start)}")
            value = token.group().lower()
        else:
            self.at += 1
            value = ""
            while self._peek() and self._peek() != quote:
                if self._peek() == "&":
                    value += self._reference()
                else:
                    value += self._peek()
                    self.at += 1
            self.at += 1
        if not self._peek():
            self._refuse(unclosed)
        return name, value

    def _entity(self, tag: str, attributes: dict[str, str], begin: int) -> Json:
        entity: Json = {"type": TAGS[tag], "offset": self.offset, "length": 0}
        if tag == "a":
            entity["url"] = attributes.get("href", "")
        elif tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif tag == "code" and attributes.get("class", "").startswith("language-"):
            entity["language"] = attributes["class"].removeprefix("language-")
        elif tag == "tg-emoji":
            emoji = attributes.get("emoji-id", "")
            if not emoji.isdigit():
                self._refuse("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = emoji
        elif tag == "tg-time":
            unix = attributes.get("unix", "")
            if not unix.isdigit():
                self._refuse(f'Tag "tg-time" must have attribute "unix" at byte offset {self._byte(begin)}')
            entity["unix_time"] = int(unix)
            if attributes.get("format"):
                entity["date_time_format"] = attributes["format"]
        return entity

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            self._refuse(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        found = self._word(SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            self._refuse(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        tag, entity, part = self.open.pop()
        if found and found != tag:
            expected = f'expected "</{tag}>", found "</{found}>"'
            self._refuse(f"Unmatched end tag at byte offset {self._byte(begin)}, {expected}")
        entity["length"] = self.offset - entity["offset"]
        if not entity["length"]:
            return
        if tag == "a" and not self._link(entity, "".join(self.parts[part:])):
            return
        if tag == "code" and "language" in entity and not (self.open and self.open[-1][0] == "pre"):
            del entity["language"]
        if tag == "pre" and self.entities:
            inner = self.entities[-1]
            same = (inner["offset"], inner["length"]) == (entity["offset"], entity["length"])
            if same and inner["type"] == "code" and "language" in inner:
                self.entities.pop()
                entity["language"] = inner["language"]
        self.entities.append(entity)

    @staticmethod
    def _link(entity: Json, text: str) -> bool:
        """Telegram drops a link it cannot make sense of and keeps the text."""
        url = good_url(entity["url"] or text)
        if url is None:
            return False
        mention = re.fullmatch(r"tg://user\?id=(\d+)", url)
        if mention:
            del entity["url"]
            entity["type"] = "text_mention"
            entity["user"] = {"id": int(mention.group(1)), "is_bot": False, "first_name": text}
        else:
            entity["url"] = url
        return True


_URL = re.compile(
    r"(?:(https?|ftp)://)?((?:[\w-]+\.)+[\w-]{2,}|localhost|\d{1,3}(?:\.\d{1,3}){3})(:\d{1,5})?([/?#]\S*)?", re.I
)
_DEEP = re.compile(r"(?:tg|ton|tonsite)://\S+", re.I)


def good_url(text: str) -> str | None:
    """The address as Telegram keeps it, or None when it is none."""
    text = text.strip()
    if _DEEP.fullmatch(text):
        return text
    match = _URL.fullmatch(text)
    if match is None:
        return None
    url = text if match.group(1) else f"http://{text}"
    return url if match.group(4) else f"{url}/"


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Take the blanks off both ends, as the server does, and move the entities along."""
    stripped = text.strip()
    if len(stripped) == len(text):
        return text, entities
    if not entities:
        return stripped, entities
    cut = units(text[: len(text) - len(text.lstrip())])
    end = units(stripped)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        stop = min(entity["offset"] + entity["length"] - cut, end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return stripped, kept


_HINT = re.compile(r"[/@#]|\.\w|\+\d")
_FOUND = re.compile(
    r"(?P<url>(?:https?://|tg://)[^\s<>\"]+[^\s<>\".,;:!?)»])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b)"
    r"|(?P<bot_command>(?<![\w/@#.:<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z0-9_]{3,32}\b)"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
    r"|(?P<phone_number>(?<![\w+])\+\d[\d ()\u00a0-]{7,17}\d\b)"
    r"|(?P<bare>\b(?:[\w-]+\.)+(?:com|org|net|ru|ua|me|io|ai|app|dev|info|biz|shop|example)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)»])?)",
    re.I,
)
_OPAQUE = ("code", "pre", "text_link", "text_mention")


def detect(text: str, given: list[Json]) -> list[Json]:
    """Add what the server finds by itself: commands, mentions, tags, links, e-mails, phones."""
    if _HINT.search(text) is None:
        return given
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in _OPAQUE]
    found = []
    for match in _FOUND.finditer(text):
        start = units(text[: match.start()])
        length = units(match.group())
        if any(begin < start + length and start < end for begin, end in taken):
            continue
        kind = "url" if match.lastgroup == "bare" else match.lastgroup
        found.append({"type": kind, "offset": start, "length": length})
    return sorted([*given, *found], key=lambda e: (e["offset"], -e["length"])) if found else given
