"""A customer's own requests: the list, one of them, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

from crm.playbook import Playbook, Stage
from locales import Words
from views import answered
from views.answered import Asked
from views.messages import Button, Screen

ANSWERS: Final = 3000
"""Characters that the answers of a request may take of Telegram's 4,096."""


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request as its customer sees it."""

    number: int
    asked: Asked
    pipeline: str | None
    stage: str
    closed: bool
    created_at: datetime


def listed(words: Words, playbook: Playbook, found: Sequence[OwnRequest], *, zone: ZoneInfo, now: datetime) -> Screen:
    """The latest requests, each a button; or the way to a first one."""
    leave = (Button(words.plain("requests-leave"), "new"),)
    if not found:
        return Screen(words("requests-none"), buttons=(leave,))
    lines, buttons = [], []
    today = now.astimezone(zone).date()
    for one in found:
        day = words.day(one.created_at.astimezone(zone).date(), today=today)
        title, at = answered.title(words, one.asked), stage(words, playbook, one)
        lines.append(words("requests-line", number=str(one.number), title=answered.cut(title, 80), stage=at, day=day))
        label = words.plain("requests-button", number=str(one.number), title=title)
        buttons.append((Button(answered.cut(label, 40), f"rq1:{one.number}"),))
    return Screen("\n".join([words("requests-title"), "", *lines]), buttons=(*buttons, leave))


def card(words: Words, playbook: Playbook, one: OwnRequest, *, zone: ZoneInfo, now: datetime) -> Screen:
    """One request: its stage, when, and what was answered."""
    most, share = answered.room(len(one.asked.answers), ANSWERS)
    lines = [
        words("form-line", label=answered.cut(label, most), value=answered.cut(shown, share))
        for label, shown in answered.told(words, one.asked, now=now)
    ]
    head = words(
        "requests-card",
        number=str(one.number),
        title=answered.cut(answered.title(words, one.asked), 80),
        stage=stage(words, playbook, one),
        at=words.moment(one.created_at, zone, now=now),
    )
    back = (Button("‹ " + words.plain("requests-mine"), "rq"),)
    buttons = (back,) if one.closed else (*_steps(words, one.number), back)
    return Screen("\n\n".join(part for part in (head, "\n".join(lines)) if part), buttons=buttons)


def more(words: Words, number: int) -> Screen:
    return Screen(words("requests-more", number=str(number)), buttons=(_enough(words, number),))


def added(words: Words, number: int) -> Screen:
    return Screen(words("requests-added", number=str(number)), buttons=(_enough(words, number),))


def enough(words: Words, number: int) -> Screen:
    button = Button(words.plain("requests-button-back", number=str(number)), f"rq1:{number}")
    return Screen(words("requests-enough", number=str(number)), buttons=((button,),))


def withdraw(words: Words, number: int) -> Screen:
    """The second thought."""
    yes = Button(words.plain("requests-withdraw-yes"), f"rqoff2:{number}")
    no = Button(words.plain("requests-withdraw-no"), f"rq1:{number}")
    return Screen(words("requests-withdraw-sure", number=str(number)), buttons=((yes,), (no,)))


def withdrawn(words: Words, number: int) -> Screen:
    back = (Button("‹ " + words.plain("requests-mine"), "rq"),)
    return Screen(words("requests-withdrawn", number=str(number)), buttons=(back,))


def stage(words: Words, playbook: Playbook, one: OwnRequest) -> str:
    """The owner's word for where the request is; a customer never reads "spam"."""
    at = "new" if one.stage == "spam" else one.stage
    if at in ("new", "taken", "done", "lost") and one.pipeline is not None:
        own = playbook.pipeline(one.pipeline).stage_title(cast(Stage, at))
        if own is not None:
            return own.say(words.language)
    return words.plain(f"own-stage-{at}")
    # keys: own-stage-new own-stage-taken own-stage-done own-stage-lost own-stage-withdrawn


def _steps(words: Words, number: int) -> tuple[tuple[Button, ...], ...]:
    add = Button(words.plain("requests-add"), f"rqmore:{number}")
    return (add,), (Button(words.plain("requests-withdraw"), f"rqoff:{number}"),)


def _enough(words: Words, number: int) -> tuple[Button, ...]:
    return (Button(words.plain("requests-done"), f"rqend:{number}"),)
