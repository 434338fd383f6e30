"""Changing many people at once, on the screen: what to do, the question with the count, how far it is, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from locales import Words
from views import answered, cards
from views.messages import Button, Screen
from views.staff_names import Reader, escaped, label

Row = tuple[Button, ...]
BAR: Final = 10


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done: `what` is the tag, the member, the status or the value, as it is called; empty: none. `field` is the
    own field's title."""

    do: str
    what: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Stands:
    """How far a change has come."""

    id: int
    deed: Deed
    state: str
    of: int
    done: int
    changed: int


@dataclass(frozen=True, slots=True)
class Past:
    """A change in the list of /undo."""

    stands: Stands
    by: str
    at: datetime
    may_undo: bool


def menu(reader: Reader, count: int, *, about: str, may_delete: bool) -> Screen:
    """What to do with everybody."""
    words = reader.words
    # keys: bulk-menu-tag bulk-menu-untag bulk-menu-owner bulk-menu-status bulk-menu-field bulk-menu-list
    # keys: bulk-menu-unlist bulk-menu-delete
    doing = ("tag", "untag", "owner", "status", "field", "list", "unlist")
    buttons = [Button(words.plain(f"bulk-menu-{do}"), f"bulk:{do}") for do in doing]
    if reader.owns:
        buttons.append(Button(words.plain("export-button"), "export"))
    rows: list[Row] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if may_delete:
        rows.append((Button(words.plain("bulk-menu-delete"), "bulkto:delete"),))
    text = f"{_about(about)}\n👥 <b>{words('people-count', count=count)}</b>\n\n{words('bulk-what')}"
    return Screen(text, (*rows, _cancel(words)), protect=True)


def choose(reader: Reader, do: str, options: Sequence[tuple[str, str]], *, typed: str = "") -> Screen:
    """Which tag, whose, which value: (button's data, label) of each. `typed` is the button that lets it be typed."""
    words = reader.words
    rows: list[Row] = [(Button(label(title), data),) for data, title in options]
    # keys: bulk-type-tag bulk-type-list bulk-type-field
    if typed:
        rows.append((Button(words.plain(f"bulk-type-{do}"), typed),))
    # keys: bulk-which-tag bulk-which-untag bulk-which-owner bulk-which-status bulk-which-field bulk-which-list
    # keys: bulk-which-unlist bulk-which-value
    asked = words(f"bulk-which-{do}") if options or typed else words("bulk-which-none")
    # Words typed now would be looked for: the question says which way an answer goes.
    if typed:
        asked += " " + words("bulk-press-or-type", type=words.plain(f"bulk-type-{do}"))
    elif options:
        asked += " " + words("bulk-press")
    return Screen(asked, (*rows, (Button(words.plain("bulk-back"), "bulk:menu"),)), protect=True)


def type_in(words: Words, do: str, *, field: str = "", problem: str | None = None) -> Screen:
    """The question for what is typed. `problem` (HTML) is why the last answer was not taken."""
    # keys: bulk-ask-tag bulk-ask-list bulk-ask-field
    asked = words(f"bulk-ask-{do}", field=field)
    # A question that waits for words: this cancels the waiting too.
    drop = (Button(words.plain("button-cancel"), "drop:asked"),)
    return Screen(f"{problem}\n\n{asked}" if problem else asked, (drop,))


def count_first(reader: Reader, deed: Deed) -> Screen:
    """What was typed, before it is counted whom it concerns."""
    words = reader.words
    return Screen(_title(words, deed), ((Button(words.plain("bulk-count"), "bulkto:said"),), _cancel(words)))


