"""The statements of a search: people by full text, by the digits of a phone or by a tag, the best rank first.

There are two ways. `together` looks each term up in its index and puts the lists of contacts side by side, the newest
first, until `WINDOW` is full. `led` looks up only what few contacts have and asks everything else of their cards: to read all
who are called Олександр for a phone that three of them have takes longer, and how a word begins has to be gathered from all
words that begin so.

A statement takes the parameters that `of_ranks` makes of the terms' forms.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    union_all,
)

from storage.tables import contact_points, contact_tags, contacts, tags

WINDOW = 500
"""How many contacts of one rank are put in order, the newest cards first: nobody reads on past them."""
NOTHING = '""'
"""The full-text expression that nobody meets."""

_index = table("search_index", column("rowid"))
_docs = table("search_docs", column("contact_id"), column("words"))
NOT_SPAM = contacts.c.spam_at.is_(None)
# The plus keeps SQLite from asking the full text about one contact after another.
FOUND = literal_column("+search_index.rowid", contacts.c.id.type)
"""The contact, while the full text leads to it: conditions are asked of it before its card is read."""
OF_FEW = literal_column("few.id", contacts.c.id.type)
"""The contact, in a statement that is `led`."""
# The plus makes SQLite begin with the few.
_EACH_OF_FEW = literal_column("+few.id", contacts.c.id.type)


@dataclass(frozen=True, slots=True)
class Forms:
    """What one term may be at one rank: any of it."""

    words: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """What is inside words. The full text knows whole words and starts only: for it the `words` hold those that have the part."""
    tails: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    """How phones end, backwards, and how they begin."""

    def expression(self) -> str:
        """In the language of the full text; no word holds a quote."""
        quoted = (*(f'"{word}"' for word in self.words), *(f'"{start}"*' for start in self.starts))
        return " OR ".join(dict.fromkeys(quoted)) or NOTHING

    def pieces(self) -> list[str]:
        """As what is inside a contact's words, each of which has a space before and after it."""
        within = list(dict.fromkeys((*self.parts, *(f" {start}" for start in self.starts))))
        words = (f" {word} " for word in dict.fromkeys(self.words))
        return [*within, *(word for word in words if not any(piece in word for piece in within))]


@dataclass(frozen=True, slots=True)
class Lead:
    """What few contacts have: the term of this number, or the tag of this key."""

    term: int | None = None
    tag: str | None = None


def together(
    forms: Sequence[Sequence[Forms]],
    conditions: Sequence[ColumnElement[bool]],
    *,
    tag: str | None = None,
    sparse: bool = False,
) -> tuple[Select[Any], dict[str, Any]]:
    """The newest of each rank, at most `WINDOW`, in the order of a page; and the parameters, `limit` not among them.

    `forms` are those of all terms at each rank asked for, the better rank first. `sparse`: few are expected, and the
    second rank holds the first. A `tag` stands where there are no terms. Each row is a contact's id, the place of its rank, and how many were seen.
    """
    params: dict[str, Any] = {}
    words = False
    phones = 0
    for place, of_rank in enumerate(forms):
        expressions = [f"({one.expression()})" for one in of_rank if not one.tails]
        if expressions:
            words = True
            params[f"words_{place}"] = " AND ".join(expressions)
            pieces = [one.pieces() for one in of_rank if not one.tails]
            params[f"pieces_{place}"] = json.dumps(pieces, ensure_ascii=False)
        numbers = [one for one in of_rank if one.tails]
        phones = len(numbers)
        for number, one in enumerate(numbers):
            params |= _of_phone(one, f"{number}_{place}")
    if sparse and words and len(forms) > 1:
        return _page(_sparse(phones, conditions)), params
    if tag is None and _plain(conditions):
        return _plain_together(len(forms), words, phones), params
    return _together(len(forms), words, phones, conditions, tag), params


def led(
    lead: Lead, forms: Sequence[Sequence[Forms]], conditions: Sequence[ColumnElement[bool]]
) -> tuple[Select[Any], dict[str, Any]]:
    """The same of all whom the lead gives, however old their cards are.

    `forms` are of one rank or of two, and the second rank holds the first.
    """
    params: dict[str, Any] = {"tag": lead.tag}
    kind = "tag"
    if lead.term is not None:
        leading = forms[-1][lead.term]
        params = _of_phone(leading, "")
        kind = "phone" if leading.tails else "words"
    phones = tuple(number for number, one in enumerate(forms[0]) if one.tails)
    for place, of_rank in enumerate(forms):
        # Whom the lead gives meets it at the last rank, but perhaps not at a better one.
        asked = [one for number, one in enumerate(of_rank) if place < len(forms) - 1 or number != lead.term]
        pieces = [one.pieces() for one in asked if not one.tails]
        params[f"pieces_{place}"] = json.dumps(pieces, ensure_ascii=False)
        for number in phones:
            params |= _of_phone(of_rank[number], f"{number}_{place}")
    shape = (len(forms), kind, phones, lead.term)
    return (_plain_led(*shape) if _plain(conditions) else _led(*shape, conditions)), params


