"""Tasks to oneself and reminders to customers: /task, /tasks, /remind and their buttons."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk, task_pages
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import handing_over, permitting, planning, preferring, replying, showing
from services.planning import Draft
from services.refusals import Refused
from storage import contacts, outbox, tasks
from storage.contacts import Contact
from storage.tasks import Task
from views import lists, staff_planning
from views.messages import Edit, Effect, Say, Screen, Toast
from views.staff_names import Who

PAGE = 5


def routes() -> Routes:
    return Routes(
        commands={
            "task": staffed(task, Right.PLAN),
            "tasks": staffed(my_tasks, Right.PLAN, reading=True),
            "remind": staffed(remind, Right.WRITE),
        },
        presses={
            "task": staffed(task_about, Right.PLAN),
            "tasks": staffed(tasks_page, Right.PLAN, reading=True),
            "tdone": staffed(finish, Right.PLAN),
            "tlater": staffed(later, Right.PLAN),
            "remind": staffed(remind_whom, Right.WRITE),
            "pwhich": staffed(which, Right.PLAN),
            "pclock": staffed(clock, Right.PLAN),
            "rsend": staffed(send, Right.WRITE),
            "rchange": staffed(change, Right.WRITE),
        },
        flows={planning.FLOW: waiting(answered, Right.PLAN)},
    )


async def task(turn: Turn) -> Sequence[Effect]:
    """/task [ID] [HOW OFTEN] WHEN text."""
    contact_id, said = await _task_subject(turn)
    draft = Draft("task", contact_id)
    return await _go_on(turn, _begun(turn, draft, said, turn.zone))


async def task_about(turn: Turn) -> Sequence[Effect]:
    """A task about whom the card shows."""
    contact = await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
    return await _go_on(turn, Draft("task", contact.id))


async def remind(turn: Turn) -> Sequence[Effect]:
    """/remind ID WHEN text."""
    contact, said = await desk.subject(turn, "remind")
    await replying.may_write(turn.tx, turn.staff, contact.id)
    draft = Draft("remind", contact.id)
    return await _go_on(turn, _begun(turn, draft, said, planning.zone_of(turn.place, contact)))


async def remind_whom(turn: Turn) -> Sequence[Effect]:
    """A reminder to whom the card shows."""
    contact = await replying.may_write(turn.tx, turn.staff, desk.numbers(turn, 1)[0])
    return await _go_on(turn, Draft("remind", contact.id))


async def answered(turn: Turn) -> Sequence[Effect]:
    """The time, or else the text, that was asked for."""
    draft = Draft.from_json(desk.state(turn)["draft"])
    zone = await _zone(turn, draft)
    if draft.at is not None:
        return await _go_on(turn, planning.add_text(draft, turn.text))
    if not draft.text and draft.half is None:
        # Time and text may come in one line here too.
        return await _go_on(turn, _begun(turn, draft, turn.text, zone))
    said = planning.add_time(turn.place, draft, turn.text, now=turn.now, zone=zone, language=turn.language)
    return await _go_on(turn, said)


async def which(turn: Turn) -> Sequence[Effect]:
    """One of the meanings of a doubtful date."""
    draft = _open_draft(turn)
    return await _go_on(turn, planning.choose(draft, desk.numbers(turn, 1)[0], now=turn.now))


async def clock(turn: Turn) -> Sequence[Effect]:
    """A time for a day that was said without one."""
    draft = _open_draft(turn)
    zone = await _zone(turn, draft)
    return await _go_on(turn, planning.choose_clock(draft, turn.args, now=turn.now, zone=zone))


async def send(turn: Turn) -> Sequence[Effect]:
    """The reminder was looked at and is right. The message remembers it; pressed again it sends nothing more."""
    draft = await _shown_draft(turn)
    key = f"{turn.chat_id}:{turn.message_id}"
    say = await planning.plan_reminder(
        turn.tx, turn.place, turn.staff, draft, key=key, chat_id=turn.chat_id, now=turn.now
    )
    contact = await permitting.contact(turn.db, draft.contact or 0)
    assert draft.moment is not None
    screen = staff_planning.planned(
        desk.reader(turn), await desk.who(turn, contact), at=draft.moment, zone=planning.zone_of(turn.place, contact)
    )
    return [say, Edit(screen, memo={"contact": contact.id})]


async def change(turn: Turn) -> Sequence[Effect]:
    """Another time, the same words."""
    draft = await _shown_draft(turn)
    again = Draft("remind", draft.contact, text=draft.text)
    return await _go_on(turn, again)


async def my_tasks(turn: Turn) -> Sequence[Effect]:
    """/tasks: mine, the soonest first."""
    return [Say(await _tasks(turn, 0))]


async def tasks_page(turn: Turn) -> Sequence[Effect]:
    return [Edit(await _tasks(turn, desk.numbers(turn, 1)[0]))]


async def finish(turn: Turn) -> Sequence[Effect]:
    """Done: in the list (`:l`) the rest moves up, in its own message it is struck out."""
    number = desk.numbers(turn, 1)[0]
    done, following = await planning.finish_task(turn.tx, turn.staff, number, now=turn.now, zone=turn.zone)
    said: list[Effect] = list(await handing_over.told_giver(turn.db, turn.place, done, now=turn.now))
    if following is not None:
        said.append(await task_pages.rings(turn, following))
    toast = Toast(turn.words.plain("task-done"))
    if turn.args.endswith(":l"):
        return [*said, Edit(await _tasks(turn, 0)), toast]
    following_id, at = (following.id, following.due_at) if following is not None else (None, None)
    screen = staff_planning.task_done(desk.reader(turn), done.text, next_id=following_id, next_at=at)
    return [*said, Edit(screen), toast]


async def later(turn: Turn) -> Sequence[Effect]:
    """An hour later, this evening, tomorrow, next week; or at a time that is asked for."""
    (number,) = desk.numbers(turn, 1)
    how = turn.args.split(":")[1] if ":" in turn.args else ""
    if how == "own":
        task = await planning.own_task(turn.db, turn.staff, number)
        return await _go_on(turn, Draft("task", task.contact_id, text=task.text, task=task.id))
    moved = await planning.put_off(turn.tx, turn.place, turn.staff, number, how, now=turn.now, zone=turn.zone)
    toast = Toast(turn.words.plain("task-moved", when=turn.words.moment(moved.due_at, turn.zone, now=turn.now)))
    if turn.args.endswith(":l"):
        return [await task_pages.rings(turn, moved), Edit(await _tasks(turn, 0)), toast]
    return [await task_pages.rings(turn, moved), Edit(await _kept(turn, moved)), toast]


# ------------------------------------------------------------------------------------------------ what is asked next


async def _go_on(turn: Turn, draft: Draft) -> Sequence[Effect]:
    """The next question; or, when nothing is missing, the confirmation of a reminder, or the task."""
    if draft.is_whole and draft.kind == "remind":
        return await _confirm(turn, draft)
    if draft.is_whole and draft.task is not None:
        return await _move(turn, draft, draft.task)
    if draft.is_whole:
        return await _keep_task(turn, draft)
    desk.enter(turn, planning.FLOW, {"draft": draft.to_json()})
    return [Say(await _question(turn, draft))]


async def _question(turn: Turn, draft: Draft) -> Screen:
    reader, zone, reminder = desk.reader(turn), await _zone(turn, draft), draft.kind == "remind"
    who = await _about(turn, draft.contact)
    if draft.choices:
        return staff_planning.ask_choice(reader, draft.choices, zone=zone)
    if draft.moment is not None:
        return staff_planning.ask_text(reader, who, draft.moment, zone=zone, reminder=reminder)
    return staff_planning.ask_time(
        reader, who, zone=zone, half=draft.half, problem=draft.problem, params=draft.params, reminder=reminder
    )


async def _confirm(turn: Turn, draft: Draft) -> Sequence[Effect]:
    contact = await replying.may_write(turn.tx, turn.staff, draft.contact or 0)
    assert draft.moment is not None
    if turn.conversation.flow == planning.FLOW:
        turn.conversation.leave()
    screen = staff_planning.confirm(
        desk.reader(turn),
        await desk.who(turn, contact),
        at=draft.moment,
        text=draft.text,
        zone=planning.zone_of(turn.place, contact),
        held_until=await preferring.held_until(turn.db, turn.place, contact, draft.moment),
    )
    return [Say(screen, memo={"contact": contact.id, "draft": draft.to_json()})]


async def _keep_task(turn: Turn, draft: Draft) -> Sequence[Effect]:
    kept = await planning.keep_task(turn.tx, turn.staff, draft, now=turn.now, zone=turn.zone)
    if turn.conversation.flow == planning.FLOW:
        turn.conversation.leave()
    return [Say(await _kept(turn, kept), memo={"contact": kept.contact_id}), await task_pages.rings(turn, kept)]


async def _move(turn: Turn, draft: Draft, task_id: int) -> Sequence[Effect]:
    assert draft.moment is not None
    if turn.conversation.flow == planning.FLOW:
        turn.conversation.leave()
    moved = await planning.move_task(turn.tx, turn.staff, task_id, draft.moment)
    return [await task_pages.rings(turn, moved), Say(await _kept(turn, moved), memo={"contact": moved.contact_id})]


async def _kept(turn: Turn, task: Task) -> Screen:
    who = await _about(turn, task.contact_id)
    return staff_planning.task_kept(
        desk.reader(turn), who, task_id=task.id, at=task.due_at, text=task.text, repeat=task.repeat
    )


async def _tasks(turn: Turn, offset: int) -> Screen:
    member = permitting.require(turn.staff, Right.PLAN)
    found = await tasks.open_ones(turn.db, member.id, limit=PAGE, offset=offset)
    jobs = await showing.jobs(turn.db, found)
    total = await tasks.count_open(turn.db, member.id)
    return lists.tasks(desk.reader(turn), jobs, offset=offset, size=PAGE, total=total)


def _begun(turn: Turn, draft: Draft, said: str, zone: ZoneInfo) -> Draft:
    return planning.begin(turn.place, draft, said, now=turn.now, zone=zone, language=turn.language)


def _open_draft(turn: Turn) -> Draft:
    if turn.conversation.flow != planning.FLOW:
        raise Refused("refused-plan-gone")
    return Draft.from_json(desk.state(turn)["draft"])


async def _shown_draft(turn: Turn) -> Draft:
    """What the confirmation under which the button was pressed is about."""
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0) or {}
    if "draft" not in memo:
        raise Refused("refused-plan-gone")
    return Draft.from_json(memo["draft"])


async def _zone(turn: Turn, draft: Draft) -> ZoneInfo:
    """A reminder is meant on the customer's clock, a task on one's own."""
    contact = await _contact(turn, draft.contact) if draft.kind == "remind" else None
    return turn.zone if contact is None else planning.zone_of(turn.place, contact)


async def _about(turn: Turn, contact_id: int | None) -> Who | None:
    contact = await _contact(turn, contact_id)
    return None if contact is None else await desk.who(turn, contact)


async def _contact(turn: Turn, contact_id: int | None) -> Contact | None:
    return None if contact_id is None else await contacts.get(turn.db, contact_id)


async def _task_subject(turn: Turn) -> tuple[int | None, str]:
    """Whom a task is about, if anybody: by a reply, or by the number of a card that the words begin with.

    «15 декабря …» begins with a number too: it is a card's only where what follows it begins with a time.
    """
    replied = await desk.replied_contact(turn)
    if replied is not None:
        return replied, turn.args
    first, _, rest = turn.args.partition(" ")
    number = first.lstrip("#№")
    if desk.is_id(number) and await contacts.get(turn.db, int(number)) is not None:
        after = _begun(turn, Draft("task", None), rest, turn.zone)
        if (first != number or after.at or after.choices or after.half) and not _begun(
            turn, Draft("task", None), turn.args, turn.zone
        ).at:
            return int(number), rest
    return None, turn.args
