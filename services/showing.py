"""Showing: what the base knows, gathered from its tables into the values that the team's screens are made of."""

from __future__ import annotations

from collections.abc import Sequence

from crm import values
from crm.playbook import Playbook
from crm.playbook_surveys import SCALES
from crm.playbook_types import Text
from services import preferring, surveying_asked
from services.workplace import Place
from storage import (
    consents,
    contacts,
    files,
    notes,
    relatives,
    requests,
    staff,
    survey_people,
    survey_results,
    tags,
    timeline,
    visits,
)
from storage.contacts import Contact
from storage.engine import Reads
from storage.requests import Request
from storage.tasks import Task
from views.answered import Asked
from views.cards import Card, Given, Planned, Reach
from views.lists import Happened, Hit, Job
from views.profiles import Kin, Spent
from views.request_cards import Seen
from views.staff_names import Who


async def who(db: Reads, contact: Contact) -> Who:
    """How a contact is named, with the tags."""
    return Who(
        contact.id, contact.name, contact.username, tuple(tag.name for tag in await tags.of_contact(db, contact.id))
    )


async def phone(db: Reads, contact_id: int) -> str | None:
    """The phone one would call, as people read it."""
    phones = (point for point in await contacts.points(db, contact_id) if point.kind == "phone")
    best = next(phones, None)
    return values.phone_shown(best.value) if best is not None else None


def asked(place: Place, request: Request) -> Asked:
    """What was asked for, with the form as it is in the playbook in force."""
    form = place.playbooks.current.form(request.form_id) if request.form_id is not None else None
    return Asked(request.title, request.answers, form, place.timezone)


async def request(db: Reads, place: Place, request: Request, contact: Contact) -> Seen:
    """A request with the words around it."""
    names = await staff.names(db)
    return Seen(
        id=request.id,
        who=await who(db, contact),
        stage=request.stage,
        asked=asked(place, request),
        created_at=request.created_at,
        owner=names.get(request.owner_id) if request.owner_id is not None else None,
        phone=await phone(db, contact.id),
        source=contact.source_last,
        lost_reason=request.lost_reason,
        spam=contact.spam_at is not None,
        # It stands in the team's group, where everybody reads it; what this request has told is not said twice.
        profile=tuple(
            (field, contact.fields[field.id])
            for field in place.playbooks.current.card_fields
            if field.card == "all" and field.id in contact.fields and field.is_seen_by("viewer")
            if field.id not in {answer["field"] for answer in request.answers}
        ),
        visit=await visits.is_booked(db, request.id),
    )


async def open_request(db: Reads, contact_id: int) -> int | None:
    """The newest open request of a contact, by its number."""
    found = await requests.of_contact(db, contact_id, stages=requests.OPEN, limit=1)
    return found[0].id if found else None


def lost_reasons(place: Place, request: Request, language: str) -> list[str]:
    """Why such a request is lost, in the owner's words."""
    if request.pipeline is None:
        return []
    return [option.title.say(language) for option in place.playbooks.current.pipeline(request.pipeline).lost_reasons]


async def card(db: Reads, place: Place, contact: Contact, *, role: str = "viewer") -> Card:
    """Everything that a contact's card shows to this role."""
    names = await staff.names(db)
    open_ones = await requests.of_contact(db, contact.id, stages=requests.OPEN, limit=5)
    latest = await notes.of_contact(db, contact.id, limit=1)
    playbook = place.playbooks.current
    living = await preferring.living(db, place, contact)
    return Card(
        who=await who(db, contact),
        language=contact.language,
        zone=living.zone if living.by != "business" else None,
        zone_guessed=living.guessed,
        status=contact.status,
        owner=names.get(contact.owner_id) if contact.owner_id is not None else None,
        source_first=contact.source_first,
        source_last=contact.source_last,
        created_at=contact.created_at,
        last_in_at=contact.last_in_at,
        on_telegram=contact.telegram_id is not None,
        reachable=contact.reachable,
        spam=contact.spam_at is not None,
        agreed=contact.consent_version is not None,
        refused=contact.consent_refused is not None,
        consents=await consents.latest(db, contact.id),
        requests=contact.requests,
        open_requests=contact.open_requests,
        reaches=await reaches(db, contact.id),
        own=tuple(
            (field, contact.fields[field.id])
            for field in playbook.card_fields
            if field.id in contact.fields and field.card != "no" and field.is_seen_by(role)
        ),
        open_ones=tuple((one.id, asked(place, one), one.stage, one.created_at) for one in open_ones),
        reminders=await reminders(db, contact.id),
        notes=await notes.count(db, contact.id),
        files=await files.count(db, contact.id),
        note=latest[0].text if latest else None,
        pinned=contact.status_pinned,
        level=_level(playbook, contact.level) if contact.level is not None else None,
        spent=_spent(place, contact),
        family=await family(db, contact.id),
        lost=await _lost(db, contact),
        scores=await _scores(db, place, contact.id),
        referred=await survey_people.referred(db, contact.id),
    )


