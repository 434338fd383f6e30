"""One question of a form or a survey, as the owner writes it."""

from __future__ import annotations

from pydantic import Field

from crm.card_fields import CONTACT_FIELDS, PERSONAL_TYPES, Option, StepType
from crm.playbook_types import FieldId, Part, Text


class Step(Part):
    """One question of a form, and what counts as its answer."""

    field: FieldId
    type: StepType
    ask: Text | None = None
    title: Text | None = None
    hint: Text | None = None
    placeholder: Text | None = None
    optional: bool = False
    when: str | None = None
    options: tuple[Option, ...] = Field(default=(), alias="option")
    personal: bool | None = None
    min: float | None = None
    max: float | None = None
    multiple: bool = True
    default_from_card: bool = True
    past: bool = False
    visit: bool = False

    @property
    def is_personal(self) -> bool:
        """Whether consent to processing comes before it. An own field's word is taken over by `Playbook.form`."""
        if self.personal is not None:
            return self.personal
        return self.field in CONTACT_FIELDS or self.type in PERSONAL_TYPES

    def option(self, option_id: str) -> Option | None:
        """The option with this id, if there is one."""
        return next((option for option in self.options if option.id == option_id), None)
