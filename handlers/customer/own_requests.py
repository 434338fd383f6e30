"""/requests: where each of one's requests stands, a word more for it, or taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.customer import capture, inputs, talk
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import capturing, following, meeting, showing
from services.refusals import Refused
from storage import requests
from storage.requests import Request
from views import request_pages
from views.messages import Edit, Effect, Say, Screen
from views.request_pages import OwnRequest

LISTED = 10


def routes() -> Routes:
    return Routes(
        commands={"requests": Route(listed)},
        presses={
            "rq": Route(listed),
            "rq1": Route(one),
            "rqmore": Route(more),
            "rqoff": Route(withdraw),
            "rqoff2": Route(withdraw_surely),
            "rqend": Route(enough),
        },
        flows={following.FLOW: Route(added)},
    )


async def listed(turn: Turn) -> Sequence[Effect]:
    """The latest requests, the newest first."""
    found = [] if turn.contact is None else await requests.of_contact(turn.db, turn.contact.id, limit=LISTED)
    own = [_shown(turn, request) for request in found]
    screen = request_pages.listed(turn.words, turn.playbook, own, zone=turn.zone, now=turn.now)
    return [Say(screen), *await capture.where_stopped(turn)]


async def one(turn: Turn) -> Sequence[Effect]:
    """One request: its stage, its answers, what can be done."""
    return [Edit(_card(turn, await following.own(turn.db, turn.contact, _id(turn))))]


async def more(turn: Turn) -> Sequence[Effect]:
    """The next messages belong to this request."""
    request = await following.own_open(turn.db, turn.contact, _id(turn))
    capturing.put_aside(turn.conversation)
    turn.conversation.enter(following.FLOW, {"request": request.id})
    return [Say(request_pages.more(turn.words, request.id))]


async def added(turn: Turn) -> Sequence[Effect]:
    """A word or a file for the request; the person says when it is enough."""
    assert turn.conversation.state is not None
    request_id = turn.conversation.state["request"]
    contact = await meeting.meet(turn.tx, turn.contact, inputs.profile(turn), now=turn.now)
    try:
        alerts = await following.add(turn.tx, turn.place, contact, request_id, talk.heard(turn), now=turn.now)
    except Refused:
        # Closed meanwhile: the words must not be lost, so they go to the team as any others.
        turn.conversation.leave()
        return await talk.hear(turn)
    screen = request_pages.added(turn.words, request_id)
    # Of an album, or of several lines in a row, one receipt that is moved on.
    return [Say(screen, key=f"more:{request_id}:{turn.now:%Y%m%d%H%M}"), *alerts]


async def enough(turn: Turn) -> Sequence[Effect]:
    """Nothing more for the request: the next message is a message to the team."""
    if turn.conversation.flow == following.FLOW:
        turn.conversation.leave()
    offer = await capture.unfinished(turn)
    said: list[Effect] = [Edit(request_pages.enough(turn.words, _id(turn)))]
    return said if offer is None else [*said, offer]


async def withdraw(turn: Turn) -> Sequence[Effect]:
    """Asked twice: a request taken back is not given again."""
    request = await following.own_open(turn.db, turn.contact, _id(turn))
    return [Edit(request_pages.withdraw(turn.words, request.id))]


async def withdraw_surely(turn: Turn) -> Sequence[Effect]:
    """Taken back; the team is told."""
    request = await following.own_open(turn.db, turn.contact, _id(turn))
    contact = turn.contact
    assert contact is not None
    alerts = await following.withdraw(turn.tx, turn.place, contact, request.id, now=turn.now)
    return [Edit(request_pages.withdrawn(turn.words, request.id)), *alerts]


def _card(turn: Turn, request: Request) -> Screen:
    return request_pages.card(turn.words, turn.playbook, _shown(turn, request), zone=turn.zone, now=turn.now)


def _shown(turn: Turn, request: Request) -> OwnRequest:
    return OwnRequest(
        number=request.id,
        asked=showing.asked(turn.place, request),
        pipeline=request.pipeline,
        stage=request.stage,
        closed=following.is_closed(request),
        created_at=request.created_at,
    )


def _id(turn: Turn) -> int:
    """The number in a button's data. Raises Refused for anything else."""
    if not turn.args.isdecimal() or len(turn.args) > 15:
        raise Refused("refused-request")
    return int(turn.args)
