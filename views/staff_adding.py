"""Questions about somebody who walked in or called, and the card that may be theirs already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm import values
from locales import Words
from views import staff_names
from views.messages import Button, Screen
from views.staff_names import Who, called, escaped, heading

Row = tuple[Button, ...]


def question(
    words: Words,
    step: str,
    *,
    sources: tuple[str, ...] = (),
    optional: bool = False,
    problem: str | None = None,
    params: Mapping[str, Any] | None = None,
    username: str | None = None,
) -> Screen:
    """One question, with why the last answer was not taken."""
    # A form's own words for why it is asked again: keys reask-phone-invalid and its like, in forms.ftl.
    lines = [words(f"reask-{problem}", **(params or {}))] if problem else []
    if username:
        lines.append(words("add-username", username=username))
    lines.append(words(f"add-ask-{step}"))
    # keys: add-ask-name add-ask-phone add-ask-email add-ask-source add-ask-note
    rows: list[Row] = []
    if step == "source":
        rows.append(tuple(Button(staff_names.source(words, one), f"addfrom:{one}") for one in sources))
    if optional:
        rows.append((Button(words.plain("add-skip"), "addskip"),))
    return Screen("\n\n".join(lines), (*rows, _drop(words)), protect=True)


def agreement(
    words: Words, *, name: str, phone: str | None, email: str | None, source: str | None, note: str | None, text: str
) -> Screen:
    """Everything that is going to be kept, and whether the person agreed to that."""
    lines = [f"👤 <b>{escaped(name)}</b>"]
    if phone:
        lines.append(f"📞 {escaped(values.phone_shown(phone))}")
    if email:
        lines.append(f"📧 {escaped(email)}")
    if source:
        lines.append(words("request-source", source=staff_names.source(words, source)))
    if note:
        lines.append(f"📝 {escaped(note[:500])}")
    lines += ["", words("add-consent"), f"<blockquote>{escaped(text[:1000])}</blockquote>"]
    rows = (
        (Button(words.plain("add-agreed"), "addend:yes"),),
        (Button(words.plain("add-not-agreed"), "addend:no"),),
        _drop(words),
    )
    return Screen("\n".join(lines), rows, protect=True)


def twin(words: Words, who: Who) -> Screen:
    """Somebody with the same phone, e-mail or username has a card already."""
    rows = (
        (Button(words.plain("add-same"), f"addsame:{who.id}"),),
        (Button(words.plain("add-other"), f"addother:{who.id}"),),
        _drop(words),
    )
    return Screen(f"{words('add-twin')}\n{heading(words, who)} · № {who.id}", rows, protect=True)


def made(words: Words, who: Who, *, agreed: bool) -> str:
    """The line over the new card. HTML."""
    return words("add-made" if agreed else "add-made-guest", name=called(words, who))
    # keys: add-made add-made-guest


def _drop(words: Words) -> Row:
    return (Button(words.plain("button-cancel"), "drop"),)
