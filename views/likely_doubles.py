"""What the team hears of cards that may be one person's: a pair found as it came in, and the night's finds."""

from __future__ import annotations

from views.messages import Button, Screen
from views.staff_names import Reader, Who, heading


def found(reader: Reader, one: Who, other: Who) -> Screen:
    """Two cards that look like one person, with the way to see them side by side."""
    words = reader.words
    lines = [
        f"👥 {words('double-found')}",
        "",
        f"№ {one.id} · {heading(words, one)}",
        f"№ {other.id} · {heading(words, other)}",
    ]
    rows = (
        (Button(words.plain("double-compare"), f"dup:show:{one.id}:{other.id}"),),
        (Button(words.plain("double-apart"), f"dup:apart:{one.id}:{other.id}"),),
    )
    return Screen("\n".join(lines), rows, protect=True, silent=True)


def swept(reader: Reader, *, new: int, joined: int) -> Screen:
    """What a sweep has brought: pairs to look at, cards that were joined by rule."""
    words = reader.words
    lines = [f"🧹 {words('double-swept')}"]
    if joined:
        lines.append(words("double-joined", count=joined))
    if new:
        lines.append(words("double-waiting", count=new))
    rows = ((Button(words.plain("double-queue"), "dup:queue:0"),),) if new else ()
    return Screen("\n".join(lines), rows, silent=True)
