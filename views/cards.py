"""The card of a contact: who it is, how to reach them, where things stand, and everything that can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm.card_fields import CardField
from crm.playbook import Survey
from crm.playbook_types import Text
from locales import Words, cities
from views import answered, profiles, ratings, request_cards, survey_asking
from views.answered import Asked
from views.card_values import own_line
from views.card_values import own_value as own_value
from views.messages import Button, Screen
from views.profiles import Kin, Spent
from views.staff_names import Reader, Who, age, called, escaped, fitted, heading, source

Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """A phone (as people read it) or an e-mail. `id` is its row's."""

    id: int
    kind: str
    shown: str
    verified: bool
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder that waits: when, what, and by which row."""

    id: int
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """The latest score of one survey (None where it is no longer written), and how high its scale goes."""

    survey: Survey | None
    kind: str
    score: int
    most: int


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the card shows. `own` are the fields of the profile and the owner's, with their values; `zone` is the
    contact's own, by name, or `zone_guessed` from their city or phone. `pinned`: the status was set by hand. `lost` is why
    their last request came to nothing."""

    who: Who
    language: str
    zone: str | None
    status: str
    owner: str | None
    source_first: str | None
    source_last: str | None
    created_at: datetime
    last_in_at: datetime | None
    on_telegram: bool
    reachable: bool
    spam: bool
    agreed: bool
    refused: bool
    consents: dict[str, bool]
    requests: int
    open_requests: int
    reaches: tuple[Reach, ...] = ()
    own: tuple[tuple[CardField, Any], ...] = ()
    open_ones: tuple[tuple[int, Asked, str, datetime], ...] = ()
    reminders: tuple[Planned, ...] = ()
    notes: int = 0
    files: int = 0
    note: str | None = None
    pinned: bool = False
    level: Text | None = None
    spent: Spent | None = None
    family: tuple[Kin, ...] = ()
    lost: str | None = None
    zone_guessed: bool = False
    referred: int = 0
    scores: tuple[Given, ...] = ()


def card(reader: Reader, seen: Card) -> Screen:
    """The whole card."""
    words = reader.words
    groups = [
        _who(words, seen),
        [_reach(one) for one in seen.reaches[:6]],
        _facts(reader, seen),
        fitted([own_line(words, of, value, reader=reader) for of, value in seen.own], most=800),
        fitted([profiles.kin_line(reader, one) for one in seen.family], most=400),
        _standing(reader, seen),
    ]
    return Screen("\n\n".join("\n".join(group) for group in groups if group), _buttons(reader, seen), protect=True)


def status(words: Words, status: str) -> str:
    """The place in the life cycle. Plain."""
    return words.plain(f"status-{status}") if words.has(f"status-{status}") else status
    # keys: status-potential status-active status-repeat status-vip status-sleeping status-gone


def language(words: Words, code: str) -> str:
    """A language by its own name. Plain."""
    return words.plain(f"language-{code}") if words.has(f"language-{code}") else code
    # keys: language-ru language-uk language-en


def back(words: Words, contact_id: int) -> Row:
    """The way back to the card, in place."""
    return (Button(words.plain("button-to-card"), f"card:{contact_id}:in"),)


def link(words: Words, contact_id: int) -> str:
    """What an inline choice leaves in a chat: nothing that says who it is. Plain."""
    return words.plain("card-link", number=str(contact_id))


def _who(words: Words, seen: Card) -> list[str]:
    lines = [f"👤 {heading(words, seen.who)} · № {seen.who.id}"]
    if seen.spam:
        lines.append(f"🚫 <b>{words('card-spam')}</b>")
    if not seen.on_telegram:
        lines.append(words("card-no-telegram"))
    elif not seen.reachable:
        lines.append(f"⛔ {words('card-unreachable')}")
    return lines


def _reach(one: Reach) -> str:
    mark = "📞" if one.kind == "phone" else "📧"
    marks = f"{' ✓' if one.verified else ''}{' ⭐' if one.preferred else ''}"
    return f"{mark} <code>{escaped(answered.cut(one.shown, 80))}</code>{marks}"


def _facts(reader: Reader, seen: Card) -> list[str]:
    words = reader.words
    standing = status(words, seen.status)
    # keys: card-status card-status-pinned
    lines = [words("card-status-pinned" if seen.pinned else "card-status", status=standing)]
    if seen.level:
        lines.append(words("card-level", level=answered.cut(seen.level.say(words.language), 64)))
    lines.append(words("card-owner", owner=answered.cut(seen.owner, 64) if seen.owner else words.plain("nobody")))
    spoken = language(words, seen.language)
    lines.append(
        words("card-language", language=f"{spoken} · {_clocks(words, seen.zone, seen)}" if seen.zone else spoken)
    )
    if seen.source_first:
        first, last = (answered.cut(source(words, one), 64) for one in (seen.source_first, seen.source_last or ""))
        lines.append(words("card-source", source=first if first == last or not last else f"{first} → {last}"))
    if seen.referred:
        lines.append(words("card-referred", count=seen.referred))
    lines.append(words("card-consent", state=_consent(words, seen)))
    return lines


