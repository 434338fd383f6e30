"""Finding people: /find, free words in private, /tags, and the bot's name typed in any chat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from aiogram import types

from crm import permissions, segments
from crm.permissions import Right
from handlers.routes import Route, Routes
from handlers.staff import desk, pages
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import permitting, planning, showing
from services.refusals import Refused
from storage import outbox, search
from storage import tags as tag_rows
from views import cards, lists
from views.messages import Edit, Effect, Found, InlineResults, Say, Screen
from views.staff_names import called

PAGE: Final = 8
INLINE_PAGE: Final = 20
INLINE_MOST: Final = 50
QUERY: Final = 300

# A word with a sign of comparison after it: somebody meant a condition, so a mistake in it is worth telling.
_LIKE_A_CONDITION: Final = re.compile(r"[^\W\d]\w*\s*(?:[:<>=]|>=|<=)\s*\S")


def routes() -> Routes:
    return Routes(
        commands={"find": staffed(find, reading=True), "tags": staffed(tags, reading=True)},
        presses={"found": staffed(page, reading=True), "tagged": staffed(tagged, reading=True)},
        staff_at_rest=at_rest(),
        inline=Route(inline, reading=True),
    )


def at_rest() -> Route:
    """What one of the team writes when no question is open."""
    return staffed(rest, reading=True)


async def find(turn: Turn) -> Sequence[Effect]:
    """/find WORDS."""
    query = turn.args.strip()
    if not query:
        return [Say(Screen(turn.words("find-ask")))]
    return await _found(turn, query)


async def rest(turn: Turn) -> Sequence[Effect]:
    """Free words are something to find; so is somebody's contact; anything else is answered with what can be done."""
    said = turn.message
    query = said.contact.phone_number if said.contact is not None else (said.text or "").strip()
    if not query or query.startswith("/"):
        return [Say(Screen(turn.words("rest-hint")))]
    return await _found(turn, query)


async def page(turn: Turn) -> Sequence[Effect]:
    """◀ and ▶: what is looked for is remembered under the message."""
    (offset,) = desk.numbers(turn, 1)
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0)
    query = (memo or {}).get("find")
    if query is None:
        raise Refused("refused-stale")
    return [Edit(await _page(turn, query, offset))]


async def tags(turn: Turn) -> Sequence[Effect]:
    """/tags: every tag with its count."""
    counts = [(one.id, one.name, one.contacts) for one in await tag_rows.counts(turn.db)]
    return [Say(lists.tags(desk.reader(turn), counts))]


async def tagged(turn: Turn) -> Sequence[Effect]:
    """Everybody with a tag."""
    name = await tag_rows.name_of(turn.db, desk.numbers(turn, 1)[0])
    if name is None:
        raise Refused("refused-tag-unknown")
    return await listed(turn, f"tag:{segments.quote(name)}")


async def listed(turn: Turn, query: str) -> Sequence[Effect]:
    """The first page of a query that a button stands for, as a message of its own."""
    return [Say(await _page(turn, query, 0), memo={"find": query})]


async def inline(turn: Turn) -> Sequence[Effect]:
    """`@bot name` in any chat, for the team only. What is chosen leaves a link there, and nothing of the person."""
    event = turn.event
    assert isinstance(event, types.InlineQuery)
    if turn.staff is None or not permissions.allows(turn.staff.role, Right.SEE):
        return [InlineResults()]
    offset = int(event.offset) if desk.is_id(event.offset) else 0
    size = min(INLINE_PAGE, INLINE_MOST - offset)
    if size <= 0:
        return [InlineResults()]
    query = segments.parse(event.query[:QUERY], lenient=True)
    found = await search.find(turn.db, query, limit=size, offset=offset, now=turn.now, zone=turn.zone)
    results = [_result(turn, hit) for hit in await showing.hits(turn.db, found.ids)]
    more = found.more and offset + size < INLINE_MOST
    return [InlineResults(tuple(results), str(offset + size) if more else "")]


async def _found(turn: Turn, query: str) -> Sequence[Effect]:
    query = query[:QUERY]
    result = await _search(turn, query, 0)
    if len(result.ids) == 1 and not result.more:
        return await pages.opened(turn, await permitting.contact(turn.db, result.ids[0]))
    return [Say(await _shown(turn, query, 0, result), memo={"find": query})]


async def _page(turn: Turn, query: str, offset: int) -> Screen:
    return await _shown(turn, query, offset, await _search(turn, query, offset))


async def _search(turn: Turn, query: str, offset: int) -> search.Found:
    read = segments.parse(query, lenient=True)
    zone = planning.zone_of_business(turn.place)
    return await search.find(turn.db, read, limit=PAGE, offset=offset, now=turn.now, zone=zone)


async def _shown(turn: Turn, query: str, offset: int, result: search.Found) -> Screen:
    hits = await showing.hits(turn.db, result.ids)
    return lists.found(
        desk.reader(turn),
        hits,
        query=query,
        offset=offset,
        size=PAGE,
        more=result.more,
        about=result.about,
        mistake=_mistake(turn, query),
    )


def _mistake(turn: Turn, query: str) -> str:
    wrong = segments.parse(query, lenient=True).mistake
    if wrong is None or not _LIKE_A_CONDITION.search(query):
        return ""
    return lists.mistake(turn.words, wrong.reason, wrong.piece, wrong.corrected)


def _result(turn: Turn, hit: lists.Hit) -> Found:
    details: list[Any] = [f"@{hit.who.username}" if hit.who.username else "", f"…{hit.digits}" if hit.digits else ""]
    details += [f"#{tag}" for tag in hit.who.tags[:3]]
    link = f"https://t.me/{turn.place.username}?start=card_{hit.who.id}"
    return Found(
        id=str(hit.who.id),
        title=called(turn.words, hit.who),
        description=" · ".join(filter(None, details)),
        text=f'<a href="{link}">{cards.link(turn.words, hit.who.id)}</a>',
    )