def confirm(reader: Reader, deed: Deed, count: int, *, passed_over: int = 0) -> Screen:
    """The question with the count: these people and nobody else."""
    words = reader.words
    lines = [_title(words, deed), f"👥 <b>{words('people-count', count=count)}</b>"]
    if passed_over:
        lines.append(words("bulk-no-consent", count=passed_over))
    if deed.do == "delete":
        lines.append(words("bulk-delete-what"))
    sure = "bulkgo:ask" if deed.do == "delete" else "bulkgo"
    # keys: bulk-yes bulk-delete-next
    yes = Button(words.plain("bulk-delete-next" if deed.do == "delete" else "bulk-yes", count=count), sure)
    return Screen("\n\n".join(lines), ((yes,), _cancel(words)), protect=True)


def delete_sure(reader: Reader, count: int) -> Screen:
    """The second step of deleting: the button says how many."""
    words = reader.words
    yes = Button(words.plain("bulk-delete-yes", count=count), f"bulkgo:{count}")
    return Screen(words("bulk-delete-sure", count=count), (_cancel(words), (yes,)), protect=True)


def standing(reader: Reader, stands: Stands) -> Screen:
    """How far it is, with the button to stop; or what came of it, with the button to undo."""
    words = reader.words
    title = _title(words, stands.deed)
    match stands.state:
        case "running":
            filled = BAR * stands.done // max(stands.of, 1)
            bar = "▓" * filled + "░" * (BAR - filled)
            text = (
                f"{title}\n\n{bar} {words('bulk-progress', done=words.number(stands.done), of=words.number(stands.of))}"
            )
            return Screen(text, ((Button(words.plain("bulk-stop"), f"bulkstop:{stands.id}"),),), protect=True)
        case "undoing":
            return Screen(f"{title}\n\n{words('bulk-undoing')}", protect=True)
        case "undone":
            return Screen(f"{title}\n\n{words('bulk-undone')}", protect=True)
        case _:
            # keys: bulk-done bulk-deleted
            said = words("bulk-deleted" if stands.deed.do == "delete" else "bulk-done", count=stands.changed)
            same = stands.of - stands.changed
            more = f"\n{words('bulk-same', count=same)}" if same else ""
            undo = ((Button(words.plain("bulk-undo"), f"bulkundo:{stands.id}"),),) if stands.changed else ()
            return Screen(f"{title}\n\n{said}{more}", undo, protect=True)


def past(reader: Reader, changes: Sequence[Past]) -> Screen:
    """/undo: the latest changes, those that can be undone with a button each."""
    words = reader.words
    if not changes:
        return Screen(words("undo-none"))
    lines = [f"<b>{words('undo-latest')}</b>"]
    buttons: list[Button] = []
    for place, one in enumerate(changes, 1):
        when = words.moment(one.at, reader.zone, now=reader.now)
        # keys: undo-running undo-undoing undo-undone
        state = "" if one.stands.state == "done" else f" · {words(f'undo-{one.stands.state}')}"
        people = words("people-count", count=one.stands.changed)
        lines.append(f"{place}. {_title(words, one.stands.deed)}\n{people} · {escaped(one.by)} · {when}{state}")
        if one.may_undo:
            buttons.append(Button(f"↩️ {place}", f"bulkundo:{one.stands.id}"))
    rows = tuple(tuple(buttons[at : at + 5]) for at in range(0, len(buttons), 5))
    return Screen("\n\n".join(lines), rows, protect=True)


def _title(words: Words, deed: Deed) -> str:
    """What is done, in one line of HTML."""
    do, what = deed.do, answered.cut(deed.what, 80)
    if do == "status":
        what = cards.status(words, deed.what)
    # keys: bulk-do-tag bulk-do-untag bulk-do-owner bulk-do-owner-none bulk-do-status bulk-do-field bulk-do-field-none
    # keys: bulk-do-list bulk-do-unlist bulk-do-delete
    none = "-none" if do in ("owner", "field") and not what else ""
    return f"<b>{words(f'bulk-do-{do}{none}', what=what, field=answered.cut(deed.field, 60))}</b>"


def _about(about: str) -> str:
    return f"<code>{escaped(answered.cut(about, 200))}</code>" if about else ""


def _cancel(words: Words) -> Row:
    return (Button(words.plain("button-cancel"), "bulk:cancel"),)
