"""Saved segments: /segment and its buttons; lists of people as switches on a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from crm.permissions import Right
from crm.segment_tree import SegmentError
from handlers.routes import Routes
from handlers.staff import desk, lookup
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import permitting, segmenting, showing
from services.refusals import Refused
from storage import outbox, saved_segments, segment_sets
from storage.saved_segments import Saved
from views import segment_mistakes, segment_screens
from views.messages import Edit, Effect, Say, Screen, Toast

PAGE: Final = 12
# In the words of the help, and in those that people write instead of them.
_WORDS: Final = {
    said: word
    for word, others in {
        "list": ("", "список"),
        "show": ("показать", "покажи", "показати"),
        "save": ("сохранить", "сохрани", "зберегти", "збережи"),
        "overlap": ("пересечение", "сравнить", "перетин", "порівняти"),
        "rename": ("переименовать", "перейменувати"),
        "delete": ("удалить", "видалити"),
    }.items()
    for said in (word, *others)
}


def routes() -> Routes:
    return Routes(
        commands={"segment": staffed(segment, reading=True)},
        presses={
            "segs": staffed(page, reading=True),
            "seg": staffed(one, reading=True),
            "segpeople": staffed(people, reading=True),
            "segover": staffed(over, reading=True),
            "segnew": staffed(ask_name, Right.EDIT),
            "segkeep": staffed(keep, Right.EDIT),
            "segren": staffed(ask_new_name, Right.EDIT),
            "segdel": staffed(delete, Right.EDIT),
            "lists": staffed(lists_page, reading=True),
            "inlist": staffed(switch, Right.EDIT),
            "listnew": staffed(ask_list, Right.EDIT),
        },
        flows={segmenting.FLOW: waiting(typed_name, Right.EDIT)},
    )


async def segment(turn: Turn) -> Sequence[Effect]:
    """/segment, and its words: list, show NAME, save NAME QUERY, overlap A B, rename A B, delete NAME; in ru and uk too."""
    word, _, rest = turn.args.strip().partition(" ")
    doing = {"list": _all, "show": _show, "save": _save, "overlap": _overlap, "rename": _rename, "delete": _delete}
    if (asked := _WORDS.get(word.lower())) is not None:
        return await doing[asked](turn, rest.strip())
    found = await saved_segments.named(turn.db, segmenting.unquoted(turn.args))
    if found is None:
        return [Say(Screen(turn.words("segment-usage")))]
    return [await _said(turn, found)]


async def page(turn: Turn) -> Sequence[Effect]:
    return [Edit(await _everything(turn, desk.numbers(turn, 1)[0]))]


async def one(turn: Turn) -> Sequence[Effect]:
    """One segment, in place of the list."""
    found = await _segment(turn)
    return [Edit(await _detail(turn, found), memo={"segment": found.id})]


async def people(turn: Turn) -> Sequence[Effect]:
    """Everybody in it, page by page."""
    return await lookup.listed(turn, segmenting.query_for(await _segment(turn)))


async def over(turn: Turn) -> Sequence[Effect]:
    """Two segments over each other; the second is chosen among the others."""
    first = await _segment(turn)
    if ":" not in turn.args:
        others = [one for one in await saved_segments.everything(turn.db) if one.id != first.id]
        rows = await _listed(turn, others)
        return [Edit(segment_screens.choose_other(desk.reader(turn), first.name, first.id, rows))]
    second = await segmenting.saved(turn.db, desk.numbers(turn, 2)[1])
    return [Edit(await _laid(turn, first, second))]


async def ask_name(turn: Turn) -> Sequence[Effect]:
    """A name for the question under whose answer the button stands."""
    aim = segmenting.Aim.of_memo(await _memo(turn))
    if aim.segment is not None or not aim.find:
        raise Refused("refused-segment-query")
    await segmenting.read(turn.db, turn.place, aim.find, role=turn.role)
    desk.enter(turn, segmenting.FLOW, {"query": aim.find})
    return [Say(segment_screens.ask_name(turn.words, aim.find))]


async def ask_new_name(turn: Turn) -> Sequence[Effect]:
    found = await _segment(turn)
    desk.enter(turn, segmenting.FLOW, {"rename": found.id})
    return [Say(segment_screens.ask_new_name(turn.words, found.name))]


async def ask_list(turn: Turn) -> Sequence[Effect]:
    """A name for a new list, on which the person of the card is the first."""
    contact = await permitting.contact(turn.db, desk.numbers(turn, 1)[0])
    desk.enter(turn, segmenting.FLOW, {"contact": contact.id})
    return [Say(segment_screens.ask_list_name(turn.words))]


async def typed_name(turn: Turn) -> Sequence[Effect]:
    """The name that was asked for. One that cannot be taken is answered with why, and asked again."""
    state = desk.state(turn)
    try:
        kept = await _named(turn, state, turn.text)
    except Refused as refusal:
        return [Say(Screen(turn.words(refusal.key, **refusal.values)))]
    turn.conversation.leave()
    return [Say(segment_screens.kept(turn.words, kept.name, kept.id), memo={"segment": kept.id})]


async def keep(turn: Turn) -> Sequence[Effect]:
    """What was typed in one line and shown before it is done."""
    asked = (await _memo(turn) or {}).get("keep")
    if not isinstance(asked, dict):
        raise Refused("refused-stale")
    kept = await _named(turn, asked, str(asked["name"]))
    return [Edit(segment_screens.kept(turn.words, kept.name, kept.id), memo={"segment": kept.id})]


async def delete(turn: Turn) -> Sequence[Effect]:
    """Asks, then forgets it."""
    found = await _segment(turn)
    if not turn.args.endswith(":yes"):
        return [Edit(segment_screens.ask_delete(turn.words, found.name, found.id))]
    await segmenting.remove(turn.tx, turn.staff, found.id)
    return [Edit(segment_screens.deleted(turn.words, found.name), memo={})]


async def lists_page(turn: Turn) -> Sequence[Effect]:
    """The lists a person is on, as switches."""
    return [Edit(await _switches(turn, desk.numbers(turn, 1)[0]))]


async def switch(turn: Turn) -> Sequence[Effect]:
    contact_id, segment_id = desk.numbers(turn, 2)
    on = await segmenting.switch(turn.tx, turn.staff, contact_id, segment_id, now=turn.now)
    toast = Toast(turn.words.plain("list-on" if on else "list-off"))  # keys: list-on list-off
    return [Edit(await _switches(turn, contact_id)), toast]


# ------------------------------------------------------------------------------------------------- words of the command


async def _all(turn: Turn, rest: str) -> Sequence[Effect]:
    return [Say(await _everything(turn, 0))]


async def _show(turn: Turn, rest: str) -> Sequence[Effect]:
    return [await _said(turn, await segmenting.named(turn.db, rest))]


async def _save(turn: Turn, rest: str) -> Sequence[Effect]:
    """Shown with its count before it is kept; a mistake in it is told with its place and what to write instead."""
    permitting.require(turn.staff, Right.EDIT)
    name, query = segmenting.name_and_query(rest)
    if not name or not query:
        return [Say(Screen(turn.words("segment-usage")))]
    try:
        await segmenting.read(turn.db, turn.place, query, role=turn.role)
    except SegmentError as error:
        return [Say(Screen(segment_mistakes.refused(turn.words, error)))]
    aim = segmenting.Aim(find=query)
    meant = await segmenting.meant(turn.db, turn.place, aim, role=turn.role, now=turn.now)
    count = await segment_sets.count(turn.db, meant)
    screen = segment_screens.offer_save(desk.reader(turn), name, query, count)
    return [Say(screen, memo={"keep": {"name": name, "query": query}})]


async def _overlap(turn: Turn, rest: str) -> Sequence[Effect]:
    return [Say(await _laid(turn, *await segmenting.two_named(turn.db, rest)))]


async def _rename(turn: Turn, rest: str) -> Sequence[Effect]:
    permitting.require(turn.staff, Right.EDIT)
    found, new = await segmenting.named_first(turn.db, rest)
    screen = segment_screens.offer_rename(desk.reader(turn), found.name, new)
    return [Say(screen, memo={"keep": {"name": new, "rename": found.id}})]


async def _delete(turn: Turn, rest: str) -> Sequence[Effect]:
    permitting.require(turn.staff, Right.EDIT)
    found = await segmenting.named(turn.db, rest)
    return [Say(segment_screens.ask_delete(turn.words, found.name, found.id), memo={"segment": found.id})]


# -------------------------------------------------------------------------------------------------------------- screens


async def _named(turn: Turn, asked: dict[str, Any], name: str) -> Saved:
    """Keeps a question, a new name, or a new list, as was asked."""
    if "rename" in asked:
        return await segmenting.rename(turn.tx, turn.staff, int(asked["rename"]), name, now=turn.now)
    if "contact" in asked:
        made = await segmenting.save_list(turn.tx, turn.staff, name, now=turn.now)
        await segmenting.switch(turn.tx, turn.staff, int(asked["contact"]), made.id, now=turn.now)
        return made
    return await segmenting.save(turn.tx, turn.place, turn.staff, name, str(asked["query"]), now=turn.now)


async def _everything(turn: Turn, offset: int) -> Screen:
    everything = await saved_segments.everything(turn.db)
    shown = await _listed(turn, everything[offset : offset + PAGE])
    return segment_screens.everything(desk.reader(turn), shown, offset=offset, size=PAGE, total=len(everything))


async def _listed(turn: Turn, some: Sequence[Saved]) -> list[segment_screens.Listed]:
    since = segmenting.day(turn.place, turn.now - segmenting.GROWTH)
    noted = await saved_segments.growth(turn.db, [one.id for one in some], since=since)
    return [
        segment_screens.Listed(one.id, one.name, one.is_list, noted[one.id][-1] if one.id in noted else None)
        for one in some
    ]


async def _said(turn: Turn, found: Saved) -> Say:
    return Say(await _detail(turn, found), memo={"segment": found.id})


async def _detail(turn: Turn, found: Saved) -> Screen:
    meant = await segmenting.meant_by(turn.db, turn.place, found, now=turn.now)
    count = await segment_sets.count(turn.db, meant)
    few = await segment_sets.sample(turn.db, meant, limit=segmenting.SAMPLE)
    seen = segment_screens.Detail(
        id=found.id,
        name=found.name,
        query=found.query,
        count=count,
        growth=await segmenting.grown(turn.db, turn.place, found.id, now=turn.now, count=count),
        sample=await showing.hits(turn.db, few),
    )
    return segment_screens.detail(desk.reader(turn), seen)


async def _laid(turn: Turn, first: Saved, second: Saved) -> Screen:
    laid = await segmenting.overlap(turn.db, turn.place, first, second, now=turn.now)
    seen = segment_screens.Laid(first.name, second.name, laid.in_one, laid.in_other, laid.in_both)
    return segment_screens.overlap(desk.reader(turn), seen, back_to=first.id)


async def _switches(turn: Turn, contact_id: int) -> Screen:
    contact = await permitting.contact(turn.db, contact_id)
    on = await saved_segments.lists_of(turn.db, contact.id)
    kept = [(one.id, one.name, one.id in on) for one in await saved_segments.everything(turn.db) if one.is_list]
    return segment_screens.switches(desk.reader(turn), await desk.who(turn, contact), kept)


async def _segment(turn: Turn) -> Saved:
    return await segmenting.saved(turn.db, desk.numbers(turn, 1)[0])


async def _memo(turn: Turn) -> dict[str, Any] | None:
    return await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0)
