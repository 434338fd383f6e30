"""What the playbook says of ranking contacts by what they bring: `[abc]`."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from crm.playbook_types import Part
from crm.revenue_classes import Limits

_STANDARD = Limits()


class Abc(Part):
    """Where the classes end: shares of the revenue, per cent."""

    a: Annotated[float, Field(gt=0, lt=100)] = _STANDARD.a
    b: Annotated[float, Field(gt=0, le=100)] = _STANDARD.b

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.a >= self.b:
            raise ValueError("`a` is the share at which class A ends and must be less than `b`, such as a = 80, b = 95")
        return self

    @property
    def limits(self) -> Limits:
        return Limits(self.a, self.b)
