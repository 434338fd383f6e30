"""Capturing: a form from its first question to a request that the team sees.

What a person has answered lives in the conversation's row until they confirm; then everything is written at once.
A message in the middle costs no query of its own: what the card knew when the form began travels with the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import card_questions, folding, forms, survey_forms
from crm.form_types import Answer, Input, Outcome, Pressed, Situation, State
from crm.playbook import Form, Playbook
from locales import words_in
from services import ageing, alerting, comparing, consenting, keeping, surveying, visiting
from services.meeting import Profile
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, events, outbox, requests, tags
from storage.contacts import Contact
from storage.conversations import Conversation
from storage.engine import Reads, Tx
from storage.requests import Request
from views import answered
from views.messages import Say

FLOW: Final = "form"


@dataclass(frozen=True, slots=True)
class Filling:
    """One filling of a form. `run` tells it from other fillings and travels in its buttons; `card` is what the
    person's card knew at the beginning; `keys` says that a keyboard with a key to share something is on the screen."""

    run: str
    playbook: Playbook
    form: Form
    state: State
    card: Mapping[str, Any]
    keys: bool = False

    def to_json(self) -> dict[str, Any]:
        """What the conversation's row keeps; `form` and `playbook` in it are of the form's state."""
        return {**self.state.to_json(), "run": self.run, "card": dict(self.card), "keys": self.keys}

    def with_keys(self, keys: bool) -> Filling:
        return replace(self, keys=keys)


@dataclass(frozen=True, slots=True)
class Person:
    """Who fills the form: the card, what Telegram says, and the language they read."""

    contact: Contact
    profile: Profile
    language: str


@dataclass(frozen=True, slots=True)
class Captured:
    """A request that was just written, and what the team is to hear of it."""

    request: Request
    alerts: list[Say]


async def kept(db: Reads, place: Place, state: Mapping[str, Any] | None) -> Filling | None:
    """The filling that a conversation's state or draft holds, with the playbook it was begun with; None where there is
    none, or where its form is gone with a version that can no longer be read."""
    if not state or "run" not in state:
        return None
    playbook = await place.playbooks.version(db, state["playbook"])
    form = _form(playbook, state["form"])
    if form is None:
        return None
    return Filling(
        run=state["run"],
        playbook=playbook,
        form=form,
        state=State.from_json(state),
        card=state.get("card", {}),
        keys=bool(state.get("keys")),
    )


async def begin(
    db: Reads, place: Place, form_id: str, person: Person, *, run: str, now: datetime
) -> tuple[Filling, Outcome]:
    """The first question of a form of the playbook in force. Raises Refused when there is no such form."""
    playbook = place.playbooks.current
    form = _form(playbook, form_id)
    if form is None:
        raise Refused("refused-form-gone")
    card = await _card(db, person.contact)
    filling = Filling(run, playbook, form, State(form.id, playbook.hash), card)
    outcome = forms.start(form, situation(place, filling, person, now=now), playbook=playbook.hash)
    return replace(filling, state=outcome.state), outcome


def resume(place: Place, filling: Filling, person: Person, *, now: datetime) -> tuple[Filling, Outcome]:
    """The question the person was at, once more."""
    outcome = forms.resume(filling.form, filling.state, situation(place, filling, person, now=now))
    return replace(filling, state=outcome.state), outcome


def advance(place: Place, filling: Filling, given: Input, person: Person, *, now: datetime) -> tuple[Filling, Outcome]:
    """What an answer, a press or anything else leads to."""
    seen = situation(place, filling, person, now=now)
    outcome = forms.answer(filling.form, filling.state, given, seen)
    if outcome.kind == "summary" and was_put(filling.form.id):
        # The last answer has just been read: a summary would only ask for a press more.
        ended = forms.answer(filling.form, outcome.state, Pressed("confirm"), seen)
        outcome = replace(ended, accepted=outcome.accepted, consent=outcome.consent)
    return replace(filling, state=outcome.state), outcome


