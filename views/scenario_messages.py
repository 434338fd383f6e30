"""A scenario's message as the person gets it: the words, the buttons, and under an advertisement the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm import placeholders
from crm.playbook import Playbook
from crm.playbook_scenarios import MessageButton
from crm.playbook_types import Text
from locales import Words
from views import preferences
from views.messages import Button, Screen

Row = tuple[Button, ...]


def message(
    words: Words,
    text: Text,
    buttons: Sequence[MessageButton],
    playbook: Playbook,
    *,
    name: str,
    tail: str,
    key: str,
    advertises: bool,
    links: Mapping[int, str],
) -> Screen:
    """`tail` is what the buttons carry (way and step); `key` is the message's own, by which "fewer of these" knows
    where it was pressed; `links` are the addresses of counted links, by their place."""
    values = {"name": name, "business": playbook.business.name.say(words.language)}
    rows = [
        _row(words, button, playbook, f"sc:{tail}:{place}", links.get(place)) for place, button in enumerate(buttons)
    ]
    if advertises:
        rows += preferences.under_advertisement(words, key)
    return Screen(placeholders.fill(text.say(words.language), values), tuple(rows))


def _row(words: Words, button: MessageButton, playbook: Playbook, data: str, counted: str | None) -> Row:
    title = button.title.say(words.language) if button.title is not None else None
    if button.link is not None:
        return (Button(title or "↗", url=counted or button.link),)
    if button.promo is not None:
        return (Button(title or words.plain("scenario-promo", code=button.promo), copy=button.promo),)
    if button.form is not None:
        form = playbook.form(button.form)
        return (Button(title or (form.title.say(words.language) if form is not None else "…"), data),)
    return (Button(title or words.plain("scenario-call"), data),)
