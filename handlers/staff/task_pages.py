"""What can be done about a task: put it off, hand it over, say whom it is about, let it come back no more."""

from __future__ import annotations

from collections.abc import Sequence

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import handing_over, pairing, permitting, planning
from services.refusals import Refused
from storage.tasks import Task
from views import staff_planning
from views.messages import Edit, Effect, Say, Toast


def routes() -> Routes:
    return Routes(
        presses={
            "tsk": staffed(page, Right.PLAN, reading=True),
            "tgive": staffed(give_whom, Right.PLAN, reading=True),
            "tgiveto": staffed(give, Right.PLAN),
            "twho": staffed(ask_whom, Right.PLAN),
            "twhois": staffed(choose_whom, Right.PLAN),
            "tstop": staffed(stop, Right.PLAN),
        },
        flows={planning.WHOM_FLOW: waiting(find_whom, Right.PLAN)},
    )


async def page(turn: Turn) -> Sequence[Effect]:
    """One task with its buttons."""
    return [await _page(turn, await _open_task(turn))]


async def give_whom(turn: Turn) -> Sequence[Effect]:
    """The colleagues it could be handed to."""
    task = await _open_task(turn)
    others = await handing_over.colleagues(turn.db, permitting.require(turn.staff, Right.PLAN))
    named = [(one.id, one.name) for one in others]
    return [Edit(staff_planning.give_whom(desk.reader(turn), task.text, named, task_id=task.id))]


async def give(turn: Turn) -> Sequence[Effect]:
    """It is the colleague's now."""
    number, to_id = desk.numbers(turn, 2)
    task, to, said = await handing_over.give(turn.tx, turn.place, turn.staff, number, to_id, now=turn.now)
    return [*said, Edit(staff_planning.gave(desk.reader(turn), task.text, to=to.name))]


async def ask_whom(turn: Turn) -> Sequence[Effect]:
    """Whom is it about? The next message finds them."""
    task = await _open_task(turn)
    desk.enter(turn, planning.WHOM_FLOW, {"task": task.id})
    return [Say(staff_planning.ask_whom(desk.reader(turn), task.text))]


async def find_whom(turn: Turn) -> Sequence[Effect]:
    """The words that name somebody; asked again where they find nobody."""
    task_id = int(desk.state(turn)["task"])
    found = await pairing.candidates(turn.db, turn.place, 0, turn.text[:200], now=turn.now)
    return [Say(staff_planning.choose_whom(desk.reader(turn), found, task_id=task_id))]


async def choose_whom(turn: Turn) -> Sequence[Effect]:
    """This one."""
    number, contact_id = desk.numbers(turn, 2)
    task = await handing_over.name_whom(turn.tx, turn.staff, number, contact_id)
    if turn.conversation.flow == planning.WHOM_FLOW:
        turn.conversation.leave()
    return [await rings(turn, task), await _page(turn, task)]


async def stop(turn: Turn) -> Sequence[Effect]:
    """This once more, and not again."""
    task = await planning.stop_repeating(turn.tx, turn.staff, desk.numbers(turn, 1)[0])
    return [await rings(turn, task), await _page(turn, task), Toast(turn.words.plain("task-stopped"))]


async def rings(turn: Turn, task: Task) -> Say:
    """The row that reminds of the task, in one's own words."""
    member = permitting.require(turn.staff, Right.PLAN)
    return await handing_over.ringing(turn.db, desk.reader(turn), member, task)


async def _open_task(turn: Turn) -> Task:
    task = await planning.own_task(turn.db, turn.staff, desk.numbers(turn, 1)[0])
    if task.done_at is not None:
        raise Refused("refused-task-done")
    return task


async def _page(turn: Turn, task: Task) -> Edit:
    screen = staff_planning.task_page(
        desk.reader(turn),
        await handing_over.about(turn.db, task.contact_id),
        task_id=task.id,
        at=task.due_at,
        text=task.text,
        repeat=task.repeat,
        by=await handing_over.given_by(turn.db, task),
    )
    return Edit(screen, memo={"contact": task.contact_id})