def _plain(conditions: Sequence[ColumnElement[bool]]) -> bool:
    """Whether nothing but spam is left out: the search most people make, whose statements are kept ready."""
    return len(conditions) == 1 and conditions[0] is NOT_SPAM


@lru_cache(maxsize=64)
def _plain_led(ranks: int, lead: str, phones: tuple[int, ...], leading: int | None) -> Select[Any]:
    return _led(ranks, lead, phones, leading, (NOT_SPAM,))


def tagged(contact: ColumnElement[int], key: str, *, few: bool) -> ColumnElement[bool]:
    """Whether the contact has the tag. Of `few` a list is made once; of many each is asked."""
    having = select(contact_tags.c.contact_id).where(contact_tags.c.tag_id == _tag_of(key))
    return contact.in_(having) if few else having.where(contact_tags.c.contact_id == contact).exists()


def _tag_of(key: str) -> Any:
    return select(tags.c.id).where(tags.c.key == key).scalar_subquery()


def _of_phone(forms: Forms, which: str) -> dict[str, str]:
    """The parameters of a term that may be a phone."""
    return {
        f"tails{which}": json.dumps(forms.tails),
        f"heads{which}": json.dumps(forms.heads),
        f"words{which}": forms.expression(),
        f"pieces{which}": json.dumps([forms.pieces()], ensure_ascii=False),
    }


@lru_cache(maxsize=32)
def _plain_together(ranks: int, words: bool, phones: int) -> Select[Any]:
    return _together(ranks, words, phones, (NOT_SPAM,), None)


def _together(
    ranks: int, words: bool, phones: int, conditions: Sequence[ColumnElement[bool]], tag: str | None
) -> Select[Any]:
    windows: list[FromClause] = []
    for place in range(ranks if words or phones else 1):
        # Nobody reads on to this rank when the better one's window is full.
        full = _number(windows[0]) >= WINDOW if windows else None
        windows.append(_window(place, words, phones, conditions, tag, unless=full).cte(f"rank_{place}"))
    return _page(union_all(*(select(window) for window in windows)).subquery())


def _sparse(phones: int, conditions: Sequence[ColumnElement[bool]]) -> FromClause:
    """Where conditions leave few of those who have the words, all who have them are read: once, at the second rank, and the
    cards of those who are left tell who is of the first. That is read by itself only if they left many."""
    few = _window(1, True, phones, conditions, None).cte("few")
    best = _window(0, True, phones, conditions, None, unless=_number(few) < WINDOW).cte("best")
    place = case((_met(0, range(phones)), 0), else_=1).label("place")
    ranked = select(few.c.id, few.c.recent, place).select_from(few).join(_docs, _docs.c.contact_id == _EACH_OF_FEW)
    return union_all(ranked, select(best)).subquery()


def _number(window: FromClause) -> ColumnElement[int]:
    return select(func.count()).select_from(window).scalar_subquery()


def _page(rows: FromClause) -> Select[Any]:
    place = func.min(rows.c.place).label("place")
    return (
        select(rows.c.id, place, func.count().over().label("about"))
        .group_by(rows.c.id)
        .order_by(place, rows.c.recent.desc(), rows.c.id.desc())
        .limit(bindparam("limit"))
    )


_RECENT = func.coalesce(contacts.c.last_in_at, contacts.c.created_at).label("recent")


def _window(
    place: int,
    words: bool,
    phones: int,
    conditions: Sequence[ColumnElement[bool]],
    tag: str | None,
    *,
    unless: ColumnElement[bool] | None = None,
) -> Select[Any]:
    """`unless` says when nobody is looked for by the words."""
    window = select(contacts.c.id, _RECENT, literal_column(str(place)).label("place")).limit(WINDOW)
    if tag is not None:
        return (
            window.select_from(contact_tags.join(contacts, contacts.c.id == contact_tags.c.contact_id))
            .where(contact_tags.c.tag_id == _tag_of(tag), *conditions)
            .order_by(contact_tags.c.contact_id.desc())
        )
    owners = [_phone_owners(f"{phone}_{place}") for phone in range(phones)]
    if not words:
        return window.where(*conditions, *(contacts.c.id.in_(one) for one in owners)).order_by(contacts.c.id.desc())
    sought: ColumnElement[Any] = bindparam(f"words_{place}")
    if unless is not None:
        sought = case((unless, NOTHING), else_=sought)
    # The full text gives the newest first and stops at the limit.
    return (
        window.select_from(_index.join(contacts, contacts.c.id == FOUND))
        .where(_match(sought), *(FOUND.in_(one) for one in owners), *conditions)
        .order_by(_index.c.rowid.desc())
    )


