"""What both the control API and the page's socket can ask for."""

import time
from datetime import datetime

from simulator import attachments, members, pressing, showing
from simulator.acts import ACTS
from simulator.chats import Chat, Member
from simulator.refusals import ControlError, Json
from simulator.world import World

STATUSES = ("creator", "administrator", "member", "restricted", "left", "kicked")
# Imported for the verbs they add to ACTS.
VERBS_FROM = (attachments, pressing)


async def perform(world: World, verb: str, person_id: int, body: Json) -> Json:
    """One act of a person, by its verb. Raises ControlError."""
    found = ACTS.get(verb)
    if found is None:
        raise ControlError(404, f"There is no verb {verb!r}; there are: {', '.join(sorted(ACTS))}.")
    made = found(world, world.person(person_id), body)
    return made if isinstance(made, dict) else await made


def snapshot(world: World, newest: int) -> Json:
    """Everything, with the newest messages of each chat."""
    return {
        "seq": world.changes.seq,
        "bot": world.profile.user,
        "clock": clock_view(world),
        "people": [person.view() for person in world.people.values()],
        "chats": [showing.chat(chat, newest) for chat in world.chats.values()],
    }


def clock_view(world: World) -> Json:
    return {"now": world.clock.now(), "offset": world.clock.offset}


def move_clock(world: World, body: Json) -> Json:
    """Move the clock forward by `advance`, to an `offset`, or `to` a moment. Raises ControlError."""
    if "advance" in body:
        if float(body["advance"]) < 0:
            raise ControlError(400, "The clock only moves forward.")
        offset = world.clock.offset + float(body["advance"])
    elif "to" in body:
        to = body["to"]
        moment = datetime.fromisoformat(to) if isinstance(to, str) else None
        if moment is not None and moment.tzinfo is None:
            raise ControlError(400, "Say the time zone of the moment.")
        offset = (moment.timestamp() if moment is not None else float(to)) - time.time()
    else:
        offset = float(body["offset"])
    try:
        world.clock.move_to(offset)
    except ValueError as error:
        raise ControlError(400, str(error)) from None
    world.changes.next()
    world.changes.tell("clock", lambda: clock_view(world))
    return clock_view(world)


def menu(world: World, person_id: int, chat_id: int | None) -> Json:
    """The "/" menu of a person in a chat, and what the bot says of itself in their language."""
    person = world.person(person_id)
    chat = world.chat(chat_id or person_id)
    button = chat.menu_button or world.profile.menu_button
    description = world.profile.text("description", person.language_code or "")
    return {"commands": world.profile.menu(person, chat), "menu_button": button, "description": description}


def set_member(world: World, chat: Chat, body: Json) -> Json:
    """Change somebody's place in a chat. Raises ControlError for an unknown status."""
    status = body.get("status", "member")
    if status not in STATUSES:
        raise ControlError(400, f"A status is one of {', '.join(STATUSES)}.")
    member = Member(int(body["user_id"]), status, bool(body.get("anonymous")), body.get("title"))
    return members.set_member(world, chat, member, body.get("by"))
