"""A campaign's message as the person gets it: the words, the files, the buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from crm import campaign_texts
from crm.campaign_letters import Choice, Variant
from crm.playbook import Playbook
from locales import Words
from views import preferences
from views.messages import Attachment, Button, Screen

Row = tuple[Button, ...]
INERT: Final = "bctry"
"""What every button of a preview carries: it says that it is one, whoever presses."""


def letter(
    words: Words,
    variant: Variant,
    choices: Sequence[Choice],
    *,
    campaign_id: int,
    values: Mapping[str, str],
    playbook: Playbook,
    key: str | None = None,
    links: Mapping[int, str] | None = None,
) -> Screen:
    """The message in the reader's language, its placeholders and its buttons too.

    With the `key` of its row it is an advertisement, under which one can ask for fewer of them or none. `links` are the
    addresses of counted links that open at the first tap, by their place.
    """
    text = campaign_texts.fill(variant.say(words.language, playbook.business.language), values)
    opens = links or {}
    rows = tuple(
        _row(choice, title(words, choice, playbook), f"camp:{campaign_id}:{place}", opens.get(place))
        for place, choice in enumerate(choices)
    )
    if key is not None:
        rows += preferences.under_advertisement(words, key)
    files = tuple(Attachment(one.kind, file_id=one.file_id) for one in variant.media)
    if variant.is_album:
        # The buttons of an album are under words that follow it: where nothing was written, they say who writes.
        return Screen(text or (campaign_texts.fill("{business}", values) if rows else ""), rows, album=files)
    return Screen(text, rows, attachment=files[0] if files else None)


def preview(screen: Screen) -> Screen:
    """The same message with buttons that only say what they are: pressing "stop" in it must not be a word of whoever
    looks. An address opens, and a code is copied."""
    rows = tuple(tuple(replace(one, data=INERT) if one.data else one for one in row) for row in screen.buttons)
    return replace(screen, buttons=rows)


def title(words: Words, choice: Choice, playbook: Playbook) -> str:
    """What a button says: as the owner typed it; where they typed nothing, in the reader's language. Plain."""
    if choice.does == "form" and not choice.title:
        form = playbook.form(choice.value)
        return form.title.say(words.language) if form is not None else "…"
    # keys: campaign-survey-title campaign-call-title
    return choice.title or words.plain(f"campaign-{choice.does}-title")


def opened(screen: Screen, place: int, url: str) -> Screen:
    """The same message after the first tap on a counted link: the button now opens it."""
    rows = list(screen.buttons)
    rows[place] = (Button(f"↗ {rows[place][0].text.removeprefix('↗ ')}", url=url),)
    return Screen(screen.text, tuple(rows), attachment=screen.attachment)


def _row(choice: Choice, title: str, data: str, opens: str | None) -> Row:
    match choice.does:
        case "link" if opens is not None:
            return (Button(title, url=opens),)
        case "url":
            return (Button(title, url=choice.value),)
        case "promo":
            return (Button(title, copy=choice.value),)
        case _:
            return (Button(title, data),)
