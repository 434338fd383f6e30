"""Finding people: /find and its filters, free words in private, /tags, and the bot's name typed in any chat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from aiogram import types

from crm import permissions, segments
from crm.permissions import Right
from crm.segment_tree import Query
from handlers.routes import Route, Routes
from handlers.staff import desk, pages
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import permitting, planning, segmenting, showing
from services.refusals import Refused
from storage import outbox, search, segment_sets
from storage import tags as tag_rows
from views import cards, lists, segment_screens
from views.messages import Edit, Effect, Found, InlineResults, Say, Screen
from views.staff_names import called, hashtag

PAGE: Final = 8
INLINE_PAGE: Final = 20
INLINE_MOST: Final = 50
QUERY: Final = 300

FACET: Final = 12
"""Values of one filter that are offered."""


def routes() -> Routes:
    return Routes(
        commands={"find": staffed(find, reading=True), "tags": staffed(tags, reading=True)},
        presses={
            "found": staffed(page, reading=True),
            "filt": staffed(filters, reading=True),
            "tagged": staffed(tagged, reading=True),
        },
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


async def filters(turn: Turn) -> Sequence[Effect]:
    """Filters as buttons. `f:KIND` shows the values of one, `t:PLACE` switches one of those shown, `x:PLACE` takes out
    one that stands in the query, `back` shows whom it finds."""
    memo = await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0) or {}
    query = segmenting.Aim.of_memo(memo).find
    what, _, rest = turn.args.partition(":")
    if what == "back":
        return [Edit(await _page(turn, query, 0), memo={"find": query})]
    if what == "x":
        query = segmenting.toggled(query, _chosen(segmenting.active(query), rest))
    if what == "t":
        query = segmenting.toggled(query, _chosen(memo.get("values", []), rest))
    facet = memo.get("facet") if what == "t" else rest if what == "f" else None
    if facet in segment_sets.FACETS:
        return [await _shades(turn, query, facet)]
    screen = segment_screens.filters(desk.reader(turn), query, segmenting.active(query))
    return [Edit(screen, memo={"find": query})]


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
    query = await segmenting.read_kindly(turn.db, turn.place, event.query[:QUERY], role=turn.role)
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
    read = await segmenting.read_kindly(turn.db, turn.place, query, role=turn.role)
    zone = planning.zone_of_business(turn.place)
    return await search.find(turn.db, read, limit=PAGE, offset=offset, now=turn.now, zone=zone)


async def _shown(turn: Turn, query: str, offset: int, result: search.Found) -> Screen:
    hits = await showing.hits(turn.db, result.ids)
    read = await segmenting.read_kindly(turn.db, turn.place, query, role=turn.role)
    everybody = await _everybody(turn, query, read, result)
    reader = desk.reader(turn)
    below: tuple[lists.Row, ...] = ()
    if result.ids and read.mistake is None:
        below = segment_screens.under_search(reader, count=everybody.number, more=everybody.too_many)
    return lists.found(
        reader,
        hits,
        query=query,
        offset=offset,
        size=PAGE,
        more=result.more,
        count=everybody.number,
        or_more=everybody.or_more,
        by_words=bool(read.words),
        mistake=await _mistake(turn, query),
        below=below,
    )


class _Everybody(NamedTuple):
    """How many a search finds; whether there may be more; whether they are more than anybody reads."""

    number: int
    or_more: bool
    too_many: bool


async def _everybody(turn: Turn, query: str, read: Query, result: search.Found) -> _Everybody:
    """A search by words knows how many it has found only while its page is the last; conditions are counted. A search
    for nothing that could be read shows everybody, counted as far as its window reaches."""
    by_words, too_many = search.is_by_words(read), result.about >= search.WINDOW
    if not result.ids or read.mistake is not None or (by_words and result.more):
        return _Everybody(result.about, result.more if by_words else too_many, too_many)
    meant = await segmenting.meant(turn.db, turn.place, segmenting.Aim(find=query), role=turn.role, now=turn.now)
    return _Everybody(await segment_sets.count(turn.db, meant), meant.more, meant.more)


async def _shades(turn: Turn, query: str, facet: segment_sets.Facet) -> Edit:
    """The commonest values of one filter, those that are on first among equals."""
    meant = await segmenting.meant(turn.db, turn.place, segmenting.Aim(find=query), role=turn.role, now=turn.now)
    found = await segment_sets.values(turn.db, meant, facet, limit=FACET)
    pieces = [segmenting.condition(facet, one.text) for one in found]
    shades = [
        segment_screens.Shade(
            segment_screens.shade_title(turn.words, facet, one.text), one.contacts, segmenting.is_on(query, piece)
        )
        for one, piece in zip(found, pieces, strict=True)
    ]
    count = await segment_sets.count(turn.db, meant)
    screen = segment_screens.shades(desk.reader(turn), query, facet, shades, count)
    return Edit(screen, memo={"find": query, "facet": facet, "values": pieces})


def _chosen(values: Sequence[str], place: str) -> str:
    """The value a button stands for. Raises Refused for one there is not."""
    if not desk.is_id(place) or int(place) >= len(values):
        raise Refused("refused-stale")
    return values[int(place)]


async def _mistake(turn: Turn, query: str) -> str:
    wrong = segmenting.doubtful(await segmenting.read_kindly(turn.db, turn.place, query, role=turn.role))
    return "" if wrong is None else lists.mistake(turn.words, wrong.reason, wrong.piece, wrong.corrected)


def _result(turn: Turn, hit: lists.Hit) -> Found:
    details: list[Any] = [f"@{hit.who.username}" if hit.who.username else "", f"…{hit.digits}" if hit.digits else ""]
    details += [hashtag(tag) for tag in hit.who.tags[:3]]
    link = f"https://t.me/{turn.place.username}?start=card_{hit.who.id}"
    return Found(
        id=str(hit.who.id),
        title=called(turn.words, hit.who),
        description=" · ".join(filter(None, details)),
        text=f'<a href="{link}">{cards.link(turn.words, hit.who.id)}</a>',
    )
