"""What the owner's file says: the business, its fields, forms, surveys, pipelines, policy and texts.

These are shapes only: frozen, with no I/O. What must hold between the parts is in `crm.playbook_checks`;
reading a file and naming its lines is in `bot.playbooks`. A playbook that reached the rest of the program
has passed both, so the rest need not doubt it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, StringConstraints

from crm import profile
from crm.card_fields import CONTACT_FIELDS as CONTACT_FIELDS
from crm.card_fields import PERSONAL_TYPES
from crm.card_fields import CardField as CardField
from crm.card_fields import Option as Option
from crm.card_fields import StepType as StepType
from crm.life_cycle import LifeCycle
from crm.playbook_ranking import Abc
from crm.playbook_sales import Loyalty, MoneyRules, Promos
from crm.playbook_types import After, Cron, Duration, FieldId, Id, Name, Part, Region, Span, Tag, Text, Url
from crm.purposes import Purpose

LANGUAGES: Final = ("ru", "uk", "en")
"""Languages the product has words in; a business chooses among them, its first is its default."""

SurveyKind = Literal["csat", "nps"]
Stage = Literal["new", "taken", "done", "lost"]
Language = Literal["ru", "uk", "en"]

STANDARD_PIPELINE: Final = "requests"
"""The pipeline of a form that names none; it exists without being written."""


class Business(Part):
    """Who speaks: its name, languages, hours, and what a person agrees to."""

    name: Name
    privacy_url: Url | None = None
    consent_version: Annotated[str, StringConstraints(min_length=1, max_length=32)] = "1"
    consent: Text | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = LANGUAGES
    phone_regions: Annotated[tuple[Region, ...], Field(min_length=1)] = ("UA", "RU")
    timezone: str | None = None
    hours: Span = Span.parse("08:00-21:00")

    @property
    def language(self) -> str:
        """The language for those whose own the business does not speak."""
        return self.languages[0]

    def zone(self, default: str = "UTC") -> ZoneInfo:
        """The business's time zone; `default` is the setting TIMEZONE."""
        return ZoneInfo(self.timezone or default)


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

    @property
    def is_personal(self) -> bool:
        """Whether consent to processing comes before it. An own field's word is taken over by `Playbook.form`."""
        if self.personal is not None:
            return self.personal
        return self.field in CONTACT_FIELDS or self.type in PERSONAL_TYPES

    def option(self, option_id: str) -> Option | None:
        """The option with this id, if there is one."""
        return next((option for option in self.options if option.id == option_id), None)


class Form(Part):
    """A conversation that captures a request."""

    id: Id
    title: Text
    pipeline: Id = STANDARD_PIPELINE
    tags: tuple[Tag, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=50)] = Field(alias="step")
    nudge_after: Duration | None = None
    nudge: Text | None = None
    thanks: Text | None = None

    def step(self, field: str) -> Step | None:
        """The step that asks for this field."""
        return next((step for step in self.steps if step.field == field), None)


class Stages(Part):
    """What the four stages of a pipeline are called; a stage left out keeps the product's own word."""

    new: Text | None = None
    taken: Text | None = None
    done: Text | None = None
    lost: Text | None = None


class Pipeline(Part):
    """The way of a request from new to done or lost."""

    id: Id
    title: Text | None = None
    stages: Stages = Stages.model_construct()
    lost_reasons: tuple[Option, ...] = Field(default=(), alias="lost_reason")

    def stage_title(self, stage: Stage) -> Text | None:
        """The owner's word for a stage; None leaves it to the product's own."""
        title: Text | None = getattr(self.stages, stage)
        return title


class Followup(Part):
    """The second question of a survey: to whom it is put, and whether the managers hear of it at once."""

    when: str | None = None
    ask: Text | None = None
    alert: bool = False


class Survey(Part):
    """A question with a score: CSAT (1 to 5) after an event, NPS (0 to 10) by the calendar."""

    id: Id
    kind: SurveyKind
    after: After | None = None
    at: Cron | None = None
    segment: str | None = None
    ask: Text
    followup: Followup = Followup.model_construct()
    thanks: Text | None = None
    low: Annotated[int, Field(ge=0, le=10)] | None = None

    @property
    def scores(self) -> range:
        """The scores a person can give."""
        return range(1, 6) if self.kind == "csat" else range(11)

    @property
    def low_score(self) -> int:
        """A score of at most this alerts the manager: what NPS calls a detractor, or three stars of five."""
        if self.low is not None:
            return self.low
        return 3 if self.kind == "csat" else 6

    @property
    def purpose(self) -> Purpose:
        """The rating of one's own visit is part of the service; a survey by the calendar needs its own consent."""
        return Purpose.SERVICE if self.after is not None else Purpose.SURVEY


class Reminders(Part):
    """Defaults of reminders: the hour, in the contact's time zone, of one set for a day without a time."""

    time: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "10:00"


class Cap(Part):
    """At most `max` messages of a purpose in any window of `per`, and at least `gap` between two."""

    max: Annotated[int, Field(ge=0, le=1000)]
    per: Duration
    gap: Duration = timedelta(0)


