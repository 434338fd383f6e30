"""/why: what somebody got, what is coming to them and what they were spared, and why, in plain words."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from crm.playbook_types import Span
from crm.zone_guesses import By
from locales import Words, cities
from views.answered import cut
from views.cards import back
from views.messages import Screen
from views.staff_names import Reader, Who, called, escaped, fitted

_MARKUP: Final = re.compile(r"<[^>]*>")
# Reasons, by the keys that the policy, the sender and the services keep:
# keys: why-too-late why-unreachable why-spam why-no-consent why-topic-off why-paused why-quiet-hours why-day-off why-cap
# keys: why-gap-short why-outdone why-not-wanted why-no-use-later why-consent-withdrawn why-blocked why-merged
# keys: why-taken-back why-cancelled why-skipped why-failed why-unknown why-stopped why-control why-catch-up why-dropped
# keys: why-surveyed why-scenario-paused why-the-campaign-was-paused why-way-left why-way-goal why-way-holdout
_NO_REASONS: Final = frozenset({"title", "limit", "got", "coming", "spared", "until", "by", "clock", "quiet", "within"})
"""Other words of this screen, which an error of Telegram's might be spelt like."""
_SECTION: Final = 1100
"""UTF-16 units of a section, so that all of them fit Telegram's 4,096."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as the policy or the sender keeps it: its key; until when; the cap that was reached (of what, how many, within
    how long); the message that took the place, by what it is."""

    key: str
    until: datetime | None = None
    limit: tuple[str, int, timedelta] | None = None
    by: Told | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A message: of what kind (`campaign`, `scenario`, `survey`, `remind`, …, or its purpose), what it is called, how it
    begins, when it left or is due, and why it did not, or will not, at once. `held` are the keys of what has kept
    it so far, `since` when it was first kept. `state` is the outbox's, or `recalled`, or `planned` of what has not
    begun."""

    at: datetime
    kind: str
    name: str = ""
    words: str = ""
    state: str = "sent"
    reason: Reason | None = None
    held: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stands:
    """How the policy sees the person now."""

    zone: ZoneInfo
    known: By
    reachable: bool
    spam: bool
    consents: Mapping[str, bool]
    quiet: Span | None
    own_quiet: bool
    fewer: int = 0
    paused_until: datetime | None = None
    topics_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """The whole answer."""

    who: Who
    stands: Stands
    got: Sequence[Told] = field(default=())
    coming: Sequence[Told] = field(default=())
    spared: Sequence[Told] = field(default=())


def page(reader: Reader, why: Why) -> Screen:
    """What there is to say of one person."""
    words = reader.words
    sections = [
        [words("why-title", name=called(words, why.who), number=str(why.who.id)), *_standing(reader, why.stands)],
        [f"<b>{words('why-got')}</b>", *_lines([_got(reader, one) for one in why.got], words("why-got-none"))],
        [
            f"<b>{words('why-coming')}</b>",
            *_lines([_coming(reader, one) for one in why.coming], words("why-coming-none")),
        ],
        [
            f"<b>{words('why-spared')}</b>",
            *_lines([_spared(reader, one) for one in why.spared], words("why-spared-none")),
        ],
    ]
    text = "\n\n".join("\n".join(fitted(section, most=_SECTION)) for section in sections)
    return Screen(text, (back(words, why.who.id),), protect=True)


def beginning(text: str) -> str:
    """How a message (HTML) begins, without its markup. Plain."""
    return cut(" ".join(html.unescape(_MARKUP.sub("", text)).split()), 60)


def _lines(lines: Sequence[str], otherwise: str) -> Sequence[str]:
    return lines or [otherwise]


def _standing(reader: Reader, stands: Stands) -> list[str]:
    words = reader.words
    lines = []
    if stands.spam:
        lines.append(f"🚫 {words('why-spam')}")
    if not stands.reachable:
        lines.append(f"⛔ {words('why-unreachable')}")
    marketing, survey = stands.consents.get("marketing"), stands.consents.get("survey")
    lines.append(words("why-marketing", word=_word(marketing)))
    lines.append(words("why-surveys", word=_word(survey)))
    place, clock = (
        cities.city_of(stands.zone.key, words.language),
        words.clock(reader.now.astimezone(stands.zone).time()),
    )
    lines.append(words("why-clock", place=place, clock=clock, known=stands.known))
    if stands.quiet is not None and stands.quiet.start != stands.quiet.end:
        hours = f"{words.clock(stands.quiet.start)}–{words.clock(stands.quiet.end)}"
        lines.append(words("why-quiet", hours=hours, own="yes" if stands.own_quiet else "no"))
    if stands.paused_until is not None and stands.paused_until > reader.now:
        lines.append(words("why-is-paused", when=_moment(reader, stands.paused_until)))
    if stands.fewer:
        lines.append(words("why-is-fewer", times=stands.fewer))
    if stands.topics_off:
        lines.append(words("why-topics", topics=words.listed(cut(one, 40) for one in stands.topics_off)))
    return lines


def _got(reader: Reader, one: Told) -> str:
    line = _line(reader, one) + _held(reader, one, "why-was-held")
    return f"{line}\n   ↩️ {reader.words('why-recalled')}" if one.state == "recalled" else line


def _coming(reader: Reader, one: Told) -> str:
    line = _line(reader, one) + _held(reader, one, "why-is-held")
    if one.state == "planned":
        line += f"\n   🗓 {reader.words('why-not-begun')}"
    if one.reason is None or one.reason.key in ("ok", ""):
        return line
    said = _reason(reader, one.reason)
    if one.state == "skip":
        return f"{line}\n   🚫 {reader.words('why-will-not')} {said}"
    return f"{line}\n   ⏳ {said}"


def _spared(reader: Reader, one: Told) -> str:
    line = _line(reader, one)
    return line if one.reason is None else f"{line}\n   {_reason(reader, one.reason)}"


def _line(reader: Reader, one: Told) -> str:
    return f"• {_moment(reader, one.at)} · {_what(reader.words, one)}"


def _held(reader: Reader, one: Told, said: str) -> str:
    """Since when, and by what, it was or is put off; nothing of what was not."""
    if not one.held or one.since is None:
        return ""
    why = reader.words.listed(_short(reader.words, key) for key in one.held)
    return f"\n   {reader.words(said, since=_moment(reader, one.since), why=why)}"  # keys: why-was-held why-is-held


def _what(words: Words, one: Told) -> str:
    """What kind of message, what it is called, how it begins. HTML."""
    kind = f"why-kind-{one.kind}"
    # keys: why-kind-campaign why-kind-scenario why-kind-survey why-kind-remind why-kind-nudge why-kind-ask
    # keys: why-kind-marketing why-kind-service why-kind-surveyagain why-kind-visit why-kind-news
    said = words(kind) if words.has(kind) else escaped(one.kind)
    if one.name:
        said += f" «{escaped(cut(one.name, 48))}»" if words.language != "en" else f" “{escaped(cut(one.name, 48))}”"
    return f"{said}: <i>{escaped(one.words)}</i>" if one.words else said


def _reason(reader: Reader, why: Reason) -> str:
    """One sentence: what held it, until when, and who took the place. HTML."""
    words = reader.words
    if why.limit is not None and why.key in ("cap", "outdone"):
        of, most, within = why.limit
        said = words("why-limit", of=of, max=most, within=_within(words, within))
    elif why.limit is not None:
        said = words("why-gap", of=why.limit[0], within=_within(words, why.limit[2]))
    else:
        said = _short(words, why.key)
        said = said[:1].upper() + said[1:] + "."
    if why.by is not None:
        taken = f"{_what(words, why.by)} ({_moment(reader, why.by.at)})"
        # keys: why-by why-by-outdone
        said += f" {words('why-by-outdone' if why.key == 'outdone' else 'why-by')} {taken}."
    if why.until is not None:
        said += f" {words('why-until', when=_moment(reader, why.until))}"
    return said


def _within(words: Words, long: timedelta) -> str:
    """«7 дней»: the case that «за» and «хотя бы» want."""
    hours = round(long / timedelta(hours=1))
    whole = hours % 24 == 0
    return words.plain("why-within", unit="days" if whole else "hours", n=hours // 24 if whole else hours)


def _short(words: Words, key: str) -> str:
    """A reason in a few words; what Telegram said is shown as it is. HTML."""
    known = "why-gap-short" if key == "gap" else f"why-{key.replace(' ', '-')}"
    if words.has(known) and key not in _NO_REASONS:
        return words(known)
    return words("why-technical", what=cut(key, 120))


def _word(said: bool | None) -> str:
    return "none" if said is None else "yes" if said else "no"


def _moment(reader: Reader, at: datetime) -> str:
    return reader.words.moment(at, reader.zone, now=reader.now)
