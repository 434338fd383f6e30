"""Finding people by whatever is remembered of them.

A search walks down four ranks and stops when the page is full: every word is a word of the contact; or how one begins;
or inside one; or one typo away. Each rank holds those before it, so a contact's rank is that of its worst word. Within
a rank those who wrote last come first.

A single word that too few begin with is likelier misspelt than the middle of another: then those two ranks take turns,
two typos to a part, and each word that may have been meant gives one contact before any gives a second. Otherwise the many who have
"ива" somewhere inside would hide the Ivans that "ивн" was meant for.

Of several things that were typed the one that fewest contacts have leads, when those are few; see
storage/search_statements.py. How the index is kept: storage/search_index.py. All that takes long is done by SQLite, on the
connection's thread.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import IntEnum
from itertools import zip_longest
from math import prod
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, text

from crm.segment_tree import All, Matches, Node, Query
from storage import conditions, search_statements, search_words
from storage.engine import Reads
from storage.search_index import index, index_many, index_new
from storage.search_statements import WINDOW, Forms, Lead
from storage.search_words import Term
from storage.tables import contacts

__all__ = ["WINDOW", "Found", "find", "index", "index_many", "index_new"]

MAX_TERMS = 12
"""Words beyond these narrow a search no further."""
SURE_DIGITS = 4
"""So many digits of a phone beside another word are no chance."""
WORDS_A_PART = 128
WORDS_A_TYPO = 64
"""How many words of the base one typed word may mean, by its letters and by a typo."""
FEW = 4_000
FEW_FORGIVEN = 2_000
"""How many contacts may lead a search, at the plain ranks and at the forgiving ones, where a term is many words."""
A_CARD = 25
"""So many contacts of a word are read from the full text while one card is looked at: 0.3 µs, and 4 to 20 from a file that
is not in memory."""
MANY = 50_000
"""Nothing is counted beyond."""
WORDS_COUNTED = 500
"""What begins more words than these, many begin so."""


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
    sought = _Sought.read(query, now, zone, spam=spam)
    terms = sought.terms
    counts = await _counts(db, sought) if len(terms) + (sought.tag is not None) > 1 else _Counts()
    wanted = offset + limit + 1
    rows = await _of_ranks(db, sought, [_Meaning()] * len(terms), _PLAIN_RANKS, counts, wanted)
    found = [row.id for row in rows]
    # The end of a phone and a name as it is written mean somebody in particular: no others are guessed at.
    surely = found and len(terms) > 1 and any(len(tail) >= SURE_DIGITS for term in terms for tail in term.tails)
    if terms and not surely and len(found) < wanted and any(meanings := await _look_up(db, terms)):
        # Most searches end before this: their page is full, or the base has no word like the typed ones.
        rows = await _of_ranks(db, sought, meanings, _FORGIVING_RANKS, counts, wanted + len(found))
        parts = [row.id for row in rows if row.place == 0]
        slips: list[int] = []
        if sought.plain and len(terms) == 1 and meanings[0].typos:
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


def is_by_words(query: Query) -> bool:
    """Whether the query is looked up in the index: by words, or by a username, which may be one that begins so. What such
    a query finds is what `find` says; of another the conditions say it too."""
    return bool(query.words) or any(
        isinstance(part, Matches) and len(part.pieces) == 1 and part.field.name == "username" for part in _parts(query)
    )


def _parts(query: Query) -> tuple[Node, ...]:
    return query.node.parts if isinstance(query.node, All) else (query.node,)


@dataclass(frozen=True, slots=True)
class _Sought:
    """A query, taken apart by what leads to its contacts."""

    terms: list[Term]
    """What is looked up in the index."""
    tag: str | None
    """The key of a tag that all have."""
    rest: tuple[Node, ...]
    """What is asked of contacts once they are found."""
    spam: bool
    now: datetime
    zone: tzinfo

    @classmethod
    def read(cls, query: Query | str, now: datetime, zone: tzinfo, *, spam: bool) -> _Sought:
        terms: list[Term] = []
        rest: list[Node] = []
        tag = None
        if isinstance(query, str):
            for typed in query.split():
                terms += [search_words.username(typed)] if typed.startswith("@") else search_words.terms(typed)
            return cls(terms[:MAX_TERMS], None, (), spam, now, zone)
        for typed, digits in search_words.numbers_joined((word.text, word.digits) for word in query.words):
            terms += search_words.terms(typed, digits)
        for part in _parts(query.filters):
            one = part if isinstance(part, Matches) and len(part.pieces) == 1 else None
            if one is not None and one.field.name == "username":
                # The index knows usernames, those that only begin so too.
                terms.append(search_words.username(one.pieces[0]))
            elif one is not None and one.field.name == "tag" and tag is None:
                tag = one.pieces[0]
            elif part != All(()):
                rest.append(part)
        return cls(terms[:MAX_TERMS], tag, tuple(rest), spam, now, zone)

    @property
    def plain(self) -> bool:
        """Whether there are words and nothing else: the search most people make."""
        return not self.rest and self.tag is None and not self.spam

    def conditions(
        self, contact: ColumnElement[Any] | None, *, tag: bool = False, few: bool = False
    ) -> list[ColumnElement[bool]]:
        """What is asked of the `contact` that was found, its tag too if `tag`, which `few` may have."""
        asked: list[ColumnElement[bool]] = [] if self.spam else [search_statements.NOT_SPAM]
        if tag and self.tag is not None:
            asked.append(search_statements.tagged(contacts.c.id if contact is None else contact, self.tag, few=few))
        if self.rest:
            rest = Query("", All(self.rest))
            asked.append(conditions.condition(rest, now=self.now, zone=self.zone, contact=contact))
        return asked


# Of each term, and of the tag after them, how many contacts have it.
_COUNTS = text(
    "SELECT (SELECT total(contacts) + (count(*) = :words) * :many FROM ("
    "   SELECT contacts FROM json_each(term.value, '$.starts') AS start"
    "   CROSS JOIN search_words ON word >= start.value AND word < start.value || char(1114111) LIMIT :words))"
    "  + (SELECT count(*) FROM ("
    "   SELECT 1 FROM json_each(term.value, '$.tails') AS tail"
    "    CROSS JOIN contact_points ON reversed >= tail.value AND reversed < tail.value || ':'"
    "   UNION ALL SELECT 1 FROM json_each(term.value, '$.heads') AS head"
    '    CROSS JOIN contact_points ON contact_points."key" >= head.value AND contact_points."key" < head.value || \':\''
    "   UNION ALL SELECT 1 FROM json_each(term.value, '$.tags') AS tag"
    '    CROSS JOIN tags ON tags."key" = tag.value CROSS JOIN contact_tags ON tag_id = tags.id'
    "   LIMIT :many)) AS contacts,"
    " (SELECT max(contact_id) FROM search_docs) AS everybody"
    " FROM json_each(:terms) AS term ORDER BY term.key"
)


class _Counts(NamedTuple):
    """How many contacts have each term and then the tag, more perhaps than there are, where there are several of these;
    and how many contacts there are."""

    of: Sequence[int] = ()
    everybody: int = 1

    def expected(self) -> float:
        """How many have all of it, if one says nothing of the other."""
        return prod(one / self.everybody for one in self.of) * self.everybody


async def _counts(db: Reads, sought: _Sought) -> _Counts:
    """Before any typo is forgiven."""
    asked: list[dict[str, Any]] = [
        {"starts": (*(term.starts or term.whole), *term.switched), "tails": term.tails, "heads": term.heads}
        for term in sought.terms
    ]
    if sought.tag is not None:
        asked.append({"tags": [sought.tag]})
    # Usernames are not among the words that are counted.
    handles = {number for number, term in enumerate(sought.terms) if any(form.startswith("@") for form in term.whole)}
    rows = await db.all(_COUNTS, {"terms": json.dumps(asked), "words": WORDS_COUNTED, "many": MANY})
    of = [MANY if number in handles else min(int(row.contacts), MANY) for number, row in enumerate(rows)]
    return _Counts(of, rows[0].everybody or 1)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The words of the base that a typed word may mean besides what it says."""

    parts: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    switched: tuple[str, ...] = ()
    contacts: int = 0
    """How many have one of the parts or typos."""

    def __bool__(self) -> bool:
        return bool(self.parts or self.typos or self.switched)


