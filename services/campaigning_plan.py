"""Planning a campaign: who is meant, who of them is spared and why, who is of the control group, who gets which variant
and when. And the honest count: the same looked at beforehand, step by step, down to who will get it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from crm import campaign_letters, policy, zone_guesses
from crm.campaign_letters import HOUR, Letter, Options, Standing
from crm.permissions import Right
from crm.purposes import Purpose
from services import permitting, segmenting
from services.campaigning import Draft
from services.refusals import Refused
from services.segmenting import Aim
from services.workplace import Place
from storage import campaign_people, campaigns, saved_segments, segment_sets, wishes
from storage.campaign_people import Facts, Planned
from storage.campaigns import Campaign
from storage.engine import Reads, Tx
from storage.saved_segments import Saved
from storage.segment_sets import Meant
from storage.staff import Member

AT_ONCE: Final = 1_000
"""People looked at before the event loop has its turn again."""
STEPS: Final = ("no-consent", "unreachable", "paused", "topic", "cap")
"""Why people fall away, in the order in which they are counted. Spam is never in a segment."""


class Piece(NamedTuple):
    """Some of the people, with what tells their time zones (given, city, phone) where those are asked for."""

    facts: list[Facts]
    hints: dict[int, tuple[str | None, str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many each condition leaves: of `meant` people some fall away for each reason, of the rest some are of the
    control group, and the others will get it. `who` holds the people of each reason; `foreign` how many
    of those who will get it read a language in which their variant has no words, `foreign_if` how many more it would be
    among those who wait for the winner, were it this variant."""

    meant: int
    lost: dict[str, int]
    control: int
    who: dict[str, list[int]]
    foreign: dict[str, int]
    foreign_if: dict[str, int]

    @property
    def gets(self) -> int:
        return self.meant - sum(self.lost.values()) - self.control


async def people(db: Reads, place: Place, campaign: Campaign, *, now: datetime) -> list[int]:
    """Everybody the campaign is for, in the order of their cards. Raises Refused for a segment that is gone or can no
    longer be read."""
    return await segment_sets.ids(db, await _meant(db, place, campaign, now=now))


async def piece(db: Reads, place: Place, campaign: Campaign, ids: Sequence[int]) -> Piece:
    """What is to be known of these people to plan them."""
    found = await campaign_people.facts(db, ids, campaign.purpose)
    is_local = Options.from_json(campaign.options).local is not None
    return Piece(found, await wishes.zone_hints(db, ids) if is_local else {})


def planned(campaign: Campaign, piece: Piece, *, zone: ZoneInfo, now: datetime) -> list[Planned]:
    """These people as they go into the campaign. Pure, and the same again for the same people; long enough for a thread
    of its own where time zones are guessed. `zone` is the business's."""
    letter, options = Letter.from_json(campaign.content), Options.from_json(campaign.options)
    names = [one.id for one in letter.variants]
    rows = []
    for one in piece.facts:
        reason = _spared(campaign, options, one, now=now)
        if reason is not None:
            rows.append(Planned(one.id, "", "skipped", reason, now))
            continue
        state, variant = campaign_letters.part(campaign.id, one.id, options, names)
        theirs = zone
        if one.id in piece.hints:
            given, city, phone = piece.hints[one.id]
            theirs = ZoneInfo(zone_guesses.living(given, city=city, phone=phone, business=zone.key).zone)
        due = campaign_letters.due(campaign.id, one.id, options, start=now, zone=theirs)
        rows.append(Planned(one.id, variant, state, None, due))
    return rows


async def begin_sending(tx: Tx, campaign_id: int, *, now: datetime) -> bool:
    """Everybody is planned: the campaign runs, or its test does. False for one that was cancelled meanwhile."""
    campaign = await campaigns.get(tx, campaign_id)
    if campaign is None or campaign.state != "planned":
        return False
    options, letter = Options.from_json(campaign.options), Letter.from_json(campaign.content)
    is_tested = options.test > 0 and len(letter.variants) > 1
    decide_at = now + options.decide * HOUR if is_tested else None
    state = "testing" if is_tested else "running"
    return await campaigns.change(
        tx, campaign_id, among=["planned"], now=now, state=state, started_at=now, decide_at=decide_at
    )


