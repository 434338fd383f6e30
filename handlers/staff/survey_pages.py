"""Surveys for the team: put by hand to one person or to a segment, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from crm import permissions
from crm.permissions import Right
from crm.playbook import Survey
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import extracting, permitting, picturing, surveying_by_hand, surveying_results
from services.refusals import Refused
from services.segmenting import Aim
from services.surveying_results import Result
from storage import outbox, survey_results
from storage.contacts import Contact
from views import export_screens, survey_asking, survey_screens
from views.messages import Edit, Effect, Say, Screen, Toast
from views.survey_screens import Said, Shown

QUERY: Final = 300
PAGE: Final = 6
FURTHEST: Final = 100_000


def routes() -> Routes:
    return Routes(
        commands={
            "survey": staffed(to_people, Right.WRITE, reading=True),
            "surveys": staffed(results, reading=True),
        },
        presses={
            "svask": staffed(choose, Right.WRITE, reading=True),
            "svone": staffed(to_one, Right.WRITE),
            "svsend": staffed(send, Right.WRITE),
            "svs": staffed(everything, reading=True),
            "sv": staffed(one, reading=True),
            "svby": staffed(parts, reading=True),
            "svc": staffed(comments, reading=True),
            "svw": staffed(worded, reading=True),
            "svpic": staffed(picture),
            "svx": staffed(file, Right.OWN),
        },
    )


async def results(turn: Turn) -> Sequence[Effect]:
    """/surveys: every survey with its figure; with words, what people wrote in which they stand."""
    words = turn.args.strip()[:QUERY]
    if not words:
        return [Say(await _everything(turn))]
    return [Say(await _comments(turn, None, words, offset=0), memo={"words": words})]


async def everything(turn: Turn) -> Sequence[Effect]:
    return [Edit(await _everything(turn))]


async def one(turn: Turn) -> Sequence[Effect]:
    """One survey's page."""
    survey = surveying_by_hand.survey(turn.place, turn.args)
    result = await surveying_results.one(turn.db, turn.place, survey, now=turn.now)
    owns = permissions.allows(desk.role(turn), Right.OWN)
    return [Edit(survey_screens.page(desk.reader(turn), _shown(result), owns=owns))]


async def parts(turn: Turn) -> Sequence[Effect]:
    """Its figure by manager, service or segment."""
    way, _, survey_id = turn.args.partition(":")
    survey = surveying_by_hand.survey(turn.place, survey_id)
    by = next((known for known in surveying_results.WAYS if known == way), None)
    if by is None or survey.anonymous:
        raise Refused("refused-stale")
    found = await surveying_results.parts(turn.db, turn.place, survey, by, now=turn.now)
    return [Edit(survey_screens.parts(desk.reader(turn), survey, by, found))]


async def comments(turn: Turn) -> Sequence[Effect]:
    """What was written to one survey, from the so-manieth on."""
    (offset,) = desk.numbers(turn, 1)
    survey = surveying_by_hand.survey(turn.place, turn.args.partition(":")[2])
    return [Edit(await _comments(turn, survey, "", offset=offset))]


async def worded(turn: Turn) -> Sequence[Effect]:
    """The next page of what was looked for by words."""
    (offset,) = desk.numbers(turn, 1)
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0) or {}
    if not isinstance(memo.get("words"), str):
        raise Refused("refused-stale")
    return [Edit(await _comments(turn, None, memo["words"], offset=offset), memo=memo)]


async def picture(turn: Turn) -> Sequence[Effect]:
    """The bars and the trend, drawn by long work."""
    survey = surveying_by_hand.survey(turn.place, turn.args)
    picturing.order_survey(
        turn.tx,
        survey.id,
        language=turn.words.language,
        chat_id=turn.chat_id,
        thread_id=turn.thread_id,
        key=turn.update_key,
        now=turn.now,
    )
    return [Toast(turn.words.plain("surveys-drawing"))]


