"""Scenarios as the owner writes them: what begins one, for whom, what is said in which order, and when it has worked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self, cast

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from crm import scenario_triggers
from crm.playbook_sales import Share
from crm.playbook_types import Duration, Id, Part, Text, Url, duration
from crm.purposes import Purpose
from crm.scenario_triggers import Trigger

DEEDS: Final = ("pressed", "answered", "wrote", "bought", "requested")
"""What a branch may ask of a person: pressed a button of the scenario, answered its survey, wrote or pressed anything,
bought, left a request."""
GOALS: Final = ("purchase", "request", "press")
END: Final = "end"


def _mistake(kind: str, message: str, suggestion: str | None = None) -> PydanticCustomError:
    # The message goes through ctx: pydantic would read braces in it as a template.
    return PydanticCustomError(cast(Any, kind), cast(Any, "{said}"), {"said": message, "suggestion": suggestion})


def _hour(text: object) -> object:
    if isinstance(text, time):
        return text.replace(tzinfo=None)
    found = re.fullmatch(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*", text) if isinstance(text, str) else None
    if found is None:
        raise _mistake("hour", f"{text!r} is not a time of day", '"11:00"')
    return time(int(found[1]), int(found[2]))


@dataclass(frozen=True)
class Goal:
    """What a scenario is for: a purchase, a request or a press within so long after it began."""

    deed: str
    within: timedelta

    @classmethod
    def parse(cls, text: object) -> Goal:
        """`purchase within 14d`. Raises PydanticCustomError."""
        if isinstance(text, cls):
            return text
        found = re.fullmatch(r"\s*(\w+)\s+within\s+(.+)", text) if isinstance(text, str) else None
        if found is None or found[1] not in GOALS:
            raise _mistake(
                "goal", f"{text!r} is not a goal", f'one of {", ".join(GOALS)}, and how soon: "purchase within 14d"'
            )
        return cls(found[1], duration(found[2]))


@dataclass(frozen=True)
class Next:
    """Where a way goes on: `no` at once when nothing is asked, else `yes` as soon as the deed is done and `no` when the
    time for it is over. The names are those of steps, or "end"."""

    no: str
    deed: str = ""
    within: timedelta = timedelta(0)
    yes: str = ""

    @classmethod
    def parse(cls, text: object) -> Next:
        """`pressed within 3d ? thanks : remind`, or the name of a step. Raises PydanticCustomError."""
        if isinstance(text, cls):
            return text
        said = text.strip() if isinstance(text, str) else ""
        if re.fullmatch(r"[a-z0-9][a-z0-9_-]*", said):
            return cls(said)
        shape = r"(\w+)\s+within\s+([^?]+?)\s*\?\s*([a-z0-9][a-z0-9_-]*)\s*:\s*([a-z0-9][a-z0-9_-]*)"
        found = re.fullmatch(shape, said)
        if found is None or found[1] not in DEEDS:
            suggestion = f'"pressed within 3d ? one-step : another-step"; what can be asked: {", ".join(DEEDS)}'
            raise _mistake("next", f"{text!r} leads nowhere", suggestion)
        return cls(no=found[4], deed=found[1], within=duration(found[2]), yes=found[3])


@dataclass(frozen=True)
class Repeat:
    """How often a person may go through a scenario: once, each time it is begun (`gap` zero), or not sooner than so
    long after the last time."""

    once: bool = False
    gap: timedelta = timedelta(0)

    @classmethod
    def parse(cls, text: object) -> Repeat:
        """`once`, `each time`, `every 90d`. Raises PydanticCustomError."""
        if isinstance(text, cls):
            return text
        said = " ".join(text.split()) if isinstance(text, str) else ""
        if said == "once":
            return cls(once=True)
        if said == "each time":
            return cls()
        if said.startswith("every "):
            return cls(gap=duration(said.removeprefix("every ")))
        raise _mistake("repeat", f"{text!r} does not say how often", '"once", "each time" or "every 90d"')


class MessageButton(Part):
    """A button under a scenario's message: a form to begin, a page to open, a promo code to take, or "call me"."""

    title: Text | None = None
    form: Id | None = None
    link: Url | None = None
    promo: str | None = None
    call: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        given = [one for one in ("form", "link", "promo", "call") if getattr(self, one) is not None]
        if len(given) != 1:
            raise _mistake("button", "a button does one thing", 'form = "booking", link, promo or call = true')
        if self.link is not None and self.title is None:
            raise _mistake("button", "a link needs a title", 'title.en = "…"')
        return self


class Saying(Part):
    """What is said: words of one's own, a message written elsewhere, one of several by lot, or a survey."""

    text: Text | None = None
    message: Id | None = None
    variant: tuple[Id, ...] = ()
    survey: Id | None = None
    buttons: tuple[MessageButton, ...] = Field(default=(), alias="button", max_length=8)

    @property
    def said(self) -> list[str]:
        """The ways in which it says something: there must be one."""
        return [one for one in ("text", "message", "variant", "survey") if getattr(self, one)]


class Message(Part):
    """Words with buttons that scenarios say by name."""

    id: Id
    text: Text
    buttons: tuple[MessageButton, ...] = Field(default=(), alias="button", max_length=8)


class ScenarioStep(Saying):
    """One message of a scenario. `wait` is counted from the step before it."""

    id: Id | None = None
    wait: Duration = timedelta(0)
    hour: Annotated[time | None, BeforeValidator(_hour)] = None
    next: Annotated[Next | None, BeforeValidator(Next.parse)] = None


class Scenario(Saying):
    """A repeat contact that happens by itself. One message is written in the scenario, several as its steps."""

    id: Id
    title: Text | None = None
    trigger: Annotated[Trigger, BeforeValidator(Trigger.parse)]
    segment: str | None = None
    purpose: Literal["marketing", "survey", "service"] = "marketing"
    topic: Id | None = None
    value: Annotated[int, Field(ge=0, le=100)] = 0
    hour: Annotated[time | None, BeforeValidator(_hour)] = None
    valid: Duration | None = None
    holdout: Share | None = None
    goal: Annotated[Goal | None, BeforeValidator(Goal.parse)] = None
    exit: str | None = None
    repeat: Annotated[Repeat, BeforeValidator(Repeat.parse)] = Repeat()
    steps: tuple[ScenarioStep, ...] = Field(default=(), alias="step", max_length=20)

    @cached_property
    def plan(self) -> tuple[ScenarioStep, ...]:
        """Its steps; of one that says its only message itself, that."""
        if self.steps:
            return self.steps
        return (
            ScenarioStep.model_construct(
                text=self.text, message=self.message, variant=self.variant, survey=self.survey, buttons=self.buttons
            ),
        )

    @property
    def aim(self) -> Purpose:
        """Why its messages are sent."""
        return Purpose(self.purpose)

    @property
    def of_use(self) -> timedelta:
        """How long after its time a message may still leave: a greeting is for its day."""
        if self.valid is not None:
            return self.valid
        return timedelta(hours=12) if self.trigger.kind in scenario_triggers.DAILY else timedelta(days=3)

    def index(self, step_id: str) -> int | None:
        """Where the step of this name is; None for the end."""
        return next((i for i, step in enumerate(self.plan) if step.id == step_id), None)
