"""What a campaign came to: by variant, by button, by reason, and in money beside those who got nothing."""

from __future__ import annotations

from dataclasses import dataclass

from crm import significance
from crm.campaign_letters import Choice, Letter, Options
from crm.significance import Share, Verdict
from services import campaigning_answers
from services.campaigning import Draft
from services.workplace import Place
from storage import campaign_facts, campaign_people, presses
from storage.campaign_facts import Bought, Line, Reached
from storage.engine import Reads
from views.campaign_report_screens import Person, Seen, Variant


@dataclass(frozen=True, slots=True)
class Report:
    """`reasons` is (state, reason, people) of whom it did not reach; `buttons` (choice, people) of each button under it
    that Telegram tells of, `unseen` the others. `verdict` compares the variants by `metric`; `p` is how
    often chance alone makes such a difference between the buyers of both groups, `extra` what it brought beyond what the
    control group spent, in minor units (None without a control group)."""

    variants: dict[str, Reached]
    metric: str
    verdict: Verdict
    reasons: list[tuple[str, str, int]]
    buttons: list[tuple[Choice, int]]
    unseen: list[Choice]
    got: Bought
    control: Bought
    p: float
    extra: int | None


async def report(db: Reads, draft: Draft) -> Report:
    """Everything of it, as things stand. Slow on a large campaign: for a reading connection."""
    number, options = draft.row.id, Options.from_json(draft.row.options)
    variants = await campaign_facts.by_variant(db, number)
    shares = {name: Share(getattr(one, options.metric), one.sent) for name, one in sorted(variants.items())}
    reasons = [
        (one.state, one.reason or "", one.people)
        for one in await campaign_people.tally(db, number)
        if one.state in ("failed", "skipped", "unknown", "cancelled")
    ]
    merged: dict[tuple[str, str], int] = {}
    for state, reason, people in reasons:
        merged[state, reason] = merged.get((state, reason), 0) + people
    pressed = await presses.by_button(db, number)
    letter = Letter.from_json(draft.row.content)
    seen, unseen = [], []
    for place, choice in enumerate(letter.choices):
        if choice.does in ("url", "promo"):
            unseen.append(choice)
        else:
            seen.append((choice, pressed.get(campaigning_answers.named(letter.choices, place), 0)))
    got = await campaign_facts.bought(db, number, control=False)
    control = await campaign_facts.bought(db, number, control=True)
    extra = None
    if control.people and got.people:
        extra = got.revenue - round(control.revenue * got.people / control.people)
    return Report(
        variants=dict(sorted(variants.items())),
        metric=options.metric,
        verdict=significance.verdict(shares),
        reasons=[(*key, people) for key, people in sorted(merged.items(), key=lambda one: -one[1])],
        buttons=seen,
        unseen=unseen,
        got=got,
        control=control,
        p=significance.p_value(Share(got.buyers, got.people), Share(control.buyers, control.people)),
        extra=extra,
    )


def seen(place: Place, draft: Draft, found: Report) -> Seen:
    """The report as screens show it."""
    playbook = place.playbooks.current
    return Seen(
        id=draft.row.id,
        name=draft.row.name,
        variants=tuple(Variant(name, *one) for name, one in found.variants.items()),
        metric=found.metric,
        verdict=(found.verdict.winner, found.verdict.leader, found.verdict.p),
        reasons=tuple(found.reasons),
        buttons=tuple(found.buttons),
        unseen=tuple(found.unseen),
        got=found.got,
        control=found.control,
        p=found.p,
        extra=found.extra,
        currency=playbook.money.currency,
        playbook=playbook,
        days=campaign_facts.WINDOW.days,
    )


def person(one: Line) -> Person:
    """One person's line as screens show it."""
    return Person(
        id=one.contact_id,
        name=one.name,
        variant=one.variant,
        state=one.state,
        reason=one.reason,
        sent_at=one.sent_at,
        pressed=one.pressed_at is not None,
        replied=one.replied_at is not None,
        unsubscribed=one.unsubscribed_at is not None,
        recalled=one.recalled_at is not None,
        revenue=one.revenue,
    )
