"""A card's fields changed by buttons: chosen where there are choices, typed and checked where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm import values
from crm.card_fields import CardField
from crm.permissions import Right
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
            "prefp": staffed(point_preferred, Right.EDIT),
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
        options = staff_editing.options(desk.reader(turn), name, team, turn.playbook.levels)
        screen = staff_editing.choose(desk.reader(turn), who, name, options, typed=name in annotating.TYPED)
        return [Edit(screen)]
    if name not in annotating.TYPED:
        raise Refused("refused-field")
    return [Edit(await _question(turn, contact, name, own=False))]


async def own_field(turn: Turn) -> Sequence[Effect]:
    """A field of the profile, or one of the owner's."""
    contact, name = await _contact(turn), _part(turn, 1)
    card_field = annotating.editable(permitting.require(turn.staff, Right.EDIT), turn.playbook, name)
    if card_field.options or card_field.type == "yes_no":
        return [Edit(await _choices(turn, contact, card_field))]
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
    """A value of a field with buttons, by its place; or none. Of several each is switched on or off."""
    contact = await _contact(turn)
    card_field, place = annotating.own_field(turn.playbook, _part(turn, 1)), _part(turn, 2)
    if turn.conversation.flow == FLOW:
        turn.conversation.leave()
    if place == "none":
        contact = await annotating.clear(turn.tx, turn.place, turn.staff, contact.id, card_field.id, now=turn.now)
    else:
        value = annotating.at_place(card_field, place, contact.fields.get(card_field.id))
        contact = await annotating.change(
            turn.tx, turn.place, turn.staff, contact.id, card_field.id, value, own=True, now=turn.now
        )
    several = card_field.type == "choices" and place != "none"
    screen = await (_choices(turn, contact, card_field) if several else _fields(turn, contact))
    return [Edit(screen), Toast(turn.words.plain("edit-kept"))]


async def point_preferred(turn: Turn) -> Sequence[Effect]:
    """Which of several phones or e-mails is used first."""
    contact_id, point_id = desk.numbers(turn, 2)
    kind = await annotating.prefer_point(turn.tx, turn.staff, contact_id, point_id, now=turn.now)
    contact = await permitting.contact(turn.db, contact_id)
    return [Edit(await _question(turn, contact, kind, own=False)), Toast(turn.words.plain("edit-kept"))]


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
    own = [field for field in turn.playbook.card_fields if field.is_edited_by(desk.role(turn))]
    agreed, levels = contact.consent_version is not None, bool(turn.playbook.levels)
    return staff_editing.fields(desk.reader(turn), who, own, agreed=agreed, levels=levels)


async def _choices(turn: Turn, contact: Contact, card_field: CardField) -> Screen:
    kept = contact.fields.get(card_field.id) if card_field.is_seen_by(desk.role(turn)) else None
    return staff_editing.choose_own(desk.reader(turn), await desk.who(turn, contact), card_field, kept)


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
    if card_field is not None and name in contact.fields and card_field.is_seen_by(desk.role(turn)):
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
    return turn.words.birthday(text) if text.startswith("--") else text


def _part(turn: Turn, place: int) -> str:
    parts = turn.args.split(":", place)
    return parts[place].partition(":")[0] if len(parts) > place else ""


async def _contact(turn: Turn) -> Contact:
    return await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
