"""A question composed by buttons: a field, what is asked of it, a value, and one more; counted as it grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from crm.permissions import Right
from crm.segment_kinds import Field
from crm.segment_tree import SegmentError
from handlers.routes import Routes
from handlers.staff import desk, lookup
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import composing, segmenting
from services.composing import Draft
from services.refusals import Refused
from storage import outbox, segment_sets
from views import builder_screens, lists
from views.messages import Edit, Effect, Say, Screen


def routes() -> Routes:
    return Routes(
        presses={"sb": staffed(press, reading=True), "sbask": staffed(ask_value, Right.SEE)},
        flows={composing.FLOW: waiting(typed, Right.SEE)},
    )


async def press(turn: Turn) -> Sequence[Effect]:
    """Every step but typing. `sb` alone begins a new question, as a message of its own."""
    what, _, rest = turn.args.partition(":")
    if not what:
        return [Say(_fields(turn, Draft(), 0), memo=Draft().memo)]
    draft = Draft.of_memo(await _memo(turn))
    match what:
        case "fields":
            return [Edit(_fields(turn, draft, _number(rest)), memo=draft.memo)]
        case "f":
            return _asks(turn, draft, rest)
        case "a":
            return await _values(turn, replace(draft, ask=rest))
        case "v":
            return await _chosen(turn, draft, _number(rest))
        case "and" | "or":
            draft = draft.asking("or" if what == "or" else "and")
            return [Edit(_fields(turn, draft, 0), memo=draft.memo)]
        case "pop":
            return await _shown(turn, draft.without_last())
        case "count":
            return await _shown(turn, draft)
        case "show":
            return await lookup.listed(turn, draft.query)
    raise Refused("refused-stale")


async def ask_value(turn: Turn) -> Sequence[Effect]:
    """A value that is not among the buttons: typed."""
    draft = Draft.of_memo(await _memo(turn))
    of = composing.field(turn.place, draft.field, turn.role)
    desk.enter(turn, composing.FLOW, draft.memo)
    return [Say(builder_screens.type_in(turn.words, of, draft.ask))]


async def typed(turn: Turn) -> Sequence[Effect]:
    """The value; one that cannot be read is answered with why, and asked again. Whom the question finds now is counted
    by its button, beside the writer."""
    draft = Draft.of_memo(desk.state(turn))
    of = composing.field(turn.place, draft.field, turn.role)
    value = composing.typed(of, turn.text)
    try:
        grown = await _grown(turn, draft, of, value)
    except SegmentError as error:
        problem = lists.mistake(turn.words, error.reason, error.piece, None)
        return [Say(builder_screens.type_in(turn.words, of, draft.ask, problem=problem))]
    turn.conversation.leave()
    return [Say(_screen(turn, grown, None), memo=grown.memo)]


def _fields(turn: Turn, draft: Draft, offset: int) -> Screen:
    known = [one for one in segmenting.fields(turn.place, turn.role) if one.kind in composing.ASKS]
    return builder_screens.fields(desk.reader(turn), known, offset=offset, about=draft.query)


def _asks(turn: Turn, draft: Draft, name: str) -> Sequence[Effect]:
    of = composing.field(turn.place, name, turn.role)
    draft = replace(draft, field=of.name, ask="", values=())
    return [Edit(builder_screens.asks(desk.reader(turn), of, tuple(composing.ASKS[of.kind])), memo=draft.memo)]


async def _values(turn: Turn, draft: Draft) -> Sequence[Effect]:
    """The values to choose from; some questions need none."""
    of = composing.field(turn.place, draft.field, turn.role)
    if draft.ask not in composing.ASKS[of.kind]:
        raise Refused("refused-stale")
    if composing.ASKS[of.kind][draft.ask][2]:
        return await _shown(turn, await _grown(turn, draft, of, ""))
    meant = await segmenting.meant(turn.db, turn.place, segmenting.Aim(find=draft.query), role=turn.role, now=turn.now)
    known = await composing.values(turn.db, turn.place, of, meant=meant)
    draft = replace(draft, values=tuple(known))
    return [Edit(builder_screens.values(desk.reader(turn), of, draft.ask, known), memo=draft.memo)]


async def _chosen(turn: Turn, draft: Draft, place: int) -> Sequence[Effect]:
    of = composing.field(turn.place, draft.field, turn.role)
    if place >= len(draft.values):
        raise Refused("refused-stale")
    return await _shown(turn, await _grown(turn, draft, of, draft.values[place]))


async def _grown(turn: Turn, draft: Draft, of: Field, value: str) -> Draft:
    """The question with one more condition. Raises SegmentError for a value that cannot be read."""
    text = composing.written(of, draft.ask, value)
    await segmenting.read(turn.db, turn.place, text, role=turn.role)
    shown = builder_screens.value(turn.words, of, value)
    return draft.with_part(text, builder_screens.said(turn.words, of, draft.ask, shown))


async def _shown(turn: Turn, draft: Draft) -> Sequence[Effect]:
    """The question so far with its count; without a condition, the fields again."""
    if not draft.parts:
        return [Edit(_fields(turn, draft, 0), memo=draft.memo)]
    aim = segmenting.Aim(find=draft.query)
    meant = await segmenting.meant(turn.db, turn.place, aim, role=turn.role, now=turn.now)
    count = await segment_sets.count(turn.db, meant)
    return [Edit(_screen(turn, draft, count), memo=draft.memo)]


def _screen(turn: Turn, draft: Draft, count: int | None) -> Screen:
    reader = desk.reader(turn)
    parts = [(part.join, part.said) for part in draft.parts]
    return builder_screens.so_far(reader, parts, draft.query, count=count, wrote=reader.changes)


def _number(text: str) -> int:
    if not desk.is_id(text):
        raise Refused("refused-stale")
    return int(text)


async def _memo(turn: Turn) -> dict[str, Any] | None:
    return await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0)
