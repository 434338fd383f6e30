"""Imports: a file sent to the bot, the questions about it, and /imports."""

from __future__ import annotations

from collections.abc import Sequence

from crm import entries
from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import import_showing, importing, permitting
from services.importing import Brought
from services.refusals import Refused
from storage import outbox, staff
from storage.imports import Import
from views import import_screens as screens
from views.messages import Delete, Edit, Effect, Say, Screen, Toast


def routes() -> Routes:
    return Routes(
        commands={"imports": staffed(listed, Right.ADD, reading=True)},
        presses={
            "imps": staffed(list_pressed, Right.ADD, reading=True),
            "impshow": staffed(opened, Right.ADD, reading=True),
            "impmap": staffed(columns, Right.ADD, reading=True),
            "impcol": staffed(ask_column, Right.ADD, reading=True),
            "impset": staffed(take_for, Right.ADD),
            "impopt": staffed(options, Right.ADD, reading=True),
            "impsrc": staffed(source, Right.ADD),
            "impagr": staffed(agreed, Right.ADD),
            "impdup": staffed(mode, Right.ADD),
            "impask": staffed(ask, Right.ADD),
            "impgo": staffed(check, Right.ADD),
            "imprep": staffed(report, Right.ADD, reading=True),
            "imprun": staffed(start, Right.ADD),
            "impstop": staffed(stop, Right.ADD),
            "impundo": staffed(undo, Right.OWN),
        },
        flows={importing.FLOW: waiting(answered, Right.ADD)},
        staff_documents=staffed(brought, Right.ADD),
    )


async def brought(turn: Turn) -> Sequence[Effect]:
    """A file that is no answer to anything: people to be imported, if it can hold them."""
    document = turn.message.document
    if document is None or not importing.can_be_read(document.file_name or ""):
        return [Say(Screen(turn.words("import-formats")))]
    file = Brought(document.file_name or "", document.file_id, document.file_size)
    kept = await importing.begin(turn.tx, turn.staff, file, chat_id=turn.chat_id, now=turn.now)
    return [Say(await _screen(turn, kept), key=importing.key_of(kept), memo={"import": kept.id})]


async def listed(turn: Turn) -> Sequence[Effect]:
    """/imports: the newest."""
    member = permitting.require(turn.staff, Right.ADD)
    return [Say(screens.listed(desk.reader(turn), await import_showing.listed(turn.db, member)))]


async def list_pressed(turn: Turn) -> Sequence[Effect]:
    member = permitting.require(turn.staff, Right.ADD)
    return [Edit(screens.listed(desk.reader(turn), await import_showing.listed(turn.db, member)))]


async def opened(turn: Turn) -> Sequence[Effect]:
    """One of the list, as it stands."""
    return [Edit(await _screen(turn, await _import(turn)))]


async def columns(turn: Turn) -> Sequence[Effect]:
    """A page of the columns."""
    kept, page = await _import(turn), desk.numbers(turn, 2)[1]
    return [Edit(await _columns(turn, kept, page))]


async def ask_column(turn: Turn) -> Sequence[Effect]:
    """What a column may be taken for."""
    kept = await _import(turn)
    _, column, page = desk.numbers(turn, 3)
    every = await import_showing.columns(turn.place, _looked_over(kept), turn.words)
    if column >= len(every):
        raise Refused("refused-stale")
    titles = import_showing.own_titles(turn.playbook, turn.language)
    named = [(name, titles.get(name)) for name in importing.targets(turn.playbook)]
    shown = import_showing.shown(kept, turn.staff)
    return [Edit(screens.targets(turn.words, shown, every[column], named, page))]


