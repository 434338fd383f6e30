"""Questions about one field of the card, put to the person whom the card is about: each is a form of one step that no
owner has written, and is filled in as every form is."""

from __future__ import annotations

from typing import Final

from crm.card_fields import CONTACT_FIELDS
from crm.playbook import Form, Playbook, Step
from crm.playbook_types import Text

PREFIX: Final = "ask:"
"""No form of an owner's has a colon in its id."""
FIELDS: Final = ("name", "phone", "email", "birthday", "city")
"""What can be asked so. The words of each question are the product's own: `ask-<field>`."""
_TITLES: Final = {
    "name": {"ru": "Имя", "uk": "Ім’я", "en": "Name"},
    "phone": {"ru": "Телефон", "uk": "Телефон", "en": "Phone"},
    "email": {"ru": "Почта", "uk": "Пошта", "en": "E-mail"},
}


def form_id(field: str) -> str:
    """The id of the form that asks for this field."""
    return f"{PREFIX}{field}"


def field_of(form_id: str) -> str | None:
    """The field that a form asks for; None for a form of the owner's, and for a field that is not asked so."""
    field = form_id.removeprefix(PREFIX)
    return field if form_id.startswith(PREFIX) and field in FIELDS else None


def form(playbook: Playbook, field: str) -> Form:
    """The form of one step. A field of the profile is asked for as the owner wants it: its type, options and title are
    theirs."""
    own = playbook.field(field)
    if own is None:
        title = Text.model_construct(_TITLES[field])
        # A phone, an e-mail or a name that is known may still be right: one tap says so.
        step = Step.model_construct(field=field, type=CONTACT_FIELDS[field], title=title)
    else:
        title = own.title
        step = Step.model_construct(
            field=field,
            type=own.type,
            title=title,
            options=own.options,
            personal=own.is_personal,
            # What stands on the card is what is doubted.
            default_from_card=False,
        )
    return Form.model_construct(id=form_id(field), title=title, steps=(step,))