async def _scores(db: Reads, place: Place, contact_id: int) -> tuple[Given, ...]:
    """The latest scores, a few of them."""
    playbook, found = place.playbooks.current, await survey_results.of_contact(db, contact_id)
    given = []
    for one in found[:4]:
        survey = playbook.survey(one.survey_id)
        scores = survey.scores if survey is not None and survey.kind == one.kind else SCALES.get(one.kind, range(11))
        given.append(Given(survey, one.kind, one.score, max(scores, default=10)))
    return tuple(given)


async def family(db: Reads, contact_id: int) -> tuple[Kin, ...]:
    """The relatives of a contact."""
    return tuple(Kin(one.id, one.kind, one.name, one.birthday) for one in await relatives.of_contact(db, contact_id))


def _level(playbook: Playbook, level_id: str) -> Text:
    """What a level is called; one that the playbook has no longer, by its id."""
    level = playbook.level(level_id)
    return level.title if level is not None else Text.model_construct({"": level_id})


def _spent(place: Place, contact: Contact) -> Spent | None:
    if not contact.purchases:
        return None
    currency = place.playbooks.current.money.currency
    return Spent(contact.purchases, contact.spent, currency, contact.last_purchase_at)


async def _lost(db: Reads, contact: Contact) -> str | None:
    """Why the last request came to nothing, as long as nothing was bought since."""
    last = await requests.of_contact(db, contact.id, stages=("lost",), limit=1)
    if not last or (contact.last_purchase_at and contact.last_purchase_at >= (last[0].closed_at or last[0].created_at)):
        return None
    return last[0].lost_reason


async def reaches(db: Reads, contact_id: int) -> tuple[Reach, ...]:
    """The phones and e-mails of a contact, the best first."""
    return tuple(
        Reach(
            one.id,
            one.kind,
            values.phone_shown(one.value) if one.kind == "phone" else one.value,
            one.verified,
            one.preferred,
        )
        for one in await contacts.points(db, contact_id)
    )


async def reminders(db: Reads, contact_id: int) -> tuple[Planned, ...]:
    """What is going to be said to a contact."""
    waiting = await timeline.reminders(db, contact_id)
    return tuple(Planned(one.id, one.due_at, str(one.memo.get("text", ""))) for one in waiting)


async def hits(db: Reads, ids: Sequence[int]) -> list[Hit]:
    """The people found, as a list shows them."""
    people = await contacts.get_many(db, ids)
    tagged = await tags.of_contacts(db, ids)
    points = await contacts.points_of(db, ids)
    found = []
    for one in people:
        phones = [point.value for point in points[one.id] if point.kind == "phone"]
        named = Who(one.id, one.name, one.username, tuple(tagged.get(one.id, ())))
        found.append(Hit(named, phones[0][-4:] if phones else None, one.open_requests))
    return found


async def jobs(db: Reads, found: Sequence[Task]) -> list[Job]:
    """Tasks with whom they are about."""
    about = {one.id: one for one in await contacts.get_many(db, [task.contact_id for task in found if task.contact_id])}
    return [
        Job(
            task.id,
            task.text,
            task.due_at,
            await who(db, about[task.contact_id]) if task.contact_id in about else None,
            repeats=task.repeat is not None,
        )
        for task in found
    ]


async def happened(db: Reads, place: Place, contact: Contact, lines: Sequence[timeline.Line]) -> list[Happened]:
    """Lines of a contact's timeline with the names of who did it, and of surveys with what they asked: the message shows
    the answer since there is one."""
    names = await staff.names(db)
    edited = [str(one.data.get("edited") or "") for one in lines]
    asked = {key: await surveying_asked.question(db, place, contact, key) for key in edited if key.startswith("survey")}
    return [
        Happened(
            at=one.at,
            kind=one.kind,
            text=asked.get(str(one.data.get("edited"))) or one.text,
            by=names.get(one.staff_id) if one.staff_id is not None else None,
            request_id=one.request_id,
            data=one.data,
        )
        for one in lines
    ]
