"""/add: a card for who walked in or called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm import values
from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk, pages
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import adding, consenting, permitting
from services.adding import Newcomer
from services.refusals import Refused
from views import staff_adding
from views.messages import Edit, Effect, Say, Screen


def routes() -> Routes:
    return Routes(
        commands={"add": staffed(add, Right.ADD)},
        presses={
            "add": staffed(add_pressed, Right.ADD),
            "addskip": staffed(skip, Right.ADD),
            "addfrom": staffed(came_from, Right.ADD),
            "addsame": staffed(same, Right.ADD),
            "addother": staffed(other, Right.ADD),
            "addend": staffed(save, Right.ADD),
        },
        flows={adding.FLOW: waiting(answered, Right.ADD)},
    )


async def add(turn: Turn) -> Sequence[Effect]:
    """/add, or at once /add NAME PHONE E-MAIL."""
    return await _go_on(turn, adding.begin(turn.staff, turn.playbook, turn.args))


async def add_pressed(turn: Turn) -> Sequence[Effect]:
    return await _go_on(turn, adding.begin(turn.staff, turn.playbook, ""))


async def answered(turn: Turn) -> Sequence[Effect]:
    """What was typed for the open question; a contact from the phone's book answers with its name or number."""
    new = _open(turn)
    card = turn.message.contact
    said = turn.text
    if card is not None:
        said = card.phone_number if new.step == "phone" else " ".join(filter(None, (card.first_name, card.last_name)))
    read = adding.answer(new, turn.playbook, said)
    if isinstance(read, Newcomer):
        return await _go_on(turn, read.next() if read.step != "name" or read.name else read)
    if isinstance(read, values.Unsure):
        # A domain that looks misspelt: taken as it was meant, and shown before anything is kept.
        return await _go_on(turn, replace(new, email=str(read.choices[0])).next())
    return [Say(_question(turn, new, problem=read.reason, params=dict(read.params)))]


async def skip(turn: Turn) -> Sequence[Effect]:
    return await _go_on(turn, _open(turn).passing())


async def came_from(turn: Turn) -> Sequence[Effect]:
    """The source, by a button."""
    new = _open(turn)
    if turn.args not in adding.SOURCES or new.step != "source":
        raise Refused("refused-stale")
    return await _go_on(turn, replace(new, source=turn.args).next())


async def same(turn: Turn) -> Sequence[Effect]:
    """It is the one who has a card already."""
    contact = await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
    if turn.conversation.flow == adding.FLOW:
        turn.conversation.leave()
    return await pages.opened(turn, contact)


async def other(turn: Turn) -> Sequence[Effect]:
    """Somebody else with the same phone, e-mail or username."""
    new = _open(turn)
    return await _go_on(turn, replace(new, twins=(*new.twins, desk.numbers(turn, 1)[0])))


async def save(turn: Turn) -> Sequence[Effect]:
    """The person agreed that this is kept, or did not."""
    new, agreed = _open(turn), turn.args == "yes"
    contact = await adding.save(
        turn.tx, turn.place, turn.staff, new, agreed=agreed, message_id=turn.message_id, now=turn.now
    )
    turn.conversation.leave()
    made = staff_adding.made(turn.words, await desk.who(turn, contact), agreed=agreed)
    card = await pages.screen_of(turn, contact)
    return [Edit(Screen(made, protect=True), memo={"contact": contact.id}), Say(card, memo={"contact": contact.id})]


async def _go_on(turn: Turn, new: Newcomer) -> Sequence[Effect]:
    """The next question, unless the person has a card already."""
    desk.enter(turn, adding.FLOW, {"new": new.to_json()})
    found = await adding.twin(turn.db, new, now=turn.now)
    if found is not None:
        return [Say(staff_adding.twin(turn.words, await desk.who(turn, found)))]
    if new.step == "consent":
        return [Say(_agreement(turn, new))]
    return [Say(_question(turn, new))]


def _question(
    turn: Turn, new: Newcomer, *, problem: str | None = None, params: dict[str, str | int | float] | None = None
) -> Screen:
    return staff_adding.question(
        turn.words,
        new.step,
        sources=adding.SOURCES,
        optional=new.step in adding.OPTIONAL,
        problem=problem,
        params=params,
        username=new.username if new.step == "name" else None,
    )


def _agreement(turn: Turn, new: Newcomer) -> Screen:
    return staff_adding.agreement(
        turn.words,
        name=new.name or "",
        phone=new.phone,
        email=new.email,
        source=new.source,
        note=new.note,
        text=consenting.text_of(turn.playbook, turn.language),
    )


def _open(turn: Turn) -> Newcomer:
    """The questions in progress. Raises Refused where there are none."""
    if turn.conversation.flow != adding.FLOW:
        raise Refused("refused-stale")
    return Newcomer.from_json(desk.state(turn)["new"])
