"""What a campaign came to, on the screen: figures, people, and the chart's values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crm.campaign_letters import Choice
from crm.playbook import Playbook
from locales import Words
from views import campaign_messages
from views.messages import Button, Screen
from views.money import money
from views.staff_names import Reader, escaped, label

Row = tuple[Button, ...]
SURE: Final = 0.05
"""Above this chance alone is explanation enough."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant's figures."""

    name: str
    sent: int
    presses: int
    answers: int
    purchases: int
    unsubscribed: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A report as it is shown. Sums are in minor units of `currency`; `extra` None: there is no control group. `p` is of
    the difference between the buyers of both groups, `verdict` (winner, leader, p) of the variants; buttons without a title
    of their own are called by the `playbook`."""

    id: int
    name: str
    variants: tuple[Variant, ...]
    metric: str
    verdict: tuple[str | None, str | None, float]
    reasons: tuple[tuple[str, str, int], ...]
    buttons: tuple[tuple[Choice, int], ...]
    unseen: tuple[Choice, ...]
    got: tuple[int, int, int]
    control: tuple[int, int, int]
    p: float
    extra: int | None
    currency: str
    playbook: Playbook
    days: int


@dataclass(frozen=True, slots=True)
class Person:
    """One person's line."""

    id: int
    name: str | None
    variant: str
    state: str
    reason: str | None
    sent_at: datetime | None
    pressed: bool
    replied: bool
    unsubscribed: bool
    recalled: bool
    revenue: int


def report(reader: Reader, seen: Seen) -> Screen:
    """The figures, each with what it is a share of."""
    words = reader.words
    lines = [f"📊 <b>{escaped(seen.name or words.plain('campaign-nameless'))}</b>"]
    for one in seen.variants:
        head = f"<b>{words('campaign-variant', name=one.name.upper())}</b>\n" if len(seen.variants) > 1 else ""
        lines.append(head + "\n".join(_figures(words, one)))
    if len(seen.variants) > 1:
        lines.append(_verdict(words, seen))
    if seen.buttons or seen.unseen:
        told = [(one, words.number(count)) for one, count in seen.buttons]
        told += [(one, words("campaign-unseen")) for one in seen.unseen]
        pressed = [f"🔘 {escaped(campaign_messages.title(words, one, seen.playbook))}: {said}" for one, said in told]
        lines.append("\n".join(pressed))
    if seen.reasons:
        lines.append(
            f"{words('campaign-not-reached')}\n"
            + "\n".join(
                f"• {why(words, state, reason)}: {words.number(people)}" for state, reason, people in seen.reasons
            )
        )
    lines.append("\n".join(_sums(words, seen)))
    return Screen("\n\n".join(lines), _rows(words, seen), protect=True)


def people(reader: Reader, campaign_id: int, shown: Sequence[Person], *, more: bool, currency: str) -> Screen:
    """Person by person, each a button to the card."""
    words = reader.words
    lines, rows = [f"<b>{words('campaign-people')}</b>"], []
    for one in shown:
        name = one.name or words.plain("guest", number=str(one.id))
        marks = "".join(
            sign
            for sign, on in (("👆", one.pressed), ("💬", one.replied), ("🔕", one.unsubscribed), ("↩️", one.recalled))
            if on
        )
        at = words.moment(one.sent_at, reader.zone, now=reader.now) if one.sent_at is not None else ""
        parts = [why(words, one.state, one.reason or ""), at, marks]
        if one.revenue:
            parts.append(money(one.revenue, currency, words.language))
        lines.append(f"{escaped(name)} · {' · '.join(filter(None, parts))}")
        rows.append(Button(label(name, most=20), f"card:{one.id}"))
    buttons: list[Row] = [tuple(rows[at : at + 2]) for at in range(0, len(rows), 2)]
    if more:
        buttons.append((Button("›", f"bcpeople:{campaign_id}:{shown[-1].id}"),))
    buttons.append((Button("‹ " + words.plain("campaign-report"), f"bcrep:{campaign_id}"),))
    return Screen("\n".join(lines), tuple(buttons), protect=True)


