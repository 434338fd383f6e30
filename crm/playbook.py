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
from crm.card_fields import CardField as CardField
from crm.card_fields import Option as Option
from crm.card_fields import StepType as StepType
from crm.life_cycle import LifeCycle
from crm.playbook_digest import Digest
from crm.playbook_policy import Cap as Cap
from crm.playbook_policy import Policy as Policy
from crm.playbook_policy import Topic
from crm.playbook_ranking import Abc
from crm.playbook_sales import Loyalty, MoneyRules, Promos
from crm.playbook_scenarios import Message, Scenario
from crm.playbook_steps import Step as Step
from crm.playbook_surveys import Followup as Followup
from crm.playbook_surveys import Survey as Survey
from crm.playbook_surveys import SurveyRules
from crm.playbook_types import Duration, Id, Name, Part, Region, Span, Tag, Text, Url

LANGUAGES: Final = ("ru", "uk", "en")
"""Languages the product has words in; a business chooses among them, its first is its default."""

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
    def opening_hours(self) -> Span | None:
        """When visits can be booked; None where the owner has not written it."""
        return self.hours if "hours" in self.model_fields_set else None

    @property
    def language(self) -> str:
        """The language for those whose own the business does not speak."""
        return self.languages[0]

    def zone(self, default: str = "UTC") -> ZoneInfo:
        """The business's time zone; `default` is the setting TIMEZONE."""
        return ZoneInfo(self.timezone or default)


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


class Reminders(Part):
    """Defaults of reminders: the hour, in the contact's time zone, of one set for a day without a time; how long before
    a booked visit its customer is reminded of it."""

    time: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "10:00"
    visit: Annotated[tuple[Duration, ...], Field(max_length=4)] = (timedelta(hours=24), timedelta(hours=2))


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
    survey_rules: SurveyRules = Field(default=SurveyRules.model_construct(), alias="surveys")
    messages: tuple[Message, ...] = Field(default=(), alias="message")
    scenarios: tuple[Scenario, ...] = Field(default=(), alias="scenario")
    reminders: Reminders = Reminders.model_construct()
    money: MoneyRules = MoneyRules.model_construct()
    abc: Abc = Abc.model_construct()
    digest: Digest = Digest.model_construct()
    loyalty: Loyalty | None = None
    promos: Promos = Field(default=(), alias="promo")
    policy: Policy = Policy.model_construct()
    topics: tuple[Topic, ...] = Field(default=(), alias="topic")
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
            steps = tuple(self.completed(step) for step in found.steps)
            self._completed_forms[form_id] = found.model_copy(update={"steps": steps})
        return self._completed_forms[form_id]

    def survey(self, survey_id: str) -> Survey | None:
        """The survey with this id."""
        return next((survey for survey in self.surveys if survey.id == survey_id), None)

    def scenario(self, scenario_id: str) -> Scenario | None:
        """The scenario with this id."""
        return next((one for one in self.scenarios if one.id == scenario_id), None)

    def message(self, message_id: str) -> Message | None:
        """The message with this id."""
        return next((one for one in self.messages if one.id == message_id), None)

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

    def topic(self, topic_id: str) -> Topic | None:
        """The topic with this id; None for one that is not (or no longer) written."""
        return next((one for one in self.topics if one.id == topic_id), None)

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

    def completed(self, step: Step) -> Step:
        """The question with what it takes over from the card's field of the same name."""
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
