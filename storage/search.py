"""Finding people by whatever is remembered of them.

A search walks down four ranks and stops when the page is full: every word is a word of the contact; or how one begins;
or inside one; or one typo away. Each rank holds those before it, so a contact's rank is that of its worst word. Within
a rank those who wrote last come first.

A single word that too few begin with is likelier misspelt than the middle of another: then those two ranks take turns,
two typos to a part, and each word that may have been meant gives one contact before any gives a second. Otherwise the many who have
"ива" somewhere inside would hide the Ivans that "ивн" was meant for.

How the index is kept: storage/search_index.py. All that takes long is done by SQLite, on the connection's thread.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import IntEnum
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    text,
    union_all,
)

from crm.segment_tree import All, Matches, Node, Query
from storage import conditions, search_words
from storage.engine import Reads
from storage.search_index import index, index_many, index_new
from storage.search_words import Term
from storage.tables import contact_points, contact_tags, contacts, tags

__all__ = ["WINDOW", "Found", "find", "index", "index_many", "index_new"]

WINDOW = 500
"""How many contacts of one rank are put in order, the newest cards first: nobody reads on past them."""
MAX_TERMS = 12
"""Words beyond these narrow a search no further."""
SURE_DIGITS = 4
"""So many digits of a phone beside another word are no chance."""
WORDS_A_PART = 128
WORDS_A_TYPO = 64
"""How many words of the base one typed word may mean, by its letters and by a typo."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search. `about` is how many were seen, at most `WINDOW` a rank: an exact number while not `more`,
    at least so many otherwise."""

    ids: tuple[int, ...]
    more: bool
    about: int


class _Rank(IntEnum):
    WHOLE = 0
    START = 1
    PART = 2
    TYPO = 3


_PLAIN_RANKS = (_Rank.WHOLE, _Rank.START)
_FORGIVING_RANKS = (_Rank.PART, _Rank.TYPO)


async def find(
    db: Reads,
    query: Query | str,
    *,
    limit: int,
    offset: int = 0,
    now: datetime,
    zone: tzinfo = UTC,
    spam: bool = False,
) -> Found:
    """A page of the contacts that every word and condition of the query describes, the best first.

    Words given as plain text are separated by spaces. A query without words finds by its conditions alone, and an
    empty one everybody, in both cases those who wrote last first. Spam is found only when `spam` asks for it.
    `now` is what the query's relative times count from, `zone` where its days begin.
    """
    terms, conditions, tag = _read(query, now, zone)
    if not spam:
        conditions = [*conditions, _NOT_SPAM]
    wanted = offset + limit + 1
    rows = await _of_ranks(db, terms, [_Meaning()] * len(terms), conditions, _PLAIN_RANKS, wanted, tag=tag)
    found = [row.id for row in rows]
    # The end of a phone and a name as it is written mean somebody in particular: no others are guessed at.
    surely = found and len(terms) > 1 and any(len(tail) >= SURE_DIGITS for term in terms for tail in term.tails)
    if terms and not surely and len(found) < wanted and any(meanings := await _look_up(db, terms)):
        # Most searches end before this: their page is full, or the base has no word like the typed ones.
        rows = await _of_ranks(db, terms, meanings, conditions, _FORGIVING_RANKS, wanted + len(found))
        parts = [row.id for row in rows if row.place == 0]
        slips: list[int] = []
        if _plain(conditions) and len(terms) == 1 and meanings[0].typos:
            of_each = {"words": json.dumps([f'"{word}"' for word in meanings[0].typos]), "limit": wanted + len(found)}
            slips = [row.id for row in await db.all(_ONE_OF_EACH, of_each)]
        turns = (one for turn in zip_longest(parts, slips[::2], slips[1::2]) for one in turn if one is not None)
        found = list(dict.fromkeys((*found, *turns, *(row.id for row in rows))))
    about = max(len(found), rows[0].about if rows else 0)
    return Found(tuple(found[offset : offset + limit]), len(found) >= wanted, about)


# The newest contact of each word, then the second of each; the words come in the order they are given.
_ONE_OF_EACH = text(
    "SELECT contacts.id FROM json_each(:words) AS word, json_each(("
    "  SELECT json_group_array(rowid) FROM ("
    "   SELECT rowid FROM search_index WHERE search_index MATCH word.value ORDER BY rowid DESC LIMIT 20))) AS turn"
    " JOIN contacts ON contacts.id = turn.value WHERE spam_at IS NULL ORDER BY turn.key, word.key LIMIT :limit"
)


def _read(query: Query | str, now: datetime, zone: tzinfo) -> tuple[list[Term], list[ColumnElement[bool]], str | None]:
    """The terms to look up in the index, the conditions that its rows must meet besides, and the tag to begin with where
    nothing is to be looked up: its contacts are read from the newest on, and of a common tag that is no more than a page."""
    terms: list[Term] = []
    if isinstance(query, str):
        for typed in query.split():
            terms += [search_words.username(typed)] if typed.startswith("@") else search_words.terms(typed)
        return terms[:MAX_TERMS], [], None
    for typed, digits in search_words.numbers_joined((word.text, word.digits) for word in query.words):
        terms += search_words.terms(typed, digits)
    filters = query.filters.node
    rest: list[Node] = []
    for part in filters.parts if isinstance(filters, All) else (filters,):
        if isinstance(part, Matches) and part.field.name == "username" and len(part.pieces) == 1:
            # The index knows usernames, those that only begin so too.
            terms.append(search_words.username(part.pieces[0]))
        else:
            rest.append(part)
    terms = terms[:MAX_TERMS]
    tag = None
    if not terms:
        led = next((one for one in rest if isinstance(one, Matches) and one.field.name == "tag"), None)
        if led is not None and len(led.pieces) == 1:
            rest.remove(led)
            tag = led.pieces[0]
    if not rest:
        return terms, [], tag
    # Once words or digits lead the search, what is left is asked of those few, before their rows are read.
    contact = (_index.c.rowid if _led_by_words(terms) else contacts.c.id) if terms else None
    asked = conditions.condition(Query(query.text, All(tuple(rest))), now=now, zone=zone, contact=contact)
    return terms, [asked], tag


def _led_by_words(terms: Sequence[Term]) -> bool:
    """Whether the full text leads to the contacts; digits alone lead to them by their phones."""
    return any(not term.tails for term in terms)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The words of the base that a typed word may mean besides what it says."""

    parts: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    switched: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts or self.typos or self.switched)


