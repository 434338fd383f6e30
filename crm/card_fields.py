"""Fields of the card: what kinds of values there are, and what the owner says of a field of their own."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from crm import permissions
from crm.playbook_types import FieldId, Id, Part, Text

StepType = Literal[
    "text", "phone", "email", "choice", "choices", "yes_no", "number", "money", "date", "birthday", "time", "datetime",
    "file", "location", "consent",
]  # fmt: skip
"""Kinds of answers, and of a card's values (which has no files and consents). How each is kept: crm/values.py."""

CONTACT_FIELDS: Final[dict[str, StepType]] = {"name": "text", "phone": "phone", "email": "email"}
"""Fields every contact has; the product has its own words for their questions and titles."""

PERSONAL_TYPES: Final = frozenset({"phone", "email", "birthday", "file", "location"})
"""Types whose answers are personal data unless the owner says otherwise."""


class Option(Part):
    """One button of a choice, one reason of a lost request, or one level of contacts."""

    id: Id
    title: Text


class CardField(Part):
    """A field of the contact's card beside name, phone and e-mail. `edit` and `see` name the least of the roles that
    may; `card` is where it is shown: on the whole card, on the request's card too (all), or nowhere (no)."""

    id: FieldId
    title: Text
    type: StepType = "text"
    personal: bool | None = None
    options: tuple[Option, ...] = Field(default=(), alias="option")
    edit: Literal["owner", "manager"] = "manager"
    see: Literal["owner", "manager", "viewer"] = "viewer"
    card: Literal["whole", "all", "no"] = "whole"

    @property
    def is_personal(self) -> bool:
        """Whether it needs consent, is exported with a person's data and goes when they are erased."""
        return self.type in PERSONAL_TYPES if self.personal is None else self.personal

    def is_seen_by(self, role: str) -> bool:
        """Whether this role may see its values."""
        return permissions.is_at_least(role, self.see)

    def is_edited_by(self, role: str) -> bool:
        """Whether this role may change its values."""
        return permissions.is_at_least(role, self.edit)
