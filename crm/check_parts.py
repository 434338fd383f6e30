"""What the checks of a playbook share: a mistake as a value, and what holds for every id, title, text and condition.

Pure: mistakes are values with the path of the key, in English, because they are for whoever edits the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from crm import folding, form_branches, placeholders
from crm.playbook import Option
from crm.playbook_types import Text
from crm.segment_tree import SegmentError

Path = tuple[str | int, ...]

BUTTON: Final = 64
"""A title is a button: longer ones are cut by Telegram's clients."""
OPTIONS: Final = 50
"""A keyboard holds 100 buttons; half of them is already more than anybody reads."""

WHY: Final = {
    "unknown-field": "no such field",
    "unknown-option": "no such option",
    "unknown-unit": "no such unit of time (h d w m y)",
    "no-value": "a value is missing",
    "not-a-number": "a number is expected",
    "not-a-time": 'a time is expected, such as ">90d"',
    "not-yes-or-no": "yes or no is expected",
    "not-digits": "digits are expected",
    "not-comparable": "these values have no order: < and > cannot be used",
    "needs-comparison": 'it is compared with > or <, such as ">90d"',
    "one-value": "only one value can be given here",
    "empty-range": "the range is empty: its end is before its beginning",
    "free-words": "words without a field cannot be used here",
    "nothing-to-find": "nothing to find",
    "unclosed-quote": "a quote is not closed",
    "unclosed-bracket": "a bracket is not closed",
    "extra-bracket": "a bracket is closed that was not opened",
    "empty-bracket": "nothing is in the brackets",
    "dangling-or": "something is missing beside OR",
    "too-long": "the condition is too long",
    "too-deep": "there are too many brackets within brackets",
    "not-a-birthday": 'a birthday is expected, such as "today", "next-7d", "03-08" or "march"',
    "unknown-segment": "no saved segment can be named here",
    "segment-cycle": "a segment cannot contain itself",
    "broken-segment": "the saved segment can no longer be read",
}
"""The reasons of the segment language (`crm.segment_tree.REASONS`) as the owner reads them."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right: where (the path of the key), what, and what to write instead."""

    path: Path
    message: str
    suggestion: str | None = None


def unique(named: Iterable[tuple[Path, str]], key: str = "id") -> Iterator[Mistake]:
    """One id is one thing: names that come a second time."""
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield Mistake((*path, key), f"{name!r} is already taken", "each needs a name of its own")
        seen.add(name)


def reserved(name: str, path: Path) -> Iterator[Mistake]:
    """A name that conditions know already."""
    if name in form_branches.CONTACT_WORDS:
        yield Mistake(path, f"{name!r} already means something in conditions", f"{name}_2, for example")


def choices(kind: str, offered: tuple[Option, ...], path: Path) -> Iterator[Mistake]:
    """Options where there must be some, and none where there must not."""
    if kind in ("choice", "choices") and not offered:
        yield Mistake(path, f"a {kind} needs options", "add [[….option]] with an id and a title for each button")
    if kind not in ("choice", "choices") and offered:
        yield Mistake((*path, "option"), f"a question of type {kind} has no options", 'type = "choice"')
    yield from options(offered, (*path, "option"))


def options(options: tuple[Option, ...], path: Path) -> Iterator[Mistake]:
    """Options that fit a keyboard and can be told apart when they are typed."""
    if len(options) > OPTIONS:
        yield Mistake(path, f"{len(options)} options are too many for a keyboard: at most {OPTIONS}")
    yield from unique(((*path, i), option.id) for i, option in enumerate(options))
    seen: dict[str, str] = {}
    for i, option in enumerate(options):
        yield from title(option.title, (*path, i, "title"))
        for said in option.title.every():
            key = folding.fold(said)
            if seen.setdefault(key, option.id) != option.id:
                yield Mistake((*path, i, "title"), f"{said!r} is already the title of option {seen[key]!r}")
                break


def title(text: Text | None, path: Path) -> Iterator[Mistake]:
    """A title is a button: short, one line, without values."""
    for language, said in by_language(text):
        if len(said) > BUTTON:
            yield Mistake((*path, language), f"{len(said)} characters do not fit a button: at most {BUTTON}")
        if "\n" in said:
            yield Mistake((*path, language), "a title is one line")
    yield from values_in(text, path, frozenset())


def by_language(text: Text | None) -> Iterable[tuple[str, str]]:
    """The languages of a text, each with what is said."""
    return text.root.items() if text is not None else ()


def values_in(text: Text | None, path: Path, allowed: Iterable[str]) -> Iterator[Mistake]:
    """Only values that are known here stand in braces."""
    known = sorted(allowed)
    for language, said in by_language(text):
        for name in placeholders.names(said):
            if name not in known:
                here = ", ".join(f"{{{one}}}" for one in known) or "none"
                yield Mistake((*path, language), f"{{{name}}} means nothing here", f"known here: {here}")
        if placeholders.stray_brace(said):
            yield Mistake((*path, language), "a brace stands alone", "braces are for values such as {name}")


def segment_mistake(error: SegmentError, path: Path) -> Mistake:
    """A mistake in a condition, as the owner reads it."""
    meant = f"did you mean {error.suggestion!r}?" if error.suggestion else None
    near = f", at {error.piece!r} (character {error.position + 1})" if error.piece else ""
    return Mistake(path, f"{error.text!r}: {WHY.get(error.reason, error.reason)}{near}", meant)


def condition(parse: Callable[[str], object], text: str | None, path: Path) -> Iterator[Mistake]:
    """A condition that `parse` takes."""
    if text is None:
        return
    try:
        parse(text)
    except SegmentError as error:
        yield segment_mistake(error, path)


def similar(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; of two as near, the one that begins or ends alike."""
    from rapidfuzz import fuzz, process  # here: only a mistake needs it
    from rapidfuzz.distance import Postfix, Prefix

    near = process.extract(name, sorted(known), scorer=fuzz.ratio, score_cutoff=60, limit=None)
    best = max(
        near, key=lambda one: (one[1], Prefix.similarity(name, one[0]) + Postfix.similarity(name, one[0])), default=None
    )
    return str(best[0]) if best else None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """A question whether that name was meant."""
    found = similar(name, known)
    return f"did you mean {found!r}?" if found else None