# Of each part the words that have it inside, and the words that share a remainder with a typed one. Words hold letters
# and digits only, none of GLOB's signs.
_LOOK_UP = text(
    "SELECT part.value AS part, (SELECT json_group_array(word) FROM ("
    "  SELECT search_words.word FROM search_parts CROSS JOIN search_words ON search_words.id = search_parts.rowid"
    "  WHERE search_parts.word GLOB '*' || part.value || '*' LIMIT :words)) AS words"
    " FROM json_each(:parts) AS part"
    " UNION ALL SELECT '', (SELECT json_group_array(word) FROM ("
    "  SELECT DISTINCT word FROM search_typos CROSS JOIN search_words ON search_words.id = word_id"
    "  WHERE remainder IN (SELECT value FROM json_each(:remainders)) ORDER BY contacts DESC))"
)


async def _look_up(db: Reads, terms: Sequence[Term]) -> list[_Meaning]:
    """What each term may mean; empty meanings where the base has no such words."""
    remainders = {one for term in terms for form in term.misspelt for one in search_words.remainders_typed(form)}
    rows = await db.all(
        _LOOK_UP,
        {
            "parts": json.dumps([part for term in terms for part in term.parts]),
            "words": WORDS_A_PART,
            "remainders": json.dumps(sorted(remainders)),
        },
    )
    having = {row.part: json.loads(row.words) for row in rows}
    return [
        _Meaning(
            parts=tuple(word for part in term.parts for word in having[part]),
            typos=search_words.different(
                word for word in having[""] if any(search_words.one_typo_apart(form, word) for form in term.misspelt)
            )[:WORDS_A_TYPO],
            switched=term.switched,
        )
        for term in terms
    ]


async def _of_ranks(
    db: Reads,
    terms: Sequence[Term],
    meanings: Sequence[_Meaning],
    conditions: Sequence[ColumnElement[bool]],
    ranks: Sequence[_Rank],
    limit: int,
    *,
    tag: str | None = None,
) -> Sequence[Any]:
    """The contacts that meet every term at these ranks, the better rank first: their id, the rank's place among those
    asked for, and how many there are."""
    params: dict[str, Any] = {"limit": limit}
    phones = 0
    for place, rank in enumerate(ranks):
        words = []
        phones = 0
        for term, meaning in zip(terms, meanings, strict=True):
            # A term that can match nothing at this rank must not drop out of the search.
            expression = _expression(term, meaning, rank, alone=len(terms) == 1) or NOTHING
            if term.tails:
                params[f"words{phones}_{place}"] = expression
                params[f"tails{phones}_{place}"] = json.dumps(term.tails)
                params[f"heads{phones}_{place}"] = json.dumps(term.heads if rank >= _Rank.START else ())
                phones += 1
            else:
                words.append(f"({expression})")
        if words:
            params[f"words_{place}"] = " AND ".join(words)
    by_words = _led_by_words(terms)
    if _plain(conditions) and tag is None:
        statement = _plain_statement(len(ranks), by_words, phones)
    else:
        statement = _statement(len(ranks), by_words, phones, conditions, tag)
    return await db.all(statement, params)


