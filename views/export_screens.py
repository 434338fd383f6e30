"""What an owner sees of exports: what for, in which form, that it is ready, and who took what before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm.export_columns import Use
from locales import Words
from views import answered
from views.messages import Button, Screen
from views.staff_names import Reader

FORMATS: Final = ("xlsx", "csv", "vcard")


@dataclass(frozen=True, slots=True)
class Taken:
    """One line of the log."""

    by: str
    at: datetime
    segment: str
    format: str
    contacts: int
    mark: str
    state: str


def ask_use(reader: Reader, count: int, *, about: str) -> Screen:
    """What is it for? That decides what the file holds."""
    words = reader.words
    text = words("export-ask-use", count=count, about=about) if about else words("export-ask-use-all", count=count)
    rows = tuple((Button(words.plain(f"export-use-{use}"), f"exu:{use}"),) for use in Use)
    # keys: export-use-call export-use-mail export-use-full
    return Screen(text, rows if count else ())


def ask_format(reader: Reader, use: Use) -> Screen:
    """Excel, any program, or a phone's address book?"""
    words = reader.words
    forms = tuple(Button(words.plain(f"export-format-{form}"), f"exf:{use}:{form}") for form in FORMATS)
    # keys: export-format-xlsx export-format-csv export-format-vcard
    text = words("export-ask-format", what=words.plain(f"export-holds-{use}"))
    # keys: export-holds-call export-holds-mail export-holds-full
    return Screen(text, (forms, (Button(words.plain("export-button-back"), "export"),)))


def preparing(words: Words, mark: str) -> Screen:
    return Screen(words("export-preparing", mark=mark))


def ask_archive(words: Words) -> Screen:
    """The whole base: asked once more."""
    return Screen(words("archive-ask"), ((Button(words.plain("archive-button"), "archive"),),))


def ready(words: Words, count: int, *, mark: str, left_out: int) -> Screen:
    """Under the file: how many are in it, and how many its purpose left out."""
    lines = [words("export-ready", count=count, mark=mark)]
    if left_out:
        lines.append(words("export-left-out", count=left_out))
    return Screen("\n".join(lines))


def packed(words: Words, count: int, *, mark: str) -> Screen:
    return Screen(words("archive-ready", count=count, mark=mark))


def about(words: Words, taker: str, at: datetime, zone: ZoneInfo, *, segment: str) -> tuple[str, ...]:
    """What is written into the file of who took it. Plain."""
    lines = (words.plain("export-by", name=taker or "—", at=words.moment(at, zone)),)
    return (*lines, words.plain("export-of", segment=segment)) if segment else lines


def log(reader: Reader, taken: Sequence[Taken]) -> Screen:
    """Who took what and when, the newest first."""
    words = reader.words
    if not taken:
        return Screen(words("exports-none"))
    lines = [words("exports-title")]
    for one in taken:
        what = answered.cut(one.segment, 60) or words.plain("exports-everybody")
        line = words(
            "exports-line",
            at=words.moment(one.at, reader.zone, now=reader.now),
            by=one.by or "—",
            count=one.contacts,
            what=what,
            format=_format(words, one.format),
            mark=one.mark,
        )
        lines.append(line if one.state == "sent" else f"{line} · {words(f'exports-{one.state}')}")
        # keys: exports-waiting exports-failed
    return Screen("\n\n".join(lines), protect=True)


def _format(words: Words, format: str) -> str:
    """In which form the people were taken out. Plain."""
    return words.plain(f"export-format-{format}") if words.has(f"export-format-{format}") else format
    # keys: export-format-xlsx export-format-csv export-format-vcard export-format-archive
