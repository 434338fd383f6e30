"""A request as the team sees it: the card that comes to the group, its buttons, the reasons of a loss, the digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crm.card_fields import CardField
from locales import Words
from views import answered
from views.answered import Asked
from views.card_values import own_line
from views.messages import Button, Screen
from views.staff_names import Reader, Who, age, called, escaped, fitted, heading, label, source

ANSWERS: Final = 2400
"""Characters that the answers may take of Telegram's 4,096."""

Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A request, with the words around it. `owner` is who of the team has it; `spam` says that its contact is spam;
    `profile` are the fields of the contact's that are worth seeing here; `visit`: it has booked one, which can be
    moved."""

    id: int
    who: Who
    stage: str
    asked: Asked
    created_at: datetime
    owner: str | None = None
    phone: str | None = None
    source: str | None = None
    lost_reason: str | None = None
    spam: bool = False
    profile: tuple[tuple[CardField, Any], ...] = ()
    visit: bool = False


def card(reader: Reader, seen: Seen) -> Screen:
    """The request, with what may be done with it now."""
    words = reader.words
    answers = answered.told(words, seen.asked, now=reader.now)
    title = escaped(answered.cut(answered.title(words, seen.asked), 120))
    lines = [
        f"{_mark(seen)} <b>{words('request-number', number=str(seen.id))}</b> · {title}",
        heading(words, seen.who),
    ]
    if seen.phone:
        lines.append(f"📞 {escaped(answered.cut(seen.phone, 80))}")
    lines += fitted([own_line(words, of, value, reader=reader) for of, value in seen.profile], most=300)
    lines.append("")
    share = max(ANSWERS // max(len(answers), 1), 60)
    lines += fitted(
        [
            f"{escaped(answered.cut(label, 60))}: <b>{escaped(answered.cut(shown, share))}</b>"
            for label, shown in answers
        ],
        most=ANSWERS + 500,
    )
    if answers:
        lines.append("")
    came = words.moment(seen.created_at, reader.zone, now=reader.now)
    lines.append(words("request-came", when=came))
    if seen.source:
        lines.append(words("request-source", source=answered.cut(source(words, seen.source), 64)))
    lines.append(f"<b>{_state(words, seen)}</b>")
    return Screen("\n".join(lines), buttons=_buttons(reader, seen), protect=True)


def stage(words: Words, stage: str) -> str:
    """The stage in one or two words. Plain."""
    return words.plain(f"team-stage-{stage}")
    # keys: team-stage-new team-stage-taken team-stage-done team-stage-lost team-stage-spam team-stage-withdrawn


def reasons(reader: Reader, seen: Seen, titles: Sequence[str]) -> Screen:
    """Why it was lost: the pipeline's reasons as buttons, or in one's own words."""
    words = reader.words
    rows: list[Row] = [
        (Button(label(title, most=56), f"why:{seen.id}:{place}"),) for place, title in enumerate(titles[:20])
    ]
    rows.append((Button(words.plain("lost-other"), f"why:{seen.id}:own"),))
    rows.append((Button(words.plain("button-back"), f"req:{seen.id}"),))
    return Screen(words("lost-ask", number=str(seen.id), name=called(words, seen.who)), tuple(rows), protect=True)


def reason_asked(words: Words, request_id: int) -> Screen:
    """The question that a typed reason answers."""
    return Screen(words("lost-type", number=str(request_id)), _cancelling(words))


def digest(reader: Reader, *, came: int, waiting: int, oldest: datetime | None) -> Screen:
    """Requests that come faster than a group may be told of them."""
    words = reader.words
    lines = [words("digest-came", count=came), words("digest-waiting", count=waiting)]
    if oldest is not None:
        lines.append(words("digest-oldest", age=age(words, oldest, reader.now)))
    return Screen("\n".join(lines), ((Button(words.plain("digest-open"), "queue:0:new"),),), protect=True)


def withdrawn(reader: Reader, request_id: int, who: Who) -> Screen:
    """The customer took it back."""
    words = reader.words
    text = f"↩️ {heading(words, who)}\n{words('request-taken-back', number=str(request_id))}"
    return Screen(text, ((Button(words.plain("button-card"), f"card:{who.id}"),),), protect=True)


def taken_told(words: Words, request_id: int) -> Screen:
    """For the customer: somebody works on it."""
    return Screen(words("told-taken", number=str(request_id)))


def done_told(words: Words, request_id: int) -> Screen:
    """For the customer: it is done."""
    return Screen(words("told-done", number=str(request_id)))


def _mark(seen: Seen) -> str:
    if seen.spam:
        return "🚫"
    return {"new": "🆕", "taken": "✋", "done": "✅", "lost": "❌", "withdrawn": "↩️"}.get(seen.stage, "🚫")


def _state(words: Words, seen: Seen) -> str:
    if seen.spam:
        return words("request-is-spam")
    owner = answered.cut(seen.owner, 64) if seen.owner else words.plain("nobody")
    match seen.stage:
        case "taken":
            return words("request-is-taken", owner=owner)
        case "done":
            return words("request-is-done", owner=owner)
        case "lost":
            return words("request-is-lost", reason=answered.cut(seen.lost_reason or "—", 160), owner=owner)
        case "withdrawn":
            return words("request-is-withdrawn")
    return words("request-is-new")


def _buttons(reader: Reader, seen: Seen) -> tuple[Row, ...]:
    words, number = reader.words, seen.id
    see = Button(words.plain("button-card"), f"card:{seen.who.id}")
    if not reader.changes:
        return ((see,),)
    if seen.spam or seen.stage == "spam":
        return ((Button(words.plain("button-unspam"), f"unspam:{seen.who.id}:{number}"), see),)
    write = Button(words.plain("button-write"), f"write:{seen.who.id}")
    if seen.stage in ("new", "taken"):
        done = Button(words.plain("button-done"), f"done:{number}")
        lost = Button(words.plain("button-lost"), f"lost:{number}")
        spam = Button(words.plain("button-spam"), f"spam:{number}")
        visit: tuple[Row, ...] = ((Button(words.plain("visit-set"), f"vtime:{number}"),),) if seen.visit else ()
        if seen.stage == "new":
            return ((Button(words.plain("button-take"), f"take:{number}"), write, see), (done, lost, spam), *visit)
        return ((write, see), (done, lost, spam), *visit)
    closed = (Button(words.plain("button-reopen"), f"reopen:{number}"), write, see)
    bought = Button(words.plain("button-bought"), f"bought:{number}")
    return ((bought,), closed) if seen.stage == "done" else (closed,)


def _cancelling(words: Words) -> tuple[Row, ...]:
    return ((Button(words.plain("button-cancel"), "drop:asked"),),)
