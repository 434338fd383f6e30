"""The card and its pages: requests, timeline, notes, files, reminders. Opened by /card, by buttons, or by a link."""

from __future__ import annotations

from collections.abc import Sequence

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import permitting, planning, showing
from services.refusals import Refused
from storage import files, notes, requests, staff, timeline
from storage.contacts import Contact
from views import cards, lists
from views.messages import Attachment, Edit, Effect, Say, Screen

PAGE = 6
FILES = 10
_KINDS = ("photo", "video", "audio", "voice")


def routes() -> Routes:
    return Routes(
        commands={"card": staffed(card, reading=True)},
        presses={
            "card": staffed(card_pressed, reading=True),
            "reqs": staffed(requests_page, reading=True),
            "line": staffed(timeline_page, reading=True),
            "notes": staffed(notes_page, reading=True),
            "files": staffed(files_page, reading=True),
            "file": staffed(file, reading=True),
            "rems": staffed(reminders_page, reading=True),
            "unrem": staffed(take_back, Right.WRITE),
        },
    )


async def card(turn: Turn) -> Sequence[Effect]:
    """/card ID, or as a reply to a message about somebody."""
    contact, _ = await desk.subject(turn, "card")
    return await opened(turn, contact)


async def opened(turn: Turn, contact: Contact, *, over: str = "") -> Sequence[Effect]:
    """The card as a message of its own, with a line (HTML) over it if there is something to say first."""
    screen = await screen_of(turn, contact)
    said = [Say(Screen(over, protect=True))] if over else []
    return [*said, Say(screen, memo={"contact": contact.id})]


async def screen_of(turn: Turn, contact: Contact) -> Screen:
    return cards.card(desk.reader(turn), await showing.card(turn.db, turn.place, contact, role=desk.role(turn)))


async def card_pressed(turn: Turn) -> Sequence[Effect]:
    """A button to the card: a message of its own, or (`:in`) back to it in place."""
    contact = await _contact(turn)
    if turn.args.endswith(":in"):
        return [Edit(await screen_of(turn, contact), memo={"contact": contact.id})]
    return await opened(turn, contact)


async def requests_page(turn: Turn) -> Sequence[Effect]:
    contact = await _contact(turn)
    seen = [
        await showing.request(turn.db, turn.place, one, contact)
        for one in await requests.of_contact(turn.db, contact.id, limit=20)
    ]
    return [Edit(lists.requests_of(desk.reader(turn), await desk.who(turn, contact), seen))]


async def timeline_page(turn: Turn) -> Sequence[Effect]:
    contact, offset = await _contact(turn), desk.numbers(turn, 2)[1]
    lines, more = await timeline.page(turn.db, contact.id, limit=PAGE, offset=offset)
    happened = await showing.happened(turn.db, turn.place, contact, lines)
    who = await desk.who(turn, contact)
    return [Edit(lists.timeline(desk.reader(turn), who, happened, offset=offset, size=PAGE, more=more))]


async def notes_page(turn: Turn) -> Sequence[Effect]:
    contact, offset = await _contact(turn), desk.numbers(turn, 2)[1]
    found = await notes.of_contact(turn.db, contact.id, limit=PAGE + 1, offset=offset)
    names = await staff.names(turn.db)
    noted = [lists.Noted(names.get(one.staff_id or 0) or "—", one.at, one.text) for one in found[:PAGE]]
    who, more = await desk.who(turn, contact), len(found) > PAGE
    return [Edit(lists.notes(desk.reader(turn), who, noted, offset=offset, size=PAGE, more=more))]


async def files_page(turn: Turn) -> Sequence[Effect]:
    contact, offset = await _contact(turn), desk.numbers(turn, 2)[1]
    found = await files.of_contact(turn.db, contact.id, limit=offset + FILES + 1)
    kept = [lists.Kept(one.id, one.kind, one.name, one.at) for one in found[offset : offset + FILES]]
    who, more = await desk.who(turn, contact), len(found) > offset + FILES
    return [Edit(lists.files(desk.reader(turn), who, kept, offset=offset, size=FILES, more=more))]


async def file(turn: Turn) -> Sequence[Effect]:
    """One file, sent again by Telegram's id of it, or from the copy where Telegram has no way to."""
    contact_id, file_id = desk.numbers(turn, 2)
    kept = await files.get(turn.db, file_id)
    contact = await permitting.contact(turn.db, contact_id)
    if kept is None or kept.contact_id != contact.id:
        raise Refused("refused-stale")
    if kept.kind in _KINDS:
        attachment = Attachment(kept.kind, file_id=kept.file_id)  # type: ignore[arg-type]
    elif kept.path is not None and kept.kind != "document":
        attachment = Attachment("document", path=kept.path, name=kept.name)
    else:
        attachment = Attachment("document", file_id=kept.file_id)
    return [Say(Screen(attachment=attachment, protect=True), memo={"contact": contact.id})]


async def reminders_page(turn: Turn) -> Sequence[Effect]:
    contact = await _contact(turn)
    return [Edit(await _reminders(turn, contact))]


async def take_back(turn: Turn) -> Sequence[Effect]:
    """A reminder that is not to leave after all."""
    contact_id, row_id = desk.numbers(turn, 2)
    await planning.cancel_reminder(turn.tx, turn.staff, contact_id, row_id, now=turn.now)
    return [Edit(await _reminders(turn, await permitting.contact(turn.db, contact_id)))]


async def _reminders(turn: Turn, contact: Contact) -> Screen:
    planned = await showing.reminders(turn.db, contact.id)
    return cards.reminders(desk.reader(turn), await desk.who(turn, contact), planned)


async def _contact(turn: Turn) -> Contact:
    return await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