class Policy(Part):
    """When the bot keeps silent and how much is too much. Hours are in the contact's own time zone."""

    quiet_hours: Span | None = Span.parse("21:00-09:00")
    service: Cap | None = None
    marketing: Cap | None = Cap.model_construct(max=3, per=timedelta(days=30), gap=timedelta(days=3))
    survey: Cap | None = Cap.model_construct(max=1, per=timedelta(days=30))

    def cap(self, purpose: Purpose) -> Cap | None:
        """The cap of a purpose; None is no cap (answers and alerts to staff never have one)."""
        return {Purpose.SERVICE: self.service, Purpose.MARKETING: self.marketing, Purpose.SURVEY: self.survey}.get(
            purpose
        )


class Texts(Part):
    """What the business says of itself; a text left out is the product's own."""

    greeting: Text | None = None
    about: Text | None = None
    privacy: Text | None = None


class Playbook(Part):
    """The whole file. `hash` is the SHA-256 of its text: people in mid-form go on with the version they began."""

    business: Business
    fields: tuple[CardField, ...] = Field(default=(), alias="field")
    levels: tuple[Option, ...] = Field(default=(), alias="level")
    life_cycle: LifeCycle = LifeCycle.model_construct()
    pipelines: tuple[Pipeline, ...] = Field(default=(), alias="pipeline")
    forms: Annotated[tuple[Form, ...], Field(min_length=1, max_length=50)] = Field(alias="form")
    surveys: tuple[Survey, ...] = Field(default=(), alias="survey")
    reminders: Reminders = Reminders.model_construct()
    money: MoneyRules = MoneyRules.model_construct()
    abc: Abc = Abc.model_construct()
    loyalty: Loyalty | None = None
    promos: Promos = Field(default=(), alias="promo")
    policy: Policy = Policy.model_construct()
    texts: Texts = Texts.model_construct()
    _hash: str = PrivateAttr(default="")
    _completed_forms: dict[str, Form] = PrivateAttr(default_factory=dict)
    _card_fields: dict[str, CardField] = PrivateAttr(default_factory=dict)

    @property
    def hash(self) -> str:
        """SHA-256 of the text this came from, in hex; empty when it was not read from a text."""
        return self._hash

    def with_hash(self, digest: str) -> Self:
        """The same playbook that knows the hash of its text."""
        known = self.model_copy()
        known._hash = digest
        return known

    def form(self, form_id: str) -> Form | None:
        """The form with this id, its steps completed by what the owner's own fields say (title, options, privacy)."""
        if form_id not in self._completed_forms:
            found = next((form for form in self.forms if form.id == form_id), None)
            if found is None:
                return None
            steps = tuple(self._completed(step) for step in found.steps)
            self._completed_forms[form_id] = found.model_copy(update={"steps": steps})
        return self._completed_forms[form_id]

    def survey(self, survey_id: str) -> Survey | None:
        """The survey with this id."""
        return next((survey for survey in self.surveys if survey.id == survey_id), None)

    def pipeline(self, pipeline_id: str) -> Pipeline:
        """The pipeline with this id; one that is not (or no longer) written has the product's own words."""
        return next((one for one in self.pipelines if one.id == pipeline_id), Pipeline(id=pipeline_id))

    @property
    def card_fields(self) -> tuple[CardField, ...]:
        """The fields of the card beside name, phone and e-mail: those of every profile, then the owner's own."""
        if not self._card_fields:
            self._card_fields.update((field.id, field) for field in profile.completed(self.fields))
        return tuple(self._card_fields.values())

    def field(self, field_id: str) -> CardField | None:
        """The field of the card with this id, of the profile or the owner's own."""
        return self._card_fields.get(field_id) if self.card_fields else None

    def level(self, level_id: str) -> Option | None:
        """The level with this id."""
        return next((level for level in self.levels if level.id == level_id), None)

    def is_card_field(self, field_id: str) -> bool:
        """Whether an answer under this name goes to the contact's card (else it belongs to the request)."""
        return field_id in CONTACT_FIELDS or self.field(field_id) is not None

    def surveys_after(self, event: str) -> Iterator[tuple[Survey, timedelta]]:
        """The surveys an event starts, each with its delay."""
        for survey in self.surveys:
            if survey.after is not None and survey.after.event == event:
                yield survey, survey.after.delay

    def _completed(self, step: Step) -> Step:
        own = self.field(step.field)
        if own is None:
            return step
        said: dict[str, object] = {}
        if step.title is None:
            said["title"] = own.title
        if not step.options and own.options:
            said["options"] = own.options
        if step.personal is None:
            said["personal"] = own.is_personal
        return step.model_copy(update=said) if said else step


def validated(data: dict[str, object], languages: tuple[str, ...]) -> Playbook:
    """The playbook of a parsed file whose texts must be in these languages.

    Raises pydantic's ValidationError with every mistake of shape.
    """
    return Playbook.model_validate(data, context={"languages": languages})
