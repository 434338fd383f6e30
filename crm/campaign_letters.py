"""What a campaign says and to whom in which way: its variants, its buttons, how people are shared out and when each is due.

A share is a hash of the campaign and the person, so that planning twice gives everybody the same again, and nobody's
place in the base (old cards, new cards) decides what they get.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

VARIANTS: Final = "abcdef"
"""Names of the variants, in their order."""
CHOICES: Final = 8
"""Buttons of the owner's under one message."""
HOUR: Final = timedelta(hours=1)
Kind = Literal["photo", "video", "document", "audio"]
Does = Literal["link", "url", "form", "survey", "promo", "call"]
Metric = Literal["presses", "answers", "purchases"]
METRICS: Final[tuple[Metric, ...]] = ("presses", "answers", "purchases")


@dataclass(frozen=True, slots=True)
class Media:
    """A file that Telegram already has."""

    kind: Kind
    file_id: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording: Telegram's HTML by language, and its file, if it has one; of several files, an album."""

    id: str
    text: Mapping[str, str] = field(default_factory=dict)
    media: tuple[Media, ...] = ()

    def say(self, language: str, default: str) -> str:
        """The words for a reader of this language; the business's own language, or the first there is, where there are
        none."""
        return self.text.get(language) or self.text.get(default) or next(iter(self.text.values()), "")

    def lacks(self, language: str) -> bool:
        """Whether its words are in other languages than this one."""
        return bool(self.text) and language not in self.text

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.media

    @property
    def is_album(self) -> bool:
        return len(self.media) > 1


@dataclass(frozen=True, slots=True)
class Choice:
    """A button under it. `value` is the address, the form's or survey's id, or the code; of a call it is empty. A form, a
    survey and a call without a `title` are spoken in the reader's language."""

    does: Does
    title: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """All that is said: the variants, and the buttons under each."""

    variants: tuple[Variant, ...] = (Variant("a"),)
    choices: tuple[Choice, ...] = ()

    def variant(self, name: str) -> Variant:
        """The variant of this name; the first for a name there is not (any more)."""
        return next((one for one in self.variants if one.id == name), self.variants[0])

    @property
    def targets(self) -> tuple[str | None, ...]:
        """Where each button's counted link leads; None for a button that is none."""
        return tuple(one.value if one.does == "link" else None for one in self.choices)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which there are words of it, in no order that matters."""
        return tuple({language: None for one in self.variants for language in one.text})

    @property
    def is_whole(self) -> bool:
        return not any(one.is_empty for one in self.variants)

    def to_json(self) -> dict[str, Any]:
        return {
            "variants": [
                {"id": one.id, "text": dict(one.text), "media": [[file.kind, file.file_id] for file in one.media]}
                for one in self.variants
            ],
            "choices": [[one.does, one.title, one.value] for one in self.choices],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Letter:
        return cls(
            tuple(
                Variant(one["id"], one["text"], tuple(Media(*file) for file in one["media"]))
                for one in kept.get("variants") or [{"id": "a", "text": {}, "media": []}]
            ),
            tuple(Choice(*one) for one in kept.get("choices", ())),
        )


@dataclass(frozen=True, slots=True)
class Options:
    """How it goes out. `control` is the share that gets nothing, in percent; `test` the share on whom the variants are
    tried first, in percent (0: everybody gets one of them at once), `decide` after how many hours, by which `metric`;
    `spread` over how many minutes; `local` the wall clock (ISO, without a zone) at which each person gets it by their
    own; `useful` for how many hours a message that the policy holds back still makes sense; `segment` a saved segment
    (its number), where the aim is one."""

    control: int = 0
    test: int = 0
    decide: int = 24
    metric: Metric = "presses"
    spread: int = 0
    local: str | None = None
    useful: int = 24
    segment: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Options:
        return cls(**{name: kept[name] for name in cls.__slots__ if name in kept})


# ------------------------------------------------------------------------------------------------------------ sharing out


def share(campaign_id: int, contact_id: int, salt: str) -> float:
    """A number in [0, 1) that is this person's in this campaign; different for each `salt`."""
    digest = hashlib.blake2b(f"{salt}:{campaign_id}:{contact_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def part(campaign_id: int, contact_id: int, options: Options, variants: Sequence[str]) -> tuple[str, str]:
    """What becomes of a person: the state they are planned in (planned, waiting for the winner, control) and their
    variant, which is empty for the latter two."""
    if share(campaign_id, contact_id, "control") * 100 < options.control:
        return "control", ""
    is_tested = len(variants) > 1 and options.test > 0
    if is_tested and share(campaign_id, contact_id, "test") * 100 >= options.test:
        return "waiting", ""
    return "planned", any_variant(campaign_id, contact_id, variants)


def any_variant(campaign_id: int, contact_id: int, variants: Sequence[str]) -> str:
    """One of the variants, by chance."""
    return variants[int(share(campaign_id, contact_id, "variant") * len(variants))]


def due(campaign_id: int, contact_id: int, options: Options, *, start: datetime, zone: ZoneInfo) -> datetime:
    """When this person is to get it (UTC): at the start or, with `local`, when their own clock shows it, and then at
    some moment of the time it is spread over. A wall clock that has passed there is the start."""
    at = start
    if options.local is not None:
        at = max(start, datetime.fromisoformat(options.local).replace(tzinfo=zone).astimezone(UTC))
    return at + timedelta(minutes=options.spread) * share(campaign_id, contact_id, "spread")


# ---------------------------------------------------------------------------------------------------------- who is spared


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person when a campaign is planned or counted. `consent` is their latest word on the purpose;
    None: they were never asked."""

    has_account: bool
    reachable: bool
    spam: bool
    consent: bool | None
    paused_until: datetime | None = None
    topics_off: Sequence[str] = ()


def spared(person: Standing, purpose: str, topic: str | None, *, until: datetime) -> str | None:
    """Why this person is not for the campaign at all, which is of use until then; None: they are. In the order in which
    the steps are counted: consent, reachability, their own wish. At sending the contact policy is asked again, by what
    holds then."""
    if person.spam:
        return "spam"
    if (purpose == "marketing" and person.consent is not True) or (purpose == "survey" and person.consent is False):
        return "no-consent"
    if not (person.has_account and person.reachable):
        return "unreachable"
    if purpose != "service":
        if person.paused_until is not None and person.paused_until >= until:
            return "paused"
        if topic is not None and topic in person.topics_off:
            return "topic"
    return None


_REFUSALS: Final = (
    ("blocked", "blocked"),
    ("deactivated", "deactivated"),
    ("not found", "not-found"),
    ("peer_id_invalid", "not-found"),
    ("initiate", "never-started"),
)


def why_failed(said: str | None) -> str:
    """Telegram's refusal as one of the few reasons that a report tells apart."""
    words = (said or "").lower()
    return next((reason for mark, reason in _REFUSALS if mark in words), "refused")
