"""A contact's family: looked at, added to, taken off."""

from __future__ import annotations

from collections.abc import Sequence

from crm import values
from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import permitting, profiling, showing
from services.refusals import Refused
from storage.contacts import Contact
from views import profiles
from views.messages import Edit, Effect, Say, Screen, Toast

FLOW = profiling.FLOW


def routes() -> Routes:
    return Routes(
        presses={
            "kin": staffed(family),
            "kinadd": staffed(ask, Right.EDIT),
            "kinpick": staffed(picked, Right.EDIT),
            "kindel": staffed(removed, Right.EDIT),
        },
        flows={FLOW: waiting(told, Right.EDIT)},
    )


async def family(turn: Turn) -> Sequence[Effect]:
    """Everybody. Coming back from a question (`:end`) ends it."""
    contact = await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
    if turn.args.endswith(":end") and turn.conversation.flow == FLOW:
        turn.conversation.leave()
    return [Edit(await _family(turn, contact), memo={"contact": contact.id})]


async def ask(turn: Turn) -> Sequence[Effect]:
    """Who is it, and when were they born?"""
    contact = await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
    kind = turn.args.partition(":")[2]
    if kind not in profiles.KINDS:
        raise Refused("refused-stale")
    if contact.consent_version is None:
        raise Refused("refused-personal", alert=True)
    desk.enter(turn, FLOW, {"contact": contact.id, "kind": kind})
    return [Edit(profiles.ask_kin(desk.reader(turn), await desk.who(turn, contact), kind))]


async def told(turn: Turn) -> Sequence[Effect]:
    """A name, a birthday, or both in one line."""
    state = desk.state(turn)
    read = profiling.read(turn.text, now=turn.now, zone=turn.zone, language=turn.language)
    if isinstance(read, profiling.Told) and len(read.birthdays) < 2:
        return await _keep(turn, read.name, next(iter(read.birthdays), None))
    contact = await permitting.contact(turn.db, int(state["contact"]))
    doubt = read if isinstance(read, profiling.Told) else profiling.Told()
    turn.conversation.enter(FLOW, {**state, "name": doubt.name, "birthdays": list(doubt.birthdays)})
    screen = profiles.ask_kin(
        desk.reader(turn),
        await desk.who(turn, contact),
        str(state["kind"]),
        problem=read.reason if isinstance(read, values.Refused) else "date-doubt",
        params=read.params if isinstance(read, values.Refused) else None,
        birthdays=doubt.birthdays,
    )
    return [Say(screen)]


async def picked(turn: Turn) -> Sequence[Effect]:
    """Which of the days was meant."""
    state = desk.state(turn) if turn.conversation.flow == FLOW else {}
    (place,) = desk.numbers(turn, 1)
    birthdays = state.get("birthdays", [])
    if place >= len(birthdays):
        raise Refused("refused-stale")
    return await _keep(turn, state.get("name"), birthdays[place])


async def removed(turn: Turn) -> Sequence[Effect]:
    contact_id, relative_id = desk.numbers(turn, 2)
    await profiling.remove_relative(turn.tx, turn.staff, contact_id, relative_id, now=turn.now)
    contact = await permitting.contact(turn.db, contact_id)
    return [Edit(await _family(turn, contact)), Toast(turn.words.plain("edit-kept"))]


async def _keep(turn: Turn, name: str | None, birthday: str | None) -> Sequence[Effect]:
    state = desk.state(turn)
    contact = await permitting.contact(turn.db, int(state["contact"]))
    await profiling.add_relative(
        turn.tx, turn.staff, contact.id, str(state["kind"]), name=name, birthday=birthday, now=turn.now
    )
    turn.conversation.leave()
    return [Say(await _family(turn, contact), memo={"contact": contact.id})]


async def _family(turn: Turn, contact: Contact) -> Screen:
    kin = await showing.family(turn.db, contact.id)
    return profiles.family(desk.reader(turn), await desk.who(turn, contact), kin)
