"""What is wrong with a segment, where, and what to write instead."""

from __future__ import annotations

from typing import Final

from crm.segment_tree import SegmentError
from locales import Words
from views import answered
from views.staff_names import escaped

AROUND: Final = 12
PIECE: Final = 24
"""How many letters of the text are shown, so that a line of it fits a phone and the mark stays below its place."""


def refused(words: Words, error: SegmentError) -> str:
    """The place with a mark below it, the reason, and the text as it may have been meant. HTML."""
    # keys: segment-mistake-reason segment-mistake-meant
    said = [pointed(error), words("segment-mistake-reason", reason=words.plain(f"find-mistake-{error.reason}"))]
    if error.corrected and error.suggestion:
        said.append(words("segment-mistake-meant", query=answered.cut(error.corrected, 190)))
    return "\n".join(part for part in said if part)


def pointed(error: SegmentError) -> str:
    """The text around the mistake in letters of one width, with ^ below each letter of it. HTML; empty without a text."""
    text = "".join(letter if letter.isprintable() else " " for letter in error.text)
    if not text.strip():
        return ""
    start, end = error.position, min(error.position + max(error.length, 1), error.position + PIECE)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    left = "…" if start > AROUND else ""
    right = "…" if end + AROUND < len(text) else ""
    marks = " " * (len(left) + len(before)) + "^" * (end - start)
    return f"<pre>{escaped(f'{left}{before}{text[start:end]}{after}{right}')}\n{marks}</pre>"
