"""Campaigns: /broadcast, /broadcasts, and the buttons of a draft and of what is on its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from crm import campaign_letters
from crm.campaign_letters import Choice, Does, Letter
from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import campaign_albums, campaign_words, desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from locales import LANGUAGES
from services import campaigning, campaigning_plan, campaigning_show, segmenting
from services.campaigning import Draft
from services.refusals import Refused
from services.segmenting import Aim
from storage import campaigns
from views import campaign_drafts, campaign_messages, campaign_screens, survey_asking
from views.messages import Edit, Effect, Say, Screen, Toast
from views.preferences import NAMES

PAGE: Final = 10


def routes() -> Routes:
    return Routes(
        commands={"broadcast": staffed(broadcast, Right.OWN), "broadcasts": staffed(listed, Right.OWN, reading=True)},
        presses={
            "bcnew": staffed(new, Right.OWN),
            "bcaim": staffed(new_for, Right.OWN),
            "bclist": staffed(page, Right.OWN, reading=True),
            "bc": staffed(show, Right.OWN, reading=True),
            "bcset": staffed(setting, Right.OWN),
            "bcask": staffed(ask, Right.OWN),
            "bcbtn": staffed(add_button, Right.OWN),
            "bccount": staffed(count, Right.OWN, reading=True),
            "bcwho": staffed(who, Right.OWN, heavy=True),
            "bctest": staffed(test_on_me, Right.OWN),
            campaign_messages.INERT: staffed(tried, reading=True),
            "bcgo": staffed(go, Right.OWN),
            "bcrun": staffed(run, Right.OWN, heavy=True),
            "bcfix": staffed(fix, Right.OWN),
        },
        flows={campaigning.FLOW: waiting(campaign_albums.typed, Right.OWN)},
    )


async def broadcast(turn: Turn) -> Sequence[Effect]:
    """/broadcast [whom]: a new draft; first of all, what is it to say?"""
    aim = None
    if turn.args.strip():
        aim = Aim(find="" if turn.args.strip() == "*" else turn.args.strip())
        await segmenting.meant(turn.db, turn.place, aim, now=turn.now)
    return await _begin(turn, aim)


async def new(turn: Turn) -> Sequence[Effect]:
    return await _begin(turn, None)


async def new_for(turn: Turn) -> Sequence[Effect]:
    """To a segment, from its page."""
    found = await segmenting.saved(turn.db, desk.numbers(turn, 1)[0])
    return await _begin(turn, Aim(segment=found.id))


async def listed(turn: Turn) -> Sequence[Effect]:
    """/broadcasts: the newest first."""
    return [Say(await _everything(turn, 0))]


async def page(turn: Turn) -> Sequence[Effect]:
    return [Edit(await _everything(turn, desk.numbers(turn, 1)[0]))]


async def show(turn: Turn) -> Sequence[Effect]:
    """One campaign: its draft, or how far it is."""
    return [
        Edit(await campaign_words.screen(turn, desk.numbers(turn, 1)[0]), memo={"campaign": desk.numbers(turn, 1)[0]})
    ]


async def setting(turn: Turn) -> Sequence[Effect]:
    """A setting: its values; or one of them, chosen."""
    number, what, value = _parts(turn)
    draft = await campaigning.draft(turn.db, turn.staff, number)
    if what == "unvariant":
        await campaigning.drop_variant(turn.tx, turn.staff, number, value, now=turn.now)
        draft = await campaigning.draft(turn.db, turn.staff, number)
        return [Edit(await _menu(turn, draft, "tests"))]
    if not value:
        return [Edit(await _menu(turn, draft, what))]
    await campaigning.choose(turn.tx, turn.place, turn.staff, number, what, value, now=turn.now)
    return [Edit(await campaign_words.screen(turn, number)), Toast(turn.words.plain("campaign-saved"))]


async def ask(turn: Turn) -> Sequence[Effect]:
    """Something that is typed or sent: the words, whom, when, an address."""
    number, what, rest = _parts(turn)
    draft = await campaigning.draft(turn.db, turn.staff, number)
    if what == "variant":
        what, rest = "text", await campaigning.add_variant(turn.tx, turn.staff, number, now=turn.now)
    variant, _, language = rest.partition(":")
    if what not in campaign_words.ASKED:
        raise Refused("refused-stale")
    variant = variant or "a"
    if what == "text" and not language:
        language = campaign_words.language_of(turn, draft.letter, variant)
    return campaign_words.ask(turn, number, what, variant=variant, language=language)


async def add_button(turn: Turn) -> Sequence[Effect]:
    """A button that needs no typing: a form, a survey, a call; or the last one away."""
    number, does, value = _parts(turn)
    if does == "drop":
        await campaigning.drop_choices(turn.tx, turn.staff, number, now=turn.now)
        return [Edit(await campaign_words.screen(turn, number))]
    choice = _choice(does, value)
    await campaigning.add_choice(turn.tx, turn.place, turn.staff, number, choice, now=turn.now)
    return [Edit(await campaign_words.screen(turn, number)), Toast(turn.words.plain("campaign-saved"))]


async def count(turn: Turn) -> Sequence[Effect]:
    """The honest count; starting is under it."""
    (number,) = desk.numbers(turn, 1)
    draft = await campaigning.draft(turn.db, turn.staff, number)
    if not draft.letter.is_whole:
        raise Refused("refused-campaign-empty")
    found = await campaigning_plan.count(turn.db, turn.place, draft, now=turn.now)
    screen = campaign_screens.count(
        desk.reader(turn),
        number,
        meant=found.meant,
        lost=found.lost,
        control=found.control,
        gets=found.gets,
        foreign=found.foreign,
        foreign_if=found.foreign_if,
        steps=campaigning_plan.STEPS,
    )
    return [Edit(screen)]


async def who(turn: Turn) -> Sequence[Effect]:
    """Who falls away at a step of the count, as a list that can be opened, exported and asked for like any other."""
    number, reason, _ = _parts(turn)
    draft = await campaigning.draft(turn.db, turn.staff, number)
    title = turn.words.plain(f"campaign-list-{reason}", number=str(number)) if reason in campaigning_plan.STEPS else ""
    # keys: campaign-list-no-consent campaign-list-unreachable campaign-list-paused campaign-list-topic
    # keys: campaign-list-cap
    kept = await campaigning_plan.keep_lost(turn.tx, turn.place, turn.staff, draft, reason, title=title, now=turn.now)
    return [Say(campaign_screens.kept_list(turn.words, kept.name, kept.id), memo={"segment": kept.id})]


async def test_on_me(turn: Turn) -> Sequence[Effect]:
    """The message as it is, to whoever pressed: as of a card of theirs, if they have one, else of a new one."""
    draft = await campaigning.draft(turn.db, turn.staff, desk.numbers(turn, 1)[0])
    mine = turn.contact
    city = "" if mine is None else str(mine.fields.get("city") or "")
    points = "" if turn.playbook.loyalty is None else str(0 if mine is None else mine.points)
    name, language = turn.user.first_name, turn.language
    return campaign_words.shown_to(turn, draft, name=name, language=language, city=city, points=points)


async def tried(turn: Turn) -> Sequence[Effect]:
    """A button of a preview."""
    return [Toast(turn.words.plain("campaign-only-test"))]


async def go(turn: Turn) -> Sequence[Effect]:
    """Starts it. Pressed ten times, by two, it starts once."""
    (number,) = desk.numbers(turn, 1)
    await campaigning.start(turn.tx, turn.place, turn.staff, number, chat_id=turn.chat_id, now=turn.now)
    return [Edit(campaign_screens.begun(turn.words, number)), Toast(turn.words.plain("campaign-started"))]


async def run(turn: Turn) -> Sequence[Effect]:
    """Pause, resume, cancel, take back, repeat."""
    number, what, said = _parts(turn)
    if what == "repeat":
        made = await campaigning.repeat(turn.tx, turn.staff, number, chat_id=turn.chat_id, now=turn.now)
        return [Say(await campaign_words.screen(turn, made))]
    found = await campaigning.get(turn.db, turn.staff, number)
    if what in ("cancel", "recall") and said != "yes" and found.row.state != "draft":
        done = await campaigning_show.progress(turn.db, found.row, now=turn.now)
        left = done.sent if what == "recall" else done.left + done.waiting
        return [Edit(campaign_screens.sure(turn.words, number, what, count=left))]
    doing: dict[str, Callable[..., Any]] = {
        "pause": campaigning.pause,
        "resume": campaigning.resume,
        "cancel": campaigning.cancel,
        "recall": campaigning.recall,
    }
    if what not in doing:
        raise Refused("refused-stale")
    await doing[what](turn.tx, turn.staff, number, now=turn.now)
    return [Edit(await campaign_words.screen(turn, number))]


async def fix(turn: Turn) -> Sequence[Effect]:
    """Other words for what was sent: asked for at once where there is only one text, else which?"""
    number, variant, language = _parts(turn)
    found = await campaigning.get(turn.db, turn.staff, number)
    texts = [(one.id, spoken) for one in found.letter.variants for spoken in one.text]
    if not variant and len(texts) == 1:
        ((variant, language),) = texts
    if not variant:
        return [Edit(campaign_screens.choose_text(turn.words, number, found.letter))]
    if (variant, language) not in texts:
        raise Refused("refused-stale")
    return campaign_words.ask(turn, number, "fix", variant=variant, language=language)


# --------------------------------------------------------------------------------------------------------------- details


async def _begin(turn: Turn, aim: Aim | None) -> Sequence[Effect]:
    number = await campaigning.begin(turn.tx, turn.staff, chat_id=turn.chat_id, aim=aim, now=turn.now)
    language = campaign_words.language_of(turn, Letter(), "a")
    return campaign_words.ask(turn, number, "text", variant="a", language=language)


async def _everything(turn: Turn, offset: int) -> Screen:
    total = await campaigns.count(turn.db)
    shown = [
        campaign_screens.Listed(one.id, one.name, one.state, one.created_at)
        for one in await campaigns.latest(turn.db, limit=PAGE, offset=offset)
    ]
    return campaign_screens.everything(desk.reader(turn), shown, offset=offset, size=PAGE, total=total)


async def _menu(turn: Turn, draft: Draft, what: str) -> Screen:
    reader = desk.reader(turn)
    seen = await campaigning_show.drafted(turn.db, turn.place, draft, language=turn.language)
    match what:
        case "when":
            return campaign_drafts.when(reader, seen)
        case "tests":
            return campaign_drafts.tests(reader, seen)
        case "buttons":
            playbook = turn.playbook
            forms = [(one.id, one.title.say(turn.language)) for one in playbook.forms]
            surveys = [(one.id, survey_asking.name(turn.words, one)) for one in playbook.surveys]
            return campaign_drafts.buttons(reader, seen, forms=forms, surveys=surveys)
    return campaign_drafts.options(reader, seen, what, _offered(turn, draft, what))


def _offered(turn: Turn, draft: Draft, what: str) -> list[tuple[str, str, bool]]:
    """The values of a setting that buttons offer."""
    words, options = turn.words, draft.options
    match what:
        case "purpose":
            # keys: campaign-purpose-marketing campaign-purpose-service campaign-purpose-survey
            return [
                (one, words.plain(f"campaign-purpose-{one}"), one == draft.row.purpose) for one in campaigning.PURPOSES
            ]
        case "topic":
            topics = [(one.id, one.title.say(turn.language), one.id == draft.row.topic) for one in turn.playbook.topics]
            return [*topics, ("-", words.plain("campaign-no-topic"), draft.row.topic is None)]
        case "language":
            return [(one, NAMES[one], (one,) == draft.letter.languages) for one in LANGUAGES]
        case "metric":
            # keys: campaign-metric-presses campaign-metric-answers campaign-metric-purchases
            return [
                (one, words.plain(f"campaign-metric-{one}"), one == options.metric) for one in campaign_letters.METRICS
            ]
        case "control" | "test":
            offered = campaigning.CONTROLS if what == "control" else campaigning.TESTS
            return [(str(one), f"{one} %", one == getattr(options, what)) for one in offered]
        case "decide" | "useful":
            hours = campaigning.HOURS if what == "decide" else campaigning.USEFUL
            return [
                (str(one), words.plain("campaign-hours", **campaign_drafts.span(one)), one == getattr(options, what))
                for one in hours
            ]
        case "spread":
            return [
                (str(one), words.plain("campaign-spread", minutes=one, hours=one // 60), one == options.spread)
                for one in campaigning.SPREADS
            ]
    raise Refused("refused-stale")


def _choice(does: str, value: str) -> Choice:
    """A button without words of its own: everybody reads it in their language."""
    kinds: dict[str, Does] = {"form": "form", "survey": "survey", "call": "call"}
    if does not in kinds:
        raise Refused("refused-stale")
    return Choice(kinds[does], "", value)


def _parts(turn: Turn) -> tuple[int, str, str]:
    """The campaign's number, the word after it, and the rest."""
    (number,) = desk.numbers(turn, 1)
    what, _, rest = turn.args.partition(":")[2].partition(":")
    return number, what, rest
