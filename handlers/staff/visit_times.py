"""Another time for a booked visit, set by the team from the request's card: asked for, shown as it was understood, set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from crm import values
from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import rebooking, visiting
from services.refusals import Refused
from views import visit_screens
from views.messages import Edit, Effect, Say


def routes() -> Routes:
    return Routes(
        presses={
            "vtime": staffed(ask, Right.SERVE),
            "vpick": staffed(pick, Right.SERVE),
            "vset": staffed(set_time, Right.SERVE),
        },
        flows={rebooking.FLOW: waiting(answered, Right.SERVE)},
    )


async def ask(turn: Turn) -> Sequence[Effect]:
    """To what time?"""
    (request_id,) = desk.numbers(turn, 1)
    visit = await rebooking.open_visit(turn.db, turn.staff, request_id)
    _wait(turn, request_id, None)
    zone = visiting.zone_of(turn.place)
    return [Say(visit_screens.ask_new_time(desk.reader(turn), request_id, visit.at, zone=zone))]


async def answered(turn: Turn) -> Sequence[Effect]:
    """The time in one's own words; what is missing or doubtful is asked."""
    state = desk.state(turn)
    request_id, kept = int(state["request"]), state.get("half")
    visit = await rebooking.open_visit(turn.db, turn.staff, request_id)
    half = values.Half(kept[0], kept[1], kept[2]) if kept else None
    reader, zone = desk.reader(turn), visiting.zone_of(turn.place)
    read = visiting.read_time(turn.place, turn.text, half=half, now=turn.now, language=turn.language)
    if read.at is not None:
        turn.conversation.leave()
        return [Say(visit_screens.confirm_time(reader, request_id, before=visit.at, at=read.at, zone=zone))]
    if read.choices:
        return [Say(visit_screens.which_time(reader, request_id, read.choices, zone=zone))]
    _wait(turn, request_id, read.half or half)
    again = visit_screens.ask_new_time(reader, request_id, visit.at, zone=zone, half=read.half, problem=read.problem)
    return [Say(again)]


async def pick(turn: Turn) -> Sequence[Effect]:
    """One of the meanings of a doubtful time."""
    request_id, stamp = desk.numbers(turn, 2)
    visit = await rebooking.open_visit(turn.db, turn.staff, request_id)
    if turn.conversation.flow == rebooking.FLOW:
        turn.conversation.leave()
    screen = visit_screens.confirm_time(
        desk.reader(turn), request_id, before=visit.at, at=_moment(stamp), zone=visiting.zone_of(turn.place)
    )
    return [Edit(screen)]


async def set_time(turn: Turn) -> Sequence[Effect]:
    """It was looked at and is right."""
    request_id, stamp, was = desk.numbers(turn, 3)
    done = await rebooking.move(
        turn.tx, turn.place, turn.staff, request_id, _moment(stamp), was=_moment(was), now=turn.now
    )
    screen = visit_screens.time_set(
        desk.reader(turn),
        await desk.who(turn, done.contact),
        request_id,
        at=done.at,
        zone=visiting.zone_of(turn.place),
        told=done.told,
    )
    return [Edit(screen, memo={"contact": done.contact.id, "request": request_id}), *done.said]


def _wait(turn: Turn, request_id: int, half: values.Half | None) -> None:
    kept = [half.missing, half.value, half.part] if half is not None else None
    desk.enter(turn, rebooking.FLOW, {"request": request_id, "half": kept})


def _moment(stamp: int) -> datetime:
    """Seconds of a button's data. Raises Refused for what no clock shows."""
    try:
        return datetime.fromtimestamp(stamp, UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused("refused-stale") from None