# Of each part the words that have it inside, and the words that share a remainder with a typed one and are about as long:
# two thirds of those that only begin alike are not. Words hold letters and digits only, none of GLOB's signs.
_LOOK_UP = text(
    "SELECT part.value AS part, (SELECT json_group_object(word, contacts) FROM ("
    "  SELECT search_words.word, contacts FROM search_parts CROSS JOIN search_words ON search_words.id = search_parts.rowid"
    "  WHERE search_parts.word GLOB '*' || part.value || '*' LIMIT :words)) AS words"
    " FROM json_each(:parts) AS part"
    " UNION ALL SELECT '', (SELECT json_group_object(word, contacts) FROM ("
    "  SELECT DISTINCT word, contacts FROM json_each(:remainders) AS typed"
    "  CROSS JOIN search_typos ON remainder = json_extract(typed.value, '$[0]')"
    "  CROSS JOIN search_words ON search_words.id = word_id"
    "   AND abs(length(word) - json_extract(typed.value, '$[1]')) <= 1 ORDER BY contacts DESC))"
)


async def _look_up(db: Reads, terms: Sequence[Term]) -> list[_Meaning]:
    """What each term may mean; empty meanings where the base has no such words."""
    misspelt = {form for term in terms for form in term.misspelt}
    remainders = {(one, len(form)) for form in misspelt for one in search_words.remainders_typed(form)}
    rows = await db.all(
        _LOOK_UP,
        {
            "parts": json.dumps([part for term in terms for part in term.parts]),
            "words": WORDS_A_PART,
            "remainders": json.dumps(sorted(remainders)),
        },
    )
    having: dict[str, dict[str, int]] = {row.part: json.loads(row.words) for row in rows}
    return [_meaning(term, having) for term in terms]


