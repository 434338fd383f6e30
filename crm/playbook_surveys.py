"""What the owner's file says of surveys: what is asked, of whom, when, and what follows the answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from crm.playbook_steps import Step
from crm.playbook_types import After, Cron, Duration, FieldId, Id, Name, Part, Text, Url
from crm.purposes import Purpose

SurveyKind = Literal["csat", "nps", "ces", "own"]
Band = Literal["low", "middle", "high"]

SCALES: Final[Mapping[str, range]] = {"csat": range(1, 6), "nps": range(11), "ces": range(1, 8)}
"""The scores of each kind that has a scale of its own. CES is 1 to 7 as in its second version (CEB, 2013): the higher,
the easier it was."""
LOW: Final[Mapping[str, int]] = {"csat": 3, "nps": 6, "ces": 4}
"""A score of at most this is low: a detractor, three stars of five, "neither easy nor difficult" and worse."""
HIGH: Final[Mapping[str, int]] = {"csat": 5, "nps": 9, "ces": 6}
"""A score of at least this is high: a promoter."""


class Followup(Part):
    """The second question of a survey: to whom it is put, and whether the managers hear of it at once."""

    when: str | None = None
    ask: Text | None = None
    alert: bool = False


class Survey(Part):
    """A question with a score (CSAT 1 to 5, NPS 0 to 10, CES 1 to 7), or the owner's own questions; after an event, by
    the calendar, or only by hand."""

    id: Id
    kind: SurveyKind
    shown_as: Literal["buttons", "poll"] = Field(default="buttons", alias="as")
    title: Name | None = None
    after: After | None = None
    at: Cron | None = None
    segment: str | None = None
    ask: Text
    steps: Annotated[tuple[Step, ...], Field(max_length=30)] = Field(default=(), alias="step")
    score: FieldId | None = None
    followup: Followup = Followup.model_construct()
    thanks: Text | None = None
    thanks_low: Text | None = None
    thanks_middle: Text | None = None
    thanks_high: Text | None = None
    low: Annotated[int, Field(ge=0, le=10)] | None = None
    high: Annotated[int, Field(ge=0, le=10)] | None = None
    anonymous: bool = False
    remind_after: Duration | None = None
    open_for: Duration | None = None
    review_url: Url | None = None
    referral: bool = False

    @property
    def scores(self) -> range:
        """The scores a person can give; none of own questions without a `score`."""
        return SCALES.get(self.kind) or scores_of(self.scored)

    @property
    def scored(self) -> Step | None:
        """The own question whose answer is the score."""
        return next((step for step in self.steps if step.field == self.score), None)

    @property
    def low_score(self) -> int | None:
        """A score of at most this alerts the manager: what NPS calls a detractor, or three stars of five. None of own
        questions of which the owner does not say it."""
        return LOW.get(self.kind) if self.low is None else self.low

    @property
    def high_score(self) -> int | None:
        """A score of at least this is a promoter's."""
        if self.high is not None:
            return self.high
        return HIGH.get(self.kind) if self.kind != "own" else max(self.scores, default=None)

    def band(self, score: int) -> Band:
        """Where a score stands: what the thanks and what follows depend on."""
        if self.low_score is not None and score <= self.low_score:
            return "low"
        return "high" if self.high_score is not None and score >= self.high_score else "middle"

    def thanks_for(self, score: int | None) -> Text | None:
        """What is said for this score; None leaves it to the product's own words."""
        if score is None:
            return self.thanks
        said = {"low": self.thanks_low, "middle": self.thanks_middle, "high": self.thanks_high}[self.band(score)]
        return said or self.thanks

    @property
    def purpose(self) -> Purpose:
        """The rating of one's own visit is part of the service; a survey by the calendar, or by hand, needs its own
        consent."""
        return Purpose.SERVICE if self.after is not None else Purpose.SURVEY


class SurveyRules(Part):
    """What holds for all surveys together: nobody is asked twice within `gap`. The rating of one's own visit counts, but
    is held back only when `hold_service` says so."""

    gap: Duration = timedelta(days=30)
    hold_service: bool = False


def scores_of(step: Step | None) -> range:
    """The whole numbers that answers to an own question can be: of a number its `min` to `max`, of a choice its
    options' ids; none where they are no numbers from 0 to 10."""
    if step is None:
        return range(0)
    if step.type == "number" and step.min is not None and step.max is not None:
        low, high = step.min, step.max
        whole = low == int(low) and high == int(high) and 0 <= low < high <= 10
        return range(int(low), int(high) + 1) if whole else range(0)
    ids = [int(option.id) for option in step.options if option.id.isdecimal()]
    fit = step.type == "choice" and len(ids) == len(step.options) > 1 and max(ids) <= 10
    return range(min(ids), max(ids) + 1) if fit else range(0)
