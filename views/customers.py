"""Screens at a customer's door: the greeting, the menu of forms, help, receipts."""

from __future__ import annotations

from collections.abc import Sequence

from crm import placeholders
from crm.playbook import Form, Playbook
from crm.playbook_types import Text
from locales import Words
from views import answered
from views.messages import Button, Screen


def greeting(words: Words, playbook: Playbook, name: str, *, for_staff: bool) -> Screen:
    """What /start says: the owner's greeting or the product's, and a button for every form."""
    own = playbook.texts.greeting
    text = (
        _own(words, playbook, own, name) if own is not None else words("greeting", business=_business(words, playbook))
    )
    if for_staff:
        text += "\n\n" + words("greeting-staff")
    return Screen(text, buttons=_menu(words, playbook.forms))


def choose_form(words: Words, forms: Sequence[Form]) -> Screen:
    return Screen(words("forms-choose"), buttons=_menu(words, forms))


def help_page(words: Words, playbook: Playbook, *, for_staff: bool) -> Screen:
    """What the bot can do for this reader, with what the business says about itself."""
    about = playbook.texts.about
    said = _own(words, playbook, about, "") if about is not None else ""
    text = words("help-staff") if for_staff else words("help-customer")
    points = words("help-points") if playbook.loyalty is not None and not for_staff else ""
    return Screen("\n\n".join(part for part in (said, text, points) if part))


def passed_on(words: Words) -> Screen:
    """The receipt of a message to the team."""
    return Screen(words("passed-on"))


def cancelled(words: Words) -> Screen:
    return Screen(words("cancelled"), keys=())


def nothing_to_cancel(words: Words) -> Screen:
    return Screen(words("nothing-to-cancel"), keys=())


def _menu(words: Words, forms: Sequence[Form]) -> tuple[tuple[Button, ...], ...]:
    titles = ((form.id, answered.cut(form.title.say(words.language), 56)) for form in forms)
    return tuple((Button(title, f"form:{form_id}"),) for form_id, title in titles)


def _own(words: Words, playbook: Playbook, text: Text, name: str) -> str:
    return placeholders.fill(text.say(words.language), {"name": name, "business": _business(words, playbook)})


def _business(words: Words, playbook: Playbook) -> str:
    return playbook.business.name.say(words.language)