def _meaning(term: Term, having: dict[str, dict[str, int]]) -> _Meaning:
    parts = {word: contacts for part in term.parts for word, contacts in having[part].items()}
    near = {
        word: contacts
        for word, contacts in having[""].items()
        if any(search_words.one_typo_apart(form, word) for form in term.misspelt)
    }
    return _Meaning(
        parts=tuple(parts),
        typos=search_words.different(near)[:WORDS_A_TYPO],
        switched=term.switched,
        contacts=sum(parts.values()) + sum(near.values()),
    )


async def _of_ranks(
    db: Reads,
    sought: _Sought,
    meanings: Sequence[_Meaning],
    ranks: Sequence[_Rank],
    counts: _Counts,
    limit: int,
) -> Sequence[Any]:
    """The contacts that meet every term at these ranks, the better rank first: their id, the rank's place among those
    asked for, and how many there are."""
    terms = sought.terms
    # The tag, which comes after the terms, means nothing else.
    having = [count + meaning.contacts for count, meaning in zip(counts.of, (*meanings, _Meaning()), strict=False)]
    lead = _lead(sought, having, FEW if ranks == _PLAIN_RANKS else FEW_FORGIVEN)
    alone = len(terms) == 1 and sought.plain
    forms = [[_forms(*one, rank, alone=alone) for one in zip(terms, meanings, strict=True)] for rank in ranks]
    if lead is not None:
        asked = sought.conditions(search_statements.OF_FEW, tag=lead.tag is None)
        statement, params = search_statements.led(lead, forms, asked)
    elif terms:
        # Once words lead the search, what is left is asked of those few, before their rows are read; digits alone lead
        # to the contacts by their phones.
        contact = search_statements.FOUND if any(not term.tails for term in terms) else contacts.c.id
        asked = sought.conditions(contact, tag=True, few=len(having) > 1 and having[-1] < min(having[:-1]))
        # A page that the plain ranks have not filled is of few.
        sparse = not sought.plain and (ranks != _PLAIN_RANKS or bool(sought.rest) or counts.expected() < WINDOW)
        statement, params = search_statements.together(forms, asked, sparse=sparse)
    else:
        statement, params = search_statements.together(forms, sought.conditions(None), tag=sought.tag)
    return await db.all(statement, {**params, "limit": limit})


def _lead(sought: _Sought, having: Sequence[int], few: int) -> Lead | None:
    """What fewest contacts have, if to look at their cards is less than to read who has the rest."""
    if not having:
        return None
    least = min(range(len(having)), key=having.__getitem__)
    if having[least] > few or having[least] * A_CARD > sum(having):
        return None
    return Lead(term=least) if least < len(sought.terms) else Lead(tag=sought.tag)


def _forms(term: Term, meaning: _Meaning, rank: _Rank, *, alone: bool) -> Forms:
    """What the term may be at this rank.

    A term that is alone, without a condition, need not repeat what the better ranks have found; among several, one may be
    of a better rank.
    """
    words: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    if rank is _Rank.TYPO:
        starts += meaning.switched
        words += meaning.typos
    if rank is _Rank.PART or (rank is _Rank.TYPO and not alone):
        words += meaning.parts
        parts += term.parts
    if rank <= _Rank.START or not alone:
        words += term.whole
        if rank >= _Rank.START:
            starts += term.starts
    heads = term.heads if rank >= _Rank.START else ()
    return Forms(words=words, starts=starts, parts=parts, tails=term.tails, heads=heads)