def put_aside(conversation: Conversation) -> bool:
    """Keeps the form in progress as the draft that is offered again. Whether there was one. What was put to the person is
    let go instead: its button stands where it stood, and a draft must not be lost for it."""
    if conversation.flow != FLOW or conversation.state is None:
        return False
    if not was_put(conversation.state["form"]):
        conversation.put_aside({**conversation.state, "keys": False})
    conversation.leave()
    return True


def was_put(form_id: str) -> bool:
    """Whether it is no form that people choose, but was put to them: a question about the card, a survey's questions."""
    return card_questions.field_of(form_id) is not None or survey_forms.survey_id(form_id) is not None


def is_open(conversation: Conversation, form_id: str) -> bool:
    """Whether this form is in progress."""
    return conversation.flow == FLOW and (conversation.state or {}).get("form") == form_id


def drop(conversation: Conversation, form_id: str) -> None:
    """Forgets what was answered to this form: it is to be begun again."""
    if conversation.draft is not None and conversation.draft.get("form") == form_id:
        conversation.put_aside(None)
    if is_open(conversation, form_id):
        conversation.leave()


def take_up(conversation: Conversation, filling: Filling) -> None:
    """The form is the conversation's again; a draft of the same filling is no draft any more."""
    if conversation.draft is not None and conversation.draft.get("run") == filling.run:
        conversation.put_aside(None)
    conversation.enter(FLOW, filling.to_json())


def situation(place: Place, filling: Filling, person: Person, *, now: datetime) -> Situation:
    """What the form engine may know. Consent is to the text in force now, whichever version the form began with."""
    contact, business = person.contact, filling.playbook.business
    points = filling.card.get("points", {})
    return Situation(
        now=now,
        zone=zone_of(place, filling.playbook),
        regions=business.phone_regions,
        hours=business.hours.hours,
        opening_hours=business.opening_hours,
        language=person.language,
        known={
            **contact.fields,
            "name": contact.name or folding.name(person.profile.full_name),
            "phone": points.get("phone"),
            "email": points.get("email"),
        },
        contact={
            "tag": filling.card.get("tags", []),
            "source": contact.source_last or contact.source_first,
            "language": contact.language,
            "status": contact.status,
            "requests": contact.requests,
            "open_requests": contact.open_requests,
        },
        consented=consenting.is_agreed(contact, place.playbooks.current),
    )


def zone_of(place: Place, playbook: Playbook) -> ZoneInfo:
    """Where the hours of a form are meant: at the business's door."""
    return playbook.business.zone(place.timezone.key)


async def confirm(
    tx: Tx,
    place: Place,
    conversation: Conversation,
    filling: Filling,
    outcome: Outcome,
    contact: Contact,
    *,
    message_id: int | None,
    now: datetime,
) -> Captured:
    """Writes the request and everything that goes with it, and ends the conversation's form: a second press of the
    same button finds no form, so there is one request however often it comes."""
    answers = dict(outcome.answers or {})
    form, playbook = filling.form, filling.playbook
    await fill_card(tx, contact, playbook, answers, now=now)
    await _note_consents(tx, contact, filling, answers, message_id=message_id, now=now)
    if form.tags:
        await tags.add(tx, contact.id, form.tags, now=now)
    language = playbook.business.language
    request = await requests.create(
        tx,
        contact.id,
        title=form.title.say(language)[:160],
        answers=told(place, filling, answers, language, now=now),
        form_id=form.id,
        pipeline=form.pipeline,
        playbook_hash=playbook.hash or None,
        now=now,
    )
    await contacts.count_request(tx, contact.id, opened=1, total=1, now=now)
    contacts.touch(tx, contact.id, now=now)
    await ageing.refresh(tx, place, contact.id, now=now)
    events.add(tx, contact.id, "request", request_id=request.id, text=request.title, now=now)
    await surveying.after_event(
        tx,
        place,
        event="request_created",
        contact_id=contact.id,
        request_id=request.id,
        staff_id=contact.owner_id,
        now=now,
    )
    await visiting.book(tx, place, form, request, contact, answers, now=now)
    for step in form.steps:
        if step.type == "file" and step.field in answers:
            await keeping.keep(tx, contact.id, answers[step.field].value, request_id=request.id, now=now)
    if conversation.draft is not None and conversation.draft.get("form") == form.id:
        conversation.put_aside(None)
    conversation.leave()
    return Captured(request, await alerting.request_created(tx, place, request.id, now))


