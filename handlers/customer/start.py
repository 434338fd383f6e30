"""The door: /start with or without a link's payload, and /help."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.customer import capture, inputs
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import claiming, meeting
from views import claim_links, customers
from views.messages import Effect, Say

_SOURCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FORM = "form_"


def routes() -> Routes:
    return Routes(commands={"start": Route(start), "help": Route(assist)}, presses={"help": Route(assist)})


async def start(turn: Turn) -> Sequence[Effect]:
    """Greets and offers the forms; a link may open one of them, and says where the person came from. Pressed again it
    greets again and changes nothing: a form in progress stays where it is."""
    said = await _claimed(turn) if turn.staff is None and turn.args.startswith(claiming.PREFIX) else []
    contact = await meeting.meet_customer(turn.tx, turn.contact, turn.staff, inputs.profile(turn), now=turn.now)
    if turn.staff is not None and turn.staff.started_at is None:
        await meeting.join_in(turn.tx, turn.staff, inputs.profile(turn), now=turn.now)
    payload = turn.args if _SOURCE.fullmatch(turn.args) and not turn.args.startswith(claiming.PREFIX) else ""
    if contact is not None and payload and not payload.startswith(_FORM):
        await meeting.note_source(turn.tx, contact, payload, now=turn.now)
    opened = await _opened(turn, payload)
    if opened is not None:
        return opened
    name = (contact.name if contact is not None else None) or ""
    greeting = Say(customers.greeting(turn.words, turn.playbook, name, for_staff=turn.staff is not None))
    offer = await capture.unfinished(turn)
    return [*said, greeting] if offer is None else [*said, greeting, offer]


async def assist(turn: Turn) -> Sequence[Effect]:
    """/help: what can be done here, in the reader's role."""
    screen = customers.help_page(turn.words, turn.playbook, for_staff=turn.staff is not None)
    return [Say(screen), *await capture.where_stopped(turn)]


async def _claimed(turn: Turn) -> list[Effect]:
    """What came of a link that joins a person to the card there is of them already."""
    token = turn.args.removeprefix(claiming.PREFIX)
    came = await claiming.claim(turn.tx, turn.place, turn.contact, inputs.profile(turn), token, now=turn.now)
    if came.outcome == "joined":
        turn.contact = came.contact
    return [Say(claim_links.answer(turn.words, came.outcome))]


async def _opened(turn: Turn, payload: str) -> Sequence[Effect] | None:
    """The form that a link names; None for a payload that names none of the playbook's."""
    form_id = payload.removeprefix(_FORM)
    if form_id == payload or turn.playbook.form(form_id) is None:
        return None
    offer = await capture.unfinished(turn)
    return await capture.begin(turn, form_id) if offer is None else [offer]
