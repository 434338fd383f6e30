"""A message's text as safe HTML for the page: nothing of what was written is ever markup."""

from html import escape

from simulator.refusals import Json

_PLAIN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "blockquote": "blockquote",
}
_SPANS = {
    "spoiler": "tg-spoiler",
    "mention": "tg-mention",
    "text_mention": "tg-mention",
    "hashtag": "tg-hashtag",
    "cashtag": "tg-hashtag",
    "bot_command": "tg-command",
}
_SAFE = ("http://", "https://", "tg://", "mailto:", "tel:", "ftp://", "ton://")


def html(text: str, entities: list[Json] | None) -> str:
    """Render; entities that cross each other are cut so that tags always nest."""
    if not entities:
        return escape(text, quote=False)
    encoded = text.encode("utf-16-le", "surrogatepass")

    def piece(start: int, end: int) -> str:
        return encoded[start * 2 : end * 2].decode("utf-16-le", "replace")

    total = len(encoded) // 2
    parts: list[str] = []
    stack: list[tuple[int, str]] = []
    at = 0

    def close_until(position: int) -> int:
        here = at
        while stack and stack[-1][0] <= position:
            end, tag = stack.pop()
            if end > here:
                parts.append(escape(piece(here, end), quote=False))
                here = end
            parts.append(tag)
        return here

    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        start = min(entity["offset"], total)
        end = min(start + entity["length"], total)
        at = close_until(start)
        if stack:
            end = min(end, stack[-1][0])
        if end <= start:
            continue
        if start > at:
            parts.append(escape(piece(at, start), quote=False))
            at = start
        opening, closing = _tags(entity, piece(start, end))
        parts.append(opening)
        stack.append((end, closing))
    at = close_until(total)
    if at < total:
        parts.append(escape(piece(at, total), quote=False))
    return "".join(parts)


def _tags(entity: Json, text: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in _PLAIN:
        return f"<{_PLAIN[kind]}>", f"</{_PLAIN[kind]}>"
    if kind in _SPANS:
        return f'<span class="{_SPANS[kind]}">', "</span>"
    if kind == "expandable_blockquote":
        return '<blockquote class="expandable">', "</blockquote>"
    if kind == "pre":
        language = entity.get("language")
        return (f'<pre data-language="{escape(language)}">' if language else "<pre>"), "</pre>"
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{escape(str(entity.get("custom_emoji_id", "")))}">', "</tg-emoji>"
    if kind == "date_time":
        return f'<time data-unix="{int(entity.get("unix_time", 0))}">', "</time>"
    address = _address(kind, entity, text)
    if address is not None:
        return f'<a href="{escape(address)}" rel="noopener noreferrer" target="_blank">', "</a>"
    return "", ""


def _address(kind: str, entity: Json, text: str) -> str | None:
    if kind == "text_link":
        address = str(entity.get("url", ""))
    elif kind == "url":
        address = text if "://" in text else f"https://{text}"
    elif kind == "email":
        address = f"mailto:{text}"
    elif kind == "phone_number":
        address = "tel:" + "".join(sign for sign in text if sign.isdigit() or sign == "+")
    else:
        return None
    return address if address.lower().startswith(_SAFE) else None