async def take_for(turn: Turn) -> Sequence[Effect]:
    number, column, place = desk.numbers(turn, 3)
    every = importing.targets(turn.playbook)
    if place >= len(every):
        raise Refused("refused-stale")
    kept = await importing.take_for(turn.tx, turn.place, turn.staff, number, column, every[place], now=turn.now)
    return [Edit(await _columns(turn, kept, column // screens.PAGE))]


async def options(turn: Turn) -> Sequence[Effect]:
    """What is asked of the whole file."""
    return [Edit(_options(turn, await _import(turn)))]


async def source(turn: Turn) -> Sequence[Effect]:
    """Where these people come from: asked, or said by a button."""
    kept = await _import(turn)
    name = turn.args.partition(":")[2]
    if not name:
        return [Edit(screens.sources(turn.words, import_showing.shown(kept, turn.staff), importing.SOURCES))]
    if name not in importing.SOURCES:
        raise Refused("refused-stale")
    chosen = screens.source_name(turn.words, name)
    return [Edit(_options(turn, await _chosen(turn, kept.id, source=chosen)))]


async def agreed(turn: Turn) -> Sequence[Effect]:
    """Whether these people agreed to messages; a yes is asked for its proof."""
    (number,) = desk.numbers(turn, 1)
    if turn.args.endswith(":yes"):
        return await _ask(turn, number, "proof")
    return [Edit(_options(turn, await _chosen(turn, number, agreed=False, proof=None)))]


async def mode(turn: Turn) -> Sequence[Effect]:
    """The next of the ways to treat people who are there already."""
    kept = await _import(turn)
    at = entries.MODES.index((kept.options or {}).get("mode", entries.MODES[0]))
    after = entries.MODES[(at + 1) % len(entries.MODES)]
    return [Edit(_options(turn, await _chosen(turn, kept.id, mode=after)))]


async def ask(turn: Turn) -> Sequence[Effect]:
    """Something that is typed."""
    (number,) = desk.numbers(turn, 1)
    what = turn.args.partition(":")[2]
    if what not in importing.ASKED:
        raise Refused("refused-stale")
    return await _ask(turn, number, what)


async def answered(turn: Turn) -> Sequence[Effect]:
    """What was typed; the questions follow as a new message, which is the import's from now on."""
    state = desk.state(turn)
    number = int(state["import"])
    await _chosen(turn, number, **importing.answered(str(state["ask"]), turn.text))
    kept = await importing.say_anew(turn.tx, turn.staff, number, now=turn.now)
    turn.conversation.leave()
    return [Say(_options(turn, kept), key=importing.key_of(kept), memo={"import": kept.id})]


async def check(turn: Turn) -> Sequence[Effect]:
    kept = await importing.check(turn.tx, turn.staff, desk.numbers(turn, 1)[0], now=turn.now)
    return [Edit(await _screen(turn, kept))]


async def report(turn: Turn) -> Sequence[Effect]:
    """Every row that something is wrong with, as a file."""
    return [Say(await import_showing.report(turn.place, _looked_over(await _import(turn)), turn.words))]


async def start(turn: Turn) -> Sequence[Effect]:
    kept = await importing.start(turn.tx, turn.staff, desk.numbers(turn, 1)[0], now=turn.now)
    return [Edit(await _screen(turn, kept))]


async def stop(turn: Turn) -> Sequence[Effect]:
    kept = await importing.cancel(turn.tx, turn.staff, desk.numbers(turn, 1)[0], now=turn.now)
    return [Edit(await _screen(turn, kept)), Toast(turn.words.plain("dropped"))]


async def undo(turn: Turn) -> Sequence[Effect]:
    """Asks once more, then takes the whole import back."""
    if not turn.args.endswith(":yes"):
        return [Edit(screens.sure(turn.words, import_showing.shown(await _import(turn), turn.staff)))]
    kept = await importing.undo(turn.tx, turn.staff, desk.numbers(turn, 1)[0], now=turn.now)
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0) or {}
    if memo.get("import") == kept.id or kept.chat_id != turn.chat_id:
        return [Edit(await _screen(turn, kept))]
    # Opened from /imports: how far it comes is shown by a message that is the import's own.
    kept = await importing.say_anew(turn.tx, turn.staff, kept.id, now=turn.now)
    return [Delete(), Say(await _screen(turn, kept), key=importing.key_of(kept), memo={"import": kept.id})]


async def _ask(turn: Turn, number: int, what: str) -> Sequence[Effect]:
    kept = await importing.mine(turn.db, turn.staff, number)
    desk.enter(turn, importing.FLOW, {"import": kept.id, "ask": what})
    return [Say(screens.ask(turn.words, what))]


async def _chosen(turn: Turn, number: int, **chosen: object) -> Import:
    return await importing.choose(turn.tx, turn.staff, number, now=turn.now, **chosen)


async def _import(turn: Turn) -> Import:
    return await importing.mine(turn.db, turn.staff, desk.numbers(turn, 1)[0])


def _looked_over(kept: Import) -> Import:
    """Raises Refused while its columns are not known yet."""
    if kept.mapping is None:
        raise Refused("refused-import-busy")
    return kept


async def _columns(turn: Turn, kept: Import, page: int) -> Screen:
    every = await import_showing.columns(turn.place, _looked_over(kept), turn.words)
    page = min(page, max(len(every) - 1, 0) // screens.PAGE)
    return screens.columns(turn.words, import_showing.shown(kept, turn.staff), every, page)


def _options(turn: Turn, kept: Import) -> Screen:
    return screens.options(turn.words, import_showing.shown(_looked_over(kept), turn.staff))


async def _screen(turn: Turn, kept: Import) -> Screen:
    member = await staff.get(turn.db, turn.staff.id) if turn.staff is not None else None
    return await import_showing.screen(turn.place, kept, turn.words, member)