def why(words: Words, state: str, reason: str) -> str:
    """What became of it, and why. A reason that has no words of its own is told by the state."""
    # keys: campaign-state-planned campaign-state-waiting campaign-state-queued campaign-state-sent
    # keys: campaign-state-failed campaign-state-unknown campaign-state-skipped campaign-state-cancelled
    # keys: campaign-state-control
    # keys: campaign-why-no-consent campaign-why-unreachable campaign-why-paused campaign-why-topic campaign-why-spam
    # keys: campaign-why-cap campaign-why-gap campaign-why-quiet-hours campaign-why-day-off campaign-why-topic-off
    # keys: campaign-why-too-late campaign-why-blocked campaign-why-deactivated campaign-why-not-found
    # keys: campaign-why-never-started campaign-why-refused campaign-why-mistake campaign-why-doubt
    # keys: campaign-why-outdone
    key = f"campaign-why-{reason}"
    told = words.has(key)
    return words(key) if told else words(f"campaign-state-{state}")


def chart(words: Words, seen: Seen) -> dict[str, Any]:
    """What views/charts.py draws: the steps from sent to bought, side by side for the variants."""
    # keys: campaign-chart-sent campaign-chart-presses campaign-chart-answers campaign-chart-purchases
    # keys: campaign-chart-unsubscribed
    steps = ("sent", "presses", "answers", "purchases", "unsubscribed")
    several = len(seen.variants) > 1
    return {
        "kind": "campaign",
        "title": seen.name or words.plain("campaign-nameless"),
        "figure": words.plain("campaign-chart-of", count=sum(one.sent for one in seen.variants)),
        "steps": [words.plain(f"campaign-chart-{step}") for step in steps],
        "series": [
            [
                words.plain("campaign-variant", name=one.name.upper()) if several else "",
                [getattr(one, s) for s in steps],
            ]
            for one in seen.variants
        ],
    }


def _figures(words: Words, one: Variant) -> list[str]:
    lines = [words("campaign-sent", count=one.sent)]
    # keys: campaign-did-presses campaign-did-answers campaign-did-purchases campaign-did-unsubscribed
    for name in ("presses", "answers", "purchases", "unsubscribed"):
        did = getattr(one, name)
        share = words.number(round(100 * did / one.sent, 1)) if one.sent else "0"
        lines.append(words(f"campaign-did-{name}", count=did, share=share))
    return lines


def _verdict(words: Words, seen: Seen) -> str:
    winner, leader, p = seen.verdict
    share = words.number(round(100 * p, 1))
    metric = words.plain(f"campaign-metric-{seen.metric}")
    if winner is not None:
        return words("campaign-better", name=winner.upper(), metric=metric, share=share)
    if leader is not None:
        return words("campaign-not-better", name=leader.upper(), metric=metric, share=share)
    return words("campaign-nothing-yet", metric=metric)


def _sums(words: Words, seen: Seen) -> list[str]:
    people, buyers, revenue = seen.got
    shown = money(revenue, seen.currency, words.language)
    lines = [f"💰 {words('campaign-revenue', days=seen.days, buyers=buyers, sum=shown)}"]
    if seen.extra is not None:
        others, theirs, spent = seen.control
        share = words.number(round(100 * buyers / people, 1)) if people else "0"
        beside = words.number(round(100 * theirs / others, 1)) if others else "0"
        sum_ = money(spent, seen.currency, words.language)
        lines.append(words("campaign-beside", people=others, buyers=theirs, sum=sum_, share=share, beside=beside))
        extra = money(seen.extra, seen.currency, words.language)
        chance = words.number(round(100 * seen.p, 1))
        lines.append(words("campaign-extra" if seen.p < SURE else "campaign-extra-chance", sum=extra, share=chance))
    return lines


def _rows(words: Words, seen: Seen) -> tuple[Row, ...]:
    return (
        (
            Button(words.plain("campaign-people"), f"bcpeople:{seen.id}:0"),
            Button(words.plain("campaign-sheet"), f"bcsheet:{seen.id}"),
            Button(words.plain("campaign-picture"), f"bcpic:{seen.id}"),
        ),
        (Button("‹ " + words.plain("campaign-back"), f"bc:{seen.id}"),),
    )