def _consent(words: Words, seen: Card) -> str:
    state = "yes" if seen.agreed else "refused" if seen.refused else "none"
    said = [words.plain(f"card-consent-{state}")]  # keys: card-consent-yes card-consent-refused card-consent-none
    # keys: card-marketing-yes card-marketing-no card-survey-yes card-survey-no
    said += [
        words.plain(f"card-{purpose}-{'yes' if seen.consents[purpose] else 'no'}")
        for purpose in ("marketing", "survey")
        if purpose in seen.consents
    ]
    return ", ".join(said)


def _standing(reader: Reader, seen: Card) -> list[str]:
    words, now = reader.words, reader.now
    lines = [profiles.spent_line(reader, seen.spent)] if seen.spent is not None else []
    lines.append(words("card-requests", total=seen.requests, open=seen.open_requests))
    for number, asked, stage, at in seen.open_ones[:5]:
        lines.append(
            f"• № {number} {escaped(answered.cut(answered.title(words, asked), 60))} · {request_cards.stage(words, stage)} · {age(words, at, now)}"
        )
    if seen.scores:
        given = (
            f"{escaped(answered.cut(_survey(words, one), 32))} {ratings.brief(one.kind, one.score, one.most)}"
            for one in seen.scores
        )
        lines.append(f"⭐ {' · '.join(given)}")
    if seen.lost:
        lines.append(f"❌ {words('card-lost', reason=answered.cut(seen.lost, 160))}")
    for planned in seen.reminders[:3]:
        when = words.moment(planned.at, reader.zone, now=now)
        lines.append(f"⏰ {when}: {escaped(answered.cut(planned.text, 120))}")
    if seen.note:
        lines.append(f"📝 {escaped(answered.cut(seen.note, 300))}")
    if seen.last_in_at is not None:
        lines.append(words("card-last", when=words.moment(seen.last_in_at, reader.zone, now=now)))
    lines.append(words("card-created", when=words.moment(seen.created_at, reader.zone, now=now)))
    return lines


def _clocks(words: Words, zone: str, seen: Card) -> str:
    place = words.plain("card-zone", place=cities.city_of(zone, words.language))
    return f"{place} ({words.plain('card-zone-guessed')})" if seen.zone_guessed else place


def _survey(words: Words, given: Given) -> str:
    if given.survey is not None:
        return survey_asking.name(words, given.survey)
    return survey_asking.kind(words, given.kind)


def _buttons(reader: Reader, seen: Card) -> tuple[Row, ...]:
    words, number = reader.words, seen.who.id
    looking: list[Row] = [
        (
            Button(words.plain("button-requests", count=seen.requests), f"reqs:{number}:0"),
            Button(words.plain("button-timeline"), f"line:{number}:0"),
            *((Button(words.plain("button-why"), f"whyof:{number}"),) if reader.changes else ()),
        ),
    ]
    kept: Row = (
        Button(words.plain("button-sales"), f"sales:{number}:0"),
        *((Button(words.plain("button-notes", count=seen.notes), f"notes:{number}:0"),) if seen.notes else ()),
        *((Button(words.plain("button-files", count=seen.files), f"files:{number}:0"),) if seen.files else ()),
    )
    looking.append(kept)
    if not reader.changes:
        return tuple(looking)
    spam = (
        Button(words.plain("button-unspam"), f"unspam:{number}")
        if seen.spam
        else Button(words.plain("button-spam"), f"spamc:{number}")
    )
    doing: list[Row] = []
    if seen.on_telegram and seen.reachable and not seen.spam:
        doing.append(
            (
                Button(words.plain("button-write"), f"write:{number}"),
                Button(words.plain("button-remind"), f"remind:{number}"),
                Button(words.plain("button-survey"), f"svask:{number}"),
            )
        )
    elif not seen.on_telegram and not seen.spam:
        doing.append((Button(words.plain("button-claim"), f"claim:{number}"),))
    doing.append(
        (
            Button(words.plain("button-sale"), f"sale:{number}"),
            Button(words.plain("button-task"), f"task:{number}"),
        )
    )
    doing.append(
        (
            Button(words.plain("button-note"), f"note:{number}"),
            Button(words.plain("button-tags"), f"tags:{number}"),
            Button(words.plain("button-lists"), f"lists:{number}"),
        )
    )
    edit = Button(words.plain("button-edit"), f"edit:{number}")
    last: list[Row] = [(edit, Button(words.plain("button-family"), f"kin:{number}"), spam)]
    if seen.reminders:
        last.insert(0, (Button(words.plain("button-reminders", count=len(seen.reminders)), f"rems:{number}"),))
    return (*doing, *looking, *last)


def reminders(reader: Reader, who: Who, planned: Sequence[Planned]) -> Screen:
    """What is going to be said to this person, each to be taken back."""
    words = reader.words
    lines = [f"<b>{words('reminders-of', name=called(words, who))}</b>"]
    rows: list[Row] = []
    for place, one in enumerate(planned[:10], 1):
        when = words.moment(one.at, reader.zone, now=reader.now)
        lines.append(f"{place}. {when}: {escaped(answered.cut(one.text, 200))}")
        if reader.changes:
            rows.append((Button(words.plain("button-take-back", number=str(place)), f"unrem:{who.id}:{one.id}"),))
    if not planned:
        lines.append(words("reminders-none"))
    return Screen("\n".join(lines), (*rows, back(words, who.id)), protect=True)