async def file(turn: Turn) -> Sequence[Effect]:
    """Every answer, as an export that is logged and sent to this owner alone."""
    survey = surveying_by_hand.survey(turn.place, turn.args)
    mark = await extracting.order_answers(turn.tx, turn.staff, survey.id, language=turn.words.language, now=turn.now)
    return [Say(export_screens.preparing(turn.words, mark))]


async def to_people(turn: Turn) -> Sequence[Effect]:
    """/survey ID QUERY: to how many it would be put, before it is."""
    survey_id, _, query = turn.args.strip().partition(" ")
    if not survey_id:
        known = (f"{one.id} ({survey_asking.name(turn.words, one)})" for one in turn.playbook.surveys)
        raise Refused("usage-survey", known=", ".join(known) or "—")
    survey = surveying_by_hand.survey(turn.place, survey_id)
    aim = Aim(find=query.strip()[:QUERY])
    reach = await surveying_by_hand.reach(turn.db, turn.place, turn.staff, survey, aim, now=turn.now)
    screen = survey_asking.confirm(
        desk.reader(turn),
        survey,
        found=reach.found,
        meant=reach.meant,
        reachable=reach.reachable,
        count=reach.count,
        about=aim.find,
    )
    return [Say(screen, memo=aim.memo)]


async def send(turn: Turn) -> Sequence[Effect]:
    """Long work puts it to them; pressed twice it is put once, since the message changes and its key is this press's."""
    survey = surveying_by_hand.survey(turn.place, turn.args)
    aim = Aim.of_memo(await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0))
    surveying_by_hand.order(
        turn.tx,
        turn.staff,
        survey,
        aim,
        key=f"{turn.chat_id}:{turn.message_id}",
        chat_id=turn.chat_id,
        message_id=turn.message_id,
        now=turn.now,
    )
    return [Edit(survey_asking.begun(turn.words, survey))]


async def choose(turn: Turn) -> Sequence[Effect]:
    """From a card: which survey?"""
    contact = await _contact(turn)
    return [Edit(survey_asking.choose(desk.reader(turn), await desk.who(turn, contact), turn.playbook.surveys))]


async def to_one(turn: Turn) -> Sequence[Effect]:
    contact = await _contact(turn)
    survey = surveying_by_hand.survey(turn.place, turn.args.partition(":")[2])
    await surveying_by_hand.put(turn.tx, turn.place, turn.staff, survey, contact, now=turn.now)
    return [Edit(survey_asking.put(desk.reader(turn), await desk.who(turn, contact), survey))]


async def _everything(turn: Turn) -> Screen:
    shown = [_shown(one) for one in await surveying_results.everything(turn.db, turn.place)]
    return survey_screens.listed(desk.reader(turn), shown)


def _shown(one: Result) -> Shown:
    return Shown(
        survey=one.survey,
        asked=one.reached.asked,
        answered=one.reached.answered,
        unfinished=one.reached.unfinished,
        hidden=one.reached.hidden,
        counts=one.counts,
        figure=one.figure,
        trend=one.trend,
        answers=one.answers,
    )


async def _comments(turn: Turn, survey: Survey | None, words: str, *, offset: int) -> Screen:
    found = await survey_results.comments(
        turn.db, survey.id if survey is not None else None, words, offset=min(offset, FURTHEST), limit=PAGE + 1
    )
    said = [
        Said(
            text=one.text,
            kind=one.kind,
            score=one.score,
            contact_id=one.contact_id,
            name=one.name,
            at=one.at,
            day=date.fromisoformat(one.day) if one.day else None,
        )
        for one in found[:PAGE]
    ]
    return survey_screens.comments(
        desk.reader(turn), survey, said, words_of=words, offset=offset, more=len(found) > PAGE
    )


async def _contact(turn: Turn) -> Contact:
    (number,) = desk.numbers(turn, 1)
    return await permitting.contact(turn.db, number)
