"""Requests on their way: take, done, lost and why, spam and back, reopen; the queue."""

from __future__ import annotations

from collections.abc import Sequence

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import permitting, serving, showing
from services.refusals import Refused
from storage import requests as rows
from storage.requests import Request
from views import cards, lists
from views import request_cards as views
from views.messages import Edit, Effect, Say, Screen, Toast

PAGE = 8


def routes() -> Routes:
    return Routes(
        commands={"queue": staffed(queue, reading=True)},
        presses={
            "queue": staffed(queue_page, reading=True),
            "open": staffed(opened, reading=True),
            "req": staffed(shown, reading=True),
            "take": staffed(take, Right.SERVE),
            "done": staffed(done, Right.SERVE),
            "lost": staffed(lost, Right.SERVE),
            "why": staffed(lost_because, Right.SERVE),
            "reopen": staffed(reopen, Right.SERVE),
            "spam": staffed(spam, Right.SERVE),
            "spamc": staffed(spam_contact, Right.SERVE),
            "unspam": staffed(unspam, Right.SERVE),
        },
        flows={serving.LOST_FLOW: waiting(lost_typed, Right.SERVE)},
    )


async def queue(turn: Turn) -> Sequence[Effect]:
    """/queue: open requests, the oldest first."""
    return [Say(await _queue(turn, 0))]


async def queue_page(turn: Turn) -> Sequence[Effect]:
    """Another page, in place; from a digest as a message of its own."""
    (offset,) = desk.numbers(turn, 1)
    screen = await _queue(turn, offset)
    return [Say(screen)] if turn.args.endswith(":new") else [Edit(screen)]


async def opened(turn: Turn) -> Sequence[Effect]:
    """One request of a list, as a message of its own."""
    request = await _request(turn, desk.numbers(turn, 1)[0])
    return [Say(await _card(turn, request), memo=_memo(request))]


async def shown(turn: Turn) -> Sequence[Effect]:
    """The request again, in place of its reasons."""
    request = await _request(turn, desk.numbers(turn, 1)[0])
    return [Edit(await _card(turn, request), memo=_memo(request))]


async def take(turn: Turn) -> Sequence[Effect]:
    """It is mine now."""
    (number,) = desk.numbers(turn, 1)
    said = await serving.take(turn.tx, turn.place, number, turn.staff, now=turn.now)
    return await _moved(turn, number, said, turn.words.plain("did-take"))


async def done(turn: Turn) -> Sequence[Effect]:
    (number,) = desk.numbers(turn, 1)
    said = await serving.finish(turn.tx, turn.place, number, turn.staff, now=turn.now)
    return await _moved(turn, number, said, turn.words.plain("did-done"))


async def lost(turn: Turn) -> Sequence[Effect]:
    """Why? The pipeline's reasons, or one's own words."""
    request = await _request(turn, desk.numbers(turn, 1)[0])
    contact = await permitting.contact(turn.db, request.contact_id)
    seen = await showing.request(turn.db, turn.place, request, contact)
    titles = showing.lost_reasons(turn.place, request, turn.language)
    return [Edit(views.reasons(desk.reader(turn), seen, titles), memo=_memo(request))]


async def lost_because(turn: Turn) -> Sequence[Effect]:
    """A reason was chosen; or it is going to be typed."""
    (number,) = desk.numbers(turn, 1)
    which = turn.args.partition(":")[2]
    if which == "own":
        desk.enter(turn, serving.LOST_FLOW, {"request": number})
        return [Say(views.reason_asked(turn.words, number))]
    request = await _request(turn, number)
    titles = showing.lost_reasons(turn.place, request, turn.place.playbooks.current.business.language)
    if not desk.is_id(which) or int(which) >= len(titles):
        raise Refused("refused-stale")
    said = await serving.lose(turn.tx, turn.place, number, turn.staff, titles[int(which)], now=turn.now)
    return await _moved(turn, number, said, turn.words.plain("did-lost"))


async def lost_typed(turn: Turn) -> Sequence[Effect]:
    """The reason in one's own words."""
    number = int(desk.state(turn)["request"])
    said = await serving.lose(turn.tx, turn.place, number, turn.staff, turn.text, now=turn.now)
    turn.conversation.leave()
    request = await _request(turn, number)
    return [*said, Say(await _card(turn, request), memo=_memo(request))]


async def reopen(turn: Turn) -> Sequence[Effect]:
    (number,) = desk.numbers(turn, 1)
    said = await serving.reopen(turn.tx, turn.place, number, turn.staff, now=turn.now)
    return await _moved(turn, number, said, turn.words.plain("did-reopen"))


async def spam(turn: Turn) -> Sequence[Effect]:
    """The request's contact is hidden and silent from now on."""
    request = await _request(turn, desk.numbers(turn, 1)[0])
    said = await serving.mark_spam(turn.tx, turn.place, request.contact_id, turn.staff, now=turn.now)
    return await _moved(turn, request.id, said, turn.words.plain("did-spam"))


async def spam_contact(turn: Turn) -> Sequence[Effect]:
    """The same from a card."""
    (contact_id,) = desk.numbers(turn, 1)
    said = await serving.mark_spam(turn.tx, turn.place, contact_id, turn.staff, now=turn.now)
    return await _contact_moved(turn, contact_id, said, turn.words.plain("did-spam"))


async def unspam(turn: Turn) -> Sequence[Effect]:
    """It was no spam: from a request (its number follows) or from a card."""
    contact_id, *rest = desk.numbers(turn, turn.args.count(":") + 1)
    said = await serving.unmark_spam(turn.tx, turn.place, contact_id, turn.staff, now=turn.now)
    if not rest:
        return await _contact_moved(turn, contact_id, said, turn.words.plain("did-unspam"))
    return await _moved(turn, rest[0], said, turn.words.plain("did-unspam"))


async def _queue(turn: Turn, offset: int) -> Screen:
    total = await rows.count_open(turn.db)
    seen = []
    for request in await rows.open_ones(turn.db, limit=PAGE, offset=offset):
        contact = await permitting.contact(turn.db, request.contact_id)
        seen.append(await showing.request(turn.db, turn.place, request, contact))
    return lists.queue(desk.reader(turn), seen, offset=offset, size=PAGE, total=total)


async def _moved(turn: Turn, number: int, said: Sequence[Effect], toast: str) -> Sequence[Effect]:
    """The pressed message shows the new stage, as the others do."""
    request = await _request(turn, number)
    return [*said, Edit(await _card(turn, request)), Toast(toast)]


async def _contact_moved(turn: Turn, contact_id: int, said: Sequence[Effect], toast: str) -> Sequence[Effect]:
    contact = await permitting.contact(turn.db, contact_id)
    card = cards.card(desk.reader(turn), await showing.card(turn.db, turn.place, contact, role=desk.role(turn)))
    return [*said, Edit(card), Toast(toast)]


async def _request(turn: Turn, number: int) -> Request:
    request = await rows.get(turn.db, number)
    if request is None:
        raise Refused("refused-request-unknown", number=str(number))
    return request


async def _card(turn: Turn, request: Request) -> Screen:
    contact = await permitting.contact(turn.db, request.contact_id)
    return views.card(desk.reader(turn), await showing.request(turn.db, turn.place, request, contact))


def _memo(request: Request) -> dict[str, int]:
    return {"contact": request.contact_id, "request": request.id}
