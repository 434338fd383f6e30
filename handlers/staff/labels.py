"""Tags and notes on a card, by commands and by buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import annotating, permitting, tagging
from storage import tags as rows
from storage.contacts import Contact
from views import staff_editing
from views.messages import Edit, Effect, Say, Screen

OFFERED: Final = 24


def routes() -> Routes:
    return Routes(
        commands={
            "tag": staffed(tag, Right.EDIT),
            "untag": staffed(untag, Right.EDIT),
            "note": staffed(note, Right.EDIT),
        },
        presses={
            "tags": staffed(tags_page, reading=True),
            "tog": staffed(toggle, Right.EDIT),
            "tagnew": staffed(new_tag, Right.EDIT),
            "note": staffed(ask_note, Right.EDIT),
        },
        flows={
            tagging.FLOW: waiting(typed_tags, Right.EDIT),
            annotating.NOTE_FLOW: waiting(typed_note, Right.EDIT),
        },
    )


async def tag(turn: Turn) -> Sequence[Effect]:
    """/tag ID a b."""
    contact, rest = await desk.subject(turn, "tag")
    return await _put(turn, contact, rest)


async def untag(turn: Turn) -> Sequence[Effect]:
    """/untag ID a b."""
    contact, rest = await desk.subject(turn, "untag")
    removed = await tagging.take_off(turn.tx, turn.staff, contact.id, tagging.named(rest), now=turn.now)
    screen = staff_editing.tags_changed(turn.words, await desk.who(turn, contact), removed=removed)
    return [Say(screen, memo={"contact": contact.id})]


async def note(turn: Turn) -> Sequence[Effect]:
    """/note ID text; without a text it is asked for."""
    contact, rest = await desk.subject(turn, "note")
    if not rest:
        return await _ask_note(turn, contact)
    return await _keep_note(turn, contact.id, rest)


async def tags_page(turn: Turn) -> Sequence[Effect]:
    """Tags to switch by buttons."""
    return [Edit(await _switches(turn, desk.numbers(turn, 1)[0]))]


async def toggle(turn: Turn) -> Sequence[Effect]:
    contact_id, tag_id = desk.numbers(turn, 2)
    await tagging.toggle(turn.tx, turn.staff, contact_id, tag_id, now=turn.now)
    return [Edit(await _switches(turn, contact_id))]


async def new_tag(turn: Turn) -> Sequence[Effect]:
    """A tag that is not among the buttons: typed."""
    contact = await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
    desk.enter(turn, tagging.FLOW, {"contact": contact.id})
    return [Say(staff_editing.ask_tags(turn.words, await desk.who(turn, contact)))]


async def typed_tags(turn: Turn) -> Sequence[Effect]:
    contact = await permitting.contact(turn.db, int(desk.state(turn)["contact"]))
    said = await _put(turn, contact, turn.text)
    turn.conversation.leave()
    return said


async def ask_note(turn: Turn) -> Sequence[Effect]:
    return await _ask_note(turn, await permitting.contact(turn.db, desk.numbers(turn, 1)[0]))


async def typed_note(turn: Turn) -> Sequence[Effect]:
    said = await _keep_note(turn, int(desk.state(turn)["contact"]), turn.text)
    turn.conversation.leave()
    return said


async def _put(turn: Turn, contact: Contact, text: str) -> Sequence[Effect]:
    added = await tagging.put(turn.tx, turn.staff, contact.id, tagging.named(text), now=turn.now)
    screen = staff_editing.tags_changed(turn.words, await desk.who(turn, contact), added=added)
    return [Say(screen, memo={"contact": contact.id})]


async def _ask_note(turn: Turn, contact: Contact) -> Sequence[Effect]:
    permitting.require(turn.staff, Right.EDIT)
    desk.enter(turn, annotating.NOTE_FLOW, {"contact": contact.id})
    return [Say(staff_editing.ask_note(turn.words, await desk.who(turn, contact)))]


async def _keep_note(turn: Turn, contact_id: int, text: str) -> Sequence[Effect]:
    await annotating.note(turn.tx, turn.staff, contact_id, text, now=turn.now)
    contact = await permitting.contact(turn.db, contact_id)
    return [Say(staff_editing.note_kept(turn.words, await desk.who(turn, contact)), memo={"contact": contact.id})]


async def _switches(turn: Turn, contact_id: int) -> Screen:
    contact = await permitting.contact(turn.db, contact_id)
    on = await rows.ids_of(turn.db, contact.id)
    known = [(tag_id, name, True) for tag_id, name in on.items()]
    known += [(one.id, one.name, False) for one in await rows.counts(turn.db, limit=OFFERED) if one.id not in on]
    # In alphabetical order, so that a button stays where it is when it is pressed.
    shown = sorted(known[: max(OFFERED, len(on))], key=lambda one: one[1].casefold())
    return staff_editing.tags(desk.reader(turn), await desk.who(turn, contact), shown[:60])
