"""What a button under a campaign's message does: it is counted, and then it opens, begins, or calls for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crm import zones
from crm.campaign_letters import Choice, Letter
from crm.purposes import Purpose
from services import alerting, planning, pressing, showing, surveying
from services.refusals import Refused
from services.workplace import Place
from storage import albums, campaign_people, campaigns, staff, tasks
from storage.campaigns import Campaign
from storage.contacts import Contact
from storage.engine import Tx
from storage.members import Recipient
from views import campaign_screens, staff_planning
from views.messages import Say, Screen

CALL_NOT_BEFORE: Final = timedelta(minutes=30)
"""The task rings after the alert: a call that was made at once needs no reminder."""
_DAY_BEGINS: Final = 10


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press. `is_first`: nobody has pressed this button of this message before; `said` is the message as it stands;
    `heard` is what the team is told."""

    choice: Choice
    place: int
    is_first: bool
    said: Screen | None
    heard: list[Say]


async def press(
    tx: Tx, place: Place, contact: Contact | None, campaign_id: int, number: int, *, now: datetime
) -> Pressed:
    """Counts a press and does what it asks for, once. Raises Refused for a button that is not there, and for a campaign
    that was not for this person: data of buttons come from outside."""
    campaign = await campaigns.get(tx, campaign_id)
    key = None if contact is None else await campaign_people.key_of(tx, campaign_id, contact.id)
    if contact is None or campaign is None or key is None:
        raise Refused("refused-stale")
    choices = Letter.from_json(campaign.content).choices
    if not 0 <= number < len(choices):
        raise Refused("refused-stale")
    choice = choices[number]
    first = await pressing.note(tx, key=key, button=named(choices, number), contact_id=contact.id, now=now)
    row = await albums.with_buttons(tx, key)
    heard: list[Say] = []
    if choice.does == "call" and first:
        heard = await _call(tx, place, campaign, contact, now=now)
    if choice.does == "survey" and first:
        _survey(tx, place, campaign, contact, choice.value, now=now)
    return Pressed(choice, number, first, None if row is None else Screen.from_json(row.payload), heard)


def named(choices: tuple[Choice, ...], number: int) -> str:
    """What a button is called where presses are asked for: `call`, and `link2` for the second of a kind."""
    same = [place for place, one in enumerate(choices) if one.does == choices[number].does]
    nth = same.index(number) + 1
    return choices[number].does + (str(nth) if nth > 1 else "")


def _survey(tx: Tx, place: Place, campaign: Campaign, contact: Contact, survey_id: str, *, now: datetime) -> None:
    """Puts the survey; one that the owner has dropped since is put to nobody."""
    survey = place.playbooks.current.survey(survey_id)
    if survey is not None and contact.telegram_id is not None:
        person = Recipient(contact.id, contact.telegram_id, contact.language, contact.name)
        key = f"{surveying.PREFIX}{survey.id}:c{campaign.id}-{contact.id}"
        surveying.ask(tx, survey, person, key=key, at=now, now=now, pressed_for=True)


async def _call(tx: Tx, place: Place, campaign: Campaign, contact: Contact, *, now: datetime) -> list[Say]:
    """The team hears at once that somebody wants to be called, and it is a task of whoever looks after them."""
    if contact.spam_at is not None:
        return []
    who, phone = await showing.who(tx, contact), await showing.phone(tx, contact.id)
    key = f"call:{campaign.id}:{contact.id}"
    heard = [
        Say(
            campaign_screens.wants_call(one.reader, who, campaign=campaign.name, phone=phone),
            chat_id=one.chat_id,
            key=f"{key}:{one.chat_id}",
            purpose=Purpose.STAFF,
            memo={"contact": contact.id},
        )
        for one in await alerting.team(tx, place, now=now)
    ]
    team = await staff.active(tx, "owner", "manager")
    member = next((one for one in team if one.id == contact.owner_id), None)
    member = member or next((one for one in sorted(team, key=lambda one: one.role != "owner")), None)
    if member is None:
        return heard
    reader = alerting.listener(place, member, now=now).reader
    text = reader.words.plain("campaign-call-task", name=campaign.name or str(campaign.id))
    opens, closes = place.playbooks.current.business.hours.hours
    at = now + CALL_NOT_BEFORE
    if not opens <= at.astimezone(reader.zone).hour < closes:
        at = zones.next_local(at, reader.zone, hour=max(opens, _DAY_BEGINS))
    task = await tasks.add(tx, member.id, text, contact_id=contact.id, due_at=at, now=now)
    rings = staff_planning.task_rings(reader, who, task_id=task.id, text=text)
    return [*heard, planning.ringing(member, task, rings)]
