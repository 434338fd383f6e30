"""What an owner types or sends for a campaign: its words and files, whom it is for, when it leaves, what its buttons do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from aiogram import types

from crm import values
from crm.campaign_letters import Choice, Does, Kind, Letter, Media
from crm.purposes import Purpose
from handlers.staff import desk
from handlers.turns import Turn
from locales import words_in
from services import campaign_codes, campaigning, campaigning_show, segmenting
from services.campaigning import Draft
from services.refusals import Refused
from services.segmenting import Aim
from storage import contacts, saved_segments, segment_sets
from views import campaign_drafts, campaign_messages, campaign_screens
from views.messages import Effect, Say, Screen

_BAD_TIMES: Final = {
    "date-past": "refused-campaign-past",
    "date-impossible": "reask-date-impossible",
    "date-range": "reask-date-range",
}
"""What is said of a time that was understood and yet will not do, as forms say it."""
ASKED: Final = ("text", "aim", "time", "local", "link", "url", "promo", "person")


async def screen(turn: Turn, number: int) -> Screen:
    """A campaign as it stands: the draft, or how far it is."""
    found = await campaigning.get(turn.db, turn.staff, number)
    if found.row.state != "draft":
        seen = await campaigning_show.progress(turn.db, found.row, now=turn.now)
        return campaign_screens.progress(desk.reader(turn), seen)
    drafted = await campaigning_show.drafted(turn.db, turn.place, found, language=turn.language)
    return campaign_drafts.draft(desk.reader(turn), drafted, playbook=turn.playbook)


def language_of(turn: Turn, letter: Letter, variant: str) -> str:
    """What words are taken to be in that were not said to be in any language: the one of the words they replace. The first
    ones are in the author's own, where the business speaks it."""
    text = letter.variant(variant).text or letter.variants[0].text
    own = _own(turn)
    return own if not text or own in text else next(iter(text))


def asked_language(turn: Turn) -> str:
    """The language in which the words were asked for."""
    return str(desk.state(turn)["language"]) or _own(turn)


def ask(turn: Turn, number: int, what: str, *, variant: str = "a", language: str = "") -> Sequence[Effect]:
    """Asks for it; the next message answers."""
    kept = {"campaign": number, "what": what, "variant": variant, "language": language}
    desk.enter(turn, campaigning.FLOW, kept)
    code = campaign_codes.example(turn.place)
    asked = campaign_screens.ask(turn.words, _asked(turn, what), language=language, variant=variant, code=code)
    return [Say(asked)]


async def typed(turn: Turn) -> Sequence[Effect]:
    """What was asked for; asked again, with why, when it cannot be taken."""
    state = desk.state(turn)
    number, what = int(state["campaign"]), str(state["what"])
    try:
        said = await _take(turn, number, what)
    except Refused as refusal:
        return [Say(again(turn, what, refusal))]
    turn.conversation.leave()
    return said if said else [Say(await screen(turn, number), memo={"campaign": number})]


def again(turn: Turn, what: str, refusal: Refused) -> Screen:
    """The question once more, with why the answer was not taken."""
    state, problem = desk.state(turn), turn.words(refusal.key, **refusal.values)
    return campaign_screens.ask(
        turn.words,
        _asked(turn, what),
        problem=problem,
        language=state["language"],
        variant=state["variant"],
        code=campaign_codes.example(turn.place),
    )


def _asked(turn: Turn, what: str) -> str:
    """What is said of it: a counted link opens at the first tap where the bot has a public address."""
    return "link-once" if what == "link" and turn.place.links is not None else what


def shown_to(
    turn: Turn, draft: Draft, *, name: str, language: str, city: str = "", points: str = ""
) -> Sequence[Effect]:
    """Each variant as one person would get it, here, with all of its buttons."""
    if not draft.letter.is_whole:
        raise Refused("refused-campaign-empty")
    filled = {"name": name, "business": turn.playbook.business.name.say(language), "city": city, "points": points}
    links = turn.place.links
    shown = [
        campaign_messages.letter(
            words_in(language),
            one,
            draft.letter.choices,
            campaign_id=draft.row.id,
            values=filled,
            playbook=turn.playbook,
            key="" if draft.row.purpose == Purpose.MARKETING.value else None,
            links=links.uncounted(draft.letter.targets) if links is not None else None,
        )
        for one in draft.letter.variants
    ]
    return [Say(campaign_messages.preview(one)) for one in shown]


