"""Surveys for the team: put by hand to one person or to a segment, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import permitting, surveying_by_hand
from services.refusals import Refused
from services.segmenting import Aim
from storage import outbox
from storage.contacts import Contact
from views import survey_asking
from views.messages import Edit, Effect, Say

QUERY: Final = 300


def routes() -> Routes:
    return Routes(
        commands={"survey": staffed(to_people, Right.WRITE, reading=True)},
        presses={
            "svask": staffed(choose, Right.WRITE, reading=True),
            "svone": staffed(to_one, Right.WRITE),
            "svsend": staffed(send, Right.WRITE),
        },
    )


async def to_people(turn: Turn) -> Sequence[Effect]:
    """/survey ID QUERY: to how many it would be put, before it is."""
    survey_id, _, query = turn.args.strip().partition(" ")
    if not survey_id:
        raise Refused("usage-survey", known=", ".join(one.id for one in turn.playbook.surveys) or "—")
    survey = surveying_by_hand.survey(turn.place, survey_id)
    aim = Aim(find=query.strip()[:QUERY])
    reach = await surveying_by_hand.reach(turn.db, turn.place, turn.staff, survey, aim, now=turn.now)
    screen = survey_asking.confirm(
        desk.reader(turn), survey, meant=reach.meant, reachable=reach.reachable, count=reach.count, about=aim.find
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


async def _contact(turn: Turn) -> Contact:
    (number,) = desk.numbers(turn, 1)
    return await permitting.contact(turn.db, number)