NOTHING = '""'
"""The full-text expression that nobody meets."""


def _expression(term: Term, meaning: _Meaning, rank: _Rank, *, alone: bool) -> str:
    """The full-text expression for what the term may be at this rank; no word holds a quote.

    A term that is alone need not repeat what the better ranks have found; among several, one may be of a better rank.
    """
    alternatives: list[str] = []
    if rank is _Rank.TYPO:
        alternatives += [f'"{word}"*' for word in meaning.switched]
        alternatives += [f'"{word}"' for word in meaning.typos]
    if rank is _Rank.PART or (rank is _Rank.TYPO and not alone):
        alternatives += [f'"{word}"' for word in meaning.parts]
    if rank <= _Rank.START or not alone:
        alternatives += [f'"{word}"' for word in term.whole]
        if rank >= _Rank.START:
            alternatives += [f'"{word}"*' for word in term.starts]
    return " OR ".join(dict.fromkeys(alternatives))


_index = table("search_index", column("rowid"))
_NOT_SPAM = contacts.c.spam_at.is_(None)


def _plain(conditions: Sequence[ColumnElement[bool]]) -> bool:
    """Whether nothing but spam is left out: the search most people make, whose statements are kept ready."""
    return len(conditions) == 1 and conditions[0] is _NOT_SPAM


def _statement(
    ranks: int, by_words: bool, phones: int, conditions: Sequence[ColumnElement[bool]], tag: str | None = None
) -> Select[Any]:
    """The newest of each rank, at most `WINDOW`, in the order of a page. `phones` is how many terms may be phones; the
    parameters are those `_of_ranks` gives."""
    ranked = [_window(place, by_words, phones, conditions, tag) for place in range(ranks if by_words or phones else 1)]
    rows = union_all(*(select(window.subquery()) for window in ranked)).subquery()
    place = func.min(rows.c.place).label("place")
    return (
        select(rows.c.id, place, func.count().over().label("about"))
        .group_by(rows.c.id)
        .order_by(place, rows.c.recent.desc(), rows.c.id.desc())
        .limit(bindparam("limit"))
    )


@lru_cache(maxsize=32)
def _plain_statement(ranks: int, by_words: bool, phones: int) -> Select[Any]:
    return _statement(ranks, by_words, phones, (_NOT_SPAM,))


def _window(
    place: int, by_words: bool, phones: int, conditions: Sequence[ColumnElement[bool]], tag: str | None
) -> Select[Any]:
    recent = func.coalesce(contacts.c.last_in_at, contacts.c.created_at)
    window = select(contacts.c.id, recent.label("recent"), literal_column(str(place)).label("place")).limit(WINDOW)
    if tag is not None:
        which = select(tags.c.id).where(tags.c.key == tag).scalar_subquery()
        return (
            window.select_from(contact_tags.join(contacts, contacts.c.id == contact_tags.c.contact_id))
            .where(contact_tags.c.tag_id == which, *conditions)
            .order_by(contact_tags.c.contact_id.desc())
        )
    owners = [_phone_owners(place, one) for one in range(phones)]
    if not by_words:
        return window.where(*conditions, *(contacts.c.id.in_(one) for one in owners)).order_by(contacts.c.id.desc())
    # The full text gives the newest first and stops at the limit. The plus keeps SQLite from asking it about one contact
    # after another.
    matched = literal_column("+search_index.rowid", contacts.c.id.type)
    return (
        window.select_from(_index.join(contacts, contacts.c.id == matched))
        .where(_match(f"words_{place}"), *(matched.in_(one) for one in owners), *conditions)
        .order_by(_index.c.rowid.desc())
    )


def _phone_owners(place: int, one: int) -> CompoundSelect[Any]:
    """Whose phone ends or begins so, or who has the digits for a word."""
    typed = func.json_each(bindparam(f"tails{one}_{place}")).table_valued("value", name=f"tails{one}_{place}")
    begun = func.json_each(bindparam(f"heads{one}_{place}")).table_valued("value", name=f"heads{one}_{place}")
    # ":" is the sign after "9": the range holds what begins with these digits.
    return union_all(
        select(contact_points.c.contact_id)
        .select_from(typed.join(contact_points, contact_points.c.reversed >= typed.c.value))
        .where(contact_points.c.reversed < typed.c.value.concat(":")),
        select(contact_points.c.contact_id)
        .select_from(begun.join(contact_points, contact_points.c.key >= begun.c.value))
        .where(contact_points.c.key < begun.c.value.concat(":"), contact_points.c.kind == "phone"),
        select(_index.c.rowid).where(_match(f"words{one}_{place}")).correlate(None),
    )


def _match(parameter: str) -> ColumnElement[bool]:
    return literal_column("search_index").bool_op("MATCH")(bindparam(parameter))