async def _take(turn: Turn, number: int, what: str) -> Sequence[Effect]:
    """Does what was asked for. Raises Refused, which is told, and the question stays."""
    match what:
        case "text":
            await take_text(turn, number)
        case "aim":
            await campaigning.aim_at(turn.tx, turn.place, turn.staff, number, await _aim(turn), now=turn.now)
        case "time" | "local":
            at = _moment(turn)
            await campaigning.set_time(turn.tx, turn.place, turn.staff, number, at, local=what == "local", now=turn.now)
        case "fix":
            state = desk.state(turn)
            await campaigning.correct(
                turn.tx,
                turn.staff,
                number,
                variant=state["variant"],
                language=state["language"],
                text=turn.message.html_text if turn.message.text else "",
                now=turn.now,
            )
            return [Say(campaign_screens.corrected(turn.words))]
        case "person":
            return await _preview(turn, number)
        case _:
            await _take_button(turn, number, what)
    return []


async def take_text(turn: Turn, number: int, *, said: str | None = None, more: bool = False) -> None:
    """The words and the file of a message; with `more` they come to what is there. `said` are the words (HTML) where they
    are not just the message's own. Raises Refused for a message that cannot be sent to many."""
    state, media = desk.state(turn), _media(turn.message)
    if turn.message.content_type not in ("text", "photo", "video", "document", "audio"):
        raise Refused("refused-campaign-kind")
    await campaigning.write(
        turn.tx,
        turn.staff,
        number,
        variant=state["variant"],
        language=asked_language(turn),
        text=said if said is not None else turn.message.html_text if turn.text else "",
        media=media,
        more=more,
        now=turn.now,
    )


def _own(turn: Turn) -> str:
    """The author's language, or the business's own where the business does not speak it."""
    business = turn.playbook.business
    return turn.language if turn.language in business.languages else business.language


async def _aim(turn: Turn) -> Aim:
    """A saved segment by its name, or a question in the segment language; an asterisk is everybody."""
    said = turn.text.strip()
    if not said:
        raise Refused("refused-campaign-aim")
    if said == "*":
        return Aim(find="")
    found = await saved_segments.named(turn.db, segmenting.unquoted(said))
    return Aim(segment=found.id) if found is not None else Aim(find=said[: segmenting.QUERY_LENGTH])


def _moment(turn: Turn) -> datetime:
    """A time as people write it. Raises Refused for one that is none, is only half said, or can be read two ways."""
    hours = turn.playbook.business.hours.hours
    found = values.moment(
        turn.text[:200], "datetime", now=turn.now, zone=turn.place.timezone, hours=hours, language=turn.language
    )
    if isinstance(found, values.Accepted):
        return datetime.fromisoformat(found.value)
    raise Refused(_BAD_TIMES.get(found.reason if isinstance(found, values.Refused) else "", "refused-campaign-time"))


async def _take_button(turn: Turn, number: int, what: str) -> None:
    """«Title | what it opens», or the two on two lines."""
    title, mark, value = turn.text.replace("\n", "|", 1).partition("|")
    if not mark and what == "promo":
        raise Refused("refused-campaign-button-promo", code=campaign_codes.example(turn.place))
    if not mark:
        raise Refused("refused-campaign-button")
    does: dict[str, Does] = {"link": "link", "url": "url", "promo": "promo"}
    if what not in does:
        raise Refused("refused-stale")
    choice = Choice(does[what], title.strip(), value.strip())
    await campaigning.add_choice(turn.tx, turn.place, turn.staff, number, choice, now=turn.now)


async def _preview(turn: Turn, number: int) -> Sequence[Effect]:
    """As one person would get it: by the number of their card, or whom a search finds first."""
    said = turn.text.strip()
    found = None
    if desk.is_id(said.lstrip("#№")):
        found = await contacts.get(turn.db, int(said.lstrip("#№")))
    if found is None:
        meant = await segmenting.meant(turn.db, turn.place, Aim(find=said), now=turn.now)
        first = await segment_sets.sample(turn.db, meant, limit=1)
        found = await contacts.get(turn.db, first[0]) if first else None
    if found is None:
        raise Refused("refused-campaign-person")
    draft = await campaigning.draft(turn.db, turn.staff, number)
    points = str(found.points) if turn.playbook.loyalty is not None else ""
    city = str(found.fields.get("city") or "")
    return shown_to(turn, draft, name=found.name or "", language=found.language, city=city, points=points)


def _media(said: types.Message) -> list[Media]:
    """The file of a message, as Telegram keeps it."""
    kinds: tuple[tuple[Kind, types.PhotoSize | types.Video | types.Document | types.Audio | None], ...] = (
        ("photo", said.photo[-1] if said.photo else None),
        ("video", said.video),
        ("audio", said.audio),
        ("document", said.document),
    )
    return [Media(kind, file.file_id) for kind, file in kinds if file is not None][:1]