def thanks_key(run: str) -> str:
    """The key of the message that thanks for what this filling sent."""
    return f"f:{run}:sent"


async def was_sent(db: Reads, chat_id: int, run: str) -> bool:
    """Whether this filling became a request: its buttons stay in the chat, and who presses one again is told so."""
    row = await outbox.by_key(db, thanks_key(run))
    return row is not None and row.chat_id == chat_id


async def fill_card(
    tx: Tx, contact: Contact, playbook: Playbook, answers: Mapping[str, Answer], *, now: datetime
) -> None:
    """What was answered about the person goes to their card: name, phone, e-mail and the owner's own fields."""
    changes: dict[str, Any] = {}
    if "name" in answers:
        changes["name"] = answers["name"].value
    own = {
        field.id: answers[field.id].value
        for field in playbook.card_fields
        if field.id in answers and contact.fields.get(field.id) != answers[field.id].value
    }
    if own:
        changes["fields"] = {**contact.fields, **own}
    if changes:
        await contacts.change(tx, contact.id, now=now, **changes)
    for kind in ("phone", "email"):
        if kind in answers:
            given = answers[kind]
            await contacts.add_point(tx, contact.id, kind, given.value, verified=given.verified, now=now)
            comparing.soon(tx, contact.id, now=now)


async def _note_consents(
    tx: Tx,
    contact: Contact,
    filling: Filling,
    answers: Mapping[str, Answer],
    *,
    message_id: int | None,
    now: datetime,
) -> None:
    """A question of consent named for a purpose is that consent, with the question as its text."""
    for step in filling.form.steps:
        if step.type != "consent" or step.field not in consenting.CHOSEN or step.field not in answers:
            continue
        await consenting.choose(
            tx,
            contact,
            step.field,
            granted=bool(answers[step.field].value),
            text=step.ask.say(contact.language) if step.ask else step.field,
            version=filling.playbook.business.consent_version,
            message_id=message_id,
            now=now,
        )


def told(
    place: Place, filling: Filling, answers: Mapping[str, Answer], language: str, *, now: datetime
) -> list[dict[str, Any]]:
    """The answers as a request or a survey keeps them, in the order of the form and in the business's language."""
    words, zone = words_in(language), zone_of(place, filling.playbook)
    return [
        {
            "field": step.field,
            "label": answered.label(words, step),
            "value": answers[step.field].value,
            "shown": answered.value(words, step, answers[step.field].value, zone=zone, now=now),
        }
        for step in filling.form.steps
        if step.field in answers
    ]


async def _card(db: Reads, contact: Contact) -> dict[str, Any]:
    """What a form may offer or branch on and the contact's own row does not hold: phone, e-mail, tags."""
    points: dict[str, str] = {}
    for point in await contacts.points(db, contact.id):
        points.setdefault(point.kind, point.value)
    return {"points": points, "tags": [tag.name for tag in await tags.of_contact(db, contact.id)]}


_forms: dict[tuple[str, str], Form | None] = {}


def _form(playbook: Playbook, form_id: str) -> Form | None:
    """The owner's form, completed once a version: that copies every step, and a message of a form asks for it. Or what
    was put to the person, which is made on the spot."""
    field = card_questions.field_of(form_id)
    if field is not None:
        return card_questions.form(playbook, field)
    if survey_forms.survey_id(form_id) is not None:
        return survey_forms.form(playbook, form_id)
    if not playbook.hash:
        return playbook.form(form_id)
    key = (playbook.hash, form_id)
    if key not in _forms:
        if len(_forms) > 500:
            _forms.clear()
        _forms[key] = playbook.form(form_id)
    return _forms[key]
