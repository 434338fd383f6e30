"""Two cards of one person: /duplicates, both side by side, merging field by field, and taking them apart again."""

from __future__ import annotations

from collections.abc import Sequence

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import merging, pairing, permitting
from services.pairing import Choosing
from services.refusals import Refused
from storage import outbox
from views import side_by_side
from views.messages import Edit, Effect, Say, Screen, Toast
from views.side_by_side import Compared


def routes() -> Routes:
    return Routes(
        commands={"duplicates": staffed(duplicates, Right.SEE)},
        presses={"dup": staffed(pressed, Right.SEE, heavy=True)},
        flows={merging.FLOW: waiting(named, Right.EDIT)},
    )


async def duplicates(turn: Turn) -> Sequence[Effect]:
    """/duplicates: the queue; with two numbers those two side by side, with one its duplicate is asked for."""
    numbers = [part.lstrip("#№") for part in turn.args.split()]
    if not all(map(desk.is_id, numbers)) or len(numbers) > 2:
        return [Say(Screen(turn.words("usage-duplicates")))]
    if len(numbers) == 2:
        return [Say(await _pair(turn, int(numbers[0]), int(numbers[1])))]
    if numbers:
        return await _ask_other(turn, int(numbers[0]))
    return [Say(await _queue(turn, 0))]


async def pressed(turn: Turn) -> Sequence[Effect]:
    """Every button of these screens begins with `dup:` and what to do."""
    what, _, turn.args = turn.args.partition(":")
    if what not in _PRESSES:
        raise Refused("refused-stale")
    return await _PRESSES[what](turn)


async def of(turn: Turn) -> Sequence[Effect]:
    """From a card: whose duplicate is it?"""
    return await _ask_other(turn, desk.numbers(turn, 1)[0])


async def named(turn: Turn) -> Sequence[Effect]:
    """Who the other card is: by number, or by anything to search by."""
    contact = await permitting.contact(turn.db, int(desk.state(turn)["contact"]))
    found = await pairing.candidates(turn.db, turn.place, contact.id, turn.text, now=turn.now)
    if len(found) == 1:
        turn.conversation.leave()
        return [Say(await _pair(turn, contact.id, found[0].id))]
    return [Say(side_by_side.which(desk.reader(turn), await desk.who(turn, contact), found))]


async def queue(turn: Turn) -> Sequence[Effect]:
    """The pair at this place of the queue."""
    return [Edit(await _queue(turn, desk.numbers(turn, 1)[0]))]


async def show(turn: Turn) -> Sequence[Effect]:
    """Two cards side by side: of a list that was searched, or back from choosing."""
    one, other = desk.numbers(turn, 2)
    if turn.conversation.flow == merging.FLOW:
        turn.conversation.leave()
    return [Edit(await _pair(turn, one, other, at=_place(turn)))]


async def join(turn: Turn) -> Sequence[Effect]:
    """What goes into the one card."""
    one, other = desk.numbers(turn, 2)
    seen, choosing = await pairing.begin(turn.db, turn.place, turn.staff, one, other, at=_place(turn))
    return [_shown(turn, seen, choosing)]


async def pick(turn: Turn) -> Sequence[Effect]:
    """The other value of one field."""
    return await _changed(turn, (await _choosing(turn)).picked(desk.numbers(turn, 1)[0]))


async def swap(turn: Turn) -> Sequence[Effect]:
    """The other card stays."""
    return await _changed(turn, (await _choosing(turn)).swapped())


async def do(turn: Turn) -> Sequence[Effect]:
    """One card, as chosen."""
    kept = await _choosing(turn)
    change_id = await merging.decide(
        turn.tx,
        turn.place,
        turn.staff,
        kept.winner_id,
        kept.loser_id,
        kept.choices,
        versions=kept.versions,
        now=turn.now,
    )
    who = await desk.who(turn, await permitting.contact(turn.db, kept.winner_id))
    screen = side_by_side.joined(desk.reader(turn), who, kept.loser_id, change_id, place=kept.place)
    return [Edit(screen, memo={"contact": who.id}), Toast(turn.words.plain("dup-did"))]


async def undo(turn: Turn) -> Sequence[Effect]:
    """Two cards again."""
    undone = await merging.undo(turn.tx, turn.place, turn.staff, desk.numbers(turn, 1)[0], now=turn.now)
    winner = await desk.who(turn, await permitting.contact(turn.db, undone.winner_id))
    loser = await desk.who(turn, await permitting.contact(turn.db, undone.loser_id))
    screen = side_by_side.taken_apart(desk.reader(turn), winner, loser, kept=undone.kept)
    return [Edit(screen), Toast(turn.words.plain("dup-did-undo"))]


async def apart(turn: Turn) -> Sequence[Effect]:
    """Two people, never to be offered again; the next pair where the queue was being gone through."""
    one, other = desk.numbers(turn, 2)
    await merging.not_same(turn.tx, turn.staff, one, other, now=turn.now)
    toast, at = Toast(turn.words.plain("dup-parted")), _place(turn)
    screen = Screen(turn.words("dup-parted")) if at is None else await _queue(turn, at)
    return [Edit(screen), toast]


_PRESSES = {
    "queue": queue,
    "show": show,
    "join": join,
    "pick": pick,
    "swap": swap,
    "do": do,
    "undo": undo,
    "apart": apart,
    "of": of,
}


async def _queue(turn: Turn, at: int) -> Screen:
    found = await pairing.next_open(turn.db, at)
    if found is None:
        return side_by_side.none_left(desk.reader(turn))
    open_pair, place = found
    return await _pair(turn, open_pair.low_id, open_pair.high_id, at=place)


async def _pair(turn: Turn, one: int, other: int, *, at: int | None = None) -> Screen:
    seen = await pairing.compared(turn.db, turn.place, turn.staff, one, other, at=at)
    return side_by_side.pair(desk.reader(turn), seen)


async def _ask_other(turn: Turn, contact_id: int) -> Sequence[Effect]:
    permitting.require(turn.staff, Right.EDIT)
    contact = await permitting.contact(turn.db, contact_id)
    desk.enter(turn, merging.FLOW, {"contact": contact.id})
    return [Say(side_by_side.ask_other(desk.reader(turn), await desk.who(turn, contact)))]


async def _changed(turn: Turn, choosing: Choosing) -> Sequence[Effect]:
    seen = await pairing.compared(
        turn.db, turn.place, turn.staff, choosing.winner_id, choosing.loser_id, at=choosing.place
    )
    return [_shown(turn, seen, choosing)]


def _shown(turn: Turn, seen: Compared, choosing: Choosing) -> Edit:
    screen = side_by_side.choosing(desk.reader(turn), seen, choosing.chosen, place=choosing.place)
    return Edit(screen, memo={"dup": choosing.to_json()})


async def _choosing(turn: Turn) -> Choosing:
    """What the message under which the button was pressed remembers."""
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0) or {}
    if "dup" not in memo:
        raise Refused("refused-stale")
    return Choosing.from_json(memo["dup"])


def _place(turn: Turn) -> int | None:
    """The pair's place in the queue, where it was come upon there."""
    parts = turn.args.split(":")
    return int(parts[2]) if len(parts) > 2 and desk.is_id(parts[2]) else None