def _led(
    ranks: int,
    lead: str,
    phones: tuple[int, ...],
    leading: int | None,
    conditions: Sequence[ColumnElement[bool]],
) -> Select[Any]:
    """`lead` is what leads: words, a phone or a tag. `phones` are the terms that may be one, of which one may be `leading`."""
    match lead:
        case "words":
            ids: Any = select(_index.c.rowid.label("id")).where(_match(bindparam("words")))
        case "phone":
            owners = _phone_owners("").subquery()
            ids = select(owners.c[0].label("id")).distinct()
        case _:
            having = select(contact_tags.c.contact_id.label("id"))
            ids = having.where(
                contact_tags.c.tag_id == select(tags.c.id).where(tags.c.key == bindparam("tag")).scalar_subquery()
            )
    few = ids.cte("few")
    last = ranks - 1
    place: ColumnElement[Any] = literal_column("0")
    if ranks > 1:
        place = case((_met(0, phones), 0), else_=1)
    rows = (
        select(contacts.c.id, place.label("place"), func.count().over().label("about"))
        .select_from(few)
        .join(_docs, _docs.c.contact_id == _EACH_OF_FEW)
        .join(contacts, contacts.c.id == _EACH_OF_FEW)
        .where(_met(last, tuple(one for one in phones if one != leading)), *conditions)
    )
    return rows.order_by(literal_column("place"), _RECENT.desc(), contacts.c.id.desc()).limit(bindparam("limit"))


def _met(place: int, phones: Sequence[int]) -> ColumnElement[bool]:
    """Whether the contact's card meets the terms at this rank."""
    owned = []
    for phone in phones:
        which = f"{phone}_{place}"
        point = select(contact_points.c.id).where(
            contact_points.c.contact_id == OF_FEW, contact_points.c.kind == "phone"
        )
        tails, heads = _digits(which)
        owned.append(
            or_(
                point.select_from(contact_points.join(tails, _within(contact_points.c.reversed, tails))).exists(),
                point.select_from(contact_points.join(heads, _within(contact_points.c.key, heads))).exists(),
                _has_pieces(f"pieces{which}"),
            )
        )
    return and_(_has_pieces(f"pieces_{place}"), *owned)


def _has_pieces(parameter: str) -> ColumnElement[bool]:
    """Whether the words have one piece of each list."""
    terms = func.json_each(bindparam(parameter)).table_valued("value", name=f"of_{parameter}")
    one = func.json_each(terms.c.value).table_valued("value", name=f"one_{parameter}")
    inside = func.instr(literal_column("' ' || search_docs.words || ' '"), one.c.value) > 0
    having = select(literal_column("1")).select_from(one).where(inside).correlate(terms, _docs).exists()
    return ~select(literal_column("1")).select_from(terms).where(~having).correlate(_docs).exists()


def _digits(which: str) -> tuple[Any, Any]:
    """The tables of how phones end and begin."""
    return (
        func.json_each(bindparam(f"tails{which}")).table_valued("value", name=f"tails{which}"),
        func.json_each(bindparam(f"heads{which}")).table_valued("value", name=f"heads{which}"),
    )


def _within(kept: ColumnElement[Any], digits: Any) -> ColumnElement[bool]:
    """Whether the column begins with the digits: ":" is the sign after "9"."""
    return and_(kept >= digits.c.value, kept < digits.c.value.concat(":"))


def _phone_owners(which: str) -> CompoundSelect[Any]:
    """Whose phone ends or begins so, or who has the digits for a word."""
    tails, heads = _digits(which)
    owner = select(contact_points.c.contact_id)
    return union_all(
        owner.select_from(tails.join(contact_points, _within(contact_points.c.reversed, tails))),
        owner.select_from(heads.join(contact_points, _within(contact_points.c.key, heads))).where(
            contact_points.c.kind == "phone"
        ),
        select(_index.c.rowid).where(_match(bindparam(f"words{which}"))).correlate(None),
    )


def _match(sought: ColumnElement[Any]) -> ColumnElement[bool]:
    return literal_column("search_index").bool_op("MATCH")(sought)
