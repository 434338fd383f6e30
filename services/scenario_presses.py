"""What a button under a scenario's message does: it is counted, and then a form begins or somebody is to call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crm.playbook_scenarios import MessageButton
from locales import words_in
from services import ageing, alerting, journeying, pressing
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, events, journeys, requests
from storage.contacts import Contact
from storage.engine import Tx
from views.messages import Say


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press, and what the team is told of it."""

    button: MessageButton
    heard: list[Say]


async def press(
    tx: Tx, place: Place, contact: Contact, journey_id: int, step: int, number: int, *, now: datetime
) -> Pressed:
    """Counts a press, and asks for a call once. Raises Refused for a button that is not there (any more), and for a
    message that was not for this person: data of buttons come from outside."""
    way = await journeys.get(tx, journey_id)
    scenario = place.playbooks.current.scenario(way.scenario_id) if way is not None else None
    if way is None or way.contact_id != contact.id or scenario is None or not 0 <= step < len(scenario.plan):
        raise Refused("refused-stale")
    try:
        _, buttons = journeying.said(place, scenario, scenario.plan[step], contact.id)
    except LookupError:
        raise Refused("refused-stale") from None
    if not 0 <= number < len(buttons):
        raise Refused("refused-stale")
    button = buttons[number]
    key = journeys.key(way.id, step)
    first = await pressing.note(tx, key=key, button=named(_does(button), number), contact_id=contact.id, now=now)
    journeys.wake(tx, way.id, now=now)
    heard = await _call(tx, place, contact, now=now) if button.call and first else []
    return Pressed(button, heard)


async def _call(tx: Tx, place: Place, contact: Contact, *, now: datetime) -> list[Say]:
    """Somebody wants to be called: a request like any other, which the team takes."""
    words = words_in(place.playbooks.current.business.language)
    request = await requests.create(tx, contact.id, title=words.plain("scenario-call-request"), answers=[], now=now)
    await contacts.count_request(tx, contact.id, opened=1, total=1, now=now)
    await ageing.refresh(tx, place, contact.id, now=now)
    events.add(tx, contact.id, "request", request_id=request.id, text=request.title, now=now)
    return await alerting.request_created(tx, place, request.id, now)


def named(does: str, number: int) -> str:
    """What a button is called where presses are asked for: what it does, and its place where it is not the first."""
    return does if number == 0 else f"{does}{number + 1}"


def _does(button: MessageButton) -> str:
    return "form" if button.form is not None else "call" if button.call else "promo" if button.promo else "link"