async def count(db: Reads, place: Place, draft: Draft, *, now: datetime) -> Count:
    """What each condition leaves of the segment now. Raises Refused as `people` does, and while nobody is named."""
    campaign = draft.row
    if draft.aim is None and campaign.repeat_of is None:
        raise Refused("refused-campaign-aim")
    ids = await people(db, place, campaign, now=now)
    who: dict[str, list[int]] = {reason: [] for reason in STEPS}
    control, foreign, foreign_if = 0, Counter[str](), Counter[str]()
    letter, names = draft.letter, [one.id for one in draft.letter.variants]
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        found = await campaign_people.facts(db, some, campaign.purpose)
        held = await _held(db, place, draft, found, now=now)
        for one in found:
            reason = _spared(campaign, draft.options, one, now=now) or ("cap" if one.id in held else None)
            if reason is not None:
                who.setdefault(reason, []).append(one.id)
                continue
            state, variant = campaign_letters.part(campaign.id, one.id, draft.options, names)
            lacking = [name for name in names if letter.variant(name).lacks(one.language)]
            if state == "control":
                control += 1
            elif variant in lacking or len(lacking) == len(names):
                foreign[one.language] += 1
            elif state == "waiting":
                foreign_if.update(lacking)
    lost = {reason: len(some) for reason, some in who.items() if some}
    return Count(len(ids), lost, control, who, dict(foreign), dict(foreign_if))


async def keep_lost(
    tx: Tx, place: Place, member: Member | None, draft: Draft, reason: str, *, title: str, now: datetime
) -> Saved:
    """Who falls away for this reason, as a list of this name: filled anew when it is there already. Raises Refused for a
    reason that is none of the steps, and as `count` does."""
    member = permitting.require(member, Right.OWN)
    if reason not in STEPS:
        raise Refused("refused-stale")
    lost = (await count(tx, place, draft, now=now)).who[reason]
    kept = await saved_segments.named(tx, title)
    if kept is not None and kept.is_list:
        await saved_segments.empty(tx, kept.id)
    else:
        kept = await segmenting.save_list(tx, member, title, now=now)
    for at in range(0, len(lost), AT_ONCE):
        await saved_segments.add_members(tx, kept.id, lost[at : at + AT_ONCE], staff_id=member.id, now=now)
    return kept


async def _meant(db: Reads, place: Place, campaign: Campaign, *, now: datetime) -> Meant:
    if campaign.repeat_of is not None:
        return Meant(campaign_people.never_pressed(campaign.repeat_of))
    segment = Options.from_json(campaign.options).segment
    aim = Aim(segment=segment) if segment is not None else Aim(find=campaign.aim or "")
    meant = await segmenting.meant(db, place, aim, now=now)
    if meant.more:
        raise Refused("refused-bulk-many", alert=True)
    return meant


async def _held(db: Reads, place: Place, draft: Draft, found: Sequence[Facts], *, now: datetime) -> set[int]:
    """Whom the caps would let have nothing more while the message is of use."""
    rules, purpose = place.playbooks.current.policy, Purpose(draft.row.purpose)
    back = policy.horizon(rules, purpose, policy.MOST_FEWER)
    if not back or purpose is Purpose.SERVICE:
        return set()
    told = await campaign_people.told_lately(db, [one.id for one in found], since=now - back)
    until = now + draft.options.useful * HOUR
    held = set()
    for one in found:
        if one.id not in told:
            continue
        person = policy.Person(place.timezone, True, False, {purpose.value: True}, fewer=one.fewer or 0)
        sent = [policy.Told(of, at) for of, at in told[one.id]]
        decision = policy.decide(purpose, person, rules, now=now, valid_until=until, sent=sent)
        if decision.verdict == "skip":
            held.add(one.id)
    return held


def _spared(campaign: Campaign, options: Options, one: Facts, *, now: datetime) -> str | None:
    standing = Standing(
        has_account=one.telegram_id is not None,
        reachable=bool(one.reachable),
        spam=one.spam_at is not None,
        consent=None if one.consent is None else bool(one.consent),
        paused_until=one.paused_until,
        topics_off=one.topics_off or (),
    )
    until = now + options.useful * HOUR
    return campaign_letters.spared(standing, campaign.purpose, campaign.topic, until=until)
