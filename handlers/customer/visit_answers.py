"""A booked visit, from the customer's side: I come, another time, I do not come. And the team's word to another time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from crm import values
from crm.permissions import Right
from handlers.customer import talk
from handlers.routes import Route, Routes
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import capturing, visiting
from services.refusals import Refused
from views import visit_screens
from views.messages import Edit, Effect, Say, Screen

_LARGEST = 2**53


def routes() -> Routes:
    return Routes(
        presses={"vis": Route(pressed), "visagree": staffed(agree, Right.SERVE)},
        flows={visiting.FLOW: Route(told)},
    )


async def pressed(turn: Turn) -> Sequence[Effect]:
    """One of the answers under a reminder."""
    what, request_id, at = _parts(turn.args)
    match what:
        case "ok":
            return await _confirm(turn, request_id)
        case "move":
            return await _ask(turn, request_id)
        case "at" if at is not None:
            heard = await visiting.move(turn.tx, turn.place, turn.contact, request_id, at, now=turn.now)
            _leave(turn)
            return [
                Edit(visit_screens.proposed(turn.words, at, zone=visiting.zone_of(turn.place), now=turn.now)),
                *heard,
            ]
        case "stay":
            screen = await _standing(turn, request_id)
            _leave(turn)
            return [Edit(screen)]
        case "back":
            heard = await visiting.move_back(turn.tx, turn.place, turn.contact, request_id, now=turn.now)
            _leave(turn)
            return [Edit(await _standing(turn, request_id)), *heard]
        case "off":
            await visiting.own(turn.db, turn.contact, request_id, now=turn.now)
            return [Edit(visit_screens.surely(turn.words, request_id))]
        case "off2":
            heard = await visiting.call_off(turn.tx, turn.place, turn.contact, request_id, now=turn.now)
            _leave(turn)
            return [Edit(visit_screens.called_off(turn.words)), *heard]
    raise Refused("refused-stale")


async def told(turn: Turn) -> Sequence[Effect]:
    """The new time, in the customer's words. What comes too late for that is a word to the team."""
    state = turn.conversation.state or {}
    request_id, until = state.get("request"), state.get("until")
    if request_id is None or until is None or turn.now > datetime.fromisoformat(until):
        turn.conversation.leave()
        return await talk.hear(turn)
    kept = state.get("half")
    half = values.Half(kept[0], kept[1], kept[2]) if kept else None
    try:
        said = await visiting.propose(turn.tx, turn.place, turn.contact, request_id, turn.text, half=half, now=turn.now)
    except Refused:
        turn.conversation.leave()
        raise
    zone = visiting.zone_of(turn.place)
    read = said.read
    if read.choices:
        return [Say(visit_screens.which(turn.words, request_id, read.choices, zone=zone, now=turn.now))]
    if read.at is None:
        _wait(turn, request_id, read.half or half)
        return [Say(visit_screens.when(turn.words, request_id, half=read.half, problem=read.problem))]
    turn.conversation.leave()
    visit = await visiting.own(turn.db, turn.contact, request_id, now=turn.now)
    return [Say(visit_screens.proposed(turn.words, visit.at, zone=zone, now=turn.now)), *said.heard]


async def agree(turn: Turn) -> Sequence[Effect]:
    """The team agrees to the time that was proposed."""
    _, request_id, _ = _parts(f"ok:{turn.args}")
    heard = await visiting.agree(turn.tx, turn.place, turn.staff, request_id, now=turn.now)
    return [Edit(visit_screens.agreed_by_team(turn.words, request_id)), *heard]


async def _confirm(turn: Turn, request_id: int) -> Sequence[Effect]:
    heard = await visiting.confirm(turn.tx, turn.place, turn.contact, request_id, now=turn.now)
    return [Edit(await _standing(turn, request_id, thanked=True)), *heard]


async def _standing(turn: Turn, request_id: int, *, thanked: bool = False) -> Screen:
    """How the visit stands now: at a time that both agreed to, or the customer's own wish still waits for the team."""
    visit = await visiting.own(turn.tx, turn.contact, request_id, now=turn.now)
    zone = visiting.zone_of(turn.place)
    if visit.state == "moving":
        agreed = await visiting.agreed_time(turn.tx, visit, now=turn.now)
        return visit_screens.waits(turn.words, request_id, visit.at, agreed, zone=zone, now=turn.now)
    if thanked:
        return visit_screens.confirmed(turn.words, request_id, visit.at, zone=zone, now=turn.now)
    return visit_screens.stays(turn.words, visit.at, zone=zone, now=turn.now)


async def _ask(turn: Turn, request_id: int) -> Sequence[Effect]:
    await visiting.own(turn.db, turn.contact, request_id, now=turn.now)
    capturing.put_aside(turn.conversation)
    _wait(turn, request_id, None)
    return [Say(visit_screens.when(turn.words, request_id))]


def _wait(turn: Turn, request_id: int, half: values.Half | None) -> None:
    kept = [half.missing, half.value, half.part] if half is not None else None
    until = (turn.now + visiting.PATIENCE).isoformat()
    turn.conversation.enter(visiting.FLOW, {"request": request_id, "half": kept, "until": until})


def _leave(turn: Turn) -> None:
    if turn.conversation.flow == visiting.FLOW:
        turn.conversation.leave()


def _parts(data: str) -> tuple[str, int, datetime | None]:
    """What was pressed, of which request, and which time. Raises Refused for data that no button of ours has."""
    what, _, rest = data.partition(":")
    number, _, stamp = rest.partition(":")
    for part in (number, stamp or "0"):
        if not (part.isascii() and part.isdecimal() and int(part[:20]) < _LARGEST):
            raise Refused("refused-stale")
    try:
        at = datetime.fromtimestamp(int(stamp), UTC) if stamp else None
    except (ValueError, OverflowError, OSError):
        raise Refused("refused-stale") from None
    return what, int(number), at
