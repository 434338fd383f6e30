"""Taking the base out, by its owners only: /export for some people, /archive for everything, /exports for the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm.export_columns import Use
from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import extracting, segmenting
from services.refusals import Refused
from services.segmenting import Aim
from storage import export_rows, outbox, segment_sets
from views import export_screens
from views.export_screens import Taken
from views.messages import Edit, Effect, Say, Screen

SHOWN: Final = 10
QUERY: Final = 300


def routes() -> Routes:
    return Routes(
        commands={
            "export": staffed(export, Right.OWN, reading=True),
            "archive": staffed(ask_archive, Right.OWN, reading=True),
            "exports": staffed(log, Right.OWN, reading=True),
        },
        presses={
            "export": staffed(from_list, Right.OWN, reading=True),
            "exu": staffed(use, Right.OWN, reading=True),
            "exf": staffed(form, Right.OWN),
            "archive": staffed(archive, Right.OWN),
        },
    )


async def export(turn: Turn) -> Sequence[Effect]:
    """/export QUERY, or everybody."""
    aim = Aim(find=turn.args.strip()[:QUERY])
    return [Say(await _use(turn, aim), memo=aim.memo)]


async def from_list(turn: Turn) -> Sequence[Effect]:
    """The people of the message whose button was pressed (`export`), or of a saved segment (`export:seg:ID`): a list's
    as a new message, a step back in its own."""
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0)
    kind, _, number = turn.args.partition(":")
    aim = Aim(segment=int(number)) if kind == "seg" and desk.is_id(number) else Aim.of_memo(memo)
    screen = await _use(turn, aim)
    return [Edit(screen)] if (memo or {}).get("export") else [Say(screen, memo={**aim.memo, "export": True})]


async def use(turn: Turn) -> Sequence[Effect]:
    return [Edit(export_screens.ask_format(desk.reader(turn), _use_of(turn.args)), memo=await _memo(turn))]


async def form(turn: Turn) -> Sequence[Effect]:
    """The last step: the file is made by long work."""
    chosen, _, format = turn.args.partition(":")
    if format not in extracting.FORMATS:
        raise Refused("refused-stale")
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0)
    mark = await extracting.order(
        turn.tx,
        turn.staff,
        Aim.of_memo(memo),
        use=_use_of(chosen),
        format=format,
        language=turn.words.language,
        now=turn.now,
    )
    return [Edit(export_screens.preparing(turn.words, mark))]


async def ask_archive(turn: Turn) -> Sequence[Effect]:
    return [Say(export_screens.ask_archive(turn.words))]


async def archive(turn: Turn) -> Sequence[Effect]:
    mark = await extracting.order_archive(turn.tx, turn.staff, language=turn.words.language, now=turn.now)
    return [Edit(export_screens.preparing(turn.words, mark))]


async def log(turn: Turn) -> Sequence[Effect]:
    """/exports: who took what."""
    taken = [
        Taken(row.by or "", row.created_at, row.segment, row.format, row.contacts, row.mark, row.state)
        for row in await export_rows.latest(turn.db, limit=SHOWN)
    ]
    return [Say(export_screens.log(desk.reader(turn), taken))]


async def _use(turn: Turn, aim: Aim) -> Screen:
    meant = await segmenting.meant(turn.db, turn.place, aim, now=turn.now)
    if meant.more:
        raise Refused("refused-export-words", alert=True)
    about = aim.find if aim.segment is None else (await segmenting.saved(turn.db, aim.segment)).name
    return export_screens.ask_use(desk.reader(turn), await segment_sets.count(turn.db, meant), about=about)


async def _memo(turn: Turn) -> dict[str, object]:
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0)
    return {**Aim.of_memo(memo).memo, "export": True}


def _use_of(text: str) -> Use:
    if text not in set(Use):
        raise Refused("refused-stale")
    return Use(text)
