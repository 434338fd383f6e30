"""/why: what somebody got, will get and was spared, and why."""

from __future__ import annotations

from collections.abc import Sequence

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import explaining, permitting
from storage.contacts import Contact
from views import why_screens
from views.messages import Edit, Effect, Say, Screen


def routes() -> Routes:
    return Routes(
        commands={"why": staffed(why, Right.WRITE, reading=True)},
        presses={"whyof": staffed(why_pressed, Right.WRITE, reading=True)},
    )


async def why(turn: Turn) -> Sequence[Effect]:
    """/why ID, or as a reply to a message about somebody."""
    contact, _ = await desk.subject(turn, "why")
    return [Say(await _page(turn, contact), memo={"contact": contact.id})]


async def why_pressed(turn: Turn) -> Sequence[Effect]:
    """The button of the card, in place."""
    contact = await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
    return [Edit(await _page(turn, contact), memo={"contact": contact.id})]


async def _page(turn: Turn, contact: Contact) -> Screen:
    found = await explaining.why(turn.db, turn.place, turn.staff, contact, now=turn.now)
    return why_screens.page(desk.reader(turn), found)
