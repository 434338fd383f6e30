"""A card's fields changed by buttons: chosen where there are choices, typed and checked where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm import values
from crm.permissions import Right
from crm.playbook import CardField
from handlers.routes import Routes
from handlers.staff import desk, pages
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import adding, annotating, permitting, showing
from services.refusals import Refused
from storage import staff
from storage.contacts import Contact
from views import answered, cards, staff_editing
from views.messages import Edit, Effect, Say, Screen, Toast

FLOW = annotating.FIELD_FLOW


def routes() -> Routes:
    return Routes(
        presses={
            "edit": staffed(fields, Right.EDIT),
            "ed": staffed(field, Right.EDIT),
            "edf": staffed(own_field, Right.EDIT),
            "edpick": staffed(picked, Right.EDIT),
            "pick": staffed(chosen, Right.EDIT),
            "setf": staffed(own_chosen, Right.EDIT),
            "delp": staffed(point_gone, Right.EDIT),
            "agreed": staffed(agreed, Right.EDIT),
        },
        flows={FLOW: waiting(typed, Right.EDIT)},
    )


async def fields(turn: Turn) -> Sequence[Effect]:
    """Which field? Coming back from a question (`:end`) ends it."""
    contact = await _contact(turn)
    if turn.args.endswith(":end") and turn.conversation.flow == FLOW:
        turn.conversation.leave()
    return [Edit(await _fields(turn, contact), memo={"contact": contact.id})]


async def field(turn: Turn) -> Sequence[Effect]:
    """A built-in field: its choices, or the question for what is typed."""
    contact, name = await _contact(turn), _part(turn, 1)
    who = await desk.who(turn, contact)
    if name in annotating.TYPED:
        desk.enter(turn, FLOW, {"contact": contact.id, "field": name, "own": False})
    if name in annotating.CHOSEN:
        team = [(one.id, one.name) for one in await staff.active(turn.db, "owner", "manager")]
        options = staff_editing.options(desk.reader(turn), name, team)
        screen = staff_editing.choose(desk.reader(turn), who, name, options, typed=name in annotating.TYPED)
        return [Edit(screen)]
    if name not in annotating.TYPED:
        raise Refused("refused-field")
    return [Edit(await _question(turn, contact, name, own=False))]


async def own_field(turn: Turn) -> Sequence[Effect]:
    """One of the owner's fields."""
    contact, name = await _contact(turn), _part(turn, 1)
    card_field = annotating.own_field(turn.playbook, name)
    if card_field.type in ("choice", "consent") and card_field.options:
        return [Edit(staff_editing.choose_own(desk.reader(turn), await desk.who(turn, contact), card_field))]
    desk.enter(turn, FLOW, {"contact": contact.id, "field": name, "own": True})
    return [Edit(await _question(turn, contact, name, own=True))]


async def typed(turn: Turn) -> Sequence[Effect]:
    """What was typed for the field; asked again, with why, when it cannot be taken."""
    state = desk.state(turn)
    name, own = str(state["field"]), bool(state["own"])
    contact = await permitting.contact(turn.db, int(state["contact"]))
    said = turn.message.contact.phone_number if turn.message.contact is not None else turn.text
    read = annotating.read(turn.playbook, name, said, own=own, now=turn.now, zone=turn.zone, language=turn.language)
    if isinstance(read, values.Accepted):
        return await _keep(turn, contact.id, name, read.value, own=own)
    choices: tuple[Any, ...] = read.choices if isinstance(read, values.Unsure) else ()
    turn.conversation.enter(FLOW, {**state, "choices": list(choices)})
    reason = f"{read.missing}-missing" if isinstance(read, values.Half) else read.reason
    params = dict(read.params) if isinstance(read, values.Refused) else {}
    shown = [_choice(turn, choice) for choice in choices]
    return [Say(await _question(turn, contact, name, own=own, problem=reason, params=params, choices=shown))]


async def picked(turn: Turn) -> Sequence[Effect]:
    """Which of the meanings of what was typed."""
    state = desk.state(turn)
    (place,) = desk.numbers(turn, 1)
    choices = state.get("choices", []) if turn.conversation.flow == FLOW else []
    if place >= len(choices):
        raise Refused("refused-stale")
    return await _keep(turn, int(state["contact"]), str(state["field"]), choices[place], own=bool(state["own"]))


