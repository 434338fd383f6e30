"""/quality: how good the base is, the people behind each fault, and the questions by which they mend it themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm import quality
from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk, lookup
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import asking, assessing
from services.asking import Round
from services.refusals import Refused
from storage import outbox
from views import quality_screens, question_screens
from views.messages import Edit, Effect, Say, Screen


def routes() -> Routes:
    return Routes(
        commands={"quality": staffed(overview, reading=True)},
        presses={
            "qline": staffed(people, reading=True),
            "qask": staffed(offer, Right.WRITE, reading=True),
            "qaskgo": staffed(go, Right.WRITE, heavy=True),
            "qaskhow": staffed(how, Right.WRITE, reading=True),
            "qaskstop": staffed(stop, Right.WRITE, heavy=True),
        },
    )


async def overview(turn: Turn) -> Sequence[Effect]:
    found = await assessing.state(turn.db, turn.place, now=turn.now)
    before = await assessing.scores(turn.db, turn.place, found, now=turn.now)
    screen = quality_screens.overview(
        desk.reader(turn), cards=found.cards, faults=found.faults, score=found.score, before=before
    )
    return [Say(screen)]


async def people(turn: Turn) -> Sequence[Effect]:
    """Who has this fault: a segment like any other, to be looked through and mended."""
    line = quality.line(turn.args)
    if line is None or line.query is None:
        raise Refused("refused-stale")
    return await lookup.listed(turn, line.query)


async def offer(turn: Turn) -> Sequence[Effect]:
    """How many can be asked, and what they would read. Whom it is about is fixed here and remembered under the
    message."""
    if turn.args == "no":
        return [Edit(Screen(turn.words("dropped")), memo={})]
    found = await asking.reach(turn.db, turn.place, turn.staff, turn.args, now=turn.now)
    lately = found.lately
    screen = question_screens.offer(
        desk.reader(turn),
        found.line,
        faulty=found.faulty,
        reachable=found.reachable,
        count=found.count,
        lately=(lately.asked, lately.answered, lately.declined),
        business=turn.playbook.business.name.say(turn.language),
    )
    return [Say(screen, memo={"line": found.line.id, "people": found.people, "count": found.count})]


async def go(turn: Turn) -> Sequence[Effect]:
    """Yes: the questions are planned, at once or by long work that shows in this message how far it is."""
    memo = await _memo(turn)
    if "people" not in memo:
        raise Refused("refused-stale")
    this, counts = await asking.begin(
        turn.tx,
        turn.place,
        turn.staff,
        memo["line"],
        memo["people"],
        round_id=turn.update_key,
        chat_id=turn.chat_id,
        message_id=turn.message_id,
        now=turn.now,
    )
    reader = desk.reader(turn)
    if counts is None:
        screen = question_screens.planning(reader, this.line, done=0, of=memo["count"])
    else:
        screen = asking.shown(reader, this, counts)
    return [Edit(screen, memo=this.to_json())]


async def how(turn: Turn) -> Sequence[Effect]:
    """How many have answered by now."""
    memo = await _memo(turn)
    return [Edit(await _stands(turn, _round(memo), stopped="stopped" in memo))]


async def stop(turn: Turn) -> Sequence[Effect]:
    """What has not left yet is not sent; long work that still plans ends at its next step."""
    this = _round(await _memo(turn))
    await asking.stop(turn.tx, turn.staff, this)
    return [Edit(await _stands(turn, this, stopped=True), memo={**this.to_json(), "stopped": True})]


async def _stands(turn: Turn, this: Round, *, stopped: bool = False) -> Screen:
    return asking.shown(desk.reader(turn), this, await asking.stands(turn.db, turn.staff, this), stopped=stopped)


def _round(memo: dict[str, Any]) -> Round:
    """The round under a message. Raises Refused for a message that has none."""
    if "round" not in memo:
        raise Refused("refused-stale")
    return Round.from_json(memo)


async def _memo(turn: Turn) -> dict[str, Any]:
    return await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0) or {}
