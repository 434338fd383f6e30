"""What goes into and comes out of the form engine: the conversation's state, inputs, prompts, outcomes.

All plain frozen values. The state is small and JSON-able, because it lives in the conversation's row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from crm.playbook import Option, Step
from crm.playbook_types import Span
from crm.values import Refused, Value

Place = Literal["consent", "step", "summary", "finished", "cancelled"]
Verb = Literal["back", "skip", "done", "keep", "change", "agree", "decline", "edit", "confirm", "cancel"]
Kind = Literal["ask", "reask", "collected", "summary", "finished", "cancelled", "stale", "nothing"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A kept answer. `verified`: Telegram said that the phone is the sender's own."""

    value: Value
    verified: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Where a person is in a form.

    `turn` grows with every question and travels in its buttons: a button of another turn is stale. `draft` is what a
    question has gathered so far (options ticked, files, half a date). `consent` is what was said at the gate of this
    form: None is not asked yet. `playbook` is the hash of the version the form began with. `edited` says that the
    question was opened from the summary, which is where "back" leads from it.
    """

    form: str
    playbook: str = ""
    place: Place = "step"
    step: int = 0
    turn: int = 0
    answers: Mapping[str, Answer] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    consent: bool | None = None
    draft: Mapping[str, Any] = field(default_factory=dict)
    album: tuple[str, str] | None = None
    edited: bool = False

    @property
    def over(self) -> bool:
        """Whether the conversation has ended: nothing changes it any more."""
        return self.place in ("finished", "cancelled")

    def to_json(self) -> dict[str, Any]:
        """The state as `json.dumps` takes it; what is empty is left out."""
        said: dict[str, Any] = {"form": self.form, "playbook": self.playbook, "place": self.place}
        said |= {"step": self.step, "turn": self.turn}
        said["answers"] = {
            name: {"value": answer.value, "verified": True} if answer.verified else {"value": answer.value}
            for name, answer in self.answers.items()
        }
        optional = {"skipped": sorted(self.skipped), "consent": self.consent, "draft": dict(self.draft)}
        optional |= {"album": list(self.album) if self.album else None, "edited": self.edited or None}
        return said | {key: value for key, value in optional.items() if value not in (None, [], {})}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> State:
        """What `to_json` gave. Raises KeyError or TypeError on anything else."""
        answers = {name: Answer(kept["value"], kept.get("verified", False)) for name, kept in data["answers"].items()}
        album = data.get("album")
        return cls(
            form=data["form"],
            playbook=data["playbook"],
            place=data["place"],
            step=data["step"],
            turn=data["turn"],
            answers=answers,
            skipped=frozenset(data.get("skipped", ())),
            consent=data.get("consent"),
            draft=data.get("draft", {}),
            album=(album[0], album[1]) if album else None,
            edited=data.get("edited", False),
        )

    def with_answer(self, name: str, answer: Answer) -> State:
        """The same with this answer kept, and nothing half-gathered."""
        return replace(self, answers={**self.answers, name: answer}, skipped=self.skipped - {name}, draft={})

    def without_answer(self, name: str) -> State:
        """The same with this question left unanswered on purpose."""
        answers = {key: answer for key, answer in self.answers.items() if key != name}
        return replace(self, answers=answers, skipped=self.skipped | {name}, draft={})


@dataclass(frozen=True, slots=True)
class Situation:
    """What the engine may know of the world at this moment.

    `now` is aware; `zone` is where the days and hours of answers are meant. `known` holds the card's values by field (offered as "Still …?"),
    `contact` other values of the contact for `when` (tags, language, source). `consented` is whether the current
    text of processing personal data has been agreed to.
    """

    now: datetime
    zone: ZoneInfo
    regions: tuple[str, ...] = ("UA", "RU")
    hours: tuple[int, int] = (8, 21)
    opening_hours: Span | None = None
    language: str | None = None
    known: Mapping[str, Value] = field(default_factory=dict)
    contact: Mapping[str, object] = field(default_factory=dict)
    consented: bool = False


@dataclass(frozen=True, slots=True)
class TextInput:
    """A message of words."""

    text: str


@dataclass(frozen=True, slots=True)
class ChoicePressed:
    """A button of a question: an option's id, or the number of a doubt's choice. `turn` as the prompt had it."""

    option: str
    step: int
    turn: int


@dataclass(frozen=True, slots=True)
class ContactShared:
    """A shared contact; `own` only when Telegram says that it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class LocationShared:
    """A shared point."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class FileSent:
    """A photo, document, voice or other file; files of one album share `album`."""

    file_id: str
    unique_id: str
    kind: str
    name: str | None = None
    size: int | None = None
    mime: str | None = None
    album: str | None = None

    def kept(self) -> dict[str, Any]:
        """What is kept of it in the answer."""
        said = {"file_id": self.file_id, "unique_id": self.unique_id, "kind": self.kind}
        more = {"name": self.name, "size": self.size, "mime": self.mime}
        return said | {key: value for key, value in more.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that is not an option. `turn` None: it was typed (/cancel) and cannot be stale. `step` only for edit."""

    verb: Verb
    turn: int | None = None
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Unexpected:
    """Anything no question asks for: a sticker, a poll, an edited message, a command in the middle."""

    kind: str


Input = TextInput | ChoicePressed | ContactShared | LocationShared | FileSent | Pressed | Unexpected


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to show.

    `kind` consent is the gate before the first personal question (then `step` is None). `number` of `total` counts
    the questions of the branch taken. `offer` is an answer that one tap keeps ("Still +380…? yes / change").
    `doubts` are readings to choose among, by their number. `selected` are ticked options; `files` how many came.
    """

    kind: Literal["step", "consent"]
    turn: int
    step: Step | None = None
    index: int = -1
    number: int = 0
    total: int = 0
    options: tuple[Option, ...] = ()
    selected: frozenset[str] = frozenset()
    offer: Answer | None = None
    doubts: tuple[Value, ...] = ()
    missing: Literal["date", "time"] | None = None
    files: int = 0
    can_back: bool = False
    can_skip: bool = False
    can_done: bool = False
    keyboard: Literal["contact", "location"] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the summary: a question of the branch taken and its answer, None when skipped."""

    index: int
    step: Step
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Summary:
    """All answers, to be confirmed or edited. `anonymous`: consent was refused; "agree" asks what was left out."""

    turn: int
    lines: tuple[Line, ...]
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an input led to.

    ask: a new question (`prompt`) · reask: the same again, `reason` says why · collected: the question goes on
    gathering (a tick, a file): its message may be edited in place · summary · finished (`answers`) · cancelled ·
    stale: a button of an earlier question; `prompt` or `summary` is where the person is · nothing: it was over already.
    `accepted` is the answer just taken, to be repeated; `consent` what was just said at the gate, to be recorded.
    """

    kind: Kind
    state: State
    prompt: Prompt | None = None
    summary: Summary | None = None
    reason: Refused | None = None
    accepted: tuple[Step, Answer] | None = None
    answers: Mapping[str, Answer] | None = None
    consent: bool | None = None
