"""Campaigning: a broadcast is written, counted, started, paused, cancelled, repeated, taken back and corrected.

Only owners send to many. A campaign is a draft until it is started; from then on its people are fixed as soon as they are
planned, and what is said and to whom stays as it was counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from crm import campaign_texts, folding, media_groups
from crm.campaign_letters import CHOICES, METRICS, VARIANTS, Choice, Letter, Media, Options, Variant
from crm.permissions import Right
from locales import LANGUAGES
from services import campaign_codes, campaigning_out, permitting, segmenting
from services.refusals import Refused
from services.segmenting import Aim
from services.workplace import Place
from storage import campaign_people, campaigns
from storage.campaigns import Campaign
from storage.engine import Reads, Tx
from storage.staff import Member

FLOW: Final = "campaign"
NAME_LENGTH: Final = 60
TITLE_LENGTH: Final = 40
"""Of a button: more is cut off on a phone."""
LINK_LENGTH: Final = 1000
PURPOSES: Final = ("marketing", "service", "survey")
LIVE: Final = ("planned", "running", "testing", "paused")
CONTROLS: Final = (0, 5, 10, 20)
TESTS: Final = (0, 10, 20, 50)
HOURS: Final = (1, 4, 24, 48)
SPREADS: Final = (0, 60, 180, 480)
USEFUL: Final = (24, 72, 168)
_BRACES: Final[dict[str, Any]] = {"open": "{", "close": "}"}
"""What the buttons offer: percent, hours, minutes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A campaign as it is being put together."""

    row: Campaign
    letter: Letter
    options: Options

    @property
    def aim(self) -> Aim | None:
        """Whom it is for; None: that is not said yet."""
        if self.options.segment is not None:
            return Aim(segment=self.options.segment)
        return None if self.row.aim is None else Aim(find=self.row.aim)


# --------------------------------------------------------------------------------------------------------------- drafting


async def begin(tx: Tx, member: Member | None, *, chat_id: int, aim: Aim | None = None, now: datetime) -> int:
    """A new draft; its number."""
    member = permitting.require(member, Right.OWN)
    options = Options(segment=aim.segment if aim is not None else None)
    shown = None if aim is None else aim.find
    if aim is not None and aim.segment is not None:
        shown = segmenting.query_for(await segmenting.saved(tx, aim.segment))
    return await campaigns.create(
        tx,
        name="",
        content=Letter().to_json(),
        options=options.to_json(),
        staff_id=member.id,
        chat_id=chat_id,
        aim=shown,
        now=now,
    )


async def get(db: Reads, member: Member | None, campaign_id: int) -> Draft:
    """A campaign, whatever its state. Raises Refused for one there is not."""
    permitting.require(member, Right.OWN)
    row = await campaigns.get(db, campaign_id)
    if row is None:
        raise Refused("refused-campaign-gone")
    return of_row(row)


def of_row(row: Campaign) -> Draft:
    """A campaign with what its row holds, read."""
    return Draft(row, Letter.from_json(row.content), Options.from_json(row.options))


async def draft(db: Reads, member: Member | None, campaign_id: int) -> Draft:
    """The same, of one that can still be changed. Raises Refused for one that was started."""
    found = await get(db, member, campaign_id)
    if found.row.state != "draft":
        raise Refused("refused-campaign-started")
    return found


async def write(
    tx: Tx,
    member: Member | None,
    campaign_id: int,
    *,
    variant: str,
    language: str,
    text: str,
    media: Sequence[Media],
    more: bool = False,
    now: datetime,
) -> None:
    """The words (Telegram's HTML) and files of a variant. Files are the same in every language: words alone leave them.
    With `more` the files come to those there are: an album arrives file by file. Raises Refused for a placeholder that
    is not known, a brace that stands alone, files that make no album, and more than Telegram takes."""
    found = await draft(tx, member, campaign_id)
    if not text and not media:
        raise Refused("refused-campaign-empty")
    before = found.letter.variant(variant) if variant in _names(found.letter) else Variant(variant)
    files = (*before.media, *media) if more else tuple(media) or before.media
    if len(files) > media_groups.MOST:
        raise Refused("refused-album-many", most=media_groups.MOST)
    if not media_groups.go_together([one.kind for one in files]):
        raise Refused("refused-album-mixed")
    checked(text, caption=bool(files))
    changed = Variant(variant, {**before.text, language: text} if text else dict(before.text), files)
    variants = [changed if one.id == variant else one for one in found.letter.variants]
    if variant not in _names(found.letter):
        variants.append(changed)
    await _save(tx, found, now=now, letter=replace(found.letter, variants=tuple(variants)))


def checked(text: str, *, caption: bool) -> None:
    """Raises Refused, with what to write instead, for a text that cannot be sent to anybody."""
    for problem in campaign_texts.problems(text, caption=caption):
        if problem.kind == "unknown" and problem.nearest is not None:
            raise Refused("refused-placeholder-like", what=problem.what, nearest=problem.nearest, **_BRACES)
        if problem.kind == "unknown":
            known = ", ".join(campaign_texts.KNOWN)
            raise Refused("refused-placeholder", what=problem.what, known=known, **_BRACES)
        if problem.kind == "brace":
            raise Refused("refused-brace", **_BRACES)
        raise Refused("refused-campaign-long", over=problem.over)


async def add_variant(tx: Tx, member: Member | None, campaign_id: int, *, now: datetime) -> str:
    """One more variant, still without words; its name. Raises Refused past the last letter."""
    found = await draft(tx, member, campaign_id)
    empty = next((one.id for one in found.letter.variants if one.is_empty), None)
    if empty is not None:
        return empty
    if len(found.letter.variants) >= len(VARIANTS):
        raise Refused("refused-campaign-variants", most=len(VARIANTS))
    name = next(one for one in VARIANTS if one not in _names(found.letter))
    await _save(tx, found, now=now, letter=replace(found.letter, variants=(*found.letter.variants, Variant(name))))
    return name


async def drop_variant(tx: Tx, member: Member | None, campaign_id: int, name: str, *, now: datetime) -> None:
    """Takes a variant away; the last one stays."""
    found = await draft(tx, member, campaign_id)
    left = tuple(one for one in found.letter.variants if one.id != name)
    if left:
        await _save(tx, found, now=now, letter=replace(found.letter, variants=left))


async def add_choice(
    tx: Tx, place: Place, member: Member | None, campaign_id: int, choice: Choice, *, now: datetime
) -> None:
    """A button under the message. Raises Refused for an address that is none, a form, a survey or a promo code there is
    not (any more), and for more buttons than fit."""
    found = await draft(tx, member, campaign_id)
    if len(found.letter.choices) >= CHOICES:
        raise Refused("refused-campaign-buttons", most=CHOICES)
    choice = replace(choice, title=folding.visible(choice.title)[:TITLE_LENGTH], value=choice.value.strip())
    playbook = place.playbooks.current
    match choice.does:
        case "promo":
            today = now.astimezone(place.timezone).date()
            choice = replace(choice, value=await campaign_codes.of_button(tx, place, choice, today=today))
        case "link" | "url" if not choice.title:
            raise Refused("refused-campaign-title")
        case "link" | "url" if not _is_link(choice.value):
            raise Refused("refused-campaign-link")
        case "form" if playbook.form(choice.value) is None:
            raise Refused("refused-stale")
        case "survey" if playbook.survey(choice.value) is None:
            raise Refused("refused-stale")
    await _save(tx, found, now=now, letter=replace(found.letter, choices=(*found.letter.choices, choice)))


async def drop_choices(tx: Tx, member: Member | None, campaign_id: int, *, now: datetime) -> None:
    """Takes the last button away."""
    found = await draft(tx, member, campaign_id)
    await _save(tx, found, now=now, letter=replace(found.letter, choices=found.letter.choices[:-1]))


async def aim_at(tx: Tx, place: Place, member: Member | None, campaign_id: int, aim: Aim, *, now: datetime) -> None:
    """Whom it is for. Raises Refused for a question that was not understood, and for a search by words that found more
    than anybody reads."""
    found = await draft(tx, member, campaign_id)
    meant = await segmenting.meant(tx, place, aim, now=now)
    if meant.more:
        raise Refused("refused-bulk-many", alert=True)
    options = replace(found.options, segment=aim.segment)
    shown = aim.find
    if aim.segment is not None:
        shown = segmenting.query_for(await segmenting.saved(tx, aim.segment))
    await _save(tx, found, now=now, options=options, aim=shown)


async def choose(
    tx: Tx, place: Place, member: Member | None, campaign_id: int, what: str, value: str, *, now: datetime
) -> None:
    """One of the settings that are buttons. Raises Refused for a value that no button has."""
    found = await draft(tx, member, campaign_id)
    number = int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else -1
    topics = {one.id for one in place.playbooks.current.topics}
    match what:
        case "purpose" if value in PURPOSES:
            await _save(tx, found, now=now, purpose=value)
        case "topic" if value in topics or value == "-":
            await _save(tx, found, now=now, topic=None if value == "-" else value)
        case "control" if number in CONTROLS:
            await _save(tx, found, now=now, options=replace(found.options, control=number))
        case "test" if number in TESTS:
            await _save(tx, found, now=now, options=replace(found.options, test=number))
        case "decide" if number in HOURS:
            await _save(tx, found, now=now, options=replace(found.options, decide=number))
        case "spread" if number in SPREADS:
            await _save(tx, found, now=now, options=replace(found.options, spread=number))
        case "useful" if number in USEFUL:
            await _save(tx, found, now=now, options=replace(found.options, useful=number))
        case "language" if value in LANGUAGES and len(found.letter.languages) == 1:
            await _save(tx, found, now=now, letter=_said_in(found.letter, value))
        case "metric" if value in METRICS:
            metric = next(one for one in METRICS if one == value)
            await _save(tx, found, now=now, options=replace(found.options, metric=metric))
        case "now":
            await _save(tx, found, now=now, options=replace(found.options, local=None), start_at=None)
        case _:
            raise Refused("refused-stale")


async def set_time(
    tx: Tx, place: Place, member: Member | None, campaign_id: int, at: datetime, *, local: bool, now: datetime
) -> None:
    """When it begins; with `local` everybody gets it when their own clock shows what the business's shows at `at`.
    Raises Refused for a time that has passed."""
    found = await draft(tx, member, campaign_id)
    if at <= now:
        raise Refused("refused-campaign-past")
    wall = at.astimezone(place.timezone).replace(tzinfo=None).isoformat(timespec="minutes") if local else None
    await _save(tx, found, now=now, options=replace(found.options, local=wall), start_at=None if local else at)


# --------------------------------------------------------------------------------------------------------------- its way


async def start(tx: Tx, place: Place, member: Member | None, campaign_id: int, *, chat_id: int, now: datetime) -> Draft:
    """Lets it go. Of several who press at once one starts it: the others are told so. Raises Refused while something
    is missing."""
    found = await get(tx, member, campaign_id)
    if found.row.state != "draft":
        raise Refused("refused-campaign-started")
    if not found.letter.is_whole:
        raise Refused("refused-campaign-empty")
    aim = found.aim
    if aim is None and found.row.repeat_of is None:
        raise Refused("refused-campaign-aim")
    if aim is not None:
        await segmenting.meant(tx, place, aim, now=now)
    local = found.options.local
    starts = (found.row.start_at or now).astimezone(place.timezone) if local is None else datetime.fromisoformat(local)
    await campaign_codes.check(tx, place, found.letter, day=starts.date())
    if not await campaigns.change(tx, campaign_id, among=["draft"], now=now, state="planned", chat_id=chat_id):
        raise Refused("refused-campaign-started")
    tx.announce("campaigns")
    return await get(tx, member, campaign_id)


async def pause(tx: Tx, member: Member | None, campaign_id: int, *, now: datetime) -> Draft:
    """Stops sending: what waits in the outbox is taken back. Raises Refused for one that is not running."""
    await get(tx, member, campaign_id)
    if not await campaigns.change(tx, campaign_id, among=campaigning_out.RUNNING, now=now, state="paused"):
        raise Refused("refused-campaign-not-running")
    await campaign_people.take_back(tx, campaign_id)
    tx.announce("campaigns")
    return await get(tx, member, campaign_id)


async def resume(tx: Tx, member: Member | None, campaign_id: int, *, now: datetime) -> Draft:
    """Goes on where it was paused. Raises Refused for one that is not paused."""
    found = await get(tx, member, campaign_id)
    undecided = found.row.decide_at is not None and "verdict" not in (found.row.counts or {})
    state = "testing" if undecided else "running"
    if not await campaigns.change(tx, campaign_id, among=["paused"], now=now, state=state):
        raise Refused("refused-campaign-not-paused")
    tx.announce("campaigns")
    return await get(tx, member, campaign_id)


async def cancel(tx: Tx, member: Member | None, campaign_id: int, *, now: datetime) -> Draft:
    """Ends it: who has not got it yet is not going to. Raises Refused for one that is over."""
    await get(tx, member, campaign_id)
    if not await campaigns.change(tx, campaign_id, among=("draft", *LIVE), now=now, state="cancelled", finished_at=now):
        raise Refused("refused-campaign-over")
    await campaign_people.take_back(tx, campaign_id)
    await campaign_people.cancel_rest(tx, campaign_id, "cancelled")
    tx.announce("campaigns")
    return await get(tx, member, campaign_id)


async def recall(tx: Tx, member: Member | None, campaign_id: int, *, now: datetime) -> Draft:
    """Takes back what was sent within the last 48 hours, and sends no more of it. Raises Refused for one of which
    nothing was sent."""
    found = await get(tx, member, campaign_id)
    if found.row.state in LIVE:
        await cancel(tx, member, campaign_id, now=now)
    if not await campaigns.change(tx, campaign_id, among=["done", "cancelled"], now=now, state="recalling"):
        raise Refused("refused-campaign-recall")
    tx.announce("campaigns")
    return await get(tx, member, campaign_id)


async def correct(
    tx: Tx, member: Member | None, campaign_id: int, *, variant: str, language: str, text: str, now: datetime
) -> None:
    """Other words for what was sent: who has it sees it change, who is still to get it gets it so, and the campaign is
    called by the new ones. Raises Refused for one of which nothing was sent, and as `write` does."""
    found = await get(tx, member, campaign_id)
    kept = next((one for one in found.letter.variants if one.id == variant), None)
    if kept is None or found.row.state in ("draft", "planned", "recalling", "recalled"):
        raise Refused("refused-campaign-correct")
    if not text:
        raise Refused("refused-campaign-empty")
    checked(text, caption=bool(kept.media))
    changed = replace(kept, text={**kept.text, language: text})
    variants = tuple(changed if one.id == variant else one for one in found.letter.variants)
    letter = replace(found.letter, variants=variants)
    counts = {**(found.row.counts or {}), campaigning_out.CORRECTED: 0}
    called = _called(letter, campaign_id)
    content = letter.to_json()
    await campaigns.change(tx, campaign_id, among=None, now=now, name=called, content=content, counts=counts)
    tx.announce("campaigns")


async def repeat(tx: Tx, member: Member | None, campaign_id: int, *, chat_id: int, now: datetime) -> int:
    """A new draft with the same words for those whom this one reached and who pressed nothing; its number. Raises
    Refused for one that is not over."""
    found = await get(tx, member, campaign_id)
    member = permitting.require(member, Right.OWN)
    if found.row.state not in ("done", "cancelled"):
        raise Refused("refused-campaign-not-over")
    options = Options(spread=found.options.spread)
    winner = found.letter.variant(found.row.winner or found.letter.variants[0].id)
    letter = Letter((replace(winner, id="a"),), found.letter.choices)
    return await campaigns.create(
        tx,
        name=found.row.name,
        content=letter.to_json(),
        options=options.to_json(),
        staff_id=member.id,
        chat_id=chat_id,
        purpose=found.row.purpose,
        topic=found.row.topic,
        repeat_of=campaign_id,
        now=now,
    )


async def _save(
    tx: Tx, found: Draft, *, now: datetime, letter: Letter | None = None, options: Options | None = None, **columns: Any
) -> None:
    """Writes what was changed of a draft, and with its words its name."""
    if letter is not None:
        columns["content"] = letter.to_json()
        columns["name"] = _called(letter, found.row.id)
    if options is not None:
        columns["options"] = options.to_json()
    if not await campaigns.change(tx, found.row.id, among=["draft"], now=now, **columns):
        raise Refused("refused-campaign-started")


def _called(letter: Letter, campaign_id: int) -> str:
    """What a campaign is called: the beginning of its words, or its number where they have none."""
    first = next(iter(letter.variants[0].text.values()), "")
    return campaign_texts.called(first, NAME_LENGTH) or f"№ {campaign_id}"


def _said_in(letter: Letter, language: str) -> Letter:
    """The same words, all in one language, as being in this one."""
    (before,) = letter.languages
    variants = (replace(one, text={language: one.text[before]}) if one.text else one for one in letter.variants)
    return replace(letter, variants=tuple(variants))


def _names(letter: Letter) -> set[str]:
    return {one.id for one in letter.variants}


def _is_link(text: str) -> bool:
    return (
        text.startswith(("https://", "http://", "tg://"))
        and len(text) <= LINK_LENGTH
        and " " not in text
        and ("." in text or text.startswith("tg://"))
    )