async def chosen(turn: Turn) -> Sequence[Effect]:
    """A choice for a built-in field."""
    (contact_id,) = desk.numbers(turn, 1)
    name, value = _part(turn, 1), _part(turn, 2)
    if name not in annotating.CHOSEN:
        raise Refused("refused-field")
    if turn.conversation.flow == FLOW:
        turn.conversation.leave()
    contact = await annotating.change(turn.tx, turn.place, turn.staff, contact_id, name, value, own=False, now=turn.now)
    return [Edit(await _fields(turn, contact)), Toast(turn.words.plain("edit-kept"))]


async def own_chosen(turn: Turn) -> Sequence[Effect]:
    """An option of an owner's field, by its place; or none."""
    (contact_id,) = desk.numbers(turn, 1)
    name, place = _part(turn, 1), _part(turn, 2)
    if turn.conversation.flow == FLOW:
        turn.conversation.leave()
    if place == "none":
        contact = await annotating.clear(turn.tx, turn.place, turn.staff, contact_id, name, now=turn.now)
    else:
        options = annotating.own_field(turn.playbook, name).options
        if not desk.is_id(place) or int(place) >= len(options):
            raise Refused("refused-stale")
        contact = await annotating.change(
            turn.tx, turn.place, turn.staff, contact_id, name, options[int(place)].id, own=True, now=turn.now
        )
    return [Edit(await _fields(turn, contact)), Toast(turn.words.plain("edit-kept"))]


async def point_gone(turn: Turn) -> Sequence[Effect]:
    """A phone or an e-mail taken off the card."""
    contact_id, point_id = desk.numbers(turn, 2)
    await annotating.remove_point(turn.tx, turn.staff, contact_id, point_id, now=turn.now)
    if turn.conversation.flow == FLOW:
        turn.conversation.leave()
    contact = await permitting.contact(turn.db, contact_id)
    return [Edit(await _fields(turn, contact)), Toast(turn.words.plain("edit-kept"))]


async def agreed(turn: Turn) -> Sequence[Effect]:
    """The person told one of the team that their data may be kept."""
    (contact_id,) = desk.numbers(turn, 1)
    await adding.record_consent(turn.tx, turn.place, turn.staff, contact_id, message_id=turn.message_id, now=turn.now)
    contact = await permitting.contact(turn.db, contact_id)
    return [Edit(await _fields(turn, contact)), Toast(turn.words.plain("edit-kept"))]


async def _keep(turn: Turn, contact_id: int, name: str, value: Any, *, own: bool) -> Sequence[Effect]:
    contact = await annotating.change(turn.tx, turn.place, turn.staff, contact_id, name, value, own=own, now=turn.now)
    turn.conversation.leave()
    return await pages.opened(turn, contact)


async def _fields(turn: Turn, contact: Contact) -> Screen:
    who = await desk.who(turn, contact)
    own = turn.playbook.fields
    return staff_editing.fields(desk.reader(turn), who, own, agreed=contact.consent_version is not None)


async def _question(
    turn: Turn,
    contact: Contact,
    name: str,
    *,
    own: bool,
    problem: str | None = None,
    params: dict[str, Any] | None = None,
    choices: Sequence[str] = (),
) -> Screen:
    words, who = turn.words, await desk.who(turn, contact)
    card_field: CardField | None = annotating.own_field(turn.playbook, name) if own else None
    kept = ""
    if card_field is not None and name in contact.fields:
        kept = cards.own_value(words, card_field, contact.fields[name], reader=desk.reader(turn))
    elif name == "name":
        kept = contact.name or ""
    reaches = [one for one in await showing.reaches(turn.db, contact.id) if not own and one.kind == name]
    return staff_editing.type_in(
        desk.reader(turn),
        who,
        card_field.title.say(words.language) if card_field is not None else staff_editing.title(words, name),
        kept=kept,
        reaches=reaches,
        own=name if card_field is not None and kept else None,
        problem=problem,
        params=params,
        choices=choices,
    )


def _choice(turn: Turn, choice: Any) -> str:
    """A doubtful meaning as a button says it: a moment, a day, or as it is."""
    text = str(choice)
    if len(text) >= len("2026-12-25") and text[4:5] == "-" and text[7:8] == "-":
        return answered.moment(turn.words, text, zone=turn.zone, now=turn.now)
    return text


def _part(turn: Turn, place: int) -> str:
    parts = turn.args.split(":", place)
    return parts[place].partition(":")[0] if len(parts) > place else ""


async def _contact(turn: Turn) -> Contact:
    return await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
